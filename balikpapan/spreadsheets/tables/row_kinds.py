"""What kind of line each row below a heading is, decided in one order before any cell is typed.

Offices put bands, sums, repeated headings, remarks and signatures between their rows. ``KINDS``
is the whole rule: the first predicate that holds names the kind, a row that none claims is data.
"""

import re
from collections.abc import Callable, Collection
from difflib import SequenceMatcher
from functools import lru_cache

from ..cells import comparison_key, heading_key
from ..cells.months import MONTH_WORDS
from ..cells.reading import is_blank
from ..model import Cell, Formula
from .bands import Band, is_list_title, numbering_style, read_band
from .captions import is_stage, is_unit
from .group_sums import FEWEST_SUMMED, is_group_with_sums, may_be_group_with_sums
from .headings import RUNNING_NUMBER
from .kinds import Doubt, RowKind
from .number_rows import is_number_row
from .recaps import is_recap
from .row_view import Row, TableShape, Walk
from .section_titles import is_section_title
from .sums import SumKind, SumLabel, number_in
from .table import is_period as is_bare_period

#: A lone cell after so many empty rows no longer belongs to the table.
FAR_GAP = 100
#: How alike the words of a heading and of its repetition are.
_ALIKE = 0.8

_SIGNATURE = re.compile(
    r"(mengetahui|menyetujui|disetujui|diperiksa|dibuat oleh|yang membuat|"
    r"(plt|plh|pj|an|a\.n)\.?\s+kepala|"
    r"kepala\s+(dinas|skpd|upt|uptd|bidang|seksi|sub)|pengurus barang|bendahara|nip\b|"
    rf"[a-z .]+,\s*(\d{{1,2}}\s+)?({MONTH_WORDS}|…+|\.+)\s+\d{{4}})",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:data|daftar|rekap(?:itulasi)?|laporan|realisasi|target|pemerintah|dinas|lampiran|tabel|"
    r"anggaran|apbd|tahapan)\b",
    re.IGNORECASE,
)
#: A title has so many lines at most.
TITLE_LINES = 6
_REMARK = re.compile(
    r"(sumber|keterangan|catatan|ket|note)\s*[:.]|\*+\)|\*\s"
    rf"|data\s+(per|posisi|sampai|s\W?d)\W+(\d|tanggal\b|tgl\b|bulan\b|akhir\b|{MONTH_WORDS})"
    r"|dicetak\b|di-?update\b|tanggal cetak\b",
    re.IGNORECASE,
)
#: No running number, however it is written.
_WORD = re.compile(r"\D{3,}")
#: How a line below "Catatan:" begins, in a list whose rows have no numbers to tell them from it.
_FURTHER_REMARK = re.compile(r"\(?\d{1,2}\s*[.)]|[-–•*]")


def is_blank_row(row: Row, walk: Walk) -> bool:
    """A row in which no cell says anything."""
    return not row.cells


def continues_signature(row: Row, walk: Walk) -> bool:
    """A line under the first of a signature block that fills too few columns to be a record."""
    return walk.signed and len(row.filled & row.shape.mapped) < row.shape.enough


def repeats_heading(row: Row, walk: Walk) -> bool:
    """The column headings again, with small differences."""
    if len(row.cells) < 2 or len(row.texts) < len(row.cells):
        return False
    shape = row.shape
    exact = {column for column, text in row.texts if text in shape.headings.get(column, ())}
    if len(exact) == len(row.texts):
        return True
    enough = max(2, 0.7 * len(row.texts))
    # Only words are like a heading, and what stands over the running numbers.
    likely = exact | {column for column, text in row.words}
    likely |= {column for column, text in row.texts if column == shape.number}
    if len(likely) < enough:
        return False
    matches = 0
    for column, text in row.texts:
        if column in exact:
            matches += 1
        elif matches or column in (shape.number, row.texts[0][0]):
            matches += _repeats(text, shape.headings.get(column, ()), shape, column)
    return matches >= enough


def _repeats(text: str, parts: Collection[str], shape: TableShape, column: int) -> bool:
    key = heading_key(text)
    if column == shape.number and key in RUNNING_NUMBER:
        return True
    vocabulary = shape.rules.vocabulary
    field_name = shape.fields.get(column)
    if vocabulary and field_name and vocabulary.find(text, similar=False).field == field_name:
        return True
    return any(_are_alike(key, heading_key(part)) for part in parts)


@lru_cache(maxsize=4096)  # a sheet repeats its heading, and its words, in many rows
def _are_alike(key: str, part: str) -> bool:
    matcher = SequenceMatcher(None, key, part)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(bound() >= _ALIKE for bound in bounds)


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
    """A further product of the record above: who it is and its running number stand there.

    Who it is may be repeated, but not the number.
    """
    shape = row.shape
    if not walk.has_data or not shape.products & row.filled or row.number is not None:
        return False
    own = row.filled & (shape.identity | shape.years | set(shape.names))
    if own and not _repeats_record(row, own, walk):
        return False
    return any(c in shape.products for c, _ in row.words) and not row.label


def _repeats_record(row: Row, own: set[int], walk: Walk) -> bool:
    """Whether a line without the running number that others have names the record above again."""
    table = row.shape.table
    if walk.last_number is None or not own.issuperset(row.shape.names) or not row.shape.names:
        return False
    above = table.continued.get(table.rows[-1], table.rows[-1])
    columns = table.sheet.columns
    return len(own) > 1 and all(
        _plain(columns[column][row.index]) == _plain(columns[column][above]) for column in own
    )


def _plain(cell: Cell) -> object:
    return comparison_key(cell) if isinstance(cell, str) else cell


def under_merged_name(row: Row, walk: Walk) -> bool:
    """A line beside a name that is merged over several rows, with something of its own."""
    return row.index in row.shape.under_name and bool(row.filled & row.shape.mapped)


def is_band(row: Row, walk: Walk) -> bool:
    """A region or group and nothing else of its own."""
    if not row.bands or row.figures:
        return False
    if is_list_title(row.line) and is_title_again(row, walk):
        return False
    band = row.bands[0]
    if row.is_next and not (band.prefixed and band.certain):
        return False
    if band.prefixed and not band.certain and _may_be_a_name(row, band):
        return False
    return bool(band.field) or band.style in ("letter", "roman")


def _may_be_a_name(row: Row, band: Band) -> bool:
    """Whether a line such as "Kelompok Tani Mekar" may be a record of which only the name is known."""
    shape = row.shape
    alone_over_all = row.index in shape.wide_merges or row.words[0][0] not in shape.names
    return not alone_over_all and not shape.rules.names.is_near(band.field, band.name)


def is_sum(row: Row, walk: Walk) -> bool:
    """A labelled sum without content of its own, or numbers that add up the rows above."""
    if row.label is None:
        if row.words:
            return walk.last_number is not None and _only_adds_up(row, walk)
        return row.number is None and _adds_up(row, walk)
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


def stands_below_sum(row: Row, walk: Walk) -> bool:
    """Numbers alone under a sum, with no record in between: a check or another total."""
    table = row.shape.table
    if not table.totals or walk.last_sum != len(table.rows):
        return False
    return not row.words and row.number is None and bool(row.figures)


def _only_adds_up(row: Row, walk: Walk) -> bool:
    """One text of any wording beside numbers that are the sums of several rows, and nothing else."""
    alone = len(row.words) == 1 and row.number is None and len(row.figures) >= 2
    if not alone or len(row.cells) > len(row.figures) + 1:
        return False
    return len(row.shape.table.rows) >= FEWEST_SUMMED and walk.adds_up(row.figures)


def begins_signature(row: Row, walk: Walk) -> bool:
    """The first line of a signature block, such as "Mengetahui," or a place and date."""
    few = len(row.cells) <= 4 and len(row.filled & row.shape.mapped) < row.shape.enough
    return few and any(_SIGNATURE.match(text) for _, text in row.texts)


def is_remark(row: Row, walk: Walk) -> bool:
    """A remark under the table, such as "Sumber: ..." or a note with an asterisk."""
    if len(row.cells) > 2 or not row.texts or row.is_next:
        return False
    return bool(_REMARK.match(row.texts[0][1]))


def continues_remark(row: Row, walk: Walk) -> bool:
    """A line below the first of the remarks, numbered or not, that is no row of the list."""
    if not walk.remarked or len(row.cells) > 2 or row.figures or not row.words:
        return False
    numbers_end = row.number is None and walk.last_number is not None
    return numbers_end or bool(_FURTHER_REMARK.match(row.texts[0][1]))


def is_far(row: Row, walk: Walk) -> bool:
    """A lone cell far below the last row of the table."""
    return walk.blanks >= FAR_GAP and len(row.cells) <= 2


def is_period(row: Row, walk: Walk) -> bool:
    """A line that is nothing but a year or a month of a year: "TAHUN 2023", "Bulan : Mei 2023"."""
    if walk.remarked and _FURTHER_REMARK.match(row.line):
        return False
    return len(row.cells) <= 3 and bool(row.period) and is_bare_period(row.line)


def is_title_again(row: Row, walk: Walk) -> bool:
    """A line of a title above the heading that is printed again below it."""
    if len(row.cells) != 1 or len(row.words) != 1:
        return False
    column, text = row.words[0]
    above_names = column in row.shape.names
    if above_names and not (row.period or _TITLE.match(text)):
        return False
    return _heading_follows(row, walk)


def _heading_follows(row: Row, walk: Walk) -> bool:
    sheet, shape = row.shape.table.sheet, row.shape
    for index in range(row.index + 1, min(row.index + 1 + TITLE_LINES, shape.table.last_row + 1)):
        cells = [(c, sheet.columns[c][index]) for c in range(*shape.table.span)]
        below = Row(index, [(c, cell) for c, cell in cells if not is_blank(cell)], walk)
        if len(below.cells) > 1:
            return repeats_heading(below, walk)
    return False


def has_no_content(row: Row, walk: Walk) -> bool:
    """A row that fills none of the columns that have a meaning."""
    return not row.filled & row.shape.mapped


def is_caption(row: Row, walk: Walk) -> bool:
    """One text over the width of the table, or outside the column of names."""
    if len(row.words) != 1 or row.figures:
        return False
    column = row.words[0][0]
    zeros = all(number_in(cell) == 0 for c, cell in row.cells if c != column)
    shape = row.shape
    if may_continue(row, walk):
        return False
    if walk.has_data and column in shape.children and row.index not in shape.wide_merges:
        return False  # one more participant of the activity above
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
        bare = bool(row.figures) or len(row.cells) == 1
        return bare and not others and row.number is None
    if band.prefixed:
        return row.number is None or not others
    return not identified and not others


def may_continue(row: Row, walk: Walk) -> bool:
    """Text between two numbered rows that may go on with the cells above it."""
    shape, table = row.shape, row.shape.table
    if row.number is not None or walk.last_number is None or walk.blanks or row.figures:
        return False
    columns = table.sheet.columns
    above, below = row.index - 1, row.index + 1
    if not table.rows or table.rows[-1] != above or below > table.last_row:
        return False
    if shape.number is None or number_in(columns[shape.number][below]) != walk.last_number + 1:
        return False
    texts = {column for column, _ in row.words if column in shape.mapped}
    filled = sum(not is_blank(column[above]) for column in columns)
    return (
        bool(texts - shape.children)  # a further participant is a record of its own
        and row.index not in shape.wide_merges
        and len(texts) == len(row.cells) <= filled // 2
        and all(isinstance(columns[column][above], str) for column in texts)
    )


def stands_alone(row: Row, walk: Walk) -> bool:
    """One text and nothing else, not even the running number that other rows have."""
    if row.filled & row.shape.children:
        return False  # a further participant of the activity above
    return row.number is None and walk.last_number is not None and len(row.cells) == 1


def has_word_for_number(row: Row, walk: Walk) -> bool:
    """Words stand where the rows above have their running number."""
    if walk.last_number is None or not row.words or row.words[0][0] != row.shape.number:
        return False
    return bool(_WORD.fullmatch(row.words[0][1])) and not numbering_style(row.words[0][1])


def looks_like_sum(row: Row, walk: Walk) -> bool:
    """A sum that carries something of its own."""
    if row.label is None:
        return _only_adds_up(row, walk) and len(row.shape.table.rows) > FEWEST_SUMMED
    if row.label[1].weak:
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
    (RowKind.RECAP, is_recap),
    (RowKind.OTHER_HEADING, is_other_heading),
    (RowKind.NUMBER_ROW, is_column_numbers),
    (RowKind.CONTINUATION, is_continuation),
    (RowKind.DATA, under_merged_name),
    (RowKind.BAND, is_band),
    (RowKind.BAND, is_group_with_sums),
    (RowKind.CAPTION, is_period),
    (RowKind.CAPTION, is_unit),
    (RowKind.CAPTION, is_stage),
    (RowKind.CAPTION, is_title_again),
    (RowKind.REMARK, continues_remark),
    (RowKind.SUM, is_sum),
    (RowKind.BELOW_SUM, stands_below_sum),
    (RowKind.SIGNATURE, begins_signature),
    (RowKind.REMARK, is_remark),
    (RowKind.FAR, is_far),
    (RowKind.SECTION, is_section_title),
    (RowKind.CAPTION, is_caption),
    (RowKind.NO_CONTENT, has_no_content),
)
#: What a row that would be data may be instead, in this order.
LIKENESSES: tuple[tuple[Doubt, Callable[[Row, Walk], bool]], ...] = (
    (Doubt.OTHER_TABLE, lambda row, walk: walk.other_table),
    (Doubt.RESUMED, lambda row, walk: row.shape.table.resumed),
    (Doubt.NUMBER_WORD, has_word_for_number),
    (Doubt.BAND, looks_like_band),
    (Doubt.BAND, may_be_group_with_sums),
    (Doubt.SUM, looks_like_sum),
    (Doubt.CONTINUED, may_continue),
    (Doubt.LONE, stands_alone),
)


def kind_of(row: Row, walk: Walk) -> RowKind:
    """The kind of a row; of a doubtful one ``walk.doubt`` says why."""
    kind = next((kind for kind, holds in KINDS if holds(row, walk)), RowKind.DATA)
    if kind is not RowKind.DATA:
        return kind
    walk.doubt = next((doubt for doubt, holds in LIKENESSES if holds(row, walk)), None)
    return RowKind.DOUBTFUL if walk.doubt else RowKind.DATA


def compares(label: SumLabel | None) -> bool:
    """Whether a sum line states what its rows come to."""
    return label is None or label.kind is not SumKind.AVERAGE
