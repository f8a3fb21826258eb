"""The sheets of production units and leases: who is meant, what overlaps, and the way back."""

import datetime

import pytest

from balikpapan.intake.undo import undo
from facilities.models import Lease, ProductionUnit
from tests.factories import (
    BusinessFactory,
    FacilityFactory,
    LeaseFactory,
    ProductionUnitFactory,
)
from tests.intake.importing import export, load, look, problems_of, tally

pytestmark = pytest.mark.django_db

UNITS = ["Sentra", "Nomor Unit", "Jenis", "Luas (m²)", "Kondisi", "Denah X", "Denah Y"]
LEASES = ["Sentra", "Nomor Unit", "Nama Usaha", "Mulai Sewa", "Akhir Sewa", "Sewa per Bulan (Rp)"]
RULE = Lease.no_overlap


@pytest.fixture
def centre():
    return FacilityFactory(code="SU", name="Sentra Uji")


def test_units_are_stored_changed_and_come_back_unchanged(centre):
    sheet = [
        [*UNITS, "Denah Lebar", "Denah Tinggi"],
        ["SU", "A-1", "Rumah", "36 m2", "Baik", 0, 2, 3, 4],
        ["sentra uji", "A-2", "Kios", "12,5", "RB", None, None, None, None],
        ["SU", "A-3", None, None, None, 5, 2, None, None],
        ["Sentra Antah", "A-4", None, None, None, None, None, None, None],
    ]

    first, second = load(sheet, "unit"), load(sheet, "unit")

    assert (tally(first), tally(second)) == ((2, 0, 0, 2, 0), (0, 0, 2, 2, 0))
    one, two = ProductionUnit.objects.order_by("number")
    assert (one.kind, one.area_m2, one.condition, one.plan_height) == ("house", 36, "good", 4)
    assert (two.kind, str(two.area_m2), two.condition) == ("kiosk", "12.50", "heavy_damage")
    assert tally(look(export("unit"), "unit")) == (0, 0, 2, 0, 0)


def test_a_tenant_is_a_recorded_business_or_a_name(centre):
    unit = ProductionUnitFactory(facility=centre, number="A-1")
    business = BusinessFactory(name="Amplang Uji")
    BusinessFactory.create_batch(2, name="Dua Uji")

    upload = load(
        [
            [*LEASES, "Nomor Register IKM", "Nama Penyewa"],
            ["SU", "A-1", "amplang uji", "1/1/2024", "31/12/2024", "250 ribu", None, None],
            ["SU", "A-1", "Baru Uji", "1/1/2025", "30/6/2025", 300_000, None, None],
            ["SU", "a-1", None, "1/7/2025", "31/12/2025", None, business.number, None],
            ["SU", "A-1", None, "1/1/2026", None, None, None, "Budi Contoh"],
            ["SU", "A-1", "Dua Uji", "1/1/2020", "2/1/2020", None, None, None],
            ["SU", "B-9", "Baru Uji", "1/1/2020", "2/1/2020", None, None, None],
            ["SU", "A-1", None, "1/1/2020", "2/1/2020", None, None, None],
            ["SU", "A-1", None, "1/1/2020", "2/1/2020", None, "IKM-999999", None],
        ],
        "sewa",
    )

    assert tally(upload) == (4, 0, 0, 4, 0)
    stored = Lease.objects.order_by("start_on")
    assert [lease.tenant_name or lease.business for lease in stored] == [
        business,
        "Baru Uji",
        business,
        "Budi Contoh",
    ]
    assert {lease.unit for lease in stored} == {unit}
    assert [lease.monthly_rent for lease in stored] == [250_000, 300_000, None, None]
    again = look(export("sewa"), "sewa")
    assert [p.message for p in again.problems.listed] == []
    assert tally(again) == (0, 0, 4, 0, 0)


def test_a_number_that_several_centres_have_needs_the_centre(centre):
    for place in (centre, FacilityFactory(code="SV")):
        ProductionUnitFactory(facility=place, number="A-1")
    row = ["A-1", "Baru Uji", "1/1/2024", "31/12/2024", None]

    without = look([LEASES[1:], row], "sewa")
    named = look([LEASES, ["SV", *row]], "sewa")

    assert (tally(without)[3], tally(named)[0]) == (1, 1)
    assert "2 sarana" in problems_of(without, "doubtful_match")[0].message


@pytest.mark.parametrize(
    ("periods", "stored"),
    [
        pytest.param([("1/1/2024", "30/6/2024"), ("1/7/2024", "31/12/2024")], 2, id="in turn"),
        pytest.param([("1/7/2024", None), ("1/1/2024", "1/7/2024")], 1, id="a shared day"),
        pytest.param([("1/1/2023", "31/12/2023"), ("1/1/2022", None)], 1, id="around another"),
    ],
)
def test_leases_of_one_file_share_no_day(centre, periods, stored):
    ProductionUnitFactory(facility=centre, number="A-1")
    rows = [["SU", "A-1", "Baru Uji", start, end, None] for start, end in periods]

    upload = load([LEASES, *rows], "sewa")

    assert Lease.objects.count() == stored == upload.counts["new"]
    assert upload.counts["held"] == len(rows) - stored


def test_a_lease_is_ended_and_the_unit_let_again_by_one_file(centre):
    """Both rows are written in one transaction: what leaves makes room, and so it is undone."""
    lease = LeaseFactory(unit__facility=centre, unit__number="A-1")
    columns = [*LEASES[:5], "Diakhiri pada", "Alasan Diakhiri"]
    new = ["SU", "A-1", "Baru Uji", "1/6/2024", "31/12/2024", None, None]
    old = ["SU", "A-1", None, "1/1/2024", None, "31/5/2024", "Tutup usaha"]

    alone = look([columns, new], "sewa")
    [problem] = problems_of(alone, "rule_broken")
    assert RULE.message in problem.message
    assert tally(alone) == (0, 0, 0, 1, 0)

    upload = load([columns, new, old], "sewa")

    assert tally(upload) == (1, 1, 0, 0, 0)
    lease.refresh_from_db()
    assert (lease.ended_on, lease.tenant_name) == (datetime.date(2024, 5, 31), "Penyewa Uji")
    undo(upload, by=None)
    lease.refresh_from_db()
    assert lease.ended_on is None
    assert Lease.objects.kept().get() == lease


def test_a_business_takes_the_place_of_a_name(centre):
    lease = LeaseFactory(unit__facility=centre, unit__number="A-1")
    business = BusinessFactory(name="Amplang Uji")

    upload = load([LEASES, ["SU", "A-1", "Amplang Uji", "1/1/2024", None, None]], "sewa")

    assert tally(upload) == (0, 1, 0, 0, 0)
    lease.refresh_from_db()
    assert (lease.business, lease.tenant_name) == (business, "")


def test_a_tenant_that_was_recorded_since_takes_the_place_of_its_name(centre):
    lease = LeaseFactory(
        unit__facility=centre, unit__number="A-1", business=None, tenant_name="Budi Contoh"
    )
    business = BusinessFactory(name="Amplang Uji")
    row = ["SU", "A-1", lease.start_on, business.number]

    upload = load([["Sentra", "Nomor Unit", "Mulai Sewa", "Nomor Register IKM"], row], "sewa")

    assert tally(upload) == (0, 1, 0, 0, 0)
    lease.refresh_from_db()
    assert (lease.business, lease.tenant_name) == (business, "")
