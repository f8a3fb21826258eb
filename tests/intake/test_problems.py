"""A problem never shows a personal value whole, whatever its length."""

import pytest

from balikpapan.intake.problems import Place, Problems
from balikpapan.spreadsheets.cells import Finding


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("nik", "6471012345678901", "************8901"),
        ("npwp", "12345", "*****"),
        ("phone", "081255500078", "0812****078"),
        ("phone", "12345", "****"),
        ("email", "a@b.id", "********"),
        ("latitude", "-1,2379", "********"),
        ("name", "Amplang Siti", "Amplang Siti"),
        ("name", "Siti 6471012345678901", "Siti ************8901"),
        ("nik", None, ""),
    ],
)
def test_the_value_of_a_problem_is_masked_by_its_kind(field, value, shown):
    problems = Problems()

    problems.add(Finding("error", "x", "Isi."), Place("Data", 2, field=field), value)

    assert problems.listed[0].value == shown
