"""Every scale and class at its boundaries, against the words of the regulations."""

import datetime

import pytest

from balikpapan.dashboard.queries import industries_of
from industry.models import Business, BusinessYear, Certificate, ScaleRule, counting
from industry.models.reading import one_reading
from industry.reports.metadata import chain_table
from industry.reports.movement import movement_table
from industry.reports.performance import achievement
from industry.reports.scale import scale_table, umkm_table
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    KelurahanFactory,
    PerformanceTargetFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_throughout")]
YEAR, BILLION = 2024, 10**9
BEFORE, SINCE = 2020, 2021


def rule_for(kind, **figures):
    """The scale or class of a business with these figures."""
    figures = {"workers_total": None, "investment": None, "production_value": None} | figures
    row = BusinessYearFactory(year=YEAR, workers_male=None, workers_female=None, **figures)
    return BusinessYear.objects.filter(pk=row.pk).with_scale(kind, YEAR).get()


@pytest.mark.parametrize(
    ("workers", "investment", "land", "expected"),
    [
        (1, 0, None, "small"),
        (19, BILLION - 1, None, "small"),
        (19, BILLION, None, "medium"),
        (20, BILLION - 1, None, "medium"),
        (19, BILLION - 1, 50 * BILLION, "small"),  # land is left out of the test for kecil
        (19, 16 * BILLION, None, "medium"),
        (20, 15 * BILLION, None, "medium"),
        (20, 15 * BILLION, 0, "medium"),
        (20, 15 * BILLION, 1, "large"),  # and counted above it
        (20, 15 * BILLION + 1, None, "large"),
        (20, BILLION, 14 * BILLION, "medium"),
        (20, BILLION, 14 * BILLION + 1, "large"),
        (None, BILLION, None, None),
        (20, None, 20 * BILLION, None),
    ],
)
def test_the_scale_of_an_industry(workers, investment, land, expected):
    row = rule_for(
        ScaleRule.Kind.SCALE,
        workers_total=workers,
        investment=investment,
        investment_land_building=land,
    )

    assert row.scale == expected


@pytest.mark.parametrize(
    ("founded", "capital", "sales", "expected", "by_other"),
    [
        # Founded before 2 February 2021: yearly sales, art. 36.
        (BEFORE, None, 0, "micro", False),
        (BEFORE, None, 2 * BILLION, "micro", False),
        (BEFORE, None, 2 * BILLION + 1, "small", False),
        (BEFORE, None, 15 * BILLION, "small", False),
        (BEFORE, None, 15 * BILLION + 1, "medium", False),
        (BEFORE, None, 50 * BILLION, "medium", False),
        (BEFORE, None, 50 * BILLION + 1, "large", False),
        (BEFORE, 11 * BILLION, 2 * BILLION, "micro", False),
        (BEFORE, 11 * BILLION, None, "large", True),
        # Younger: capital without land and buildings, art. 35.
        (SINCE, BILLION, None, "micro", False),
        (SINCE, BILLION + 1, None, "small", False),
        (SINCE, 5 * BILLION, None, "small", False),
        (SINCE, 5 * BILLION + 1, None, "medium", False),
        (SINCE, 10 * BILLION, None, "medium", False),
        (SINCE, 10 * BILLION + 1, None, "large", False),
        (SINCE, BILLION, 60 * BILLION, "micro", False),
        (SINCE, None, 60 * BILLION, "large", True),
        # Of an unknown year sales decide.
        (None, BILLION, 3 * BILLION, "small", False),
        (None, BILLION, None, "micro", True),
        (BEFORE, None, None, None, True),
    ],
)
def test_the_class_of_a_business(founded, capital, sales, expected, by_other):
    business = BusinessFactory(founded_year=founded)

    row = rule_for(
        ScaleRule.Kind.UMKM,
        business=business,
        investment=capital,
        turnover=sales,
        investment_land_building=99 * BILLION,
    )

    assert (row.scale, row.by_other) == (expected, by_other)


def test_the_table_says_how_many_were_told_by_the_other_figure():
    for founded, capital, sales in ((BEFORE, 1, None), (BEFORE, 1, None), (SINCE, None, 1)):
        BusinessYearFactory(
            year=YEAR,
            business=BusinessFactory(founded_year=founded),
            investment=capital,
            turnover=sales,
        )

    notes = " ".join(umkm_table(YEAR).notes)
    assert "2 IKM digolongkan menurut modal usaha karena omzetnya" in notes
    assert "1 IKM digolongkan menurut omzet karena modal usahanya" in notes
    assert "PP 7/2021 Pasal 35 dan 36" in notes


def test_nothing_is_said_where_every_figure_decided():
    business = BusinessFactory(founded_year=BEFORE)
    BusinessYearFactory(year=YEAR, business=business, turnover=1)

    assert "karena" not in " ".join(n for n in umkm_table(YEAR).notes if "digolongkan" in n)
    assert any("Tanah dan bangunan" in note for note in scale_table(YEAR).notes)


@pytest.mark.parametrize(
    ("lower", "target", "realised", "expected"),
    [
        (False, 10, 8, 80),
        (True, 10, 8, 120),
        (True, 10, 10, 100),
        (True, 10, 15, 50),
        (True, 10, 20, 0),
        (True, 10, None, None),
        (True, 0, 1, None),
    ],
)
def test_an_indicator_of_which_less_is_better_is_judged_the_other_way(
    lower, target, realised, expected
):
    target = PerformanceTargetFactory(lower_is_better=lower, target=target)

    assert achievement(target, realised) == expected


def large_business(year=YEAR, **values):
    """A business that the rule calls large in one year."""
    business = BusinessFactory(founded_year=year - 3, **values)
    BusinessYearFactory(business=business, year=year, workers_total=20, investment=15 * BILLION + 1)
    return business


def test_a_large_business_is_no_ikm_and_the_tables_say_how_many_there_are():
    small = BusinessFactory(founded_year=2020)
    large = large_business()

    assert list(Business.objects.counting_in(YEAR)) == [small]
    assert "1 usaha berskala besar tidak dihitung sebagai IKM." in scale_table(YEAR).notes
    steps = {row.values[0]: row.values[1] for row in chain_table(YEAR).rows}
    assert steps[f"dikurangi: industri besar menurut data tahun {YEAR}"] == -1
    assert chain_table(YEAR).total_row.values[1] == 1
    assert list(Business.objects.not_counting(YEAR, "besar")) == [large]


def test_a_business_is_large_in_the_years_of_its_figures_alone():
    business = large_business()

    assert list(Business.objects.counting_in(YEAR - 1)) == [business]
    assert list(Business.objects.counting_in(YEAR + 1)) == [business]
    assert not Business.objects.new_in(YEAR).exists()


@pytest.mark.parametrize("named", [0, 200], ids=["as a statement", "by their keys"])
def test_a_report_leaves_large_businesses_out_however_many_they_are(named, monkeypatch):
    monkeypatch.setattr(counting, "MOST_NAMED", named)
    large = large_business()
    small = BusinessFactory(founded_year=2020)
    CertificateFactory(business=large)
    CertificateFactory(business=small)

    with one_reading():
        assert list(Business.objects.counting_in(YEAR)) == [small]
        assert list(Business.objects.large_in(YEAR)) == [large]
        assert set(Business.objects.counting_in(YEAR - 1)) == {large, small}
        assert Certificate.objects.valid_in(YEAR) == 1
        assert Certificate.objects.valid_in(YEAR - 1) == 2


@pytest.mark.parametrize(
    ("figures", "counts"),
    [
        ({"workers_total": 20, "investment": 15 * BILLION}, True),
        ({"workers_total": 19, "investment": 99 * BILLION}, True),
        ({"workers_total": None, "investment": 99 * BILLION}, True),
        ({"workers_total": 99, "investment": None}, True),
        ({"workers_total": 20, "investment": 15 * BILLION + 1}, False),
        ({"workers_total": 20, "investment": 15 * BILLION + 1, "archived": True}, True),
    ],
)
def test_only_known_figures_make_a_business_large(figures, counts):
    BusinessYearFactory(year=YEAR, business=BusinessFactory(founded_year=2020), **figures)

    assert Business.objects.counting_in(YEAR).exists() is counts


def test_nothing_is_said_where_no_business_is_large():
    BusinessFactory(founded_year=2020)

    assert not any("tidak dihitung sebagai IKM" in note for note in scale_table(YEAR).notes)


def test_the_dashboard_takes_large_businesses_out_of_their_years():
    ward = KelurahanFactory()
    large_business(kelurahan=ward)
    BusinessFactory(founded_year=2020, kelurahan=ward)

    industries = industries_of(datetime.date(YEAR + 1, 6, 1))

    standing = dict(zip(industries.years, (f.value for f in industries.standing), strict=True))
    assert (standing[YEAR - 1], standing[YEAR], standing[YEAR + 1]) == (2, 1, 2)
    assert [figure.value for figure in industries.districts[ward.kecamatan.name]] == [
        standing[year] for year in industries.years
    ]


def test_a_large_business_that_closes_is_no_ikm_that_closes():
    large_business(YEAR - 1, closed=YEAR)
    small = BusinessFactory(founded_year=2020, closed=YEAR)

    assert list(Business.objects.ended_in(YEAR)) == [small]
    assert movement_table(YEAR).total_row.values[3] == 1
