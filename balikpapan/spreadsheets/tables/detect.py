"""Finding the table in a sheet: its heading rows, its columns and where its rows begin.

Offices put a letterhead and titles above the heading and numbers under it; neither has a fixed
place, so the heading is found by how many known columns it names.
"""

import re
from array import array
from dataclasses import dataclass, field

from ..addresses import column_letter
from ..cells.reading import is_blank
from ..model import Formula, Sheet
from .headings import Vocabulary, heading_year, money_unit, period

#: How far down a heading is looked for, and over how many rows it may stretch.
SEARCH_ROWS, HEADING_ROWS = 60, 3

MONTH_WORDS = (
    "januari|februari|pebruari|maret|april|mei|juni|juli|agustus|september|oktober|november|"
    "nopember|desember"
)
_DIGIT = re.compile(r"\d")
_COLUMN_NUMBER = re.compile(r"[(\[]?(\d{1,2})[)\]]?(\s*[=:].*)?")
_YEAR = re.compile(
    rf"(?:\btahun(?:\s+(?:anggaran|data))?|\bt\.?a\.?|\b(?:{MONTH_WORDS}))\s*[:.]?\s*((?:19|20)\d\d)\b"
    r"(?!\s*[-–/]\s*(?:19|20)\d\d)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class TableColumn:
    """One column of the table and what its heading was taken for."""

    index: int
    heading: str
    field: str | None = None
    others: tuple[str, ...] = ()
    unit: int | None = None  # what money is multiplied by, None where the heading is silent
    period: str | None = None
    year: int | None = None
    fuzzy: bool = False
    running_number: bool = False
    times: int = 1  # how often a year what it says comes: 12 for an amount of one month

    @property
    def letter(self) -> str:
        return column_letter(self.index)


@dataclass(frozen=True, slots=True)
class Ignored:
    """A row that is not data, with the reason; ``row`` is Excel's."""

    row: int
    reason: str


@dataclass(slots=True)
class SheetTable:
    """The register's table in one sheet; rows are zero-based indexes into the grid."""

    sheet: Sheet
    header_rows: list[int]
    columns: list[TableColumn]
    first_row: int
    last_row: int
    rows: array = field(default_factory=lambda: array("I"))
    ignored: list[Ignored] = field(default_factory=list)
    bands: dict[int, str] = field(default_factory=dict)  # data row -> text of the band above it
    totals: list[int] = field(default_factory=list)
    far_rows: list[int] = field(default_factory=list)
    carried: dict[int, int] = field(default_factory=dict)  # column -> cells filled from a merge
    titles: list[str] = field(default_factory=list)

    @property
    def row_count(self) -> int:
        """Rows from the first below the heading to the last that holds anything."""
        return self.last_row - self.first_row + 1

    def column_of(self, name: str) -> TableColumn | None:
        """The column taken for a field."""
        return next((column for column in self.columns if column.field == name), None)

    def title_year(self) -> int | None:
        """The one year the titles name ("TAHUN 2024"); None where they name none or several."""
        years = {int(found) for line in self.titles for found in _YEAR.findall(line)}
        return years.pop() if len(years) == 1 else None

    def title_unit(self) -> int | None:
        """The money unit a title gives to headings that say nothing ("Dalam Ribuan Rupiah")."""
        units = {
            unit
            for line in self.titles
            if re.search(r"\bdalam\b|ribu|juta|\(\s*rp", line, re.IGNORECASE)
            and (unit := money_unit(line))
        }
        return units.pop() if len(units) == 1 else None


def find_table(sheet: Sheet, vocabulary: Vocabulary) -> SheetTable | None:
    """The table of this register in the sheet, or None where no heading is recognised."""
    heading = _find_heading(sheet, vocabulary)
    if heading is None:
        return None
    start, depth, columns = heading
    table = SheetTable(
        sheet=sheet,
        header_rows=[row + 1 for row in range(start, start + depth)],
        columns=columns,
        first_row=start + depth,
        last_row=_last_row(sheet),
        titles=_titles(sheet, start),
    )
    _take_year_row(table)
    if table.first_row <= table.last_row and is_number_row(sheet, table.first_row):
        table.first_row += 1
    return table


def _take_year_row(table):
    """The row of years under "Realisasi": it names what stands below and is no data."""
    row = table.first_row
    if row > table.last_row:
        return
    filled = [c for c in table.columns if not is_blank(table.sheet.columns[c.index][row])]
    years = {c.index: _lone_year(table.sheet.columns[c.index][row]) for c in filled if c.heading}
    if len(years) < 2 or len(years) < len(filled) or None in years.values():
        return
    for column in filled:
        column.year = years[column.index]
        column.heading = f"{column.heading} – {column.year}"
    table.header_rows.append(row + 1)
    table.first_row += 1


def _lone_year(cell):
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
    table = SheetTable(sheet, [], columns, first, _last_row(sheet))
    if _is_unknown_heading(table, vocabulary):
        for column in columns:
            column.heading = text_of(sheet.columns[column.index][first]) or column.letter
            column.unit, column.period = money_unit(column.heading), period(column.heading)
            column.year = heading_year(column.heading)
        table.header_rows, table.first_row = [first + 1], first + 1
    return table


def _is_unknown_heading(table, vocabulary):
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
    known = vocabulary and any(vocabulary.find_joined([top], near=False).field for top in tops)
    return any(numeric) or bool(known)


def _last_row(sheet: Sheet) -> int:
    for row in range(sheet.height - 1, -1, -1):
        if any(not _is_empty(column[row]) for column in sheet.columns):
            return row
    return -1


def _is_empty(cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text_of(cell) -> str:
    """The text a cell shows, on one line; empty for a number."""
    if isinstance(cell, Formula):
        cell = cell.value
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _titles(sheet: Sheet, start: int) -> list[str]:
    return [
        text for row in range(start) for column in sheet.columns if (text := text_of(column[row]))
    ]


def _find_heading(sheet, vocabulary):
    """The best (first row, number of rows, columns) by how many fields it recognises."""
    best, best_score = None, 0.0
    spread = _heading_grid(sheet)
    height = min(sheet.height, SEARCH_ROWS)
    worded = [_is_worded(sheet, spread, row) for row in range(height)]
    places = [
        (start, depth)
        for start in range(height)
        if any(spread[start])
        for depth in range(1, min(HEADING_ROWS, height - start) + 1)
        if all(worded[start : start + depth])
    ]
    # Near spellings are dear to look for, so they are only where exact ones say a heading is;
    # where no row has two of those, everywhere.
    likely = [place for place in places if _has_two_fields(sheet, spread, *place, vocabulary)]
    for start, depth in likely or places:
        columns, score = _read_heading(sheet, spread, start, depth, vocabulary)
        if score > best_score + 0.01:
            best, best_score = (start, depth, columns), score
    return best


def _has_two_fields(sheet, spread, start, depth, vocabulary):
    found = set()
    for index in range(len(sheet.columns)):
        parts = _heading_parts(spread, start, depth, index)
        if parts and (name := vocabulary.find_joined(parts, near=False).field):
            found.add(name)
            if len(found) > 1:
                return True
    return False


def _heading_grid(sheet):
    """The texts of the first rows, a merged heading repeated over all the cells it covers."""
    height = min(sheet.height, SEARCH_ROWS + HEADING_ROWS)
    grid = [[text_of(column[row]) for column in sheet.columns] for row in range(height)]
    for top, left, bottom, right in sheet.merges:
        if top < height and left < len(sheet.columns):
            for row in range(top, min(bottom, height - 1) + 1):
                for column in range(left, min(right, len(sheet.columns) - 1) + 1):
                    grid[row][column] = grid[top][left]
    return grid


def _read_heading(sheet, spread, start, depth, vocabulary):
    """The columns under a heading of these rows and its score."""
    columns, found = [], {}
    score = 0.0
    for index in range(len(sheet.columns)):
        parts = _heading_parts(spread, start, depth, index)
        if not parts:
            columns.append(TableColumn(index, ""))
            continue
        meaning = vocabulary.find_joined(parts)
        whole = " – ".join(parts)
        columns.append(
            TableColumn(
                index,
                whole,
                meaning.field,
                meaning.others,
                money_unit(whole),
                period(whole),
                heading_year(whole),
                meaning.fuzzy,
                meaning.running_number,
            )
        )
        if meaning.field:
            score += 0.0 if meaning.field in found else (0.8 if meaning.fuzzy else 1.0)
            found[meaning.field] = index
        elif meaning.running_number:
            score += 0.2
    if not _looks_like_heading(sheet, spread, start, depth, found):
        return columns, 0.0
    if vocabulary.missing(_possible(columns)):
        score *= 0.5
    return columns, score


def _heading_parts(spread, start, depth, index):
    """The texts that stand above one column, from the group down."""
    parts = []
    for row in range(start, start + depth):
        text = spread[row][index]
        if not text and row < start + depth - 1 and spread[start + depth - 1][index]:
            text = _group_to_the_left(spread, row, index)
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    return parts


def _possible(columns):
    return {name for c in columns if c.field for name in (c.field, *c.others)}


def _group_to_the_left(spread, row, index):
    """The group heading a csv leaves out over all but the first of its columns."""
    for left in range(index - 1, -1, -1):
        if spread[row][left]:
            # A group only where the cell to the left has a heading of its own below.
            return spread[row][left] if spread[row + 1][left] else ""
        if not spread[row + 1][left]:
            return ""
    return ""


def _looks_like_heading(sheet, spread, start, depth, found):
    """At least two fields, and several texts in each row."""
    if len(found) < min(2, max(1, sum(1 for c in sheet.columns if any(c)))):
        return False
    last = start + depth - 1
    if depth > 1 and spread[last] == spread[last - 1]:
        return False
    for row in range(start, start + depth):
        if len({text for text in spread[row] if text}) < 2 <= len(sheet.columns):
            return False  # one text over the whole width is a title
    return True


def _is_worded(sheet, spread, row):
    """Hardly any number stands among the texts, as in a heading and unlike in most data."""
    numbers = sum(isinstance(column[row], int | float) for column in sheet.columns)
    return numbers <= max(1, sum(1 for text in spread[row] if text) // 4)


def is_number_row(sheet, row) -> bool:
    """The row "(1) (2) (3)" that offices print under the heading."""
    numbers = []
    for column in sheet.columns:
        cell = column[row]
        if _is_empty(cell):
            continue
        if isinstance(cell, int) and not isinstance(cell, bool):
            numbers.append(cell)
            continue
        found = _COLUMN_NUMBER.fullmatch(text_of(cell))
        if not found:
            return False
        numbers.append(int(found[1]))
    return len(numbers) > 1 and all(
        later == earlier + 1 for earlier, later in zip(numbers, numbers[1:], strict=False)
    )
