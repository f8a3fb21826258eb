"""Old .xls workbooks give the same kinds of cells."""

import datetime

from balikpapan.spreadsheets.model import CellError, Percent
from tests.spreadsheets.building import record, xls, xls_error, xls_number, xls_text
from tests.spreadsheets.opened import sheet_of


def test_an_xls_gives_numbers_percents_dates_errors_merges_and_hidden_parts():
    content = xls(
        record(0x208, b"\1\0" + bytes(10) + b"\x20\0\0\0"),  # row 2 hidden
        record(0x7D, b"\1\0\1\0" + bytes(4) + b"\1\0\0\0"),  # column B hidden
        xls_text(0, 0, "Ñama"),
        xls_number(1, 0, 5.0),
        xls_number(1, 1, 0.125, 17),
        xls_number(1, 2, 45000, 18),
        xls_error(1, 3, 0x2A),
        record(0xE5, b"\1\0\0\0\0\0\0\0\1\0"),
    )

    sheet = sheet_of(content)

    assert sheet.columns == [
        ["Ñama", 5],
        [None, Percent(0.125)],
        [None, datetime.date(2023, 3, 15)],
        [None, CellError("#N/A")],
    ]
    assert sheet.merges == [(0, 0, 0, 1)]
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({1}, {1})
    assert sheet_of(xls(visibility=2)).visibility == "very_hidden"


def test_an_empty_text_in_an_xls_is_no_value():
    assert sheet_of(xls(xls_text(0, 0, ""), xls_text(0, 1, "Nama"))).columns == [[None], ["Nama"]]
