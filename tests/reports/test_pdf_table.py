"""How the columns of a printed table share the width of the page, and how its lines are set."""

import pytest

from balikpapan.reports.pdf_table import (
    PADDING,
    SIZES,
    ColumnWidth,
    _fit,
    _heading_rows,
    _line,
    _shared,
)
from balikpapan.reports.pdf_text import BOLD, ITALIC, PLAIN
from balikpapan.reports.tables import ReportColumn, ReportTable, Row


@pytest.mark.parametrize(
    ("wishes", "spare", "given"),
    [
        ([10, 10], 30, [10, 10]),
        ([10, 10], 20, [10, 10]),
        ([10, 10], 10, [5, 5]),
        ([30, 2, 10], 24, [12, 2, 10]),
        ([30, 2, 20], 24, [11, 2, 11]),
        ([0, 5], 3, [0, 3]),
    ],
)
def test_small_wishes_are_met_and_great_ones_get_what_is_left(wishes, spare, given):
    assert _shared(wishes, spare) == given


def fitted(*least_and_most, width):
    return _fit([ColumnWidth(*pair) for pair in least_and_most], width, SIZES)


@pytest.mark.parametrize(
    ("room", "size"),
    [(90.0, 9), (89.9, 8.5), (50.0, 5), (40.0, 4)],
    ids=["just fits", "a little too wide", "the smallest", "smaller than any"],
)
def test_letters_are_as_large_as_what_must_not_be_wrapped_allows(room, size):
    chosen, widths = fitted((4, 4), (6, 6), width=room + 2 * PADDING * 2 + 1)

    assert chosen == pytest.approx(size)
    assert sum(widths) == pytest.approx(room + 2 * PADDING * 2)
    assert [each - 2 * PADDING for each in widths] == pytest.approx([room * 0.4, room * 0.6])


def test_a_column_is_as_wide_as_it_asks_before_what_is_left_is_shared_by_all():
    size, widths = fitted((1.25, 2.25), (2.5, 20), (0, 0), width=9 * 14 + 2 * PADDING * 3 + 1)

    inner = [(each - 2 * PADDING) / size for each in widths]
    assert size == 9
    assert inner == pytest.approx([2.25, 11.25, 0.5])


def test_a_wide_page_widens_all_columns_alike():
    size, widths = fitted((1, 2), (1, 4), width=9 * 12 + 2 * PADDING * 2 + 1)

    assert [(each - 2 * PADDING) / size for each in widths] == pytest.approx([4, 8])


def test_a_heading_breaks_within_its_own_columns_and_their_numbers_are_smaller():
    columns = [
        ReportColumn("Nilai investasi seluruhnya"),
        ReportColumn("laki-laki", "whole", group="Tenaga kerja tetap"),
        ReportColumn("perempuan", "whole", group="Tenaga kerja tetap"),
        ReportColumn("Catatan"),
    ]
    table = ReportTable("t", "T", columns, [], numbered=False)

    rows, style = _heading_rows(table, [60.0, 60.0, 60.0, 300.0], 9)

    assert rows == [
        ["Nilai\ninvestasi\nseluruhnya", "Tenaga kerja tetap", "", "Catatan"],
        ["", "laki-laki", "perempuan", ""],
        ["(1)", "(2)", "(3)", "(4)"],
    ]
    sizes = {command[1]: command[4] for command in style if command[0] == "FONT"}
    assert sizes[0, 2] < sizes[0, 0] == 9


def test_each_kind_of_line_is_set_in_its_own_letters():
    columns = [ReportColumn("Nama"), ReportColumn("Modal", "rupiah")]
    rows = [Row(("Pangan",), kind="section"), Row(("Amplang", 5))]
    lines = [
        *ReportTable("t", "T", columns, rows).lines,
        *ReportTable("t", "T", columns, [], totals=False).lines,
    ]

    looks = {}
    for line in lines:
        cells = [(cell.text, cell) for cell in line.cells]
        _, marks = _line(line.kind, cells, [30.0, 90.0, 90.0], 9)
        fonts = [mark[2] for mark in marks if mark[0] == "FONT"]
        looks[line.kind] = (
            fonts or [PLAIN],
            [mark[2] for mark in marks if mark[0] == "ALIGN"],
            any(mark[0] == "BACKGROUND" for mark in marks),
        )

    assert looks == {
        "section": ([BOLD], ["LEFT"], True),
        "row": ([PLAIN], [], False),
        "total": ([BOLD], ["CENTER"], False),
        "empty": ([ITALIC], ["CENTER"], False),
    }


def test_only_a_text_in_rare_letters_is_set_in_a_font_that_has_them():
    columns = [ReportColumn("Nama"), ReportColumn("Pemilik")]
    [line] = ReportTable("t", "T", columns, [Row(("Kedai 漢字", "Siti"))], numbered=False).lines

    cells = [(cell.text, cell) for cell in line.cells]
    texts, marks = _line(line.kind, cells, [200.0, 200.0], 9)

    assert texts == ["Kedai 漢字", "Siti"]
    [(place, font)] = [(mark[1], mark[2]) for mark in marks if mark[0] == "FONT"]
    assert place == (0, 0)
    assert font not in (PLAIN, BOLD, ITALIC)
