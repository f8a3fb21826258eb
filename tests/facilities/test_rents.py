"""What leases owe and how full places are: against a count day by day."""

import calendar
import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balikpapan.reference_data import load_reference
from facilities import letters
from facilities.billing import issue, lines_of_lease, tenants_due
from facilities.ledger import days_between
from facilities.models import Facility, Lease, ProductionUnit, Tariff
from facilities.occupancy import Occupancy, occupancy_on
from facilities.rents import rent_of_month, rents_of_year, unit_tariffs
from facilities.reports import centre_table, rent_roll
from tests.cast import member
from tests.factories import (
    BusinessFactory,
    FacilityFactory,
    LeaseFactory,
    ProductionUnitFactory,
    TariffFactory,
)
from tests.reports.test_pdf import pages_of

JANUARY = datetime.date(2024, 1, 1)


def day(number):
    return JANUARY + datetime.timedelta(number)


def tariff(first, last, amount, per="month"):
    return Tariff(valid_from=first, valid_until=last, amount=amount, per=per)


@given(
    start=st.integers(-40, 100),
    length=st.integers(0, 120),
    open_end=st.booleans(),
    changes=st.lists(st.integers(-60, 120), max_size=3, unique=True),
    amounts=st.lists(st.integers(1, 10**6), min_size=4, max_size=4),
    own=st.one_of(st.none(), st.integers(0, 10**6)),
)
def test_a_months_rent_has_a_line_for_each_rate_of_its_days(
    start, length, open_end, changes, amounts, own
):
    lease = Lease(
        unit=ProductionUnit(number="A-1", area_m2=Decimal(36), facility=Facility()),
        tenant_name="Penyewa Uji",
        start_on=day(start),
        end_on=None if open_end else day(start + length),
        monthly_rent=own,
    )
    edges = [-1_000, *sorted(changes), 1_000]
    tariffs = [
        tariff(day(first), day(last - 1), amount)
        for first, last, amount in zip(edges, edges[1:], amounts, strict=False)
    ]
    for month in (1, 2, 3):
        days = calendar.monthrange(2024, month)[1]
        rates = []
        for number in range(1, days + 1):
            one = datetime.date(2024, month, number)
            if lease.start_on <= one and (lease.end_on is None or one <= lease.end_on):
                [valid] = [t for t in tariffs if t.valid_from <= one <= t.valid_until]
                rates.append(valid.amount if own is None else own)
        by_hand = [(rate, len(list(alike))) for rate, alike in groupby(rates)]
        owed = [int(Fraction(rate * count, days) + Fraction(1, 2)) for rate, count in by_hand]

        rent = rent_of_month(lease, 2024, month, tariffs)
        lines = list(lines_of_lease(lease, rent))

        assert rent.amount == sum(owed)
        assert [(line.rate, days_between(line.first, line.last)) for line in lines] == by_hand
        assert [line.amount for line in lines] == owed
        assert [line.quantity_text for line in lines] == [
            "1 bulan" if count == days else f"{count}/{days} bulan" for _, count in by_hand
        ]


@pytest.mark.parametrize(
    ("own", "area", "tariffs", "amount"),
    [
        pytest.param(250_000, None, [], 250_000, id="its own rent"),
        pytest.param(0, None, [], 0, id="free of rent"),
        pytest.param(None, 36, [("month", 90_000)], 90_000, id="by tariff"),
        pytest.param(None, "36.50", [("m2_month", 2_501)], 91_287, id="by area, rounded"),
        pytest.param(None, None, [("m2_month", 2_500)], None, id="area unknown"),
        pytest.param(None, 36, [], None, id="no tariff"),
    ],
)
def test_where_the_rent_of_a_whole_month_comes_from(own, area, tariffs, amount):
    unit = ProductionUnit()
    unit.area_m2 = unit._meta.get_field("area_m2").to_python(area)
    lease = Lease(unit=unit, start_on=day(-9), monthly_rent=own)

    rent = rent_of_month(lease, 2024, 1, [tariff(day(-99), None, a, per) for per, a in tariffs])

    assert rent.amount == amount


def test_days_without_a_tariff_leave_the_month_unknown():
    lease = Lease(unit=ProductionUnit(area_m2=36), start_on=day(-9))

    rent = rent_of_month(lease, 2024, 1, [tariff(day(5), day(9), 90_000)])

    assert [(part.days, part.monthly) for part in rent.parts] == [
        (5, None),
        (5, 90_000),
        (21, None),
    ]
    assert rent.amount is None


@pytest.mark.django_db
def test_a_rent_bill_across_a_tariff_change_says_what_each_rate_comes_to():
    rent = {"service": "unit_rent", "valid_from": day(0)}
    TariffFactory(per="month", amount=90_001, valid_until=day(9), **rent)
    TariffFactory(per="m2_month", amount=3_000, **rent | {"valid_from": day(10)})
    LeaseFactory(
        unit__number="B-7", unit__area_m2=Decimal("36.50"), start_on=day(-9), monthly_rent=None
    )
    [due] = tenants_due(2024, 1)

    bill = issue(due, 2024, 1, issued_on=day(40), by=None)
    text = " ".join(" ".join(page) for page in pages_of(letters.bill_pdf(bill)))

    # 90.001 x 10/31 and 36,5 x 3.000 x 21/31.
    assert list(bill.lines.values_list("description", "rate", "amount")) == [
        ("Sewa unit B-7, 10 dari 31 hari", 90_001, 29_033),
        ("Sewa unit B-7, 21 dari 31 hari, 36,5 m² × Rp3.000", 109_500, 74_177),
    ]
    assert bill.total == 103_210
    words = ["1 s.d. 10 Januari 2024", "11 s.d. 31 Januari 2024", "10/31 bulan", "21/31 bulan"]
    words += ["29.033", "74.177", "103.210", "dibulatkan ke rupiah tiap baris"]
    assert [word for word in words if word not in text] == []


@pytest.mark.django_db
def test_the_rent_roll_lists_each_lease_of_the_year_with_its_months():
    first = LeaseFactory(
        unit__facility__name="Sentra Uji",
        unit__number="A-1",
        end_on=datetime.date(2024, 3, 15),
        monthly_rent=310_000,
    )
    LeaseFactory(
        unit=first.unit,
        business=BusinessFactory(name="Amplang Uji"),
        start_on=datetime.date(2024, 11, 1),
        end_on=None,
        monthly_rent=None,
    )
    LeaseFactory(unit=first.unit, start_on=day(-99), end_on=day(-1))
    LeaseFactory(archived=True)
    TariffFactory(
        service="unit_rent", per="month", amount=90_000, valid_from=day(0), valid_until=None
    )

    table = rent_roll(2024)

    assert [table.value(row, "tenant") for row in table.body] == ["Penyewa Uji", "Amplang Uji"]
    old, new = table.body
    assert [table.value(old, f"month_{m}") for m in (1, 2, 3, 4)] == [310_000, 310_000, 150_000, ""]
    assert [table.value(row, "year") for row in (old, new)] == [770_000, 180_000]
    assert table.value(table.total_row, "year") == 950_000
    tariffs = unit_tariffs(day(0), day(365))
    assert sum(m.amount for m in rents_of_year(first, 2024, tariffs)) == 770_000


@pytest.mark.django_db
def test_the_rent_roll_leads_to_its_lease_alone(client):
    LeaseFactory()
    lease = LeaseFactory()
    client.force_login(member("Pimpinan"))
    [row] = [row for row in rent_roll(2024).body if row.key == f"sewa-{lease.pk}"]

    listed = client.get(row.links["unit"]).context["cl"].result_list

    assert list(listed) == [lease]


@pytest.mark.django_db
def test_a_rent_nobody_knows_is_told_and_not_added():
    LeaseFactory(monthly_rent=None)

    table = rent_roll(2024)

    assert table.value(table.body[0], "year") is None
    assert "1 sewa belum diketahui" in table.notes[1]


@pytest.mark.django_db
def test_occupancy_counts_each_unit_of_a_place_and_its_parts_once():
    centre = FacilityFactory(name="Sentra Uji")
    hall = FacilityFactory(parent=centre, kind="building")
    first = ProductionUnitFactory(facility=centre)
    units = [ProductionUnitFactory(facility=hall), ProductionUnitFactory(facility=hall)]
    ProductionUnitFactory(facility=hall, built_year=2025)
    ProductionUnitFactory(facility=hall, archived=True)
    LeaseFactory(unit=first)
    LeaseFactory(unit=units[0], ended_on=day(30), end_reason="Tutup usaha")
    LeaseFactory(unit=units[1], archived=True)
    other = ProductionUnitFactory().facility

    occupied = occupancy_on([day(30), day(31), day(366)])

    assert occupied[day(30)] == {
        centre.pk: Occupancy(3, 2),
        hall.pk: Occupancy(2, 1),
        other.pk: Occupancy(1, 0),
    }
    assert occupied[day(31)][centre.pk] == Occupancy(3, 1)
    assert occupied[day(366)][centre.pk] == Occupancy(4, 0)
    assert occupancy_on([day(0)])[day(0)][centre.pk].share * 3 == 2


@pytest.mark.django_db
def test_table_10_tells_units_and_occupancy_at_the_end_of_the_year():
    load_reference()
    centre = FacilityFactory(name="Sentra Uji")
    leased, _ = ProductionUnitFactory.create_batch(2, facility=centre)
    LeaseFactory(unit=leased)

    table = centre_table(2024, {}, lambda *keys: "")

    cells = {
        table.value(row, "name"): [table.value(row, key) for key in ("units", "let", "occupancy")]
        for row in table.body
    }
    assert cells["Sentra Uji"] == [2, 1, 50]
    assert cells["Sentra Industri Kecil Somber (SIKS)"] == [None, None, "belum ada data"]
    [row] = [row for row in table.body if table.value(row, "name") == "Sentra Uji"]
    assert row.links["units"].endswith(f"?facility__id__exact={centre.pk}")
