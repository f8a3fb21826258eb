"""Which tables of a book share a page, on paper and in the workbook alike."""

from collections.abc import Sequence
from itertools import groupby

from .book import ReportBook
from .tables import ReportTable
from .xlsx_layout import (
    PAGE_HEIGHT,
    SHARED_SCALE,
    USUAL_ROW,
    grid_for,
    height_about,
    print_scale,
)

#: Points of a sheet that a PDF page holds, its rows being lower than those of a sheet.
PAPER_HEIGHT = 580
SIGNING_ROWS = 6  # above a name, between it and the table, and the free rows to sign in


def sharing_a_page(book: ReportBook) -> list[list[ReportTable]]:
    """The tables by the page they stand on: small ones share it, the parts of one number first.

    A table that no page holds with another stands alone, however many pages it takes.
    """
    closing = _signing_height(book)
    groups = _parts_together(book.tables)
    pages = groups[:1]
    for group in groups[1:]:
        together = [*pages[-1], *group]
        if _fit_on_a_page(together, closing if group is groups[-1] else 0):
            pages[-1] = together
        else:
            pages.append(group)
    return pages


def _parts_together(tables: Sequence[ReportTable]) -> list[list[ReportTable]]:
    """The parts of each number together where a page holds them all, else each by itself."""
    groups: list[list[ReportTable]] = []
    for _, same in groupby(tables, key=lambda table: table.number):
        parts = list(same)
        together = len(parts) == 1 or _fit_on_a_page(parts)
        groups += [parts] if together else [[part] for part in parts]
    return groups


def _fit_on_a_page(tables: Sequence[ReportTable], closing: float = 0) -> bool:
    grid = grid_for(tables)
    height = closing + sum(
        height_about(table, grid.widths_for(place)) for place, table in enumerate(tables)
    )
    printed = height * print_scale(grid.widths) / 100 * SHARED_SCALE
    return height <= PAPER_HEIGHT and printed <= PAGE_HEIGHT


def _signing_height(book: ReportBook) -> float:
    """How many points the signatures take."""
    lines = [
        len(above) + len(official.lines_below)
        for official, above in zip(book.signatories, book.lines_above_names, strict=True)
    ]
    return (max(lines) + SIGNING_ROWS) * USUAL_ROW if lines else 0
