"""Lists whose rows stand under the name of what they belong to: participants under their activity."""

from collections.abc import Iterator

from balikpapan.spreadsheets.cells import is_blank
from balikpapan.spreadsheets.model import Cell
from balikpapan.spreadsheets.tables.bands import numbering_style
from balikpapan.spreadsheets.tables.sums import number_in
from balikpapan.spreadsheets.tables.table import SheetTable
from balikpapan.spreadsheets.tables.texts import text_of

from ..resources import SheetResource

#: So many rows, and their first columns, tell whether a list has such titles.
_ROWS, _COLUMNS = 200, 20


def take_section_titles(table: SheetTable, resource: SheetResource) -> None:
    """Marks a list whose section titles name what no column of its rows does."""
    name = resource.sections
    number = next((c.index for c in table.columns if c.running_number), None)
    if not name or number is None or table.banded:
        return
    column = table.column_of(name)
    above: list[tuple[int, Cell]] = []
    titles: list[str] = []
    for cells in _rows(table):
        if len(cells) > 1 and number_in(dict(cells).get(number)) == 1:
            titles += _title_in(above, number)
        is_record = number_in(dict(cells).get(number)) is not None
        if is_record and column and not is_blank(dict(cells).get(column.index)):
            return
        above = cells
    if titles and all(map(resource.section_words.match, titles)):
        table.banded = name


def _rows(table: SheetTable) -> Iterator[list[tuple[int, Cell]]]:
    """The filled cells of the first rows that have any, with their columns."""
    for row in range(table.first_row, min(table.last_row + 1, table.first_row + _ROWS)):
        cells = [(c, table.sheet.columns[c][row]) for c in range(*table.span)[:_COLUMNS]]
        if filled := [(c, cell) for c, cell in cells if not is_blank(cell)]:
            yield filled


def _title_in(cells: list[tuple[int, Cell]], number: int) -> list[str]:
    """The only text of a row, perhaps behind the letter of its part; empty for any other row."""
    texts = [text_of(cell) for _, cell in cells]
    if len(texts) > 1 and cells[0][0] == number and numbering_style(texts[0]):
        texts = texts[1:]
    return texts if len(texts) == 1 and any(map(str.isalpha, texts[0])) else []
