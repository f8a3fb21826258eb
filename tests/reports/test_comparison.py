"""Year against year: difference and growth, line by line."""

from decimal import Decimal

import pytest

from balikpapan.reports.comparison import comparable, compared
from balikpapan.reports.tables import ReportColumn, ReportTable, Row
from tests.reports.books import revenue_table, workforce_table


def table_of(*rows, columns=None):
    columns = columns or [
        ReportColumn("Kelompok"),
        ReportColumn("Unit", "whole"),
        ReportColumn("Nilai", "rupiah"),
    ]
    return ReportTable("k", "IKM menurut kelompok", columns, rows, number=2)


def test_every_figure_gets_a_table_of_both_years_with_difference_and_growth():
    units, values = compared(table_of(("Pangan", 12, 300)), table_of(("Pangan", 8, 0)), 2024, 2023)

    assert [column.heading for column in units.columns] == [
        "Kelompok",
        "2023",
        "2024",
        "Selisih",
        "Pertumbuhan (%)",
    ]
    assert units.rows[0].values == ("Pangan", 8, 12, 4, Decimal(50))
    assert values.rows[0].values == ("Pangan", 0, 300, 300, None)


def test_the_sum_is_compared_too():
    [units, _] = compared(table_of(("A", 1, 1), ("B", 3, 1)), table_of(("A", 2, 1)), 2024, 2023)

    assert units.total_row.values == ("Jumlah", 2, 4, 2, Decimal(100))


@pytest.mark.parametrize(
    ("now", "before", "values"),
    [
        pytest.param([("Baru", 3, 1)], [], ("Baru", None, 3, None, None), id="only now"),
        pytest.param([], [("Lama", 3, 1)], ("Lama", 3, None, None, None), id="only before"),
    ],
)
def test_a_line_only_one_year_has_is_compared_with_nothing(now, before, values):
    [units, _] = compared(table_of(*now), table_of(*before), 2024, 2023)

    assert units.rows[0].values == values


def test_lines_of_the_same_name_under_two_headings_are_not_mixed():
    def year(first, second):
        return table_of(
            Row(("Barat",), kind="section"),
            ("Belum diketahui", first, 1),
            Row(("Timur",), kind="section"),
            ("Belum diketahui", second, 1),
        )

    [units, _] = compared(year(5, 6), year(1, 2), 2024, 2023)

    assert [row.values[1:3] for row in units.rows if row.kind == "row"] == [(1, 5), (2, 6)]


@pytest.mark.parametrize(
    ("table", "outcome"),
    [(workforce_table(), True), (revenue_table(), False)],
    ids=["ikm", "years"],
)
def test_a_table_whose_rows_are_years_is_not_compared(table, outcome):
    assert comparable(table) is outcome


def test_a_row_is_the_same_under_another_name():
    before = table_of(Row(("Pangan", 8, 0), key="kelompok-1"), ("Lain", 1, 1))
    now = table_of(Row(("Makanan", 12, 300), key="kelompok-1"), ("Lain", 1, 1))

    [units, _] = compared(now, before, 2024, 2023)

    assert units.rows[0].values[:3] == ("Makanan", 8, 12)


def test_no_row_is_lost_where_two_have_one_key():
    twice = table_of(Row(("A", 1, 1), key="sumber"), Row(("B", 2, 2), key="sumber"))

    [units, _] = compared(twice, twice, 2024, 2023)

    assert [row.values[:3] for row in units.rows] == [("A", 1, 1), ("B", 2, 2)]


def test_a_column_the_earlier_year_lacked_is_compared_with_nothing():
    columns = [ReportColumn("Kelompok"), ReportColumn("Unit", "whole", key="units")]
    more = [*columns, ReportColumn("Listrik", "whole", key="electricity")]

    units, electricity = compared(
        table_of(("A", 5, 7), columns=more), table_of(("A", 3), columns=columns), 2024, 2023
    )

    assert units.rows[0].values[1:3] == (3, 5)
    assert electricity.rows[0].values[1:] == (None, 7, None, None)


def test_a_heading_that_names_its_year_is_the_same_column_in_another_year():
    def of(year, count):
        columns = [ReportColumn("Jenis"), ReportColumn(f"Berlaku 31 Desember {year}", "whole")]
        return table_of(("Halal", count), columns=columns)

    [table] = compared(of(2024, 9), of(2023, 4), 2024, 2023)

    assert table.rows[0].values[1:3] == (4, 9)


def test_a_name_the_earlier_year_lacked_tells_no_rows_apart():
    columns = [
        ReportColumn("Kelompok", key="label"),
        ReportColumn("Kode", key="code"),
        ReportColumn("Unit", "whole", key="units"),
    ]
    now = table_of(("A", "10", 5), ("B", "11", 6), columns=columns)
    before = table_of(("A", 3), ("B", 4), columns=[columns[0], columns[2]])

    [units] = compared(now, before, 2024, 2023)

    assert [row.values[-4:-1] for row in units.rows] == [(3, 5, 2), (4, 6, 2)]
