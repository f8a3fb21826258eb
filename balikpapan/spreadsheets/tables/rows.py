"""Going down a table: each row gets its kind, and every row is accounted for."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from ..cells.months import without_named_month
from ..model import Cell
from .bands import Band
from .kinds import BAND_REASONS, REASONS, RowKind
from .merged_cells import copy_merged
from .progress import STEP, Progress, unheard
from .row_kinds import compares, is_period, kind_of
from .row_view import Row, RowRules, TableShape, Walk, filled_cells
from .section_titles import open_section, titled_band
from .sums import RunningSums, SumKind
from .table import Ignored, SheetTable, SumRow

#: The first letters of words that a band, a sum, a remark or a signature begins with.
_LABEL_STARTS = [
    "dat",
    "daf",
    "lap",
    "rek",
    "tab",
    "jum",
    "jml",
    "jlh",
    "tot",
    "ttl",
    "sub",
    "gra",
    "gr.",
    "rat",
    "rer",
    "ave",
    "pin",
    "dip",
    "kec",
    "kel",
    "des",
    "bid",
    "cab",
    "sek",
    "kom",
    "ket",
    "sum",
    "cat",
    "not",
    "men",
    "dis",
    "dip",
    "dib",
    "yan",
    "plt",
    "plh",
    "pj.",
    "an.",
    "a.n",
    "kep",
    "pen",
    "ben",
    "nip",
    "kes",
    "sel",
    "aku",
    "rek",
]


def settle_rows(table: SheetTable, rules: RowRules | Iterable[str]) -> None:
    """Sorts the rows below the heading and writes merged words into the data among them."""
    copy_merged(table, sort_rows(table, rules))
    table.write_copies()


def sort_rows(
    table: SheetTable, rules: RowRules | Iterable[str], progress: Progress = unheard
) -> TableShape:
    """Sorts the rows below the heading into data and rows left out with a reason.

    A row whose name begins like no label and that has three more filled cells is data without
    further ado, and so is one that begins like a heading but holds a number, as no heading does;
    one without a running number where the others have one, and all others are looked at closely. Plain field names stand for rules that know
    nothing but which fields make a row a record.
    """
    if not isinstance(rules, RowRules):
        rules = RowRules(frozenset(rules))
    # What makes a row a record stands above it only where no column holds it.
    in_rows = {name for name in rules.naming if name != table.banded}
    rules = replace(rules, names=rules.names.of_other_fields(in_rows))
    shape = TableShape(table, rules)
    figures = shape.figures or {
        c.index for c in table.columns if c.field and c.field not in rules.naming
    }
    columns = {index: table.sheet.columns[index] for index in figures}
    walk = Walk(shape, RunningSums(columns, table.rows))
    first, last = table.span
    name = shape.names[0] - first if shape.names else None
    number = None if shape.number is None else shape.number - first
    starts, heading_starts = _label_starts(rules), _heading_starts(shape, rules)
    slow = shape.wide_merges | shape.under_name
    width = last - first
    cells = zip(*table.sheet.columns[first:last], strict=True)
    for index, row in enumerate(cells):
        if index < table.first_row:
            continue
        if index > table.last_row:
            break
        if not index % STEP:
            progress(STEP)
        blanks = row.count(None)
        if blanks == width:  # a forgotten cell far below has very many of them above it
            walk.blanks += 1
            table.ignored.append(Ignored(index + 1, REASONS[RowKind.BLANK], RowKind.BLANK))
            continue
        if width - blanks > 3 and name is not None and not walk.signed and index not in slow:
            text = row[name]
            if (
                isinstance(text, str)
                and text[:1].isalpha()
                and text[1:2].isalpha()
                and (start := text[:3].lower()) not in starts
                and (start not in heading_starts or not _NUMBERS.isdisjoint(map(type, row)))
                and (number is None or _is_numbered(row[number], walk))
                and not (walk.other_table or walk.recap or table.resumed)
            ):
                _take(table, walk, index, row[number] if number is not None else None)
                continue
        _settle(table, walk, Row(index, filled_cells(row, range(first, last)), walk))
    _turn_bands(table, walk)
    return shape


_REGION_TITLE = re.compile(r"\bkec(?:amatan)?\b|\bkel(?:urahan)?\b", re.IGNORECASE)
#: The fields of the bands that may stand below the rows they are of.
_REGIONS = ("kecamatan", "kelurahan")


def _turn_bands(table: SheetTable, walk: Walk) -> None:
    """Gives rows the region named below them where no row has one above and none follows the last.

    Some offices close a group with its name instead of opening it.
    """
    places = [place for place, _ in walk.regions]
    fields = {band.field for _, band in walk.regions}
    rows = table.rows
    if not rows or len(fields) != 1 or 0 in places or places[-1] != len(rows):
        return
    [field] = fields
    if len(set(places)) < len(places) or len(places) < FEWEST_TURNED:
        return
    if any(_REGION_TITLE.search(title) for title in table.titles):
        return  # the first rows are of the region in the title
    table.turned = True
    start = 0
    for end, band in walk.regions:
        for row in rows[start:end]:
            table.bands[row] = table.bands.get(row, {}) | {field: band.name}
        start = end


#: A csv file has its running numbers as texts; a longer one is no running number.
_LONGEST_NUMBER = 10
#: One region named below all rows may as well be a remark.
FEWEST_TURNED = 2


def _is_numbered(cell: Cell, walk: Walk) -> bool:
    """Whether a row has its running number, or no row had one so far."""
    if cell is None:
        return walk.last_number is None
    return not isinstance(cell, str) or cell.isdigit()


#: The kinds of cells that no heading has.
_NUMBERS = {int, float}


def _label_starts(rules: RowRules) -> set[str]:
    """How a name may begin that is a label or the name of a band."""
    words = [*_LABEL_STARTS, *rules.names.names]
    return _starts([*words, *(name for _, name in rules.names.names.values())])


def _heading_starts(shape: TableShape, rules: RowRules) -> set[str]:
    """How a name may begin that is a heading."""
    aliases = rules.vocabulary.aliases if rules.vocabulary else ()
    return _starts([*aliases, *(part for parts in shape.headings.values() for part in parts)])


def _starts(words: Iterable[str]) -> set[str]:
    return {re.sub(r"^\W+", "", word)[:3].lower() for word in words}


def _take(table: SheetTable, walk: Walk, index: int, number: Cell) -> None:
    """A record: it stands under the open bands."""
    table.rows.append(index)
    walk.blanks, walk.has_data = 0, True
    if isinstance(number, str) and number.isdecimal() and len(number) < _LONGEST_NUMBER:
        number = int(number)
    walk.last_number = number if isinstance(number, int) else walk.last_number
    if walk.bands.stack or walk.period:
        period = {name: str(number) for name, number in walk.period.items()}
        table.bands[index] = walk.bands.values() | period


def _settle(table: SheetTable, walk: Walk, row: Row) -> None:
    kind = kind_of(row, walk)
    walk.signed = kind is RowKind.SIGNATURE or (walk.signed and kind is RowKind.BLANK)
    walk.recap = kind is RowKind.RECAP or (walk.recap and kind in _WITHIN_RECAP)
    walk.remarked = kind is RowKind.REMARK or (walk.remarked and kind is RowKind.BLANK)
    if kind in _NOTES:
        _NOTES[kind](table, walk, row)
    if kind in (RowKind.DATA, RowKind.CONTINUATION, RowKind.DOUBTFUL):
        _take(table, walk, row.index, row.number)
        return
    walk.blanks = walk.blanks + 1 if kind is RowKind.BLANK else 0
    reason = REASONS.get(kind, "")
    if kind is RowKind.SECTION:
        reason = f"{reason} «{row.words[0][1]}»"
    if kind is RowKind.BAND:
        field = row.bands[-1].field if row.bands else ""
        reason = BAND_REASONS.get(field, REASONS[RowKind.CAPTION])
    table.ignored.append(Ignored(row.index + 1, reason, kind))


def _note_continuation(table: SheetTable, walk: Walk, row: Row) -> None:
    above = table.rows[-1]
    table.continued[row.index] = table.continued.get(above, above)


def _note_doubt(table: SheetTable, walk: Walk, row: Row) -> None:
    if walk.doubt:
        table.doubtful[row.index] = walk.doubt


def _note_far(table: SheetTable, walk: Walk, row: Row) -> None:
    table.far_rows.append(row.index + 1)


def _open_bands(table: SheetTable, walk: Walk, row: Row) -> None:
    walk.sums.mark()
    _note_period(table, walk, row)
    if row.period and is_period(row, walk):
        return
    for band in row.bands or [Band("", row.words[0][1])]:
        titled = row.shape.titled and not band.field
        opened = titled_band(row.shape, band.name, band.style) if titled else band
        walk.bands.open(opened, len(table.rows))
        if band.field in _REGIONS and band.certain:
            walk.regions.append((len(table.rows), band))


def _note_period(table: SheetTable, walk: Walk, row: Row) -> None:
    """The year and the month that a band or a caption gives to the rows below it."""
    if row.period:
        is_new_year = "year" in row.period
        walk.period = row.period if is_new_year else walk.period | row.period
        positions = {} if is_new_year else walk.period_positions
        walk.period_positions = positions | dict.fromkeys(row.period, len(table.rows))
    elif without_named_month(row.line) != row.line:  # "s/d bulan Mei", or several
        walk.period.pop("month", None)


def _open_section(table: SheetTable, walk: Walk, row: Row) -> None:
    walk.sums.mark()
    _note_period(table, walk, row)
    open_section(row, walk, _REGIONS)


def _note_heading(is_other: bool) -> Callable[[SheetTable, Walk, Row], None]:
    def note(table: SheetTable, walk: Walk, row: Row) -> None:
        walk.other_table = is_other

    return note


def _note_sum(table: SheetTable, walk: Walk, row: Row) -> None:
    """Remembers a sum with the places it may count from, and lets the next begin here."""
    label = row.label[1] if row.label else None
    end = len(table.rows)
    if compares(label):
        kind = label.kind if label else SumKind.PLAIN
        directly_below = bool(table.totals) and table.totals[-1].end == end
        if directly_below and kind is SumKind.PLAIN:
            kind = SumKind.GRAND
        table.totals.append(SumRow(row.index, starts_of(kind, walk.places), end))
    walk.sums.mark()
    walk.last_sum = end


#: What may stand between the rows of a recap.
_WITHIN_RECAP = (RowKind.BLANK, RowKind.NUMBER_ROW)
#: What the table and the walk down it remember of a row, by its kind.
_NOTES: dict[RowKind, Callable[[SheetTable, Walk, Row], None]] = {
    RowKind.CONTINUATION: _note_continuation,
    RowKind.DOUBTFUL: _note_doubt,
    RowKind.FAR: _note_far,
    RowKind.BAND: _open_bands,
    RowKind.CAPTION: _open_bands,
    RowKind.SECTION: _open_section,
    RowKind.SUM: _note_sum,
    RowKind.OTHER_HEADING: _note_heading(is_other=True),
    RowKind.REPEATED_HEADING: _note_heading(is_other=False),
}


def starts_of(kind: SumKind, places: Iterable[int]) -> tuple[int, ...]:
    """From how many records down a sum may count: its own part, all, or either."""
    if kind is SumKind.GRAND:
        return (0,)
    own = set(places)
    return tuple(sorted(own if kind is SumKind.SUBTOTAL else {0, *own}))
