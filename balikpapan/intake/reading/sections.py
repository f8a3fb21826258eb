"""Titles between the rows of a table that change what all rows below them mean.

"(Dalam jutaan rupiah)" over the second half of a list, or "ANGGARAN PERUBAHAN" over a second budget,
holds for what stands below it as the title above the heading does for the whole list.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from balikpapan.spreadsheets.tables.headings import Vocabulary
from balikpapan.spreadsheets.tables.kinds import RowKind
from balikpapan.spreadsheets.tables.row_kinds import TITLE_LINES
from balikpapan.spreadsheets.tables.table import (
    SheetTable,
    SumRow,
    TableColumn,
    named_unit,
    retitled,
)
from balikpapan.spreadsheets.tables.texts import text_of

from ..resources import SheetResource
from .sheet_layout import Layout

#: The kinds of rows that may be a title of what stands below them.
_TITLES = (RowKind.CAPTION, RowKind.SECTION, RowKind.NO_CONTENT)


@dataclass(frozen=True, slots=True)
class _Title:
    """Captions one below the other; ``row`` is the first, all are indexes into the grid."""

    row: int
    lines: list[str]
    #: Whether the heading is printed again below it.
    over_heading: bool


def split_sections(layout: Layout, resource: SheetResource, vocabulary: Vocabulary | None) -> None:
    """Makes tables of their own of the rows below a title that gives another unit or stage."""
    money = vocabulary.money if vocabulary else frozenset()
    for item in layout.sheets:
        item.tables = [part for table in item.tables for part in _parts(table, resource, money)]


def _parts(
    table: SheetTable, resource: SheetResource, money: frozenset[str]
) -> Iterator[SheetTable]:
    """The table up to its first such title, then each part below one."""
    titles, columns, first = table.titles, table.columns, table.first_row
    cuts = [title for title in _titles_of(table) if title.row < table.last_row]
    for title in cuts:
        if not _begins_part(title, titles, resource):
            continue
        if first < title.row:
            yield _part(table, range(first, title.row), titles, columns)
        first, titles = title.row, _retitled(titles, title.lines, resource)
        # A caption stands closer to its rows than a heading far above it.
        silent = any(map(named_unit, title.lines)) and not title.over_heading
        columns = [
            replace(c, unit=None if silent and c.field in money else c.unit) if c.field else c
            for c in columns
        ]
    if titles is table.titles:
        yield table
    else:
        yield _part(table, range(first, table.last_row + 1), titles, columns)


def _titles_of(table: SheetTable) -> list[_Title]:
    """The captions between the rows, from top to bottom."""
    headings = {e.row - 1 for e in table.ignored if e.kind is RowKind.REPEATED_HEADING}
    sides = table.sheet.columns[slice(*table.span)]
    titles: list[_Title] = []
    end = -1
    for entry in table.ignored:
        row = entry.row - 1
        if entry.kind not in _TITLES or row < table.first_row:
            continue
        lines = [text for column in sides if (text := text_of(column[row]))]
        below = headings.intersection(range(row + 1, row + 1 + TITLE_LINES))
        over = bool(below) and _rows_between(table.rows, row, min(below)) == 0
        if titles and row == end + 1:
            lines, over = [*titles[-1].lines, *lines], over or titles[-1].over_heading
            titles[-1] = _Title(titles[-1].row, lines, over)
        else:
            titles.append(_Title(row, lines, over))
        end = row
    return titles


def _rows_between(rows: Sequence[int], first: int, last: int) -> int:
    return bisect_left(rows, last) - bisect_left(rows, first)


def _begins_part(title: _Title, titles: list[str], resource: SheetResource) -> bool:
    """Whether it is a title over a heading, or says another unit, stage or part of a year than before."""
    if title.over_heading and not set(title.lines) <= set(titles):
        return True
    units = {named_unit(line) for line in titles}
    stages = {resource.stage_in(line) for line in titles}
    parts = {resource.part_in(line) for line in titles}
    return any(
        (named_unit(line) or None) not in {None, *units}
        or (resource.stage_in(line) or None) not in {None, *stages}
        or (resource.part_in(line) or None) not in {None, *parts}
        for line in title.lines
    )


def _retitled(titles: list[str], lines: list[str], resource: SheetResource) -> list[str]:
    if any(resource.stage_in(line) for line in lines):
        titles = [title for title in titles if resource.stage_in(title) is None]
    if any(resource.part_in(line) for line in lines):
        titles = [title for title in titles if resource.part_in(title) != title.strip()]
    return retitled(titles, lines)


def _part(
    table: SheetTable, rows: range, titles: list[str], columns: list[TableColumn]
) -> SheetTable:
    """The part of a table in these rows of the sheet; all parts take time as one walk over it."""
    is_first = rows.start == table.first_row
    start, end = (bisect_left(table.rows, row) for row in (rows.start, rows.stop))
    # Excel's numbers are one more than the indexes.
    first_left, end_left = (
        bisect_left(table.ignored, row + 1, key=attrgetter("row"))
        for row in (0 if is_first else rows.start, rows.stop)
    )
    first_total, end_total = (
        bisect_left(table.totals, row, key=attrgetter("row")) for row in (rows.start, rows.stop)
    )
    # What adds up rows of several parts adds up amounts that are written differently.
    totals = [
        SumRow(total.row, starts, total.end - start)
        for total in table.totals[first_total:end_total]
        if (starts := tuple(place - start for place in total.starts if place >= start))
    ]
    return replace(
        table,
        columns=columns,
        rows=table.rows[start:end],
        first_row=rows.start,
        last_row=rows.stop - 1,
        lead=table.lead if is_first else 0,
        titles=titles,
        ignored=table.ignored[first_left:end_left],
        totals=totals,
        bands=_within(table.bands, rows),
        continued=_within(table.continued, rows),
        doubtful=_within(table.doubtful, rows),
    )


def _within(by_row: dict[int, Any], rows: range) -> dict[int, Any]:
    return {row: by_row[row] for row in rows if row in by_row} if by_row else {}
