"""Cells that say "as above" take the cell right above them, or are told as unclear."""

import pytest

from balikpapan.intake.reading.dittos import Dittos, unclear_ditto


@pytest.mark.parametrize(
    ("rows", "cells", "filled", "unclear"),
    [
        ([4, 5, 6], ["Manggar", "sda", "idem"], ["Manggar", "Manggar", "Manggar"], {}),
        ([4, 5], ["Manggar", '"'], ["Manggar", "Manggar"], {}),
        ([4, 5], ["Manggar", "S.D.A."], ["Manggar", "Manggar"], {}),
        ([4, 5], ["sda", "Manggar"], [None, "Manggar"], {0: "sda"}),
        ([4, 6], ["Manggar", "sda"], ["Manggar", None], {1: "sda"}),
        ([4, 5], [None, "sda"], [None, None], {1: "sda"}),
        ([4, 5], ["Manggar", "sdas"], ["Manggar", "sdas"], {}),
    ],
    ids=["two marks", "a sign", "capitals", "first", "below a gap", "below a blank", "a word"],
)
def test_a_mark_takes_the_cell_right_above(rows, cells, filled, unclear):
    dittos = Dittos(rows)

    assert dittos.filled(range(len(cells)), cells) == filled
    marks = sum(cell != value for cell, value in zip(cells, filled, strict=True))
    assert (dittos.unclear, dittos.count) == (unclear, marks - len(unclear))


def test_the_first_mark_of_a_page_takes_the_last_cell_of_the_page_before():
    dittos = Dittos([4, 5, 6, 7])
    page = ["sda", "Teritip"]

    assert dittos.filled(range(2), [None, "Manggar"]) == [None, "Manggar"]
    assert dittos.filled(range(2, 4), page) == ["Manggar", "Teritip"]
    assert page == ["sda", "Teritip"]  # the cells of the sheet itself


def test_a_name_is_never_taken_from_above():
    dittos = Dittos([4, 5], names_records=True)

    assert dittos.filled(range(2), ["Amplang", "sda"]) == ["Amplang", None]
    assert (dittos.unclear, dittos.count) == ({1: "sda"}, 0)


@pytest.mark.parametrize(
    ("names_records", "why"), [(False, "sel di atasnya"), (True, "nama di baris ini")]
)
def test_an_unclear_mark_is_an_error_that_says_why(names_records, why):
    finding = unclear_ditto("sda", names_records=names_records)

    assert (finding.severity, finding.code) == ("error", "unclear_ditto")
    assert why in finding.message
