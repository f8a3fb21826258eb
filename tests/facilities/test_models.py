"""What may be stored about the places the city runs and what stands in them."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from facilities.models import Chamber, Facility, StorageMonth
from tests.factories import AssetFactory, ChamberFactory, FacilityFactory, StorageMonthFactory

pytestmark = pytest.mark.django_db


def refused(record) -> list[str]:
    """The fields or rules a record breaks; empty where it may be stored."""
    try:
        record.full_clean()
    except ValidationError as refusal:
        return sorted(refusal.message_dict)
    return []


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({}, []),
        ({"code": "SIKT"}, []),
        ({"name": ""}, ["name"]),
        ({"kind": "istana"}, ["kind"]),
        ({"built_year": 2022, "operational_on": datetime.date(2024, 1, 2)}, []),
        ({"built_year": 2022, "operational_on": datetime.date(2021, 1, 2)}, ["operational_on"]),
        ({"latitude": "-91"}, ["latitude"]),
        ({"land_area_m2": "-1"}, ["land_area_m2"]),
    ],
    ids=str,
)
def test_a_facility(values, broken):
    assert refused(FacilityFactory.build(**values)) == broken


def test_a_facility_is_no_part_of_itself():
    place = FacilityFactory()
    place.parent = place

    assert refused(place) == ["parent"]


@pytest.mark.parametrize(("archived", "broken"), [(False, True), (True, False)])
def test_a_code_names_one_kept_facility(archived, broken):
    FacilityFactory(code="SIKT", archived=archived)

    assert bool(refused(FacilityFactory.build(code="SIKT"))) is broken


def test_facilities_without_a_code_are_many():
    FacilityFactory(code="")

    assert refused(FacilityFactory.build(code="")) == []


def chamber(**values):
    return Chamber(facility=FacilityFactory(), name="Ruang uji", purpose="chill", **values)


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({"capacity_ton": 60}, False),
        ({"capacity_ton": -1}, True),
        ({"capacity_ton": 60, "temperature_min": -20, "temperature_max": -18}, False),
        ({"capacity_ton": 60, "temperature_min": -18, "temperature_max": -20}, True),
    ],
    ids=str,
)
def test_a_chamber(values, broken):
    assert bool(refused(chamber(**values))) is broken


def test_the_installed_capacity_is_the_sum_of_the_kept_chambers():
    place = FacilityFactory(kind="cold_storage")
    for tons, archived in ((60, False), (20, False), (5, True)):
        ChamberFactory(facility=place, capacity_ton=tons, archived=archived)

    assert Facility.objects.with_installed_tons().get().installed_ton == 80


def test_a_place_without_chambers_has_no_capacity_rather_than_none_of_it():
    FacilityFactory()

    assert Facility.objects.with_installed_tons().get().installed_ton is None


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({}, []),
        ({"month": 13}, ["month"]),
        ({"kg_in": -1}, ["kg_in"]),
        ({"operating_days": 32}, ["__all__"]),
        ({"revenue": 10**15 + 1}, ["revenue"]),
        ({"kg_days": 0, "revenue": 0}, []),
    ],
    ids=str,
)
def test_a_month_of_a_chamber(values, broken):
    assert refused(StorageMonthFactory.build(chamber=ChamberFactory(), **values)) == broken


@pytest.mark.parametrize(("archived", "broken"), [(False, True), (True, False)])
def test_a_chamber_has_one_kept_row_a_month(archived, broken):
    first = StorageMonthFactory(archived=archived)

    second = StorageMonth(chamber=first.chamber, year=first.year, month=first.month)

    assert bool(refused(second)) is broken


@pytest.mark.parametrize(("archived", "broken"), [(False, True), (True, False)])
def test_an_asset_is_known_by_its_code_and_register(archived, broken):
    first = AssetFactory(archived=archived)
    second = AssetFactory.build(item_code=first.item_code, register=first.register)

    assert bool(refused(second)) is broken


def test_two_assets_of_one_code_differ_in_their_register():
    first = AssetFactory()

    assert refused(AssetFactory.build(item_code=first.item_code, register="999999")) == []
