"""Table 9: which PAD counts, and what is derived from it."""

from decimal import Decimal

import pytest
from django.db import connection

from balikpapan.reference_data import load_reference
from industry import reports
from industry.models import Revenue
from tests.factories import RevenueAccountFactory, RevenueFactory

from .messy import make_register

pytestmark = pytest.mark.django_db

YEAR = 2024
# The latest stage that states a figure, found by numbering the rows instead of asking for none.
COUNTED = """
    WITH eligible AS (
        SELECT * FROM industry_revenue r
        WHERE r.archived_at IS NULL AND (r.status <> 'published' OR r.year NOT IN (
            SELECT m.year FROM industry_revenue m
            WHERE m.archived_at IS NULL AND m.status <> 'published' AND m.realised IS NOT NULL))
    ), ranked AS (
        SELECT e.*,
            ROW_NUMBER() OVER (
                PARTITION BY year, COALESCE(month, 0), COALESCE(account_id, 0), source_name
                ORDER BY CASE WHEN target IS NULL THEN 1 ELSE 0 END, CASE stage
                    WHEN 'revised' THEN 1 WHEN 'shifted' THEN 2 ELSE 3 END) AS target_place,
            ROW_NUMBER() OVER (
                PARTITION BY year, COALESCE(month, 0), COALESCE(account_id, 0), source_name
                ORDER BY CASE WHEN realised IS NULL THEN 1 ELSE 0 END, CASE stage
                    WHEN 'revised' THEN 1 WHEN 'shifted' THEN 2 ELSE 3 END) AS realised_place
        FROM eligible e
    )
    SELECT {by}, SUM(CASE WHEN target_place = 1 THEN target END) AS target,
        SUM(CASE WHEN realised_place = 1 THEN realised END) AS realised
    FROM ranked {where} GROUP BY {by}
"""


def sql(by, where=""):
    with connection.cursor() as cursor:
        cursor.execute(COUNTED.format(by=by, where=where))
        return cursor.fetchall()


def years_of(table):
    return {row.values[0]: row.values[1:] for row in table.rows}


def this_year():
    return years_of(reports.revenue_table(YEAR))[YEAR]


def texts_of(table, column):
    return [line.cells[column].text for line in table.lines if line.kind == "row"]


def test_table_9_shows_the_figures_of_the_article_and_their_growth():
    load_reference()

    table = reports.revenue_table(YEAR)

    assert texts_of(table, 1) == ["2021", "2022", "2023", "2024"]
    assert texts_of(table, 3) == ["115.000.000", "115.000.000", "144.000.000", "330.280.000"]
    assert texts_of(table, 6) == ["–", "0,00", "25,22", "129,36"]
    assert texts_of(table, 4) == ["–"] * 4
    assert table.total_row.values[2] == 704_280_000
    assert texts_of(table, 7) == ["Angka publikasi"] * 4


def test_a_real_figure_of_2024_takes_the_place_of_the_published_one():
    load_reference()
    RevenueFactory(target=350_000_000, realised=352_000_000)

    table = reports.revenue_table(YEAR)

    assert texts_of(table, 3)[-1] == "352.000.000"
    assert texts_of(table, 3)[:3] == ["115.000.000", "115.000.000", "144.000.000"]
    assert texts_of(table, 4)[-1] == "100,57"
    assert texts_of(table, 7)[-1] == "Sementara"


def test_a_target_alone_leaves_the_published_figure_standing():
    RevenueFactory(source_name="Publikasi", target=None, realised=330, status="published")
    RevenueFactory(target=350, realised=None)

    assert this_year()[:2] == (350, 330)


def test_table_9_adds_up_years_as_sql_does():
    make_register()
    expected = {year: (target, realised) for year, target, realised in sql("year")}

    figures = {
        year: values[:2]
        for last in (2022, 2025)
        for year, values in years_of(reports.revenue_table(last)).items()
    }

    assert figures == expected


def test_table_9_adds_up_sources_as_sql_does():
    make_register()
    expected = {
        (source, account): sums
        for source, account, *sums in sql("source_name, account_id", f"WHERE year = {YEAR}")
    }
    accounts = {row.account.code: row.account_id for row in Revenue.objects.exclude(account=None)}

    table = reports.revenue_source_table(YEAR)

    figures = {
        (row.values[1], accounts.get(row.values[0])): list(row.values[2:4]) for row in table.rows
    }
    assert figures == {key: sums for key, sums in expected.items() if sums != [None, None]}
    assert table.total_row.values[2:4] == this_year()[:2]


def test_only_the_latest_stage_counts():
    RevenueFactory(stage="original", target=100, realised=40)
    RevenueFactory(stage="shifted", target=110, realised=50)
    RevenueFactory(stage="revised", target=120, realised=60)

    assert this_year()[:2] == (120, 60)


def test_a_revised_target_does_not_make_the_realisation_unknown():
    RevenueFactory(stage="original", target=100, realised=40)
    RevenueFactory(stage="revised", target=120, realised=None)

    assert this_year()[:2] == (120, 40)


def test_a_later_stage_replaces_only_its_own_month_and_source():
    RevenueFactory(month=1, target=1, realised=1)
    RevenueFactory(month=2, target=2, realised=2, stage="revised")
    RevenueFactory(month=1, target=4, realised=4, account=RevenueAccountFactory(), stage="revised")
    RevenueFactory(source_name="Cold storage uji", target=8, realised=8)

    assert this_year()[:2] == (14, 14)


def test_an_archived_later_stage_replaces_nothing():
    RevenueFactory(stage="original", target=100, realised=40)
    RevenueFactory(stage="revised", target=120, realised=60, archived=True)

    assert this_year()[:2] == (100, 40)


def test_a_published_later_stage_does_not_hide_what_was_measured():
    RevenueFactory(stage="original", target=100, realised=40)
    RevenueFactory(stage="revised", target=None, realised=60, status="published")

    assert this_year()[:2] == (100, 40)


def test_a_yearly_target_stands_beside_monthly_realisations():
    RevenueFactory(target=120, realised=None)
    RevenueFactory(month=1, target=None, realised=40)
    RevenueFactory(month=2, target=None, realised=44)

    assert this_year()[:2] == (120, 84)


@pytest.mark.parametrize(
    ("target", "realised", "percent", "surplus"),
    [
        pytest.param(100, 40, Decimal(40), -60, id="short"),
        pytest.param(3, 4, Decimal(400) / 3, 1, id="exceeded"),
        pytest.param(0, 40, None, 40, id="no base"),
        pytest.param(None, 40, None, None, id="no target"),
        pytest.param(100, None, None, None, id="nothing known"),
        pytest.param(100, 0, Decimal(0), -100, id="nothing paid"),
    ],
)
def test_percent_and_surplus_need_a_target(target, realised, percent, surplus):
    RevenueFactory(target=target, realised=realised)

    assert this_year()[2:4] == (percent, surplus)


@pytest.mark.parametrize(
    ("before", "now", "growth"),
    [
        pytest.param(100, 150, Decimal(50), id="grew"),
        pytest.param(100, 0, Decimal(-100), id="fell to nothing"),
        pytest.param(0, 150, None, id="from nothing"),
        pytest.param(None, 150, None, id="from unknown"),
    ],
)
def test_growth_needs_a_year_before(before, now, growth):
    RevenueFactory(year=2023, realised=before)
    RevenueFactory(year=2024, realised=now)

    assert this_year()[4] == growth


def test_the_first_year_of_the_table_grows_over_the_year_before_it():
    RevenueFactory(year=2020, realised=100)
    RevenueFactory(year=2021, realised=110)

    assert years_of(reports.revenue_table(YEAR))[2021][4] == 10


def test_a_year_is_as_firm_as_its_least_firm_realisation():
    RevenueFactory(status="audited")
    RevenueFactory(source_name="Lain", status="final")

    assert this_year()[5] == "Final"


def test_table_9_says_which_years_rest_on_a_publication():
    RevenueFactory(year=2023, status="published")
    RevenueFactory(year=2024)

    notes = reports.revenue_table(YEAR).notes

    assert any(note.startswith("Tahun 2023: angka publikasi") for note in notes)
