"""A city's own list, in a real browser: what is asked, words answered once, records stored."""

import pytest
from playwright.sync_api import expect

from balikpapan.intake.models import ValueAlias
from industry.models import Business, BusinessYear
from tests.test_journeys import hand_in, visit

__all__ = ["visit"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADING = [
    ["NO", "NAMA PERUSAHAAN", "NAMA PEMILIK/ KONTAK PERSON", "ALAMAT", None, None, "KOMODITI*",
     "NAMA PRODUK", "TAHUN DATA", "Tenaga Kerja (L)", "Tenaga Kerja (P)",
     "NILAI INVESTASI (Rp.000)", "KAPASITAS PRODUKSI(JUMLAH)", "KAPASITAS PRODUKSI(SATUAN)",
     "NILAI PRODUKSI (Rp.000)"],
    [None, None, None, "JALAN", "DESA/ KELURAHAN", "KECAMATAN"],
]  # fmt: skip
TYPED_WARDS = ("Manggar", "Gn. Bahagia", "MANGAR", "Lamaru")
TYPED_UNITS = ("kg", "pack", "Kg/ Tahun", "kerenjang")


def city_list(businesses: int = 48, zeros: int = 8) -> list[list]:
    """A list of the shape the city keeps: most years blank, workers in one column, words misspelt."""
    rows = [*HEADING]
    for number in range(1, businesses + 1):
        figures = [0, 0, 0] if number <= zeros else [number % 5 + 1, 1_000 * number, 10 * number]
        workers, investment, capacity = figures
        rows.append(
            [number, f"Usaha Uji {number}", f"Pemilik Contoh {number}", f"Jl. Uji No. {number}",
             TYPED_WARDS[number % 4], "BALIKPAPAN TIMUR", "Makanan", f"produk {number}",
             2018 if number % 3 == 0 else None, None, workers, investment, capacity,
             "Tak Terdefinisi" if number <= zeros else TYPED_UNITS[number % 4], investment]
        )  # fmt: skip
    rows.append([*[None] * 7, "tempe", *[None] * 4, 5, TYPED_UNITS[businesses % 4], 500])
    return rows


def test_the_citys_list_is_answered_worded_and_stored(visit, tmp_path):
    page = visit
    hand_in(page, city_list(), tmp_path)

    expect(page.get_by_text("32 baris tanpa tahun")).to_be_visible()
    page.select_option("#id_year", "2021")
    expect(page.get_by_label("Angka itu jumlah seluruh tenaga kerja")).to_be_checked()
    page.get_by_label("Belum diketahui, dikosongkan").check()
    page.get_by_role("button", name="Lanjutkan").click()

    page.get_by_role("link", name="Jawab 2 kata").click()
    expect(page.get_by_label("Kelurahan: arti MANGAR")).to_have_value("Manggar")
    page.get_by_label("Satuan Produksi: arti kerenjang").select_option("karung")
    page.get_by_role("button", name="Terapkan dan periksa lagi").click()

    page.get_by_role("button", name="Simpan 48 baris baru").click()
    expect(page.locator(".notice--ok")).to_contain_text("48 baru")
    assert Business.objects.filter(kelurahan__name="Manggar").count() == 24
    assert Business.objects.get(name="Usaha Uji 48").products == "produk 48; tempe"
    assert BusinessYear.objects.count() == 40
    assert set(BusinessYear.objects.values_list("year", flat=True)) == {2018, 2021}
    assert not BusinessYear.objects.filter(workers_total=None).exists()
    words = ValueAlias.objects.values_list("field", "word", "value")
    assert set(words) == {
        ("kelurahan", "mangar", "Manggar"), ("capacity_unit", "kerenjang", "karung"),
    }  # fmt: skip


def test_a_word_once_answered_is_not_asked_of_the_next_list(visit, tmp_path):
    page = visit
    ValueAlias.objects.create(register="ikm", field="kelurahan", word="mangar", value="Manggar")

    hand_in(page, [["Nama Usaha", "Kelurahan"], ["Usaha Uji", "MANGAR"]], tmp_path)

    expect(page.get_by_role("button", name="Simpan 1 baris baru")).to_be_visible()
    expect(page.get_by_role("link", name="Jawab 1 kata")).to_have_count(0)

    page.goto(page.url.split("/intake/")[0] + "/intake/valuealias/")
    expect(page.get_by_role("cell", name="Manggar", exact=True)).to_be_visible()
