"""Yearly fields whose heading speaks of a month or a day: how often a year is asked, never guessed."""

from ..answers import Question, QuestionKey
from ..widgets import Money

#: How often a year a month comes; how many days are worked only the office knows.
TIMES = {"bulan": "x12"}
LEAVE = "leave"
_WORDS = {"bulan": "per bulan", "hari": "per hari"}


def settle_periods(tables, resource, answers, problems) -> list[Question]:
    """Multiplies or leaves out the amounts of a period as answered; a question for each other one."""
    columns = resource.columns()
    if resource.child is None or "year" not in resource.child.key:
        return []
    asked = {}
    for table in tables:
        for column in table.columns:
            meant = columns.get(column.field)
            if (
                meant is None
                or not (meant.child and isinstance(meant.widget, Money))
                or column.period not in _WORDS
            ):
                continue
            option = answers.option(QuestionKey.PERIOD, column.period)
            if option is None:
                asked.setdefault(column.period, []).append(column)
            elif option == LEAVE:
                column.field = None
                message = f"Angka {_WORDS[column.period]} ini tidak dibaca, menurut jawaban."
                problems.say_of_column(table, column, "note", "period_left_out", message)
            else:
                column.times = int(option.removeprefix("x"))
                message = (
                    f"Angka {_WORDS[column.period]} dikalikan {column.times} menjadi angka setahun, "
                    "menurut jawaban."
                )
                problems.say_of_column(table, column, "note", "period_applied", message)
    return [_question(period, columns) for period, columns in asked.items()]


def _question(period, columns):
    names = ", ".join(dict.fromkeys(f"«{column.heading}»" for column in columns))
    times = TIMES.get(period)
    how = "kalikan 12" if times else "kalikan banyaknya hari kerja setahun"
    about = (
        f"Kolom {names} berisi angka {_WORDS[period]}, padahal yang dicatat angka setahun: "
        f"{how}, atau tidak dibaca?"
    )
    letters = tuple(dict.fromkeys(column.letter for column in columns))
    options = [times or "xHARI", LEAVE]
    return Question(QuestionKey.PERIOD, about, options, times, columns=letters, concern=period)
