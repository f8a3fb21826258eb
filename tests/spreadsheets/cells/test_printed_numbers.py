"""Numbers as programs, accountants and currency formats leave them in a cell."""

from decimal import Decimal

import pytest

from balikpapan.spreadsheets.cells import (
    DecimalLimits,
    MoneyNotation,
    Read,
    proves_decimal_comma,
    read_decimal,
    read_money,
    read_whole,
)
from tests.spreadsheets.findings import codes


@pytest.mark.parametrize(
    ("value", "amount", "code"),
    [
        (1.1 * 3, "3.3", "float_tail"),
        (0.1 + 0.2, "0.3", "float_tail"),
        (1.1 * 1.1, "1.21", "float_tail"),
        (100 / 3, "33.333", "rounded"),
        (2 / 3, "0.667", "rounded"),
    ],
)
def test_a_computed_fraction_is_read_as_excel_shows_it_and_noted(value, amount, code):
    result = read_decimal(value, DecimalLimits(places=3))

    assert result.value == Decimal(amount)
    assert [(f.severity, f.code) for f in result.findings] == [("note", code)]


def test_a_computed_whole_number_is_whole():
    assert read_whole(3.0000000000000004).value == 3
    assert codes(read_whole(3.0000000000000004)) == ["float_tail"]
    assert codes(read_whole(100 / 3)) == ["not_whole"]


@pytest.mark.parametrize(
    "text", ["Rp-", " Rp-   ", "Rp -", "Rp. -", "Rp -,-", "Rp -,00", "-Rp -", "IDR -"]
)
def test_the_zero_of_an_accounting_format_is_a_zero_and_noted(text):
    result = read_money(text)

    assert result.value == 0
    assert [(f.severity, f.code) for f in result.findings] == [("note", "accounting_zero")]


@pytest.mark.parametrize("text", ["Rp", "Rp.", "Rp - Budi"])
def test_a_currency_alone_is_no_zero(text):
    assert codes(read_money(text)) == ["not_a_number"]


@pytest.mark.parametrize("text", ["5.000.000,=", "Rp 5.000.000,=", "5.000.000,==", "5.000.000,-"])
def test_money_may_end_in_the_dashes_of_a_cheque(text):
    assert read_money(text) == Read(5_000_000)


@pytest.mark.parametrize("text", ["5 jt/bulan", "5.000.000 per bulan", "Rp 100.000 / hari"])
def test_money_per_month_is_not_taken_for_the_year(text):
    assert codes(read_money(text)) == ["own_period"]


PERIODS = MoneyNotation(periods={"tahun": 1, "bulan": 12, "hari": 0})


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("5 jt/bulan", 60_000_000, "period_applied"),
        ("Rp 1.500.000 per bln.", 18_000_000, "period_applied"),
        ("60 juta/thn", 60_000_000, "period_read"),
        ("Rp 100.000 / hari", None, "period_left_out"),
        ("1 jt/minggu", None, "own_period"),
    ],
)
def test_money_of_a_period_is_read_as_it_was_answered(text, value, code):
    read = read_money(text, PERIODS)

    assert (read.value, codes(read)) == (value, [code])


DECIMALS = ["0,435", "1,286", "2,87", "0,118", "2.059"]


@pytest.mark.parametrize(
    ("values", "proved"),
    [
        pytest.param(DECIMALS, True, id="decimals"),
        pytest.param(["1,286", "2,059"], False, id="could all be thousands"),
        pytest.param(["2,87", "1,286", "3,500", "4,125"], False, id="mostly ambiguous"),
        pytest.param(["0,435", "1,286,000"], False, id="English thousands beside"),
        pytest.param(["12,5 kg", "1,286 kg"], True, id="with units"),
        pytest.param([0.435, 5, None], False, id="numbers"),
    ],
)
def test_a_column_proves_its_commas_to_be_decimal(values, proved):
    assert proves_decimal_comma(values) is proved


def test_an_ambiguous_cell_of_such_a_column_is_a_decimal_and_noted():
    result = read_decimal("1,286", DecimalLimits(places=3), decimal_comma=True)

    assert result.value == Decimal("1.286")
    assert codes(result) == ["read_as_decimal"]
    assert codes(read_decimal("1,286", DecimalLimits(places=3))) == ["ambiguous_number"]
    assert codes(read_decimal("2.059", DecimalLimits(places=3), decimal_comma=True)) == [
        "read_as_thousands"
    ]


def test_a_currency_that_an_accounting_format_printed_into_a_csv_is_no_unit():
    assert read_money(" Rp27,700.00 ", MoneyNotation(1000)).value == 27_700_000
    assert codes(read_money("Rp27,700.00", MoneyNotation(1000))) == ["own_unit"]
    assert codes(read_money(" Rp 12 jt ", MoneyNotation(1000))) == ["own_unit"]


@pytest.mark.parametrize("text", ["Rp(1.000.000,00)", "Rp (500)", "(Rp500)", "IDR(500)"])
def test_a_bracket_behind_the_currency_is_a_minus_too(text):
    assert read_money(text, low=None).value in (-1_000_000, -500)
    assert codes(read_money(text)) == ["out_of_range"]


@pytest.mark.parametrize("text", ["±5.000.000", "< 50 juta", "50.000.000 s/d 100.000.000", "3 - 5"])
def test_an_estimate_or_a_range_asks_for_one_certain_number(text):
    result = read_money(text)

    assert codes(result) == ["not_a_number"]
    assert "satu angka yang pasti" in result.findings[0].message


@pytest.mark.parametrize(
    ("text", "amount"),
    [("2 (dua)", 2), ("12 (dua belas)", 12), ("5 orang (lima)", 5), ("3 (tiga orang)", 3)],
)
def test_a_number_repeated_in_words_is_read_and_noted(text, amount):
    read = read_whole(text)

    assert (read.value, codes(read)[0]) == (amount, "spelled_out")


@pytest.mark.parametrize("text", ["2 (tiga)", "2 (dua) 3", "(dua)", "2 (kurang lebih)"])
def test_words_that_say_another_number_are_refused(text):
    assert codes(read_whole(text)) == ["not_a_number"]


@pytest.mark.parametrize("text", ["1.500 m2", "1.500 m²", "1.500m2"])
def test_a_square_may_stand_behind_its_number(text):
    read = read_decimal(text, DecimalLimits(places=3), unit_words=("m2", "m²"))

    assert (read.value, codes(read)[-1]) == (1500, "unit_dropped")
