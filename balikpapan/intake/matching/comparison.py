"""Values as they are compared: spellings evened out, and columns that count only where filled."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from balikpapan.spreadsheets.cells import ERASE, comparison_key

#: So many spellings are remembered at a time.
REMEMBERED = 200_000


class Normaliser:
    """Normalised texts, each distinct one mostly worked out once; numbers stand for themselves."""

    def __init__(self) -> None:
        self._keys: dict[str, str | None] = {}

    def of(self, value: Any) -> Any:
        """What two spellings of one value share; None for a blank."""
        if value is None or value == "":
            return None
        if not isinstance(value, str) or value.isdigit():
            return value
        try:
            return self._keys[value]
        except KeyError:
            if len(self._keys) >= REMEMBERED:
                self._keys.clear()
            key = self._keys[value] = comparison_key(value) or None
            return key


class ComparisonColumns:
    """Per row the normalised cells of the columns likeness counts, worked out where asked for."""

    def __init__(self, columns: Sequence[Sequence[Any]], normaliser: Normaliser):
        self._columns, self._key_of = columns, normaliser.of
        self._rows: dict[int, tuple[Any, ...]] = {}

    def __getitem__(self, index: int) -> tuple[Any, ...]:
        cells = self._rows.get(index)
        if cells is None:
            values = (column[index] for column in self._columns)
            cells = tuple(None if v is ERASE else self._key_of(v) for v in values)
            if len(self._rows) >= REMEMBERED:
                self._rows.clear()
            self._rows[index] = cells
        return cells


def index_by(pairs: Iterable[tuple[Hashable, int]]) -> dict[Any, list[int]]:
    """key -> list of ids, from (key, id) pairs whose key is not None."""
    index: dict[Any, list[int]] = defaultdict(list)
    for key, record in pairs:
        if key is not None:
            index[key].append(record)
    return index


def filled_mask(cells: Sequence[Any]) -> int:
    """Which of the comparison columns are filled, one bit each."""
    return sum(1 << bit for bit, value in enumerate(cells) if value is not None)


def project(cells: Sequence[Any], mask: int) -> tuple[Any, ...]:
    """The cells of the comparison columns that the mask names."""
    return tuple(value for bit, value in enumerate(cells) if mask >> bit & 1)
