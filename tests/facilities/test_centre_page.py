"""The page of a place: what stands there, its units, who rents them, and its IKM."""

import datetime
import json
from itertools import combinations

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from balikpapan.audit.models import Change
from balikpapan.reference_data import load_reference
from facilities.centres import month_ends_before, natural_order
from facilities.models import Facility, ProductionUnit
from facilities.models.units import PLAN_SIDE
from facilities.plan_places import overlapping, proposed_places
from tests.cast import member
from tests.factories import (
    BillFactory,
    BillLineFactory,
    BusinessFactory,
    BusinessYearFactory,
    FacilityFactory,
    LeaseFactory,
    ProductionUnitFactory,
)
from tests.pages import messages_of

pytestmark = pytest.mark.django_db


def page(client, place) -> str:
    return client.get(reverse("admin:facilities_facility_centre", args=[place.pk]))


@pytest.fixture
def centre():
    return FacilityFactory(code="SU", name="Sentra Uji")


def test_the_page_shows_parts_units_tenants_and_ikm(client, centre):
    today = timezone.localdate()
    FacilityFactory(name="Gudang Uji", parent=centre, kind="warehouse")
    placed = {"facility": centre, "plan_x": 0, "plan_width": 3, "plan_height": 2}
    let = ProductionUnitFactory(number="A-10", plan_y=0, **placed)
    ProductionUnitFactory(number="A-2", plan_y=3, area_m2=None, **placed)
    ProductionUnitFactory(number="A-3", plan_y=6, condition="heavy_damage", **placed)
    business = BusinessFactory(name="Amplang <Uji>", centre=centre)
    BusinessYearFactory(business=business, year=today.year - 1, workers_total=7)
    soon = today + datetime.timedelta(days=20)
    LeaseFactory(
        unit=let, business=business, start_on=datetime.date(today.year - 2, 1, 1), end_on=soon
    )
    client.force_login(member("Petugas"))

    response = page(client, centre)
    text = response.content.decode()

    states = {use.unit.number: use.state for use in response.context["uses"]}
    assert states == {"A-2": "empty", "A-3": "broken", "A-10": "let"}
    assert list(states) == ["A-2", "A-3", "A-10"]
    assert [str(count) for _, count in response.context["states"]] == ["1", "1", "1"]
    assert [(use.unit.number, days) for use, days in response.context["ending"]] == [("A-10", 20)]
    assert "Gudang Uji" in text
    assert 'aria-label="A-10: terisi, Amplang &lt;Uji&gt;"' in text
    assert 'aria-label="A-3: rusak berat"' in text
    assert "33,3%" in text
    assert response.context["figures"].workers == 7
    assert "Rp250.000" in text
    form = client.get(reverse("admin:facilities_facility_change", args=[centre.pk])).content
    assert f"/{centre.pk}/centre/" in form.decode()


def test_the_page_lists_what_its_tenants_still_owe_by_age(client, centre):
    today = timezone.localdate()
    hall = FacilityFactory(parent=centre, kind="warehouse")
    late, later, fresh, paid = (
        BillFactory(
            tenant_name=f"Penunggak {late}",
            issued_on=today - datetime.timedelta(days=late + 30),
            due_on=today - datetime.timedelta(days=late),
            paid_on=today if late == 7 else None,
        )
        for late in (40, 45, -5, 7)
    )
    for bill, place, amount in (
        (late, centre, 40_000),
        (late, FacilityFactory(), 35_000),
        (later, hall, 75_000),
        (fresh, centre, 75_000),
        (paid, centre, 75_000),
    ):
        BillLineFactory(bill=bill, position=amount, facility=place, amount=amount)
    client.force_login(member("Petugas"))

    response = page(client, centre)

    assert [
        (age.label, age.amount, [(bill.tenant, days) for bill, days in age.bills])
        for age in response.context["arrears"]
    ] == [
        ("Belum jatuh tempo", 75_000, [("Penunggak -5", 0)]),
        ("31–60 hari", 115_000, [("Penunggak 45", 45), ("Penunggak 40", 40)]),
    ]
    assert "Rp115.000" in response.content.decode()


def test_units_are_moved_on_the_plan_together_or_not_at_all(client, centre):
    on_plan = {"facility": centre, "plan_x": 0, "plan_width": 3, "plan_height": 2}
    one, two = (ProductionUnitFactory(plan_y=row, **on_plan) for row in (0, 3))
    elsewhere = ProductionUnitFactory(plan_x=0, plan_y=0, plan_width=3, plan_height=2)
    act = reverse("admin:facilities_facility_plan", args=[centre.pk])
    client.force_login(member("Pimpinan"))
    assert "data-plan-form" not in page(client, centre).content.decode()
    assert client.post(act, {"moves": "[]"}).status_code == 403
    petugas = member("Petugas")
    client.force_login(petugas)
    assert "data-plan-form" in page(client, centre).content.decode()

    def moved(*moves):
        response = client.post(act, {"moves": json.dumps(moves)}, follow=True)
        units = ProductionUnit.objects.order_by("pk").values_list("plan_x", "plan_y")
        return list(units), " ".join(str(m) for m in response.context["messages"])

    stood = [(0, 0), (0, 3), (0, 0)]
    for refused, words in (
        ([[one.pk, 1, 5, 5], [two.pk, 9, 1, 1]], "diubah"),
        ([[one.pk, 1, 5, 5], [elsewhere.pk, 1, 1, 1]], "tidak ada di denah ini"),
        ([[one.pk, 1, 5, 201]], "200"),
        ([[one.pk, 1, True, 5]], "tidak terbaca"),
        ([[one.pk, 1, 5]], "tidak terbaca"),
    ):
        places, answer = moved(*refused)
        assert (places, words in answer) == (stood, True), answer
    assert client.post(act, {"moves": "["}, follow=True).status_code == 200
    places, answer = moved([one.pk, 1, 5, 6], [two.pk, 1, 0, 3])

    assert places == [(5, 6), (0, 3), (0, 0)]
    assert "Letak 1 unit disimpan." in answer
    [change] = Change.objects.filter(model="facilities.productionunit")
    assert (change.by, change.reason, change.after) == (
        petugas,
        "Digeser di denah",
        {"plan_x": 5, "plan_y": 6},
    )


def test_the_first_plan_is_proposed_to_whoever_may_make_it(client, centre):
    one, two, other = (
        ProductionUnitFactory(facility=centre, number=number) for number in ("A-2", "A-10", "B-1")
    )
    client.force_login(member("Pimpinan"))
    assert "data-plan-form" not in page(client, centre).content.decode()
    client.force_login(member("Petugas"))

    response = page(client, centre)

    text = response.content.decode()
    assert (response.context["plan"].placed, response.context["plan"].unplaced) == (0, 3)
    assert "Susun denah" in text
    assert text.count("data-unplaced") == 3
    assert [text.index(f'data-unit="{unit.pk}"') for unit in (one, two, other)] == sorted(
        text.index(f'data-unit="{unit.pk}"') for unit in (one, two, other)
    )
    act = reverse("admin:facilities_facility_plan", args=[centre.pk])
    client.post(act, {"moves": json.dumps([[one.pk, 1, 0, 0], [two.pk, 1, 4, 0]])})
    rows = ProductionUnit.objects.order_by("pk").values_list(
        "plan_x", "plan_y", "plan_width", "plan_height"
    )
    assert list(rows) == [(0, 0, 3, 4), (4, 0, 3, 4), (None, None, None, None)]
    text = page(client, centre).content.decode()
    assert "Geser unit" in text
    assert "1 unit belum punya letak" in text
    assert 'data-unplaced data-x="0" data-y="5"' in text


def test_units_that_cover_each_other_on_the_plan_are_named(client, centre):
    hall = FacilityFactory(parent=centre, kind="building")
    size = {"plan_width": 3, "plan_height": 4}
    ProductionUnitFactory(facility=centre, number="A-1", plan_x=0, plan_y=0, **size)
    unit = ProductionUnitFactory(facility=hall, number="B-1", plan_x=3, plan_y=0, **size)
    ProductionUnitFactory(number="C-1", plan_x=2, plan_y=0, **size)
    ProductionUnitFactory(facility=hall, number="B-9", plan_x=20, plan_y=3, **size)
    client.force_login(member("Petugas"))
    assert "Bertumpang tindih" not in page(client, centre).content.decode()
    form = reverse("admin:facilities_productionunit_change", args=[unit.pk])
    values = {"facility": hall.pk, "number": "B-1", "kind": "house", "condition": ""}
    values |= {"plan_x": 2, "plan_y": 3, **size, "opened_version": 1}
    rows = {"leases-TOTAL_FORMS": 0, "leases-INITIAL_FORMS": 0}

    saved = client.post(form, values | rows, follow=True)

    [warning] = [text for text in messages_of(saved) if "denah" in text]
    assert warning == "Di denah, unit B-1 bertumpang tindih dengan A-1."
    assert "Bertumpang tindih di denah: A-1 dan B-1." in page(client, centre).content.decode()


def square(*sides):
    return ProductionUnit(
        **dict(zip(("plan_x", "plan_y", "plan_width", "plan_height"), sides, strict=True))
    )


@given(st.lists(st.tuples(*[st.integers(0, 6)] * 2, *[st.integers(1, 4)] * 2), max_size=5))
@pytest.mark.one_database
def test_two_units_overlap_where_a_square_belongs_to_both(places):
    units = [square(*place) for place in places]
    squares = [
        {(x + across, y + down) for across in range(width) for down in range(height)}
        for x, y, width, height in places
    ]
    by_hand = {
        frozenset((one, two))
        for one, two in combinations(range(len(units)), 2)
        if squares[one] & squares[two]
    }

    pairs = [
        frozenset(next(i for i, u in enumerate(units) if u is unit) for unit in pair)
        for pair in overlapping([*units, ProductionUnit()])
    ]

    assert set(pairs) == by_hand
    assert len(pairs) == len(by_hand)


def test_proposed_places_stay_on_the_plan_and_cover_nothing():
    units = [ProductionUnit(pk=n, number=f"{'ABC'[n % 3]}-{n}") for n in range(999)]
    units.sort(key=lambda unit: natural_order(unit.number))

    places = proposed_places(units, 0)

    assert 0 < len(places) < 999
    assert max(place.bottom for place in places.values()) <= PLAN_SIDE
    for pk, place in places.items():
        unit = units[[one.pk for one in units].index(pk)]
        unit.plan_x, unit.plan_y = place.x, place.y
        unit.plan_width, unit.plan_height = place.width, place.height
    assert list(overlapping(units)) == []


def test_the_cold_storage_of_the_article_stands_on_the_page_of_its_centre(client):
    load_reference()
    client.force_login(member("Pimpinan"))

    text = page(client, Facility.objects.get(code="SIKT")).content.decode()

    for words in (
        "Cold Storage SIKT",
        "dibangun 2022",
        "mulai beroperasi 14 Mei 2024",
        "80 ton = 60 ton pendinginan + 20 ton pembekuan",
    ):
        assert words in text, words


def test_a_place_without_units_says_how_to_begin(client, centre):
    client.force_login(member("Pimpinan"))

    text = page(client, centre).content.decode()

    assert "Belum ada unit produksi" in text
    assert "Denah" not in text


def test_an_archived_place_has_no_page(client):
    client.force_login(member("Petugas"))

    assert page(client, FacilityFactory(archived=True)).status_code == 404


def test_the_number_of_questions_does_not_grow_with_the_units(
    client, centre, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(member("Petugas"))
    ProductionUnitFactory(facility=centre)
    page(client, centre)
    with django_assert_max_num_queries(40) as few:
        page(client, centre)
    for unit in ProductionUnitFactory.create_batch(6, facility=centre):
        LeaseFactory(unit=unit, business=BusinessFactory(), end_on=None)

    with django_assert_num_queries(len(few)):
        page(client, centre)


def test_units_stand_in_the_order_of_their_numbers():
    numbers = ["B-1", "A-10", "A-2", "12", "a-1"]

    assert sorted(numbers, key=natural_order) == ["12", "a-1", "A-2", "A-10", "B-1"]


def test_the_line_ends_with_the_month_before():
    ends = month_ends_before(datetime.date(2024, 3, 10))

    assert (ends[0], ends[-1], len(ends)) == (
        datetime.date(2023, 3, 31),
        datetime.date(2024, 2, 29),
        12,
    )
