"""Which part of the headings of a wide table names what each of its columns is about."""

import pytest

from balikpapan.spreadsheets.tables.table import TableColumn
from balikpapan.spreadsheets.tables.wide_headings import WideField, _name_mapped


@pytest.mark.parametrize(
    ("headings", "members"),
    [
        (["Gudang", "Stok – Chiller", "Stok – Freezer"], ["Gudang", "Chiller", "Freezer"]),
        (["Chiller – Stok", "Freezer – Stok", "Gudang"], ["Chiller", "Freezer", "Gudang"]),
        (["Stok", "Stok"], ["", ""]),
        (["Stok"], [""]),
    ],
    ids=["the last part", "the first part", "no part", "one column alone"],
)
def test_the_part_that_tells_the_columns_of_one_amount_apart_is_their_member(headings, members):
    columns = [TableColumn(place, text, "kg_end") for place, text in enumerate(headings)]

    _name_mapped(columns, WideField("chamber", frozenset({"kg_end"})))

    assert [column.member for column in columns] == members
    assert [column.wide_field for column in columns] == [
        "chamber" if member else None for member in members
    ]
