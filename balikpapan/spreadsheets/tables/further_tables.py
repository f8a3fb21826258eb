"""Sheets with several tables: one below the other, or side by side."""

from collections.abc import Iterator, Sequence

from ..cells import heading_key
from ..model import Cell, Sheet
from .detect import find_table, table_under
from .heading_rows import Heading, find_heading, last_filled_row, possible_fields
from .headings import RUNNING_NUMBER, Vocabulary
from .kinds import REASONS, RowKind
from .progress import Progress, unheard
from .table import Ignored, SheetTable, names_year
from .texts import text_of

#: The kinds of cells that no heading has.
_NUMBERS = {int, float}
#: More tables than this in one sheet are no list.
MOST_TABLES = 60
#: A heading is looked for in so many columns of a long table.
_COLUMNS = 5
#: A longer text is no heading of a column.
_LONGEST = 60
_BLOCK = 2000
#: Titles stand in the rows right above their heading.
_TITLE_ROWS = 6


def tables_of(
    sheet: Sheet, vocabulary: Vocabulary, progress: Progress = unheard
) -> list[SheetTable]:
    """All tables of this register in the sheet, from top to bottom and left to right."""
    table = find_table(sheet, vocabulary)
    tables: list[SheetTable] = []
    while table is not None and len(tables) < MOST_TABLES:
        following = _table_below(table, vocabulary, progress)
        tables.extend(_side_by_side(table, vocabulary))
        table = following
    return tables


def _table_below(
    table: SheetTable, vocabulary: Vocabulary, progress: Progress
) -> SheetTable | None:
    """The table whose heading stands among the rows of another one, which ends above it."""
    for row in _heading_like(table, vocabulary, progress):
        if not _is_new_heading(table, row, vocabulary):
            continue
        heading = find_heading(table.sheet, vocabulary, similar=False, at=row)
        if heading is None:
            continue
        below = table_under(table.sheet, _moved(heading, row))
        title = _title_above(table, row)
        own = _texts(table.sheet, title, row)
        # What stands above the first table holds for the next, unless its own title dates it.
        below.titles = own if names_year(own) else [*table.titles, *own]
        lines = [(line, RowKind.TABLE_TITLE) for line in range(title, row)]
        lines += [(line, RowKind.TABLE_HEADING) for line in range(row, below.first_row)]
        below.ignored = [Ignored(line + 1, REASONS[kind], kind) for line, kind in lines]
        below.lead = below.first_row - title
        table.last_row = title - 1
        return below
    return None


def _moved(heading: Heading, row: int) -> Heading:
    heading.start = row
    return heading


def _heading_like(table: SheetTable, vocabulary: Vocabulary, progress: Progress) -> Iterator[int]:
    """The rows below the first in which one of the leading columns holds a heading of its own."""
    columns = [column for column in table.columns if column.running_number or column.field]
    required = frozenset().union(*vocabulary.required)
    columns.sort(key=lambda c: (not c.running_number, c.field not in required))
    if table.first_row > table.last_row:
        return
    leading = [table.sheet.columns[column.index] for column in columns[:_COLUMNS]]
    # No heading has a number; to look for one costs less than to read a text as a heading.
    numbers = [table.sheet.columns[column.index] for column in table.columns]
    numbers = [cells for cells in numbers if cells[table.first_row].__class__ in _NUMBERS][:2]
    # Block by block, as the search ends at the first heading.
    for start in range(table.first_row + 1, table.last_row + 1, _BLOCK):
        end = min(start + _BLOCK, table.last_row + 1)
        rows: Sequence[int] = range(start, end)
        for cells in numbers:
            rows = [row for row in rows if cells[row].__class__ not in _NUMBERS]
        yield from [row for row in rows if any(_is_heading(c[row], vocabulary) for c in leading)]
        progress(end - start)


def _is_heading(cell: Cell, vocabulary: Vocabulary) -> bool:
    if not isinstance(cell, str) or len(cell) > _LONGEST or not vocabulary.may_know(cell):
        return False
    key = heading_key(cell)
    return key in vocabulary.aliases or key in RUNNING_NUMBER


def _is_new_heading(table: SheetTable, row: int, vocabulary: Vocabulary) -> bool:
    """Most texts of the row are headings, and not those that stand above their columns."""
    fields, texts, moved = set(), 0, False
    for column in table.columns:
        cell = table.sheet.columns[column.index][row]
        if isinstance(cell, int | float):
            return False
        if not (text := text_of(cell)):
            continue
        texts += 1
        meaning = vocabulary.find(text, similar=False)
        if meaning.field:
            fields.add(meaning.field)
            moved = moved or column.field not in (meaning.field, *meaning.others)
    return moved and len(fields) > 1 and len(fields) >= 0.6 * texts


def _title_above(table: SheetTable, row: int) -> int:
    """The first of the title rows right above a heading: one text each, after blank rows."""
    first = row
    for above in range(row - 1, max(table.first_row, row - _TITLE_ROWS) - 1, -1):
        filled = [column[above] for column in table.sheet.columns if column[above] is not None]
        if len(filled) > 1 or (filled and not text_of(filled[0])):
            break
        first = above
    while first < row and not _texts(table.sheet, first, first + 1):
        first += 1
    blank_above = first <= table.first_row or not _texts(table.sheet, first - 1, first)
    return first if blank_above else row


def _texts(sheet: Sheet, start: int, end: int) -> list[str]:
    return [
        text
        for row in range(start, end)
        for column in sheet.columns
        if (text := text_of(column[row]))
    ]


def _side_by_side(table: SheetTable, vocabulary: Vocabulary) -> list[SheetTable]:
    """The table, or the tables that stand next to each other under one row of headings."""
    for place in _second_starts(table):
        left, right = table.columns[:place], table.columns[place:]
        fields = [possible_fields(columns) for columns in (left, right)]
        if len(fields[0] & fields[1]) > 1 and not any(map(vocabulary.missing, fields)):
            second = SheetTable(
                table.sheet,
                list(table.header_rows),
                right,
                table.first_row,
                table.last_row,
                titles=table.titles,
                span=(right[0].index, table.span[1]),
            )
            table.columns, table.span = left, (table.span[0], right[0].index)
            _end_with_own_rows(table)
            _end_with_own_rows(second)
            return [table, *_side_by_side(second, vocabulary)]
    return [table]


def _end_with_own_rows(table: SheetTable) -> None:
    """A table ends with its own last row, however long the one beside it is."""
    columns = table.sheet.columns[slice(*table.span)]
    last = last_filled_row(table.sheet, columns)
    table.last_row = min(table.last_row, max(last, table.first_row - 1))


def _second_starts(table: SheetTable) -> Iterator[int]:
    """Where a second table may begin: a running number again, or a field again after a gap."""
    numbered = False
    seen: set[str] = set()
    for place, column in enumerate(table.columns):
        if column.running_number:
            if numbered or seen:
                yield place
            numbered = True
        elif column.field:
            if column.field in seen and not table.columns[place - 1].heading:
                yield place
            seen.add(column.field)
