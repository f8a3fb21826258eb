"""The cells that JSON cannot carry as they are: what their tags stand for."""

import datetime
from collections.abc import Callable
from typing import Any

from ..model import Cell, CellError, Formula, Percent, StoredValue


def revived(values: list[Any]) -> list[Cell]:
    """The cells that values from the wire stand for; a tagged value is a list."""
    return [_cell(value) if type(value) is list else value for value in values]


def _cell(tagged: list[Any]) -> Cell:
    tag, value, *rest = tagged
    if tag != "f":
        return _KINDS[tag](value)
    stored = rest[0]
    return Formula(value, _KINDS[stored[0]](stored[1]) if type(stored) is list else stored)


_KINDS: dict[str, Callable[[Any], StoredValue]] = {
    "d": datetime.date.fromisoformat,
    "t": datetime.datetime.fromisoformat,
    "h": datetime.time.fromisoformat,
    "e": CellError,
    "p": Percent,
}
