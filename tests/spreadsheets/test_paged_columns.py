"""A column in pages is used like a list, whatever stands in its cells."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balikpapan.spreadsheets import paged_columns
from balikpapan.spreadsheets.cells import ERASE
from balikpapan.spreadsheets.model import CellError, Formula, Percent
from balikpapan.spreadsheets.paged_columns import Columns, LongColumn, PageFile

CELLS = st.one_of(
    st.none(),
    st.text(max_size=5),
    st.integers(),
    st.booleans(),
    st.floats(allow_nan=False),
    st.dates(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from([ERASE, Formula("A1", 2), CellError("#N/A"), Percent(0.5)]),
)
PLACES = st.integers(0, 19)


@pytest.fixture(autouse=True)
def small_pages(monkeypatch):
    monkeypatch.setattr(paged_columns, "PAGE", 4)
    monkeypatch.setattr(paged_columns, "LONG", 3)


def in_pages(cells):
    return Columns().of(cells, len(cells))


@given(st.lists(CELLS, min_size=4, max_size=20))
def test_a_column_in_pages_holds_what_was_put_into_it(cells):
    column = in_pages(cells)

    assert isinstance(column, LongColumn)
    assert list(map(kind_and_value, column)) == list(map(kind_and_value, cells))
    assert [kind_and_value(column[i]) for i in range(len(cells))] == [*map(kind_and_value, cells)]
    assert len(column) == len(cells)


def kind_and_value(cell):
    return type(cell), cell


@given(st.lists(st.tuples(PLACES, CELLS | st.lists(CELLS, max_size=9)), max_size=30))
def test_writing_and_reading_anywhere_is_what_a_list_would_do(acts):
    column, plain = Columns().blank(20), [None] * 20

    for place, what in acts:
        if isinstance(what, list):
            part = what[: 20 - place]
            column[place : place + len(part)] = part
            plain[place : place + len(part)] = part
        else:
            column[place] = plain[place] = what
        assert column[place - 7] == plain[place - 7]

    assert list(column) == plain
    assert column[3:17] == plain[3:17]
    assert column[5:] == plain[5:]
    assert [column.count(cell) for cell in plain] == [plain.count(cell) for cell in plain]
    assert all(cell in column for cell in plain)


@given(st.lists(st.lists(CELLS, max_size=9), max_size=6))
def test_a_column_grows_at_its_end(parts):
    column, plain = Columns().growing(1000), []

    for part in parts:
        column.extend(part)
        plain.extend(part)
        assert (len(column), column[-1:]) == (len(plain), plain[-1:])

    assert isinstance(column, LongColumn)
    assert list(column) == plain


def test_the_wish_to_empty_a_cell_is_still_itself():
    column = in_pages([ERASE, Decimal("1.50"), datetime.date(2024, 5, 1), *"abcdef"])

    assert column[8] == "f"
    assert column[0] is ERASE


def test_beyond_its_end_is_nothing():
    column = in_pages(list("abcdef"))

    for place in (6, 7, 8, 40, -7, -40):
        with pytest.raises(IndexError):
            column[place]


def test_a_page_that_grows_does_not_write_over_the_next():
    column = in_pages(list("abcdefgh"))

    column[0] = "x" * 1000
    column[4] = "y" * 1000

    assert [*column] == ["x" * 1000, *"bcd", "y" * 1000, *"fgh"]


def test_what_one_reader_changes_the_other_sees():
    column = in_pages(list("abcdefgh"))

    for place, cell in enumerate(column):
        column[place] = cell.upper()
        column[7 - place]

    assert "".join(column) == "ABCDEFGH"


def test_short_columns_are_lists():
    made = Columns()

    assert (made.of("abc", 3), made.blank(2)) == ([*"abc"], [None, None])


def test_the_pages_lie_in_a_file_without_a_name(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    column = LongColumn(PageFile(), 8)
    column[0:8] = list("abcdefgh")

    assert column[1] == "b"
    assert list(tmp_path.iterdir()) == []
