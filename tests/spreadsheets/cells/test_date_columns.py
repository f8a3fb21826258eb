"""Columns whose dates are written month first, and what is read from them until somebody says so."""

import datetime

import pytest

from balikpapan.spreadsheets.cells import (
    DateOrder,
    Read,
    date_order_evidence,
    read_date,
)
from tests.spreadsheets.findings import codes

TODAY = datetime.date(2026, 3, 1)
AMERICAN = ["8/17/2024", "8/5/2024", "12/31/2023", "3/4/2024"]


@pytest.mark.parametrize(
    ("values", "is_in_doubt"),
    [
        pytest.param(AMERICAN, True, id="month first beside ambiguous"),
        pytest.param(["17/8/2024", "5/8/2024"], False, id="day first"),
        pytest.param(["8/17/2024", "4/4/2024", "17 Mei 2024"], False, id="nothing to confuse"),
        pytest.param(["5/8/2024", "3/4/2024"], False, id="no proof of month first"),
        pytest.param(["8/17/2024", datetime.date(2024, 5, 8)], True, id="a cell Excel turned"),
        pytest.param(
            ["8/17/2024", datetime.date(2024, 5, 8), datetime.date(2024, 5, 28)],
            False,
            id="cells that cannot all be turned",
        ),
        pytest.param(["8/17/24", "8-5-24"], True, id="two-digit years"),
        pytest.param([None, 5, "anjai", "99/99/2024"], False, id="no dates"),
    ],
)
def test_one_date_that_can_only_be_month_first_puts_the_others_in_doubt(values, is_in_doubt):
    assert date_order_evidence(values).is_in_doubt is is_in_doubt


def test_each_distinct_cell_counts_once():
    evidence = date_order_evidence(AMERICAN * 3 + ["17/8/2024"])

    assert (evidence.day_first, evidence.month_first, evidence.ambiguous) == (1, 2, 2)


@pytest.mark.parametrize("text", ["8/5/2024", "08-05-2024", "8.5.24"])
def test_an_ambiguous_date_of_a_column_in_doubt_is_refused_with_both_readings(text):
    result = read_date(text, today=TODAY, order=DateOrder.UNKNOWN)

    assert codes(result) == ["ambiguous_date"]
    assert "08-05-2024" in result.findings[0].message
    assert "05-08-2024" in result.findings[0].message


def test_an_ambiguous_date_of_no_possible_year_is_refused_for_that():
    assert codes(read_date("8/5/1850", today=TODAY, order=DateOrder.UNKNOWN)) == ["out_of_range"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("17/8/2024", (2024, 8, 17)),
        ("4/4/2024", (2024, 4, 4)),
        ("2024-08-05", (2024, 8, 5)),
        ("5 Agustus 2024", (2024, 8, 5)),
    ],
)
def test_a_date_that_can_be_read_in_one_way_only_is_read_in_a_column_in_doubt(text, day):
    assert read_date(text, today=TODAY, order=DateOrder.UNKNOWN) == Read(datetime.date(*day))


@pytest.mark.parametrize(
    ("text", "day", "noted"),
    [
        ("8/17/2024", (2024, 8, 17), ["month_first"]),
        ("8/5/2024", (2024, 8, 5), ["month_first"]),
        ("4/4/2024", (2024, 4, 4), []),
        ("17/8/2024", (2024, 8, 17), []),
        ("5 Agustus 2024", (2024, 8, 5), []),
    ],
)
def test_a_column_that_is_month_first_is_read_so_and_noted(text, day, noted):
    result = read_date(text, today=TODAY, order=DateOrder.MONTH_FIRST)

    assert result.value == datetime.date(*day)
    assert codes(result) == noted


@pytest.mark.parametrize(
    ("day", "expected"),
    [((2024, 5, 8), ["ambiguous_date"]), ((2024, 5, 5), []), ((2024, 5, 28), [])],
)
def test_a_date_cell_that_excel_may_have_turned_round_is_refused(day, expected):
    result = read_date(datetime.date(*day), today=TODAY, doubts_cells=True)

    assert codes(result) == expected


@pytest.mark.parametrize(("text", "year"), [("17/08/28", 2028), ("1 Mei 30", 2030)])
def test_a_two_digit_year_until_which_something_is_valid_lies_in_this_century(text, year):
    until = read_date(text, today=TODAY, is_until=True)

    assert until.value.year == year
    assert codes(until) == ["two_digit_year"]
    assert read_date(text, today=TODAY).value.year == year - 100


@pytest.mark.parametrize(
    "text", ["Seumur hidup", "SEUMUR  HIDUP", "berlaku selamanya", "Selama usaha berjalan"]
)
def test_for_life_is_no_expiry_and_no_date_elsewhere(text):
    until = read_date(text, today=TODAY, is_until=True)

    assert until.value.__class__.__name__ == "_Erase"
    assert codes(until) == ["no_expiry"]
    assert codes(read_date(text, today=TODAY)) == ["not_a_date"]
