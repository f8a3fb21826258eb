"""The sectors of an old Office container: a chain ends, or it is damage."""

import pytest

from balikpapan.spreadsheets.errors import WorkbookRefused
from balikpapan.spreadsheets.opening.ole import _chain

END = 0xFFFFFFFE


@pytest.mark.parametrize(
    ("table", "first", "sectors"),
    [
        pytest.param([END], END, [], id="nothing"),
        pytest.param([END, 7], 0, [0], id="one sector"),
        pytest.param([2, END, 1], 0, [0, 2, 1], id="every sector there is"),
    ],
)
def test_a_chain_gives_its_sectors_in_order(table, first, sectors):
    assert list(_chain(table, first)) == sectors


@pytest.mark.parametrize(
    ("table", "first"),
    [
        pytest.param([1, 0], 0, id="a ring"),
        pytest.param([0], 0, id="a sector after itself"),
        pytest.param([END], 1, id="a first sector beyond the table"),
        pytest.param([2, END], 0, id="a later sector beyond the table"),
    ],
)
def test_a_chain_without_end_is_damage(table, first):
    with pytest.raises(WorkbookRefused) as refused:
        list(_chain(table, first))

    assert refused.value.code == "damaged"
