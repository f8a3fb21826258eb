"""The foot of a list: what the amounts of every row that answers the filters come to.

A sum stands only where it means something. What is unknown is no zero: a column without any amount
has no sum, and how many rows have none is said below it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from balikpapan.spreadsheets.cells.formatting import format_whole


@dataclass(frozen=True, slots=True)
class ColumnTotal:
    """The sum under one column; ``amount`` is what is added, ``shown`` writes it.

    ``kinds`` are those whose amounts are never added together, as (condition, name).
    """

    column: str
    amount: str
    shown: Callable[[Any], str]
    kinds: tuple[tuple[Q, str], ...] = ()
    #: What a row without an amount is called.
    unknown: str = "tanpa angka"

    def aggregates(self) -> dict[str, Any]:
        """The expressions of the query, by the names ``lines`` reads them under."""
        count = {f"{self.column}_known": Count(self.amount)}
        if not self.kinds:
            return {f"{self.column}_sum_0": Sum(self.amount), **count}
        sums = {
            f"{self.column}_sum_{place}": Sum(self.amount, filter=condition)
            for place, (condition, _) in enumerate(self.kinds)
        }
        return {**sums, **count}

    def lines(self, answer: dict[str, Any]) -> list[str]:
        """The sums as they stand in the cell; a dash where nothing is known."""
        names = [name for _, name in self.kinds] or [""]
        sums = [(name, answer[f"{self.column}_sum_{i}"]) for i, name in enumerate(names)]
        present = [(name, amount) for name, amount in sums if amount is not None]
        if not present:
            return ["–"]
        return [f"{name} {self.shown(amount)}".strip() for name, amount in present]


@dataclass(frozen=True, slots=True)
class ListTotals:
    """Which columns of a list have a sum, and of which rows."""

    columns: tuple[ColumnTotal, ...]
    #: The rows added up, of those that answer the filters; all of them where nothing is given.
    rows: Callable[[QuerySet], QuerySet] | None = None
    #: What the label says about the rows left out.
    note: str = ""
    #: The filter that has to be set before anything is added: amounts of several years are not.
    within: str = ""
    #: What to do where it is not set.
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class FootCell:
    """One cell of the foot: its lines, the remark below them, and over how many columns it goes.

    The cell that says what is added up stands under no column of its own.
    """

    column: str = ""
    lines: tuple[str, ...] = ()
    remark: str = ""
    span: int = 1


def foot_of(
    totals: ListTotals | None, columns: Sequence[str], rows: QuerySet, asked: Sequence[str]
) -> list[FootCell]:
    """The foot of a list with these columns; none where no column shown has a sum.

    ``rows`` are all that answer the filters, ``asked`` the names of the filters that are set.
    """
    summed = [t for t in totals.columns if t.column in columns] if totals else []
    if not totals or not summed:
        return []
    if totals.within and totals.within not in asked:
        return [FootCell(lines=(f"Jumlah: {totals.remedy}",), span=len(columns))]
    rows = rows.order_by()
    rows = totals.rows(rows) if totals.rows else rows
    aggregates = {"row_count": Count("pk")}
    for total in summed:
        aggregates |= total.aggregates()
    answer = rows.aggregate(**aggregates)
    label = f"Jumlah ({format_whole(answer['row_count'])} baris sesuai saringan{totals.note})"
    by_column = {total.column: _cell(total, answer) for total in summed}
    cells = [by_column.get(name, FootCell(name)) for name in columns]
    # The label has the first columns without a sum, which are the first of all unless somebody
    # has put a sum there.
    free = [name not in by_column for name in columns]
    start = free.index(True)
    end = next((i for i in range(start, len(free)) if not free[i]), len(free))
    return [*cells[:start], FootCell(lines=(label,), span=end - start), *cells[end:]]


def _cell(total, answer) -> FootCell:
    unknown = answer["row_count"] - answer[f"{total.column}_known"]
    remark = f"{format_whole(unknown)} {total.unknown}" if unknown else ""
    return FootCell(total.column, tuple(total.lines(answer)), remark)
