import datetime
from decimal import Decimal

import pytest

from balikpapan.reports.formats import shown
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

from .books import book_of, head, knowing, revenue_table, texts_of, workforce_table


def lines_of(table, kind):
    return [[cell.text for cell in line.cells] for line in table.lines if line.kind == kind]


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (1029, "whole", "1.029"),
        (115_000_000, "rupiah", "115.000.000"),
        (0, "rupiah", "0"),
        (-1500, "rupiah", "-1.500"),
        (None, "rupiah", "–"),
        (None, "text", ""),
        (2025, "year", "2025"),
        (Decimal("25.217391304"), "percent", "25,22"),
        (0, "percent", "0,00"),
        (Decimal("0.125"), "percent", "0,13"),
        (Decimal("-0.001"), "percent", "0,00"),
        (1.005, "decimal", "1,01"),
        (1234567.891, "decimal", "1.234.567,89"),
        (10**15, "rupiah", "1.000.000.000.000.000"),
        ("n/a", "whole", "n/a"),
        (datetime.date(2024, 11, 25), "date", "25 November 2024"),
    ],
)
def test_a_figure_is_written_as_an_indonesian_report_writes_it(value, kind, text):
    assert shown(value, kind) == text


def test_a_column_may_ask_for_other_decimals():
    assert shown(Decimal("12.3456"), "decimal", 3) == "12,346"
    assert shown(12, "decimal", 0) == "12"


def test_a_heading_names_its_unit():
    assert ReportColumn("Target", "rupiah").heading == "Target (Rp)"
    assert ReportColumn("Capaian", "percent").heading == "Capaian (%)"
    assert ReportColumn("Kapasitas", "decimal", unit="ton").heading == "Kapasitas (ton)"
    assert ReportColumn("Porsi", "percent", unit="").heading == "Porsi"


def test_an_unknown_kind_of_column_is_refused():
    with pytest.raises(ValueError, match="no kind of column"):
        ReportColumn("Target", "money")


def test_jumlah_adds_up_what_is_counted_or_paid_and_nothing_else():
    [total] = lines_of(revenue_table(), "total")

    assert total == ["Jumlah", "350.000.000", "589.280.000", "", ""]


def test_jumlah_skips_sections_subtotals_and_words():
    [total] = lines_of(workforce_table(), "total")

    assert total == ["Jumlah", "27", "1.020", "31", ""]


def test_the_label_of_jumlah_covers_the_columns_before_the_first_figure():
    *_, total = revenue_table().lines

    assert total.cells[0].span == 2
    assert sum(cell.span for cell in total.cells) == 6


def test_jumlah_has_no_label_where_the_first_column_is_a_figure():
    figures = [ReportColumn("A", "whole"), ReportColumn("B"), ReportColumn("C", "whole")]
    rows = [(1, "x", 3), (4, "y", 6)]
    numbered = ReportTable("t", "T", figures, rows)
    bare = ReportTable("t", "T", figures, rows, numbered=False)

    assert lines_of(bare, "total") == [["5", "", "9"]]
    assert lines_of(numbered, "total") == [["Jumlah", "5", "", "9"]]


def test_a_sum_of_nothing_known_is_unknown():
    table = ReportTable(
        "t", "T", [ReportColumn("A"), ReportColumn("B", "whole")], [("x", None), ("y", None)]
    )

    assert lines_of(table, "total") == [["Jumlah", "–"]]


def test_a_given_total_takes_the_place_of_the_sum():
    table = revenue_table(totals=["Jumlah 2022–2024", 1, 2, Decimal(3), None])

    assert lines_of(table, "total") == [["Jumlah 2022–2024", "1", "2", "3,00", ""]]


@pytest.mark.parametrize(
    ("columns", "totals"),
    [
        pytest.param([ReportColumn("A"), ReportColumn("B", "whole")], False, id="switched off"),
        pytest.param([ReportColumn("A"), ReportColumn("B", "percent")], None, id="nothing to add"),
        pytest.param(
            [ReportColumn("A"), ReportColumn("B", "whole", total=False)], None, id="not addable"
        ),
    ],
)
def test_a_table_can_be_without_jumlah(columns, totals):
    assert lines_of(ReportTable("t", "T", columns, [("x", 1)], totals=totals), "total") == []


def test_rows_are_numbered_and_sections_and_subtotals_are_not():
    table = workforce_table()

    assert [row[0] for row in lines_of(table, "row")] == ["1", "2"]
    assert lines_of(table, "section") == [["Balikpapan Barat"]]
    assert lines_of(table, "subtotal")[0][:2] == ["Jumlah Balikpapan Barat", "27"]


def test_a_table_can_do_without_numbers():
    table = ReportTable(
        "t", "T", [ReportColumn("A"), ReportColumn("B", "whole")], [("x", 1)], numbered=False
    )

    assert texts_of(table) == [["x", "1"], ["Jumlah", "1"]]


def test_neighbours_of_one_group_share_a_heading():
    upper, lower = workforce_table().headings

    assert [(h.label, h.column, h.across, h.down) for h in upper] == [
        ("No", 0, 1, 2),
        ("Kelurahan", 1, 1, 2),
        ("Unit usaha", 2, 1, 2),
        ("Tenaga kerja", 3, 2, 1),
        ("Luas (m²)", 5, 1, 2),
    ]
    assert [(h.label, h.column) for h in lower] == [("Laki-laki", 3), ("Perempuan", 4)]


def test_a_table_without_groups_has_one_heading_row():
    assert len(revenue_table().headings) == 1


def test_an_empty_table_says_so():
    table = ReportTable("t", "T", [ReportColumn("A"), ReportColumn("B", "whole")], [])

    assert texts_of(table) == [["Tidak ada data."]]


@pytest.mark.parametrize("row", [("x",), ("x", 1, 2), Row(("x",), kind="subtotal")])
def test_a_row_of_another_length_is_refused(row):
    with pytest.raises(ValueError, match=r"table 't', row 1"):
        ReportTable("t", "T", [ReportColumn("A"), ReportColumn("B", "whole")], [row])


def test_rows_may_come_from_an_iterator_and_be_read_twice():
    table = ReportTable("t", "T", [ReportColumn("A")], ((name,) for name in "ab"))

    assert texts_of(table) == texts_of(table) == [["1", "a"], ["2", "b"]]


def test_tables_of_a_book_are_numbered_where_they_have_no_number():
    book = book_of(workforce_table(number=None), revenue_table())

    assert [table.name for table in book.tables] == ["Tabel 1", "Tabel 9"]


def test_the_head_signs_under_place_and_date_and_who_takes_note_stands_level():
    book = book_of(signatories=[knowing(), head(is_acting=True)])

    assert book.lines_above_names == [
        ["Mengetahui,", "SEKRETARIS DAERAH"],
        ["Balikpapan, 31 Desember 2024", "Plt. KEPALA DINAS"],
    ]


def test_a_nip_is_printed_in_its_official_groups():
    assert head().lines_below == ["Pembina Utama Muda (IV/c)", "NIP. 19751229 199902 2 001"]
