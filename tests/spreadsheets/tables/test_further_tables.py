"""Several tables in one sheet: where each begins and ends, and what stands above it."""

import pytest

from balikpapan.spreadsheets.tables.further_tables import MOST_TABLES, tables_of
from balikpapan.spreadsheets.tables.headings import Vocabulary
from balikpapan.spreadsheets.tables.rows import settle_rows

from .test_detect import HEADING, OTHER, ROW, VOCABULARY, settled, sheet

TITLE, BLANK = ["DAFTAR IKM TAHUN 2022"], [None]
MOVED = ["No", "Pemilik", "Nama Usaha", "Alamat", "Tenaga Kerja"]
MOVED_ROW = [1, "Budi", "Kue Budi", "Jl. Contoh 3", 5]


def shapes(*rows):
    """Of each table its titles, its first and last row, and the lines left out before it."""
    return [
        (table.titles, table.first_row, table.last_row, [line.row for line in table.ignored])
        for table in tables_of(sheet(*rows), VOCABULARY)
    ]


@pytest.mark.parametrize(
    ("between", "titles", "last", "first", "lines"),
    [
        pytest.param(
            [BLANK, ["DAFTAR IKM TAHUN 2023"]],
            ["DAFTAR IKM TAHUN 2023"],
            4,
            7,
            [6, 7],
            id="its own year replaces what stands above the first",
        ),
        pytest.param(
            [BLANK, ["Kecamatan Uji"]],
            ["Kecamatan Uji", *TITLE],
            4,
            7,
            [6, 7],
            id="no year of its own adds to it",
        ),
        pytest.param(
            [BLANK, ["a"], BLANK, ["b"]],
            ["a", "b", *TITLE],
            4,
            9,
            [6, 7, 8, 9],
            id="with a gap between",
        ),
        pytest.param(
            [BLANK, *[[letter] for letter in "abcdef"]],
            [*"abcdef", *TITLE],
            4,
            12,
            [6, 7, 8, 9, 10, 11, 12],
            id="as many lines as a title has",
        ),
        pytest.param(
            [BLANK, *[[letter] for letter in "zabcdef"]], TITLE, 11, 13, [13], id="one line more"
        ),
        pytest.param([["Kecamatan Uji"]], TITLE, 4, 6, [6], id="a row of the table above"),
        pytest.param([BLANK, ["Kecamatan", "Uji"]], TITLE, 5, 7, [7], id="two cells"),
        pytest.param([BLANK, [7]], TITLE, 5, 7, [7], id="a number"),
        pytest.param([], TITLE, 3, 5, [5], id="nothing"),
    ],
)
def test_a_title_right_above_a_second_table_is_of_that_table(between, titles, last, first, lines):
    above, below = shapes(TITLE, HEADING, ROW, OTHER, *between, MOVED, MOVED_ROW)

    assert above == (TITLE, 2, last, [])
    assert below == (titles, first, first, lines)


@pytest.mark.parametrize(
    ("heading", "tables"),
    [
        pytest.param(MOVED, 2, id="columns elsewhere"),
        pytest.param(["No", "Pemilik", "Nama Usaha", "Alamat", "Warna"], 2, id="three of five"),
        pytest.param(["No", "Pemilik", "Nama Usaha", "Rasa", "Warna"], 1, id="two of five"),
        pytest.param(["No", None, "Pemilik", None, None], 1, id="one heading"),
        pytest.param(["No", "Pemilik", "Nama Usaha", "Alamat", 4], 1, id="a number among them"),
        pytest.param(HEADING, 1, id="printed again on the next page"),
        pytest.param(["No", "Pemilik", "Alamat", "Warna Usaha yang panjang" * 3, "Nama Usaha"], 2, id="a long text"),
    ],
)  # fmt: skip
def test_a_second_heading_is_one_whose_columns_are_others(heading, tables):
    assert len(shapes(HEADING, ROW, OTHER, heading, MOVED_ROW)) == tables


def test_tables_without_running_numbers_are_told_apart_too():
    first, second = shapes(HEADING[1:], ROW[1:], BLANK, ["Uji"], MOVED[1:], MOVED_ROW[1:])

    assert first == ([], 1, 2, [])
    assert second == (["Uji"], 5, 5, [4, 5])


def test_more_tables_than_a_list_has_are_not_looked_for():
    pairs = [HEADING, ROW, MOVED, MOVED_ROW] * MOST_TABLES

    assert len(shapes(*pairs)) == MOST_TABLES


def test_tables_side_by_side_end_each_with_their_own_rows():
    longer = [*ROW, None, *MOVED_ROW], [None] * 6 + [2, "Adi", "Kue Adi", "Jl. Contoh 4", 6]
    left, right = tables_of(sheet([*HEADING, None, *MOVED], *longer), VOCABULARY)

    assert (left.span, left.first_row, left.last_row) == ((0, 6), 1, 1)
    assert (right.span, right.first_row, right.last_row) == ((6, 11), 1, 2)
    assert [column.field for column in right.columns][1:3] == ["owner_name", "name"]


def test_a_table_right_of_another_has_the_rows_it_has_alone():
    rows = [
        MOVED_ROW,
        [None] * 5,
        [None, None, "Anggrek Merah", None, None],
        [2, "Adi", "Kue Adi", None, None],
        [None, "Kelurahan Uji", None, None, None],
        [3, "Ida", "Kue Ida", "Jl. Contoh 5", 7],
        [None, "Jumlah", None, None, 12],
    ]
    pairs = [[*ROW, None, *row] for row in rows]
    alone = settled(MOVED, *rows)
    _, right = tables_of(sheet([*HEADING, None, *MOVED], *pairs), VOCABULARY)
    settle_rows(right, frozenset({"name"}))

    assert list(alone.rows) == [1, 3, 4, 6]
    assert (list(right.rows), right.ignored) == (list(alone.rows), alone.ignored)
    assert right.doubtful == alone.doubtful


def test_so_many_headings_are_looked_up_and_no_more():
    vocabulary = Vocabulary(VOCABULARY.aliases, _left=2)

    assert vocabulary.find("Pemilik").field == "owner_name"
    assert vocabulary.find("Alamat").field == "address"
    assert vocabulary.find("Nama Usaha").field is None
    # What was looked up before is remembered.
    assert vocabulary.find("Alamat").field == "address"


def test_so_many_misspelt_headings_are_compared_and_no_more():
    vocabulary = Vocabulary(VOCABULARY.aliases, _near_left=1)

    assert vocabulary.find("Tenaga Kerjaa").field == "workers_total"
    assert vocabulary.find("Nilai Investas").field is None
    assert vocabulary.find("Nilai Investasi").field == "investment"
