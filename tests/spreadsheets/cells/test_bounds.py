"""The last value each reader takes and the first it does not, on both sides of every limit."""

import datetime
from decimal import Decimal
from functools import partial

import pytest

from balikpapan.spreadsheets.cells import (
    DecimalLimits,
    read_coordinate,
    read_date,
    read_decimal,
    read_digits,
    read_money,
    read_percent,
    read_phone,
    read_text,
    read_whole,
    read_year,
)
from balikpapan.spreadsheets.cells.amount_words import in_words
from balikpapan.spreadsheets.cells.formatting import spell_out
from balikpapan.spreadsheets.cells.masking import is_masked, mask_free_text, mask_value
from balikpapan.spreadsheets.cells.numbers import MoneyNotation
from balikpapan.spreadsheets.cells.texts import plain_number
from tests.spreadsheets.findings import codes

DAY = partial(read_date, today=datetime.date(2026, 3, 1))
UNTIL = partial(DAY, is_until=True)
LATITUDE = partial(read_coordinate, low=-90, high=90)
KG = partial(read_decimal, limits=DecimalLimits(places=3, digits=9))
NPWP = partial(read_digits, lengths=(15, 16), what="NPWP")
CODE_15 = partial(read_digits, lengths=(15,), what="nomor")
THOUSANDS = partial(read_money, notation=MoneyNotation(1000))

#: Reader, the last value it takes with what it reads, and the first it refuses with the code.
LIMITS = [
    (DAY, "01/01/1900", datetime.date(1900, 1, 1), "31/12/1899", "out_of_range"),
    (DAY, "31/12/2100", datetime.date(2100, 12, 31), "01/01/2101", "out_of_range"),
    # Excel's own days begin where its calendar is sound.
    (DAY, datetime.date(1900, 3, 1), datetime.date(1900, 3, 1), datetime.date(1900, 2, 28), "out_of_range"),
    (DAY, datetime.date(2100, 12, 31), datetime.date(2100, 12, 31), datetime.date(2101, 1, 1), "out_of_range"),
    (DAY, "1/3/26 23:59", datetime.date(2026, 3, 1), "1/3/26 24:00", "not_a_date"),
    (DAY, "1/3/26 08:59", datetime.date(2026, 3, 1), "1/3/26 08:60", "not_a_date"),
    (DAY, "12/12/2024", datetime.date(2024, 12, 12), "12/13/2024", "ambiguous_date"),
    (DAY, "31/1/2024", datetime.date(2024, 1, 31), "32/1/2024", "not_a_date"),
    (DAY, "29/2/2024", datetime.date(2024, 2, 29), "29/2/2023", "not_a_date"),
    (read_year, 1900, 1900, 1899, "out_of_range"),
    (read_year, "2100", 2100, "2101", "out_of_range"),
    (partial(read_year, low=2000, high=2020), 2000, 2000, 1999, "out_of_range"),
    (partial(read_year, low=2000, high=2020), 2020, 2020, 2021, "out_of_range"),
    (partial(read_whole, low=3, high=9), 3, 3, 2, "out_of_range"),
    (partial(read_whole, low=3, high=9), "9", 9, "10", "out_of_range"),
    (partial(read_whole, low=3), 3, 3, 2, "out_of_range"),
    (partial(read_whole, high=9), 9, 9, 10, "out_of_range"),
    (read_money, 0, 0, -1, "out_of_range"),
    (read_money, 10**15, 10**15, 10**15 + 1, "out_of_range"),
    (read_money, "1.000 triliun", 10**15, "1.001 triliun", "out_of_range"),
    (THOUSANDS, 10**12, 10**15, 10**12 + 1, "out_of_range"),
    (read_percent, 0, 0, -0.01, "out_of_range"),
    (read_percent, 100, 100, 100.01, "out_of_range"),
    (read_percent, 12.34, Decimal("12.34"), 12.345, "too_precise"),
    (KG, "0,125", Decimal("0.125"), "0,1255", "too_precise"),
    (KG, 999_999, 999_999, 1_000_000, "out_of_range"),
    (KG, -999_999, -999_999, -1_000_000, "out_of_range"),
    (LATITUDE, 90, 90, 90.000001, "out_of_range"),
    (LATITUDE, -90, -90, -90.000001, "out_of_range"),
    (LATITUDE, "1°59'S", Decimal("-1.983333"), "1°60'S", "not_a_coordinate"),
    (LATITUDE, "1°0'59\"S", Decimal("-1.016389"), "1°0'60\"S", "not_a_coordinate"),
    (partial(read_text, max_length=5), "abcde", "abcde", "abcdef", "too_long"),
    (partial(read_text, max_length=5), 12345, "12345", 123456, "too_long"),
    (read_text, 10**15 - 1, "9" * 15, 10**15, "id_as_number"),
    (NPWP, "123456789012345", "123456789012345", "12345678901234", "id_wrong_length"),
    (NPWP, "1234567890123456", "1234567890123456", "12345678901234567", "id_wrong_length"),
    (CODE_15, 123456789012345, "123456789012345", 1234567890123456, "id_as_number"),
    # A number of several parts: eight digits have no area code, four are no number.
    (read_phone, "12345", "12345", "1234", "unreadable_phone"),
    (read_phone, "12345678", "12345678", "1234567890", "unreadable_phone"),
    (read_phone, "812345678901", "0812345678901", "8123456789012", "unreadable_phone"),
    (read_phone, "012345678", "012345678", "01234567", "unreadable_phone"),
    (read_phone, "01234567890123", "01234567890123", "012345678901234", "unreadable_phone"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("read", "last", "value", "beyond", "code"),
    LIMITS,
    ids=[f"{index}-{last}" for index, (_, last, *_rest) in enumerate(LIMITS)],
)
def test_a_limit_belongs_to_what_is_taken_and_the_next_value_does_not(
    read, last, value, beyond, code
):
    taken, refused = read(last), read(beyond)

    assert taken.value == value
    assert type(taken.value) is type(value) or isinstance(taken.value, Decimal)
    assert "out_of_range" not in codes(taken)
    assert refused.value is None
    assert codes(refused)[-1] == code


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("1/3/26", (2026, 3, 1), id="today"),
        pytest.param("2/3/26", (1926, 3, 2), id="tomorrow"),
    ],
)
def test_two_digits_mean_the_nearest_year_in_which_the_day_has_come(text, day):
    assert DAY(text).value == datetime.date(*day)
    assert UNTIL(text).value == datetime.date(2026, *day[1:])


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        ("nik", "12345678", "********"),
        ("nik", "123456789", "*****6789"),
        ("nik", " 123456789 ", "*****6789"),
        ("nik", "123", "****"),
        ("phone", "12345", "****"),
        ("phone", "123456", "****456"),
        ("phone", "12345678", "****678"),
        ("phone", "123456789", "1234****789"),
    ],
)
def test_a_number_shows_its_ends_from_a_length_on(kind, text, shown):
    assert mask_value(kind, text) == shown


def test_thirteen_digits_in_a_text_are_no_nik_and_fourteen_may_be_one():
    assert mask_free_text("nota 1234567890123") == "nota 1234567890123"
    assert mask_free_text("nota 12345678901234") == "nota **********1234"


def test_a_masked_number_is_one_with_spaces_around_it_too():
    assert is_masked("\t************8901\n")
    assert is_masked("12***")
    assert not is_masked("12**")


@pytest.mark.parametrize("text", ["_x000D_", "_x000D_ -", "\u00ad", "-_x0009_"])
def test_a_text_of_which_nothing_is_left_is_blank(text):
    assert read_text(text).value is None


def test_a_number_as_text_ends_where_its_figures_end():
    assert plain_number(10.0) == "10"
    assert plain_number(1.5) == "1.5"
    assert plain_number(0.0) == "0"


@pytest.mark.parametrize("typed", ["hp 0812 3456 789", " hp 08123456789 ", "Telp.: 08123456789"])
def test_a_phone_number_is_read_without_its_label(typed):
    assert read_phone(typed).value == "08123456789"


#: The numbers where the words change, with the words of the two that meet there.
WORDS = [
    (11, "sebelas", "dua belas"),
    (19, "sembilan belas", "dua puluh"),
    (99, "sembilan puluh sembilan", "seratus"),
    (199, "seratus sembilan puluh sembilan", "dua ratus"),
    (999, "sembilan ratus sembilan puluh sembilan", "seribu"),
    (1999, "seribu sembilan ratus sembilan puluh sembilan", "dua ribu"),
]


@pytest.mark.parametrize(("number", "words", "next_words"), WORDS)
def test_the_words_of_a_number_change_where_its_places_do(number, words, next_words):
    for spelled in (in_words, spell_out):
        assert (spelled(number), spelled(number + 1)) == (words, next_words)


@pytest.mark.parametrize(
    ("power", "word"),
    [(6, "juta"), (9, "miliar"), (12, "triliun")],
)
def test_a_scale_begins_at_its_own_power(power, word):
    for spelled in (in_words, spell_out):
        assert spelled(10**power) == f"satu {word}"
        assert word not in spelled(10**power - 1)
    assert in_words(10**18 - 1).startswith("sembilan ratus sembilan puluh sembilan kuadriliun")
    for beyond in (-1, 10**18):
        with pytest.raises(ValueError, match="no words"):
            in_words(beyond)
