"""Cells merged over several rows: a word holds for each of them, an amount is said once."""

from typing import cast

from ..paged_columns import Column
from .row_view import TableShape
from .table import SheetTable


def carry_merged(table: SheetTable, shape: TableShape) -> None:
    """Writes merged words into the data rows below; amounts stay where they stand.

    ``table.carried`` counts the cells filled, ``table.not_repeated`` the rows an amount is not
    repeated in, both by column.
    """
    data = None
    for top, left, bottom, right in table.sheet.merges:
        if left != right or not bottom > top >= table.first_row or left not in shape.mapped:
            continue
        cells = cast(Column, table.sheet.columns[left])
        if cells[top] is None:
            continue
        data = set(table.rows) if data is None else data
        below = [
            row
            for row in range(top + 1, min(bottom, len(cells) - 1) + 1)
            if cells[row] is None and row in data and row not in table.continued
        ]
        if left in shape.figures:
            if below:
                table.not_repeated[left] = table.not_repeated.get(left, 0) + len(below)
            continue
        for row in below:
            cells[row] = cells[top]
        if below:
            table.carried[left] = table.carried.get(left, 0) + len(below)
