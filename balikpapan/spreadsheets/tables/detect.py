"""Finding the tables of a sheet: their heading rows, their columns and where their rows begin.

Offices put a letterhead and titles above a heading and numbers under it; neither has a fixed
place, so a heading is found by how many known columns it names.
"""

import re
from dataclasses import replace

from ..addresses import column_letter
from ..cells.reading import is_blank
from ..model import Cell, Sheet
from .heading_rows import SEARCH_ROWS, Heading, find_heading, last_filled_row
from .headings import Vocabulary, heading_year, money_unit, period
from .number_rows import is_number_row
from .table import SheetTable, TableColumn
from .texts import text_of

#: A form has its headings in one of so many columns, and names so many fields at least.
_FORM_COLUMNS, _FORM_FIELDS = 4, 3
_DIGIT = re.compile(r"\d")


def find_table(sheet: Sheet, vocabulary: Vocabulary, *, similar: bool = True) -> SheetTable | None:
    """The first table of this register in the sheet, or None where no heading is recognised."""
    heading = find_heading(sheet, vocabulary, similar=similar)
    return None if heading is None else table_under(sheet, heading)


def table_under(sheet: Sheet, heading: Heading) -> SheetTable:
    """The table below a heading; rows of years and of column numbers belong to the heading."""
    table = SheetTable(
        sheet=sheet,
        header_rows=[row + 1 for row in range(heading.start, heading.start + heading.depth)],
        columns=heading.columns,
        first_row=heading.start + heading.depth,
        last_row=last_filled_row(sheet),
        titles=_titles(sheet, heading.start),
    )
    _take_year_row(table)
    if table.first_row <= table.last_row and is_number_row(sheet, table.first_row):
        table.first_row += 1
    return table


def _take_year_row(table: SheetTable) -> None:
    """The row of years under "Realisasi": it names what stands below and is no data."""
    row = table.first_row
    if row > table.last_row:
        return
    filled = _headed([c for c in table.columns if not is_blank(table.sheet.columns[c.index][row])])
    years = {c.index: _lone_year(table.sheet.columns[c.index][row]) for c in filled if c.heading}
    if len(years) < 2 or len(years) < len(filled) or None in years.values():
        return
    for column in filled:
        column.year = years[column.index]
        column.heading = f"{column.heading} – {column.year}"
    by_place = {column.index: column for column in filled}
    table.columns = [by_place.get(column.index, column) for column in table.columns]
    table.header_rows.append(row + 1)
    table.first_row += 1


def _headed(columns: list[TableColumn]) -> list[TableColumn]:
    """The columns, each without a heading with that of the one right before it."""
    headed: list[TableColumn] = []
    for column in columns:
        left = headed[-1] if headed else None
        is_beside = left and left.heading and column.index == left.index + 1
        if left and is_beside and not column.heading:
            column = replace(left, index=column.index)
        headed.append(column)
    return headed


def _lone_year(cell: Cell) -> int | None:
    text = str(cell).strip()
    return int(text) if re.fullmatch(r"(19|20)\d\d", text) else None


def headerless_table(sheet: Sheet, vocabulary: Vocabulary | None = None) -> SheetTable:
    """A table without any heading that is known: each column stands under its letter.

    Texts over numbers are a heading all the same, though nobody knows what they mean, and so
    are texts of which ``vocabulary`` knows one.
    """
    columns = [
        TableColumn(index, column_letter(index))
        for index, cells in enumerate(sheet.columns)
        if any(not is_blank(cell) for cell in cells)
    ]
    first = next(
        (
            row
            for row in range(sheet.height)
            if sum(not is_blank(sheet.columns[c.index][row]) for c in columns) > 1
        ),
        0,
    )
    table = SheetTable(sheet, [], columns, first, last_filled_row(sheet))
    if _is_unknown_heading(table, vocabulary):
        for column in columns:
            column.heading = text_of(sheet.columns[column.index][first]) or column.letter
            column.unit, column.period = money_unit(column.heading), period(column.heading)
            column.year = heading_year(column.heading)
        table.header_rows, table.first_row = [first + 1], first + 1
    return table


def is_upright(sheet: Sheet, vocabulary: Vocabulary) -> bool:
    """Whether the headings stand below each other, as on a form or in a list turned on its side."""
    for cells in sheet.columns[:_FORM_COLUMNS]:
        texts = {text.strip(" :") for cell in cells[:SEARCH_ROWS] if (text := text_of(cell))}
        meanings = (vocabulary.find(text, similar=False).field for text in texts)
        fields = {name for name in meanings if name}
        if len(fields) >= _FORM_FIELDS and not vocabulary.missing(fields):
            return True
    return False


def _is_unknown_heading(table: SheetTable, vocabulary: Vocabulary | None) -> bool:
    cells = [table.sheet.columns[column.index][table.first_row :] for column in table.columns]
    tops, numeric = [], []
    for first, *below in cells:
        if is_blank(first):
            continue
        values = [cell for cell in below if not is_blank(cell)]
        numeric.append(bool(values) and all(isinstance(cell, int | float) for cell in values))
        tops.append(text_of(first))
        # Words may hold a number over numbers ("Omzet 2023"); over words they may be an address.
        if not tops[-1] or (_DIGIT.search(tops[-1]) and not numeric[-1]):
            return False
    is_vocabulary = vocabulary and any(
        vocabulary.find_joined([top], similar=False).field for top in tops
    )
    return any(numeric) or bool(is_vocabulary)


def _titles(sheet: Sheet, start: int) -> list[str]:
    return [
        text for row in range(start) for column in sheet.columns if (text := text_of(column[row]))
    ]
