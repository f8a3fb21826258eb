"""The cells of a sheet as the child that has read it looks at them."""

import datetime

import pytest

from balikpapan.spreadsheets.model import Formula
from balikpapan.spreadsheets.readers import grid, wire
from balikpapan.spreadsheets.readers.wire import BookDraft

CELLS = [
    pytest.param([f"Usaha {n}" for n in range(300)], id="many texts"),
    pytest.param([("Manggar", None, "Teritip", 7)[n % 4] for n in range(300)], id="few values"),
    pytest.param([None] * 290 + [5, None, True] + ["[a]"] * 7, id="blank at the top"),
]


def draft_of(cells):
    column = BookDraft(1000, 10, 10_000).sheet("Data").column(0)
    column.codes.extend([column[cell] for cell in cells])
    return column


@pytest.mark.parametrize("cells", CELLS)
@pytest.mark.parametrize("is_long", [False, True], ids=["short", "long"])
def test_a_column_of_any_length_is_used_like_a_list(cells, is_long, monkeypatch):
    monkeypatch.setattr(grid, "_LONG", 10 if is_long else 1000)
    monkeypatch.setattr(grid, "_PAGE", 16)
    monkeypatch.setattr(wire, "REMEMBERED", 40)
    monkeypatch.setattr(wire, "UNPACKED", 3)

    column = grid.cells_of(draft_of(cells))

    assert isinstance(column, list) is not is_long
    assert (len(column), list(column)) == (len(cells), cells)
    assert [column[n] for n in (0, 299, 17, -1)] == [cells[n] for n in (0, 299, 17, -1)]
    assert column[13:250:7] == cells[13:250:7]
    with pytest.raises(IndexError):
        column[300]


def test_cells_that_json_does_not_know_are_there_as_what_they_are():
    column = BookDraft(1000, 10, 10_000).sheet("Data").column(0)
    column.codes.append(
        column.list_anew([["d", "2024-08-17"], ["f", "=A1", ["d", "2024-08-18"]]])[0]
    )
    column.codes.append(2)

    assert grid.cells_of(column) == [
        datetime.date(2024, 8, 17),
        Formula("=A1", datetime.date(2024, 8, 18)),
    ]
