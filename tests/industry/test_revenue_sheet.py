"""The PAD sheet: one row per source and year, or month of it."""

import datetime

import pytest

from industry.models import Revenue
from tests.factories import RevenueAccountFactory, RevenueFactory
from tests.intake.importing import load, look, problems_of, tally

pytestmark = pytest.mark.django_db

HEADING = ["Sumber Penerimaan", "Tahun", "Target (Rp)", "Realisasi (Rp)"]


def test_a_row_becomes_a_source_of_a_year_with_its_usual_stage():
    load([HEADING, ["Sewa unit", 2024, "Rp 330.280.000,-", 0]], "pad")

    revenue = Revenue.objects.get()
    assert (revenue.target, revenue.realised) == (330_280_000, 0)
    assert (revenue.stage, revenue.month, revenue.account) == ("original", None, None)


def test_the_four_years_of_the_office_are_stored_to_the_rupiah():
    figures = {2021: 115_000_000, 2022: 115_000_000, 2023: 144_000_000, 2024: 330_280_000}

    load([HEADING, *(["PAD", year, None, amount] for year, amount in figures.items())], "pad")

    assert dict(Revenue.objects.values_list("year", "realised")) == figures


@pytest.mark.parametrize(
    ("heading", "typed", "field", "stored"),
    [
        ("Bulan", "Maret", "month", 3),
        ("Bulan", 12, "month", 12),
        ("Bulan", "Agust", "month", 8),
        ("Bulan", "Peb", "month", 2),
        ("Bulan", "03", "month", 3),
        ("Bulan", "Bulan Mei", "month", 5),
        ("Bulan", datetime.date(2024, 5, 1), "month", 5),
        ("Tahapan", "APBD Perubahan", "stage", "revised"),
        ("Per Tanggal", "25-11-2024", "as_of", datetime.date(2024, 11, 25)),
        ("Per Tanggal", datetime.date(2024, 11, 25), "as_of", datetime.date(2024, 11, 25)),
        ("Status Angka", "Diaudit", "status", "audited"),
    ],
)
def test_a_cell_is_stored_as_the_office_means_it(heading, typed, field, stored):
    load([[*HEADING, heading], ["Sewa", 2024, 5, None, typed]], "pad")

    assert getattr(Revenue.objects.get(), field) == stored


def test_a_known_account_is_found_by_its_code():
    account = RevenueAccountFactory(code="4.1.02.02")

    load([[*HEADING, "Kode Rekening"], ["Sewa", 2024, 5, 6, "4.1.02.02"]], "pad")

    assert Revenue.objects.get().account == account


@pytest.mark.parametrize("code", ["4.1.02.03", "5.1.02", "empat"])
def test_an_account_nobody_knows_holds_the_row(code):
    outcome = look([[*HEADING, "Kode Rekening"], ["Sewa", 2024, 5, 6, code]], "pad")

    assert tally(outcome) == (0, 0, 0, 1, 0)


def test_a_source_without_a_name_is_held():
    outcome = look([HEADING, [None, 2024, 5_000, 6_000], ["Sewa", 2024, 5, 6]], "pad")

    assert tally(outcome) == (1, 0, 0, 1, 0)


SAME = [("Sewa unit uji", 2024, 100_000_000, 90_000_000), (0, 0, 1, 0, 0)]


def test_the_same_source_and_year_is_the_same_row():
    RevenueFactory()

    assert tally(look([HEADING, SAME[0]], "pad")) == SAME[1]


def test_another_stage_of_it_is_another_row():
    RevenueFactory(realised=None)
    row = [*SAME[0][:3], None, "APBD Perubahan"]

    assert tally(look([[*HEADING, "Tahapan"], row], "pad")) == (1, 0, 0, 0, 0)


def test_one_source_and_year_twice_in_a_file_are_held():
    rows = [HEADING, ["Sewa", 2024, 5, 6], ["SEWA", 2024, 5, 7]]

    outcome = look(rows, "pad")

    assert tally(outcome) == (0, 0, 0, 2, 0)
    first, second = problems_of(outcome, "double_in_file")
    for problem, other in ((first, 3), (second, 2)):
        assert f"baris {other}. Simpan satu saja. Satu sumber dicatat sekali: " in problem.message
        assert "bedakan namanya, misalnya «Sewa Rumah SIKS»" in problem.message


def test_an_archived_row_is_named_instead_of_being_overwritten():
    RevenueFactory(archived=True)

    outcome = look([HEADING, SAME[0]], "pad")

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert problems_of(outcome, "archived_match")


@pytest.mark.parametrize(
    ("stored", "row"),
    [({"month": 3}, [None, 6]), ({}, ["Maret", 6])],
    ids=["yearly beside monthly", "monthly beside yearly"],
)
def test_a_source_is_realised_by_month_or_by_year_never_both(stored, row):
    RevenueFactory(source_name="Sewa", year=2024, **stored)
    heading = ["Sumber Penerimaan", "Tahun", "Bulan", "Realisasi (Rp)"]

    outcome = look([heading, ["Sewa", 2024, *row]], "pad")

    assert tally(outcome) == (0, 0, 0, 1, 0)


def test_both_in_one_file_are_no_better():
    heading = ["Sumber Penerimaan", "Tahun", "Bulan", "Realisasi (Rp)"]

    upload = load([heading, ["Sewa", 2024, None, 12], ["Sewa", 2024, "Maret", 6]], "pad")

    assert upload.counts["held"] > 0
    assert (
        Revenue.objects.filter(month=None).exists() + Revenue.objects.exclude(month=None).exists()
        < 2
    )


def test_the_target_of_a_year_may_stand_beside_its_months():
    RevenueFactory(source_name="Sewa", year=2024, month=3, target=None)

    assert tally(look([HEADING, ["Sewa", 2024, 5, None]], "pad")) == (1, 0, 0, 0, 0)
