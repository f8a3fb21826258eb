"""Which rows of a sheet are a heading, and what each of its columns means."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..model import Cell, Sheet
from .headings import Vocabulary, heading_year, money_unit, period
from .table import TableColumn
from .texts import text_of
from .wide_headings import name_members

#: How far down a heading is looked for, and over how many rows it may stretch.
SEARCH_ROWS, HEADING_ROWS = 60, 3
#: So many rows below a heading tell what its columns hold.
DATA_ROWS = 60
#: Years that may head columns, and how many of them at most.
_YEARS, _MOST_YEARS = range(2000, 2050), 10
#: So many places that look like a heading are read through.
MOST_PLACES = 60
#: How lines above a heading begin, though they fill several cells: "DATA IKM | Nomor : 12/2023".
_LETTERHEAD = re.compile(
    r"pemerintah\b|dinas\b|lampiran\b|laporan\b|rekap|daftar (ikm|umkm|usaha|industri)|"
    r"data (ikm|umkm|industri kecil|usaha kecil)\b|(nomor|no|tanggal|tgl|tahun|halaman)\s*:\s*\S",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Heading:
    """A heading: its first row (zero-based), its number of rows, its columns and how well it fits."""

    start: int
    depth: int
    columns: list[TableColumn]
    score: float


class HeadingArea:
    """The texts of some rows, a merged heading repeated over all the cells it covers."""

    def __init__(self, sheet: Sheet, first: int, height: int) -> None:
        self.sheet, self.first = sheet, first
        self.height = min(height, sheet.height - first)
        rows = range(first, min(first + height + HEADING_ROWS, sheet.height))
        self.texts = [_row_texts(sheet, row) for row in rows]
        for top, left, bottom, right in sheet.merges:
            top, bottom = top - first, bottom - first
            if 0 <= top < len(self.texts) and left < len(sheet.columns):
                for row in range(top, min(bottom, len(self.texts) - 1) + 1):
                    for column in range(left, min(right, len(sheet.columns) - 1) + 1):
                        self.texts[row][column] = self.texts[top][left]

    def is_worded(self, row: int) -> bool:
        """Hardly any number stands among the texts, as in a heading and unlike in most data."""
        columns, at = self.sheet.columns, row + self.first
        numbers = sum(
            isinstance(column[at], int | float) and not text
            for column, text in zip(columns, self.texts[row], strict=True)
        )
        return numbers <= max(1, sum(1 for text in self.texts[row] if text) // 4)

    def cuts_a_merge(self, start: int, depth: int) -> bool:
        """Whether a cell of these rows is merged with one below them."""
        end = self.first + start + depth - 1
        return any(
            self.first + start <= top <= end < bottom < top + HEADING_ROWS
            for top, left, bottom, right in self.sheet.merges
        )

    def parts(self, start: int, depth: int, index: int) -> list[str]:
        """The texts that stand above one column, from the group down."""
        parts: list[str] = []
        for row in range(start, start + depth):
            text = self.texts[row][index]
            if not text and row < start + depth - 1 and self.texts[start + depth - 1][index]:
                text = self._group_to_the_left(row, index)
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        return parts

    def _group_to_the_left(self, row: int, index: int) -> str:
        """The group heading a csv leaves out over all but the first of its columns."""
        for left in range(index - 1, -1, -1):
            if self.texts[row][left]:
                # A group only where the cell to the left has a heading of its own below.
                return self.texts[row][left] if self.texts[row + 1][left] else ""
            if not self.texts[row + 1][left]:
                return ""
        return ""


def _row_texts(sheet: Sheet, row: int) -> list[str]:
    """The texts of a row; years one after the other are texts too, as they stand over amounts."""
    cells = [column[row] for column in sheet.columns]
    texts = [text_of(cell) for cell in cells]
    numbers = {
        index: cell
        for index, cell in enumerate(cells)
        if isinstance(cell, int | float) and not isinstance(cell, bool)
    }
    years = [int(cell) for cell in numbers.values() if cell in _YEARS]
    if len(years) > 1 and len(years) == len(numbers) and len(set(years)) <= _MOST_YEARS:
        steps = {later - earlier for earlier, later in pairwise(sorted(set(years)))}
        if steps == {1}:
            for index in numbers:
                texts[index] = str(int(numbers[index]))
    return texts


def find_heading(
    sheet: Sheet, vocabulary: Vocabulary, *, similar: bool = True, at: int | None = None
) -> Heading | None:
    """The best heading among the first rows by how many fields it recognises.

    ``at`` is the row (zero-based) a heading is to begin in.
    """
    area = HeadingArea(sheet, at or 0, 1 if at is not None else SEARCH_ROWS)
    return heading_in(area, vocabulary, similar=similar)


def find_heading_above(sheet: Sheet, vocabulary: Vocabulary, end: int) -> Heading | None:
    """The best complete heading, exactly spelt, that ends above a row (zero-based)."""
    area = HeadingArea(sheet, 0, end)
    places = [(row, depth) for row, depth in _places(area, vocabulary) if row + depth <= end]
    likely = [place for place in places if _has_two_fields(area, place, vocabulary)]
    heading = _best_heading(area, likely, vocabulary, similar=False)
    if heading is None or vocabulary.missing(possible_fields(heading.columns)):
        return None
    return heading


def heading_in(
    area: HeadingArea, vocabulary: Vocabulary, *, similar: bool = True
) -> Heading | None:
    """The best heading of an area, whose texts serve the vocabularies of several registers."""
    if not area.sheet.columns:
        return None
    places = list(_places(area, vocabulary))
    # Near spellings are dear to look for, so they are only where exact ones say a heading is;
    # where none of those rows is one, everywhere.
    likely = [place for place in places if _has_two_fields(area, place, vocabulary)]
    best = _best_heading(area, likely, vocabulary, similar)
    if best is None and similar:
        others = [place for place in places if place not in likely]
        best = _best_heading(area, others, vocabulary, similar)
    return best


def _best_heading(
    area: HeadingArea, places: list[tuple[int, int]], vocabulary: Vocabulary, similar: bool
) -> Heading | None:
    best = None
    for start, depth in places[:MOST_PLACES]:
        heading = _read_heading(area, start, depth, vocabulary, similar)
        if heading and heading.score > (best.score if best else 0) + 0.01:
            best = heading
    return best


def _places(area: HeadingArea, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """Where a heading may be: worded rows of which one has a text that is a heading by itself."""
    worded, hinted = [], []
    for row, texts in enumerate(area.texts):
        hinted.append(any(_is_known(text, vocabulary) for text in set(texts) if text))
        worded.append(area.is_worded(row))
    for start in range(area.height):
        if not any(area.texts[start]):
            continue
        for depth in range(1, min(HEADING_ROWS, len(area.texts) - start) + 1):
            if not worded[start + depth - 1]:
                break
            if any(hinted[start : start + depth]):
                yield start, depth


def _is_known(text: str, vocabulary: Vocabulary) -> bool:
    if not vocabulary.may_know(text):
        return False
    meaning = vocabulary.find(text, similar=False)
    return bool(meaning.field) or meaning.running_number


def _has_two_fields(area: HeadingArea, place: tuple[int, int], vocabulary: Vocabulary) -> bool:
    start, depth = place
    fields = set()
    for index in range(len(area.sheet.columns)):
        parts = area.parts(start, depth, index)
        if parts and (name := vocabulary.find_joined(parts, similar=False).field):
            fields.add(name)
        elif vocabulary.wide:  # an amount may stand above the members it is of
            names = (vocabulary.find(part, similar=False).field for part in parts)
            fields.update(name for name in names if name)
        if len(fields) > 1:
            return True
    return False


def _read_heading(
    area: HeadingArea, start: int, depth: int, vocabulary: Vocabulary, similar: bool
) -> Heading | None:
    """The columns under a heading of these rows and its score; None where it is no heading."""
    parts = [area.parts(start, depth, index) for index in range(len(area.sheet.columns))]
    columns = [_column(index, texts, vocabulary, similar) for index, texts in enumerate(parts)]
    if vocabulary.wide:
        first = area.first + start + depth
        cells = [column[first : first + DATA_ROWS] for column in area.sheet.columns]
        name_members(columns, parts, cells, vocabulary)
    fields = {name for c in columns for name in (c.field, c.wide_field) if name}
    if not _looks_like_heading(area, start, depth, fields):
        return None
    score = _score(columns, vocabulary)
    # A cell merged down says how many rows the heading has.
    return Heading(start, depth, columns, score * 0.9 if area.cuts_a_merge(start, depth) else score)


def _column(index: int, parts: list[str], vocabulary: Vocabulary, similar: bool) -> TableColumn:
    if not parts:
        return TableColumn(index, "")
    meaning = vocabulary.find_joined(parts, similar=similar)
    whole = " – ".join(parts)
    return TableColumn(
        index,
        whole,
        meaning.field,
        meaning.others,
        unit=money_unit(whole),
        period=period(whole),
        year=heading_year(whole),
        fuzzy=meaning.fuzzy,
        running_number=meaning.running_number,
        suggestion=meaning.suggestion,
    )


def _score(columns: list[TableColumn], vocabulary: Vocabulary) -> float:
    """A point for each field, less for a guess, half of all where a needed field is missing."""
    seen: set[tuple[str | None, str]] = set()
    score = 0.0
    for column in columns:
        if column.wide_field and (column.wide_field, "") not in seen:
            score += 1.0
            seen.add((column.wide_field, ""))
        if column.field and (column.field, column.member) not in seen:
            score += 0.8 if column.fuzzy else 1.0
            seen.add((column.field, column.member))
        elif column.running_number and not column.field:
            score += 0.2
    return score * 0.5 if vocabulary.missing(possible_fields(columns)) else score


def possible_fields(columns: list[TableColumn]) -> set[str]:
    """The fields that columns are taken for or may mean."""
    fields = {name for c in columns if c.field for name in (c.field, *c.others)}
    return fields | {c.wide_field for c in columns if c.wide_field}


def _looks_like_heading(area: HeadingArea, start: int, depth: int, fields: set[str]) -> bool:
    """At least two fields, and several texts in each row."""
    columns = area.sheet.columns
    if len(fields) < min(2, max(1, sum(1 for c in columns if any(c)))):
        return False
    last = start + depth - 1
    if depth > 1 and area.texts[last] == area.texts[last - 1]:
        return False
    for row in range(start, start + depth):
        texts = {text for text in area.texts[row] if text}
        if len(texts) < 2 <= len(columns):
            return False  # one text over the whole width is a title
        if any(map(_LETTERHEAD.match, texts)):
            return False
    return True


def last_filled_row(sheet: Sheet, columns: Sequence[Sequence[Cell]] | None = None) -> int:
    """The last row in which one of the columns, else any, holds anything.

    Zero-based; -1 where there is none.
    """
    columns = sheet.columns if columns is None else columns
    for row in range(sheet.height - 1, -1, -1):
        if any(not _is_empty(column[row]) for column in columns):
            return row
    return -1


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
