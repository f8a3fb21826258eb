"""Tables are found by the child that has read the file, under its limits and a clock of their own."""

import pytest

from balikpapan.spreadsheets.errors import WorkbookRefused
from balikpapan.spreadsheets.model import Sheet
from balikpapan.spreadsheets.opening.limits import Limits
from balikpapan.spreadsheets.opening.open import opened_workbook
from balikpapan.spreadsheets.tables import further_tables, requests, rows
from balikpapan.spreadsheets.tables.headings import Vocabulary
from balikpapan.spreadsheets.tables.kinds import RowKind
from balikpapan.spreadsheets.tables.row_view import RowRules
from tests.sheets import xlsx
from tests.spreadsheets.hostile import wide_merges

VOCABULARY = Vocabulary(
    {"nama usaha": ("name",), "tenaga kerja": ("workers",), "alamat": ("address",)},
    required=(frozenset({"name"}),),
)
RULES = RowRules(frozenset({"name"}), figures=frozenset({"workers"}), vocabulary=VOCABULARY)
SHEET = [
    ["Nama Usaha", "Alamat", "Tenaga Kerja"],
    ["Amplang Siti", "Jl. Contoh 1", 3],
    ["Roti Ani", "Jl. Contoh 2", 4],
    ["JUMLAH", None, 7],
]
CSV = "\n".join(";".join("" if cell is None else str(cell) for cell in row) for row in SHEET)


@pytest.mark.parametrize(
    ("content", "name"), [(xlsx(SHEET), "a.xlsx"), (CSV.encode(), "a.csv")], ids=["xlsx", "csv"]
)
def test_the_child_finds_the_tables_and_sorts_their_rows(content, name, monkeypatch):
    for module, function in ((further_tables, "tables_of"), (rows, "sort_rows")):
        monkeypatch.setattr(module, function, None)  # here nothing is looked for
    monkeypatch.setattr(requests, "tables_of", None)

    with opened_workbook(content, name, Limits()) as opened:
        [[table]] = opened.tables_of(opened.workbook.sheets, VOCABULARY)
        opened.sort_rows([table], RULES)

    assert [column.field for column in table.columns] == ["name", "address", "workers"]
    assert list(table.rows) == [1, 2]
    assert [(entry.row, entry.kind) for entry in table.ignored] == [(4, RowKind.SUM)]
    assert (table.totals[0].row, table.totals[0].end) == (3, 2)


def test_whose_list_a_sheet_is_and_what_its_columns_may_hold_is_asked_of_the_child_too():
    rows = [[f"Usaha {n}", 2000 + n, n * 1000, f"0812555100{n}"] for n in range(9)]

    with opened_workbook(xlsx(SHEET), "a.xlsx", Limits()) as opened:
        assert opened.owners_of(opened.workbook.sheets, {"ikm": VOCABULARY}) == [("ikm", 3)]
    with opened_workbook(xlsx(rows), "a.xlsx", Limits()) as opened:
        table, proposal = opened.without_headings(opened.workbook.sheets[0], VOCABULARY, "ikm")

    assert proposal["A"] == "name"
    assert [column.letter for column in table.columns] == ["A", "B", "C", "D"]


def test_the_words_of_merged_cells_reach_the_rows_they_hold_for():
    content = xlsx([*SHEET[:2], [None, "Jl. Contoh 2", 4]], merge=["A2:A3"])

    with opened_workbook(content, "a.xlsx", Limits()) as opened:
        [[table]] = opened.tables_of(opened.workbook.sheets, VOCABULARY)
        opened.sort_rows([table], RULES)

    assert table.sheet.columns[0][1:] == ["Amplang Siti", "Amplang Siti"]
    assert table.carried == {0: 1}


def test_a_file_made_to_take_long_is_refused_and_its_child_is_gone():
    with (
        pytest.raises(WorkbookRefused) as caught,
        opened_workbook(wide_merges(SHEET[0]), "a.xlsx", Limits(table_seconds=0.05)) as opened,
    ):
        opened.tables_of(opened.workbook.sheets, VOCABULARY)

    assert caught.value.code == "too_slow"
    assert opened._child._process.returncode is not None


def test_the_search_tells_how_far_it_has_come():
    passed, in_order = [], []
    lines = [[f"Amplang {n}", "Jl. Contoh", n] for n in range(5_000)]
    columns = [list(column) for column in zip(SHEET[0], *lines, strict=True)]
    finder = requests.TableFinder([Sheet("Data", columns)], passed.append, in_order.append)

    [[table]] = finder.tables([0], VOCABULARY)
    [message] = finder.sorted_rows([(0, table)], RULES)

    assert message
    assert 4_000 < sum(passed) <= 5_000
    assert 4_000 < sum(in_order) <= 5_000
    assert len(in_order) > 3
