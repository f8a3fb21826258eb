"""Tariffs: what may be stored, which is in force on a day, and those the product comes with."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from balikpapan.audit.models import Change
from balikpapan.reference_data import load_reference
from facilities.choices import Service, TariffUnit
from facilities.models import Tariff
from tests.cast import member
from tests.factories import TariffFactory

pytestmark = pytest.mark.django_db

OPENED = datetime.date(2020, 1, 1)


@pytest.mark.parametrize(
    ("service", "per", "fits"),
    [
        (service, per, fits)
        for service, fitting in {
            Service.CHILL_STORAGE: {TariffUnit.KG_DAY},
            Service.FREEZING: {TariffUnit.KG_DAY},
            Service.WHOLE_BUILDING: {TariffUnit.MONTH},
            Service.UNIT_RENT: {TariffUnit.MONTH, TariffUnit.M2_MONTH},
        }.items()
        for per, fits in ((unit, unit in fitting) for unit in TariffUnit)
    ],
)
def test_a_service_is_charged_by_its_own_unit(service, per, fits):
    tariff = TariffFactory.build(service=service, per=per)

    try:
        tariff.full_clean()
        accepted = True
    except ValidationError:
        accepted = False

    assert accepted is fits


def test_the_tariff_in_force_changes_on_its_day():
    first = TariffFactory(amount=80, valid_from=OPENED, valid_until=datetime.date(2024, 6, 30))
    second = TariffFactory(amount=100, valid_from=datetime.date(2024, 7, 1), valid_until=None)
    TariffFactory(amount=1, valid_from=datetime.date(2024, 6, 1), archived=True)
    tariffs, chill = Tariff.objects, Service.CHILL_STORAGE
    start, end = datetime.date(2024, 6, 1), datetime.date(2024, 7, 31)

    assert tariffs.valid_on(chill, datetime.date(2019, 12, 31)) is None
    assert tariffs.valid_on(chill, datetime.date(2024, 6, 30)) == first
    assert tariffs.valid_on(chill, datetime.date(2024, 7, 1)) == second
    assert tariffs.valid_on(Service.FREEZING, end) is None
    assert list(tariffs.valid_between(chill, start, end)) == [first, second]
    assert list(tariffs.valid_between(chill, start, start)) == [first]


def test_the_three_known_tariffs_come_with_the_product_with_their_regulation():
    load_reference()

    assert {(t.service, t.per, t.amount) for t in Tariff.objects.all()} == {
        ("chill_storage", "kg_day", 100),
        ("freezing", "kg_day", 2_000),
        ("whole_building", "month", 85_000_000),
    }
    assert all("Perda" in t.legal_basis and t.valid_until is None for t in Tariff.objects.all())


def test_the_administrator_ends_a_tariff_and_enters_its_successor(client):
    old = TariffFactory(valid_from=OPENED, valid_until=None)
    client.force_login(member("Administrator"))
    form = {"service": "chill_storage", "per": "kg_day", "amount": "Rp 120", "legal_basis": "Perda"}
    add = reverse("admin:facilities_tariff_add")

    refused = client.post(add, {**form, "valid_from": "01-07-2024"})
    assert "tidak boleh bertumpang tindih" in refused.content.decode()
    assert str(old) in refused.content.decode()

    change = reverse("admin:facilities_tariff_change", args=[old.pk])
    ended = {**form, "amount": "80", "valid_from": "01-01-2020", "valid_until": "30-06-2024"}
    client.post(change, {**ended, "opened_version": old.version})
    client.post(add, {**form, "valid_from": "01-07-2024"})

    assert Tariff.objects.valid_on("chill_storage", datetime.date(2024, 7, 1)).amount == 120
    assert Change.objects.filter(model="facilities.tariff").count() == 2


def test_the_staff_see_tariffs_and_do_not_set_them(client):
    client.force_login(member("Petugas"))

    assert client.get(reverse("admin:facilities_tariff_changelist")).status_code == 200
    assert client.get(reverse("admin:facilities_tariff_add")).status_code == 403
