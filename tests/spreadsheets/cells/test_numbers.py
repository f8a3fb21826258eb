import datetime
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balikpapan.spreadsheets.cells import (
    DecimalLimits,
    MoneyNotation,
    Read,
    format_decimal,
    parse_number,
    proves_english,
    read_decimal,
    read_money,
    read_percent,
    read_whole,
)
from balikpapan.spreadsheets.model import Formula, Percent
from tests.spreadsheets.cell_strategies import OFFICE_TEXT
from tests.spreadsheets.findings import codes


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12", "12"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("1,234.567", "1234.567"),
        ("1.234,567", "1234.567"),
        ("128,383,883", "128383883"),
        ("1 000 000", "1000000"),
        ("1\xa0000\u202f000,5", "1000000.5"),
        ("12,5", "12.5"),
        ("0,500", "0.500"),
        (",5", "0.5"),
        ("1.500,-", "1500"),
        ("Rp 1.500.000,-", "1500000"),
        ("Rp. 1.000.000,00", "1000000"),
        ("Rp1.000.000,-", "1000000"),
        ("'1234", "1234"),
        ("1234 ", "1234"),
        ("(500)", "-500"),
        ("-500", "-500"),
        ("500-", "-500"),
        ("−500", "-500"),
        ("-Rp 500", "-500"),
        ("(Rp 1.500.000,-)", "-1500000"),
        ("1.500.000.-", "1500000"),
        ("-0", "0"),
        ("99.999.999.999.999", "99999999999999"),
    ],
)
def test_a_number_written_without_doubt_is_read_exactly_and_in_silence(text, amount):
    number = parse_number(text)

    assert number.amount == Decimal(amount)
    assert number.findings == ()


@pytest.mark.parametrize(
    ("text", "amount", "code"),
    [
        ("1.029", "1029", "read_as_thousands"),
        ("1 029", "1029", "read_as_thousands"),
        ("12.5", "12.5", "read_as_decimal"),
        ("0.500", "0.5", "read_as_decimal"),
        ("1234.567", "1234.567", "read_as_decimal"),
        ("39600.", "39600", "stray_mark"),
        ("１２", "12", "invisible_removed"),
        ("1\u200b2", "12", "invisible_removed"),
    ],
)
def test_a_number_that_needed_reading_is_noted(text, amount, code):
    number = parse_number(text)

    assert number.amount == Decimal(amount)
    assert [finding.code for finding in number.findings] == [code]
    assert number.findings[0].severity == "note"


def test_thousands_are_noted_in_words():
    [finding] = read_whole("1.029").findings

    assert finding.message == '"1.029" dibaca 1029 (seribu dua puluh sembilan).'


def test_the_words_of_a_note_carry_the_sign():
    [finding] = read_whole("(1.029)").findings

    assert finding.message == '"(1.029)" dibaca -1029 (minus seribu dua puluh sembilan).'


@pytest.mark.parametrize("text", ["850,000", "1,029", "Rp 850,000", "1,234,"])
def test_one_comma_before_three_digits_is_ambiguous(text):
    result = read_money(text)

    assert codes(result) == ["ambiguous_number"]
    assert result.has_error


def test_both_readings_of_an_ambiguous_number_are_named():
    [finding] = read_money("850,000").findings

    assert "850000 (delapan ratus lima puluh ribu)" in finding.message
    assert "atau 850 " in finding.message


@pytest.mark.parametrize(
    ("text", "amount", "notes"),
    [
        ("850,000", 850000, ["read_as_thousands"]),
        ("1,500,000", 1500000, []),
        ("1,500.00", 1500, []),
        ("1.500,-", 1500, []),
        ("1.500.000", 1500000, []),
    ],
)
def test_commas_are_thousands_in_a_column_that_proved_english(text, amount, notes):
    result = read_money(text, MoneyNotation(english=True))

    assert (result.value, codes(result)) == (amount, notes)


def test_a_decimal_comma_does_not_fit_a_column_that_proved_english():
    assert codes(read_money("12,5", MoneyNotation(english=True))) == ["ambiguous_number"]


@pytest.mark.parametrize(
    ("column", "proved"),
    [
        (["850,000", "1,234,567"], True),
        (["850,000", "1,234.50"], True),
        (["850,000", "Rp 128,383,883"], True),
        (["850,000", Formula("=A1", "1,234,567")], True),
        (["850,000", "12,5", "39.600.", None, 12], False),
        (["1,234,567", "1.234.567"], False),
        (["1,234,567", "1.500,-"], False),
        ([], False),
    ],
)
def test_two_commas_or_a_comma_before_a_point_prove_english(column, proved):
    assert proves_english(column) is proved


@pytest.mark.parametrize(
    "text",
    [
        "anjai",
        "5-10",
        "(-5)",
        "-5-",
        "1.23.456",
        "1,23,456",
        "12 5",
        "1. 000",
        "012.345",
        "012,345",
        "1e20",
        "1E+3",
        "1e308",
        "1e5000",
        "inf",
        "Infinity",
        "NaN",
        "٣",
        "10²",
        "½",
        "0x1F",
        "1_000",
        "± 5",
        "5/6",
        "Rp",
        "5 orang/hari",
        "5 %",
        "1.500.000.-5",
    ],
)
def test_what_is_no_number_is_refused(text):
    result = read_whole(text)

    assert codes(result) == ["not_a_number"]
    assert result.value is None


def test_a_refused_count_says_what_to_type():
    [finding] = read_whole("anjai").findings

    assert finding.message == '"anjai" bukan bilangan bulat. Isi dengan angka, misalnya 12.'


@pytest.mark.parametrize("value", ["9" * 5000, "1," * 4000, "1" + " 000" * 900, 10**400, "9" * 61])
@pytest.mark.parametrize("read", [read_whole, read_money, read_percent])
def test_a_monstrous_number_is_refused_at_once(read, value):
    start = time.process_time()
    result = read(value)

    assert result.has_error
    assert time.process_time() - start < 0.05


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan"), 1e20, 1e308])
@pytest.mark.parametrize("read", [read_money, read_percent])
def test_a_float_that_is_no_amount_is_refused(read, value):
    assert read(value).has_error


@pytest.mark.parametrize(
    "value", [True, datetime.date(2024, 1, 1), datetime.time(1), Percent(0.5), b"12"]
)
@pytest.mark.parametrize("read", [read_whole, read_money])
def test_a_cell_of_another_kind_is_no_number(read, value):
    assert codes(read(value)) == ["not_a_number"]


@pytest.mark.parametrize(
    ("value", "count"), [(12, 12), (12.0, 12), ("12", 12), ("12,0", 12), (0, 0), ("0", 0)]
)
def test_a_count_is_a_whole_number(value, count):
    assert read_whole(value, low=0, high=100) == Read(count)


@pytest.mark.parametrize("value", ["1.7", "1,7", 1.7, 100.000000001])
def test_a_count_refuses_a_fraction(value):
    assert codes(read_whole(value)) == ["not_whole"]


@pytest.mark.parametrize("text", ["5 orang", "5 Org.", "5orang"])
def test_the_word_behind_a_count_is_dropped_and_noted(text):
    result = read_whole(text)

    assert result.value == 5
    assert codes(result) == ["unit_dropped"]


@pytest.mark.parametrize("value", [-1, 101, "-1", "(5)", 101.0])
def test_a_count_outside_its_limits_is_refused(value):
    assert codes(read_whole(value, low=0, high=100)) == ["out_of_range"]


def test_a_negative_count_is_read_where_it_is_allowed():
    assert read_whole("(500)", low=-1000) == Read(-500)


@pytest.mark.parametrize(
    ("value", "amount"), [("12,5", "12.5"), (607.2, "607.2"), (60, "60"), ("12,500.0", "12500")]
)
def test_a_quantity_is_read_exactly(value, amount):
    assert read_decimal(value, DecimalLimits(places=3)) == Read(Decimal(amount))


@pytest.mark.parametrize("value", ["1,0051", 0.3001, 100.000000001, "0,30000000000000004"])
def test_a_quantity_with_more_decimals_than_its_field_is_refused(value):
    assert codes(read_decimal(value, DecimalLimits(places=3))) == ["too_precise"]


def test_a_quantity_with_more_digits_than_its_field_is_refused():
    assert read_decimal(99999, DecimalLimits(places=3, digits=8)).value == 99999
    assert codes(read_decimal(100000, DecimalLimits(places=3, digits=8))) == ["out_of_range"]


@pytest.mark.parametrize("value", ["12,5%", "12,5 %", "12,5 persen", Percent(0.125)])
def test_a_percentage_is_what_the_office_sees(value):
    result = read_percent(value)

    assert result.value == Decimal("12.5")
    assert codes(result) == ["read_as_percent"]


def test_a_bare_number_in_a_percent_column_is_a_percentage():
    assert read_percent("12,5") == Read(Decimal("12.5"))
    assert read_percent(0.5).value == Decimal("0.5")


@pytest.mark.parametrize("value", [101, "-1", Percent(1.01)])
def test_a_percentage_outside_its_limits_is_refused(value):
    assert codes(read_percent(value)) == ["out_of_range"]


@settings(deadline=None)
@given(number=st.decimals(-(10**9), 10**9, places=3))
def test_a_quantity_as_we_write_it_comes_back_unless_it_is_ambiguous(number):
    result = read_decimal(format_decimal(number, 3), DecimalLimits(places=3))

    assert result.value == number or codes(result) == ["ambiguous_number"]


@settings(deadline=None, max_examples=500)
@given(text=OFFICE_TEXT, english=st.booleans())
def test_no_digit_is_lost_or_gained_in_silence(text, english):
    number = parse_number(text, english=english)

    if number.amount is not None and not number.findings:
        digits = "".join(filter(str.isdecimal, text)).lstrip("0")
        read = "".join(filter(str.isdigit, f"{number.amount:f}")).lstrip("0")
        assert digits.rstrip("0") == read.rstrip("0")


@settings(deadline=None)
@given(value=st.floats(0, 10**9))
def test_a_float_is_never_rounded_in_silence(value):
    result = read_decimal(value, DecimalLimits(places=3))

    assert result.has_error or result.findings or result.value == Decimal(repr(value))
