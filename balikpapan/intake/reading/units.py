"""In what unit money is written where its heading does not say: known, answered or asked."""

import statistics
from collections.abc import Sequence
from decimal import Decimal
from itertools import islice

from balikpapan.spreadsheets.cells import format_whole, is_blank, parse_number
from balikpapan.spreadsheets.tables.headings import Vocabulary
from balikpapan.spreadsheets.tables.table import SheetTable, TableColumn

from ..answers import UNIT_NAMES, UNITS, Answers, Question, QuestionKey
from ..problems import Problems
from ..resources import SheetResource
from .sheet_rows import SheetRows

#: So many amounts tell the size of all.
ENOUGH = 2_000
#: Amounts of one list that lie further apart than this are hardly written in one unit.
ONE_SIZE = 100
#: Heading -> its columns, each with its amounts as they stand.
Silent = dict[str, list[tuple[TableColumn, list[float]]]]


def settle_units(
    tables: Sequence[SheetTable],
    resource: SheetResource,
    vocabulary: Vocabulary | None,
    answers: Answers,
    problems: Problems,
) -> list[Question]:
    """Silent money headings take the title's unit or the answer; the rest are questions."""
    money = vocabulary.money if vocabulary else frozenset()
    silent: Silent = {}
    for table in tables:
        from_title = table.title_unit()
        for column in table.columns:
            if column.field not in money or column.unit is not None:
                continue
            name = answered_unit(column, answers)
            chosen = answers.units[name] if name else answers.unit
            if from_title:
                column.unit = from_title
                message = f"Satuan dari judul tabel: {UNIT_NAMES.get(from_title, from_title)}."
                problems.say_of_column(table, column, "note", "unit_from_title", message)
            elif chosen:
                answers.use(f"unit:{name}" if name else QuestionKey.UNIT)
                column.unit = UNITS[chosen]
            elif amounts := _amounts(table, column):
                # A heading means the same on every sheet, so it is asked about once.
                silent.setdefault(column.heading, []).append((column, amounts))
            else:
                column.unit = 1
    return [_question(resource, columns, size) for columns, size in _by_size(silent)]


def answered_unit(column: TableColumn, answers: Answers) -> str | None:
    """The name, heading or letter, under which the unit of this very column is answered."""
    names = (column.heading, column.letter)
    return next((name for name in names if name in answers.units), None)


def question_own_units(rows: SheetRows) -> list[Question]:
    """One question for each column whose heading multiplies while some cells carry their own unit."""
    return [
        Question(
            QuestionKey.UNIT,
            f"{format_whole(count)} sel di kolom {letter} «{heading}» menyebut Rp atau satuannya "
            "sendiri, padahal judulnya sudah menyebut kelipatan. Angka yang ber-Rp itu rupiah "
            "penuh, ribu, atau juta?",
            list(UNITS),
            blocking=False,
            columns=(heading,),
            concern=letter,
        )
        for (letter, heading), count in rows.own_units.items()
    ]


def _amounts(table: SheetTable, column: TableColumn) -> list[float]:
    """The amounts below a heading, as far as they can be read at this stage."""
    cells = table.sheet.columns[column.index]
    filled = (cells[row] for row in table.rows if not is_blank(cells[row]))
    values = list(islice(filled, ENOUGH))
    if not values:
        return []
    read = [parse_number(v).amount if isinstance(v, str) else v for v in values]
    numbers = [v for v in read if isinstance(v, int | float | Decimal) and v is not True]
    return [abs(float(number)) for number in numbers if number] or [0] * bool(numbers)


def _by_size(silent: Silent) -> list[tuple[list[TableColumn], float]]:
    """The headings whose amounts are of one size, with the middle of the smallest of them."""
    sized = sorted(
        (statistics.median(amount for _, amounts in pairs for amount in amounts), heading)
        for heading, pairs in silent.items()
    )
    groups: list[tuple[list[TableColumn], float]] = []
    for size, heading in sized:
        columns = [column for column, _ in silent[heading]]
        if groups and size <= ONE_SIZE * (groups[-1][1] or size):
            groups[-1] = (groups[-1][0] + columns, groups[-1][1] or size)
        else:
            groups.append((columns, size))
    return groups


def _question(resource: SheetResource, columns: list[TableColumn], size: float) -> Question:
    columns = sorted(columns, key=lambda column: column.index)
    headings = tuple(dict.fromkeys(column.heading for column in columns))
    names = ", ".join(dict.fromkeys(_called(resource, column) for column in columns))
    amount = f"{'sekitar' if len(headings) == 1 else 'mulai sekitar'} {format_whole(round(size))}"
    return Question(
        QuestionKey.UNIT,
        f"Kolom {names} tidak menyebut satuan uang, dan isinya {amount}. Angkanya dalam rupiah, "
        "ribu, atau juta?",
        list(UNITS),
        _likeliest(size),
        columns=headings,
    )


def _called(resource: SheetResource, column: TableColumn) -> str:
    """A column's own heading; where it has none, its letter and what it was taken for."""
    if column.heading != column.letter:
        return f"«{column.heading}»"
    label = resource.columns()[column.field or ""].column_name.removesuffix(" (Rp)")
    return f"{column.letter} ({label})"


def _likeliest(size: float) -> str | None:
    """A small industry invests millions of rupiah, not thousands."""
    if size == 0 or size >= 500_000:
        return "rupiah"
    return "ribu" if size >= 20 else "juta"
