"""The office's own JUMLAH against the rows that were read."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from balikpapan.spreadsheets import cells
from balikpapan.spreadsheets.cells import ERASE, Finding, is_blank

from ..widgets import Money, Whole


@dataclass(frozen=True, slots=True)
class Total:
    """A sum the office has written below its rows: of all of them, or since the sum before."""

    place: dict  # where it stands, as a problem tells it
    first: int  # row indexes: of the table, after the sum before, and behind the last row
    since: int
    end: int
    amount: int

    @property
    def field(self) -> str:
        return self.place["field"]

    def sums(self, values: Sequence, without: set[int]) -> set:
        """What the rows above come to, all of them and since the sum before."""
        counted = [
            0 if i in without or not isinstance(values[i], int | Decimal) else values[i]
            for i in range(self.first, self.end)
        ]
        return {sum(counted), sum(counted[self.since - self.first :])}


def written_totals(table, start, rows, columns):
    """The office's own JUMLAH rows, column by column, where all the cells above can be read."""
    spans, since = [], 0
    for total_row in table.totals:
        end = sum(1 for row in table.rows if row < total_row)
        spans.append((total_row, since, end))
        since = end
    for layout_column in table.columns:
        column = columns.get(layout_column.field)
        if not spans or column is None or not isinstance(column.widget, Whole | Money):
            continue
        source = table.sheet.columns[layout_column.index]
        values = rows.values[layout_column.field]
        for total_row, since, end in spans:
            stated = cells.read_money(source[total_row], multiplier=layout_column.unit or 1)
            if stated.value is None or stated.value is ERASE or stated.has_error:
                continue
            raw = [source[table.rows[i]] for i in range(end)]
            part = values[start : start + end]
            if any(v is None and not is_blank(c) for v, c in zip(part, raw, strict=True)):
                continue  # an unreadable cell leaves nothing to compare
            place = {
                "sheet": table.sheet.name,
                "row": total_row + 1,
                "column": layout_column.letter,
                "heading": layout_column.heading,
                "field": layout_column.field,
                "value": source[total_row],
            }
            amount = stated.value * layout_column.times
            yield Total(place, start, start + since, start + end, amount)


def compare_totals(rows, problems):
    """The office's own JUMLAH against the sum of the rows read."""
    for total in rows.totals:
        sums = total.sums(rows.column(total.field), rows.sums)
        if total.amount not in sums:
            message = (
                f"jumlah tertulis {cells.format_whole(total.amount)}, sedangkan jumlah "
                f"baris yang dibaca {cells.format_whole(max(sums))}. Periksa angka atau "
                "rumus jumlahnya."
            )
            problems.add(Finding("warning", "total_mismatch", message), **total.place)
