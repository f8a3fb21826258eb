"""A book of tables as a workbook: one sheet per table, ready to print."""

import datetime
import io
from collections.abc import Sequence
from math import ceil
from typing import BinaryIO

from balikpapan.spreadsheets.writing import as_cell, fitting

from .book import ReportBook
from .page_groups import sharing_a_page
from .pdf_text import BOLD
from .tables import Line, ReportCell, ReportTable
from .xlsx_chart import SHEET, chart_widths, write_charts
from .xlsx_layout import (
    LINE_HEIGHT,
    Span,
    grid_for,
    height_of,
    joined_rows,
    lines_of,
)
from .xlsx_page import Looks, Page, new_workbook

COVER_WIDTHS, COVER_SPACE = [20] * 5, 9  # characters; rows above and below the title
CLOSING_ROWS = 3  # so many last rows stay with the notes and signatures


def write_book(book: ReportBook, stream: BinaryIO) -> None:
    """The whole book as a workbook; the same book gives the same bytes."""
    buffer = io.BytesIO()  # XlsxWriter closes what it is given, and the stream is the caller's
    with new_workbook(book, buffer) as workbook:
        looks = Looks(workbook)
        sheets = sharing_a_page(book)
        names = _sheet_names(sheets)
        whole_book = len(book.tables) > 1
        if whole_book:
            _write_cover(Page(workbook, looks, book, "Sampul", COVER_WIDTHS))
            _write_contents(Page(workbook, looks, book, "Daftar Tabel", [14, 86]), sheets, names)
        if charts := book.charts:
            page = Page(workbook, looks, book, SHEET, chart_widths(charts))
            write_charts(workbook, page, charts)
        for tables, name in zip(sheets, names, strict=True):
            is_signed = tables is sheets[-1]
            grid = grid_for(tables, len(book.signatories) if is_signed else 0)
            page = Page(workbook, looks, book, name, grid.widths)
            # A book is headed on its first page and signed on its last.
            if not whole_book:
                page.write_letterhead()
            _write_tables(page, tables, grid.spans, signed=is_signed)
    stream.write(buffer.getvalue())


def _write_cover(page: Page) -> None:
    """The first page: letterhead, what the book is, where and when it was made."""
    page.write_letterhead()
    page.row += COVER_SPACE
    for text in page.book.heading:
        page.line(text, "cover")
    page.row += COVER_SPACE
    page.line(page.book.place_and_date, "subtitle")
    page.sheet.print_area(0, 0, page.row, page.last)
    page.sheet.fit_to_pages(1, 1)


def _write_contents(page: Page, sheets: list[list[ReportTable]], names: list[str]) -> None:
    page.line("DAFTAR TABEL", "title")
    placed = [(table, name) for tables, name in zip(sheets, names, strict=True) for table in tables]
    for table, name in placed:
        _write_entry(page, table.name, table.title, name)
    page.row += 1
    if charts := page.book.charts:
        page.line("DAFTAR GAMBAR", "title")
        for chart in charts:
            _write_entry(page, chart.name, chart.title, SHEET)
        page.row += 1
    for text in page.book.provenance_lines:
        page.line(text, "note")


def _write_entry(page: Page, name: str, title: str, sheet: str) -> None:
    """One line of the contents, leading to its sheet."""
    title = fitting(as_cell(title) or "")
    page.height(LINE_HEIGHT * lines_of(title, page.widths[1]))
    page.sheet.write_url(page.row, 0, f"internal:'{sheet}'!A1", page.looks("link"), name)
    page.text(title, "note", first=1, font_size=10)
    page.row += 1


def _write_tables(
    page: Page, tables: list[ReportTable], spans: list[list[Span]], *, signed: bool
) -> None:
    """The tables of one sheet, from top to bottom; the last may be signed."""
    heading, starts, joined = range(0), [0], set()
    for table, places in zip(tables, spans, strict=True):
        # On a sheet that fits a page no heading stands for all of its tables.
        heading = write_head(page, table, places, stays_in_view=len(tables) == 1)
        starts, kinds = [], []
        for line in table.lines:
            starts.append(page.row)
            kinds.append(line.kind)
            write_line(page, line, places)
        joined |= joined_rows(kinds, starts[0])
        write_foot(page, table, signed=signed and table is tables[-1])
    page.break_pages(heading, starts[-CLOSING_ROWS:][0], signed=signed, joined=joined)


def write_head(
    page: Page, table: ReportTable, spans: Sequence[Span], *, stays_in_view: bool = True
) -> range:
    """What stands above the first line of a table; returns the rows of headings to repeat."""
    page.row += 1
    if table.number is not None:
        page.line(table.heading, "title")
    page.line(table.title.upper(), "title")
    for text in table.subtitle:
        page.line(text, "subtitle")
    page.row += 1
    first = page.row
    _write_headings(page, table, spans)
    if not stays_in_view:
        return range(0)
    page.sheet.freeze_panes(page.row, 0)
    page.sheet.repeat_rows(first, page.row - 1)
    return range(first, page.row)


def write_line(page: Page, line: Line, spans: Sequence[Span]) -> None:
    """One line of a table on the current row; the next row follows."""
    sheet, index, lines = page.sheet, 0, 1
    for cell in line.cells:
        look = page.looks.of(line.kind, cell)
        first, last = spans[index][0], spans[index + cell.span - 1][1]
        if last > first:
            sheet.merge_range(page.row, first, page.row, last, "", look)
        _write_value(sheet, page.row, first, cell, look)
        if not cell.column.is_figure:
            lines = max(lines, lines_of(cell.text, sum(page.widths[first : last + 1]) - 2))
        index += cell.span
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


def _write_headings(page: Page, table: ReportTable, spans: Sequence[Span]) -> None:
    sheet, look, top = page.sheet, page.looks("heading"), page.row
    for depth, headings in enumerate(table.headings):
        page.row, height = top + depth, 1
        for heading in headings:
            first = spans[heading.column][0]
            last = spans[heading.column + heading.across - 1][1]
            if last > first or heading.down > 1:
                end = page.row + heading.down - 1
                sheet.merge_range(page.row, first, end, last, "", look)
            sheet.write_string(page.row, first, as_cell(heading.label) or "", look)
            width = sum(page.widths[first : last + 1]) - 1
            lines = lines_of(heading.label, width, BOLD)
            height = max(height, ceil(lines / heading.down))
        page.height(LINE_HEIGHT * height + 3)
    page.row = top + len(table.headings)
    look = page.looks("column_number")
    for number, (first, last) in enumerate(spans, 1):
        if last > first:
            sheet.merge_range(page.row, first, page.row, last, "", look)
        sheet.write_string(page.row, first, f"({number})", look)
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
    """Each sheet by the numbers of its tables; a second one of the same name is counted."""
    names: list[str] = []
    for tables in sheets:
        own = _sheet_name(tables)
        same = sum(name.split(" (")[0] == own for name in names)
        names.append(f"{own} ({same + 1})" if same else own)
    return names


def _sheet_name(tables: Sequence[ReportTable]) -> str:
    """ "Tabel 9" for all of its parts, "Tabel 8 dan 9" or "Tabel 10–12" for several numbers."""
    first = tables[0].name
    if len(tables) == 1:
        return first
    own = first.removesuffix(tables[0].part)
    numbers = list(dict.fromkeys(str(table.number) for table in tables))
    if len(numbers) == 1:
        return own
    return f"{own}{'–' if len(numbers) > 2 else ' dan '}{numbers[-1]}"
