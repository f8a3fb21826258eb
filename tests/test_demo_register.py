"""What the invented register holds: enough to look at, consistent, and clearly not real."""

import datetime

import pytest
from django.db.models import Sum

from balikpapan.audit.models import Change
from balikpapan.demo import load_demo
from balikpapan.reference_data import load_reference
from facilities.arrears import arrears_of, by_age
from facilities.billing import tenants_due
from facilities.inventory import lines_of
from facilities.models import (
    Asset,
    Bill,
    BillLine,
    BuildingRental,
    Chamber,
    ConditionCheck,
    Deposit,
    Facility,
    InventoryEntry,
    InventorySession,
    Lease,
    Maintenance,
    Outage,
    ProductionUnit,
    StorageMonth,
    Tariff,
    TemperatureReading,
    Withdrawal,
)
from facilities.photos import read_photo
from facilities.reports import storage_table
from facilities.storage_figures import chamber_months
from industry.models import (
    Business,
    BusinessYear,
    Certificate,
    Participation,
    Programme,
    Revenue,
)
from tests.taken_back import taken_back

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 3, 10)
MADE = [Business, BusinessYear, Certificate, Programme, Participation, StorageMonth, Asset]
MADE += [ConditionCheck, Maintenance, ProductionUnit, Lease]
MADE += [Deposit, Withdrawal, Bill, BillLine, BuildingRental, Outage, TemperatureReading]
MADE += [InventorySession, InventoryEntry]


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """The invented register of one day, for all tests of the module."""
    with django_db_blocker.unblock(), taken_back():
        load_reference()
        load_demo(TODAY)
        yield


def test_640_businesses_have_figures_of_the_last_three_complete_years():
    years = BusinessYear.objects.order_by("year").values_list("year", flat=True).distinct()

    assert Business.objects.count() == 640
    assert list(years) == [2023, 2024, 2025]


def test_every_kelurahan_and_seven_kelompok_have_businesses():
    assert Business.objects.values("kelurahan").distinct().count() == 34
    assert Business.objects.values("group").distinct().count() == 7


def test_every_record_keeps_the_rules_of_its_model_and_is_traced():
    for model in [*MADE, Revenue]:
        records = list(model.objects.order_by("-id")[:15])
        for record in records:
            record.full_clean()
        trail = Change.objects.filter(model=model._meta.label_lower, reason="Data contoh")

        assert trail.filter(channel=Change.Channel.COMMAND).count() == made(model) > 0


def made(model):
    """How many records of a kind are invented; the four published PAD figures are not."""
    count = model.objects.count()
    return count - 4 if model is Revenue else count


def test_kelurahan_and_kecamatan_agree_and_no_nib_or_nik_can_be_real():
    businesses = list(Business.objects.select_related("kelurahan"))

    assert {b.kecamatan_id == b.kelurahan.kecamatan_id for b in businesses} == {True}
    assert {b.nik[:2] for b in businesses} == {"", "99"}
    assert {b.nib[:2] for b in businesses} == {"", "99"}
    assert {b.phone[:8] for b in businesses} == {"", "08000000"}


def test_figures_have_gaps_and_totals_agree_with_men_and_women():
    reported = BusinessYear.objects.exclude(workers_male=None)

    assert BusinessYear.objects.filter(workers_total=None).exists()
    assert BusinessYear.objects.filter(investment=None).exists()
    assert {y.workers_male + y.workers_female == y.workers_total for y in reported} == {True}


def test_no_business_has_figures_from_outside_its_life():
    figures = BusinessYear.objects.select_related("business")

    assert [
        row.pk
        for row in figures
        if row.year < (row.business.founded_year or row.business.listed_year)
        or row.year >= (row.business.closed_year or 9999)
    ] == []


def test_some_certificates_end_within_three_months_and_some_have_ended():
    soon = (TODAY, TODAY + datetime.timedelta(days=90))

    assert Certificate.objects.filter(status="issued", expires_on__range=soon).count() >= 18
    assert Certificate.objects.filter(status="expired").exists()
    assert not Certificate.objects.filter(status="issued", expires_on__lt=TODAY).exists()
    assert not Certificate.objects.filter(issued_on__gt=TODAY).exists()


def test_no_chamber_holds_more_than_its_capacity_and_stock_adds_up():
    for chamber in Chamber.objects.all():
        stock = 0
        for month in chamber.months.order_by("year", "month"):
            stock += month.kg_in - month.kg_out

            assert stock == month.kg_end
            assert 0 <= stock <= chamber.capacity_ton * 1000


def test_both_chambers_have_their_months_since_the_opening():
    assert StorageMonth.objects.count() == 2 * 19
    assert StorageMonth.objects.earliest("year", "month").month == 6


def test_pad_of_the_cold_storage_is_what_its_months_brought_in():
    fees = Revenue.objects.filter(source_name__startswith="Retribusi cold storage")

    assert total(fees, "realised") == total(StorageMonth.objects, "revenue") > 0


def total(rows, name):
    return rows.aggregate(total=Sum(name))["total"]


def test_pad_of_the_last_year_is_provisional_and_earlier_years_are_final():
    rows = Revenue.objects.exclude(status="published").exclude(target=None)

    assert set(rows.values_list("year", "status")) == {
        (2023, "final"),
        (2024, "final"),
        (2025, "provisional"),
    }


def test_assets_stand_on_all_six_cards():
    assert set(Asset.objects.values_list("kib", flat=True)) == set("ABCDEF")


@pytest.mark.parametrize(
    ("code", "units", "shares"), [("SIKS", 94, (75, 95)), ("SIKT", 24, (45, 85))]
)
def test_the_units_of_both_centres_are_let_as_the_office_says(code, units, shares):
    let = Lease.objects.running_on(TODAY).filter(unit__facility__code=code)
    soon = Lease.objects.running_on(TODAY).filter(end_on__lt=TODAY + datetime.timedelta(days=90))

    assert ProductionUnit.objects.filter(facility__code=code).count() == units
    assert shares[0] <= let.count() * 100 / units <= shares[1]
    assert not let.filter(unit__condition="heavy_damage").exists()
    assert soon.exists()
    assert Lease.objects.exclude(end_reason="").exists()


def test_a_year_of_the_ledger_added_up_day_by_day_is_what_table_11_says():
    year, table = 2025, storage_table(2025)
    taken = {}
    for deposit, day, kg in Withdrawal.objects.values_list("deposit", "out_on", "kg"):
        taken.setdefault(deposit, []).append((day, kg))
    rate = {t.service: t.amount for t in Tariff.objects.filter(service__endswith="ing")}
    rate["chill_storage"] = Tariff.objects.get(service="chill_storage").amount
    for chamber in Chamber.objects.kept():
        service = {"chill": "chill_storage", "freeze": "freezing"}[chamber.purpose]
        came = gone = used = charge = 0
        for deposit in Deposit.objects.filter(chamber=chamber, in_on__year=year):
            went = taken[deposit.pk]
            came, gone = came + deposit.kg, gone + sum(kg for _, kg in went)
            day = deposit.in_on
            while day.year == year:
                left = deposit.kg - sum(kg for out_on, kg in went if out_on <= day)
                assert left >= 0
                used, charge = used + left, charge + left * rate[service]
                day += datetime.timedelta(days=1)
        [row] = [row for row in table.body if row.key == f"ruang-{chamber.pk}"]
        figures = {
            name: table.value(row, name) for name in ("kg_in", "kg_out", "kg_days", "revenue")
        }
        assert figures == {"kg_in": came, "kg_out": gone, "kg_days": used, "revenue": charge}
        assert came == gone > 0
    months = chamber_months([year])
    assert {month.basis for month in months} == {"ledger"}
    assert [month for month in months if month.differences] == []


def test_bills_are_what_is_owed_and_some_wait_some_are_late_and_the_inventory_differs():
    months = {(bill.year, bill.month): bill.month for bill in Bill.objects.all()}
    for year, month in months:
        owed = {due.tenant_key: due for due in tenants_due(year, month)}
        for bill in Bill.objects.filter(year=year, month=month):
            lines = [(line.quantity, line.rate, line.amount) for line in bill.lines.all()]
            due = owed[bill.tenant_key]
            assert bill.total == due.total == sum(amount for _, _, amount in lines)
            assert lines == [(line.quantity, line.rate, line.amount) for line in due.lines]

    assert sorted(months) == [(2025, 11), (2025, 12), (2026, 2)]
    assert Bill.objects.exclude(cancelled_on=None).exists()
    assert Bill.objects.standing().exclude(paid_on=None).exists()
    ages = [age.label for age in by_age(Bill.objects.unpaid(), TODAY)]
    assert len(ages) > 1
    centre = arrears_of(Facility.objects.get(code="SIKS"), TODAY)
    assert sum(age.amount for age in centre) > 0
    unused = ProductionUnit.objects.exclude(pk__in=Lease.objects.running_on(TODAY).values("unit"))
    assert set(unused.values_list("condition", flat=True)) == {"good", "heavy_damage"}
    warm = [reading for reading in TemperatureReading.objects.all() if reading.warnings()]
    assert 0 < len(warm) < TemperatureReading.objects.count() / 4
    assert {"lebih panas" in " ".join(reading.warnings()) for reading in warm} == {True}
    photos = [read_photo(check) for check in ConditionCheck.objects.exclude(photo="")]
    assert len(photos) > 2
    assert {len(photo) < 20_000 and photo[:2] == b"\xff\xd8" for photo in photos} == {True}
    [session] = InventorySession.objects.all()
    differences = [line.difference for line in lines_of(session)]
    assert differences.count("Tidak ada") == 1 < differences.count("")
    cold = Facility.objects.get(built_year=2022, operational_on__year=2024)
    assert sorted(cold.chambers.values_list("capacity_ton", flat=True)) == [20, 60]
