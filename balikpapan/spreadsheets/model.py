"""What a workbook is once its bytes have been opened: sheets of plain cells, column by column."""

import datetime
from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value of Excel such as ``#DIV/0!``."""

    code: str


@dataclass(frozen=True, slots=True)
class Percent:
    """A number shown with a percent format: 0.125 is what the office sees as 12,5 %."""

    value: float


#: What a cell stores. Whole numbers arrive as int, others as float; a date without a time of day as
#: date; an empty cell as None.
StoredValue = (
    str
    | bool
    | int
    | float
    | datetime.date
    | datetime.datetime
    | datetime.time
    | CellError
    | Percent
    | None
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that Excel computes; ``value`` is the stored result, None where none was stored."""

    text: str
    value: StoredValue = None


#: What stands in a cell: what it stores, or what it computes.
Cell = StoredValue | Formula


@dataclass(slots=True)
class Sheet:
    """One sheet as a grid: ``columns[c][r]`` is Excel row r + 1 of the c-th column (0 is A).

    All columns have the same length; trailing empty rows and columns are cut off.
    """

    name: str
    columns: list[Sequence[Cell]] = field(default_factory=list)
    kind: str = "worksheet"  # or "chart", "dialog", "macro"
    visibility: str = "visible"  # or "hidden", "very_hidden"
    #: Merged ranges (first row, first column, last row, last column), zero-based, inclusive.
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()  # zero-based
    hidden_columns: frozenset[int] = frozenset()  # zero-based
    commented: int = 0  # cells that carry a comment
    struck: int = 0  # cells whose text is struck through
    delimited: bool = False  # came as csv, where a stray separator shifts the cells of a row
    #: How many fields each record of a csv had, empty ones at its end included.
    field_counts: MutableSequence[int] = field(default_factory=list)

    @property
    def height(self) -> int:
        return len(self.columns[0]) if self.columns else 0


@dataclass(frozen=True, slots=True)
class WorkbookNote:
    """Something to tell about the file as a whole, such as the encoding that was recognised."""

    code: str
    message: str
    severity: str = "note"  # or "warning"


@dataclass(slots=True)
class Workbook:
    """An opened file: its format as recognised from the bytes, and every sheet in it."""

    format: str  # "xlsx", "xls", "ods" or "csv"
    sheets: list[Sheet]
    notes: list[WorkbookNote] = field(default_factory=list)
