"""The page of a place: what stands there, its units, who rents them, and its IKM."""

import datetime
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from balikpapan.audit.models import Change
from facilities.centres import month_ends_before, natural_order
from facilities.models import ProductionUnit
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
