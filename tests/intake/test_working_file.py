"""Typed cells come back from the working file of a preview as they were, each of its own kind."""

import datetime
import io
import json
import zipfile
from decimal import Decimal

import pytest

from balikpapan.intake import working_file
from balikpapan.spreadsheets.cells import ERASE

CELLS = [
    None,
    "",
    "Amplang",
    "0812",
    0,
    12,
    10**15,
    True,
    False,
    ERASE,
    Decimal("1.50"),
    datetime.date(2024, 5, 6),
]


@pytest.mark.parametrize("cell", CELLS, ids=repr)
def test_a_cell_comes_back_as_it_was(cell):
    stored = json.dumps(working_file._encode(cell))

    reread = working_file._decode(json.loads(stored))

    assert (type(reread), repr(reread)) == (type(cell), repr(cell))
    assert (reread is ERASE) == (cell is ERASE)


def test_a_cell_of_another_kind_is_refused():
    with pytest.raises(TypeError):
        working_file._encode(1.5)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param(["a", None, "b", "a", "a"] * 3, id="texts"),
        pytest.param([Decimal("1.5"), ERASE, None, datetime.date(2024, 5, 6), "a"], id="kinds"),
        pytest.param(list(range(11)), id="numbers"),
    ],
)
def test_a_column_comes_back_page_by_page(monkeypatch, values):
    monkeypatch.setattr(working_file, "PAGE", 4)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        working_file._write_column(archive, "value/name", values)
    reader = working_file.KeptCells.__new__(working_file.KeptCells)
    reader._archive, reader.frame = zipfile.ZipFile(stream), {"page": 4}
    last = len(values) - 1

    assert reader.cells("name", range(len(values))) == dict(enumerate(values))
    assert reader.cells("name", [last, 0, 4, 1]) == {n: values[n] for n in (last, 0, 4, 1)}
