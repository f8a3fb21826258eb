"""Months in every spelling that the office's sheets have."""

import datetime

import pytest

from balikpapan.spreadsheets.cells import ERASE, Read, read_month
from balikpapan.spreadsheets.cells.months import MONTH_NAMES, MONTHS
from balikpapan.spreadsheets.model import Formula


@pytest.mark.parametrize(
    ("value", "month"),
    [
        ("Agust", 8),
        ("Agust.", 8),
        ("AGUSTUS", 8),
        ("Agt", 8),
        ("Peb", 2),
        ("Pebruari", 2),
        ("Nopember", 11),
        ("nop", 11),
        ("March", 3),
        ("03", 3),
        ("3", 3),
        ("'03", 3),
        (" 12 ", 12),
        (3, 3),
        (12.0, 12),
        ("Bulan Mei", 5),
        ("Bln. Mei", 5),
        ("BULAN: MEI", 5),
        ("bulan ke-7", 7),
        ("VIII", 8),
        ("Bulan IX", 9),
    ],
)
def test_a_month_is_read_in_any_spelling(value, month):
    assert read_month(value) == Read(month)


@pytest.mark.parametrize(
    "value",
    [
        datetime.date(2024, 5, 1),
        datetime.datetime(2024, 5, 1, 0, 0, 36),
        "Mei 2024",
        "Mei-24",
        "MEI '24",
        "05-2024",
        "01/05/2024",
        "17/05/2024",
    ],
)
def test_what_stands_beside_the_month_is_left_out_and_noted(value):
    result = read_month(value)

    assert result.value == 5
    assert [(f.severity, f.code) for f in result.findings] == [("note", "read_as_month")]
    assert "bulan Mei" in result.findings[0].message


@pytest.mark.parametrize(
    "value",
    ["Meei", "13", 13, 0, "0", 1.5, True, "Triwulan I", "Januari - Maret", "Semester 1", "2024"]
    + ["17/13/2024", datetime.time(5), "5 orang"],
)
def test_what_is_no_month_is_refused(value):
    result = read_month(value)

    assert result.has_error
    assert [finding.code for finding in result.findings] == ["unknown_choice"]


def test_blank_erasing_and_computed_months_are_read_like_other_cells():
    assert read_month("-") == Read()
    assert read_month("(kosongkan)").value is ERASE
    assert read_month(Formula("=B2", 4)).value == 4


def test_every_printed_name_is_read_back():
    assert [MONTHS[name.lower()] for name in MONTH_NAMES] == list(range(1, 13))
