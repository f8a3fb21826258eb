"""The "Data IKM" sheet: what its cells become, and what looks wrong in them."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from industry.models import Business, BusinessYear, IndustryGroup, Kbli
from tests.factories import BusinessFactory, BusinessYearFactory, KbliFactory
from tests.intake.importing import load, look, problems_of, tally

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("any_length")]

NIB = "0123456789012"


def stored(heading, value):
    """What one cell beside a name becomes in the register."""
    load([["Nama Usaha", heading, "Tahun Data"], ["Amplang", value, 2024]])
    return Business.objects.get()


# Cells


@pytest.mark.parametrize(
    ("heading", "typed", "field", "expected"),
    [
        ("L/P", "P", "owner_gender", "female"),
        ("Jenis Kelamin", "laki-laki", "owner_gender", "male"),
        ("Badan Usaha", "Perorangan", "legal_form", "sole"),
        ("Badan Usaha", "CV.", "legal_form", "cv"),
        ("Status", "Aktif", "status", "active"),
        ("Izin NIB", NIB, "nib", NIB),
        ("No. KTP (16 digit)", "6471010101800001", "nik", "6471010101800001"),
        ("NPWP", "01.234.567.8-901.000", "npwp", "012345678901000"),
        ("Nomor Whatsapp", "+62 812-5550-0001", "phone", "081255500001"),
        ("No HP", "81255500001", "phone", "081255500001"),
        ("No HP", "081255500001 / 0542-123456", "phone", "081255500001 / 0542123456"),
        ("RT", "05", "rt", "05"),
        ("Email", "siti@contoh.example", "email", "siti@contoh.example"),
        ("Thn Berdiri", 2019, "founded_year", 2019),
        ("Lintang", "-1,25", "latitude", Decimal("-1.25")),
        ("Keterangan", "baris satu\nbaris dua", "notes", "baris satu\nbaris dua"),
        ("Nama Produk", "amplang, kerupuk", "products", "amplang, kerupuk"),
    ],
)
def test_a_cell_is_stored_as_the_office_means_it(heading, typed, field, expected):
    assert getattr(stored(heading, typed), field) == expected


@pytest.mark.parametrize(
    ("heading", "typed", "code"),
    [
        ("NIK", 6471010101800001, "id_as_number"),
        ("NIK", "6,47101E+15", "id_scientific"),
        ("NIB", "12345", "id_wrong_length"),
        ("L/P", "X", "unknown_choice"),
        ("Status", "Hampir tutup", "unknown_choice"),
        ("Thn Berdiri", "lama", "not_a_year"),
        ("Tenaga Kerja", "2,5", "not_whole"),
        ("Tenaga Kerja", "anjai", "not_a_number"),
        ("Tenaga Kerja", -3, "out_of_range"),
        ("Investasi (Rp)", "850,000", "ambiguous_number"),
        ("Investasi (Rp)", 2 * 10**15, "out_of_range"),
        ("Investasi (Rp.000)", "Rp 5 jt", "own_unit"),
        ("Nama Pemilik", "x" * 201, "too_long"),
        ("Nama Pemilik", "Si_x0007_ti", "bad_characters"),
    ],
)
def test_a_cell_that_cannot_be_read_holds_its_row_and_says_which(heading, typed, code):
    outcome = look([["Nama Usaha", heading, "Tahun Data"], ["Amplang", typed, 2024]])

    errors = [problem for problem in outcome.problems.listed if problem.severity == "error"]
    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert (errors[0].row, errors[0].column, errors[0].heading) == (2, "B", heading)
    assert errors[0].code == code
    assert errors[0].message.endswith(".")


def test_a_phone_nobody_can_read_is_left_blank_with_a_warning():
    outcome = look([["Nama Usaha", "No HP"], ["Amplang", "tanya tetangga"]])

    assert tally(outcome) == (1, 0, 0, 0, 0)
    assert problems_of(outcome, "unreadable_phone")[0].severity == "warning"
    assert "phone" not in outcome.plan.new[0].values


def test_a_missing_name_holds_the_row():
    outcome = look([["Nama Usaha", "Pemilik", "Alamat"], [None, "Siti", "Jl. 1"]])

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert problems_of(outcome, "missing_name")[0].column == "A"


def test_nama_alone_is_the_business_and_beside_one_the_owner():
    alone = look([["Nama", "Alamat"], ["Amplang Siti", "Jl. 1"]])
    outcome = look([["Nama", "Nama Usaha", "Alamat"], ["Siti", "Amplang Siti", "Jl. 1"]])

    assert alone.plan.new[0].values["name"] == "Amplang Siti"
    assert outcome.plan.new[0].values["owner_name"] == "Siti"


# Rules between cells


@pytest.mark.parametrize(
    ("row", "held"),
    [
        (["Amplang", "Tutup", None, None], True),
        (["Amplang", "Tutup", 2020, None], False),
        (["Amplang", "Tutup", 2018, 2019], True),
        (["Amplang", "Tutup", 2019, 2019], False),
        (["Amplang", "Aktif", None, 2999], True),
    ],
)
def test_the_rules_of_a_record_hold_for_a_row(row, held):
    outcome = look([["Nama Usaha", "Status", "Tahun Tutup", "Tahun Berdiri"], row])

    assert tally(outcome) == ((0, 0, 0, 1, 0) if held else (1, 0, 0, 0, 0))


def test_a_rule_is_judged_on_what_the_record_would_hold():
    business = BusinessFactory(founded_year=2020)
    heading = ["Nomor Register", "Nama Usaha", "Status", "Tahun Tutup"]

    outcome = look([heading, [business.number, business.name, "Tutup", 2019]])

    assert tally(outcome) == (0, 0, 0, 1, 0)


# Workers, capacity


@pytest.mark.parametrize(
    ("male", "female", "total", "expected"), [(2, 3, None, 5), (2, 3, 9, 9), (2, None, None, None)]
)
def test_workers_are_added_up_where_the_sheet_gives_no_total(male, female, total, expected):
    heading = ["Nama Usaha", "Tahun Data", "TK L", "TK P", "Tenaga Kerja"]

    load([heading, ["Amplang", 2024, male, female, total]])

    assert BusinessYear.objects.get().workers_total == expected


@pytest.mark.parametrize(
    ("heading", "period"),
    [("Kapasitas Produksi per Tahun", "tahun"), ("Kapasitas Produksi/Bulan", "bulan"),
     ("Kapasitas Produksi", "")],
)  # fmt: skip
def test_the_period_of_a_capacity_comes_from_its_heading_or_stays_blank(heading, period):
    rows = [["Nama Usaha", "Tahun Data", heading], ["Amplang", 2024, 300]]

    outcome = look(rows)
    load(rows)

    assert BusinessYear.objects.get().capacity_period == period
    assert bool(problems_of(outcome, "period_unknown")) is (period == "")


# KBLI


def codes(code, *versions):
    return {v: KbliFactory(code=code, version_year=v, title=f"{code} {v}") for v in versions}


@pytest.mark.parametrize(
    ("versions", "year", "asked", "taken"),
    [
        ((2020,), 2030, None, 2020),
        ((2025,), 2020, None, 2025),
        ((2020, 2025), 2025, None, 2020),
        ((2020, 2025), 2026, None, 2025),
        ((2020, 2025), 2024, 2025, 2025),
        ((2020,), 2026, 2025, 2020),
    ],
)
def test_a_code_takes_the_version_that_knows_it_else_that_of_its_year(
    monkeypatch, versions, year, asked, taken
):
    monkeypatch.setattr(timezone, "localdate", lambda: datetime.date(2030, 12, 31))
    kbli_codes = codes("10794", *versions)

    load([["Nama Usaha", "KBLI", "Tahun Data"], ["Amplang", "10794", year]], kbli_version=asked)

    assert Business.objects.get().kbli == kbli_codes[taken]


def test_a_code_of_two_meanings_is_noted():
    codes("10794", 2020, 2025)

    outcome = look([["Nama Usaha", "KBLI", "Tahun Data"], ["Amplang", 10794, 2024]])

    assert problems_of(outcome, "kbli_version")[0].severity == "note"


@pytest.mark.parametrize("versions", [(2020,), (2025,)])
def test_a_code_of_one_meaning_is_not_noted(versions):
    codes("10794", *versions)

    outcome = look([["Nama Usaha", "KBLI", "Tahun Data"], ["Amplang", 10794, 2024]])

    assert problems_of(outcome, "kbli_version") == []


def test_an_unknown_code_is_kept_beside_and_warned_about():
    outcome = look([["Nama Usaha", "KBLI"], ["Amplang", "99999"]])
    business = stored("KBLI", "99999")

    assert problems_of(outcome, "unknown_kbli")[0].severity == "warning"
    assert (business.kbli, business.other_kbli) == (None, "99999")


def test_further_codes_of_a_cell_are_kept_beside():
    codes("10794", 2020)

    business = stored("KBLI", "10794, 10710")

    assert (business.kbli.code, business.other_kbli) == ("10794", "10710")


def test_an_archived_code_is_not_used():
    KbliFactory(code="10794", version_year=2020, archived=True)

    assert stored("KBLI", "10794").kbli is None
    assert Kbli.objects.count() == 1


# Kelompok


def test_a_komoditi_gives_the_kelompok_the_staff_mapped_it_to():
    IndustryGroup.objects.create(name="Pangan", position=1, aliases="kue kering; Makanan")

    business = stored("Komoditi", "MAKANAN")

    assert (business.commodity, business.group.name) == ("MAKANAN", "Pangan")


def test_a_komoditi_nobody_mapped_is_noted_once_for_all_its_rows():
    rows = [["Nama Usaha", "Komoditi"], *([f"Usaha {word}", "Gaib"] for word in ("satu", "dua"))]

    [problem] = problems_of(look(rows), "unmapped_commodity")

    assert problem.severity == "note"
    assert "2 baris" in problem.message


def test_an_unknown_kelompok_is_a_warning():
    outcome = look([["Nama Usaha", "Kelompok Industri"], ["Amplang", "Gaib"]])

    assert problems_of(outcome, "unknown_group")[0].severity == "warning"
    assert tally(outcome) == (1, 0, 0, 0, 0)


# Warnings


def test_more_material_than_production_is_a_warning_and_stored():
    heading = ["Nama Usaha", "Tahun", "Nilai Bahan Baku (Rp)", "Nilai Produksi (Rp)"]

    outcome = look([heading, ["Amplang", 2024, 9_000_000, 8_000_000], ["Roti", 2024, 8, 9]])

    assert [problem.row for problem in problems_of(outcome, "implausible")] == [2]
    assert tally(outcome) == (2, 0, 0, 0, 0)


def test_an_amount_a_thousand_times_its_group_is_a_warning():
    heading = ["Nama Usaha", "Tahun", "Komoditi", "Nilai Investasi (Rp)"]
    rows = [[f"Usaha {n}{n}{n}", 2024, "Kue", 5_000_000 + n] for n in range(6)]

    outcome = look([heading, *rows, ["Roti Besar", 2024, "Kue", 9_000_000_000]])

    assert [problem.row for problem in problems_of(outcome, "unit_slip")] == [8]
    assert outcome.counts["held"] == 0


# When it began


def test_a_business_is_listed_since_the_year_of_its_first_sheet():
    load([["Nama Usaha", "Tahun Data", "TK"], ["Amplang", 2022, 3], ["Roti", 2023, 3]])

    assert dict(Business.objects.values_list("name", "listed_year")) == {
        "Amplang": 2022,
        "Roti": 2023,
    }


def test_an_older_sheet_moves_that_year_back_and_a_newer_one_does_not():
    business = BusinessFactory(founded_year=None, listed_year=2023)
    heading = ["Nomor Register", "Nama Usaha", "Tahun Data", "TK"]

    load([heading, [business.number, business.name, 2024, 3]])
    newer = Business.objects.get().listed_year
    load([heading, [business.number, business.name, 2021, 3]])

    assert (newer, Business.objects.get().listed_year) == (2023, 2021)


# The sheet of figures alone


def test_figures_go_to_the_business_the_row_names():
    business = BusinessFactory(name="Amplang", nib=NIB)

    load([["NIB", "Tahun Data", "TK", "Omzet (Rp)"], [NIB, 2024, 3, 5]], "ikm-tahunan")

    figures = BusinessYear.objects.get()
    assert (figures.business, figures.workers_total, figures.turnover) == (business, 3, 5)


def test_figures_of_a_business_nobody_recorded_are_held():
    outcome = look([["Nama Usaha", "Tahun", "TK"], ["Gaib", 2024, 3]], "ikm-tahunan")

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert problems_of(outcome, "unknown_record")


def test_the_sheet_of_figures_changes_nothing_of_the_business_itself():
    figures = BusinessYearFactory(year=2023, business__owner_name="Siti")
    heading = ["Nomor Register", "Nama Usaha", "Nama Pemilik", "Tahun Data", "TK"]
    row = [figures.business.number, figures.business.name, "Orang Lain", 2024, 3]

    load([heading, row], "ikm-tahunan")

    assert Business.objects.get().owner_name == "Siti"
    assert BusinessYear.objects.count() == 2


def test_codes_stand_in_a_column_of_numbers_beside_their_titles_and_in_no_other():
    KbliFactory(code="10794")
    rows = [["Roti", "10794", "Industri roti"], ["Wajik", "10794", "Industri kue"]]

    numbered = load([["Nama Usaha", "Nomor", "KBLI"], *rows])
    by_number = Business.objects.filter(kbli__code="10794").count()
    Business.objects.all().delete()
    load([["Nama Usaha", "Kode Pos", "KBLI"], *rows])

    assert (tally(numbered)[0], by_number) == (2, 2)
    assert not Business.objects.exclude(kbli=None).exists()


def test_a_name_that_is_an_error_is_told_once_and_not_as_missing():
    outcome = look([["Nama Usaha", "NIB"], ["#N/A", "9120000000001"], [None, "9120000000002"]])

    assert len(problems_of(outcome, "error_cell")) == 1
    assert [problem.row for problem in problems_of(outcome, "missing_name")] == [3]
