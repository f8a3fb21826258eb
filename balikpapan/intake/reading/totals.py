"""The office's own JUMLAH against the rows that were read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import accumulate
from typing import Any

from balikpapan.spreadsheets import cells
from balikpapan.spreadsheets.cells import Finding, is_blank
from balikpapan.spreadsheets.model import Cell
from balikpapan.spreadsheets.tables.sums import number_in
from balikpapan.spreadsheets.tables.table import SheetTable, SumRow, TableColumn

from ..declarations import SheetColumn
from ..problems import Place, Problems
from ..widgets import Money, Whole
from .sheet_rows import SheetRows


@dataclass(frozen=True, slots=True)
class Total:
    """A sum the office has written below its rows, and where the rows it adds up may begin."""

    place: Place
    cell: object  # the raw cell it stands in
    starts: tuple[int, ...]  # row indexes it may count from
    end: int  # and the one behind the last row
    amount: int
    #: By how much roundings of our own may move it.
    tolerance: Decimal = Decimal(0)
    #: Fields of the blank cells to its right, which one sum may stand for together with its own.
    across: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        return self.place.field

    @property
    def first(self) -> int:
        """A row of the table it stands in."""
        return self.starts[0]

    def sums(self, running: Sequence[Any]) -> set[Any]:
        """What the rows above come to, from each of the starts; of the running sums of a column."""
        return {running[self.end] - running[start] for start in self.starts}

    def agrees(self, sums: set[Any]) -> bool:
        """Whether it is one of these sums, but for roundings."""
        return any(abs(self.amount - amount) <= self.tolerance for amount in sums)


def running_sums(values: Sequence[Any], without: set[int]) -> list[Any]:
    """The sum of the values before each place, and of all at the end; texts count nothing."""
    counted = (
        0 if i in without or not isinstance(value, int | Decimal) else value
        for i, value in enumerate(values)
    )
    return list(accumulate(counted, initial=0))


def written_totals(
    table: SheetTable, start: int, rows: SheetRows, columns: dict[str, SheetColumn]
) -> Iterator[Total]:
    """The office's own JUMLAH rows, column by column, where all the cells above can be read."""
    if not table.totals:
        return
    for layout_column in table.columns:
        name = layout_column.field
        column = columns.get(name) if name else None
        if name is None or column is None or not isinstance(column.widget, Whole | Money):
            continue
        source = table.sheet.columns[layout_column.index]
        values = rows.values[name]
        notation = cells.MoneyNotation(layout_column.unit or 1)
        multiplier = (layout_column.unit or 1) * layout_column.times
        raw = [source[row] for row in table.rows]
        part = values[start : start + len(raw)]
        unread = _running_count(
            v is None and not is_blank(c) for v, c in zip(part, raw, strict=True)
        )
        rounded = _running_count(_is_rounded(cell, multiplier) for cell in raw)
        for line in table.totals:
            stated = cells.read_money(source[line.row], notation)
            if not isinstance(stated.value, int) or stated.has_error or not line.end:
                continue
            if unread[line.end]:
                continue  # an unreadable cell leaves nothing to compare
            place = Place(
                table.sheet.name,
                line.row + 1,
                layout_column.letter,
                layout_column.heading,
                name,
            )
            starts = tuple(start + position for position in line.starts)
            # Half a unit for each cell that was rounded when it was read.
            tolerance = Decimal(rounded[line.end] + _is_rounded(source[line.row], multiplier))
            across = _across(table, line, layout_column, columns)
            yield Total(
                place,
                source[line.row],
                starts,
                start + line.end,
                stated.value * layout_column.times,
                tolerance,
                across,
            )


def _across(
    table: SheetTable, line: SumRow, column: TableColumn, columns: dict[str, SheetColumn]
) -> tuple[str, ...]:
    """The fields right of a sum whose own cells in its line are blank, of the same kind."""
    kind, fields = type(columns[column.field or ""].widget), []
    for other in table.columns:
        if other.index <= column.index:
            continue
        right = columns.get(other.field) if other.field else None
        if other.field is None or right is None or type(right.widget) is not kind:
            break
        if not is_blank(table.sheet.columns[other.index][line.row]):
            break
        fields.append(other.field)
    return tuple(fields)


def _is_rounded(cell: Cell, multiplier: int) -> bool:
    """Whether what a cell holds was rounded when it was read."""
    number = number_in(cell)
    return number is not None and not float(number * multiplier).is_integer()


def _running_count(answers: Iterable[bool]) -> list[int]:
    """How many are true before each place, and in all at the end."""
    return list(accumulate(map(int, answers), initial=0))


def compare_totals(rows: SheetRows, problems: Problems) -> None:
    """The office's own JUMLAH against the sum of the rows read."""
    without = rows.sums | rows.doubtful
    # A list may have very many sums: each column is added up once.
    running_of = cache(lambda name: running_sums(rows.column(name), without))
    for total in rows.totals:
        sums = total.sums(running_of(total.field))
        if not total.agrees(sums) and not _agrees_across(total, sums, running_of):
            message = (
                f"jumlah tertulis {cells.format_whole(total.amount)}, sedangkan jumlah "
                f"baris yang dibaca {cells.format_whole(max(sums))}. Periksa angka atau "
                "rumus jumlahnya."
            )
            problems.add(Finding("warning", "total_mismatch", message), total.place, total.cell)


def _agrees_across(
    total: Total, sums: set[Any], running_of: Callable[[str], Sequence[Any]]
) -> bool:
    """Whether a sum merged over several columns is what they come to together."""
    for name in total.across:
        right = total.sums(running_of(name))
        sums = {left + more for left in sums for more in right}
        if total.agrees(sums):
            return True
    return False
