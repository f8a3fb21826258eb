"""Units of measure in headings, titles and cells."""

from decimal import Decimal

import pytest

from balikpapan.spreadsheets.cells import DecimalLimits, read_decimal, stated_unit

KILOGRAMS, AREA, LENGTH = ("kg", "kilogram"), ("m2", "m²"), ("km",)


@pytest.mark.parametrize(
    ("heading", "titles", "units", "unit"),
    [
        ("Masuk (ton)", (), KILOGRAMS, "ton"),
        ("Barang Masuk – Ton", (), KILOGRAMS, None),
        ("Tonase (Ton/bulan)", (), KILOGRAMS, "ton"),
        ("Masuk (ton) – Chiller (kg)", (), KILOGRAMS, None),
        ("Luas Ha", (), AREA, "ha"),
        ("Panjang (m)", (), LENGTH, "m"),
        ("Masuk", ("STOK (dalam ton)",), KILOGRAMS, "ton"),
        ("Masuk", ("Satuan : kuintal",), KILOGRAMS, "kuintal"),
        ("Masuk (kg)", ("(ton)",), KILOGRAMS, None),
        ("Masuk", ("COLD STORAGE 60 TON",), KILOGRAMS, None),
        ("Masuk", ("COLD STORAGE (kapasitas 60 ton ikan)",), KILOGRAMS, None),
        ("Ton", (), ("kwh",), None),
    ],
)
def test_a_heading_or_a_title_states_another_unit(heading, titles, units, unit):
    assert stated_unit(heading, titles, units) == unit


@pytest.mark.parametrize(
    ("cell", "kilograms", "codes"),
    [
        (2, 2000, []),
        ("1,5", 1500, []),
        ("1,5 ton", 1500, ["unit_converted"]),
        ("250 kg", 250, ["unit_dropped"]),
        ("2 kuintal", 200, ["unit_converted"]),
        ("2 truk", None, ["not_a_number"]),
        ("10.000 ton", None, ["out_of_range"]),
    ],
)
def test_a_cell_is_converted_by_its_own_unit_or_that_of_its_heading(cell, kilograms, codes):
    limits = DecimalLimits(3, None, 0, 1_000_000)

    read = read_decimal(cell, limits, unit_words=KILOGRAMS, scale=Decimal(1000))

    assert read.value == kilograms
    assert [f.code for f in read.findings if f.code != "read_as_thousands"] == codes
