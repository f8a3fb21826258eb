"""The yearly book as a whole, and the command that writes it."""

import datetime
import time
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from balikpapan.audit.models import Change
from balikpapan.reference_data import load_reference
from balikpapan.reports import html, pdf, xlsx
from balikpapan.reports.ratios import added, growth, percent
from balikpapan.yearbook.closing import close_year
from balikpapan.yearbook.contents import other_table, yearbook
from balikpapan.yearbook.publication import render
from industry.models import PublishedFigure
from tests.factories import (
    AssetFactory,
    FacilityFactory,
    LetterheadFactory,
    OfficialFactory,
    PublishedFigureFactory,
    RevenueFactory,
    StorageMonthFactory,
)
from tests.industry.messy import make_register

pytestmark = pytest.mark.django_db

YEAR = 2024
TODAY = datetime.date(2025, 1, 15)


def book():
    return yearbook(YEAR, today=TODAY)


def fill(count):
    make_register(businesses=count)
    for number in range(count):
        StorageMonthFactory(month=number % 12 + 1)
        AssetFactory()
        PublishedFigureFactory(indicator=f"Indikator {number}")


def test_the_book_asks_once_what_several_of_its_tables_show():
    fill(3)

    with CaptureQueriesContext(connection) as statements:
        book()

    asked = [query["sql"] for query in statements]
    assert sum('FROM "industry_scalerule"' in sql for sql in asked) == 1
    figures = [sql for sql in asked if 'FROM "industry_business' in sql]
    twice = {sql[:300] for sql in figures if figures.count(sql) > 1}
    assert twice == set()


def test_the_book_holds_the_fifteen_tables_in_order():
    numbers = [table.number for table in book().tables]

    assert sorted(set(numbers)) == list(range(1, 16))
    assert numbers == sorted(numbers)


def test_every_table_has_a_key_of_its_own():
    keys = [table.key for table in book().tables]

    assert len(set(keys)) == len(keys)


def test_an_empty_register_makes_a_book_too():
    for write in (xlsx.write_book, pdf.write_book):
        stream = BytesIO()
        write(book(), stream)
        assert stream.getvalue()
    assert "Tidak ada data." in html.render_book(book())


def test_tables_over_the_years_ask_once_for_all_of_them_and_for_no_year_they_do_not_show():
    fill(3)
    PublishedFigure.objects.update(year=YEAR)

    with CaptureQueriesContext(connection) as statements:
        tables = [
            other_table(key, YEAR, today=TODAY, closing="") for key in ("capaian", "publikasi")
        ]

    assert [len(table.all_rows) for table in tables] == [4, 3]
    asked = [query["sql"] for query in statements]
    achieved = asked[: next(n for n, sql in enumerate(asked) if "publishedfigure" in sql)]
    for name in ("certificate", "programme", "participation"):
        assert sum(f'FROM "industry_{name}"' in sql for sql in achieved) == 1, name
    published = asked[len(achieved) :]
    assert sum("workers_total_sum" in sql for sql in published) == 1


def test_the_book_asks_the_same_number_of_questions_for_few_rows_and_for_many():
    asked = []
    for count in (1, 24):
        with transaction.atomic():
            fill(count)
            with CaptureQueriesContext(connection) as queries:
                book()
            transaction.set_rollback(True)
        asked.append(len(queries))

    assert asked[0] == asked[1]


@pytest.mark.parametrize("extension", ["html", "xlsx", "pdf"])
def test_the_same_register_gives_the_same_bytes(extension, monkeypatch):
    fill(6)
    LetterheadFactory()
    OfficialFactory()

    first = render(book(), extension)
    # An hour later; a file that told the time would differ.
    later = time.time() + 3_600
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda *given: time.gmtime(later))

    assert render(book(), extension) == first


def test_the_book_stands_under_the_letterhead_and_is_signed_by_who_is_in_office():
    LetterheadFactory(city="Kota Uji")
    OfficialFactory(name="Lama", valid_until=datetime.date(2024, 12, 31))
    OfficialFactory(name="Baru", valid_from=datetime.date(2025, 1, 1))

    made = book()

    assert made.letterhead.office == "Dinas Perindustrian Uji"
    assert made.place_and_date == "Kota Uji, 15 Januari 2025"
    assert [official.name for official in made.signatories] == ["Baru"]


def test_the_book_says_whether_its_figures_may_still_change():
    open_year = yearbook(YEAR, today=TODAY, made_by="Siti Contoh")
    edition = yearbook(YEAR, today=TODAY, edition=2)

    assert "Tahun 2024 belum ditutup; angka dapat berubah." in open_year.provenance_lines
    assert "Dibuat oleh: Siti Contoh" in open_year.provenance_lines
    assert any("disimpan sebagai Edisi 2" in line for line in edition.provenance_lines)
    assert edition.edition == 2


def test_table_10_counts_the_places_and_the_ikm_in_them_as_sql_does():
    fill(60)
    FacilityFactory(built_year=2019, land_area_m2="1200.5", floor_area_m2="300")
    FacilityFactory(built_year=2025)
    FacilityFactory(archived=True)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT f.name, f.land_area_m2, f.floor_area_m2, f.built_year, CASE WHEN
            f.kind = 'centre' THEN (SELECT COUNT(*) FROM industry_business b
              WHERE b.centre_id = f.id AND b.archived_at IS NULL
              AND COALESCE(b.founded_year, b.listed_year) <= 2024
              AND (b.closed_year IS NULL OR b.closed_year > 2024)) END
            FROM facilities_facility f
            WHERE f.archived_at IS NULL AND (f.built_year IS NULL OR f.built_year <= 2024)"""
        )
        expected = {row[0]: row[1:] for row in cursor.fetchall()}

    table = next(table for table in book().tables if table.key == "sentra")

    keys = ("land_area_m2", "floor_area_m2", "built_year", "businesses")
    sums = {
        row.values[0].split(" (")[0]: tuple(table.value(row, key) for key in keys)
        for row in table.rows
    }
    assert sums == expected
    counted = sum(row[3] or 0 for row in expected.values())
    assert table.value(table.total_row, "businesses") == counted > 0
    assert {table.value(row, key) for row in table.rows for key in ("units", "let")} == {None}


def test_no_personal_data_stands_in_the_book():
    make_register(6)

    assert "Usaha 1" not in html.render_book(book())


@pytest.mark.parametrize(
    ("part", "whole", "result"),
    [(1, 4, 25), (None, 4, None), (1, None, None), (1, 0, None), (0, 4, 0)],
)
def test_a_percent_needs_both_figures_and_a_base(part, whole, result):
    assert percent(part, whole) == result


@pytest.mark.parametrize(
    ("now", "before", "result"), [(5, 4, 25), (0, 4, -100), (5, 0, None), (5, None, None)]
)
def test_growth_needs_both_figures_and_a_base(now, before, result):
    assert growth(now, before) == result


@pytest.mark.parametrize(("figures", "result"), [([1, None, 2], 3), ([0], 0), ([None], None)])
def test_a_sum_of_unknowns_is_unknown(figures, result):
    assert added(figures) == result


# The command


@pytest.mark.parametrize("name", ["laporan.xlsx", "laporan.PDF", "laporan.html"])
def test_the_command_writes_the_kind_of_file_its_name_asks_for(name, tmp_path, capsys):
    starts = {".xlsx": b"PK", ".pdf": b"%PDF", ".html": b"<!DOCTYPE html>"}
    path = tmp_path / name

    call_command("yearly_report", YEAR, path)

    assert path.read_bytes().lstrip().startswith(starts[path.suffix.lower()])
    assert "Laporan Tahunan Industri Tahun 2024 ditulis ke" in capsys.readouterr().out


def test_the_workbook_of_the_command_holds_numbers(tmp_path):
    load_reference()
    path = tmp_path / "laporan.xlsx"

    call_command("yearly_report", YEAR, path)

    sheet = openpyxl.load_workbook(path)["Tabel 9"]
    values = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {115_000_000, 144_000_000, 330_280_000, 704_280_000, 25.22, 129.36} <= values


@pytest.mark.parametrize(
    ("year", "name", "message"),
    [
        pytest.param(2024, "laporan.doc", "akhiran «.doc» tidak dikenal", id="unknown kind"),
        pytest.param(2024, "laporan", "Pakai .xlsx, .pdf, atau .html.", id="no kind"),
        pytest.param(1776, "laporan.xlsx", "Tahun 1776 di luar batas", id="no such year"),
        pytest.param(2024, "tiada/laporan.xlsx", "Periksa folder dan haknya.", id="no folder"),
    ],
)
def test_the_command_refuses_with_a_remedy(year, name, message, tmp_path):
    with pytest.raises(CommandError, match=message.replace(".", r"\.")):
        call_command("yearly_report", year, tmp_path / name)

    assert list(tmp_path.iterdir()) == []


def test_the_command_reports_a_closed_year_from_its_edition(tmp_path):
    RevenueFactory(year=2023)
    edition = close_year(2023, by=None, channel=Change.Channel.COMMAND)
    RevenueFactory(year=2023, source_name="Sesudah tutup")

    call_command("yearly_report", 2023, tmp_path / "a.xlsx")

    with edition.workbook.open("rb") as stored_file:
        assert (tmp_path / "a.xlsx").read_bytes() == stored_file.read()


@pytest.mark.one_database
def test_the_book_draws_where_the_ikm_stand_and_what_the_pad_reached():
    make_register(businesses=6)

    made = book()

    places, revenue = made.charts
    counts = sum(bar.value for _, [bar] in places.rows)
    [table] = [table for table in made.tables if table.key == "ikm-baru-tutup"]
    assert places.table.name == "Tabel 6a"
    assert counts == table.value(table.total_row, "standing") > 0
    assert revenue.table.name == "Tabel 9a"
    for row, (year, [target, realised]) in zip(revenue.table.body, revenue.rows, strict=True):
        drawn = {"year": int(year), "target": target.value, "realised": realised.value}
        for key, value in drawn.items():
            figure = revenue.table.value(row, key)
            assert value == (figure if key == "year" or figure is None else figure / Decimal(10**6))
