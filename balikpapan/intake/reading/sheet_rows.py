"""The rows of an upload between reading and planning: typed values column by column."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from balikpapan.spreadsheets.cells import Finding
from balikpapan.spreadsheets.paged_columns import Column, Columns
from balikpapan.spreadsheets.tables.table import SheetTable

from ..decisions import Decision, DecisionKind
from ..problems import Place, Problems

if TYPE_CHECKING:  # both are made from rows
    from .related import RelatedCell
    from .totals import Total


@dataclass(slots=True)
class SheetRows:
    """All data rows of an upload, column by column; index i is the i-th row over all sheets."""

    sheets: list[str] = field(default_factory=list)
    sheet_of: array[int] = field(default_factory=lambda: array("H"))
    row_of: array[int] = field(default_factory=lambda: array("I"))  # Excel's row number
    values: dict[str, Column] = field(default_factory=dict)  # column name -> typed values
    #: Values taken from others (a kelurahan out of an address); they only fill what is blank.
    fallback: dict[str, Column] = field(default_factory=dict)
    held: set[int] = field(default_factory=set)
    #: The cells, as (row, column name), of which an error was told.
    faulty_cells: set[tuple[int, str]] = field(default_factory=set)
    #: Rows the user decided about one by one, and rows a rule of their register sets aside.
    decisions: dict[int, Decision] = field(default_factory=dict)
    #: Rows that only add up others; they are passed over, and no total counts them.
    sums: set[int] = field(default_factory=set)
    totals: list[Total] = field(default_factory=list)
    #: sheet index -> column name -> (letter, heading)
    places: list[dict[str, tuple[str, str]]] = field(default_factory=list)
    #: The kecamatan that a band gives to its rows.
    bands: dict[int, str] = field(default_factory=dict)
    #: What cells of one column state for others; empty once it has been written there.
    related: list[RelatedCell] = field(default_factory=list)
    #: Rows that go on with the record of another one.
    continued: dict[int, int] = field(default_factory=dict)
    #: Rows that may be no records; no total counts them.
    doubtful: set[int] = field(default_factory=set)
    ignored: int = 0
    total: int = 0
    #: Columns, as (letter, heading), with how many cells that carry a unit of their own.
    own_units: dict[tuple[str, str], int] = field(default_factory=dict)
    #: Periods, as (period, letter, heading), with how many amounts that state one themselves.
    own_periods: dict[tuple[str, str, str], int] = field(default_factory=dict)
    #: Columns, as (letter, heading), of which nobody has said whether the day or month is first.
    doubtful_dates: list[tuple[str, str]] = field(default_factory=list)
    #: What headings state: the sources that stand over columns of their own, side by side.
    stated: set[str] = field(default_factory=set)
    titles: list[str] = field(default_factory=list)  # per sheet, what stands above its heading
    #: One column without values stands for all that the sheet has not; rows ask again and again.
    _blank: tuple[None, ...] = ()
    _columns: Columns = field(default_factory=Columns)

    def __len__(self) -> int:
        return len(self.row_of)

    def set_aside(self, indexes: Iterable[int], reason: str) -> None:
        """Leaves rows out, for a reason their register knows."""
        self.decisions.update(dict.fromkeys(indexes, Decision(DecisionKind.SKIP, reason=reason)))

    def is_aside(self, index: int) -> bool:
        """Whether a row is left out, by the user or by a rule."""
        return self._is_decided(index, DecisionKind.SKIP)

    def is_decided_new(self, index: int) -> bool:
        """Whether the user has declared a row to be a record of its own."""
        return self._is_decided(index, DecisionKind.NEW)

    def _is_decided(self, index: int, kind: DecisionKind) -> bool:
        decision = self.decisions.get(index)
        return decision is not None and decision.kind is kind

    def why_aside(self, index: int) -> str:
        """The reason a row is left out for."""
        return self.decisions[index].reason or "dilewati oleh pengunggah"

    def place(self, index: int) -> tuple[str, int]:
        """Sheet name and Excel row of one row."""
        return self.sheets[self.sheet_of[index]], self.row_of[index]

    def row_names(self, indexes: Iterable[int], speaker: int) -> str:
        """How a message about the row ``speaker`` calls others: "baris 4, 7 dan 9 lembar «Dua»".

        Rows of another sheet are named with it.
        """
        by_sheet: dict[int, list[str]] = {self.sheet_of[speaker]: []}
        for index in indexes:
            by_sheet.setdefault(self.sheet_of[index], []).append(str(self.row_of[index]))
        own = self.sheet_of[speaker]
        parts = [
            f"{', '.join(numbers)}{'' if sheet == own else f' lembar «{self.sheets[sheet]}»'}"
            for sheet, numbers in by_sheet.items()
            if numbers
        ]
        return f"baris {' dan '.join(parts)}"

    def column(self, name: str) -> Sequence[Any]:
        """A column's values, all None where the sheet has no such column; to be read only."""
        return self.values.get(name) or self.blank()

    def blank(self) -> Sequence[None]:
        """A column without values, one for each row; to be read only."""
        if len(self._blank) != len(self):
            self._blank = (None,) * len(self)
        return self._blank

    def fill(self, name: str) -> Column:
        """A column to write derived values into."""
        if name not in self.values:
            self.values[name] = self._columns.blank(len(self))
        return self.values[name]

    def fill_soft(self, name: str) -> Column:
        """A column of values that only fill a blank."""
        if name not in self.fallback:
            self.fallback[name] = self._columns.blank(len(self))
        return self.fallback[name]

    def hold(self, values: Iterable[Any]) -> Column:
        """A column worked out from others, one value for each row."""
        return self._columns.of(values, len(self))

    def tell(
        self, problems: Problems, index: int, name: str, finding: Finding, value: object = None
    ) -> None:
        """Tells a finding about one row's cell; an error holds the row."""
        sheet, row = self.place(index)
        letter, heading = self.places[self.sheet_of[index]].get(name, (None, ""))
        problems.add(finding, Place(sheet, row, letter, heading, name), value)
        if finding.severity == "error":
            self.held.add(index)
            self.faulty_cells.add((index, name))


#: The tables of an upload, each with the index of its first row.
Frames = list[tuple[SheetTable, int]]
