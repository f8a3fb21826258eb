"""Number formats as offices use them: which make a date of a number, and which only dress it."""

import pytest

from balikpapan.spreadsheets.readers.number_formats import kind_of_format, moment


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", "number"),
        ("STANDARD", "number"),
        ("Standard", "number"),
        ('_-"Rp"* #,##0_-;-"Rp"* #,##0_-', "number"),
        ("_([$Rp-421]* #,##0_);[Red]_([$Rp-421]* (#,##0)", "number"),
        ('#,##0" hari"', "number"),
        ("0.00E+00", "number"),
        ("[h]:mm:ss", "number"),
        ("[H]:MM", "number"),
        ('"dua\nhari" 0', "number"),
        ("0\\%", "number"),
        ("0.0%", "percent"),
        ("dd/mm/yyyy", "date"),
        ("[$-421]dddd, dd mmmm yyyy", "date"),
        ("mmm", "date"),
        ("yyyy\\-mm\\-dd hh:mm", "date"),
        ("hh:mm", "time"),
        ("mm:ss.0", "time"),
    ],
)
def test_a_format_makes_a_date_only_by_its_own_letters(code, kind):
    assert kind_of_format(170, code) == kind


@pytest.mark.parametrize(
    ("number", "kind"),
    [(0, "number"), (4, "number"), (9, "percent"), (14, "date"), (22, "date"), (20, "time")],
)
def test_built_in_formats_are_known_by_number(number, kind):
    assert kind_of_format(number, None) == kind


@pytest.mark.parametrize(
    ("serial", "is_1904", "expected"),
    [
        (1, False, ["d", "1900-01-01"]),
        (59, False, ["d", "1900-02-28"]),
        (60, False, None),
        (61, False, ["d", "1900-03-01"]),
        (0, True, ["d", "1904-01-01"]),
        (2958465, False, ["d", "9999-12-31"]),
        (2958466, False, None),
        (2957004, True, None),
        (45000.999999999, False, ["d", "2023-03-16"]),
        (45000.99998842593, False, ["t", "2023-03-15T23:59:59"]),
        (float("nan"), False, None),
    ],
)
def test_a_serial_is_the_day_that_excel_shows_or_no_day_at_all(serial, is_1904, expected):
    assert moment(serial, "date", is_1904) == expected
