"""Cells merged over several rows: a word holds for each of them, an amount is said once."""

from .row_view import TableShape
from .table import SheetTable


def copy_merged(table: SheetTable, shape: TableShape) -> None:
    """Notes which data rows repeat a merged word; amounts stay where they stand.

    ``table.copies`` says where the word is to be written, ``table.carried`` counts these cells and
    ``table.not_repeated`` the rows an amount is not repeated in, both by column. A cell that lies in
    several ranges belongs to the first of them.
    """
    rows: set[int] = set()
    taken: set[tuple[int, int]] = set()
    for top, left, bottom, right in table.sheet.merges:
        if left != right or not bottom > top >= table.first_row or left not in shape.mapped:
            continue
        cells = table.sheet.columns[left]
        if top >= len(cells) or cells[top] is None:
            continue
        rows = rows or set(table.rows)
        below = []
        for row in range(top + 1, min(bottom, len(cells) - 1) + 1):
            if (left, row) in taken:
                break  # no two ranges overlap in a sheet that a program wrote
            taken.add((left, row))
            if cells[row] is None and row in rows and row not in table.continued:
                below.append(row)
        if not below:
            continue
        counts = table.not_repeated if left in shape.figures else table.carried
        counts[left] = counts.get(left, 0) + len(below)
        if counts is table.carried:
            table.copies.append((left, top, below))
