"""Counts of people that state both sexes in one cell."""

import pytest

from balikpapan.spreadsheets.cells import read_headcount

SPLIT = [
    "3 L / 2 P", "3L, 2P", "L=3 P=2", "L: 3, P: 2", "3 Laki-laki dan 2 Perempuan", "P 2 L 3",
    "5 orang (3L, 2P)", "5 (L 3; P 2)", "3 orang laki-laki, 2 orang perempuan", "3L+2P", "Pria 3 Wanita 2",
]  # fmt: skip


@pytest.mark.parametrize("text", SPLIT)
def test_both_counts_are_read_from_one_cell(text):
    read = read_headcount(text, low=0, high=1000)

    assert (read.value, dict(read.related)) == (5, {"male": 3, "female": 2})
    assert [finding.code for finding in read.findings] == ["headcount_split"]


def test_two_numbers_are_both_sexes_only_under_a_heading_that_says_so():
    assert dict(read_headcount("3/2", both_sexes=True).related) == {"male": 3, "female": 2}
    assert read_headcount("3/2").has_error


@pytest.mark.parametrize("text", ["6 (3L, 2P)", "3 L", "3 L / 2 L", "3L 2P 1X", "3 L / 2 P atau 4"])
def test_what_is_not_two_counts_that_agree_is_refused(text):
    read = read_headcount(text, both_sexes=True)

    assert (read.has_error, read.related) == (True, ())


@pytest.mark.parametrize(("text", "count"), [("5", 5), (5, 5), ("5 orang", 5)])
def test_one_count_is_read_as_ever(text, count):
    read = read_headcount(text)

    assert (read.value, read.related) == (count, ())


def test_both_counts_together_keep_the_limits():
    assert read_headcount("600 L, 500 P", low=0, high=1000).has_error
