"""The text of a cell as headings and row labels are read."""

from ..model import Cell, Formula

#: No heading and no label is longer; what follows is not looked at.
LONGEST = 300


def text_of(cell: Cell) -> str:
    """The text a cell shows, on one line and at most ``LONGEST`` characters; "" for a number."""
    if isinstance(cell, Formula):
        cell = cell.value
    return " ".join(cell[: 2 * LONGEST].split())[:LONGEST] if isinstance(cell, str) else ""
