"""Titles of a part of a list that stand in the column of names: "USAHA KERAJINAN"."""

import re

from ..cells.reading import is_blank
from .bands import Band
from .row_view import Row, TableShape, Walk
from .sums import number_in
from .table import without_period

#: So far below a title its first row is looked for; further titles may stand in between.
_REACH = 8
#: A row of the list fills more cells than a title.
_FEWEST_CELLS = 2
_ENUMERATION = re.compile(r"^\W*(?:[A-Z]|[IVXL]{1,5}|\d{1,2})[.)]\s+")
#: How titles begin that are not in capitals.
_TITLE = re.compile(
    r"(?:usaha|industri|kelompok|kub|sentra|kerajinan|bidang|cabang|jenis|produk|produksi|olahan|"
    r"makanan|minuman|pangan|sandang|aneka|jasa|peralatan|alat|bangunan|kegiatan|pelatihan|"
    r"ruang|ruangan|gedung|gudang|kantor|lokasi|program|golongan|kategori|klaster|binaan)\b",
    re.IGNORECASE,
)


def is_section_title(row: Row, walk: Walk) -> bool:
    """The only cell of a row without a number, above numbered rows of a list that has numbers.

    The number of the row below it must not have left one out for the row in question.
    """
    shape = row.shape
    if shape.number is None or len(row.cells) != 1 or len(row.words) != 1:
        return False
    column, text = row.words[0]
    if column not in shape.names and not shape.titled:
        return False
    if (column in shape.children and not shape.titled) or text[:1].islower():
        return False
    if walk.last_number is None and walk.has_data:
        return False
    below = _number_below(row)
    if below == 1:
        return True
    return (
        below is not None and below == (walk.last_number or 0) + 1 and _is_titled(row, text, walk)
    )


def _number_below(row: Row) -> int | None:
    """The running number of the first row below that fills several cells."""
    shape, table = row.shape, row.shape.table
    for index in range(row.index + 1, min(row.index + 1 + _REACH, table.last_row + 1)):
        cells = [table.sheet.columns[column][index] for column in range(*table.span)]
        if sum(not is_blank(cell) for cell in cells) < _FEWEST_CELLS:
            continue
        number = number_in(table.sheet.columns[shape.number or 0][index])
        return int(number) if number is not None else None
    return None


def _is_titled(row: Row, text: str, walk: Walk) -> bool:
    """Whether it says more than a name whose number was forgotten, or the second line of one."""
    column, names = row.words[0][0], row.shape.table.sheet.columns
    rows = row.shape.table.rows
    if walk.sectioned and walk.blanks:
        return True  # set apart by a blank row, in a list that has such titles
    if not walk.blanks and rows and rows[-1] != row.index - 1:
        return True  # below another title or a sum
    above = names[column][rows[-1]] if rows else None
    capitals = text.isupper() and not (isinstance(above, str) and above.isupper())
    return capitals or bool(_TITLE.match(text))


def open_section(row: Row, walk: Walk, regions: tuple[str, ...]) -> None:
    """Opens the bands of a section title; only a region in it is given to the rows below.

    It lies within an open region where the first of its kind stood directly under one.
    """
    walk.sectioned = True
    position = len(row.shape.table.rows)
    if named := [band for band in row.bands if band.field in regions]:
        for band in named:
            walk.bands.open(band, position)
        return
    if row.shape.titled:
        walk.bands.open(titled_band(row.shape, row.words[0][1]), position)
        return
    walk.nested_sections |= bool(walk.bands.positions) and walk.bands.positions[-1] == position
    style = "section" if walk.nested_sections else ""
    walk.bands.open(Band("", row.words[0][1], style), position)


def titled_band(shape: TableShape, text: str, style: str = "") -> Band:
    """The band that gives the title of a section, without its year and month, to the rows below."""
    text = _ENUMERATION.sub("", text)
    return Band(shape.titled, without_period(text).strip(" -–,:()") or text, style)
