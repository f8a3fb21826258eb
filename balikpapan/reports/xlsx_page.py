"""One sheet of a workbook as a page of an official report: letterhead, titles, signatures, breaks."""

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
from .pdf_text import BOLD, PLAIN
from .tables import ReportCell, ReportColumn
from .xlsx_layout import (
    LINE_HEIGHT,
    PAGE_HEIGHT,
    USUAL_ROW,
    lines_of,
    page_breaks,
    print_scale,
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
MOST_BREAKS = 1000  # Excel takes 1.023
LOGO_HEIGHT = 62  # pixels

LOOKS = {
    "government": {"bold": True, "font_size": 13, "align": "center"},
    "office": {"bold": True, "font_size": 14, "align": "center", "text_wrap": True},
    "details": {"font_size": 9, "align": "center", "text_wrap": True},
    "rule": {"top": 6},
    "cover": {"bold": True, "font_size": 20, "align": "center", "text_wrap": True},
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
            extra |= {"align": "right", "indent": 1, "num_format": number_format(column)}
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
        font = BOLD if LOOKS[look].get("bold") else PLAIN
        self.height(LINE_HEIGHT * size * lines_of(text, sum(self.widths) / size, font))
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
                self.make_room(top + depth, lines_of(text, width))
                self.text(text, "signature", first=first, last=last)
                self.row += 1
            self.row += 4
            self.make_room(self.row, lines_of(official.name, width))
            self.text(official.name, "signer", first=first, last=last)
            for text in official.lines_below:
                self.row += 1
                self.make_room(self.row, lines_of(text, width))
                self.text(text, "signature", first=first, last=last)
        self.row = top + max(len(above) + 5 + len(o.lines_below) for o, above in signers)

    def make_room(self, row: int, lines: int) -> None:
        """Make the row high enough for so many lines, never lower than it is."""
        self.heights[row] = max(LINE_HEIGHT * lines, self.heights.get(row, LINE_HEIGHT))
        self.sheet.set_row(row, self.heights[row])


def number_format(column: ReportColumn) -> str:
    """How a spreadsheet program writes the figures of a column."""
    if column.places is None:
        return NUMBER_FORMATS[column.kind]
    places = column.places or 0
    return NUMBER_FORMATS["whole"] + ("." + "0" * places if places else "")
