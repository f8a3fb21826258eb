"""Whole columns of raw cells become typed values, each distinct value read once."""

import re
from types import NoneType
from typing import Any

from balikpapan.spreadsheets import cells
from balikpapan.spreadsheets.cells import Finding, Read
from balikpapan.spreadsheets.model import Cell
from balikpapan.spreadsheets.tables.headings import names_both_sexes
from balikpapan.spreadsheets.tables.table import SheetTable, TableColumn

from ..answers import BAD_CELLS, UNITS, QuestionKey
from ..declarations import RuleIdentity, SheetColumn
from ..widgets import CellWidget, Measure, Reader, Reading
from .column_proofs import prove
from .context import ReadingContext
from .dittos import REPEATING, Dittos, unclear_ditto
from .periods import YEAR, answer_name, answered_periods, is_yearly_amount
from .raw_columns import RawColumn
from .related import RelatedCell
from .units import answered_unit
from .words import UnknownWords, unknown_word

#: Kinds of cells of which no two are equal to Python but not to an office, as 1 and True are.
_NUMBERS = {int, NoneType}
_PLAIN = {str, int, NoneType}
_PERIOD_CODES = {"own_period", "period_applied", "period_left_out"}


def reader_of(name: str, column: SheetColumn, context: ReadingContext, reading: Reading) -> Reader:
    """The function that reads one cell of a column, with the words that were answered for it."""
    read: Reader = column.widget.reader(context.resource.model_field(column), reading)
    if not column.widget.word_codes:
        return read
    words: UnknownWords = reading.options["words"]
    return words.reader(name, column.widget, read)


class ColumnReader:
    """Reads one column of one table into the rows of the upload, from the row ``start`` on."""

    def __init__(
        self,
        context: ReadingContext,
        table: SheetTable,
        start: int,
        layout_column: TableColumn,
        column: SheetColumn,
    ) -> None:
        self._context, self._table, self._start = context, table, start
        self._place, self._column = layout_column, column
        self._name: str = layout_column.field or ""
        self._source = RawColumn(table, layout_column, context.answers)
        self._kinds = self._source.kinds()
        self._reading = context.reading(layout_column.unit or 1, layout_column.times)
        self._reading.both_sexes = names_both_sexes(layout_column.heading)
        self._settle_measure(table)
        #: The name under which the unit of marked cells was answered for this column, or None.
        self._answered_unit = answered_unit(layout_column, context.answers)

    def read(self) -> None:
        """Fills the column and tells what there is to say about its cells."""
        self._settle_manner()
        field = self._context.resource.model_field(self._column)
        read = reader_of(self._name, self._column, self._context, self._reading)
        plain = self._column.widget.plain_texts(field)
        target = self._context.rows.fill(self._name)
        may_repeat = str in self._kinds and isinstance(self._column.widget, REPEATING)
        names = self._names_records()
        dittos = Dittos(self._table.rows, names_records=names) if may_repeat else None
        for page, raw in self._source.pages():
            first = self._start + page.start
            raw = dittos.filled(page, raw) if dittos else raw
            values, answers = self._read_page(raw, field, read, plain)
            target[first : first + len(values)] = values
            if answers:
                self._tell(first, raw, answers)
        if dittos:
            self._tell_of_dittos(dittos)

    def _names_records(self) -> bool:
        """Whether records of this register are told from each other by this column."""
        resource = self._context.resource
        return self._name == resource.naming and isinstance(resource.identity, RuleIdentity)

    def _tell_of_dittos(self, dittos: Dittos) -> None:
        problems = self._context.problems
        if dittos.count:
            message = (
                f"{cells.format_whole(dittos.count)} sel bertanda sama dengan di atas (sda, idem, "
                'atau ") diisi dari sel di atasnya.'
            )
            problems.say_of_column(self._table, self._place, "note", "ditto", message)
        for position, mark in dittos.unclear.items():
            finding = unclear_ditto(mark, names_records=self._names_records())
            self._context.rows.tell(problems, self._start + position, self._name, finding, mark)

    def _settle_measure(self, table: SheetTable) -> None:
        """Amounts under "(ton)" are kept in kilograms, as a heading or a title says and is told."""
        widget, heading = self._column.widget, self._place.heading
        if not isinstance(widget, Measure) or not widget.units:
            return
        unit = cells.stated_unit(heading, table.titles, widget.units)
        if unit is None:
            return
        self._reading.scale = cells.other_units(widget.units)[unit]
        message = (
            f"Angkanya dalam {unit}, jadi dikalikan {cells.format_decimal(self._reading.scale)} "
            f"menjadi {widget.units[0]}."
        )
        problems = self._context.problems
        problems.say_of_column(table, self._place, "note", "unit_of_measure", message)

    def _settle_manner(self) -> None:
        """How the cells are written: as the column proves, or as somebody has answered."""
        reading, answers = self._reading, self._context.answers
        if not self._kinds <= _NUMBERS:
            prove(reading, self._column.widget, self._source)
            if reading.date_order is cells.DateOrder.UNKNOWN:
                self._settle_date_order()
        if self._answered_unit:
            reading.marked_unit = UNITS[answers.units[self._answered_unit]]
        if is_yearly_amount(self._context.resource, self._column):
            reading.periods = answered_periods(self._place.period, answers)

    def _settle_date_order(self) -> None:
        """A column that shows both orders of day and month is read as answered, or asked about."""
        letter, heading = self._place.letter, self._place.heading
        option = self._context.answers.option(QuestionKey.DATES, letter)
        if option is not None:
            self._reading.date_order = cells.DateOrder(option)
        else:
            self._context.rows.doubtful_dates.append((letter, heading))

    def _read_page(
        self, raw: list[Cell], field: Any, read: Reader, plain: re.Pattern[str] | None
    ) -> tuple[list[Any], dict[object, Read]]:
        """The values of some cells, and raw cell -> answer where there is more to say."""
        if self._kinds <= _NUMBERS and (
            values := _plain_numbers(raw, self._column.widget, field, self._reading)
        ):
            return values, {}
        read_all = _read_plain_kinds if self._kinds <= _PLAIN else _read_any_kind
        return read_all(raw, read, plain)

    def _tell(self, first: int, raw: list[Cell], answers: dict[object, Read]) -> None:
        is_plain = self._kinds <= _PLAIN
        for position, value in enumerate(raw):
            key = value if is_plain or value.__class__ is str else (value.__class__, value)
            answer = answers.get(key)
            if answer is not None:
                self._tell_cell(first + position, value, answer)

    def _tell_cell(self, index: int, value: object, answer: Read) -> None:
        rows, widget = self._context.rows, self._column.widget
        rows.related += [
            RelatedCell(index, self._name, widget.related[kind], raw_cell)
            for kind, raw_cell in answer.related
        ]
        for finding in answer.findings:
            self._note_answer(finding.code, value)
            if finding.code in widget.word_codes:
                named, options = (self._name, self._column), self._reading.options
                finding = unknown_word(rows, index, named, value, finding, options)
            if finding.severity == "error" and self._may_be_blank():
                self._context.answers.use(BAD_CELLS)
                message = f"{finding.message} Sel ini disimpan kosong."
                finding = Finding("warning", finding.code, message)
            rows.tell(self._context.problems, index, self._name, finding, value)

    def _note_answer(self, code: str, value: object) -> None:
        """Counts what an answer is wanted for, and notes which answer decided something."""
        rows, answers = self._context.rows, self._context.answers
        place = (self._place.letter, self._place.heading)
        if code == "own_unit":
            rows.own_units[place] = rows.own_units.get(place, 0) + 1
        elif code == "own_unit_applied":
            answers.use(f"unit:{self._answered_unit}")
        elif code in _PERIOD_CODES and YEAR in self._reading.periods:
            period = cells.stated_period(value)
            if code == "own_period":
                key = (period, *place)
                rows.own_periods[key] = rows.own_periods.get(key, 0) + 1
            elif name := answer_name(period, answers):
                answers.use(name)

    def _may_be_blank(self) -> bool:
        return self._context.answers.bad_cells == "blank" and not self._column.required


def _plain_numbers(
    raw: list[Cell], widget: CellWidget, field: Any, reading: Reading
) -> list[Any] | None:
    """A column of whole numbers that all lie within bounds, read at once; None for any other."""
    plain = widget.plain_numbers(field, reading)
    numbers: set[Any] = {value for value in raw if value is not None}
    if plain is None or not numbers:
        return None
    low, high, convert = plain
    if min(numbers) < low or max(numbers) > high:
        return None
    if convert is None:
        return raw
    converted = {value: convert(value) for value in numbers}
    converted[None] = None
    return [converted[value] for value in raw]


def _read_plain_kinds(
    raw: list[Cell], read: Reader, plain: re.Pattern[str] | None
) -> tuple[list[Any], dict[object, Read]]:
    """The values of a column of texts and whole numbers; cell -> answer where there is more to say."""
    distinct = set(raw)
    distinct.discard(None)
    values_read: dict[object, object] = {None: None}
    talk: dict[object, Read] = {}
    if plain is not None:
        texts = [value for value in distinct if isinstance(value, str)]
        sure = set(plain.findall("\n".join(texts)))
        if distinct <= sure:
            return raw, talk
        values_read.update((text, text) for text in texts if text in sure)
        distinct -= sure
    for value in distinct:
        answer = read(value)
        values_read[value] = answer.value
        if answer.findings:
            talk[value] = answer
    return [values_read[value] for value in raw], talk


def _read_any_kind(
    raw: list[Cell], read: Reader, plain: re.Pattern[str] | None
) -> tuple[list[Any], dict[object, Read]]:
    """The values of a column that also holds dates, formulas, errors, fractions or TRUE."""
    values_read: dict[object, object] = {}
    talk: dict[object, Read] = {}
    result: list[object] = []
    for value in raw:
        key: object = value if value.__class__ is str else (value.__class__, value)
        if key not in values_read:
            answer = read(value)
            values_read[key] = answer.value
            if answer.findings:
                talk[key] = answer
        result.append(values_read[key])
    return result, talk
