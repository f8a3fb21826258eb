"""What the columns of a table without headings may hold: proposed, for somebody to confirm."""

import pytest

from balikpapan.spreadsheets.model import Sheet
from balikpapan.spreadsheets.tables.detect import headerless_table
from balikpapan.spreadsheets.tables.guess_columns import propose

NAMES = ["Amplang Siti", "Roti Ani", "Batik Rumi", "Kue Dewi", "Tempe Joko", "Mebel Yani"]
ROWS = [
    [
        number + 1,
        name,
        f"081255500{number:03}",
        "kg",
        (number * 5) % 7 + 1,
        300 + 7 * number,
        5_000_000 + number * number,
        9_000_000 + number * number,
        2020 + number % 3,
    ]
    for number, name in enumerate(NAMES)
]


def proposal(rows, register="ikm"):
    columns = [list(column) for column in zip(*rows, strict=True)]
    return propose(headerless_table(Sheet("Data", columns)), register)


def test_columns_are_told_apart_by_what_they_hold():
    assert proposal(ROWS) == {
        "B": "name",
        "C": "phone",
        "D": "capacity_unit",
        "E": "workers_total",
        "F": "capacity",
        "G": "investment",
        "H": "production_value",
        "I": "year",
    }


def test_a_running_number_is_not_proposed_as_anything():
    assert "A" not in proposal(ROWS)


def test_no_field_is_proposed_twice():
    guesses = proposal([[*row, row[1], row[2]] for row in ROWS])

    assert len(set(guesses.values())) == len(guesses)


@pytest.mark.parametrize(
    "rows",
    [[[1, 2, 3]] * 5, [["a", "b"]] * 5, [["Amplang", 1]] * 4],
    ids=["numbers only", "too narrow", "two columns"],
)
def test_what_cannot_be_the_register_gets_no_proposal(rows):
    assert proposal(rows) == {}


def test_a_register_nobody_can_guess_gets_no_proposal():
    assert proposal(ROWS, "sertifikat") == {}


@pytest.mark.parametrize(
    ("streets", "field"), [(6, "address"), (4, "address"), (3, "products"), (0, "products")]
)
def test_a_column_holds_addresses_where_most_of_it_are(streets, field):
    words = [f"Jl. Mawar {n}" if n < streets else f"Kue nomor {n}" for n in range(len(NAMES))]

    assert proposal([[name, word, 3] for name, word in zip(NAMES, words, strict=True)]) == {
        "A": "name",
        "B": field,
        "C": "workers_total",
    }
