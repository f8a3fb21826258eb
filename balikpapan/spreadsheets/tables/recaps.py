"""Recaps below a list: its rows counted per kecamatan or kind, which are no rows of the list."""

import re
from collections.abc import Sequence

from .row_view import Row, Walk, filled_cells
from .sums import number_in

_TITLE = re.compile(r"\W*(?:[A-Z]\.|[IVX]+\.|\d+\.)?\s*rekap(?:itulasi)?\b", re.IGNORECASE)
#: What a recap counts by, and how it calls the counts.
_COUNTED_BY = re.compile(
    r"(?:nama )?(?:kecamatan|kelurahan|kec\W{0,3}kel\w*|kelompok|komodit[ia]s?|jenis|uraian|cabang|bidang|"
    r"bentuk usaha|skala|kategori|klasifikasi|wilayah|sektor|golongan|tahun|bulan)\b[\w ./()-]*",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?:jumlah|jml|jlh|total|banyak(?:nya)?|unit|ikm|umkm|persen(?:tase)?|%)(?:[\W_].*)?",
    re.IGNORECASE,
)
#: A row of a list has more words: a name, an owner, an address.
_MOST_WORDS = 2
#: So far below a title the rows are looked for that tell what it is the title of.
_REACH = 8
_OTHER = re.compile(r"(?:no|nomor|no urut|ket|keterangan|satuan)\.?", re.IGNORECASE)


#: What it counts by, and the counts.
FEWEST_HEADINGS = 2


def is_recap(row: Row, walk: Walk) -> bool:
    """The title or the heading of a recap below the list, and what stands under it.

    The list goes on with the first row that says more than what is counted and how much; a title
    belongs to the rows below it, whatever it calls them.
    """
    if not walk.has_data:
        return False
    if len(row.cells) == 1:
        return (walk.recap or _is_title(row)) and _stands_over_counts(row, walk)
    return _is_heading(row) or (walk.recap and not row.is_next and _is_count(row))


def _is_title(row: Row) -> bool:
    return len(row.cells) == len(row.words) == 1 and bool(_TITLE.match(row.words[0][1]))


def _stands_over_counts(row: Row, walk: Walk) -> bool:
    """Whether the first row below that fills several cells is one of a recap."""
    table = row.shape.table
    columns = range(*table.span)
    for index in range(row.index + 1, min(row.index + 1 + _REACH, table.last_row + 1)):
        cells = filled_cells([table.sheet.columns[c][index] for c in columns], columns)
        if len(cells) > 1:
            below = Row(index, cells, walk)
            return _is_heading(below) or _is_count(below)
    return False


def _is_count(row: Row) -> bool:
    """What is counted, and at least one number besides the running one."""
    numbers = [column for column, cell in row.cells if number_in(cell) is not None]
    counts = [column for column in numbers if column != row.shape.number]
    return len(row.words) <= _MOST_WORDS and bool(counts)


def _is_heading(row: Row) -> bool:
    if any(number_in(cell) is not None for _, cell in row.cells):
        return False
    return is_recap_heading([text for _, text in row.texts])


def is_recap_heading(texts: Sequence[str]) -> bool:
    """Whether of the texts of a row the first is what is counted by and the next a count."""
    texts = [" ".join(text.split()) for text in texts if not _OTHER.fullmatch(text)]
    if len(texts) < FEWEST_HEADINGS:
        return False
    return bool(_COUNTED_BY.fullmatch(texts[0]) and _COUNT.fullmatch(texts[1]))
