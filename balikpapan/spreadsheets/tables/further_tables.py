"""Sheets with several tables: one below the other, or side by side."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..cells import heading_key
from ..cells.reading import is_blank
from ..model import Cell, Sheet
from .detect import find_table, table_under
from .heading_rows import (
    Heading,
    find_heading,
    find_heading_above,
    last_filled_row,
    possible_fields,
)
from .headings import RUNNING_NUMBER, Vocabulary, heading_year, money_unit
from .kinds import REASONS, RowKind
from .progress import Progress, unheard
from .recaps import is_recap_heading
from .sums import number_in, sum_label
from .table import Ignored, SheetTable, TableColumn, is_unit, named_period, retitled
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
_TITLE = re.compile(
    r"(?:data|daftar|rekap(?:itulasi)?|laporan|realisasi|target|pemerintah|dinas|lampiran|tabel|"
    r"kec(?:amatan)?|kel(?:urahan)?|kelompok|bidang|cabang|sentra|[A-ZIVX]{1,4}[.)])(?:\b|\s|$)",
    re.IGNORECASE,
)
#: So often a heading is looked for above the best one; of headings alike the uppermost is taken.
MOST_ABOVE = 3
#: A table has its heading and a row at least.
FEWEST_ROWS = 2
#: Titles stand in the rows right above their heading.
_TITLE_ROWS = 6


def tables_of(
    sheet: Sheet, vocabulary: Vocabulary, progress: Progress = unheard
) -> list[SheetTable]:
    """All tables of this register in the sheet, from top to bottom and left to right."""
    table = _first_table(sheet, vocabulary)
    tables: list[SheetTable] = []
    complete: SheetTable | None = None
    while table is not None and len(tables) < MOST_TABLES:
        following = _table_below(table, vocabulary, progress)
        resumed = complete and _resumed_below(complete, table, vocabulary)
        tables.extend(_side_by_side(table, vocabulary))
        if resumed:
            tables.append(resumed)
        elif not vocabulary.missing(possible_fields(table.columns)):
            complete = table
        table = following
    return tables


def _resumed_below(
    above: SheetTable, table: SheetTable, vocabulary: Vocabulary
) -> SheetTable | None:
    """The rows of the list ``above`` that go on below a table which is no list; cuts that one off.

    They bear the next running number, which the row right above them does not lead up to.
    """
    number = next((c.index for c in above.columns if c.running_number), None)
    if number is None or not vocabulary.missing(possible_fields(table.columns)):
        return None
    cells = table.sheet.columns[number]
    numbers = [number_in(cell) for cell in cells[above.first_row : above.last_row + 1]]
    last = next((n for n in reversed(numbers) if n is not None), None)
    named = [c.index for c in above.columns if c.field in frozenset().union(*vocabulary.required)]
    for row in range(table.first_row, table.last_row + 1):
        if last is None or number_in(cells[row]) != last + 1 or number_in(cells[row - 1]) == last:
            continue
        if not all(text_of(table.sheet.columns[column][row]) for column in named):
            continue
        resumed = SheetTable(
            table.sheet,
            list(above.header_rows),
            [replace(column) for column in above.columns],
            row,
            table.last_row,
            titles=above.titles,
            span=above.span,
            resumed=True,
        )
        table.last_row = row - 1
        return resumed
    return None


def _first_table(sheet: Sheet, vocabulary: Vocabulary) -> SheetTable | None:
    """The uppermost table, though the heading of one below it may name more columns."""
    table = find_table(sheet, vocabulary)
    for _ in range(MOST_ABOVE):
        above = table and _table_above(table, vocabulary)
        if above is None:
            break
        table = above
    return table


def _table_above(table: SheetTable, vocabulary: Vocabulary) -> SheetTable | None:
    """A complete table, rows and all, whose heading stands above that of another one."""
    end = table.header_rows[0] - 1
    if end < FEWEST_ROWS:
        return None
    heading = find_heading_above(table.sheet, vocabulary, end)
    headed = [column for column in heading.columns if column.heading] if heading else []
    recognised = sum(1 for column in headed if column.field or column.running_number)
    if heading is None or recognised < 0.6 * len(headed):
        return None
    above = table_under(table.sheet, heading)
    filled = (
        sum(not is_blank(column[row]) for column in table.sheet.columns)
        for row in range(above.first_row, end)
    )
    return above if any(count > 1 for count in filled) else None


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
        title = _title_above(table, row, vocabulary)
        below.titles = retitled(table.titles, _texts(table.sheet, title, row))
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
    fields: set[str] = set()
    texts: list[str] = []
    moved = False
    for column in table.columns:
        cell = table.sheet.columns[column.index][row]
        if isinstance(cell, int | float):
            return False
        if not (text := text_of(cell)):
            continue
        texts.append(text)
        meaning = vocabulary.find(text, similar=False)
        if meaning.field:
            fields.add(meaning.field)
            same = column.field in (meaning.field, *meaning.others)
            moved = moved or not same or _says_otherwise(text, column)
    if vocabulary.missing(fields) and is_recap_heading(texts):
        return False  # the list above may go on below it
    return moved and len(fields) > 1 and len(fields) >= 0.6 * len(texts)


def _says_otherwise(text: str, column: TableColumn) -> bool:
    """Whether the heading of the same field says that what is below it is in another unit or year."""
    unit, year = money_unit(text), heading_year(text)
    return (unit is not None and unit != (column.unit or unit)) or (
        year is not None and year != (column.year or year)
    )


def _title_above(table: SheetTable, row: int, vocabulary: Vocabulary) -> int:
    """The first of the title rows right above a heading: one text each, after blank rows."""
    first = row
    for above in range(row - 1, max(table.first_row, row - _TITLE_ROWS) - 1, -1):
        filled = [c for c, cells in enumerate(table.sheet.columns) if cells[above] is not None]
        if len(filled) > 1 or (filled and not _may_be_title(table, above, filled[0], vocabulary)):
            break
        first = above
    while first < row and not _texts(table.sheet, first, first + 1):
        first += 1
    blank_above = first <= table.first_row or not _texts(table.sheet, first - 1, first)
    return first if blank_above else row


def _may_be_title(table: SheetTable, row: int, index: int, vocabulary: Vocabulary) -> bool:
    """Whether the only cell of a row is a title; a lone name may be a row of the table above."""
    text = text_of(table.sheet.columns[index][row])
    required = frozenset().union(*vocabulary.required)
    named = any(column.index == index and column.field in required for column in table.columns)
    numbered = any(column.running_number and column.index < index for column in table.columns)
    if not text or not (named and numbered):
        return bool(text)
    merged = any(top == row and right > left for top, left, _, right in table.sheet.merges)
    return merged or bool(_TITLE.match(text)) or bool(named_period(text)) or is_unit(text)


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
    _leave_out_beside(table, vocabulary)
    return [table]


def _leave_out_beside(table: SheetTable, vocabulary: Vocabulary) -> None:
    """Cuts off a smaller table, such as a recap, that stands to the right after an empty column."""
    for place in range(1, len(table.columns) - 1):
        left, right = table.columns[:place], table.columns[place + 1 :]
        if not _is_gap(table, table.columns[place]) or not any(c.field for c in right):
            continue
        if vocabulary.missing(possible_fields(left)) or not _ends_by_itself(table, left, right):
            continue
        for column in right:
            column.field, column.left_out = None, True
        table.span = (table.span[0], right[0].index)
        _end_with_own_rows(table)
        return


def _is_gap(table: SheetTable, column: TableColumn) -> bool:
    cells = table.sheet.columns[column.index]
    return not column.heading and all(is_blank(cell) for cell in cells[table.first_row :])


def _ends_by_itself(table: SheetTable, left: list[TableColumn], right: list[TableColumn]) -> bool:
    """Whether the columns to the right end in a sum, or long before or after those to the left."""
    columns = table.sheet.columns
    headed = [columns[column.index] for column in right if column.heading]
    last = last_filled_row(table.sheet, headed)
    own = last_filled_row(table.sheet, [columns[column.index] for column in left])
    if last < table.first_row or len(headed) < 2:
        return False
    if any(is_blank(cell) for cell in headed[0][table.first_row : last + 1]):
        return False
    if any(sum_label(text_of(columns[column.index][last])) for column in right[:3]):
        return sum_label(text_of(columns[left[0].index][last])) is None and not any(
            sum_label(text_of(columns[column.index][last])) for column in left
        )
    rows, height = own - table.first_row + 1, last - table.first_row + 1
    return height * 2 < rows or rows * 2 < height


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
