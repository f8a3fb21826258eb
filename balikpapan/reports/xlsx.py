"""A book of tables as a workbook: one sheet per table, ready to print."""

import datetime
import io
from collections.abc import Sequence
from itertools import accumulate
from math import ceil
from typing import BinaryIO

import xlsxwriter
from reportlab.lib.utils import ImageReader

from balikpapan.spreadsheets.writing import NUMBER_FORMATS, as_cell, fitting, is_live

from .book import Book, of_one_table
from .logos import read_logo
from .tables import Cell, Column, Table

OPTIONS = {
    "in_memory": True,  # no temporary file holds what a report says
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WIDEST_SHEET = 150  # beyond it the print on A4 would be too small to read, so words wrap
NARROWEST_SHEET = 100  # characters: the office's name must fit above the smallest table
WIDEST_COLUMN = 46
SIGNATURE_WIDTH = 44
PAGE_WIDTH = 755  # points between the margins of an A4 sheet on its side
PAGE_HEIGHT = 480  # and between head and foot, less what printers differ in
ROWS_KEPT = 3  # so many last rows stay with the notes and signatures
MOST_BREAKS = 1000  # Excel takes 1.023
USUAL_ROW = 15.0
LINE_HEIGHT = 13.5  # points, of one line at ten points
TALLEST_ROW = 409  # points, Excel's limit
LOGO_HEIGHT = 62  # pixels

LOOKS = {
    "government": {"bold": True, "font_size": 13, "align": "center"},
    "office": {"bold": True, "font_size": 14, "align": "center", "text_wrap": True},
    "details": {"font_size": 9, "align": "center", "text_wrap": True},
    "rule": {"top": 6},
    "title": {"bold": True, "font_size": 12, "align": "center", "text_wrap": True},
    "subtitle": {"align": "center", "text_wrap": True},
    "heading": {
        "bold": True,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
        "border": 1,
        "bg_color": "#E8EEF4",
    },
    "column_number": {"italic": True, "font_size": 8, "align": "center", "border": 1},
    "row": {"border": 1, "valign": "top"},
    "section": {"border": 1, "bold": True, "bg_color": "#F4F4F4"},
    "subtotal": {"border": 1, "bold": True},
    "total": {"border": 1, "bold": True},
    "empty": {"border": 1, "italic": True, "align": "center"},
    "plain": {},
    "note": {"font_size": 9, "text_wrap": True, "valign": "top"},
    "signature": {"align": "center", "text_wrap": True, "valign": "top"},
    "signer": {"align": "center", "bold": True, "underline": 1},
    "link": {"font_color": "#0B5394", "underline": 1, "text_wrap": True, "valign": "top"},
}


def write_table(table: Table, book: Book, stream: BinaryIO) -> None:
    """One table as a workbook of its own, dressed like the book."""
    write_book(of_one_table(table, book), stream)


def write_book(book: Book, stream: BinaryIO) -> None:
    """The whole book as a workbook; the same book gives the same bytes."""
    buffer = io.BytesIO()  # XlsxWriter closes what it is given, and the stream is the caller's
    with xlsxwriter.Workbook(buffer, OPTIONS) as workbook:
        workbook.set_properties(
            {
                "title": book.name,
                "author": book.letterhead.office if book.letterhead else "",
                "created": datetime.datetime.combine(book.date, datetime.time()),
            }
        )
        looks = Looks(workbook)
        names = _sheet_names(book.tables)
        if len(names) > 1:
            _write_contents(Page(workbook, looks, book, "Daftar Tabel", [14, 86]), names)
        for table, name in zip(book.tables, names, strict=True):
            _write_table(Page(workbook, looks, book, name, _widths(table)), table)
    stream.write(buffer.getvalue())


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook):
        self.workbook = workbook
        self.made = {}

    def __call__(self, name: str, text: str = "", **extra):
        if is_live(text):
            extra["quote_prefix"] = True
        key = (name, *sorted(extra.items()))
        if key not in self.made:
            look = {"font_name": "Arial", "font_size": 10, **LOOKS[name], **extra}
            self.made[key] = self.workbook.add_format(look)
        return self.made[key]

    def of(self, kind: str, cell: Cell):
        """The format of a cell: the look of its line and the figures of its column."""
        column, text = cell.column, cell.value if isinstance(cell.value, str) else ""
        extra = {"text_wrap": True} if text and not column.is_figure else {}
        if column.is_figure:
            extra |= {"align": "right", "indent": 1, "num_format": _number_format(column)}
        elif column.kind == "date":
            extra |= {"align": "left", "indent": 1, "num_format": "[$-421]d mmmm yyyy"}
        elif column.kind in ("number", "year"):
            extra |= {"align": "center", "num_format": "0"}
        elif kind in ("total", "empty"):
            extra["align"] = "center"
        else:
            extra |= {"align": "left", "indent": 1}
        return self(kind, text, **extra)


class Page:
    """One sheet, filled from the top; ``row`` is the next free one."""

    def __init__(self, workbook, looks: Looks, book: Book, name: str, widths: Sequence[int]):
        self.looks, self.book, self.widths = looks, book, widths
        self.sheet = workbook.add_worksheet(name)
        self.last = len(widths) - 1
        self.row = 0
        self.heights: dict[int, float] = {}
        self.scale = print_scale(widths)
        for index, width in enumerate(widths):
            self.sheet.set_column(index, index, width, looks("plain"))
        self._prepare_paper()
        if book.letterhead:
            self._write_letterhead(book.letterhead)

    def text(
        self, text: str, look: str, *, first: int = 0, last: int | None = None, **extra
    ) -> None:
        """A text merged over some columns of the current row."""
        last = self.last if last is None else last
        text, format_ = fitting(as_cell(text) or ""), self.looks(look, text, **extra)
        if last > first:
            self.sheet.merge_range(self.row, first, self.row, last, "", format_)
        self.sheet.write_string(self.row, first, text, format_)

    def line(self, text: str, look: str, **extra) -> None:
        """A text over all columns, on a row high enough for it; the next row follows."""
        size = LOOKS[look].get("font_size", 10) / 10
        self.height(LINE_HEIGHT * size * _lines(text, sum(self.widths) / size))
        self.text(text, look, **extra)
        self.row += 1

    def height(self, points: float) -> None:
        """How high the current row is."""
        self.heights[self.row] = points
        self.sheet.set_row(self.row, points)

    def break_pages(self, repeated: range, kept: int) -> None:
        """Breaks the pages so that the rows from ``kept`` on stand together."""
        heights = [self.heights.get(row, USUAL_ROW) for row in range(self.row + 1)]
        for row in range(self.row + 1):
            if row not in self.heights:
                self.sheet.set_row(row, USUAL_ROW)
        breaks = page_breaks(heights, PAGE_HEIGHT / self.scale * 100, repeated, kept)
        self.sheet.set_h_pagebreaks(breaks[:MOST_BREAKS])

    def _prepare_paper(self):
        sheet, name = self.sheet, self.book.name.replace("&", "&&")
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        # Excel ignores page breaks of ours when it fits a sheet itself, so the scale is ours too.
        sheet.set_print_scale(self.scale)
        sheet.set_footer(f"&L&8{name[:150]}&R&8Halaman &P dari &N")

    def _write_letterhead(self, letterhead):
        if data := read_logo(letterhead):
            scale = LOGO_HEIGHT / ImageReader(io.BytesIO(data)).getSize()[1]
            options = {"image_data": io.BytesIO(data), "x_scale": scale, "y_scale": scale}
            options |= {"x_offset": 4, "y_offset": 2, "description": "Lambang daerah"}
            self.sheet.insert_image(0, 0, "lambang", options)
        for name, look in zip(letterhead.names, ["government", "office"], strict=False):
            self.line(name, look)
        for detail in letterhead.details:
            self.line(detail, "details")
        for index in range(self.last + 1):
            self.sheet.write_blank(self.row, index, None, self.looks("rule"))
        self.row += 1

    def write_signatures(self):
        """The signature blocks side by side, the head's at the right under place and date."""
        signers = list(zip(self.book.signatories, self.book.lines_above_names, strict=True))
        while signers:  # more signers than columns stand in several rows
            row, signers = signers[: self.last + 1], signers[self.last + 1 :]
            self.row += 1
            self._write_signers(row)

    def _write_signers(self, signers):
        top, blocks = self.row, _blocks(self.widths, len(signers))
        for (official, above), (first, last) in zip(signers, blocks, strict=True):
            self.row = top
            width = sum(self.widths[first : last + 1])
            for depth, text in enumerate(above):
                self._make_room(top + depth, _lines(text, width))
                self.text(text, "signature", first=first, last=last)
                self.row += 1
            self.row += 4
            self.text(official.name, "signer", first=first, last=last)
            for text in official.lines_below:
                self.row += 1
                self.text(text, "signature", first=first, last=last)
        self.row = top + max(len(above) + 5 + len(o.lines_below) for o, above in signers)

    def _make_room(self, row: int, lines: int) -> None:
        """Make the row high enough for so many lines, never lower than it is."""
        self.heights[row] = max(LINE_HEIGHT * lines, self.heights.get(row, LINE_HEIGHT))
        self.sheet.set_row(row, self.heights[row])


def _write_contents(page: Page, names: list[str]) -> None:
    for text in page.book.heading:
        page.line(text, "title")
    page.row += 1
    page.line("DAFTAR TABEL", "title")
    for table, name in zip(page.book.tables, names, strict=True):
        title = fitting(as_cell(table.title) or "")
        page.height(LINE_HEIGHT * _lines(title, page.widths[1]))
        page.sheet.write_url(page.row, 0, f"internal:'{name}'!A1", page.looks("link"), table.name)
        page.text(title, "note", first=1, font_size=10)
        page.row += 1
    page.row += 1
    for text in page.book.provenance_lines:
        page.line(text, "note")


def _write_table(page: Page, table: Table) -> None:
    sheet, looks = page.sheet, page.looks
    page.row += 1
    if table.number is not None:
        page.line(table.name.upper(), "title")
    page.line(table.title.upper(), "title")
    for text in table.subtitle:
        page.line(text, "subtitle")
    page.row += 1
    first = page.row
    _write_headings(page, table)
    sheet.freeze_panes(page.row, 0)
    sheet.repeat_rows(first, page.row - 1)
    starts = []
    for line in table.lines:
        starts.append(page.row)
        index, lines = 0, 1
        for cell in line.cells:
            look, last = looks.of(line.kind, cell), index + cell.span - 1
            if last > index:
                sheet.merge_range(page.row, index, page.row, last, "", look)
            _write_value(sheet, page.row, index, cell.value, look)
            lines = max(lines, _lines(cell.text, sum(page.widths[index : last + 1]) - 2))
            index = last + 1
        page.height(min(LINE_HEIGHT * lines + 2, TALLEST_ROW))
        page.row += 1
    page.row += 1
    if table.notes:
        page.line("Catatan:", "note")
        for text in table.notes:
            page.line(f"– {text}", "note")
    if table.source:
        page.line(f"Sumber: {table.source}", "note", italic=True)
    if page.book.signatories:
        page.write_signatures()
    sheet.print_area(0, 0, page.row, page.last)
    heading = range(first, starts[0])
    page.break_pages(heading, starts[-ROWS_KEPT:][0])


def _write_headings(page: Page, table: Table) -> None:
    sheet, look, top = page.sheet, page.looks("heading"), page.row
    for depth, headings in enumerate(table.headings):
        page.row, height = top + depth, 1
        for heading in headings:
            last = heading.column + heading.across - 1
            if last > heading.column or heading.down > 1:
                end = page.row + heading.down - 1
                sheet.merge_range(page.row, heading.column, end, last, "", look)
            sheet.write_string(page.row, heading.column, as_cell(heading.label) or "", look)
            lines = _lines(heading.label, sum(page.widths[heading.column : last + 1]) - 1)
            height = max(height, ceil(lines / heading.down))
        page.height(LINE_HEIGHT * height + 3)
    page.row = top + len(table.headings)
    for index in range(page.last + 1):
        sheet.write_string(page.row, index, f"({index + 1})", page.looks("column_number"))
    page.row += 1


def _write_value(sheet, row: int, index: int, value: object, look) -> None:
    if value is None:
        sheet.write_blank(row, index, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, index, fitting(value), look)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(row, index, value, look)
    else:
        sheet.write_number(row, index, value, look)


def print_scale(widths: Sequence[int]) -> int:
    """At how many percent the columns are as wide as a page, with a little to spare."""
    points = sum(width * 7 + 5 for width in widths) * 0.75
    return max(10, min(100, int(PAGE_WIDTH / points * 97)))


def page_breaks(heights: Sequence[float], room: float, repeated: range, kept: int) -> list[int]:
    """Before which rows a new page begins, the heading being printed again on each.

    What follows ``kept`` stays together where one page can hold it.
    """
    heading = sum(heights[row] for row in repeated)
    breaks, filled = [], 0.0
    tail = sum(heights[kept:])
    for row, height in enumerate(heights):
        stays = row == kept and tail + heading <= room
        if row and filled + (tail if stays else height) > room:
            breaks.append(row)
            filled = heading
        filled += height
    return breaks


def _sheet_names(tables: Sequence[Table]) -> list[str]:
    """The sheet of each table by its number; a second one of the same name is counted."""
    names: list[str] = []
    for table in tables:
        same = sum(name.split(" (")[0] == table.name for name in names)
        names.append(f"{table.name} ({same + 1})" if same else table.name)
    return names


def _number_format(column: Column) -> str:
    if column.places is None:
        return NUMBER_FORMATS[column.kind]
    places = column.places or 0
    return NUMBER_FORMATS["whole"] + ("." + "0" * places if places else "")


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in so many characters of width, guessed on the safe side."""
    breadth = 1.12 if text.isupper() else 1.0
    return sum(max(1, ceil(len(part) * breadth / width)) for part in text.split("\n"))


def _widths(table: Table) -> list[int]:
    """The width of every column, in characters, by what stands in it."""
    columns = table.all_columns
    widths = [column.width or _heading_width(column) for column in columns]
    for line in table.lines:
        index = 0
        for cell in line.cells:
            if cell.span == 1 and not columns[index].width:
                length = max(map(len, cell.text.split("\n")))
                widths[index] = max(widths[index], min(ceil(length * 1.1) + 2, WIDEST_COLUMN))
            index += cell.span
    return _fitted(columns, widths)


def _fitted(columns: Sequence[Column], widths: list[int]) -> list[int]:
    """The widths stretched to carry the letterhead, or the words' squeezed to stay legible."""
    missing, surplus = NARROWEST_SHEET - sum(widths), sum(widths) - WIDEST_SHEET
    if missing > 0:
        chosen = [i for i, c in enumerate(columns) if c.kind != "number"] or [0]
        share = sum(widths[index] for index in chosen)
        for index in chosen:
            widths[index] += ceil(missing * widths[index] / share)
    elif surplus > 0:
        spare = [
            max(0, widths[i] - max(_heading_width(c), 16))
            if c.kind == "text" and not c.width
            else 0
            for i, c in enumerate(columns)
        ]
        part = min(1, surplus / (sum(spare) or 1))
        widths = [width - int(room * part) for width, room in zip(widths, spare, strict=True)]
    return widths


def _heading_width(column: Column) -> int:
    longest = max(map(len, column.heading.split()), default=0)
    return max(
        ceil(longest * 1.1) + 2,
        ceil(len(column.heading) / 3) + 2,
        5 if column.kind == "number" else 8,
    )


def _blocks(widths: Sequence[int], count: int) -> list[tuple[int, int]]:
    """First and last column of each signature block; one alone stands at the right."""
    last, ends = len(widths) - 1, list(accumulate(widths))
    if count == 1:
        room = ends[-1] - SIGNATURE_WIDTH
        first = next((i for i, end in enumerate(ends) if end > room), 0)
        if ends[first] - room < widths[first] * 0.5 and first < last:
            first += 1
        return [(first, last)]
    starts = [0]
    for part in range(1, count):
        wanted = ends[-1] * part / count
        free = range(starts[-1] + 1, last + 2 - count + part)
        starts.append(min(free, key=lambda index: abs(ends[index - 1] - wanted)))
    return [(start, end - 1) for start, end in zip(starts, [*starts[1:], last + 1], strict=True)]
