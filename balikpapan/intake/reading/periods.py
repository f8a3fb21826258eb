"""Yearly amounts of a month, a week or a day: how often a year one comes, never guessed.

A heading may speak of a period ("Omset per bulan") and so may single cells ("5 jt/bulan"); one
answer holds for both.
"""

from collections.abc import Sequence

from balikpapan.spreadsheets.cells import format_whole
from balikpapan.spreadsheets.tables.table import SheetTable, TableColumn

from ..answers import Answers, Question, QuestionKey
from ..declarations import SheetColumn
from ..problems import Problems
from ..resources import SheetResource
from ..widgets import Money
from .sheet_rows import SheetRows

#: How often a year a period comes; how many days are worked only the office knows.
TIMES = {"bulan": "x12", "minggu": "x52"}
LEAVE = "leave"
PERIODS = ("hari", "minggu", "bulan")
MONTH, YEAR = "bulan", "tahun"


def is_yearly_amount(resource: SheetResource, column: SheetColumn | None) -> bool:
    """Whether a column holds the money of a whole year."""
    child = resource.child
    return bool(
        child
        and "year" in child.key
        and column
        and column.child
        and isinstance(column.widget, Money)
    )


def settle_periods(
    tables: Sequence[SheetTable], resource: SheetResource, answers: Answers, problems: Problems
) -> list[Question]:
    """Multiplies or leaves out the amounts of a period as answered; a question for each other one."""
    columns = resource.columns()
    asked: dict[str, list[TableColumn]] = {}
    for table in tables:
        yearly = resource.yearly_amounts(table)
        for column in table.columns:
            if column.field in resource.monthly and column.period not in (None, MONTH):
                _leave_out_of_months(table, column, problems)
            is_yearly = column.field in yearly or is_yearly_amount(
                resource, columns.get(column.field or "")
            )
            if not is_yearly or column.period not in PERIODS:
                continue
            option = answers.option(QuestionKey.PERIOD, column.period)
            if option is None:
                asked.setdefault(column.period, []).append(column)
            elif option == LEAVE:
                column.field = None
                message = f"Angka per {column.period} ini tidak dibaca, menurut jawaban."
                problems.say_of_column(table, column, "note", "period_left_out", message)
            else:
                column.times = int(option.removeprefix("x"))
                message = (
                    f"Angka per {column.period} dikalikan {column.times} menjadi angka setahun, "
                    "menurut jawaban."
                )
                problems.say_of_column(table, column, "note", "period_applied", message)
    return [_question(period, columns) for period, columns in asked.items()]


def _leave_out_of_months(table: SheetTable, column: TableColumn, problems: Problems) -> None:
    column.field = None
    message = (
        f"Judul ini menyebut angka per {column.period}, padahal yang dicatat angka sebulan, jadi "
        "isinya tidak disimpan."
    )
    problems.say_of_column(table, column, "warning", "other_period", message)


def answered_periods(heading_period: str | None, answers: Answers) -> dict[str, int]:
    """How often each period that cells may state comes in that of their heading; 0 to leave it out.

    A heading without a period is of the year.
    """
    if heading_period in PERIODS:
        return {heading_period: 1}
    times = {YEAR: 1}
    for period in PERIODS:
        if name := answer_name(period, answers):
            option = answers.chosen[name]
            times[period] = 0 if option == LEAVE else int(option.removeprefix("x"))
    return times


def answer_name(period: str, answers: Answers) -> str | None:
    """The name under which a period was answered: for itself, or for all that it fits.

    Twelve times is a month's answer: a day's amount is not multiplied by it.
    """
    own = f"{QuestionKey.PERIOD}:{period}"
    if own in answers.chosen:
        return own
    option = answers.chosen.get(QuestionKey.PERIOD)
    fits = option == LEAVE or (option is not None and _period_of(option) == period)
    return str(QuestionKey.PERIOD) if fits else None


def _period_of(option: str) -> str:
    return next((period for period, times in TIMES.items() if times == option), "hari")


def question_own_periods(rows: SheetRows) -> list[Question]:
    """One question for each period that single cells state under headings of the year."""
    places: dict[str, list[tuple[str, str, int]]] = {}
    for (period, letter, heading), count in rows.own_periods.items():
        places.setdefault(period, []).append((letter, heading, count))
    questions = []
    for period, cells in places.items():
        number = format_whole(sum(count for _, _, count in cells))
        names = ", ".join(f"{letter} «{heading}»" for letter, heading, _ in cells)
        about = (
            f"{number} sel di kolom {names} menyebut per {period}, padahal yang dicatat angka "
            f"setahun: {_how(period)}, atau tidak dibaca? Barisnya ditahan sampai dijawab."
        )
        letters = tuple(letter for letter, _, _ in cells)
        questions.append(_asked(period, about, letters, blocking=False))
    return questions


def _question(period: str, columns: list[TableColumn]) -> Question:
    names = ", ".join(dict.fromkeys(f"«{column.heading}»" for column in columns))
    about = (
        f"Kolom {names} berisi angka per {period}, padahal yang dicatat angka setahun: "
        f"{_how(period)}, atau tidak dibaca?"
    )
    return _asked(period, about, tuple(dict.fromkeys(column.letter for column in columns)))


def _how(period: str) -> str:
    times = TIMES.get(period)
    return f"kalikan {times[1:]}" if times else "kalikan banyaknya hari kerja setahun"


def _asked(period: str, about: str, letters: tuple[str, ...], *, blocking: bool = True) -> Question:
    times = TIMES.get(period)
    options = [times or "xHARI", LEAVE]
    return Question(
        QuestionKey.PERIOD,
        about,
        options,
        times,
        blocking=blocking,
        columns=letters,
        concern=period,
    )
