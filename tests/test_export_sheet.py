"""The command that writes a register as a sheet."""

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from balikpapan.audit.models import ReadAccess
from balikpapan.regions.models import Kelurahan
from balikpapan.spreadsheets.opening.open import open_workbook
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    IndustryGroupFactory,
    RevenueFactory,
)
from tests.intake.importing import look, tally

pytestmark = pytest.mark.django_db

NIK = "6471010101800001"


@pytest.fixture
def run(tmp_path):
    """Runs the command; gives the rows of the file as dictionaries."""

    def run(*options, register="ikm", name="hasil.xlsx"):
        file = tmp_path / name
        call_command("export_sheet", register, str(file), *options)
        sheet = open_workbook(file.read_bytes(), name).sheets[0]
        headings = [column[0] for column in sheet.columns]
        cells = zip(*[column[1:] for column in sheet.columns], strict=True)
        return [dict(zip(headings, row, strict=True)) for row in cells]

    return run


def names(rows):
    return [row["Nama Usaha"] for row in rows]


@pytest.mark.parametrize("name", ["hasil.xlsx", "hasil.csv", "HASIL.XLSX"])
def test_the_ending_of_the_name_decides_the_format(run, tmp_path, name, capsys):
    BusinessFactory(name="Amplang Siti")

    assert names(run(name=name)) == ["Amplang Siti"]
    assert f"1 catatan IKM ditulis ke {tmp_path / name}." in capsys.readouterr().out


def test_another_ending_is_refused_with_the_remedy(run, tmp_path):
    with pytest.raises(CommandError, match=r"«\.pdf» tidak dikenal. Pakai .xlsx atau .csv."):
        run(name="hasil.pdf")

    assert list(tmp_path.iterdir()) == []


def test_personal_data_are_masked_and_nothing_is_on_record(run):
    BusinessFactory(nik=NIK)

    assert run()[0]["NIK"] == "************0001"
    assert not ReadAccess.objects.exists()


def test_unmasked_data_are_accounted_for_without_a_name(run):
    BusinessFactory(nik=NIK)

    assert run("--personal", "--filter", "status=Aktif")[0]["NIK"] == NIK

    entry = ReadAccess.objects.get()
    assert (entry.kind, entry.by, entry.model) == ("exported", None, "industry.business")
    assert (entry.count, entry.filter) == (1, "status=Aktif")
    assert "nik" in entry.columns


def test_a_register_without_personal_data_leaves_nothing_to_account_for(run):
    RevenueFactory()

    run("--personal", register="pad")

    assert not ReadAccess.objects.exists()


def test_the_newest_year_stands_beside_the_businesses_unless_another_is_named(run):
    business = BusinessFactory()
    for year in (2022, 2023):
        BusinessYearFactory(business=business, year=year, investment=year)

    assert [row["Tahun Data"] for row in run()] == [2023]
    assert [row["Nilai Investasi (Rp)"] for row in run("--year", "2022")] == [2022]


def test_a_year_without_figures_is_refused_by_naming_those_there_are(run):
    BusinessYearFactory(year=2024)

    with pytest.raises(CommandError, match=r"tahun 2021. Tahun yang ada: 2024."):
        run("--year", "2021")


def test_of_a_register_of_years_only_the_year_named_is_written(run):
    RevenueFactory(year=2023)
    RevenueFactory(year=2024)

    assert [row["Tahun"] for row in run("--year", "2023", register="pad")] == [2023]
    with pytest.raises(CommandError, match="di luar batas"):
        run("--year", "203", register="pad")


@pytest.mark.parametrize(
    ("register", "why"), [("aset", "tidak punya tahun"), ("kbli", "Pilih tahun 2020 atau 2025")]
)
def test_a_year_the_register_cannot_have_is_refused(run, register, why):
    with pytest.raises(CommandError, match=why):
        run("--year", "2024", register=register)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("status=Tidak aktif", ["Tutup"]),
        ("Status=inactive", ["Tutup"]),
        ("kelurahan=gunung samarinda", ["Gunung"]),
        ("Kelurahan=Gn. Samarinda", ["Gunung"]),
        ("kelompok industri=Kelompok Uji", ["Kelompok"]),
        ("founded_year=2011", ["Lama"]),
        ("kelurahan=", ["Tutup", "Kelompok", "Lama"]),
    ],
)
def test_a_filter_is_read_like_a_cell(run, reference, given, expected):
    BusinessFactory(name="Tutup", status="inactive")
    BusinessFactory(name="Gunung", kelurahan=Kelurahan.objects.get(name="Gunung Samarinda"))
    BusinessFactory(name="Kelompok", group=IndustryGroupFactory(name="Kelompok Uji"))
    BusinessFactory(name="Lama", founded_year=2011)

    assert names(run("--filter", given)) == expected


def test_several_filters_hold_together(run):
    BusinessFactory(name="Satu", founded_year=2011)
    BusinessFactory(name="Dua", founded_year=2011, status="inactive")

    assert names(run("--filter", "founded_year=2011", "--filter", "status=Aktif")) == ["Satu"]


@pytest.mark.parametrize(
    "given",
    ["nik=6471", "nik__startswith=6471", "name=Amplang", "phone=", "id__in=1", "status", "=Aktif"],
)
def test_personal_data_free_text_and_lookups_are_no_filters(run, given):
    with pytest.raises(
        CommandError, match="tidak dikenal. Tulis KOLOM=NILAI dengan kolom .*status"
    ):
        run("--filter", given)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("status=terbang", "status"),
        ("kelurahan=Atlantis", "bukan kelurahan yang dikenal"),
        ("founded_year=lama", "lama"),
        ("status=-", "kosong"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_and_says_why(run, given, why):
    with pytest.raises(CommandError, match=f"Saringan «{given}»: .*{why}"):
        run("--filter", given)


def test_archived_records_stay_out(run):
    BusinessFactory(archived=True)

    assert run() == []


def test_a_file_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(CommandError, match="tidak dapat ditulis"):
        call_command("export_sheet", "ikm", str(tmp_path / "tiada" / "hasil.xlsx"))


@pytest.mark.parametrize("options", [[], ["--personal"]], ids=["masked", "unmasked"])
def test_what_is_written_comes_back_as_nothing_new(run, tmp_path, options):
    BusinessYearFactory(business=BusinessFactory(nik=NIK, notes="=1"), year=2024)

    run(*options)

    assert tally(look((tmp_path / "hasil.xlsx").read_bytes())) == (0, 0, 1, 0, 0)


def test_the_sheet_opens_in_another_program(run, tmp_path):
    BusinessFactory(name="Amplang & <Siti>")

    run()

    book = openpyxl.load_workbook(tmp_path / "hasil.xlsx")
    assert "Amplang & <Siti>" in [cell.value for cell in book["IKM"][2]]
