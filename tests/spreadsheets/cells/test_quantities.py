"""Quantities that carry their unit and period in the same cell."""

from decimal import Decimal

import pytest

from balikpapan.spreadsheets.cells import DecimalLimits, Read, read_quantity, split_unit


@pytest.mark.parametrize(
    ("text", "amount", "related"),
    [
        ("1.000 kg", "1000", (("unit", "kg"),)),
        ("2 ton/bulan", "2", (("unit", "ton"), ("period", "bulan"))),
        ("2 ton / bln.", "2", (("unit", "ton"), ("period", "bln"))),
        ("50 Kg/Hari", "50", (("unit", "Kg"), ("period", "Hari"))),
        ("50 kg per hari", "50", (("unit", "kg"), ("period", "hari"))),
        ("100 bungkus", "100", (("unit", "bungkus"),)),
        ("12,5 m3", "12.5", (("unit", "m3"),)),
        ("1.000,5kg", "1000.5", (("unit", "kg"),)),
        ("100/bulan", "100", (("period", "bulan"),)),
        ("2 lembar kain sebulan", "2", (("unit", "lembar kain"), ("period", "bulan"))),
    ],
)
def test_unit_and_period_of_a_quantity_are_read_beside_it_and_noted(text, amount, related):
    result = read_quantity(text, DecimalLimits(places=3))

    assert result.value == Decimal(amount)
    assert result.related == related
    assert "quantity_split" in [finding.code for finding in result.findings]


@pytest.mark.parametrize("value", [5, "5", "1.250,5", 0.5])
def test_a_bare_quantity_is_read_as_ever(value):
    result = read_quantity(value, DecimalLimits(places=3))

    assert result.value is not None
    assert result.related == ()


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("5 jt/bulan", "own_unit"),
        ("5 ribu kg", "own_unit"),
        ("1,000 kg", "ambiguous_number"),
        ("3 - 5", "not_a_number"),
        ("2 (tiga)", "not_a_number"),
        ("1 L, 2 P", "not_a_number"),
        ("Rp 5.000", "not_a_number"),
        ("kg", "not_a_number"),
        ("-5 kg", "out_of_range"),
    ],
)
def test_what_is_no_single_quantity_is_refused(value, code):
    result = read_quantity(value, DecimalLimits(places=3, low=0))

    assert [finding.code for finding in result.findings] == [code]


def test_a_column_may_have_proved_its_decimal_comma():
    assert read_quantity("1,286 kg", DecimalLimits(places=3), decimal_comma=True).value == Decimal(
        "1.286"
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Kg/ Tahun", ("Kg", "Tahun")),
        ("kg per bulan", ("kg", "bulan")),
        ("Kg", ("Kg", None)),
        ("km/jam", ("km/jam", None)),
    ],
)
def test_a_unit_may_carry_its_period(text, parts):
    assert split_unit(text) == parts


def test_blanks_stay_blank():
    assert read_quantity("-", DecimalLimits(places=3)) == Read()
