"""What holds for every reader of cells: blanks, formulas, errors, and the word that empties."""

import re
from decimal import Decimal
from functools import partial

import pytest

from balikpapan.spreadsheets.cells import ERASE
from balikpapan.spreadsheets.cells.coordinates import read_coordinate
from balikpapan.spreadsheets.cells.identifiers import read_code, read_digits
from balikpapan.spreadsheets.cells.months import read_month
from balikpapan.spreadsheets.cells.numbers import (
    DecimalLimits,
    read_decimal,
    read_money,
    read_percent,
    read_whole,
)
from balikpapan.spreadsheets.cells.phones import read_phone
from balikpapan.spreadsheets.cells.words import read_boolean, read_choice
from balikpapan.spreadsheets.cells.years import read_year
from balikpapan.spreadsheets.model import CellError, Formula

READERS = {
    "boolean": (read_boolean, "Ya", True),
    "choice": (
        partial(read_choice, choices={"aktif": "active"}, what="status"),
        "Aktif",
        "active",
    ),
    "code": (partial(read_code, pattern=re.compile("[0-9]{5}"), what="KBLI"), "10750", "10750"),
    "coordinate": (partial(read_coordinate, low=-90, high=90), "-1.25", Decimal("-1.25")),
    "decimal": (partial(read_decimal, limits=DecimalLimits(2)), "2,5", Decimal("2.5")),
    "digits": (partial(read_digits, lengths=(13,), what="NIB"), "1234567890123", "1234567890123"),
    "money": (read_money, "Rp1.500", 1500),
    "month": (read_month, "Maret", 3),
    "percent": (partial(read_percent, places=2), "12,5%", Decimal("12.5")),
    "phone": (read_phone, "081234567890", "081234567890"),
    "whole": (read_whole, "12", 12),
    "year": (partial(read_year, low=1900, high=2100), "2024", 2024),
}


@pytest.mark.parametrize("name", READERS)
def test_every_reader_takes_blanks_formulas_and_errors_alike(name):
    read, cell, value = READERS[name]

    assert read(cell).value == value
    assert [read(blank).value for blank in (None, "", "  ", "-")] == [None] * 4
    assert read("(kosongkan)").value is ERASE
    assert read(Formula("=A1", cell)).value == value
    for broken in (Formula("=A1"), CellError("#REF!"), Formula("=A1", CellError("#N/A"))):
        result = read(broken)
        assert (result.value, result.has_error) == (None, True)
    assert [finding.code for finding in read(Formula("=A1")).findings] == ["formula_without_value"]
