"""Terbilang: amounts in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balikpapan.spreadsheets.cells.amount_words import GROUPS, UNITS, in_words, rupiah_in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1000, "seribu"),
        (1001, "seribu satu"),
        (1100, "seribu seratus"),
        (2000, "dua ribu"),
        (11_000, "sebelas ribu"),
        (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (85_000_000, "delapan puluh lima juta"),
        (330_280_000, "tiga ratus tiga puluh juta dua ratus delapan puluh ribu"),
        (10**9, "satu miliar"),
        (10**12, "satu triliun"),
        (10**15, "satu kuadriliun"),
    ],
)
def test_a_number_in_words(number, words):
    assert in_words(number) == words


@given(st.integers(0, 10**18 - 1))
def test_the_words_read_back_are_the_number(number):
    assert read(in_words(number).split()) == number


def read(words):
    """The number that words state, worked out from the largest group down."""
    for size, word in GROUPS:
        if word in words:
            place = words.index(word)
            return read(words[:place]) * size + read(words[place + 1 :])
    for word, size in (("ribu", 1000), ("seribu", 1000), ("ratus", 100), ("seratus", 100)):
        if word in words:
            place = words.index(word)
            return (read(words[:place]) or 1) * size + read(words[place + 1 :])
    if "puluh" in words:
        place = words.index("puluh")
        return read(words[:place]) * 10 + read(words[place + 1 :])
    if "belas" in words:
        return 10 + UNITS.index(words[0])
    return UNITS.index(words[0]) if words else 0


def test_an_amount_ends_in_rupiah_and_what_has_no_words_is_refused():
    assert rupiah_in_words(1_250) == "Seribu dua ratus lima puluh rupiah"
    for number in (-1, 10**18):
        with pytest.raises(ValueError, match="no words"):
            in_words(number)
