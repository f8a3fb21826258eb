"""The raw cells of one column of one table, a page at a time, with what was typed in their place."""

from collections.abc import Iterator

from balikpapan.spreadsheets.model import Cell
from balikpapan.spreadsheets.paged_columns import is_long, pages
from balikpapan.spreadsheets.tables.table import SheetTable, TableColumn

from ..answers import Answers


class RawColumn:
    """The cells of one column as they stand in the data rows of its table.

    What the user typed in place of a held cell stands in its stead.
    """

    def __init__(self, table: SheetTable, column: TableColumn, answers: Answers) -> None:
        self._rows, self._cells = table.rows, table.sheet.columns[column.index]
        self._fixes = _fixes_of(table, column, answers)
        self._whole = None if is_long(len(self._rows)) else list(self._read_pages())

    def pages(self) -> Iterator[tuple[range, list[Cell]]]:
        """The positions of a page's rows, and their cells."""
        return iter(self._whole) if self._whole is not None else self._read_pages()

    def kinds(self) -> set[type[Cell]]:
        """Which kinds of cells there are."""
        kinds: set[type[Cell]] = set()
        for _, page in self.pages():
            kinds.update(map(type, page))
        return kinds

    def __iter__(self) -> Iterator[Cell]:
        for _, page in self.pages():
            yield from page

    def _read_pages(self) -> Iterator[tuple[range, list[Cell]]]:
        for page in pages(len(self._rows)):
            rows = self._rows[page.start : page.stop]
            if rows[-1] - rows[0] == len(rows) - 1:
                raw = list(self._cells[rows[0] : rows[-1] + 1])
            else:
                raw = [self._cells[row] for row in rows]
            for position in self._fixes.keys() & page if self._fixes else ():
                raw[position - page.start] = self._fixes[position]
            yield page, raw


def _fixes_of(table: SheetTable, column: TableColumn, answers: Answers) -> dict[int, Cell]:
    """What the user typed in place of held cells of this column: position -> text."""
    if not answers.fixes:
        return {}
    positions = {row + 1: position for position, row in enumerate(table.rows)}
    cells_of_related: dict[int, Cell] = {}
    for place, typed in answers.fixes.items():
        sheet, number, letter = place.rsplit("!", 2)
        if sheet == table.sheet.name and letter == column.letter and int(number) in positions:
            cells_of_related[positions[int(number)]] = typed
    return cells_of_related
