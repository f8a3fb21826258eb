"""Sheets that list the rows of another sheet once more: which of them is read is asked.

Offices keep one sheet of everything and a sheet per kind; read together every business would
stand there twice.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from balikpapan.spreadsheets.cells import comparison_key, format_whole, is_blank
from balikpapan.spreadsheets.cells.reading import shown
from balikpapan.spreadsheets.tables.table import SheetTable

from ..answers import Answers, Question, QuestionKey
from ..declarations import RuleIdentity
from ..problems import Problems
from ..resources import SheetResource
from .sheet_layout import Layout
from .sheet_rows import SheetRows
from .unread import Unread
from .years import stated_year

#: A sheet repeats another one where at least this share of its rows stands there too.
SHARE = 2
#: Of names alone a few agree by chance, so a row is known by so many columns at least.
FEWEST_COLUMNS = 2
#: One row that stands in two sheets is a double, no repeated sheet.
FEWEST_ROWS = 2
#: What so many rows say is remembered while sheets are compared with each other.
REMEMBERED = 100_000
MAIN, ALL, ADD = "main", "all", "add"


@dataclass(slots=True)
class Repetition:
    """A table most of whose rows stand in another one too."""

    main: SheetTable  # the one that is repeated
    table: SheetTable
    rows: int  # how many rows of ``table`` stand in ``main``
    adds: bool  # whether it has columns that ``main`` has not


def settle_sheets(
    layout: Layout, resource: SheetResource, answers: Answers, problems: Problems
) -> list[Question]:
    """Leaves repeating sheets out where that was answered; a question where it was not."""
    repetitions = _repetitions(layout.tables, resource)
    if sum(each.rows for each in repetitions) < FEWEST_ROWS:
        return []
    option = answers.option(QuestionKey.SHEETS)
    if option is None:
        return [_question(repetitions)]
    if option == MAIN:
        repeating = {id(each.table): each.main.sheet.name for each in repetitions}
        for item in layout.sheets:
            for table in [each for each in item.tables if id(each) in repeating]:
                item.leave_out(table, Unread.REPEATED, repeating[id(table)])
    return []


def _question(repetitions: list[Repetition]) -> Question:
    sentences = "; ".join(
        f"lembar «{each.table.sheet.name}» mengulang {format_whole(each.rows)} dari "
        f"{format_whole(len(each.table.rows))} barisnya dari lembar «{each.main.sheet.name}»"
        for each in repetitions
    )
    adds = any(each.adds for each in repetitions)
    about = f"{sentences[0].upper()}{sentences[1:]}. Baca lembar utamanya saja, atau semuanya?"
    options = [MAIN, ALL]
    if adds:
        options.insert(1, ADD)
        about = (
            f"{sentences[0].upper()}{sentences[1:]}. Baca lembar utamanya saja, lengkapi barisnya dengan "
            "kolom yang hanya ada di lembar lainnya, atau baca semuanya?"
        )
    return Question(QuestionKey.SHEETS, about, options, ADD if adds else MAIN)


def _repetitions(tables: Sequence[SheetTable], resource: SheetResource) -> list[Repetition]:
    """Each table that repeats a longer one, or an earlier one as long."""
    if len(tables) < 2:
        return []
    ordered = sorted(enumerate(tables), key=lambda pair: (-len(pair[1].rows), pair[0]))
    telling, signatures = _telling_columns(resource), _SignatureCounts(resource)
    fields = {id(table): {c.field for c in table.columns if c.field} for table in tables}
    dated = {id(table): _is_dated(table, resource) for table in tables}
    repetitions, repeating = [], set()
    for place, (_, table) in enumerate(ordered):
        for _, main in ordered[:place]:
            if id(main) in repeating or main.sheet is table.sheet:
                continue
            names = sorted(fields[id(main)] & fields[id(table)] & telling)
            if len(names) < FEWEST_COLUMNS:
                continue
            both_dated = dated[id(main)] and dated[id(table)]
            there = signatures.of(main, names, both_dated)
            rows = sum((there & signatures.of(table, names, both_dated)).values())
            if rows and rows * SHARE >= len(table.rows):
                adds = fields[id(table)] - fields[id(main)]
                repetitions.append(Repetition(main, table, rows, bool(adds)))
                repeating.add(id(table))
                break
    return sorted(repetitions, key=lambda each: tables.index(each.table))


class _SignatureCounts:
    """How often a table says the same of a record; worked out once for many sheets."""

    def __init__(self, resource: SheetResource):
        self._resource, self._rows = resource, 0
        self._counts: dict[tuple[int, tuple[str, ...], bool], Counter[tuple[Any, ...]]] = {}

    def of(self, table: SheetTable, names: list[str], dated: bool) -> Counter[tuple[Any, ...]]:
        """What the rows of the table say in these columns, and how many of them say it."""
        key = (id(table), tuple(names), dated)
        if key not in self._counts:
            if self._rows > REMEMBERED:
                self._counts, self._rows = {}, 0
            signatures = _signatures(table, names, self._resource, dated)
            self._counts[key] = Counter(signature for signature, _ in signatures)
            self._rows += len(table.rows)
        return self._counts[key]


def _shared_columns(main: SheetTable, table: SheetTable, resource: SheetResource) -> list[str]:
    """The columns that tell one record from another and stand in both tables."""
    both = [{c.field for c in each.columns if c.field} for each in (main, table)]
    return sorted(both[0] & both[1] & _telling_columns(resource))


def _telling_columns(resource: SheetResource) -> set[str]:
    """The columns that tell one record from another."""
    identity = resource.identity
    if isinstance(identity, RuleIdentity):
        targets = {
            identity.name,
            *identity.comparison_columns,
            *identity.unique,
            *sum(identity.paired, ()),
        }
    else:
        targets = {*identity.key, resource.naming}
    columns = resource.columns()
    return {name for name, column in columns.items() if {name, column.target} & targets}


def _is_dated(table: SheetTable, resource: SheetResource) -> bool:
    """Whether a table says of which year its rows are."""
    name = resource.year_column
    return bool(name and (table.column_of(name) or stated_year(table, resource)[0]))


def _signatures(
    table: SheetTable, names: list[str], resource: SheetResource, dated: bool
) -> Iterator[tuple[tuple[object, ...], int]]:
    """What each row says in these columns, with its place among the rows.

    Where ``dated``, rows of different years say different things. Rows that say next to nothing
    are passed over.
    """
    year = table.column_of(resource.year_column) if dated else None
    years = table.sheet.columns[year.index] if year else None
    stated = stated_year(table, resource)[0] if dated else None
    columns = [column for name in names if (column := table.column_of(name))]
    cells = [table.sheet.columns[column.index] for column in columns]
    for position, row in enumerate(table.rows):
        signature = tuple("" if is_blank(c[row]) else comparison_key(shown(c[row])) for c in cells)
        if sum(map(bool, signature)) >= FEWEST_COLUMNS:
            of_year = stated if years is None or is_blank(years[row]) else shown(years[row])
            yield (*signature, of_year), position


def complete_rows(
    layout: Layout, rows: SheetRows, resource: SheetResource, answers: Answers
) -> None:
    """Fills the rows of the main sheet from those that repeat them, where that was answered.

    The raw cells are still needed, so this comes right after they were read.
    """
    if answers.chosen.get(QuestionKey.SHEETS) != ADD:
        return
    starts, start = {}, 0
    for table in layout.tables:
        starts[id(table)] = start
        start += len(table.rows)
    for each in _repetitions(layout.tables, resource):
        names = _shared_columns(each.main, each.table, resource)
        dated = _is_dated(each.main, resource) and _is_dated(each.table, resource)
        places: dict[tuple[object, ...], int] = {}
        for signature, position in _signatures(each.main, names, resource, dated):
            places.setdefault(signature, starts[id(each.main)] + position)
        for signature, position in _signatures(each.table, names, resource, dated):
            if signature in places:
                index = starts[id(each.table)] + position
                _complete(rows, places[signature], index, each.main.sheet.name)


def _complete(rows: SheetRows, first: int, index: int, sheet: str) -> None:
    """What a repeating row has beyond the first one goes there; the row itself is set aside."""
    for values in rows.values.values():
        if values[first] is None and values[index] is not None:
            values[first] = values[index]
    if index in rows.held:
        rows.held.add(first)
    rows.set_aside([index], f"melengkapi baris {rows.row_of[first]} lembar «{sheet}»")
