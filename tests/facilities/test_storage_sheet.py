"""The monthly sheet of the cold storage: one row per room and month."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from facilities.models import StorageMonth
from tests.factories import ChamberFactory, ClosedYearFactory, StorageMonthFactory
from tests.intake.importing import asked, export, load, look, problems_of, tally

pytestmark = pytest.mark.django_db

HEADING = ["Ruang", "Tahun", "Bulan", "Masuk (kg)", "Keluar (kg)", "Kg-hari", "Retribusi (Rp)"]


@pytest.fixture
def room(db):
    """A chilled room of sixty tons."""
    return ChamberFactory(name="Ruang uji", facility__name="Cold Storage Uji")


def test_a_month_is_stored_with_its_decimals(room):
    load(
        [HEADING, ["ruang UJI", 2024, "Februari", "1.250,75", 800, 90000, 9_000_000]],
        "cold-storage",
    )

    month = StorageMonth.objects.get()
    assert (month.chamber, month.year, month.month) == (room, 2024, 2)
    assert (month.kg_in, month.kg_out) == (Decimal("1250.75"), 800)
    assert (month.kg_days, month.revenue) == (90000, 9_000_000)


@pytest.mark.parametrize(
    "word", ["Mei", "mei", "May", 5, "5", "05", "Bulan Mei", datetime.date(2024, 5, 1)]
)
def test_a_month_is_a_name_or_a_number(room, word):
    load([HEADING, ["Ruang uji", 2024, word, 1, 1, 1, 1]], "cold-storage")

    assert StorageMonth.objects.get().month == 5


@pytest.mark.parametrize("word", ["Smt I", 13, None])
def test_what_is_no_month_holds_the_row(room, word):
    outcome = look([HEADING, ["Ruang uji", 2024, word, 1, 1, 1, 1]], "cold-storage")

    assert tally(outcome) == (0, 0, 0, 1, 0)


@pytest.mark.parametrize(
    ("called", "held"),
    [
        pytest.param("Pendinginan", 0, id="what it is for"),
        pytest.param("Ruang uji (Cold Storage Uji)", 0, id="with its place"),
        pytest.param("Ruang lain", 1, id="unknown"),
        pytest.param(None, 1, id="blank"),
    ],
)
def test_a_room_is_called_by_name_place_or_purpose(room, called, held):
    outcome = look([HEADING, [called, 2024, "Mei", 1, 1, 1, 1]], "cold-storage")

    assert outcome.counts["held"] == held


def test_a_purpose_that_fits_two_rooms_calls_neither(room):
    ChamberFactory()

    outcome = look([HEADING, ["Pendinginan", 2024, "Mei", 1, 1, 1, 1]], "cold-storage")

    assert outcome.counts["held"] == 1


def test_the_year_is_taken_from_the_title_or_asked(room):
    columns = [HEADING[0], *HEADING[2:]]
    row = ["Ruang uji", "Mei", 1, 1, 1, 1]

    silent = look([columns, row], "cold-storage")
    titled = look([["REKAP COLD STORAGE TAHUN 2023"], columns, row], "cold-storage")

    assert asked(silent) == ["year"]
    assert tally(titled) == (1, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("kg_days", "warned"),
    [
        pytest.param(60_000 * 29, 0, id="full"),
        pytest.param(60_000 * 29 + 1, 1, id="more than full"),
    ],
)
def test_more_than_the_room_holds_is_a_warning(room, kg_days, warned):
    outcome = look([HEADING, ["Ruang uji", 2024, "Februari", 1, 1, kg_days, 1]], "cold-storage")

    assert tally(outcome) == (1, 0, 0, 0, 0)
    assert [p.severity for p in problems_of(outcome, "over_capacity")] == ["warning"] * warned


def test_a_month_of_a_closed_year_is_held(room):
    ClosedYearFactory(year=2023)

    outcome = look(
        [HEADING, ["Ruang uji", 2023, "Mei", 1, 1, 1, 1], ["Ruang uji", 2024, "Mei", 1, 1, 1, 1]],
        "cold-storage",
    )

    assert tally(outcome) == (1, 0, 0, 1, 0)


def test_the_exported_months_come_back_unchanged(room):
    StorageMonthFactory(chamber=room, kg_in=Decimal("1250.75"), energy_kwh=12)
    StorageMonthFactory(chamber=room, month=7)

    assert tally(look(export("cold-storage"), "cold-storage")) == (0, 0, 2, 0, 0)


STOCK = ["Ruang", "Tahun", "Bulan", "Masuk (kg)", "Keluar (kg)", "Stok Akhir (kg)"]


@pytest.mark.parametrize(
    ("end", "warned"), [("1.200,5", False), ("1.200", True), (None, False)], ids=str
)
def test_a_stock_follows_from_the_month_before(room, end, warned):
    StorageMonthFactory(chamber=room, year=2023, month=12, kg_end=1000)

    outcome = look([STOCK, ["Ruang uji", 2024, "Januari", "500,5", 300, end]], "cold-storage")

    assert tally(outcome) == (1, 0, 0, 0, 0)
    problems = problems_of(outcome, "stock_mismatch")
    assert [(p.severity, p.field) for p in problems] == [("warning", "kg_end")] * warned
    if warned:
        assert "1.000 + masuk 500,5 - keluar 300 = 1.200,5" in problems[0].message.replace(
            " kg", ""
        )


def test_the_month_before_may_stand_in_the_same_sheet(room):
    StorageMonthFactory(chamber=room, year=2024, month=1, kg_end=7)
    rows = [
        ["Ruang uji", 2024, "Januari", 10, 0, 10],
        ["Ruang uji", 2024, "Februari", 5, 3, 12],
        ["Ruang uji", 2024, "Maret", 5, 3, 15],
        ["Ruang uji", 2024, "Mei", 5, 3, 99],
    ]

    outcome = look([STOCK, *rows], "cold-storage")

    assert [p.row for p in problems_of(outcome, "stock_mismatch")] == [4]


def test_another_room_has_a_stock_of_its_own(room):
    StorageMonthFactory(year=2023, month=12, kg_end=1000)

    outcome = look([STOCK, ["Ruang uji", 2024, "Januari", 5, 3, 99]], "cold-storage")

    assert problems_of(outcome, "stock_mismatch") == []


@pytest.mark.parametrize(
    ("end", "words"),
    [("1.200", []), ("1.300", ["Stok akhir 1.300 kg"]), ("60.001", ["Stok akhir", "kapasitas"])],
)
def test_the_form_warns_too_and_stores(admin_client, room, end, words):
    StorageMonthFactory(chamber=room, year=2023, month=12, kg_end=1000)
    typed = {"chamber": room.pk, "year": 2024, "month": 1, "kg_in": 500, "kg_out": 300}

    response = admin_client.post(
        reverse("admin:facilities_storagemonth_add"), {**typed, "kg_end": end}, follow=True
    )

    assert StorageMonth.objects.filter(year=2024).exists()
    warned = [str(m) for m in response.context["messages"] if m.level_tag == "warning"]
    assert len(warned) == len(words)
    assert all(word in text for word, text in zip(words, warned, strict=True))
