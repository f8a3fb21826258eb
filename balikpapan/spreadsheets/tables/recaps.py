"""Recaps below a list: its rows counted per kecamatan or kind, which are no rows of the list."""

import re

from .row_view import Row, Walk

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
#: So many words has a row of a list: a name, an owner, an address.
_WORDS = 3
_OTHER = re.compile(r"(?:no|nomor|no urut|ket|keterangan|satuan)\.?", re.IGNORECASE)


#: What it counts by, and the counts.
FEWEST_HEADINGS = 2


def is_recap(row: Row, walk: Walk) -> bool:
    """The title or the heading of a recap below the list, and what stands under it.

    It ends at a row that goes on with the list: a number, and more words than one counts by.
    """
    if not walk.has_data:
        return False
    if walk.recap:
        return row.number is None or len(row.words) < _WORDS
    return _is_title(row) or _is_heading(row)


def _is_title(row: Row) -> bool:
    return len(row.cells) == len(row.words) == 1 and bool(_TITLE.match(row.words[0][1]))


def _is_heading(row: Row) -> bool:
    """Words alone, of which the first is what is counted by and the next a count."""
    if len(row.words) < len(row.cells):
        return False
    texts = [" ".join(text.split()) for _, text in row.words if not _OTHER.fullmatch(text)]
    if len(texts) < FEWEST_HEADINGS:
        return False
    return bool(_COUNTED_BY.fullmatch(texts[0]) and _COUNT.fullmatch(texts[1]))
