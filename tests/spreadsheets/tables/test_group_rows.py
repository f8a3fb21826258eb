"""Titles of groups with sums, lines between numbered rows, remarks and bands that close a group."""

import pytest

from balikpapan.spreadsheets.tables.kinds import Doubt, RowKind
from tests.spreadsheets.tables.test_row_kinds import HEADING, OTHER, ROW, kinds, settled

GROUP_SUMS = {
    "a roman number": ["I", "Pangan", None, None, 7, 1200],
    "a letter and a count": ["A", "Kecamatan Balikpapan Timur", "2 unit", None, 7, 1200],
    "a band alone": [None, "KECAMATAN BALIKPAPAN TIMUR", None, None, 7, 1200],
    "no number among numbers": [None, "Industri Percobaan", None, None, 7, 1200],
}


@pytest.mark.parametrize("row", GROUP_SUMS.values(), ids=GROUP_SUMS)
def test_the_title_of_a_group_may_carry_the_sums_of_the_rows_below_it(row):
    assert kinds(HEADING, row, ROW, OTHER) == {2: RowKind.BAND}


@pytest.mark.parametrize(
    ("row", "doubt"),
    [
        (["I", "Pangan", None, None, 7, 1201], Doubt.BAND),
        ([None, "Industri Percobaan", None, None, 7, 1201], None),
        ([None, "Industri Percobaan", "Ani", None, 7, 1200], None),
    ],
    ids=["other sums", "other sums without a number", "an owner"],
)
def test_what_only_looks_like_a_group_with_sums_is_no_band(row, doubt):
    [table] = settled(HEADING, row, ROW, OTHER)

    assert (list(table.rows), table.doubtful.get(1)) == ([1, 2, 3], doubt)


@pytest.mark.parametrize("blank", [None, 0, "-"])
def test_a_figure_that_is_not_there_adds_nothing_to_the_sum_of_its_group(blank):
    group, incomplete = ["I", "Pangan", None, None, 3, 1200], [*OTHER[:4], blank, OTHER[5]]

    assert kinds(HEADING, group, ROW, incomplete) == {2: RowKind.BAND}


def test_groups_with_sums_nest():
    [table] = settled(
        HEADING,
        ["I", "KECAMATAN BALIKPAPAN TIMUR", None, None, 3, 500],
        ["A", "Kel. Manggar", None, None, 3, 500],
        ROW,
        ["II", "KECAMATAN BALIKPAPAN UTARA", None, None, 4, 700],
        OTHER,
    )

    assert table.bands == {
        3: {"kecamatan": "Balikpapan Timur", "kelurahan": "Manggar"},
        5: {"kecamatan": "Balikpapan Utara"},
    }


BETWEEN = {
    "one text alone": ([None, "(pindah)", None, None, None, None], [[]], Doubt.LONE),
    "text that may go on": ([None, "Jaya", None, "dan kue", None, None], [], Doubt.CONTINUED),
    "an owner that may go on": ([None, None, "bin Ali", None, None, None], [], Doubt.CONTINUED),
    "a number of its own": ([3, "Jaya", None, None, None, None], [], None),
    "after a blank row": ([None, "Jaya", None, "dan kue", None, None], [[]], None),
}


@pytest.mark.parametrize(("row", "above", "doubt"), BETWEEN.values(), ids=BETWEEN)
def test_a_line_without_a_number_among_numbered_ones_is_doubtful(row, above, doubt):
    tables = settled(HEADING, ROW, *above, row, OTHER)

    assert tables[0].doubtful.get(2 + len(above)) == doubt


def test_remarks_go_on_until_the_rows_do():
    remarks = [["Catatan:"], [None, "1. Hasil pendataan"], [None, "2. Data per Mei 2024"]]
    band = ["KECAMATAN BALIKPAPAN TIMUR"]

    assert kinds(HEADING, ROW, *remarks) == dict.fromkeys((3, 4, 5), RowKind.REMARK)
    [table] = settled(HEADING, ROW, *remarks, band, OTHER)
    assert (list(table.rows), table.bands[6]) == ([1, 6], {"kecamatan": "Balikpapan Timur"})


def test_bands_may_close_their_groups():
    east, north = ["KECAMATAN BALIKPAPAN TIMUR"], ["KECAMATAN BALIKPAPAN UTARA"]
    [closed] = settled(HEADING, ROW, east, OTHER, north)
    [opened] = settled(HEADING, ROW, east, OTHER, north, [3, "Kue Eka", "Eka", "Kue", 1, 1])

    assert [closed.bands[row]["kecamatan"] for row in (1, 3)] == [
        "Balikpapan Timur",
        "Balikpapan Utara",
    ]
    assert 1 not in opened.bands
