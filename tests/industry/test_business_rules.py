"""The rules that let seventeen offices' headings be read: products, ids, centres, doubts."""

import pytest

from industry.models import Business, BusinessYear
from tests.intake.importing import load, look, problems_of, tally

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

PRODUCTS = ["Nama Usaha", "Nama Pemilik", "Alamat", "Nama Produk", "Tahun Data", "Tenaga Kerja"]
PRODUCTS += ["Kapasitas Produksi", "Satuan", "Nilai Produksi (Rp)"]


def product(name, workers=4, unit="kg", value=10, capacity=5, owner="Siti"):
    return ["Contoh Jaya", owner, "Jl. Uji 1", name, 2024, workers, capacity, unit, value]


def test_rows_of_one_business_that_differ_in_their_product_become_one():
    sheet = [PRODUCTS, product("Amplang"), product("Kerupuk", value=20, capacity=7)]

    outcome = look(sheet)
    load(sheet)

    year = BusinessYear.objects.get()
    assert tally(outcome) == (1, 0, 0, 0, 1)
    assert Business.objects.get().products == "Amplang; Kerupuk"
    assert (year.workers_total, year.production_value, year.capacity) == (4, 30, 12)
    assert [p.severity for p in problems_of(outcome, "products_merged")] == ["warning"]
    assert tally(look(sheet)) == (0, 0, 1, 0, 1)


def test_quantities_of_different_units_are_not_added():
    load([PRODUCTS, product("Amplang"), product("Kerupuk", unit="bungkus")])

    year = BusinessYear.objects.get()
    assert (year.capacity, year.capacity_unit, year.production_value) == (None, None, 20)


@pytest.mark.parametrize(
    ("answers", "counts"),
    [
        pytest.param({}, (0, 0, 0, 2, 0), id="held"),
        pytest.param({"duplicates": "separate"}, (2, 0, 0, 0, 0), id="told apart"),
    ],
)
def test_rows_with_other_workers_are_a_doubt(answers, counts):
    outcome = look([PRODUCTS, product("Amplang"), product("Kerupuk", workers=9)], **answers)

    assert tally(outcome) == counts


def test_rows_of_different_owners_are_different_businesses():
    outcome = look([PRODUCTS, product("Amplang"), product("Kerupuk", owner="Budi Lain")])

    assert tally(outcome) == (2, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("cell", "nib", "held"),
    [
        pytest.param("1234567890123/2021", "1234567890123", 0, id="with its year"),
        pytest.param("1234567890123 (2021)", "1234567890123", 0, id="year in brackets"),
        pytest.param("1234567890123", "1234567890123", 0, id="alone"),
        pytest.param("123456789012/2021", "", 1, id="too short"),
    ],
)
def test_a_nib_may_have_its_year_behind_it(cell, nib, held):
    sheet = [["Nama Usaha", "Nama Pemilik", "NIB/TAHUN"], ["Contoh Jaya", "Siti", cell]]

    outcome = look(sheet)
    load(sheet)

    assert outcome.counts["held"] == held
    assert [b.nib for b in Business.objects.all()] == ([nib] if nib else [])


def test_money_put_on_a_quantity_is_noted_and_ignored():
    outcome = look(
        [["Nama Usaha", "Tahun", "KAPASITAS PRODUKSI (RP. 000)"], ["Contoh Jaya", 2024, 1200]]
    )

    assert [p.severity for p in problems_of(outcome, "unit_ignored")] == ["note"]


@pytest.mark.parametrize(
    ("name", "code", "warned"),
    [
        pytest.param("SIKT", "SIKT", 0, id="its code"),
        pytest.param("Sentra Industri Kecil Somber", "SIKS", 0, id="its name"),
        pytest.param("Sentra Rakyat", None, 1, id="another one"),
        pytest.param("-", None, 0, id="blank"),
    ],
)
def test_a_centre_is_one_of_the_citys_own(name, code, warned):
    sheet = [["Nama Usaha", "Nama Pemilik", "Sentra"], ["Contoh Jaya", "Siti", name]]

    outcome = look(sheet)
    load(sheet)

    centre = Business.objects.get().centre
    assert (centre and centre.code) == code
    assert len(problems_of(outcome, "unknown_centre")) == warned


@pytest.mark.parametrize(
    ("ending", "warned"),
    [pytest.param("0", 1, id="all end in 0"), pytest.param(None, 0, id="any ending")],
)
def test_many_nik_ending_in_zero_are_a_warning(ending, warned):
    rows = [[f"Usaha {chr(97 + n)}", f"64710141018{n:04}{ending or n % 10}"] for n in range(20)]

    outcome = look([["Nama Usaha", "NIK"], *rows])

    assert len(problems_of(outcome, "ids_end_in_zero")) == warned


@pytest.mark.parametrize(
    ("investment", "warned"),
    [
        pytest.param(500_000_000, 1, id="ten times more"),
        pytest.param(5_000_000, 1, id="a tenth"),
        pytest.param(60_000_000, 0, id="a little more"),
    ],
)
def test_a_figure_far_from_that_of_the_year_before_is_a_warning(investment, warned):
    heading = ["Nama Usaha", "Nama Pemilik", "Tahun", "Nilai Investasi (Rp)"]
    load([heading, ["Contoh Jaya", "Siti", 2023, 50_000_000]])

    outcome = look([heading, ["Contoh Jaya", "Siti", 2024, investment]])

    assert tally(outcome) == (0, 1, 0, 0, 0)
    assert [p.severity for p in problems_of(outcome, "leap")] == ["warning"] * warned


def test_a_kelurahan_outside_the_stated_kecamatan_decides_with_a_warning():
    outcome = look(
        [["Nama Usaha", "Kelurahan", "Kecamatan"], ["Contoh Jaya", "Manggar", "Balikpapan Barat"]]
    )

    assert [p.severity for p in problems_of(outcome, "region_conflict")] == ["warning"]
