"""What has happened never lies in the future, in any register, by the form and by the sheet."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from balikpapan.audit.models import ClosedYear
from facilities.choices import FacilityStatus
from facilities.models import Asset, ConditionCheck, Facility, ProductionUnit, StorageMonth
from industry.models import (
    Business,
    BusinessYear,
    Certificate,
    PerformanceTarget,
    PublishedFigure,
    Revenue,
)
from tests.intake.importing import look, problems_of
from tests.pages import FACTORIES
from tests.sheets import xlsx

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
THIS_YEAR, NEXT_YEAR = TODAY.year, TODAY.year + 1
TOMORROW = TODAY + datetime.timedelta(days=1)
YEARS = [
    (Business, "founded_year"),
    (Business, "listed_year"),
    (BusinessYear, "year"),
    (Certificate, "facilitated_year"),
    (PublishedFigure, "year"),
    (Asset, "acquired_year"),
    (Facility, "built_year"),
    (ProductionUnit, "built_year"),
    (StorageMonth, "year"),
    (ClosedYear, "year"),
]
DAYS = [
    (Business, "verified_on"),
    (Certificate, "issued_on"),
    (PublishedFigure, "as_of"),
    (Revenue, "as_of"),
    (Asset, "acquired_on"),
    (ConditionCheck, "checked_on"),
    (Facility, "operational_on"),
]


def faults(model, **values):
    """The messages by field of a dull record with these values, or nothing where it is sound."""
    record = FACTORIES[model].build(**values) if model in FACTORIES else model(**values)
    try:
        record.clean()
    except ValidationError as refusal:
        return refusal.message_dict
    return {}


@pytest.mark.parametrize(("model", "name"), YEARS, ids=str)
def test_a_year_that_has_not_begun_is_refused_and_this_one_accepted(model, name):
    month = {"month": 1} if model is StorageMonth else {}

    [message] = faults(model, **{name: NEXT_YEAR}, **month)[name]

    assert f"{NEXT_YEAR} belum terjadi. Isi paling lambat {THIS_YEAR}." in message
    assert name not in faults(model, **{name: THIS_YEAR}, **month)


@pytest.mark.parametrize(("model", "name"), DAYS, ids=str)
def test_tomorrow_is_refused_and_today_accepted(model, name):
    [message] = faults(model, **{name: TOMORROW})[name]

    assert f"{TOMORROW:%d-%m-%Y} belum terjadi" in message
    assert name not in faults(model, **{name: TODAY})


@pytest.mark.parametrize("model", [Revenue, PerformanceTarget], ids=str)
def test_a_target_is_set_ahead_but_nothing_is_reached_ahead(model):
    assert faults(model, year=NEXT_YEAR, target=1, realised=None) == {}
    assert "year" in faults(model, year=NEXT_YEAR, target=1, realised=1)
    assert faults(model, year=THIS_YEAR, target=1, realised=1) == {}


@pytest.mark.parametrize(
    ("status", "refused"),
    [
        (FacilityStatus.PLANNED, False),
        (FacilityStatus.BUILDING, False),
        (FacilityStatus.OPERATING, True),
        (FacilityStatus.IDLE, True),
    ],
)
def test_only_what_is_planned_is_built_in_a_year_to_come(status, refused):
    assert ("built_year" in faults(Facility, status=status, built_year=NEXT_YEAR)) is refused


def test_a_month_that_has_not_begun_holds_nothing(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2024, 5, 17))

    assert "month" in faults(StorageMonth, year=2024, month=6)
    assert faults(StorageMonth, year=2024, month=5) == {}
    assert faults(StorageMonth, year=2023, month=12) == {}


@pytest.mark.parametrize("year", [NEXT_YEAR, THIS_YEAR], ids=["refused", "accepted"])
def test_a_sheet_is_held_where_a_form_is_refused(year):
    rows = [["Kode Barang", "Nama Barang", "Tahun Perolehan"], ["1.3.2.05.01", "Meja", year]]

    outcome = look(xlsx(rows), "aset")

    assert outcome.plan.counts["held"] == (year == NEXT_YEAR)
    if year == NEXT_YEAR:
        assert [p.field for p in problems_of(outcome, "rule_broken")] == ["acquired_year"]
