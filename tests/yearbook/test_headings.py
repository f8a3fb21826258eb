"""Every column has a key of its own, and a heading stands over its own figure."""

import csv
import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from balikpapan.yearbook.contents import BESIDES, besides, yearbook
from balikpapan.yearbook.open_data import datasets
from balikpapan.yearbook.publication import publication
from industry.figures import FIGURES
from industry.models import BusinessYear
from tests.factories import (
    AssetFactory,
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    ChamberFactory,
    FacilityFactory,
    IndustryGroupFactory,
    KbliFactory,
    KelurahanFactory,
    ParticipationFactory,
    ProgrammeFactory,
    PublishedFigureFactory,
    RevenueFactory,
    StorageMonthFactory,
)

pytestmark = pytest.mark.django_db

#: The keys of the columns of every table, in their order.
COLUMNS = Path(__file__).with_name("columns.csv")
YEAR = 2024
TODAY = datetime.date(2025, 1, 15)
#: One figure of each kind, no two alike.
REPORTED = {
    "workers_male": 11,
    "workers_female": 5,
    "workers_total": 16,
    "investment": 101,
    "investment_land_building": 202,
    "production_value": 303,
    "raw_material_value": 404,
    "turnover": 505,
}
MAIN = {
    "Tenaga kerja (orang) – L": 11,
    "Tenaga kerja (orang) – P": 5,
    "Tenaga kerja (orang) – Jumlah": 16,
    "Nilai investasi (Rp)": 101,
    "Nilai produksi (Rp)": 303,
}


def book():
    return yearbook(YEAR, today=TODAY)


def tables():
    made = book()
    return [*made.tables, *made.appendix, *(besides(key, YEAR) for key in BESIDES)]


def under_headings(table, row):
    """What a row says under each heading a reader sees."""
    headings = [
        f"{column.group} – {column.heading}" if column.group else column.heading
        for column in table.columns
    ]
    return dict(zip(headings, row.values, strict=True))


def table_of(key):
    return next(table for table in tables() if table.key == key)


def test_the_columns_of_every_table_stand_in_the_order_of_the_table_beside_this_module():
    with open(COLUMNS, encoding="utf-8", newline="") as file:
        wanted = {row["table"]: row["columns"] for row in csv.DictReader(file)}

    present = {table.key: " ".join(column.key for column in table.columns) for table in tables()}

    assert [f"{key},{keys}" for key, keys in present.items()] == [
        f"{key},{keys}" for key, keys in wanted.items()
    ]


def test_every_column_of_every_table_has_a_key_of_its_own():
    without = [
        (table.key, column.label)
        for table in tables()
        for column in table.columns
        if not column.has_own_key
    ]

    assert without == []


def test_every_row_that_tells_figures_has_a_key_of_its_own():
    BusinessYearFactory(**REPORTED)
    StorageMonthFactory()
    AssetFactory()
    RevenueFactory()

    for table in book().tables:
        keys = [row.key for row in table.rows if row.kind in ("row", "subtotal")]
        figures = [column for column in table.columns if column.is_figure]
        if figures and table.key != "ikm-penghitungan":
            assert all(keys), table.key
            assert len(set(keys)) == len(keys), table.key


@pytest.mark.parametrize(
    "key", ["ikm-wilayah", "ikm-kelompok", "ikm-kbli", "ikm-skala", "ikm-kelas"]
)
def test_the_main_figures_stand_under_their_headings(key):
    BusinessYearFactory(year=YEAR, **REPORTED)
    table = table_of(key)

    for row in [next(row for row in table.body if row.values[-6]), table.total_row]:
        read = under_headings(table, row)
        assert {heading: read[heading] for heading in MAIN} == MAIN
        assert read["Unit usaha"] == 1


def test_every_figure_stands_under_its_heading_in_table_5():
    BusinessYearFactory(year=YEAR, **REPORTED)
    BusinessFactory()
    table = table_of("ikm-data-tahunan")

    read = under_headings(table, table.total_row)

    del read["Kelompok industri"]
    assert read == {
        "IKM – Terhitung": 2,
        "IKM – Melaporkan": 1,
        "Tenaga kerja (orang) – L": 11,
        "Tenaga kerja (orang) – P": 5,
        "Tenaga kerja (orang) – Jumlah": 16,
        "Nilai investasi (Rp) – Tanpa tanah dan bangunan": 101,
        "Nilai investasi (Rp) – Tanah dan bangunan": 202,
        "Nilai (Rp) – Bahan baku": 404,
        "Nilai (Rp) – Produksi": 303,
        "Nilai (Rp) – Omzet": 505,
    }


def test_the_nominative_list_says_of_each_business_what_its_headings_promise():
    business = BusinessFactory(
        name="Amplang Uji",
        owner_name="Siti Contoh",
        address="Jalan Uji 1",
        nib="1234567890123",
        products="amplang",
        kelurahan=KelurahanFactory(),
        group=IndustryGroupFactory(),
        kbli=KbliFactory(),
    )
    BusinessYearFactory(business=business, year=YEAR, **REPORTED)
    table = table_of("daftar-ikm")

    [row] = table.body

    assert under_headings(table, row) == {
        "Nama usaha": "Amplang Uji",
        "Nama pemilik": "Siti Contoh",
        "Alamat": "Jalan Uji 1",
        "Kelurahan": business.kelurahan.name,
        "Kecamatan": business.kecamatan.name,
        "Telepon": row.values[5],
        "NIB": "1234567890123",
        "KBLI": business.kbli.code,
        "Kelompok industri": business.group.name,
        "Produk": "amplang",
        **MAIN,
    }


def test_the_open_data_name_every_measure_by_its_own_figure():
    BusinessYearFactory.create_batch(
        4, year=YEAR, **{name: 10 * value for name, value in REPORTED.items()}
    )

    [data] = [
        d for d in datasets(publication(YEAR, public=True)) if d.name == "angka-ikm-2024-umum"
    ]

    totals = {}
    for row in data.rows:
        totals[row[7], row[9]] = totals.get((row[7], row[9]), 0) + (row[8] or 0)
    assert totals == {
        ("Tenaga kerja laki-laki", "ORANG"): 440,
        ("Tenaga kerja perempuan", "ORANG"): 200,
        ("Tenaga kerja", "ORANG"): 640,
        ("Nilai investasi", "RUPIAH"): 4_040,
        ("Nilai produksi", "RUPIAH"): 12_120,
    }


def test_table_13_says_of_a_year_what_its_headings_promise():
    business = BusinessFactory(founded_year=YEAR)
    BusinessYearFactory(business=business, year=YEAR, **REPORTED)
    BusinessFactory.create_batch(2, founded_year=2020)
    RevenueFactory(year=YEAR, target=700, realised=600)
    RevenueFactory(year=YEAR - 1, target=None, realised=500)
    CertificateFactory.create_batch(4, business=business, issued_on="2024-02-01", expires_on=None)
    ParticipationFactory.create_batch(6, programme=ProgrammeFactory(year=YEAR))
    table = table_of("capaian")

    read = under_headings(table, table.rows[-1])

    units = read.pop("IKM – Unit usaha")
    assert units >= 3
    assert read == {
        "Tahun": YEAR,
        "IKM – Baru": 1,
        "IKM – Melaporkan": 1,
        "Tenaga kerja": 16,
        "Nilai investasi (Rp)": 101,
        "Nilai produksi (Rp)": 303,
        "PAD sektor industri – Target (Rp)": 700,
        "PAD sektor industri – Realisasi (Rp)": 600,
        "PAD sektor industri – Pertumbuhan (%)": 20,
        "Pembinaan – Sertifikat berlaku": 4,
        "Pembinaan – Kegiatan": 1,
        "Pembinaan – Peserta": 6,
    }


def test_the_tables_about_pad_say_what_their_headings_promise():
    RevenueFactory(year=YEAR, target=700, realised=600)
    PublishedFigureFactory(year=YEAR, indicator="Ekspor", value=77)

    rows = {
        key: under_headings(table, table.body[-1])
        for key in ("pad", "pad-sumber", "publikasi", "publikasi-pad")
        for table in [table_of(key)]
    }

    for key in ("pad", "pad-sumber"):
        assert rows[key]["Target (Rp)"] == 700
        assert rows[key]["Realisasi (Rp)"] == 600
        assert rows[key]["Lebih/kurang (Rp)"] == -100
        assert round(rows[key]["Capaian (%)"], 2) == Decimal("85.71")
    assert rows["publikasi"]["Dipublikasikan"] == 77
    assert rows["publikasi"]["Terhitung"] is None
    assert rows["publikasi-pad"]["Terhitung (Rp)"] == 600
    assert rows["publikasi-pad"]["Dipublikasikan (Rp)"] is None


def test_the_tables_about_facilities_say_what_their_headings_promise():
    facility = FacilityFactory(land_area_m2=120, floor_area_m2=80, built_year=2022)
    chamber = ChamberFactory(facility=facility, capacity_ton=60)
    StorageMonthFactory(
        chamber=chamber, year=YEAR, month=1, kg_in=5, kg_out=3, kg_days=930_000, revenue=9
    )
    AssetFactory(acquired_year=2020, quantity=3, acquisition_value=44, kib="B")

    centre, cold, asset = (
        under_headings(table, next(row for row in table.body if wanted(row)))
        for key, wanted in (
            ("sentra", lambda row: True),
            ("cold-storage", lambda row: True),
            ("aset", lambda row: row.values[1]),
        )
        for table in [table_of(key)]
    )

    assert centre["Luas (m²) – Lahan"] == 120
    assert centre["Luas (m²) – Lantai"] == 80
    assert centre["Dibangun"] == 2022
    assert (cold["Masuk (kg)"], cold["Keluar (kg)"], cold["Retribusi (Rp)"]) == (5, 3, 9)
    assert (cold["Kapasitas (ton)"], cold["Bulan tercatat"], cold["Kg-hari"]) == (60, 1, 930_000)
    assert cold["Utilisasi (%)"] == 50
    assert (asset["Catatan"], asset["Jumlah barang"], asset["Nilai perolehan (Rp)"]) == (1, 3, 44)


# The registry


def test_every_yearly_count_and_amount_of_a_business_is_a_printed_figure():
    summed = {
        field.name
        for field in BusinessYear._meta.fields
        if type(field).__name__ in ("CountField", "RupiahField") and field.editable
    }

    assert {figure.field for figure in FIGURES} == summed


def test_every_printed_figure_is_defined_in_table_15():
    table = table_of("metadata")
    definitions = {row.values[0]: row.values[1] for row in table.rows}

    for figure in FIGURES:
        name = next(
            whole.name for whole in FIGURES if whole.field == (figure.part_of or figure.field)
        )
        assert definitions[name].endswith(f"Satuan: {figure.unit}.")
