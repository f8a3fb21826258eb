"""How a message shows what stands in a cell: as the office sees it, on one line, shortened."""

import datetime

import pytest

from balikpapan.spreadsheets.cells.reading import quote, shown
from balikpapan.spreadsheets.model import CellError, Formula, Percent


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Amplang ", "Amplang "),
        (True, "TRUE"),
        (False, "FALSE"),
        (Percent(0.125), "12,5%"),
        (Percent("x"), "persen"),
        (Formula("=A1+1"), "=A1+1"),
        (Formula("A1+1", 2), "=A1+1"),
        (CellError("#REF!"), "#REF!"),
        (1029, "1029"),
        (10**60 - 1, "9" * 60),
        (10**60, "bilangan lebih dari 60 angka"),
        (-(10**60), "bilangan lebih dari 60 angka"),
        (2.0, "2"),
        (-2.5, "-2,5"),
        (1e15, "1000000000000000"),
        (1e16, "1e+16"),
        (0.0000125, "0,0000125"),
        (1e-9, "1e-09"),
        (datetime.date(2024, 2, 1), "01-02-2024"),
        (datetime.datetime(2024, 2, 1, 8, 5), "01-02-2024 08:05"),
        (datetime.time(8, 5), "08:05"),
        (None, "None"),
    ],
)
def test_each_kind_of_cell_is_shown_as_excel_shows_it(value, text):
    assert shown(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a" * 40, f'"{"a" * 40}"'),
        ("a" * 41, f'"{"a" * 39}…"'),
        ("baris\nlain\ttab", '"baris lain tab"'),
        ("nol\x00lebar\u200b", '"nol[U+0000]lebar[U+200B]"'),
        ("6471015705900001", '"************0001"'),
        (6471015705900001, '"************0001"'),
        (12345678.901234567, '"12345678,901234567"'),
    ],
)
def test_a_quoted_cell_is_one_short_line_without_a_whole_nik(value, text):
    assert quote(value) == text
