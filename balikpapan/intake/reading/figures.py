"""Figures that may mean something else than they say: zeros in every column, one count for all.

Both are asked once per file, because only the office knows how its list was filled in.
"""

from collections.abc import Iterable
from typing import Any

from balikpapan.spreadsheets.cells import ERASE, Finding, format_whole

from ..answers import Answers, Question, QuestionKey
from ..problems import Place, Problems
from ..resources import SheetResource
from ..widgets import Measure, Money, Whole
from .sheet_rows import SheetRows

#: So many rows are many, whatever the length of the list; in a short list a tenth of them is.
MANY, SHARE = 20, 10
#: So small a part of the rows that fill the other column are slips or sums.
FEW = 20
#: One zero among the figures is a figure; only rows with several of them are doubtful.
FEWEST_FIGURES = 2
#: The columns of two counts and of their total.
Counts = tuple[str, str, str]


def settle_figures(
    rows: SheetRows, resource: SheetResource, answers: Answers, problems: Problems
) -> list[Question]:
    """Applies what was answered about doubtful figures; a question for each doubt left."""
    questions = []
    zeros = _zero_rows(rows, resource)
    if zeros:
        option = answers.option(QuestionKey.ZEROS)
        if option is None:
            questions.append(_ask_about_zeros(zeros, resource))
        elif option == "blank":
            _blank_figures(rows, resource, zeros, problems)
    for counts in resource.split_counts:
        alone = _rows_with_one(rows, counts)
        if not _are_many(len(alone), _filled_rows(rows, counts)):
            continue
        option = answers.option(QuestionKey.WORKERS)
        if option is None:
            questions.append(_ask_about_counts(rows, resource, counts, alone))
        elif option != "leave":
            _complete_counts(rows, counts, alone, option, problems)
    return questions


def _are_many(number: int, among: int) -> bool:
    return number >= MANY or (number > 1 and number * SHARE >= among) or 0 < number == among


# Zeros


def _figure_columns(rows: SheetRows, resource: SheetResource) -> list[Any]:
    return [
        rows.values[name]
        for name, column in resource.columns().items()
        if column.child
        and name in rows.values
        and isinstance(column.widget, Whole | Money | Measure)
    ]


def _zero_rows(rows: SheetRows, resource: SheetResource) -> list[int]:
    """The rows in which every figure is 0, where they are many."""
    columns = _figure_columns(rows, resource)
    if len(columns) < FEWEST_FIGURES:
        return []
    zeros, with_figures = [], 0
    numbers = rows.column("number")
    for index, figures in enumerate(zip(*columns, strict=True)):
        if numbers[index] is not None:
            continue  # what our own export says was decided when it was stored
        filled = [figure for figure in figures if figure is not None and figure is not ERASE]
        with_figures += bool(filled)
        if len(filled) >= FEWEST_FIGURES and not any(filled):
            zeros.append(index)
    many = len(zeros) >= MANY or (len(zeros) > 1 and len(zeros) * SHARE >= with_figures)
    return zeros if many else []


def _ask_about_zeros(zeros: list[int], resource: SheetResource) -> Question:
    about = (
        f"{format_whole(len(zeros))} baris berisi 0 pada semua kolom angkanya: memang nol, atau "
        "belum diketahui (dikosongkan)?"
    )
    return Question(QuestionKey.ZEROS, about, ["zero", "blank"], "blank")


def _blank_figures(
    rows: SheetRows, resource: SheetResource, zeros: list[int], problems: Problems
) -> None:
    for column in _figure_columns(rows, resource):
        for index in zeros:
            if column[index] is not ERASE:
                column[index] = None
    message = "Angka 0 dikosongkan karena belum diketahui, menurut jawaban."
    _tell_per_sheet(rows, zeros, "zeros_blanked", message, problems)


# One count for all


def _rows_with_one(rows: SheetRows, counts: Counts) -> list[int]:
    """The rows that fill one of the two counts, in a list that has no total of them."""
    one, other, total = counts
    if one not in rows.values or other not in rows.values or total in rows.values:
        return []  # a list with a column for the total says there what it knows
    columns = zip(rows.values[one], rows.values[other], strict=True)
    return [
        index
        for index, (first, second) in enumerate(columns)
        if (first is None) != (second is None) and ERASE not in (first, second)
    ]


def _filled_rows(rows: SheetRows, counts: Counts) -> int:
    one, other, total = counts
    columns = zip(rows.column(one), rows.column(other), rows.column(total), strict=True)
    return sum(1 for values in columns if any(value is not None for value in values))


def _ask_about_counts(
    rows: SheetRows, resource: SheetResource, counts: Counts, alone: list[int]
) -> Question:
    one, other, _ = counts
    filled = sum(1 for index in alone if rows.values[one][index] is not None)
    fuller = one if 2 * filled > len(alone) else other
    sided = min(filled, len(alone) - filled) * FEW <= len(alone)
    blank = other if fuller == one else one
    whole, other_heading = _heading(rows, resource, fuller), _heading(rows, resource, blank)
    about = (
        f"{format_whole(len(alone))} baris mengisi kolom «{whole}» saja, sedangkan "
        f"«{other_heading}» kosong dan jumlahnya tidak ada: "
        f"«{whole}» itu jumlah seluruhnya, kolom yang kosong berarti 0, atau biarkan?"
        if sided
        else f"{format_whole(len(alone))} baris mengisi satu saja dari kolom «{whole}» dan "
        f"«{other_heading}», dan jumlahnya tidak ada: angka itu jumlah seluruhnya, "
        "kolom yang kosong berarti 0, atau biarkan?"
    )
    return Question(
        QuestionKey.WORKERS, about, ["total", "zero", "leave"], "total" if sided else "zero"
    )


def _heading(rows: SheetRows, resource: SheetResource, name: str) -> str:
    """The heading of a column as the file has it, else as it is printed."""
    headings = (places[name][1] for places in rows.places if name in places)
    return next(headings, "") or resource.columns()[name].column_name


def _complete_counts(
    rows: SheetRows, counts: Counts, alone: Iterable[int], option: str, problems: Problems
) -> None:
    one, other, total = counts
    for index in alone:
        fuller, blank = (one, other) if rows.values[one][index] is not None else (other, one)
        if option == "zero":
            rows.values[blank][index] = 0
        else:
            rows.fill(total)[index] = rows.values[fuller][index]
            rows.values[fuller][index] = None
    messages = {
        "zero": "Kolom tenaga kerja yang kosong dicatat 0, menurut jawaban.",
        "total": "Angka tenaga kerja dicatat sebagai jumlah seluruhnya, menurut jawaban.",
    }
    _tell_per_sheet(rows, alone, "workers_answered", messages[option], problems)


def _tell_per_sheet(
    rows: SheetRows, indexes: Iterable[int], code: str, message: str, problems: Problems
) -> None:
    by_sheet: dict[int, int] = {}
    for index in indexes:
        by_sheet[rows.sheet_of[index]] = by_sheet.get(rows.sheet_of[index], 0) + 1
    for sheet, number in by_sheet.items():
        finding = Finding("note", code, f"{format_whole(number)} baris: {message}")
        problems.add(finding, Place(rows.sheets[sheet]))
