"""A table below a list in which the needed column is missing: its rows are named, none is lost."""

import pytest

from tests.intake.importing import look, problems_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LIST = [
    ["Nama Usaha", "Nama Pemilik", "Merek"],
    ["Amplang Siti", "Siti", None],
    ["Roti Budi", "Budi", None],
]
BELOW = [["NIK", "Alamat", "No. HP"], ["6471015203900001", "Jalan Uji", "081255500001"]]


@pytest.mark.parametrize("gap", [[], [[None]], [[None], ["Daftar pemilik"]]], ids=len)
def test_the_rows_of_a_table_that_is_not_read_are_ignored_by_name(gap):
    outcome = look([*LIST, *gap, *BELOW])

    [sheet] = outcome.sheets_json()
    first = len(LIST) + len(gap) + 1
    assert outcome.counts["new"] == 2
    assert outcome.counts["rows"] == 2 + len(gap) + len(BELOW)
    assert sorted(entry["row"] for entry in sheet["ignored"]) == list(range(4, first + 2))
    [last] = [entry["reason"] for entry in sheet["ignored"] if entry["row"] == first + 1]
    assert last == "tabel lain: tidak ada kolom nama usaha"
    [problem] = problems_of(outcome, "table_not_read")
    assert f"baris {first}–{first + 1}" in problem.message


def test_a_table_below_that_has_its_column_is_read():
    outcome = look(
        [*LIST, [None], ["Nama Pemilik", "Merek", "Nama Usaha"], ["Tuti", None, "Kue Tuti"]]
    )

    assert outcome.counts["new"] == 3
    assert problems_of(outcome, "table_not_read") == []
