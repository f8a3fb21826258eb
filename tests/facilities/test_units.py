"""Production units and leases: what may be stored, and that no two leases of a unit overlap."""

import datetime
import itertools
import random

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from facilities.models import Lease
from tests.cast import member
from tests.factories import BusinessFactory, LeaseFactory, ProductionUnitFactory
from tests.trust.outages import press_together

RULE = Lease.no_overlap


def day(number):
    return datetime.date(2024, 1, 1) + datetime.timedelta(number)


def refused(record) -> bool:
    """Whether the form refuses a record; the database must answer the same."""
    try:
        record.full_clean()
    except ValidationError:
        by_form = True
    else:
        by_form = False
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError:
        by_database = True
    else:
        by_database = False
    assert by_form is by_database
    return by_form


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "fits"),
    [
        ({}, True),
        ({"number": " "}, False),
        ({"condition": "heavy_damage"}, True),
        ({"area_m2": "-1"}, False),
        ({"plan_x": 0, "plan_y": 3, "plan_width": 4, "plan_height": 1}, True),
        ({"plan_x": 0, "plan_y": 3, "plan_width": 4}, False),
        ({"plan_x": 0, "plan_y": 3, "plan_width": 0, "plan_height": 1}, False),
        ({"plan_x": 0, "plan_y": 201, "plan_width": 1, "plan_height": 1}, False),
    ],
    ids=str,
)
def test_a_unit(values, fits):
    other = ProductionUnitFactory(number="A-1")
    unit = ProductionUnitFactory.build(facility=other.facility, **{"number": "A-2", **values})
    unit.number = unit.number.strip()

    assert refused(unit) is not fits


@pytest.mark.django_db
@pytest.mark.parametrize("same_place", [True, False])
def test_a_number_names_one_unit_of_a_place(same_place):
    other = ProductionUnitFactory(number="A-1")
    place = other.facility if same_place else ProductionUnitFactory().facility

    assert refused(ProductionUnitFactory.build(facility=place, number="A-1")) is same_place


ENDED = {"ended_on": day(9), "end_reason": "Tutup usaha"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "fits"),
    [
        ({}, True),
        ({"end_on": None, "monthly_rent": None}, True),
        ({"tenant_name": ""}, False),
        ({"end_on": day(-1)}, False),
        (ENDED, True),
        ({**ENDED, "end_reason": ""}, False),
        ({"end_reason": "Tanpa tanggal"}, False),
        ({**ENDED, "ended_on": day(-1)}, False),
        ({**ENDED, "ended_on": day(366)}, False),
    ],
    ids=str,
)
def test_a_lease(values, fits):
    lease = LeaseFactory.build(unit=ProductionUnitFactory(), **values)

    assert refused(lease) is not fits


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "fits"), [("", True), ("Penyewa Lain", False)])
def test_a_lease_has_one_tenant(name, fits):
    unit, business = ProductionUnitFactory(), BusinessFactory()

    assert refused(LeaseFactory.build(unit=unit, business=business, tenant_name=name)) is not fits


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "fits"),
    [
        pytest.param({"start_on": day(9)}, False, id="the day it was ended"),
        pytest.param({"start_on": day(10)}, True, id="the day after it was ended"),
        pytest.param({"start_on": day(-40), "end_on": None}, False, id="before, without an end"),
        pytest.param({"start_on": day(-40), "end_on": day(-1)}, True, id="before"),
        pytest.param({"start_on": day(-40), "end_on": day(0)}, False, id="into the first day"),
    ],
)
def test_a_unit_is_let_to_one_tenant_at_a_time(values, fits):
    first = LeaseFactory(**ENDED)
    LeaseFactory()
    second = LeaseFactory.build(unit=first.unit, **{"end_on": day(400), **values})

    assert refused(second) is not fits


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_never_let_a_unit_twice():
    """Half of them pass the form by, so that only the database stands in their way."""
    units = [ProductionUnitFactory() for _ in range(2)]
    dice = random.Random(14)
    drawn = [
        [(dice.choice(units), dice.randrange(0, 60), dice.randrange(0, 9)) for _ in range(5)]
        for _ in range(8)
    ]

    def writer(number):
        def write():
            refusals = []
            for unit, start, length in drawn[number]:
                lease = LeaseFactory.build(
                    unit=unit, start_on=day(start), end_on=day(start + length)
                )
                try:
                    if number % 2:
                        lease.save()
                    else:
                        store(lease, by=None, channel=Change.Channel.FORM)
                except (ValidationError, IntegrityError) as refusal:
                    refusals.append(refusal)
            return refusals

        return write

    outcomes = press_together([writer(number) for number in range(8)])

    stored = list(Lease.objects.order_by("unit", "start_on"))
    for one, other in itertools.pairwise(stored):
        assert one.unit_id != other.unit_id or one.end_on < other.start_on
    refusals = [refusal for outcome in outcomes for refusal in outcome]
    assert len(stored) + len(refusals) == 40
    assert len(stored) > 8
    for refusal in refusals:
        sentence = RULE.refusal(refusal) if isinstance(refusal, IntegrityError) else refusal
        assert RULE.message in sentence.messages[0]


@pytest.mark.django_db
def test_the_staff_let_a_unit_and_end_the_lease_early_with_a_reason(client):
    unit, business = ProductionUnitFactory(), BusinessFactory(name="Amplang Uji")
    client.force_login(member("Petugas"))
    add = reverse("admin:facilities_lease_add")
    form = {"unit": unit.pk, "business": business.pk, "start_on": "1 Januari 2024"}

    client.post(add, {**form, "end_on": "31-12-2024", "monthly_rent": "250 ribu"})
    lease = Lease.objects.get()
    assert (lease.business, lease.monthly_rent) == (business, 250_000)
    refusal = client.post(add, {**form, "start_on": "01-06-2024"}).content.decode()
    assert RULE.message in refusal
    assert "Amplang Uji, 1 Januari 2024 s/d 31 Desember 2024" in refusal

    change = reverse("admin:facilities_lease_change", args=[lease.pk])
    ended = {**form, "end_on": "31-12-2024", "monthly_rent": "250000", "ended_on": "31-05-2024"}
    ended["opened_version"] = lease.version
    assert "menyebut tanggal dan alasannya" in client.post(change, ended).content.decode()
    client.post(change, {**ended, "end_reason": "Pindah ke ruko"})
    client.post(add, {**form, "start_on": "01-06-2024"})

    periods = Lease.objects.order_by("start_on").values_list("start_on", "ended_on", "end_on")
    assert list(periods) == [
        (day(0), datetime.date(2024, 5, 31), datetime.date(2024, 12, 31)),
        (datetime.date(2024, 6, 1), None, None),
    ]
