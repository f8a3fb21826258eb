"""Numbers as offices write them, in figures and in words."""

from decimal import Decimal

import pytest

from balikpapan.spreadsheets.cells import format_decimal, format_rupiah, format_whole, spell_out


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (17, "tujuh belas"),
        (100, "seratus"),
        (1029, "seribu dua puluh sembilan"),
        (39600, "tiga puluh sembilan ribu enam ratus"),
        (1_001_000, "satu juta seribu"),
        (-5, "minus lima"),
    ],
)
def test_a_number_is_spelled_out(number, words):
    assert spell_out(number) == words


def test_numbers_are_written_as_offices_write_them():
    assert format_whole(1029) == "1.029"
    assert format_decimal(Decimal("1025.215"), 2) == "1.025,22"
    assert format_rupiah(1_500_000) == "Rp1.500.000"
    assert format_rupiah(-500) == "-Rp500"
