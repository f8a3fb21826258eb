"""A long list is the workbook a short one would be, written without its rows being held."""

import io
import tracemalloc
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from balikpapan.reports import xlsx, xlsx_list
from balikpapan.reports.tables import ReportColumn, ReportTable

from .books import book_of

COLUMNS = [
    ReportColumn("Nama usaha", key="name"),
    ReportColumn("KBLI", "number", key="kbli"),
    ReportColumn("Tenaga kerja", "whole", key="workers"),
    ReportColumn("Omzet", "rupiah", key="turnover"),
    ReportColumn("Luas", "decimal", key="area"),
    ReportColumn("Sejak", "date", key="since"),
]
ROWS = [
    ("Amplang & Kerupuk <Siti>", "10750", 3, 1_500_000, Decimal("12.5"), None),
    ("=HYPERLINK(1)", "", None, 9_007_199_254_740_993, None, None),
    ("Nama yang sangat panjang " * 8, "10,1", 0, None, Decimal("0.125"), None),
    (" Roti \x07 ", None, 12, 7, "n/a", None),
    *(("Roti Uji", "10710", 1, 2, None, None) for _ in range(3)),
]


def book(rows=(), **options):
    table = ReportTable("daftar", "Daftar uji", COLUMNS, rows, notes=["Disamarkan."], **options)
    return book_of(table)


def as_list(rows, **options):
    stream = io.BytesIO()
    count = xlsx_list.write_list(book(**options), iter(rows), stream)
    return count, stream


def cells(workbook):
    [sheet] = workbook.worksheets
    return [
        (c.coordinate, c.value, c.number_format, c.border.left.style, c.alignment.horizontal)
        for row in sheet.iter_rows()
        for c in row
        if c.value is not None
    ]


def test_a_list_written_row_by_row_is_the_workbook_of_the_whole_table():
    stream = io.BytesIO()
    xlsx.write_book(book(ROWS), stream)
    whole = openpyxl.load_workbook(stream)

    count, written = as_list(ROWS)
    rows = openpyxl.load_workbook(written)

    assert count == len(ROWS)
    assert cells(rows) == cells(whole)
    [one], [other] = rows.worksheets, whole.worksheets
    assert one.merged_cells.ranges == other.merged_cells.ranges
    assert (one.print_area, one.freeze_panes) == (other.print_area, other.freeze_panes)
    assert one.print_title_rows == other.print_title_rows
    heights = {row: size.height for row, size in other.row_dimensions.items() if size.height}
    assert {row: one.row_dimensions[row].height or 15 for row in heights} == heights
    live = next(c for row in one.iter_rows() for c in row if c.value == "=HYPERLINK(1)")
    assert (live.data_type, live.quotePrefix) == ("s", True)


@pytest.mark.parametrize("count", [0, 1])
def test_a_list_of_hardly_anything_is_a_workbook_too(count):
    written_count, stream = as_list(ROWS[:count])

    assert written_count == count
    words = [value for row in openpyxl.load_workbook(stream).active.values for value in row]
    assert ("Jumlah" in words) == bool(count)
    assert "– Disamarkan." in words


def test_any_number_of_rows_takes_the_same_memory():
    def peak(count):
        rows = (("Amplang", "10750", n, n, None, None) for n in range(count))
        tracemalloc.start()
        as_list(rows)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    few, many = peak(2_000), peak(8_000)

    # What grows is the file itself, which this test keeps in memory.
    assert many < few + 600_000


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr(xlsx_list, "MOST_ROWS", xlsx_list.BLOCK + 5)

    with pytest.raises(ValueError, match="cannot hold"):
        as_list(ROWS)


def test_a_list_gives_the_same_bytes_again():
    first, second = as_list(ROWS)[1], as_list(ROWS)[1]

    assert first.getvalue() == second.getvalue()
    assert "xl/worksheets/sheet1.xml" in zipfile.ZipFile(first).namelist()
