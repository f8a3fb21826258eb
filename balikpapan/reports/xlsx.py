"""A book of tables as a workbook: one sheet per table, ready to print."""

import datetime
import io
from collections.abc import Collection, Sequence
from math import ceil
from typing import BinaryIO

import xlsxwriter
from reportlab.lib.utils import ImageReader

from balikpapan.spreadsheets.workbook_parts import NUMBER_FORMATS
from balikpapan.spreadsheets.writing import as_cell, fitting, is_live

from .book import ReportBook
from .logos import read_logo
from .tables import Line, ReportCell, ReportColumn, ReportTable
from .xlsx_layout import (
    LINE_HEIGHT,
    PAGE_HEIGHT,
    USUAL_ROW,
    height_of,
    joined_rows,
    joint_widths,
    lines_of,
    page_breaks,
    print_scale,
    sharing_a_sheet,
    signature_blocks,
)

# Column widths are measured in digits of this font, whatever the theme says.
FONT = {"font_name": "Arial", "font_size": 10, "font_scheme": False, "theme": -1}
OPTIONS = {
    "in_memory": True,  # no temporary file holds what a report says
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
SMALLER = 0.75  # of its scale, for a table to stay on one page
CLOSING_ROWS = 3  # so many last rows stay with the notes and signatures
MOST_BREAKS = 1000  # Excel takes 1.023
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


def write_book(book: ReportBook, stream: BinaryIO) -> None:
    """The whole book as a workbook; the same book gives the same bytes."""
    buffer = io.BytesIO()  # XlsxWriter closes what it is given, and the stream is the caller's
    with new_workbook(book, buffer) as workbook:
        looks = Looks(workbook)
        sheets = sharing_a_sheet(book.tables)
        names = _sheet_names(sheets)
        if len(names) > 1:
            page = Page(workbook, looks, book, "Daftar Tabel", [14, 86])
            page.write_letterhead()
            _write_contents(page, sheets, names)
        for tables, name in zip(sheets, names, strict=True):
            page = Page(workbook, looks, book, name, joint_widths(tables))
            # A book is headed on its first page and signed on its last.
            if len(names) == 1:
                page.write_letterhead()
            _write_tables(page, tables, signed=tables is sheets[-1])
    stream.write(buffer.getvalue())


def new_workbook(book: ReportBook, buffer: BinaryIO) -> xlsxwriter.Workbook:
    """An empty workbook with the properties of the book, to be closed into ``buffer``."""
    # XlsxWriter writes into the properties it is given, so that every workbook needs its own.
    options = {**OPTIONS, "default_format_properties": dict(FONT)}
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties(
        {
            "title": book.name,
            "author": book.letterhead.office if book.letterhead else "",
            "created": datetime.datetime.combine(book.date, datetime.time()),
        }
    )
    return workbook


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
            look = {**LOOKS[name], **extra}
            self.made[key] = self.workbook.add_format(look)
        return self.made[key]

    def of(self, kind: str, cell: ReportCell):
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

    def __init__(self, workbook, looks: Looks, book: ReportBook, name: str, widths: Sequence[int]):
        self.looks, self.book, self.widths = looks, book, widths
        self.sheet = workbook.add_worksheet(name)
        self.last = len(widths) - 1
        self.row = 0
        self.heights: dict[int, float] = {}
        self.scale = print_scale(widths)
        for index, width in enumerate(widths):
            self.sheet.set_column(index, index, width, looks("plain"))
        self._prepare_paper()

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
        self.height(LINE_HEIGHT * size * lines_of(text, sum(self.widths) / size))
        self.text(text, look, **extra)
        self.row += 1

    def height(self, points: float) -> None:
        """How high the current row is."""
        self.heights[self.row] = points
        self.sheet.set_row(self.row, points)

    def break_pages(
        self, repeated: range, tail: int, *, signed: bool, joined: Collection[int] = ()
    ) -> None:
        """Fits the sheet to pages; where it is signed, the rows from ``tail`` on stand together.

        The ``joined`` rows stay with the row above them.
        """
        heights = [self.heights.get(row, USUAL_ROW) for row in range(self.row + 1)]
        for row in range(self.row + 1):
            if row not in self.heights:
                self.sheet.set_row(row, USUAL_ROW)
        # What nearly fits is printed a little smaller rather than with a page of a few lines.
        pages = ceil(sum(heights) * self.scale * SMALLER / 100 / PAGE_HEIGHT)
        if pages == 1 or not (signed or joined):
            self.sheet.fit_to_pages(1, pages)
            return
        for scale in (self.scale, *range(self.scale - 1, int(self.scale * SMALLER) - 1, -1)):
            room = PAGE_HEIGHT / scale * 100
            breaks = page_breaks(heights, room, repeated, tail, joined)
            if signed or len(breaks) < pages:
                break
        if scale < self.scale:
            # A sheet that is fitted to the width of the page is printed no smaller than that.
            self.sheet.set_print_scale(scale)
        self.sheet.set_h_pagebreaks(breaks[:MOST_BREAKS])

    def _prepare_paper(self):
        sheet, name = self.sheet, self.book.name.replace("&", "&&")
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        # However wide a program draws the letters, no column falls off the page.
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L&8{name[:150]}&R&8Halaman &P dari &N")

    def write_letterhead(self):
        """The kop surat over all columns, where the office has one."""
        letterhead = self.book.letterhead
        if letterhead is None:
            return
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
        top, blocks = self.row, signature_blocks(self.widths, len(signers))
        for (official, above), (first, last) in zip(signers, blocks, strict=True):
            self.row = top
            width = sum(self.widths[first : last + 1])
            for depth, text in enumerate(above):
                self._make_room(top + depth, lines_of(text, width))
                self.text(text, "signature", first=first, last=last)
                self.row += 1
            self.row += 4
            self._make_room(self.row, lines_of(official.name, width))
            self.text(official.name, "signer", first=first, last=last)
            for text in official.lines_below:
                self.row += 1
                self._make_room(self.row, lines_of(text, width))
                self.text(text, "signature", first=first, last=last)
        self.row = top + max(len(above) + 5 + len(o.lines_below) for o, above in signers)

    def _make_room(self, row: int, lines: int) -> None:
        """Make the row high enough for so many lines, never lower than it is."""
        self.heights[row] = max(LINE_HEIGHT * lines, self.heights.get(row, LINE_HEIGHT))
        self.sheet.set_row(row, self.heights[row])


def _write_contents(page: Page, sheets: list[list[ReportTable]], names: list[str]) -> None:
    for text in page.book.heading:
        page.line(text, "title")
    page.row += 1
    page.line("DAFTAR TABEL", "title")
    placed = [(table, name) for tables, name in zip(sheets, names, strict=True) for table in tables]
    for table, name in placed:
        title = fitting(as_cell(table.title) or "")
        page.height(LINE_HEIGHT * lines_of(title, page.widths[1]))
        page.sheet.write_url(page.row, 0, f"internal:'{name}'!A1", page.looks("link"), table.name)
        page.text(title, "note", first=1, font_size=10)
        page.row += 1
    page.row += 1
    for text in page.book.provenance_lines:
        page.line(text, "note")


def _write_tables(page: Page, tables: list[ReportTable], *, signed: bool) -> None:
    """The tables of one sheet, from top to bottom; the last may be signed."""
    heading, starts, joined = range(0), [0], set()
    for table in tables:
        # On a sheet that fits a page no heading stands for all of its tables.
        heading = write_head(page, table, stays_in_view=len(tables) == 1)
        starts, kinds = [], []
        for line in table.lines:
            starts.append(page.row)
            kinds.append(line.kind)
            write_line(page, line)
        joined |= joined_rows(kinds, starts[0])
        write_foot(page, table, signed=signed and table is tables[-1])
    page.break_pages(heading, starts[-CLOSING_ROWS:][0], signed=signed, joined=joined)


def write_head(page: Page, table: ReportTable, *, stays_in_view: bool = True) -> range:
    """What stands above the first line of a table; returns the rows of headings to repeat."""
    page.row += 1
    if table.number is not None:
        page.line(table.heading, "title")
    page.line(table.title.upper(), "title")
    for text in table.subtitle:
        page.line(text, "subtitle")
    page.row += 1
    first = page.row
    _write_headings(page, table)
    if not stays_in_view:
        return range(0)
    page.sheet.freeze_panes(page.row, 0)
    page.sheet.repeat_rows(first, page.row - 1)
    return range(first, page.row)


def write_line(page: Page, line: Line) -> None:
    """One line of a table on the current row; the next row follows."""
    sheet, index, lines = page.sheet, 0, 1
    for cell in line.cells:
        look, last = page.looks.of(line.kind, cell), index + cell.span - 1
        if last > index:
            sheet.merge_range(page.row, index, page.row, last, "", look)
        _write_value(sheet, page.row, index, cell, look)
        lines = max(lines, lines_of(cell.text, sum(page.widths[index : last + 1]) - 2))
        index = last + 1
    page.height(height_of(lines))
    page.row += 1


def write_foot(page: Page, table: ReportTable, *, signed: bool) -> None:
    """What stands below the last line of a table: notes, source and, where signed, signatures."""
    page.row += 1
    if table.notes:
        page.line("Catatan:", "note")
        for text in table.notes:
            page.line(f"– {text}", "note")
    if table.source:
        page.line(f"Sumber: {table.source}", "note", italic=True)
    if signed and page.book.signatories:
        page.write_signatures()
    page.sheet.print_area(0, 0, page.row, page.last)


def _write_headings(page: Page, table: ReportTable) -> None:
    sheet, look, top = page.sheet, page.looks("heading"), page.row
    for depth, headings in enumerate(table.headings):
        page.row, height = top + depth, 1
        for heading in headings:
            last = heading.column + heading.across - 1
            if last > heading.column or heading.down > 1:
                end = page.row + heading.down - 1
                sheet.merge_range(page.row, heading.column, end, last, "", look)
            sheet.write_string(page.row, heading.column, as_cell(heading.label) or "", look)
            lines = lines_of(heading.label, sum(page.widths[heading.column : last + 1]) - 1)
            height = max(height, ceil(lines / heading.down))
        page.height(LINE_HEIGHT * height + 3)
    page.row = top + len(table.headings)
    for index in range(len(table.all_columns)):
        sheet.write_string(page.row, index, f"({index + 1})", page.looks("column_number"))
    page.row += 1


def _write_value(sheet, row: int, index: int, cell: ReportCell, look) -> None:
    value = cell.value
    if value is None and cell.text:
        # What is unknown says so here too; a word in a figure's place is not added up.
        sheet.write_string(row, index, cell.text, look)
    elif value is None:
        sheet.write_blank(row, index, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, index, fitting(value), look)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(row, index, value, look)
    else:
        sheet.write_number(row, index, value, look)


def _sheet_names(sheets: Sequence[Sequence[ReportTable]]) -> list[str]:
    """Each sheet by the number of its tables; a second one of the same name is counted."""
    names: list[str] = []
    for tables in sheets:
        own = tables[0].name if len(tables) == 1 else tables[0].name.removesuffix(tables[0].part)
        same = sum(name.split(" (")[0] == own for name in names)
        names.append(f"{own} ({same + 1})" if same else own)
    return names


def _number_format(column: ReportColumn) -> str:
    if column.places is None:
        return NUMBER_FORMATS[column.kind]
    places = column.places or 0
    return NUMBER_FORMATS["whole"] + ("." + "0" * places if places else "")
