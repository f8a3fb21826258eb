"""The ledger sheet: one row per withdrawal, or per deposit of which nothing has gone."""

import datetime
from decimal import Decimal

import pytest

from balikpapan.audit.store import FrozenYear
from balikpapan.intake.uploads import PlanChanged, confirm
from facilities.models import Deposit, Withdrawal
from tests.factories import (
    BusinessFactory,
    ChamberFactory,
    ClosedYearFactory,
    DepositFactory,
    WithdrawalFactory,
)
from tests.intake.importing import export, hand_in, load, look, problems_of, tally
from tests.trust.steps import at_step

pytestmark = pytest.mark.django_db

HEADING = [
    "No",
    "Tanggal Masuk",
    "Ruang",
    "Nama Usaha",
    "Nama Penyewa",
    "Komoditi",
    "Berat (kg)",
    "Tanggal Keluar",
    "Keluar (kg)",
]


@pytest.fixture
def room(db):
    """A chilled room of sixty tons."""
    return ChamberFactory(name="Ruang uji", facility__name="Cold Storage Uji")


def row(number, came, commodity="Udang", kg=300, out="", gone="", **tenant):
    business, person = tenant.get("business", ""), tenant.get("person", "")
    return [number, came, "Ruang uji", business, person, commodity, kg, out, gone]


def test_deposits_are_stored_with_their_withdrawals(room):
    business = BusinessFactory(name="Amplang Uji")
    rows = [
        row(1, "03/06/2024", out="10/06/2024", gone="100,5", business="amplang uji"),
        row(2, "03/06/2024", out="12/06/2024", gone=50, business="amplang uji"),
        row(3, "04/06/2024", "Ayam", 80, person="Penitip Uji"),
        row(4, "04/06/2024", "Kepiting", 20, business="Bukan Terdaftar"),
        row(5, "04/06/2024", "Cumi", 20, business="Amplang Uji", person="Penitip Lain"),
    ]

    upload = load([HEADING, *rows], "penitipan")

    assert (tally(upload)[3], Deposit.objects.filter(commodity="Cumi").count()) == (1, 0)
    shrimp = Deposit.objects.get(commodity="Udang")
    assert (shrimp.business, shrimp.tenant_name, shrimp.kg) == (business, "", 300)
    assert list(shrimp.withdrawals.values_list("out_on", "kg")) == [
        (datetime.date(2024, 6, 10), Decimal("100.5")),
        (datetime.date(2024, 6, 12), 50),
    ]
    names = Deposit.objects.filter(business=None).values_list("tenant_name", flat=True)
    assert sorted(names) == ["Bukan Terdaftar", "Penitip Uji"]


@pytest.mark.parametrize(
    ("rows", "held"),
    [
        pytest.param([row(1, "03/06/2024", out="10/06/2024", gone=300, person="A")], 0, id="all"),
        pytest.param([row(1, "03/06/2024", out="10/06/2024", gone=301, person="A")], 1, id="more"),
        pytest.param([row(1, "03/06/2024", out="02/06/2024", gone=1, person="A")], 1, id="before"),
        pytest.param([row(1, "03/06/2024", gone=1, person="A")], 1, id="out without a day"),
        pytest.param([row(1, "03/06/2024", out="10/06/2024", person="A")], 1, id="day without kg"),
        pytest.param([row(1, "03/06/2024")], 1, id="nobody's"),
        pytest.param(
            [
                row(1, "03/06/2024", out="10/06/2024", gone=200, person="A"),
                row(2, "03/06/2024", out="11/06/2024", gone=200, person="a"),
            ],
            2,
            id="more in two rows",
        ),
    ],
)
def test_what_a_deposit_cannot_give_holds_its_rows(room, rows, held):
    outcome = look([HEADING, *rows], "penitipan")

    assert tally(outcome)[3] == held


def test_what_is_stored_counts_with_the_sheet_and_nothing_is_half_stored(room):
    deposit = DepositFactory(chamber=room, tenant_name="Penitip Uji", commodity="Udang", kg=300)
    WithdrawalFactory(deposit=deposit, kg=250, out_on=datetime.date(2024, 6, 5))

    over = row(1, "03/06/2024", out="10/06/2024", gone=51, person="Penitip Uji")
    fits = row(1, "03/06/2024", out="10/06/2024", gone=50, person="Penitip Uji")

    assert tally(look([HEADING, over], "penitipan"))[3] == 1
    load([HEADING, fits], "penitipan")
    assert Deposit.objects.with_left().get().kg_left == 0
    assert Withdrawal.objects.count() == 2


def test_a_room_that_would_be_too_full_is_said(room):
    rows = [row(n, "03/06/2024", f"Udang {n}", 25_000, person="A") for n in range(3)]

    [problem] = problems_of(look([HEADING, *rows], "penitipan"), "over_capacity")

    assert "75.000 kg, melebihi kapasitasnya 60.000 kg" in problem.message


def test_an_export_comes_back_unchanged_even_when_its_year_is_closed(room):
    business = BusinessFactory()
    for n in range(2):
        WithdrawalFactory(deposit__chamber=room, deposit__receipt=f"00{n}", kg=Decimal("10.25"))
    deposit = DepositFactory(chamber=room, business=business, tenant_name="", notes="Dua\nbaris")
    for on in (5, 6):
        WithdrawalFactory(deposit=deposit, kg=1, out_on=datetime.date(2024, 6, on), notes="x")
    DepositFactory(chamber=room)
    sheet = export("penitipan")
    ClosedYearFactory(year=2024)

    assert tally(look(sheet, "penitipan")) == (0, 0, 5, 0, 0)
    assert tally(look([HEADING, row(1, "03/06/2024", person="A")], "penitipan"))[3] == 1


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"gone": 5, "person": "A"}, "Berat keluar tanpa tanggal keluar. Isi tanggalnya."),
        ({"out": "10/06/2024", "person": "A"}, "Tanggal keluar tanpa berat keluar. Isi beratnya."),
        ({}, "Penyewa kosong."),
    ],
    ids=["weight without a day", "day without a weight", "nobody's"],
)
def test_what_is_missing_of_a_row_is_told(room, cells, message):
    outcome = look([HEADING, row(1, "03/06/2024", **cells)], "penitipan")

    assert tally(outcome) == (0, 0, 0, 1, 0)
    [problem] = problems_of(outcome, "required_empty")
    assert message in problem.message


def test_a_year_that_is_closed_while_a_sheet_is_confirmed_keeps_its_deposits(room, petugas):
    load([HEADING, row(1, "03/06/2023", person="Penitip Uji")], "penitipan")
    changed = row(1, "03/06/2023", "Cumi", person="Penitip Uji")
    upload = hand_in([HEADING, changed], "penitipan", user=petugas)

    def close():
        ClosedYearFactory(year=2023)

    step = "balikpapan.intake.confirmation:make_ready"
    with at_step(step, close, before=False), pytest.raises((PlanChanged, FrozenYear)):
        confirm(upload, petugas)

    assert Deposit.objects.get().commodity == "Udang"
