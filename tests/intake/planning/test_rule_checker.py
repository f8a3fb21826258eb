"""The rules of the models are asked of each row of a list."""

import pytest

from tests.intake.importing import look, tally

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wrong", range(2, 14))
def test_a_rule_is_asked_of_each_row_however_long_the_list_is(wrong, any_length):
    heading = ["Nama Usaha", "Status", "Tahun Berdiri", "Tahun Tutup"]
    rows = [[f"Usaha {chr(65 + n) * 3}", "Tutup", 2001, 2015] for n in range(2, 14)]
    rows[wrong - 2][3] = 1999

    outcome = look([heading, *rows])

    assert tally(outcome) == (11, 0, 0, 1, 0)
    assert {problem.row for problem in outcome.problems.listed} == {wrong}
