"""What the lines that go on with a record give to it, and which of them are held instead."""

from array import array

import pytest

from balikpapan.intake.decisions import Decision, DecisionKind
from balikpapan.intake.declarations import ContinuedColumns
from balikpapan.intake.problems import Problems
from balikpapan.intake.reading.continued_rows import join_continued_rows
from balikpapan.intake.reading.sheet_rows import SheetRows
from balikpapan.spreadsheets.cells import ERASE

COLUMNS = ContinuedColumns(
    products=("products",),
    summed=("turnover",),
    measured=("capacity",),
    unit="unit",
    free=("notes",),
)


def rows_of(**values):
    """Rows of one sheet; the first is a record, and the others go on with it."""
    length = len(next(iter(values.values())))
    return SheetRows(
        sheets=["Data"],
        sheet_of=array("H", [0] * length),
        row_of=array("I", range(2, 2 + length)),
        values=values,
        places=[{}],
        continued=dict.fromkeys(range(1, length), 0),
    )


def joined(rows):
    """The problems told when the lines are given to their record."""
    problems = Problems()
    join_continued_rows(rows, COLUMNS, problems)
    return problems.listed


@pytest.mark.parametrize(
    ("quantities", "units", "whole", "is_left_out"),
    [
        pytest.param([None, 5], [None, "kg"], (5, "kg"), False, id="the first amount"),
        pytest.param([ERASE, 5], [None, "kg"], (5, "kg"), False, id="after an erased one"),
        pytest.param([None, 5], ["kg", "kg"], (5, "kg"), False, id="the unit stood there"),
        pytest.param([None, 5], ["kg", "liter"], (None, "kg"), True, id="another unit stood there"),
        pytest.param([3, 5], ["kg", "kg"], (8, "kg"), False, id="one unit"),
        pytest.param([3, 5], ["kg", None], (8, "kg"), False, id="the unit written once"),
        pytest.param([3, 5], ["kg", "liter"], (3, "kg"), True, id="two units"),
        pytest.param([3, 5], [None, "kg"], (3, None), True, id="a unit of the line alone"),
        pytest.param([3, 0], ["kg", "liter"], (3, "kg"), False, id="nothing to add"),
        pytest.param([3, None], ["kg", "liter"], (3, "kg"), False, id="blank"),
        pytest.param([3, ERASE], ["kg", "liter"], (3, "kg"), False, id="erased"),
        pytest.param([None, 5, 2], [None, "kg", "kg"], (7, "kg"), False, id="two lines"),
        pytest.param([None, 5, 2], [None, "kg", "liter"], (5, "kg"), True, id="the second differs"),
    ],
)
def test_quantities_are_added_up_in_one_unit_only(quantities, units, whole, is_left_out):
    rows = rows_of(capacity=quantities, unit=units)

    [problem] = joined(rows)

    assert (rows.values["capacity"][0], rows.values["unit"][0]) == whole
    assert ("satuannya berbeda" in problem.message) == is_left_out


@pytest.mark.parametrize(("quantities", "whole"), [([None, 5], 5), ([3, 5, 1], 9)])
def test_quantities_of_a_list_without_units_are_added_up(quantities, whole):
    rows = rows_of(capacity=quantities)

    [problem] = joined(rows)

    assert rows.values["capacity"][0] == whole
    assert "satuannya" not in problem.message


@pytest.mark.parametrize(
    ("name", "cells", "whole"),
    [
        ("products", ["Amplang", "Kerupuk", "AMPLANG", "Abon"], "Amplang; Kerupuk; Abon"),
        ("products", [None, "Kerupuk"], "Kerupuk"),
        ("products", ["Amplang", None], "Amplang"),
        ("turnover", [3, 5, 2], 10),
        ("turnover", [None, 5], 5),
        ("turnover", [ERASE, 5], 5),
        ("turnover", [None, 0], None),
        ("turnover", [3, None], 3),
        ("notes", ["laris", "musiman"], "laris"),
    ],
)
def test_products_are_listed_once_and_amounts_added_up(name, cells, whole):
    rows = rows_of(**{name: cells})

    joined(rows)

    assert rows.values[name][0] == whole


def test_joined_lines_are_set_aside_and_named_at_their_record():
    rows = rows_of(products=["Amplang", "Kerupuk", "Abon"])

    [problem] = joined(rows)

    assert (problem.row, problem.severity, problem.code) == (2, "warning", "products_merged")
    assert "Produk pada baris lanjutan 3, 4 digabung di sini" in problem.message
    assert [rows.is_aside(index) for index in range(3)] == [False, True, True]
    assert rows.why_aside(1) == "produk lain dari usaha pada baris 2"


@pytest.mark.parametrize(
    ("cell", "is_held"),
    [
        ("Budi", True),
        (7, True),
        ("SITI ", False),
        (None, False),
        (ERASE, False),
        (0, False),
    ],
)
def test_a_line_that_says_more_than_its_product_is_held_with_all_it_holds(cell, is_held):
    rows = rows_of(owner=["Siti", cell], products=["Amplang", "Abon"])

    [problem] = joined(rows)

    assert (problem.code, problem.row) == (
        ("doubtful_row", 3) if is_held else ("products_merged", 2)
    )
    assert rows.held == ({1} if is_held else set())
    assert rows.values["products"][0] == ("Amplang" if is_held else "Amplang; Abon")
    assert ("lanjutan dari baris 2" in problem.message) == is_held


@pytest.mark.parametrize("why", ["held", "decided"])
def test_a_line_that_is_held_or_decided_about_gives_nothing_to_its_record(why):
    rows = rows_of(products=["Amplang", "Kerupuk", "Abon"])
    if why == "held":
        rows.held.add(1)
    else:
        rows.decisions[1] = Decision(DecisionKind.NEW)

    [problem] = joined(rows)

    assert rows.values["products"][0] == "Amplang; Abon"
    assert "baris lanjutan 4 digabung" in problem.message
