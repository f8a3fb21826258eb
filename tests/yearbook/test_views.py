"""The report pages: who may open them, what can be asked, and what the files hold."""

import csv
import io
import json
import zipfile

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import localdate

from balikpapan.audit.models import Change, ReadAccess
from balikpapan.reports.models import Edition
from balikpapan.yearbook.closing import close_year
from balikpapan.yearbook.contents import ABOUT_IKM, BESIDES, OTHERS, yearbook
from industry.models import PerformanceTarget
from tests.factories import (
    AssetFactory,
    BusinessFactory,
    BusinessYearFactory,
    ClosedYearFactory,
    KelurahanFactory,
    LetterheadFactory,
    OfficialFactory,
)
from tests.reports.test_pdf import pages_of

pytestmark = pytest.mark.django_db

YEAR = 2024
BOOK = f"/laporan/{YEAR}/"


@pytest.fixture
def reader(client, pimpinan):
    client.force_login(pimpinan)
    return client


def figures_of(response):
    """The lines of the first table of a page, as text."""
    table = response.context["tables"][0]
    lines = [*(row for body in table["bodies"] for row in body), table["foot"] or {"cells": []}]
    return [[cell["text"] for cell in line["cells"]] for line in lines]


def sheet_of(response):
    return openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]


def words_of(sheet):
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def words_of_all(response):
    """Every word of every sheet of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return {word for sheet in book.worksheets for word in words_of(sheet)}


@pytest.mark.parametrize(
    "address",
    [
        "/laporan/",
        BOOK,
        f"{BOOK}ikm-wilayah/",
        f"{BOOK}unduh/pdf/",
        f"{BOOK}ikm-wilayah/unduh/xlsx/",
        f"{BOOK}daftar-ikm/",
        f"{BOOK}data-terbuka/unduh/",
    ],
)
def test_a_report_asks_who_is_there_and_what_they_may(address, client, administrator, pimpinan):
    assert client.get(address).status_code == 302

    client.force_login(pimpinan)
    assert client.get(address).status_code == 200

    administrator.groups.clear()
    client.force_login(administrator)
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("key", ["daftar-ikm", "kertas-kerja", "pad-bulanan", "kib-a"])
def test_who_may_not_see_a_register_does_not_get_its_lists(key, client, administrator):
    client.force_login(administrator)

    assert client.get(f"{BOOK}ikm-wilayah/").status_code == 200
    assert client.get(f"{BOOK}{key}/").status_code == 403
    assert client.get(f"{BOOK}{key}/unduh/xlsx/").status_code == 403


@pytest.mark.parametrize("key", [*ABOUT_IKM, *BESIDES, "pad", "aset", "metadata"])
def test_every_table_has_a_page_and_files_of_its_own(key, reader):
    BusinessYearFactory()
    for letter in "ABCDEF":
        AssetFactory(kib=letter)

    assert reader.get(f"{BOOK}{key}/").status_code == 200
    assert reader.get(f"{BOOK}{key}/unduh/xlsx/").content.startswith(b"PK")
    assert reader.get(f"{BOOK}{key}/unduh/pdf/").content.startswith(b"%PDF")


@pytest.mark.parametrize("key", [*ABOUT_IKM, *OTHERS])
def test_opening_one_table_works_out_no_other(key, reader, monkeypatch):
    def not_asked(*given, **stated):
        raise AssertionError("another table was worked out")

    in_book = next(t for t in yearbook(YEAR, today=localdate()).tables if t.key == key)
    for contents in (ABOUT_IKM, OTHERS):
        for name in contents:
            if name != key:
                monkeypatch.setitem(contents, name, (contents[name][0], not_asked))

    page = reader.get(f"{BOOK}{key}/")

    assert page.status_code == 200
    assert in_book.name in page.content.decode()


@pytest.mark.parametrize(
    "address", [f"{BOOK}tiada/", f"{BOOK}ikm-wilayah/unduh/doc/", "/laporan/1776/"]
)
def test_what_does_not_exist_is_not_found(address, reader):
    assert reader.get(address).status_code == 404


def test_a_table_narrowed_to_one_kecamatan_counts_that_kecamatan_and_says_so(reader):
    here, there = KelurahanFactory(), KelurahanFactory()
    BusinessFactory.create_batch(2, kelurahan=here)
    BusinessFactory(kelurahan=there)

    page = reader.get(f"{BOOK}ikm-kelompok/", {"kecamatan": here.kecamatan_id})

    assert figures_of(page)[-1][1] == "2"
    assert page.context["tables"][0]["subtitle"][-1] == f"Kecamatan {here.kecamatan.name}"


def test_a_choice_that_does_not_exist_narrows_nothing_and_is_told(reader):
    BusinessFactory()

    page = reader.get(f"{BOOK}ikm-kelompok/", {"kecamatan": "999999", "status": "hebat"})

    assert figures_of(page)[-1][1] == "1"
    assert set(page.context["form"].errors) == {"kecamatan", "status"}


def test_a_table_is_compared_with_another_year(reader):
    BusinessFactory(founded_year=2020)
    BusinessFactory(founded_year=2024)

    page = reader.get(f"{BOOK}ikm-kelompok/", {"banding": "2023"})

    assert figures_of(page)[-1] == ["Jumlah", "1", "2", "1", "100,00"]


def test_the_nominative_list_masks_phones_for_whoever_may_not_see_them(reader):
    BusinessFactory(phone="081234567890")

    page = reader.get(f"{BOOK}daftar-ikm/")

    assert "081234567890" not in page.content.decode()
    assert not ReadAccess.objects.exists()


def test_who_sees_phones_in_the_nominative_list_is_recorded(client, verifikator):
    BusinessFactory(phone="081234567890")
    client.force_login(verifikator)

    page = client.get(f"{BOOK}daftar-ikm/")
    file = client.get(f"{BOOK}daftar-ikm/unduh/xlsx/")

    assert "081234567890" in page.content.decode()
    assert "081234567890" in words_of(sheet_of(file))
    assert sorted(ReadAccess.objects.values_list("kind", "columns")) == [
        ("exported", "phone"),
        ("seen", "phone"),
    ]


def test_who_may_see_but_not_take_out_personal_data_gets_a_masked_file(client, petugas):
    BusinessFactory(phone="081234567890")
    client.force_login(petugas)

    file = client.get(f"{BOOK}daftar-ikm/unduh/xlsx/")

    assert "081234567890" not in words_of(sheet_of(file))


def test_an_inventory_card_is_signed_by_the_head_and_the_keeper_of_assets(reader):
    AssetFactory(kib="B", acquisition_value=40_000_000)
    OfficialFactory(name="Kepala Uji")
    OfficialFactory(name="Pengurus Uji", role="keeper", position="Pengurus Barang")

    words = words_of(sheet_of(reader.get(f"{BOOK}kib-b/unduh/xlsx/")))

    assert {"TOTAL NILAI ASET", "Mengetahui,", "Kepala Uji", "Pengurus Uji"} <= set(words)
    assert {f"({number})" for number in range(1, 17)} <= set(words)


def test_the_keeper_of_assets_does_not_sign_the_book(reader):
    OfficialFactory(name="Pengurus Uji", role="keeper")

    assert "Pengurus Uji" not in reader.get(BOOK).content.decode()


@pytest.mark.parametrize(
    ("target", "grade"),
    [
        (10, "Sangat Tinggi"),
        (11, "Sangat Tinggi"),
        (12, "Tinggi"),
        (14, "Sedang"),
        (19, "Rendah"),
        (20, "Sangat Rendah"),
    ],
)
def test_the_work_sheet_grades_what_the_register_counts(target, grade, reader):
    BusinessFactory.create_batch(10)
    PerformanceTarget.objects.create(
        year=YEAR, indicator="Jumlah IKM", unit="unit", target=target, realised=1
    )

    [line] = figures_of(reader.get(f"{BOOK}kertas-kerja/"))[:1]

    assert line[5] == "10"
    assert line[7:] == [grade, "Register"]


def test_an_indicator_the_register_does_not_know_takes_what_was_typed(reader):
    PerformanceTarget.objects.create(
        year=YEAR, indicator="Nilai SAKIP", unit="nilai", target=80, realised=72
    )

    [line] = figures_of(reader.get(f"{BOOK}kertas-kerja/"))[:1]

    assert line[5:] == ["72", "90,00", "Tinggi", "Isian"]


# Closed years


def test_a_closed_year_is_shown_as_its_edition(reader):
    BusinessFactory()
    close_year(YEAR, by=None, channel=Change.Channel.COMMAND)
    BusinessFactory()

    page = reader.get(f"{BOOK}ikm-kelompok/")

    assert figures_of(page)[-1][1] == "1"
    assert page.context["edition"].number == 1


def test_a_narrowed_table_of_a_closed_year_says_that_it_is_counted_now(reader):
    ward = KelurahanFactory()
    close_year(YEAR, by=None, channel=Change.Channel.COMMAND)

    page = reader.get(f"{BOOK}ikm-kelompok/", {"kecamatan": ward.kecamatan_id})

    assert "dihitung dari isi register sekarang" in page.context["tables"][0]["notes"][-1]
    assert page.context["edition"] is None


LIVE = "Bukan bagian dari edisi: dihitung dari isi register sekarang."


@pytest.mark.parametrize("banding", [{}, {"banding": YEAR - 1}], ids=["alone", "compared"])
def test_what_is_not_of_the_edition_says_so_under_its_title_in_every_form(banding, reader):
    ward = KelurahanFactory()
    close_year(YEAR, by=None, channel=Change.Channel.COMMAND)
    asked = {"kecamatan": ward.kecamatan_id, **banding}

    page = reader.get(f"{BOOK}ikm-kelompok/", asked)
    files = {
        form: reader.get(f"{BOOK}ikm-kelompok/unduh/{form}/", asked) for form in ("xlsx", "pdf")
    }

    assert all(table["subtitle"][-1] == LIVE for table in page.context["tables"])
    assert LIVE in words_of_all(files["xlsx"])
    assert any(LIVE in page for page in pages_of(files["pdf"].content))
    for form, file in files.items():
        assert f"ikm-kelompok-{YEAR}-bukan-edisi.{form}" in file["Content-Disposition"]


def test_what_is_narrowed_beside_a_closed_year_says_so_too(reader):
    ward = KelurahanFactory()
    close_year(YEAR - 1, by=None, channel=Change.Channel.COMMAND)

    asked = {"kecamatan": ward.kecamatan_id, "banding": YEAR - 1}
    page = reader.get(f"{BOOK}ikm-kelompok/", asked)
    alone = reader.get(f"{BOOK}ikm-kelompok/", {"kecamatan": ward.kecamatan_id})

    assert all(table["subtitle"][-1] == LIVE for table in page.context["tables"])
    assert f"Tahun {YEAR - 1} sudah ditutup" in page.context["tables"][0]["notes"][-1]
    assert LIVE not in alone.context["tables"][0]["subtitle"]


@pytest.mark.parametrize("key", ["daftar-ikm", "kib-a", "pad-bulanan", "kertas-kerja"])
def test_a_list_of_a_closed_year_says_that_it_is_not_of_the_edition(key, reader):
    close_year(YEAR, by=None, channel=Change.Channel.COMMAND)

    page = reader.get(f"{BOOK}{key}/")
    whole = reader.get(f"{BOOK}ikm-kelompok/")

    assert page.context["tables"][0]["subtitle"][-1] == LIVE
    assert LIVE not in whole.context["tables"][0]["subtitle"]


@pytest.mark.parametrize("address", [BOOK, f"{BOOK}ikm-wilayah/", f"{BOOK}unduh/pdf/"])
def test_a_closed_year_without_its_edition_is_never_shown_from_live_figures(address, reader):
    ClosedYearFactory(year=YEAR)

    response = reader.get(address, follow=True)

    assert response.redirect_chain[-1][0] == reverse("admin:report_choose")
    assert "Edisi 1 tidak ditemukan" in response.content.decode()


def test_the_files_of_an_edition_are_the_ones_kept_with_it(reader):
    edition = close_year(YEAR, by=None, channel=Change.Channel.COMMAND)

    file = reader.get(f"/laporan/edisi/{edition.pk}/xlsx/")

    with Edition.objects.get(pk=edition.pk).workbook.open("rb") as stream:
        assert file.content == stream.read()


# For the public


def test_the_public_edition_tells_no_money_about_a_few(reader):
    BusinessYearFactory(investment=77_777_777)

    page = reader.get(BOOK).content.decode()
    assert "77.777.777" in page
    # The figures of an open year lead to the records behind them.
    assert f"?posisi={YEAR}" in page
    public = reader.get(BOOK, {"umum": "1"}).content.decode()
    assert "77.777.777" not in public
    assert "disamarkan" in public


def test_the_public_edition_of_a_closed_year_is_disguised_too(reader):
    BusinessYearFactory(investment=77_777_777)
    close_year(YEAR, by=None, channel=Change.Channel.COMMAND)

    assert "?posisi=" not in reader.get(BOOK).content.decode()
    sheet = reader.get(f"{BOOK}unduh/html/", {"umum": "1"}).content.decode()

    assert "77.777.777" not in sheet


def test_the_open_data_hold_aggregates_with_the_codes_of_the_city(reader):
    ward = KelurahanFactory()
    BusinessYearFactory(business__kelurahan=ward, investment=77_777_777)

    response = reader.get(f"{BOOK}data-terbuka/unduh/")
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    texts = {name: archive.read(name).decode() for name in archive.namelist()}

    rows = list(csv.DictReader(io.StringIO(texts["jumlah-ikm-2024-umum.csv"])))
    assert sum(int(row["jumlah_ikm"]) for row in rows) == 1
    assert {(row["kode_provinsi"], row["kode_kabupaten_kota"]) for row in rows} == {("64", "6471")}
    assert ward.kecamatan.code.replace(".", "") in {row["kode_kecamatan"] for row in rows}
    assert {row["satuan"] for row in rows} == {"UNIT"}
    card = json.loads(texts["jumlah-ikm-2024-umum.json"])
    assert {"konsep", "definisi", "klasifikasi", "ukuran", "satuan", "sumber"} <= set(card)
    assert not any("77777777" in text or "77.777.777" in text for text in texts.values())


# What an official document must have


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("report_choose", []),
        ("report_book", [YEAR]),
        ("report_table", [YEAR, "ikm-kelompok"]),
        ("report_table", [YEAR, "daftar-ikm"]),
    ],
    ids=["the years", "the book", "a table", "a list"],
)
def test_a_page_tells_before_the_pdf_comes_that_nobody_signs_it(page, names, reader):
    address = reverse(f"admin:{page}", args=names)

    without = reader.get(address).content.decode()
    LetterheadFactory()
    unsigned = reader.get(address).content.decode()
    OfficialFactory()
    complete = reader.get(address).content.decode()

    assert "Belum ada kop surat dan penanda tangan yang berlaku" in without
    assert "Belum ada penanda tangan yang berlaku" in unsigned
    assert "yang berlaku pada tanggal laporan ini" not in complete


def test_the_command_says_what_the_report_is_written_without(tmp_path, capsys):
    call_command("yearly_report", YEAR, tmp_path / "laporan.html")

    assert "belum ada kop surat" in capsys.readouterr().err
