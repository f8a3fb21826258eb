"""Finding the table in a sheet: heading rows, columns, data rows, and every row left out.

Offices put a letterhead and titles above the heading, numbers under it, bands and totals between
the rows and signatures below. All of it is recognised here, and each row is accounted for.
"""

import re
from dataclasses import dataclass, field

from .cells.reading import is_blank
from .grid import Formula, Sheet, column_letter
from .headings import Vocabulary, money_unit, period

#: How far down a heading is looked for, and over how many rows it may stretch.
SEARCH_ROWS, HEADING_ROWS = 60, 3
#: A lone cell after so many empty rows no longer belongs to the table.
FAR_GAP = 100

_TOTAL = re.compile(
    r"(sub\W*|grand\W*)?(jumlah|total|rata\W*rata|jml)\b"
    r"(\s+(total|besar|keseluruhan|seluruhnya|semua|kecamatan\b.*|kelurahan\b.*|ikm|industri|"
    r"nilai\b.*|pad|kota\b.*|tahun\b.*|aset\b.*|\(.*\)))?\W*",
    re.IGNORECASE,
)
_MONTH = (
    "januari|februari|pebruari|maret|april|mei|juni|juli|agustus|september|oktober|november|"
    "nopember|desember"
)
_SIGNATURE = re.compile(
    r"(mengetahui|menyetujui|disetujui|diperiksa|dibuat oleh|yang membuat|"
    r"(plt|plh|pj|an|a\.n)\.?\s+kepala|"
    r"kepala\s+(dinas|skpd|upt|uptd|bidang|seksi|sub)|pengurus barang|bendahara|nip\b|"
    rf"[a-z .]+,\s*(\d{{1,2}}\s+)?({_MONTH}|…+|\.+)\s+\d{{4}})",
    re.IGNORECASE,
)
_REMARK = re.compile(r"(sumber|keterangan|catatan|ket|note)\s*[:.]|\*+\)|\*\s", re.IGNORECASE)
_BAND = re.compile(r"(kecamatan|kec\.?)\s*[:.]?\s+\S", re.IGNORECASE)
_COLUMN_NUMBER = re.compile(r"[(\[]?(\d{1,2})[)\]]?(\s*[=:].*)?")
_YEAR = re.compile(
    rf"(?:\btahun(?:\s+(?:anggaran|data))?|\bt\.?a\.?|\b(?:{_MONTH}))\s*[:.]?\s*((?:19|20)\d\d)\b"
    r"(?!\s*[-–/]\s*(?:19|20)\d\d)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class TableColumn:
    """One column of the table and what its heading was taken for."""

    index: int
    heading: str
    field: str | None = None
    others: tuple[str, ...] = ()
    unit: int | None = None  # what money is multiplied by, None where the heading is silent
    period: str | None = None
    fuzzy: bool = False
    running_number: bool = False

    @property
    def letter(self) -> str:
        return column_letter(self.index)


@dataclass(frozen=True, slots=True)
class Ignored:
    """A row that is not data, with the reason; ``row`` is Excel's."""

    row: int
    reason: str


@dataclass(slots=True)
class Table:
    """The register's table in one sheet; rows are zero-based indexes into the grid."""

    sheet: Sheet
    header_rows: list[int]
    columns: list[TableColumn]
    first_row: int
    last_row: int
    rows: list[int] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    bands: dict[int, str] = field(default_factory=dict)  # data row -> text of the band above it
    totals: list[int] = field(default_factory=list)
    far_rows: list[int] = field(default_factory=list)
    carried: dict[int, int] = field(default_factory=dict)  # column -> cells filled from a merge
    titles: list[str] = field(default_factory=list)

    @property
    def row_count(self) -> int:
        """Rows from the first below the heading to the last that holds anything."""
        return self.last_row - self.first_row + 1

    def column_of(self, name: str) -> TableColumn | None:
        """The column taken for a field."""
        return next((column for column in self.columns if column.field == name), None)

    def title_year(self) -> int | None:
        """The one year the titles name ("TAHUN 2024"); None where they name none or several."""
        years = {int(found) for line in self.titles for found in _YEAR.findall(line)}
        return years.pop() if len(years) == 1 else None

    def title_unit(self) -> int | None:
        """The money unit a title gives to headings that say nothing ("Dalam Ribuan Rupiah")."""
        units = {
            unit
            for line in self.titles
            if re.search(r"\bdalam\b|ribu|juta|\(\s*rp", line, re.IGNORECASE)
            and (unit := money_unit(line))
        }
        return units.pop() if len(units) == 1 else None


def find_table(sheet: Sheet, vocabulary: Vocabulary) -> Table | None:
    """The table of this register in the sheet, or None where no heading is recognised."""
    heading = _find_heading(sheet, vocabulary)
    if heading is None:
        return None
    start, depth, columns = heading
    table = Table(
        sheet=sheet,
        header_rows=[row + 1 for row in range(start, start + depth)],
        columns=columns,
        first_row=start + depth,
        last_row=_last_row(sheet),
        titles=_titles(sheet, start),
    )
    if table.first_row <= table.last_row and _is_number_row(sheet, table.first_row):
        table.first_row += 1
    return table


def headerless_table(sheet: Sheet) -> Table:
    """A table without any heading: each column stands under its letter."""
    columns = [
        TableColumn(index, column_letter(index))
        for index, cells in enumerate(sheet.columns)
        if any(not is_blank(cell) for cell in cells)
    ]
    first = next(
        (
            row
            for row in range(sheet.height)
            if sum(not is_blank(sheet.columns[c.index][row]) for c in columns) > 1
        ),
        0,
    )
    return Table(sheet, [], columns, first, _last_row(sheet))


def _last_row(sheet: Sheet) -> int:
    for row in range(sheet.height - 1, -1, -1):
        if any(not _is_empty(column[row]) for column in sheet.columns):
            return row
    return -1


def _is_empty(cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _text(cell) -> str:
    if isinstance(cell, Formula):
        cell = cell.value
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _titles(sheet: Sheet, start: int) -> list[str]:
    return [
        text for row in range(start) for column in sheet.columns if (text := _text(column[row]))
    ]


def _find_heading(sheet, vocabulary):
    """The best (first row, number of rows, columns) by how many fields it recognises."""
    best, best_score = None, 0.0
    spread = _heading_grid(sheet)
    height = min(sheet.height, SEARCH_ROWS)
    places = [
        (start, depth)
        for start in range(height)
        if any(spread[start])
        for depth in range(1, min(HEADING_ROWS, height - start) + 1)
    ]
    # Near spellings are dear to look for, so they are only where exact ones say a heading is;
    # where no row has two of those, everywhere.
    likely = [place for place in places if _has_two_fields(sheet, spread, *place, vocabulary)]
    for start, depth in likely or places:
        columns, score = _read_heading(sheet, spread, start, depth, vocabulary)
        if score > best_score + 0.01:
            best, best_score = (start, depth, columns), score
    return best


def _has_two_fields(sheet, spread, start, depth, vocabulary):
    found = set()
    for index in range(len(sheet.columns)):
        parts = _heading_parts(spread, start, depth, index)
        if parts and (name := vocabulary.find_joined(parts, near=False).field):
            found.add(name)
            if len(found) > 1:
                return True
    return False


def _heading_grid(sheet):
    """The texts of the first rows, a merged heading repeated over all the cells it covers."""
    height = min(sheet.height, SEARCH_ROWS + HEADING_ROWS)
    grid = [[_text(column[row]) for column in sheet.columns] for row in range(height)]
    for top, left, bottom, right in sheet.merges:
        if top < height and left < len(sheet.columns):
            for row in range(top, min(bottom, height - 1) + 1):
                for column in range(left, min(right, len(sheet.columns) - 1) + 1):
                    grid[row][column] = grid[top][left]
    return grid


def _read_heading(sheet, spread, start, depth, vocabulary):
    """The columns under a heading of these rows and its score."""
    columns, found = [], {}
    score = 0.0
    for index in range(len(sheet.columns)):
        parts = _heading_parts(spread, start, depth, index)
        if not parts:
            columns.append(TableColumn(index, ""))
            continue
        meaning = vocabulary.find_joined(parts)
        whole = " – ".join(parts)
        columns.append(
            TableColumn(
                index,
                whole,
                meaning.field,
                meaning.others,
                money_unit(whole),
                period(whole),
                meaning.fuzzy,
                meaning.running_number,
            )
        )
        if meaning.field:
            score += 0.0 if meaning.field in found else (0.8 if meaning.fuzzy else 1.0)
            found[meaning.field] = index
        elif meaning.running_number:
            score += 0.2
    if not _looks_like_heading(sheet, spread, start, depth, found):
        return columns, 0.0
    if vocabulary.missing(_possible(columns)):
        score *= 0.5
    return columns, score


def _heading_parts(spread, start, depth, index):
    """The texts that stand above one column, from the group down."""
    parts = []
    for row in range(start, start + depth):
        text = spread[row][index]
        if not text and row < start + depth - 1 and spread[start + depth - 1][index]:
            text = _group_to_the_left(spread, row, index)
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    return parts


def _possible(columns):
    return {name for c in columns if c.field for name in (c.field, *c.others)}


def _group_to_the_left(spread, row, index):
    """The group heading a csv leaves out over all but the first of its columns."""
    for left in range(index - 1, -1, -1):
        if spread[row][left]:
            # A group only where the cell to the left has a heading of its own below.
            return spread[row][left] if spread[row + 1][left] else ""
        if not spread[row + 1][left]:
            return ""
    return ""


def _looks_like_heading(sheet, spread, start, depth, found):
    """At least two fields, and no numbers among the headings."""
    if len(found) < min(2, max(1, sum(1 for c in sheet.columns if any(c)))):
        return False
    last = start + depth - 1
    if depth > 1 and spread[last] == spread[last - 1]:
        return False
    for row in range(start, start + depth):
        if len({text for text in spread[row] if text}) < 2 <= len(sheet.columns):
            return False  # one text over the whole width is a title
        cells = [column[row] for column in sheet.columns]
        numbers = sum(isinstance(cell, int | float) for cell in cells)
        texts = sum(1 for text in spread[row] if text)
        if numbers > max(1, texts // 4):
            return False
    return True


def _is_number_row(sheet, row) -> bool:
    """The row "(1) (2) (3)" that offices print under the heading."""
    numbers = []
    for column in sheet.columns:
        cell = column[row]
        if _is_empty(cell):
            continue
        if isinstance(cell, int) and not isinstance(cell, bool):
            numbers.append(cell)
            continue
        found = _COLUMN_NUMBER.fullmatch(_text(cell))
        if not found:
            return False
        numbers.append(int(found[1]))
    return len(numbers) > 1 and all(
        later == earlier + 1 for earlier, later in zip(numbers, numbers[1:], strict=False)
    )


def settle_rows(table: Table, name_fields: frozenset[str]) -> None:
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
    headings = [column.heading for column in table.columns]
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
            if isinstance(first, str) and len(first) > 1 and first[0] not in "jJtTrRsSgG*- .":
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
    texts = [text for _, cell in filled if (text := _text(cell))]
    if state.signed and inside < enough:
        return "blok tanda tangan"
    state.signed = False
    if len(filled) > 1 and [_text(cell) for cell in row] == [
        heading.rpartition(" – ")[2] for heading in headings
    ]:
        return "judul kolom berulang"
    if texts and len(filled) <= 2 and _BAND.match(texts[0]):
        state.band = texts[0]
        return "judul kecamatan"
    if texts and _TOTAL.fullmatch(texts[0]) and _only_numbers_follow(filled):
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
    if _is_number_row(table.sheet, index) and len(filled) >= max(3, len(mapped) - 1):
        return "baris nomor kolom"
    return None


def _only_numbers_follow(filled):
    words = [text for _, cell in filled[1:] if (text := _text(cell))]
    return not any(re.search(r"[^\W\d]{3,}", word) for word in words)


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
