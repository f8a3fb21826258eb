"""What an upload has to say about its cells and rows, always with the place and the remedy."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TextIO

from balikpapan.spreadsheets.cells import Finding
from balikpapan.spreadsheets.cells.masking import PERSONAL_KINDS, mask_long_ids, mask_value
from balikpapan.spreadsheets.cells.reading import shown
from balikpapan.spreadsheets.tables.table import SheetTable, TableColumn

#: Of one kind in one column so many are kept word for word; the rest are counted.
LISTED_PER_KIND = 1000
_QUOTED = re.compile(r'"[^"]*"')
SEVERITIES = {"error": "kesalahan", "warning": "peringatan", "note": "catatan"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a workbook something is; ``row`` and ``column`` are Excel's, None for a whole sheet.

    ``field`` is the name of the column in its register, "" where none is meant.
    """

    sheet: str
    row: int | None = None
    column: str | None = None
    heading: str = ""
    field: str = ""

    def __str__(self) -> str:
        """The start of every message."""
        parts = [f"Lembar «{self.sheet}»"]
        if self.row is not None:
            parts.append(f"baris {self.row}")
        if self.column:
            heading = f" «{self.heading}»" if self.heading else ""
            parts.append(f"kolom {self.column}{heading}")
        return ", ".join(parts)


#: What is said of all sheets together.
WHOLE_FILE = Place("semua")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to tell; ``row`` and ``column`` are Excel's, None for a whole sheet."""

    sheet: str
    row: int | None
    column: str | None
    heading: str
    field: str
    value: str
    severity: str
    code: str
    message: str

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place(self.sheet, self.row, self.column, self.heading, self.field)

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def message_for(problem: Problem, hidden: set[str]) -> str:
    """A problem's message without the value of a column that is hidden from the reader."""
    if problem.field in hidden:
        return _QUOTED.sub('"****"', problem.message)
    return problem.message


class Problems:
    """All problems of one upload, in the order found; very many of a kind are only counted.

    ``overflow`` is an open file for those beyond, where somebody wants each of them: a list of
    250.000 rows may have a million, which no memory should hold.
    """

    def __init__(self, overflow: TextIO | None = None) -> None:
        self.listed: list[Problem] = []
        self._overflow = overflow
        self.counts: Counter[str] = Counter()  # severity -> number
        self.kinds: Counter[tuple[str, str, str]] = Counter()  # (severity, code, field) -> number

    def add(self, finding: Finding, place: Place, value: object = None) -> None:
        """Tells one finding about one place; ``value`` is the cell that stands there."""
        kind = (finding.severity, finding.code, place.field)
        self.counts[finding.severity] += 1
        self.kinds[kind] += 1
        is_listed = self.kinds[kind] <= LISTED_PER_KIND
        if not is_listed and self._overflow is None:
            return
        text = "" if value is None else mask_long_ids(shown(value))
        if place.field in PERSONAL_KINDS:
            text = mask_value(place.field, text)
        message = f"{place}: {finding.message}"
        problem = Problem(
            place.sheet,
            place.row,
            place.column,
            place.heading,
            place.field,
            text[:200],
            finding.severity,
            finding.code,
            message,
        )
        if is_listed:
            self.listed.append(problem)
        elif self._overflow is not None:
            self._overflow.write(json.dumps(problem.as_json(), ensure_ascii=False) + "\n")

    def each_as_json(self) -> Iterator[dict[str, Any]]:
        """Every problem that is listed, then every one that went to the overflow."""
        yield from (problem.as_json() for problem in self.listed)
        if self._overflow is not None:
            self._overflow.seek(0)
            yield from map(json.loads, self._overflow)

    def say_of_column(
        self, table: SheetTable, column: TableColumn, severity: str, code: str, message: str
    ) -> None:
        """Tells something about a whole column, at its heading."""
        row = table.header_rows[-1] if table.header_rows else None
        place = Place(table.sheet.name, row, column.letter, column.heading, column.field or "")
        self.add(Finding(severity, code, message), place)

    def uncounted(self) -> int:
        """How many problems are not listed word for word."""
        return sum(self.kinds.values()) - len(self.listed)
