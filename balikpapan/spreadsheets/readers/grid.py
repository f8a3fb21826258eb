"""The sheets that a child has read, as a grid to look for tables in."""

import json
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from ..model import Cell, Sheet
from .tagged import revived
from .wire import ColumnDraft, SheetDraft

#: Rows whose cells are worked out together.
_PAGE = 8_192
#: The cells of longer columns are worked out page by page; all of them would fill the memory.
_LONG = 40_000
#: Lists of values of one column that are at hand.
_AT_HAND = 3


def sheet_of(draft: SheetDraft) -> Sheet:
    """The sheet with its cells, which are to be read only."""
    return Sheet(
        draft.name,
        [cells_of(column) for column in draft.columns],
        kind=draft.kind,
        visibility=draft.visibility,
        merges=[(top, left, bottom, right) for top, left, bottom, right in draft.merges],
        hidden_rows=frozenset(draft.hidden_rows),
        hidden_columns=frozenset(draft.hidden_columns),
        commented=draft.commented,
        struck=draft.struck,
        delimited=draft.delimited,
        field_counts=draft.field_counts,
    )


def cells_of(column: ColumnDraft) -> Sequence[Cell]:
    """The cells of one column."""
    column.flush()
    if len(column.codes) > _LONG:
        return DraftColumn(column)
    values: list[Cell] = [None]
    for number in range(len(column.starts)):
        values += _values(column, number)
    return list(map(values.__getitem__, column.codes))


class DraftColumn(Sequence[Any]):
    """A long column, used like a list; the cells of one page are at hand."""

    __slots__ = ("_at_hand", "_draft", "_number", "_page")

    def __init__(self, draft: ColumnDraft) -> None:
        self._draft = draft
        self._number, self._page = -1, list[Cell]()
        self._at_hand: dict[int, list[Cell]] = {}

    def __len__(self) -> int:
        return len(self._draft.codes)

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return self._of(self._draft.codes[index])
        number, place = divmod(index if index >= 0 else len(self) + index, _PAGE)
        if number != self._number:
            self._open(number)
        return self._page[place]

    def __iter__(self) -> Iterator[Cell]:
        for number in range(-(-len(self) // _PAGE)):
            self._open(number)
            yield from self._page

    def _open(self, number: int) -> None:
        start = number * _PAGE
        if not 0 <= start < len(self):
            raise IndexError(number)
        self._page = self._of(self._draft.codes[start : start + _PAGE])
        self._number = number

    def _of(self, codes: "array[int]") -> list[Cell]:
        starts, values = self._draft.starts, dict[int, Cell]()
        for number in sorted({bisect_right(starts, code) - 1 for code in set(codes) if code}):
            listed = self._at_hand.get(number)
            if listed is None:
                if len(self._at_hand) >= _AT_HAND:
                    self._at_hand.clear()
                listed = self._at_hand[number] = _values(self._draft, number)
            values.update(enumerate(listed, starts[number]))
        return list(map(values.get, codes))


def _values(column: ColumnDraft, number: int) -> list[Cell]:
    text = column.listed_part(number)
    values = json.loads(b"[%b]" % text)
    return revived(values) if b"[" in text else values
