"""An edition gives back the tables that were kept, and tells what a later one changed."""

import datetime
import hashlib
import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from balikpapan.reports import pdf, xlsx
from balikpapan.reports.editions import (
    differences,
    keep_edition,
    stored_appendix,
    stored_table,
    stored_tables,
    table_json,
)
from balikpapan.reports.models import Edition
from balikpapan.reports.tables import ReportColumn, ReportTable, Row
from tests.reports.books import book_of, revenue_table, texts_of, workforce_table

pytestmark = pytest.mark.django_db


def figures(*rows, **options):
    columns = [
        ReportColumn("Kelompok"),
        ReportColumn("Unit", "whole", key="units"),
        ReportColumn("Nilai", "rupiah", key="value"),
    ]
    return ReportTable("k", "IKM menurut kelompok", columns, rows, number=2, **options)


def stored_edition(*tables, number=1, **fields):
    return keep_edition(book_of(*tables, edition=number, **fields))


@pytest.mark.parametrize("table", [workforce_table(), revenue_table()], ids=["ikm", "pad"])
def test_a_kept_table_reads_as_it_did(table):
    again = stored_table(json.loads(json.dumps(table_json(table))))

    assert texts_of(again) == texts_of(table)
    assert again.headings == table.headings
    assert (again.number, again.source) == (table.number, table.source)
    assert list(again.notes) == list(table.notes)


@pytest.mark.parametrize("value", [None, 0, 7, "n/a", Decimal("1.50"), datetime.date(2024, 5, 6)])
def test_a_kept_value_is_the_value_it_was(value):
    table = ReportTable(
        "t",
        "T",
        [ReportColumn("A"), ReportColumn("B", "decimal")],
        [("x", value)],
        totals=("Jumlah", value),
    )

    again = stored_table(json.loads(json.dumps(table_json(table))))

    assert again.rows[0].values == ("x", value)
    assert again.total_row.values == ("Jumlah", value)


def test_a_row_is_known_by_what_stands_before_its_figures():
    columns = [
        ReportColumn("Tahun", "year"),
        ReportColumn("Realisasi", "rupiah"),
        ReportColumn("Status"),
    ]

    def of(amount):
        rows = [(2021, 115, "Final"), (2022, 115, "Final"), (2023, amount, "Final")]
        return ReportTable("pad", "PAD", columns, rows, number=9)

    assert differences(stored_edition(of(144)), stored_edition(of(144), number=2)) == []
    difference, of_the_sum = differences(
        stored_edition(of(144), number=3), stored_edition(of(330), number=4)
    )
    assert of_the_sum["row"] == "Jumlah"
    assert (difference["row"], difference["was"], difference["now"]) == ("2023", "144", "330")


def test_two_rows_of_the_same_words_are_told_apart_by_their_order():
    earlier, later = (
        figures(("Agro", 1, 5), ("Agro", 2, 6)),
        figures(("Agro", 1, 5), ("Agro", 3, 6)),
    )

    difference, of_the_sum = differences(stored_edition(earlier), stored_edition(later, number=2))

    assert of_the_sum["row"] == "Jumlah"
    assert (difference["row"], difference["was"], difference["now"]) == ("Agro (2)", "2", "3")


def test_what_stands_behind_a_figure_is_kept_for_the_public_edition():
    row = Row(("Pangan", 2, 900), contributors={"value": 2})

    again = stored_table(json.loads(json.dumps(table_json(figures(row)))))

    assert again.rows[0].contributors == {"value": 2}


def test_p27_an_edition_holds_the_files_of_its_book_and_the_print_of_its_figures():
    book = book_of(figures(("Pangan", 2, 900)))

    edition = Edition.objects.get(pk=keep_edition(book).pk)

    for field, write in ((edition.workbook, xlsx.write_book), (edition.document, pdf.write_book)):
        stream = io.BytesIO()
        write(book, stream)
        with field.open("rb") as file:
            assert file.read() == stream.getvalue()
    text = json.dumps(edition.figures, ensure_ascii=False, sort_keys=True)
    assert edition.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_an_appendix_is_kept_without_being_printed():
    edition = stored_edition(
        figures(("Pangan", 2, 900)), appendix=[replace(revenue_table(), key="lampiran")]
    )

    assert [table.key for table in stored_tables(edition)] == ["k"]
    assert [table.key for table in stored_appendix(edition)] == ["lampiran"]


def test_an_edition_is_kept_once():
    stored_edition(figures(("Pangan", 2, 900)))

    with pytest.raises(IntegrityError), transaction.atomic():
        stored_edition(figures(("Pangan", 3, 900)))


# What changed


def test_editions_of_the_same_figures_do_not_differ():
    first, second = (
        stored_edition(figures(("Pangan", 2, 900))),
        stored_edition(figures(("Pangan", 2, 900)), number=2),
    )

    assert differences(first, second) == []


def test_p27_a_changed_figure_and_its_sum_are_told_as_they_are_printed():
    first = stored_edition(figures(("Pangan", 2, 1_900)))
    second = stored_edition(figures(("Pangan", 2, 2_900)), number=2)

    lines = [
        (line["row"], line["column"], line["was"], line["now"])
        for line in differences(first, second)
    ]

    assert lines == [
        ("Pangan", "Nilai (Rp)", "1.900", "2.900"),
        ("Jumlah", "Nilai (Rp)", "1.900", "2.900"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param([("A", 1, 5)], [("A", 1, 5), ("B", 2, None)], ("B", "–", "2"), id="new line"),
        pytest.param([("A", 1, 5), ("B", 2, None)], [("A", 1, 5)], ("B", "2", "–"), id="lost line"),
    ],
)
def test_a_line_only_one_edition_has_is_told(before, after, expected):
    first = stored_edition(figures(*before, totals=False))
    second = stored_edition(figures(*after, totals=False), number=2)

    lines = [(line["row"], line["was"], line["now"]) for line in differences(first, second)]

    assert expected in lines
    assert {row for row, *_ in lines} == {"B"}


def test_lines_of_the_same_name_under_two_headings_are_told_apart():
    def of(first, second):
        return figures(
            Row(("Barat",), kind="section"),
            ("Belum diketahui", first, 1),
            Row(("Timur",), kind="section"),
            ("Belum diketahui", second, 1),
            totals=False,
        )

    [line] = differences(stored_edition(of(5, 6)), stored_edition(of(5, 7), number=2))

    assert (line["row"], line["was"], line["now"]) == ("Timur, Belum diketahui", "6", "7")


def test_a_table_only_one_edition_has_is_told():
    first, second = stored_edition(figures(("A", 1, 5))), stored_edition(revenue_table(), number=2)

    assert {line["row"] for line in differences(first, second)} == {"seluruh tabel"}
