"""The values that the rows of an upload give one kind of record, attribute by attribute."""

from collections.abc import Sequence
from typing import Any

from balikpapan.spreadsheets.cells import ERASE
from balikpapan.spreadsheets.paged_columns import page_length

from ..reading.sheet_rows import SheetRows
from .target_columns import TargetColumn


class RowValues:
    """The sheet's columns of one kind of record, ready to be asked row by row.

    A blank changes nothing, ERASE empties, and a fallback only fills what is blank in the sheet
    and in the register. What needs a closer look is noted per column, so that a row costs little.
    """

    def __init__(self, columns: dict[str, TargetColumn], model: Any, rows: SheetRows):
        fields = {field.attname: field for field in model._meta.concrete_fields}
        self._columns: list[tuple[str, Sequence[Any]]] = []
        #: (attribute, its sheet column) where fallbacks may have to give way to what is stored
        self._fallbacks: list[tuple[str, Sequence[Any] | None]] = []
        #: attribute -> the blank its model field stores
        self._erasing: dict[str, Any] = {}
        for attribute, column in columns.items():
            values = _combined(column, rows)
            if column.fallback is not None:
                self._fallbacks.append((attribute, column.values))
            if values.count(ERASE):
                self._erasing[attribute] = None if fields[attribute].null else ""
            self._columns.append((attribute, values))
        # A long column is opened page by page; a short one is one page.
        self._step = page_length(len(rows))
        self._number: int | None = None
        self._page: list[tuple[str, Sequence[Any]]] = []

    def cells(self, index: int) -> tuple[Any, ...]:
        """All that ``of`` looks at in the sheet: rows with equal cells have equal values."""
        number, place = divmod(index, self._step)
        if number != self._number:
            self._turn_to(number)
        cells = tuple([column[place] for _, column in self._page])
        if not self._fallbacks:
            return cells
        return (*cells, *[c and c[index] for _, c in self._fallbacks])

    def of(self, index: int, stored: dict[str, Any]) -> dict[str, Any]:
        """The values of one row for a record that holds ``stored``, ready to be stored."""
        number, place = divmod(index, self._step)
        if number != self._number:
            self._turn_to(number)
        values = {
            attribute: value
            for attribute, cells in self._page
            if (value := cells[place]) is not None
        }
        for attribute, cells in self._fallbacks:
            blank = cells is None or cells[index] is None
            if blank and stored.get(attribute) not in (None, ""):
                values.pop(attribute, None)
        for attribute, empty in self._erasing.items():
            if values.get(attribute) is ERASE:
                values[attribute] = empty
        return values

    def _turn_to(self, number: int) -> None:
        start = number * self._step
        self._page = [(name, values[start : start + self._step]) for name, values in self._columns]
        self._number = number


def _combined(column: TargetColumn, rows: SheetRows) -> Sequence[Any]:
    """The sheet's values, and the fallbacks where those are blank."""
    values, fallback = column.values, column.fallback
    if values is None:
        return rows.blank() if fallback is None else fallback
    if fallback is None:
        return values
    return rows.hold(f if v is None else v for v, f in zip(values, fallback, strict=True))
