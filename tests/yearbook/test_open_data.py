"""The open data command writes machine-readable aggregates with their cards."""

import csv
import json

import pytest
from django.core.management import CommandError, call_command

from balikpapan.audit.models import Change
from balikpapan.yearbook.closing import close_year
from balikpapan.yearbook.open_data import archive_of, datasets
from balikpapan.yearbook.publication import publication
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    ClosedYearFactory,
    KelurahanFactory,
    RevenueFactory,
)

pytestmark = pytest.mark.django_db

YEAR = 2024


def rows_of(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_file_of_open_data_comes_with_its_card(tmp_path, capsys):
    call_command("open_data", YEAR, tmp_path / "terbuka")

    names = sorted(path.name for path in (tmp_path / "terbuka").iterdir())
    assert names == [
        "angka-ikm-2024-umum.csv",
        "angka-ikm-2024-umum.json",
        "jumlah-ikm-2024-umum.csv",
        "jumlah-ikm-2024-umum.json",
        "pad-industri-2024-umum.csv",
        "pad-industri-2024-umum.json",
    ]
    assert "6 berkas data terbuka tahun 2024" in capsys.readouterr().out


def test_the_counts_follow_the_columns_of_satu_data(tmp_path):
    ward = KelurahanFactory()
    BusinessFactory.create_batch(3, kelurahan=ward)
    BusinessFactory()

    call_command("open_data", YEAR, tmp_path)

    rows = rows_of(tmp_path, "jumlah-ikm-2024-umum.csv")
    assert list(rows[0]) == [
        "id",
        "kode_provinsi",
        "nama_provinsi",
        "kode_kabupaten_kota",
        "nama_kabupaten_kota",
        "kode_kecamatan",
        "nama_kecamatan",
        "kelompok_industri",
        "jumlah_ikm",
        "satuan",
        "tahun",
    ]
    assert sum(int(row["jumlah_ikm"]) for row in rows) == 4
    here = [row for row in rows if row["nama_kecamatan"] == ward.kecamatan.name.upper()]
    assert sum(int(row["jumlah_ikm"]) for row in here) == 3
    assert [row["id"] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]


@pytest.mark.parametrize(("businesses", "value"), [(2, ""), (3, "150000000")])
def test_money_about_fewer_than_three_is_left_blank_with_a_word(businesses, value, tmp_path):
    ward = KelurahanFactory()
    BusinessYearFactory.create_batch(businesses, business__kelurahan=ward)

    call_command("open_data", YEAR, tmp_path)

    [row] = [
        row
        for row in rows_of(tmp_path, "angka-ikm-2024-umum.csv")
        if row["nama_kecamatan"] == ward.kecamatan.name.upper()
        and row["ukuran"] == "Nilai investasi"
    ]
    assert row["nilai"] == value
    assert row["keterangan"] == ("" if value else "disamarkan")


def test_the_pad_is_published_year_by_year(tmp_path):
    RevenueFactory(target=100, realised=90)

    call_command("open_data", YEAR, tmp_path)

    row = rows_of(tmp_path, "pad-industri-2024-umum.csv")[-1]
    assert (row["tahun"], row["target"], row["realisasi"]) == ("2024", "100", "90")


def test_a_year_of_some_months_says_so_beside_its_sum(tmp_path):
    RevenueFactory(month=1, target=None, realised=90)

    call_command("open_data", YEAR, tmp_path)

    row = rows_of(tmp_path, "pad-industri-2024-umum.csv")[-1]
    assert (row["realisasi"], row["keterangan"]) == ("90", "1 dari 12 bulan")


def test_a_closed_year_is_published_as_its_edition_has_it(tmp_path):
    BusinessFactory()
    close_year(YEAR, by=None, channel=Change.Channel.COMMAND)
    BusinessFactory()

    call_command("open_data", YEAR, tmp_path)

    rows = rows_of(tmp_path, "jumlah-ikm-2024-umum.csv")
    card = json.loads((tmp_path / "jumlah-ikm-2024-umum.json").read_text("utf-8"))
    assert sum(int(row["jumlah_ikm"]) for row in rows) == 1
    assert card["status"] == "Edisi 1"


def test_the_same_register_gives_the_same_archive():
    BusinessYearFactory.create_batch(4)

    archives = [archive_of(publication(YEAR, public=True)) for _ in range(2)]

    assert archives[0] == archives[1]


def test_only_the_publication_for_the_public_is_open_data():
    with pytest.raises(ValueError, match="for the public only"):
        datasets(publication(YEAR))


@pytest.mark.parametrize(
    ("year", "message"), [(1776, "di luar batas"), (2023, "Edisi 1 tidak ditemukan")]
)
def test_the_command_refuses_with_a_remedy(year, message, tmp_path):
    ClosedYearFactory(year=2023)

    with pytest.raises(CommandError, match=message):
        call_command("open_data", year, tmp_path / "terbuka")

    assert not (tmp_path / "terbuka").exists()


@pytest.mark.parametrize("name", ["laporan-umum.xlsx", "laporan-umum.html"])
def test_the_yearly_report_can_be_written_for_the_public(name, tmp_path):
    BusinessYearFactory(investment=77_777_777)

    call_command("yearly_report", YEAR, tmp_path / "lengkap.html")
    call_command("yearly_report", YEAR, tmp_path / name, public=True)

    assert "77.777.777" in (tmp_path / "lengkap.html").read_text("utf-8")
    assert b"77.777.777" not in (tmp_path / name).read_bytes()
