"""Which rows of zeros and of single counts are asked about, and what an answer makes of them."""

from array import array

import pytest

from balikpapan.intake.answers import Answers
from balikpapan.intake.problems import Problems
from balikpapan.intake.reading.figures import settle_figures
from balikpapan.intake.reading.sheet_rows import SheetRows
from balikpapan.intake.resources import REGISTERS
from balikpapan.spreadsheets.cells import ERASE


def settled(rows, problems=None, **chosen):
    """The keys of what is asked about rows of the IKM sheet."""
    answers = Answers(chosen=chosen)
    questions = settle_figures(rows, REGISTERS["ikm"](), answers, problems or Problems())
    return [question.key for question in questions]


def rows_of(**values):
    length = len(next(iter(values.values())))
    return SheetRows(
        sheets=["Data"],
        sheet_of=array("H", [0] * length),
        row_of=array("I", range(2, 2 + length)),
        values=values,
        places=[{}],
    )


@pytest.mark.parametrize(
    ("workers", "investment", "is_asked"),
    [
        ([0, 0, 3], [0, 0, 5], True),
        ([0, 3, 3], [0, 5, 5], False),
        ([0, 0, *[None] * 30], [0, 0, *[None] * 30], True),
        ([0, 0, *[3] * 30], [0, 0, *[5] * 30], False),
        ([0, 0, 3], [None, None, 5], False),
        ([0, 0, 3], [ERASE, ERASE, 5], False),
    ],
    ids=["two of three", "a single one", "all that are filled", "few", "one figure", "erased"],
)
def test_rows_of_zeros_are_asked_about_where_they_are_many(workers, investment, is_asked):
    rows = rows_of(workers_total=workers, investment=investment)

    assert settled(rows) == (["zeros"] if is_asked else [])


def test_zeros_of_a_list_with_one_column_of_figures_are_figures():
    assert settled(rows_of(workers_total=[0, 0, 0])) == []


def test_zeros_that_nobody_knows_become_blank_and_what_is_erased_stays():
    rows, problems = (
        rows_of(workers_total=[0, 0, 3], investment=[0, 0, 5], turnover=[None, ERASE, 0]),
        Problems(),
    )

    assert settled(rows, problems, zeros="blank") == []
    assert rows.values == {
        "workers_total": [None, None, 3],
        "investment": [None, None, 5],
        "turnover": [None, ERASE, 0],
    }
    [problem] = problems.listed
    assert "2 baris: Angka 0 dikosongkan" in problem.message


@pytest.mark.parametrize(
    ("male", "female", "is_asked"),
    [
        ([None], [3], True),
        ([ERASE], [None], False),
        ([None, ERASE], [ERASE, None], False),
        ([1], [3], False),
    ],
    ids=["the only row", "an erased count", "erased counts", "both"],
)
def test_one_count_of_two_is_asked_about(male, female, is_asked):
    rows = rows_of(workers_male=male, workers_female=female)

    assert settled(rows) == (["workers"] if is_asked else [])


@pytest.mark.parametrize("name", ["workers_male", "workers_female"])
def test_a_list_that_counts_only_men_or_only_women_is_taken_as_it_stands(name):
    rows = rows_of(**{name: [3, None]})

    assert settled(rows) == []
