"""The months of the cold storage: by the ledger, as typed, and which of the two counts."""

import datetime
import json
from decimal import Decimal

import pytest
from django.urls import reverse

from balikpapan.audit.store import store
from balikpapan.dashboard.facility_queries import chamber_use
from balikpapan.data_checks.runner import run_checks
from balikpapan.yearbook.closing_review import missing_months
from facilities import reports
from facilities.models import StorageMonth
from facilities.storage_figures import chamber_months
from tests.factories import (
    BuildingRentalFactory,
    ChamberFactory,
    DepositFactory,
    StorageMonthFactory,
    TariffFactory,
    WithdrawalFactory,
)
from tests.intake.importing import look, problems_of

pytestmark = pytest.mark.django_db


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.fixture
def room(db):
    """A chilled room with goods from June to August 2024, at 100 and from July at 120 rupiah."""
    chamber = ChamberFactory(capacity_ton=1)
    TariffFactory(amount=100, valid_from=day("2024-01-01"), valid_until=day("2024-06-30"))
    TariffFactory(amount=120, valid_from=day("2024-07-01"))
    first = DepositFactory(chamber=chamber, kg=250, in_on=day("2024-06-28"))
    WithdrawalFactory(deposit=first, kg=250, out_on=day("2024-07-03"))
    second = DepositFactory(chamber=chamber, kg=Decimal("10.50"), in_on=day("2024-08-30"))
    WithdrawalFactory(deposit=second, kg=Decimal("10.50"), out_on=day("2024-08-31"))
    DepositFactory(chamber=chamber, kg=999, in_on=day("2024-06-28"), archived=True)
    return chamber


def figures(year=2024):
    return {
        row.month: (
            row.basis.value,
            row.figures.kg_in,
            row.figures.kg_out,
            row.figures.kg_end,
            row.figures.kg_days,
            row.figures.tenants,
            row.figures.revenue,
        )
        for row in chamber_months([year])
    }


def test_a_month_is_what_the_ledger_says(room):
    assert figures() == {
        6: ("ledger", 250, 0, 250, 750, 1, 75_000),
        7: ("ledger", 0, 250, 0, 500, 1, 60_000),
        8: ("ledger", Decimal("10.5"), Decimal("10.5"), 0, Decimal("10.5"), 1, 1_260),
    }


def test_a_typed_month_stands_where_there_is_no_ledger_and_is_compared_where_there_is(
    client, room, petugas, pimpinan
):
    StorageMonthFactory(chamber=room, month=5, kg_in=1, kg_out=2, kg_end=3, kg_days=4)
    own = {"kg_in": 250, "kg_out": 0, "kg_end": 250, "kg_days": 750, "revenue": 75_000}
    StorageMonthFactory(chamber=room, month=6, **own, tenants=None)
    typed = StorageMonthFactory(chamber=room, month=7, kg_in=0, kg_out=250, kg_end=0, kg_days=600)

    may, june, july, august = chamber_months([2024])

    assert (may.basis, may.figures.kg_end, may.differences) == ("typed", 3, [])
    assert (june.basis, june.differences, june.is_undecided) == ("ledger", [], False)
    assert [name for name, *_ in july.differences] == ["kg_days", "revenue"]
    assert (july.figures.kg_days, july.is_undecided, august.typed) == (500, True, None)

    assert [
        remark.text for remark in missing_months(2024) if "belum diputuskan" in remark.text
    ] == [
        f"{room.facility.name}, {room.name}: Juli yang diketik berbeda dari buku penitipan, dan "
        "belum diputuskan mana yang dipakai."
    ]
    page = reverse("admin:facilities_storagemonth_ledger") + "?tahun=2024"
    act = reverse("admin:facilities_storagemonth_decide", args=[typed.pk])
    client.force_login(pimpinan)
    assert "kg-hari: diketik 600, menurut buku 500" in client.get(page).content.decode()
    assert client.post(act, {"basis": "typed"}).status_code == 403
    client.force_login(petugas)
    stale = {"basis": "ledger", "opened_version": typed.version + 1}
    client.post(act, stale)
    assert client.get(act).status_code == 405
    client.post(act, {"basis": "guessed", "opened_version": typed.version})
    assert StorageMonth.objects.get(pk=typed.pk).basis == ""
    client.post(act, {"basis": "typed", "opened_version": typed.version}, follow=True)

    _, _, july, _ = chamber_months([2024])
    assert (july.basis, july.figures.kg_days, july.is_undecided) == ("typed", 600, False)
    assert not any("belum diputuskan" in remark.text for remark in missing_months(2024))


def test_grid_sheet_form_and_check_say_alike_where_a_typed_month_differs(
    client, room, petugas, admin_client
):
    heading = ["Ruang", "Tahun", "Bulan", "Masuk (kg)", "Kg-hari", "Penyewa", "Retribusi (Rp)"]
    ledger = [room.name, 2024, "Juli", 0, 500, 1, 60_000]
    typed = [room.name, 2024, "Juli", 0, 600, 2, 60_001]
    client.force_login(petugas)
    grid = reverse("admin:facilities_storagemonth_grid_check") + "?tahun=2024"
    opened = json.dumps([[f"{room.pk}-{month}", {}] for month in range(1, 13)])

    def warned_by_grid(**figures):
        answer = client.post(grid, {"opened": opened, **figures}).json()
        return {name: cell["warning"] for name, cell in answer["cells"].items()}

    def warned_by_sheet(row):
        problems = problems_of(look([heading, row], "cold-storage"), "ledger_mismatch")
        assert {problem.severity for problem in problems} <= {"warning"}
        return {problem.field: problem.message for problem in problems}

    def warned_by_form(row):
        names = ("chamber", "year", "month", "kg_in", "kg_days", "tenants", "revenue")
        values = {**dict(zip(names, row, strict=True)), "chamber": room.pk, "month": 7}
        answer = admin_client.post(
            reverse("admin:facilities_storagemonth_add"), values, follow=True
        )
        return [str(m) for m in answer.context["messages"] if m.level_tag == "warning"]

    words = "Diketik 600, padahal menurut buku penitipan 500."
    in_grid = warned_by_grid(
        **{"c-6-kg_days": "600", "c-6-tenants": "2", "c-6-revenue": "60.001", "c-5-kg_in": "250"}
    )
    in_sheet = warned_by_sheet(typed)
    assert set(in_grid) == {f"c-6-{name}" for name in in_sheet}
    assert all(in_sheet[name[4:]].endswith(message) for name, message in in_grid.items())
    assert words in in_sheet["kg_days"]
    assert "Diketik 2, padahal menurut buku penitipan 1." in in_sheet["tenants"]
    assert "dalam laporan: buku penitipan" in in_sheet["revenue"]
    assert warned_by_grid(**{"c-6-kg_days": "500"}) == warned_by_sheet(ledger) == {}
    assert checked() == []

    [warning] = warned_by_form(typed)
    assert "kg-hari: diketik 600, menurut buku 500" in warning
    [sentence] = checked()
    assert "Juli 2024: kg-hari, penyewa, retribusi (Rp) berbeda dari buku penitipan" in sentence
    month = StorageMonth.objects.get()
    month.basis = "typed"
    store(month, by=petugas, channel="form")
    assert checked() == []
    assert "dalam laporan: angka yang diketik" in warned_by_sheet(typed)["kg_days"]


def checked():
    """What the check of the data says of typed months."""
    [outcome] = run_checks(only=["storage_months"])
    return outcome.sentences


def test_table_11_and_the_dashboard_take_the_ledger_where_there_is_one(room):
    StorageMonthFactory(chamber=room, month=7, kg_in=9, kg_out=9, kg_days=9)
    StorageMonthFactory(chamber=room, month=5, kg_in=1, kg_out=0, kg_days=310, revenue=7)

    table = reports.storage_table(2024)

    [row] = table.body
    values = dict(zip(table.places, row.values, strict=True))
    assert values["recorded_months"] == 4
    assert values["kg_in"] == Decimal("261.5")
    assert values["kg_days"] == 310 + 750 + 500 + Decimal("10.5")
    assert values["revenue"] == 7 + 75_000 + 60_000 + 1_260
    assert values["utilisation"] == values["kg_days"] * 100 / (1000 * (31 + 30 + 31 + 31))
    assert any("3 bulan dihitung dari buku penitipan" in note for note in table.notes)
    assert any("Juli berbeda dari buku penitipan" in note for note in table.notes)
    [use] = chamber_use(day("2024-08-31"))
    assert [month.value for month in use.months][-3:] == [
        Decimal(750) / 30_000,
        Decimal(500) / 31_000,
        Decimal("10.5") / 31_000,
    ]


def test_goods_of_who_has_the_whole_building_pay_no_kg_days(room):
    tenant = room.deposits.get(kg=250).tenant_name
    BuildingRentalFactory(facility=room.facility, month=6, tenant_name=tenant)
    BuildingRentalFactory(facility=room.facility, month=7, tenant_name="Lain")

    june, july = (figures()[month] for month in (6, 7))

    assert (june[4], june[6]) == (750, 0)
    assert july[6] == 60_000
    assert any("disewa seluruhnya 2 bulan" in note for note in reports.storage_table(2024).notes)


def test_a_day_without_a_tariff_leaves_the_revenue_unknown():
    DepositFactory(in_on=day("2019-12-30"))

    assert figures(2019) == {12: ("ledger", 250, 0, 250, 500, 1, None)}


def test_the_months_take_as_many_queries_for_one_deposit_as_for_six(
    room, django_assert_num_queries
):
    with django_assert_num_queries(6):
        chamber_months([2024])
    for n in range(5):
        WithdrawalFactory(deposit__chamber=room, deposit__receipt=str(n))
    with django_assert_num_queries(6):
        chamber_months([2024])
