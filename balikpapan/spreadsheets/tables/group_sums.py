"""Titles of groups that carry the sums of the rows below them: "I | PANGAN | | 12 | 3.000.000"."""

import math
from itertools import takewhile

from ..model import Cell
from .bands import Band, numbering_style, read_band
from .row_view import Row, Walk
from .sums import number_in, stands_beside, sum_label
from .texts import text_of

#: The sum of fewer rows may be the figures of a record of its own.
FEWEST_SUMMED = 2


def is_group_with_sums(row: Row, walk: Walk) -> bool:
    """A group's title whose numbers are the sums of the rows down to the next such title."""
    return bool(row.figures) and _may_be_group(row) and _equals_rows_below(row, walk)


def may_be_group_with_sums(row: Row, walk: Walk) -> bool:
    """A line numbered as groups are, with figures alone, above rows that have numbers."""
    if not row.figures or not _style(row):
        return False
    is_band = any(band.certain and band.prefixed for band in row.bands)
    return _may_be_group(row) and (is_band or _is_numbered_below(row))


def _style(row: Row) -> str:
    """How the group is numbered in the column of running numbers: "letter" or "roman"."""
    column, text = row.texts[0] if row.texts else (None, "")
    style = numbering_style(text) if column == row.shape.number else ""
    return style if style in ("letter", "roman") else ""


def _may_be_group(row: Row) -> bool:
    """A title, counts perhaps, and nothing that only a record has."""
    if row.number is not None and not any(band.certain for band in row.bands):
        return False
    words = row.words[1:] if _style(row) else row.words
    if not words or words[0][0] not in {row.shape.number, *row.shape.names}:
        return False
    is_band = any(band.certain and band.prefixed for band in row.bands)
    is_group = _style(row) or is_band or (row.number is None and _is_numbered_below(row))
    return bool(is_group) and all(stands_beside(text) for _, text in words[1:])


def _is_numbered_below(row: Row) -> bool:
    """Whether the row below it has a running number."""
    number, below = row.shape.number, row.index + 1
    if number is None or below > row.shape.table.last_row:
        return False
    return number_in(row.shape.table.sheet.columns[number][below]) is not None


def _equals_rows_below(row: Row, walk: Walk) -> bool:
    sums = dict.fromkeys(row.figures, 0.0)
    columns = row.shape.table.sheet.columns
    count = 0
    for index in range(row.index + 1, row.shape.table.last_row + 1):
        kind = _looks_like(row, index, walk)
        if kind == "end":
            break
        if kind != "record":
            continue
        count += 1
        for column in sums:
            sums[column] += number_in(columns[column][index]) or 0
    is_named = bool(_style(row) or any(band.certain for band in row.bands))
    return count >= (1 if is_named else FEWEST_SUMMED) and all(
        math.isclose(figure, sums[column], rel_tol=1e-9, abs_tol=0.01)
        for column, figure in row.figures.items()
    )


def _looks_like(row: Row, index: int, walk: Walk) -> str:
    """What a row below a group's title is: a "record", the "end" of the group, or "other"."""
    shape = row.shape
    columns = shape.table.sheet.columns
    number: Cell = None if shape.number is None else columns[shape.number][index]
    name = text_of(columns[shape.names[0]][index]) if shape.names else ""
    style = numbering_style(text_of(number)) if isinstance(number, str) else ""
    if style in ("letter", "roman"):
        return "end" if style in {_style(row), *(b.style for b in _outer(row, walk))} else "other"
    if name and sum_label(name) is not None:
        return "other"
    is_numbered = number_in(number) is not None
    if not is_numbered and (band := read_band(name, shape.rules.names)) and band.certain:
        return "end" if _is_of_level(band, row, walk) else "other"
    if not is_numbered and name and shape.number is not None and not _style(row):
        return "end" if not row.bands else "other"
    return "record" if name and (is_numbered or shape.number is None) else "other"


def _is_of_level(band: Band, row: Row, walk: Walk) -> bool:
    """Whether a band below ends the group: of its own level, or of one that holds it."""
    return band.field in {own.field for own in (*row.bands, *_outer(row, walk))}


def _outer(row: Row, walk: Walk) -> list[Band]:
    """The open bands that hold the group as well."""
    fields, style = {band.field for band in row.bands}, _style(row)
    stack = walk.bands.stack
    return [*takewhile(lambda b: b.field not in fields and not (style and b.style == style), stack)]
