"""A list of any length as a workbook: its rows go straight into the file, block by block.

XlsxWriter draws everything around the rows (letterhead, headings, sums, notes, signatures) in a
workbook without them, and says there which style each column has. The rows are written between, so
that any number of them takes the same memory and no temporary file holds what a list says.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any, BinaryIO

from balikpapan.spreadsheets.addresses import column_letter
from balikpapan.spreadsheets.writing import MOST_ROWS, fitting, inline_text, is_live

from .book import ReportBook
from .formats import UNKNOWN, rounded
from .tables import ReportCell, ReportColumn, ReportTable
from .xlsx import write_foot, write_head, write_line
from .xlsx_layout import height_of, lines_of, one_by_one, widths_of
from .xlsx_page import Looks, Page, new_workbook

SHEET = "xl/worksheets/sheet1.xml"
#: So many rows are written at a time, and so many first ones decide how wide the columns are.
BLOCK = 1_000
#: A text that a spreadsheet program would take for a formula, to learn how such a cell looks.
LIVE = "=A1"
_STYLE = re.compile(r'<c r="[A-Z]+\d+" s="(\d+)"/>')

Values = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """A workbook without its rows: the XML before and after them and its other parts.

    ``first`` is the number of the first row as Excel counts; ``plain`` and ``quoted`` are the
    styles of the columns, for most values and for texts that look like a formula.
    """

    head: str
    foot: str
    first: int
    plain: list[str]
    quoted: list[str]
    parts: dict[str, bytes]


def write_list(book: ReportBook, rows: Iterable[Values], stream: BinaryIO) -> int:
    """The only table of ``book``, which has no rows, with these; returns how many there were.

    Each row has its values in the order of the columns. Raises ValueError where one sheet cannot
    hold them all.
    """
    table = book.tables[0]
    rows = iter(rows)
    sample = list(islice(rows, BLOCK))
    widths = widths_of(replace(table, rows=sample))
    before = _frame(book, widths)
    sums = Sums(table)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open(_entry(SHEET), "w") as part:
            part.write(before.head.encode())
            for piece in _pieces(sums.added(chain(sample, rows)), table, before, widths):
                part.write(piece.encode())
            frame = _frame(book, widths, sums)
            part.write(frame.foot.encode())
        for name, content in frame.parts.items():
            archive.writestr(_entry(name), content)
    return sums.count


class Sums:
    """Adds the figures of a table up while its rows pass by; None where no row knows a figure."""

    def __init__(self, table: ReportTable):
        self.count = 0
        self.totals: dict[str, Any] = {c.key: None for c in table.columns if c.is_totalled}
        self._places = [(table.places[key], key) for key in self.totals]

    def added(self, rows: Iterable[Values]) -> Iterator[Values]:
        """The rows, once they are added."""
        totals = self.totals
        for row in rows:
            self.count += 1
            for place, key in self._places:
                if (value := row[place]) is not None:
                    totals[key] = value if totals[key] is None else totals[key] + value
            yield row


def _frame(book: ReportBook, widths: list[int], sums: Sums | None = None) -> Frame:
    table, buffer = book.tables[0], io.BytesIO()
    with new_workbook(book, buffer) as workbook:
        page = Page(workbook, Looks(workbook), book, table.name, widths)
        [spans] = one_by_one(widths).spans
        page.write_letterhead()
        write_head(page, table, spans)
        first = page.row
        for depth, text in enumerate(("teks", LIVE)):
            for index, column in enumerate(table.all_columns):
                look = page.looks.of("row", _cell_like(column, text))
                page.sheet.write_blank(first + depth, index, None, look)
        # The two rows that show the styles are cut out; the list has taken their place.
        page.row += max(sums.count, 2) if sums else 2
        if sums and sums.count:
            write_line(page, table.sum_line(sums.totals), spans)
        write_foot(page, table, signed=True)
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    # Where the sheet ends is not known before its rows are.
    xml = re.sub("<dimension [^>]*/>", "", parts.pop(SHEET).decode())
    head, mark, rest = xml.partition(f'<row r="{first + 1}"')
    plain, quoted, foot = (mark + rest).split("</row>", 2)
    return Frame(head, foot, first + 1, _STYLE.findall(plain), _STYLE.findall(quoted), parts)


def _cell_like(column: ReportColumn, text: str) -> ReportCell:
    return ReportCell(None if column.is_figure or column.kind == "date" else text, text, column)


def _entry(name: str) -> zipfile.ZipInfo:
    """An archive entry without the hour, so that the same list gives the same bytes."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _pieces(
    rows: Iterator[Values], table: ReportTable, frame: Frame, widths: Sequence[int]
) -> Iterator[str]:
    """The XML of the rows, a block at a time."""
    columns = table.all_columns
    number = frame.first
    while block := list(islice(rows, BLOCK)):
        numbers = range(number, number + len(block))
        if numbers.stop > MOST_ROWS - BLOCK:
            raise ValueError("one sheet of a workbook cannot hold so many rows")
        values = list(zip(*block, strict=True))
        if table.numbered:
            values.insert(0, tuple(range(number - frame.first + 1, numbers.stop - frame.first + 1)))
        lines = [1] * len(block)
        cells = [
            _column(_Place(column, column_letter(i), frame.plain[i], frame.quoted[i], widths[i]))(
                values[i], numbers, lines
            )
            for i, column in enumerate(columns)
        ]
        openings = [
            f'<row r="{n}" ht="{in_pixels(height_of(high)):g}" customHeight="1">'
            for n, high in zip(numbers, lines, strict=True)
        ]
        yield "".join(map("".join, zip(openings, *cells, ["</row>"] * len(block), strict=True)))
        number = numbers.stop


def in_pixels(points: float) -> float:
    """The height of so many whole pixels, of which a row on a screen consists."""
    return round(points * 4 / 3) * 0.75


@dataclass(frozen=True, slots=True)
class _Place:
    """One column on the sheet: its letter, its styles and its width in characters."""

    column: ReportColumn
    letter: str
    plain: str
    quoted: str
    width: int


def _column(place: _Place):
    """How the cells of a column are written; raises the count of lines of a row that needs more."""

    def write(values: Values, numbers: range, lines: list[int]) -> list[str]:
        contents: dict[Any, tuple[str, int]] = {}
        cells = []
        for index, (value, number) in enumerate(zip(values, numbers, strict=True)):
            if value not in contents:
                contents[value] = _content(value, place)
            content, high = contents[value]
            if high > lines[index]:
                lines[index] = high
            cells.append(f'<c r="{place.letter}{number}"{content}')
        return cells

    return write


def _content(value: Any, place: _Place) -> tuple[str, int]:
    """What follows the address of a cell, and how many lines it takes."""
    column = place.column
    cell = rounded(value, column.kind, column.places)
    if cell is None and column.is_figure:
        cell = UNKNOWN
    if cell is None:
        return f' s="{place.plain}"/>', 1
    if isinstance(cell, str):
        text = fitting(cell)
        style = place.quoted if is_live(text) else place.plain
        # A word in a figure's place does not wrap.
        lines = 1 if column.is_figure else lines_of(text, place.width - 2)
        return f' s="{style}" t="inlineStr">{inline_text(text)}</c>', lines
    return f' s="{place.plain}"><v>{cell!r}</v></c>', 1
