"""The owner's gender as offices tick it: "Jenis Kelamin" over a column L and a column P."""

from itertools import islice

from balikpapan.intake.resources import SheetColumn, SheetRules
from balikpapan.intake.widgets import Text
from balikpapan.spreadsheets import cells
from balikpapan.spreadsheets.cells import ERASE, Finding
from balikpapan.spreadsheets.cells.reading import number_of
from balikpapan.spreadsheets.tables.sums import sum_label

from ..choices import Gender

MALE, FEMALE = "owner_ticked_male", "owner_ticked_female"
GENDERS = {MALE: Gender.MALE, FEMALE: Gender.FEMALE}
#: The columns of counts that the same sub-headings usually stand over.
_COUNTS = {MALE: "workers_male", FEMALE: "workers_female"}
_GROUPS = ("Jenis Kelamin", "Jenis Kelamin Pemilik", "Kelamin", "JK", "L/P", "Gender")
_LETTERS = {
    MALE: ("L", "LK", "Laki-laki", "Laki laki", "Pria"),
    FEMALE: ("P", "PR", "Perempuan", "W", "Wanita"),
}
#: A cross ticks a box, unless the same columns also hold ticks: then it may mean "not this one".
_CROSS = "x"
#: So many rows tell what a pair of columns holds.
_ENOUGH = 2000


class Tick(Text):
    """A mark that says that its column holds for the row."""

    def reader(self, model_field, reading):
        def read(value):
            if isinstance(value, str) and value.strip().casefold() == _CROSS:
                return cells.Read(True)
            return cells.read_boolean(value)

        return read

    def plain_texts(self, model_field):
        return None


def ticked(name: str) -> SheetColumn:
    """The column of the IKM sheet that is ticked for owners of one gender."""
    headings = (f"{group} {letter}" for group in _GROUPS for letter in _LETTERS[name])
    label = f"Jenis Kelamin: {GENDERS[name].label}"
    return SheetColumn(
        name, label, Tick(), aliases="; ".join(headings), stored=False, exported=False
    )


def settle_gender_ticks(table) -> None:
    """Two columns below "Jenis Kelamin" are its ticks only where marks stand in them.

    Counts of people there are suggested for what they are; anything else is asked about.
    """
    pair = {name: table.column_of(name) for name in GENDERS}
    columns = [column for column in pair.values() if column]
    marks = list(islice(_marks(table, columns), _ENOUGH))
    if len(columns) == len(pair) and marks and all(map(_is_tick, marks)) and _one_manner(marks):
        return
    for name, column in pair.items():
        if column is None:
            continue
        column.field = "owner_gender"
        if marks and all(_is_count(cell) for mark in marks for cell in mark):
            column.field, column.suggestion = None, _COUNTS[name]


def _marks(table, columns):
    """What stands in these columns, row by row; sums and rows with neither are passed over."""
    if not columns:
        return
    ticks = [table.sheet.columns[column.index] for column in columns]
    for row in range(table.first_row, table.last_row + 1):
        mark = [None if cells.is_blank(cell[row]) else cell[row] for cell in ticks]
        if any(cell is not None for cell in mark) and not _is_sum(table, row):
            yield mark


def _is_sum(table, row):
    texts = (column[row] for column in table.sheet.columns)
    return any(isinstance(text, str) and sum_label(text) for text in texts)


def _is_tick(mark):
    """Whether one row's cells are marks; two ones in a row may be counts of people."""
    answers = [Tick().reader(None, None)(cell) for cell in mark if cell is not None]
    are_numbers = all(number_of(cell) is not None for cell in mark)
    return all(not a.has_error for a in answers) and not (
        are_numbers and all(a.value for a in answers)
    )


def _is_count(cell):
    number = 0 if cell is None else number_of(cell)
    return number is not None and number >= 0 and number % 1 == 0


def _one_manner(marks):
    words = {cell.strip().casefold() for mark in marks for cell in mark if isinstance(cell, str)}
    return _CROSS not in words or words == {_CROSS}


class GenderRules(SheetRules):
    """The owner's gender is that of the column ticked."""

    def fill_derived(self, rows, options, problems):
        if not any(name in rows.values for name in GENDERS):
            return
        genders = rows.fill("owner_gender")
        for index, ticks in enumerate(zip(*map(rows.column, GENDERS), strict=True)):
            stated = {genders[index]} - {None}
            stated |= {
                str(g) for g, tick in zip(GENDERS.values(), ticks, strict=True) if tick is True
            }
            if len(stated) > 1:
                message = (
                    "Laki-laki dan perempuan sama-sama ditandai. Tandai satu saja, menurut pemilik "
                    "usahanya."
                )
                rows.tell(problems, index, MALE, Finding("error", "related_conflict", message))
            elif stated:
                [genders[index]] = stated
            elif ERASE in ticks:
                genders[index] = ERASE
