"""How the cells of one business's product rows become one cell."""

import pytest

from balikpapan.spreadsheets.cells import ERASE
from industry.resources import product_rows


@pytest.mark.parametrize(
    ("join", "cells", "one_unit", "value"),
    [
        ("_sum_of_known", [10, None, 5], False, 15),
        ("_sum_of_known", [None, None], True, None),
        ("_sum_of_known", [ERASE, None], True, ERASE),
        ("_sum_of_one_unit", [10, 5], True, 15),
        ("_sum_of_one_unit", [10, 5], False, None),
        ("_sum_of_one_unit", [10, None], True, None),
        ("_sum_of_one_unit", [10, ERASE], True, None),
        ("_unit", ["kg", "kg"], True, "kg"),
        ("_unit", ["kg", "liter"], False, None),
        ("_joined", ["Amplang", "Kerupuk", "Amplang"], False, "Amplang; Kerupuk"),
        ("_joined", [None, "Kerupuk", ERASE], False, "Kerupuk"),
        ("_joined", [None, None], False, None),
        ("_joined", [ERASE, None], False, ERASE),
        ("_joined", [5, None, 5], False, 5),
        ("_joined", [5, 6], False, None),
        ("_first_of", [None, "CV", "UD"], False, "CV"),
        ("_first_of", [None, None], False, None),
    ],
)
def test_cells_of_several_products_become_one(join, cells, one_unit, value):
    assert getattr(product_rows, join)(cells, one_unit) == value
