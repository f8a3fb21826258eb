"""Column letters and cell addresses."""

import pytest

from balikpapan.spreadsheets.addresses import cell_address, column_index, column_letter


@pytest.mark.parametrize(
    ("index", "letters"),
    [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")],
)
def test_a_column_has_the_letters_excel_shows(index, letters):
    assert column_letter(index) == letters
    assert column_index(letters) == index
    assert column_index(letters.lower()) == index


def test_there_is_no_column_left_of_the_first():
    with pytest.raises(ValueError, match="-1"):
        column_letter(-1)


def test_a_cell_address_counts_rows_from_one():
    assert cell_address(6, 27) == "AB7"
