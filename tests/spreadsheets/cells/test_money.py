"""Cells of money: whole rupiah, as their column writes amounts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balikpapan.spreadsheets.cells import (
    MoneyNotation,
    Read,
    format_rupiah,
    format_whole,
    prints_currency,
    read_money,
)
from tests.spreadsheets.findings import codes


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12 jt", 12_000_000),
        ("1,5 juta", 1_500_000),
        ("Rp 500 ribu", 500_000),
        ("2 milyar", 2_000_000_000),
        ("500rb", 500_000),
        ("1,5 juta rupiah", 1_500_000),
    ],
)
def test_a_word_that_multiplies_money_is_applied(text, amount):
    result = read_money(text)

    assert (result.value, codes(result)) == (amount, [])


@pytest.mark.parametrize(("text", "amount"), [("5 k", 5000), ("2 M", 2_000_000_000)])
def test_a_single_letter_that_multiplies_money_is_applied_and_noted(text, amount):
    result = read_money(text)

    assert result.value == amount
    assert codes(result) == ["unit_applied"]
    assert format_rupiah(amount) in result.findings[0].message


@pytest.mark.parametrize("text", ["12 jt", "Rp 1.500.000,-", "1500 rupiah"])
def test_a_unit_of_its_own_under_a_multiplying_heading_is_refused(text):
    assert codes(read_money(text, MoneyNotation(1000))) == ["own_unit"]


def test_a_currency_that_the_whole_column_prints_says_nothing_of_its_unit():
    assert read_money("Rp 1.250,5", MoneyNotation(1000, priced=True)).value == 1_250_500
    assert codes(read_money("Rp 12 jt", MoneyNotation(1000, priced=True))) == ["own_unit"]


@pytest.mark.parametrize(
    ("column", "printed"),
    [
        (["Rp1.500", " Rp. 2.750", "-", None], True),
        (["Rp 1.500", "2.750", 900], False),
        (["Rpx 5"], False),
        ([], False),
    ],
)
def test_a_column_prints_its_currency_where_most_cells_show_it(column, printed):
    assert prints_currency(column) is printed


@pytest.mark.parametrize(
    ("value", "multiplier", "amount"),
    [(30712.5, 1000, 30_712_500), ("30.712,5", 1000, 30_712_500), (12, 10**6, 12_000_000)],
)
def test_decimals_are_judged_after_the_heading_has_multiplied(value, multiplier, amount):
    assert read_money(value, MoneyNotation(multiplier)) == Read(amount)


@pytest.mark.parametrize(
    ("value", "amount"),
    [("1.234.567,50", 1234568), ("1.234.567,49", 1234567), (1234567.5, 1234568), (2.5, 3)],
)
def test_sen_are_rounded_half_up_with_a_warning_that_shows_both(value, amount):
    result = read_money(value)

    assert result.value == amount
    assert codes(result) == ["rounded"]
    assert result.findings[0].severity == "warning"
    assert format_rupiah(amount) in result.findings[0].message


def test_negative_money_is_refused_unless_allowed():
    assert codes(read_money("(500)")) == ["out_of_range"]
    assert read_money("(500)", low=None).value == -500


def test_money_stops_at_a_million_billion():
    assert read_money(10**15).value == 10**15
    assert codes(read_money(10**15 + 1)) == ["out_of_range"]


@settings(deadline=None)
@given(amount=st.integers(0, 10**15))
def test_money_as_we_write_it_comes_back(amount):
    assert read_money(format_rupiah(amount)).value == amount
    assert read_money(format_whole(amount)).value == amount
    assert read_money(f"{format_rupiah(amount)},-") == Read(amount)
