"""What the modules make of the invented register, whole: tables, charts, sheets, bills, grids.

Where an answer was meant to change, ``--write-snapshots`` writes its text anew; the difference is read
before it is committed.
"""

from pathlib import Path

import pytest

from tests.snapshot import compare

from .lists import PAGES, lines_of
from .questions import QUESTIONS
from .written import written

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_database,
    pytest.mark.usefixtures("demo"),
]
TEXTS = Path(__file__).with_name("texts")


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_register_answers_as_its_text_has_it(name):
    compare(TEXTS / f"{name}.txt", "\n".join(written(QUESTIONS[name]())))


@pytest.mark.parametrize("label", PAGES)
def test_a_list_holds_under_each_filter_word_and_column_what_its_text_says(label):
    compare(TEXTS / f"{label}.txt", "\n".join(lines_of(PAGES[label])))
