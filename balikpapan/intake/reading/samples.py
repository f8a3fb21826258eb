"""The first few cells of each column, for whoever has to say what the columns mean."""

from balikpapan.spreadsheets.cells import is_blank, quote
from balikpapan.spreadsheets.model import Formula
from balikpapan.spreadsheets.tables.table import SheetTable, TableColumn

from .sheet_layout import Layout

#: So many different values of a column are shown, of those in so many rows at its top.
SHOWN, LOOKED_AT = 3, 1000


def samples_of(layout: Layout) -> dict[str, str]:
    """Column letter -> its first different values, quoted, with long numbers masked."""
    samples: dict[str, str] = {}
    for table in layout.tables:
        for column in table.columns:
            values = _first_values(table, column)
            if values:
                samples.setdefault(column.letter, ", ".join(values))
    return samples


def _first_values(table: SheetTable, column: TableColumn) -> list[str]:
    values: list[str] = []
    cells = table.sheet.columns[column.index]
    for row in range(table.first_row, min(table.last_row + 1, table.first_row + LOOKED_AT)):
        cell = cells[row]
        cell = cell.value if isinstance(cell, Formula) else cell
        if not is_blank(cell) and (text := quote(cell)) not in values:
            values.append(text)
        if len(values) == SHOWN:
            break
    return values
