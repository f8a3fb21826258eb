"""Money about a few businesses is hidden, and nothing printed betrays it."""

import random

import pytest

from balikpapan.reports.disclosure import FEWEST
from balikpapan.reports.suppression import HIDDEN, hidden_by_counts, sums_of
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

COLUMNS = [
    ReportColumn("Tempat"),
    ReportColumn("Unit", "whole", key="units"),
    ReportColumn("Investasi", "rupiah", key="investment"),
]


def line(name, businesses, kind="row", amount=None):
    amount = businesses * 100 if amount is None else amount
    return Row((name, businesses, amount), {"units": "/daftar/"}, kind, {"investment": businesses})


def table_of(*rows, total=None):
    plain = [row for row in rows if row.kind == "row"]
    count = sum(row.contributors["investment"] for row in plain)
    amount = sum(row.values[2] or 0 for row in plain)
    return ReportTable(
        "t", "T", COLUMNS, rows, totals=total or line("Jumlah", count, "total", amount)
    )


def hidden_in(table):
    made = hidden_by_counts(table)
    rows = [*made.rows, made.total_row]
    return [row.values[0] for row in rows if row.kind != "section" and row.values[2] == HIDDEN]


def test_a_table_about_enough_businesses_stays_as_it_is():
    table = table_of(line("A", 3), line("B", 40))

    made = hidden_by_counts(table)

    assert hidden_in(table) == []
    assert made.notes == table.notes


def test_money_about_two_is_hidden_with_the_next_smallest_that_would_betray_it():
    table = table_of(line("A", 2), line("B", 40), line("C", 5))

    assert hidden_in(table) == ["A", "C"]


def test_two_hidden_figures_about_too_few_together_take_a_third_with_them():
    table = table_of(line("A", 1), line("B", 1), line("C", 5), line("D", 40))

    assert hidden_in(table) == ["A", "B", "C"]


def test_how_many_businesses_there_are_is_not_hidden():
    made = hidden_by_counts(table_of(line("A", 1), line("B", 9)))

    assert [row.values[1] for row in made.rows] == [1, 9]


def test_a_figure_nobody_reported_is_unknown_rather_than_hidden():
    silent = Row(("A", 4, None), contributors={"investment": 0})

    assert hidden_in(table_of(silent, line("B", 9), total=line("Jumlah", 9, "total"))) == []


def test_a_hidden_subtotal_hides_another_one_and_a_row_of_it():
    section = Row(("Barat",), kind="section"), Row(("Timur",), kind="section")
    table = table_of(
        section[0],
        line("a", 2),
        line("Jumlah Barat", 2, "subtotal"),
        section[1],
        line("b", 4),
        line("c", 9),
        line("Jumlah Timur", 13, "subtotal"),
    )

    assert hidden_in(table) == ["a", "Jumlah Barat", "b", "Jumlah Timur"]


def test_a_public_table_has_no_links_and_says_what_its_mark_means():
    made = hidden_by_counts(table_of(line("A", 1), line("B", 9)))

    assert not any(row.links for row in made.rows)
    assert HIDDEN in made.notes[-1]


@pytest.mark.parametrize("seed", range(60))
def test_no_hidden_figure_can_be_worked_out_from_a_sum(seed):
    dice = random.Random(seed)
    rows = []
    for section in range(dice.randint(1, 5)):
        parts = [
            line(f"{section}.{n}", dice.choice([0, 1, 1, 2, 3, 8, 30]))
            for n in range(dice.randint(1, 5))
        ]
        together = sum(row.contributors["investment"] for row in parts)
        rows += [
            Row((f"K{section}",), kind="section"),
            *parts,
            line(f"J{section}", together, "subtotal"),
        ]
    table = table_of(*rows)

    made = hidden_by_counts(table)

    lines = [*made.rows, made.total_row]
    for row in lines:
        assert row.values[-1] == HIDDEN or not 0 < row.contributors.get("investment", 0) < FEWEST
    for total, parts in sums_of(lines):
        unknown = [place for place in [total, *parts] if lines[place].values[2] == HIDDEN]
        concealed = [place for place in parts if place in unknown]
        assert len(unknown) != 1, (total, unknown)
        if total not in unknown and concealed:
            assert sum(lines[place].contributors["investment"] for place in concealed) >= FEWEST
