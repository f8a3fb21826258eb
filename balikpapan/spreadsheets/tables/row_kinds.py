"""What kind of line each row below a heading is, decided in one order before any cell is typed.

Offices put bands, sums, repeated headings, remarks and signatures between their rows. ``KINDS``
is the whole rule: the first predicate that holds names the kind, a row that none claims is data.
"""

import enum
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from ..cells import heading_key
from ..cells.reading import is_blank
from ..model import Cell, Formula
from .bands import Band, BandNames, OpenBands, numbering_style, read_band
from .headings import RUNNING_NUMBER, Vocabulary
from .number_rows import is_number_row
from .sums import RunningSums, SumKind, SumLabel, number_in, stands_beside, sum_label
from .table import SheetTable
from .texts import MONTH_WORDS, text_of

#: A lone cell after so many empty rows no longer belongs to the table.
FAR_GAP = 100
#: A sum has its label among its first words.
_LABEL_WORDS = 12
#: How alike the words of a heading and of its repetition are.
_ALIKE = 0.8

_SIGNATURE = re.compile(
    r"(mengetahui|menyetujui|disetujui|diperiksa|dibuat oleh|yang membuat|"
    r"(plt|plh|pj|an|a\.n)\.?\s+kepala|"
    r"kepala\s+(dinas|skpd|upt|uptd|bidang|seksi|sub)|pengurus barang|bendahara|nip\b|"
    rf"[a-z .]+,\s*(\d{{1,2}}\s+)?({MONTH_WORDS}|…+|\.+)\s+\d{{4}})",
    re.IGNORECASE,
)
_REMARK = re.compile(r"(sumber|keterangan|catatan|ket|note)\s*[:.]|\*+\)|\*\s", re.IGNORECASE)


class RowKind(enum.StrEnum):
    """What a row is."""

    DATA = "data"
    BLANK = "blank"
    SIGNATURE = "signature"
    REPEATED_HEADING = "repeated_heading"
    OTHER_HEADING = "other_heading"
    NUMBER_ROW = "number_row"
    CONTINUATION = "continuation"
    BAND = "band"
    CAPTION = "caption"
    SUM = "sum"
    REMARK = "remark"
    FAR = "far"
    NO_CONTENT = "no_content"
    DOUBTFUL = "doubtful"
    #: Lines of a further table that stand above its rows.
    TABLE_TITLE = "table_title"
    TABLE_HEADING = "table_heading"


#: What people read for a kind of row that is left out.
REASONS = {
    RowKind.BLANK: "baris kosong",
    RowKind.SIGNATURE: "blok tanda tangan",
    RowKind.REPEATED_HEADING: "judul kolom berulang",
    RowKind.OTHER_HEADING: "judul tabel lain",
    RowKind.NUMBER_ROW: "baris nomor kolom",
    RowKind.CAPTION: "judul bagian",
    RowKind.SUM: "baris jumlah",
    RowKind.REMARK: "keterangan di bawah tabel",
    RowKind.FAR: "di luar tabel",
    RowKind.NO_CONTENT: "tidak ada isi pada kolom yang dikenal",
    RowKind.TABLE_TITLE: "judul tabel berikutnya",
    RowKind.TABLE_HEADING: "judul kolom tabel berikutnya",
}
BAND_REASONS = {
    "kecamatan": "judul kecamatan",
    "kelurahan": "judul kelurahan",
    "group": "judul kelompok",
}


class Doubt(enum.StrEnum):
    """Why a row may be something else than a record."""

    BAND = "band"
    SUM = "sum"
    OTHER_TABLE = "other_table"


DOUBTS = {
    Doubt.BAND: (
        "Baris ini mirip judul kecamatan, kelurahan, atau kelompok, tetapi berisi data lain. Bila "
        "judul, kosongkan sel lainnya; bila usaha, catat sebagai baru."
    ),
    Doubt.SUM: (
        "Baris ini mirip baris jumlah, tetapi berisi data lain. Bila jumlah, hapus atau lewati "
        "baris ini; bila usaha, catat sebagai baru."
    ),
    Doubt.OTHER_TABLE: (
        "Baris ini di bawah judul kolom yang tidak dikenal, jadi tidak dibaca menurut judul di "
        "atasnya. Pindahkan tabel ini ke lembar sendiri."
    ),
}


@dataclass(frozen=True, slots=True)
class RowRules:
    """What a register knows of its rows; all sets hold names of fields.

    ``naming`` are the fields that make a row a record, ``identity`` those that tell one record
    from another, ``figures`` those that hold amounts, ``products`` those of which one record may
    have several, each in a line of its own.
    """

    naming: Collection[str]
    identity: Collection[str] = ()
    figures: Collection[str] = ()
    products: Collection[str] = ()
    year: str = ""
    names: BandNames = field(default_factory=BandNames)
    vocabulary: Vocabulary | None = None


class TableShape:
    """Which columns of one table hold what; columns are zero-based indexes into the sheet."""

    def __init__(self, table: SheetTable, rules: RowRules) -> None:
        self.rules, self.table = rules, table
        columns = [column for column in table.columns if column.field]
        self.fields = {column.index: column.field for column in table.columns}
        self.mapped = {column.index for column in columns}
        self.names = [c.index for c in columns if c.field in rules.naming]
        self.identity = {c.index for c in columns if c.field in rules.identity}
        self.figures = {c.index for c in columns if c.field in rules.figures}
        self.products = {c.index for c in columns if c.field in rules.products}
        self.number = next((c.index for c in table.columns if c.running_number), None)
        self.years = {c.index for c in columns if c.field == rules.year}
        self.headings = {column.index: column.heading.split(" – ") for column in table.columns}
        self.enough = max(3, -(-len(self.mapped) * 6 // 10))
        first = self.names[:1]
        merges = [m for m in table.sheet.merges if m[2] >= table.first_row]
        self.wide_merges = {top for top, left, bottom, right in merges if right > left}
        #: Rows under a naming cell that is merged over several rows.
        self.under_name = {
            row
            for top, left, bottom, right in merges
            if left == right and left in first
            for row in range(top + 1, min(bottom, table.last_row) + 1)
        }


@dataclass(slots=True)
class Walk:
    """What is known while going down a table."""

    shape: TableShape
    sums: RunningSums
    bands: OpenBands = field(default_factory=OpenBands)
    signed: bool = False
    blanks: int = 0
    last_number: int | None = None
    #: Whether a record stands above, which a continuation could belong to.
    has_data: bool = False
    #: How many records stood above the last sum.
    last_sum: int = 0
    #: Whether the rows stand under a heading that nobody knows.
    other_table: bool = False
    doubt: Doubt | None = None

    def adds_up(self, numbers: dict[int, float]) -> bool:
        """Whether the numbers are the sums of all rows, or since the last sum or an open band."""
        return self.sums.equal(numbers, {0, self.last_sum, *self.bands.positions})


class Row:
    """One row as it is looked at: its filled cells, and the words and numbers among them."""

    def __init__(self, index: int, cells: list[tuple[int, Cell]], walk: Walk):
        self.index, self.cells, self.walk, self.shape = index, cells, walk, walk.shape

    @cached_property
    def texts(self) -> list[tuple[int, str]]:
        return [(column, text) for column, cell in self.cells if (text := text_of(cell))]

    @cached_property
    def words(self) -> list[tuple[int, str]]:
        """The texts that are no numbers."""
        return [(c, text) for c, text in self.texts if any(map(str.isalpha, text))]

    @cached_property
    def figures(self) -> dict[int, float]:
        """The numbers other than 0 in the columns of amounts, by column."""
        shape = self.shape
        wanted = shape.figures or (shape.mapped - set(shape.names))
        return {
            column: number
            for column, cell in self.cells
            if column in wanted and (number := number_in(cell))
        }

    @cached_property
    def number(self) -> int | None:
        """The running number."""
        for column, cell in self.cells:
            if column == self.shape.number and (number := number_in(cell)) is not None:
                return int(number)
        return None

    @cached_property
    def filled(self) -> set[int]:
        return {column for column, _ in self.cells}

    @cached_property
    def is_next(self) -> bool:
        """Whether its running number is the one after the row before."""
        return self.number is not None and self.number == (self.walk.last_number or 0) + 1

    @cached_property
    def bands(self) -> list[Band]:
        """The bands that the words of this row are, however they stand in its cells."""
        numbered, words = self._numbering()
        if not words or len(words) > 3:
            return []
        names = self.shape.rules.names
        whole = read_band(" ".join(words), names, numbered)
        if whole and (whole.certain or len(words) == 1):
            return [whole]
        read = [read_band(text, names, numbered if i == 0 else "") for i, text in enumerate(words)]
        bands = [band for band in read if band and band.certain and band.prefixed]
        if len(words) > 1 and len(bands) == len(read):
            return bands
        if len(words) == 1 and numbering_style(numbered) in ("letter", "roman"):
            return [Band("", words[0], numbering_style(numbered))]
        return []

    def _numbering(self) -> tuple[str, list[str]]:
        """The numbering in a cell of its own, and the other words."""
        words = [text for _, text in self.words]
        if self.words and self.words[0][0] == self.shape.number and numbering_style(words[0]):
            return words[0], words[1:]
        return ("" if self.number is None else str(self.number)), words

    @cached_property
    def label(self) -> tuple[int, SumLabel] | None:
        """The first words that announce a sum, and their column."""
        for column, text in self.words[:_LABEL_WORDS]:
            if label := sum_label(text):
                return column, label
        return None

    @cached_property
    def beside_label(self) -> list[str]:
        """What else the row of a label says in words."""
        names = self.shape.rules.names
        place = self.label[0] if self.label else None
        return [
            text
            for column, text in self.words
            if column != place
            and not stands_beside(text)
            and not (column == self.shape.number and numbering_style(text))
            and not ((band := read_band(text, names)) and band.certain)
        ]


def is_blank_row(row: Row, walk: Walk) -> bool:
    return not row.cells


def continues_signature(row: Row, walk: Walk) -> bool:
    return walk.signed and len(row.filled & row.shape.mapped) < row.shape.enough


def repeats_heading(row: Row, walk: Walk) -> bool:
    """The column headings again, with small differences."""
    if len(row.cells) < 2 or len(row.texts) < len(row.cells):
        return False
    shape = row.shape
    matches = exact = 0
    for column, text in row.texts:
        parts = shape.headings.get(column, ())
        if text in parts:
            exact += 1
            matches += 1
        elif matches or column in (shape.number, row.texts[0][0]):
            matches += _repeats(text, parts, shape, column)
    return exact == len(row.texts) or (matches >= 2 and matches >= 0.7 * len(row.texts))


def _repeats(text: str, parts: Collection[str], shape: TableShape, column: int) -> bool:
    key = heading_key(text)
    if column == shape.number and key in RUNNING_NUMBER:
        return True
    vocabulary = shape.rules.vocabulary
    field_name = shape.fields.get(column)
    if vocabulary and field_name and vocabulary.find(text, near=False).field == field_name:
        return True
    return any(SequenceMatcher(None, key, heading_key(part)).ratio() >= _ALIKE for part in parts)


def is_other_heading(row: Row, walk: Walk) -> bool:
    """Words over the words: "No" again where the rows have numbers, above columns of their own."""
    number = row.shape.number
    return (
        len(row.words) > 1
        and len(row.words) == len(row.cells)
        and row.words[0][0] == number
        and heading_key(row.words[0][1]) in RUNNING_NUMBER
    )


def is_column_numbers(row: Row, walk: Walk) -> bool:
    """The row "(1) (2) (3)", also with gaps and as formulas."""
    enough = max(3, len(row.shape.mapped) - 1)
    if walk.has_data:
        return len(row.cells) >= enough and is_number_row(row.shape.table.sheet, row.index)
    headed = sum(bool(column.heading) for column in row.shape.table.columns)
    gaps = len(row.cells) >= max(3, -(-headed * 6 // 10))
    return gaps and is_number_row(row.shape.table.sheet, row.index, gaps=True)


def is_continuation(row: Row, walk: Walk) -> bool:
    """A further product of the record above: who it is and its running number stand there."""
    shape = row.shape
    if not walk.has_data or not shape.products & row.filled or row.filled & shape.years:
        return False
    if row.number is not None or row.filled & (shape.identity | set(shape.names)):
        return False
    return any(c in shape.products for c, _ in row.words) and not row.label


def under_merged_name(row: Row, walk: Walk) -> bool:
    return row.index in row.shape.under_name and bool(row.filled & row.shape.mapped)


def is_band(row: Row, walk: Walk) -> bool:
    """A region or group and nothing else of its own."""
    if not row.bands or row.figures:
        return False
    band = row.bands[0]
    if row.is_next and not band.prefixed:
        return False
    return bool(band.field) or band.style in ("letter", "roman")


def is_sum(row: Row, walk: Walk) -> bool:
    """A labelled sum without content of its own, or numbers that add up the rows above."""
    if row.label is None:
        return not row.words and row.number is None and _adds_up(row, walk)
    column, label = row.label
    shape = row.shape
    if row.beside_label or (shape.names and shape.names[0] in row.filled - {column, shape.number}):
        return False
    if label.weak or (row.is_next and len(row.figures) < 2):
        return bool(row.figures) and walk.adds_up(row.figures)
    return True


def _adds_up(row: Row, walk: Walk) -> bool:
    if not walk.has_data or row.filled & set(row.shape.names):
        return False
    if all(isinstance(cell, Formula) for _, cell in row.cells):
        return True  # what is only computed is no record
    return len(row.figures) >= 2 and walk.adds_up(row.figures)


def begins_signature(row: Row, walk: Walk) -> bool:
    few = len(row.cells) <= 4 and len(row.filled & row.shape.mapped) < row.shape.enough
    return few and any(_SIGNATURE.match(text) for _, text in row.texts)


def is_remark(row: Row, walk: Walk) -> bool:
    return len(row.cells) <= 2 and bool(row.texts) and bool(_REMARK.match(row.texts[0][1]))


def is_far(row: Row, walk: Walk) -> bool:
    return walk.blanks >= FAR_GAP and len(row.cells) <= 2


def has_no_content(row: Row, walk: Walk) -> bool:
    return not row.filled & row.shape.mapped


def is_caption(row: Row, walk: Walk) -> bool:
    """One text over the width of the table, or outside the column of names."""
    if len(row.words) != 1 or row.figures:
        return False
    column = row.words[0][0]
    zeros = all(number_in(cell) == 0 for c, cell in row.cells if c != column)
    shape = row.shape
    if row.index in shape.wide_merges or column == shape.number:
        return zeros
    return zeros and column in shape.mapped and column not in shape.names


def looks_like_band(row: Row, walk: Walk) -> bool:
    """A band that carries something of its own."""
    if not row.words:
        return False
    place, text = row.words[0]
    band = read_band(text, row.shape.rules.names)
    if band is None or place not in {row.shape.number, *row.shape.names}:
        return False
    others = [column for column, _ in row.words[1:]]
    identified = bool(set(others) & (row.shape.identity - set(row.shape.names)))
    if not band.certain:
        return bool(row.figures) and not others and row.number is None
    if band.prefixed:
        return row.number is None or not others
    return not identified and not others


def looks_like_sum(row: Row, walk: Walk) -> bool:
    """A sum that carries something of its own."""
    if row.label is None or row.label[1].weak:
        return False
    column, _ = row.label
    shape = row.shape
    if shape.names and shape.names[0] in row.filled - {column, shape.number}:
        return False
    return row.number is None or not row.beside_label


#: The kinds in the order they are asked for; an ``under_merged_name`` row needs no name.
KINDS: tuple[tuple[RowKind, Callable[[Row, Walk], bool]], ...] = (
    (RowKind.BLANK, is_blank_row),
    (RowKind.SIGNATURE, continues_signature),
    (RowKind.REPEATED_HEADING, repeats_heading),
    (RowKind.OTHER_HEADING, is_other_heading),
    (RowKind.NUMBER_ROW, is_column_numbers),
    (RowKind.CONTINUATION, is_continuation),
    (RowKind.DATA, under_merged_name),
    (RowKind.BAND, is_band),
    (RowKind.SUM, is_sum),
    (RowKind.SIGNATURE, begins_signature),
    (RowKind.REMARK, is_remark),
    (RowKind.FAR, is_far),
    (RowKind.CAPTION, is_caption),
    (RowKind.NO_CONTENT, has_no_content),
)
#: What a row that would be data may be instead, in this order.
LIKENESSES: tuple[tuple[Doubt, Callable[[Row, Walk], bool]], ...] = (
    (Doubt.OTHER_TABLE, lambda row, walk: walk.other_table),
    (Doubt.BAND, looks_like_band),
    (Doubt.SUM, looks_like_sum),
)


def kind_of(row: Row, walk: Walk) -> RowKind:
    """The kind of a row; of a doubtful one ``walk.doubt`` says why."""
    kind = next((kind for kind, holds in KINDS if holds(row, walk)), RowKind.DATA)
    if kind is not RowKind.DATA:
        return kind
    walk.doubt = next((doubt for doubt, holds in LIKENESSES if holds(row, walk)), None)
    return RowKind.DOUBTFUL if walk.doubt else RowKind.DATA


def filled_cells(cells: Iterable[Cell], columns: Iterable[int]) -> list[tuple[int, Cell]]:
    """The cells of a row that say something, with their columns."""
    return [
        (column, cell) for column, cell in zip(columns, cells, strict=True) if not is_blank(cell)
    ]


def compares(label: SumLabel | None) -> bool:
    """Whether a sum line states what its rows come to."""
    return label is None or label.kind is not SumKind.AVERAGE
