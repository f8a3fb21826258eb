"""Which rows below the heading are data, and why each of the others is not.

Between and below the rows stand bands, totals, remarks and signatures. All of it is recognised
here, and each row is accounted for.
"""

import re
from dataclasses import dataclass

from ..cells.reading import is_blank
from .detect import MONTH_WORDS, Ignored, SheetTable, is_number_row, text_of

#: A lone cell after so many empty rows no longer belongs to the table.
FAR_GAP = 100

_TOTAL = re.compile(
    r"(sub\W*|grand\W*)?(jumlah|total|rata\W*rata|jml)\b"
    r"(\s+(total|besar|keseluruhan|seluruhnya|semua|kecamatan\b.*|kelurahan\b.*|ikm|industri|"
    r"nilai\b.*|pad|kota\b.*|tahun\b.*|aset\b.*|\(.*\)))?\W*",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(mengetahui|menyetujui|disetujui|diperiksa|dibuat oleh|yang membuat|"
    r"(plt|plh|pj|an|a\.n)\.?\s+kepala|"
    r"kepala\s+(dinas|skpd|upt|uptd|bidang|seksi|sub)|pengurus barang|bendahara|nip\b|"
    rf"[a-z .]+,\s*(\d{{1,2}}\s+)?({MONTH_WORDS}|…+|\.+)\s+\d{{4}})",
    re.IGNORECASE,
)
_REMARK = re.compile(r"(sumber|keterangan|catatan|ket|note)\s*[:.]|\*+\)|\*\s", re.IGNORECASE)
_BAND = re.compile(r"(kecamatan|kec\.?)\s*[:.]?\s+\S", re.IGNORECASE)


def settle_rows(table: SheetTable, name_fields: frozenset[str]) -> None:
    """Sorts the rows below the heading into data and rows left out with a reason.

    ``name_fields`` are the fields that make a row a record; a row that has one and three filled
    cells is data without further ado, all others are looked at closely.
    """
    sheet = table.sheet
    mapped = [column.index for column in table.columns if column.field]
    names = [column.index for column in table.columns if column.field in name_fields]
    _carry_merged(table, mapped)
    total_width = len(sheet.columns)
    rows = zip(*sheet.columns, strict=True)
    headings = [column.heading.split(" – ") for column in table.columns]
    again = headings[names[0]] if names else ()
    merged_rows = {top for top, left, bottom, right in sheet.merges if right > left}
    state = _State()
    enough = max(3, -(-len(mapped) * 6 // 10))
    for index, row in enumerate(rows):
        if index < table.first_row:
            continue
        if index > table.last_row:
            break
        filled = total_width - row.count(None)
        if filled > 3 and not state.signed and index not in merged_rows:
            first = row[names[0]] if names else None
            if (
                isinstance(first, str)
                and len(first) > 1
                and first[0] not in "jJtTrRsSgG*-( ."
                and (first[0] != again[0][:1] or text_of(first) not in again)
            ):
                table.rows.append(index)
                state.blanks = 0
                if state.band:
                    table.bands[index] = state.band
                continue
        reason = _why_ignored(table, row, index, mapped, names, enough, headings, state)
        if reason is None:
            table.rows.append(index)
            state.blanks = 0
            if state.band:
                table.bands[index] = state.band
        else:
            table.ignored.append(Ignored(index + 1, reason))


@dataclass(slots=True)
class _State:
    band: str = ""
    signed: bool = False
    blanks: int = 0


def _why_ignored(table, row, index, mapped, names, enough, headings, state):
    """The reason this row is not data, or None."""
    filled = [(c, cell) for c, cell in enumerate(row) if not is_blank(cell)]
    if not filled:
        state.blanks += 1
        return "baris kosong"
    blanks, state.blanks = state.blanks, 0
    inside = sum(1 for c, _ in filled if c in mapped)
    texts = [text for _, cell in filled if (text := text_of(cell))]
    if state.signed and inside < enough:
        return "blok tanda tangan"
    state.signed = False
    if len(filled) > 1 and all(text_of(cell) in headings[c] for c, cell in filled):
        return "judul kolom berulang"
    if texts and len(filled) <= 2 and _BAND.match(texts[0]):
        state.band = texts[0]
        return "judul kecamatan"
    if texts and _TOTAL.fullmatch(texts[0]) and _only_numbers(texts[1:]):
        if "rata" not in texts[0].lower():  # an average is no sum to compare with
            table.totals.append(index)
        return "baris jumlah"
    if len(filled) <= 4 and inside < enough and any(_SIGNATURE.match(text) for text in texts):
        state.signed = True
        return "blok tanda tangan"
    if len(filled) <= 2 and texts and _REMARK.match(texts[0]):
        return "keterangan di bawah tabel"
    if blanks >= FAR_GAP and len(filled) <= 2:
        table.far_rows.append(index + 1)
        return "di luar tabel"
    if inside == 0:
        return "tidak ada isi pada kolom yang dikenal"
    if len(filled) == 1 and texts and filled[0][0] not in names:
        return "judul bagian"
    if len(filled) == 1 and texts and _spans_table(table, index):
        return "judul bagian"
    if is_number_row(table.sheet, index) and len(filled) >= max(3, len(mapped) - 1):
        return "baris nomor kolom"
    return None


def _only_numbers(texts):
    return not any(re.search(r"[^\W\d]{3,}", text) for text in texts)


def _spans_table(table, index):
    return any(top == index and right > left for top, left, bottom, right in table.sheet.merges)


def _carry_merged(table, mapped):
    """A kelurahan merged over five rows stands in each of them."""
    for top, left, bottom, right in table.sheet.merges:
        if left == right and bottom > top >= table.first_row and left in mapped:
            cells = table.sheet.columns[left]
            if cells[top] is None:
                continue
            for row in range(top + 1, min(bottom, len(cells) - 1) + 1):
                if cells[row] is None:
                    cells[row] = cells[top]
                    table.carried[left] = table.carried.get(left, 0) + 1
