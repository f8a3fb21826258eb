"""A year of PAD with some months only says so, and growth compares like with like."""

import datetime
from decimal import Decimal

import pytest

from balikpapan.dashboard.queries import revenue_years
from industry.models import Revenue
from industry.reports.achievements import achievements_table, published_revenue_table
from industry.reports.performance import performance_table
from industry.reports.revenue import revenue_month_table, revenue_source_table, revenue_table
from tests.factories import PerformanceTargetFactory, RevenueFactory

pytestmark = pytest.mark.django_db


def months(year, *numbers, amount=10):
    for number in numbers:
        RevenueFactory(year=year, month=number, realised=amount, target=None)


def growth(year=2024):
    row = next(row for row in revenue_table(year).rows if row.values[0] == year)
    return row.values[5]


def notes(year=2024, table=revenue_table):
    return " ".join(table(year).notes)


def test_one_typed_month_is_compared_with_that_month():
    months(2023, *range(1, 13), amount=100)
    months(2024, 1, amount=110)

    assert growth() == 10
    assert "Tahun 2024: 1 dari 12 bulan." in notes()
    assert "Pertumbuhan 2024: realisasi s/d Januari terhadap s/d Januari 2023." in notes()


@pytest.mark.parametrize(
    "table",
    [
        achievements_table,
        revenue_source_table,
        published_revenue_table,
        revenue_month_table,
    ],
)
def test_every_table_of_a_sum_says_how_many_months_it_has(table):
    months(2024, 1, 2, 3)

    assert "3 dari 12 bulan" in notes(table=table)


def test_the_worksheet_of_targets_says_it_of_pad_alone():
    months(2024, 1)
    PerformanceTargetFactory(year=2024, indicator="Nilai lain", target=5)
    assert "bulan" not in notes(table=performance_table)

    PerformanceTargetFactory(year=2024, indicator="PAD sektor industri", target=5)
    assert "1 dari 12 bulan" in notes(table=performance_table)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        pytest.param(range(1, 13), range(1, 13), 20, id="two whole years"),
        pytest.param(range(1, 13), range(1, 4), 20, id="a quarter of this one"),
        pytest.param(range(1, 4), range(1, 13), 20, id="a quarter of the last one"),
        pytest.param(range(1, 12), range(1, 3), 20, id="both short"),
        pytest.param([1, 2, 4], range(1, 5), None, id="a month missing before"),
        pytest.param(range(1, 13), [2], None, id="a month missing now"),
        pytest.param([11, 12], [1], None, id="no month in common"),
    ],
)
def test_growth_compares_the_same_months_or_nothing(before, now, expected):
    months(2023, *before, amount=10)
    months(2024, *now, amount=12)

    assert growth() == expected
    assert next(y for y in revenue_years(2024) if y.year == 2024).growth == (
        None if expected is None else Decimal(expected) / 100
    )


def test_a_year_as_one_figure_does_not_compare_with_months():
    RevenueFactory(year=2023, realised=120)
    months(2024, 1)

    assert growth() is None
    assert "tidak dapat dibandingkan" in notes()


def test_whole_years_need_no_word():
    RevenueFactory(year=2023, realised=100)
    months(2024, *range(1, 13), amount=10)

    assert growth() == 20
    assert "dari 12 bulan" not in notes()
    assert "s/d" not in notes()


def test_an_archived_month_is_none():
    months(2024, *range(1, 13))
    Revenue.objects.filter(month=12).update(archived_at=datetime.datetime.now(datetime.UTC))

    assert "11 dari 12 bulan" in notes()


def test_the_dashboard_says_it_too():
    months(2024, 1, 2)

    [year] = revenue_years(2024)
    assert year.status_label == "Sementara, 2 dari 12 bulan"
