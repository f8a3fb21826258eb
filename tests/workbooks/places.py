"""Centres and buildings, the cold storage's months, and the official list of activities."""

import datetime

from tests.factories import BusinessFactory, FacilityFactory, ProductionUnitFactory
from tests.workbooks.book import ExpectedWorkbook, held, left, recorded

MONTHS = ["Ruang", "Tahun", "Bulan", "Masuk (kg)", "Keluar (kg)", "Kg-hari", "Retribusi (Rp)"]
LEASES = ["Sentra", "No Unit", "Nama Usaha", "Penyewa", "Mulai", "Selesai", "Sewa per Bulan (Rp)"]
CHILL, FREEZE = "Ruang pendinginan", "Ruang pembekuan"


def earlier_units():
    """The units the leases below speak of, and a business that rents one."""
    centre = FacilityFactory(name="Sentra Uji", code="SU")
    for number in ("A-1", "A-2"):
        ProductionUnitFactory(facility=centre, number=number)
    BusinessFactory(name="Amplang Uji")


# One column per line would make a page of each book.
# fmt: off
BOOKS = {
    "production units of a centre": ExpectedWorkbook(
        "unit",
        [
            ["DATA RUMAH PRODUKSI SIKS SOMBER"],
            ["No", "Sentra", "Nomor Unit", "Jenis", "Luas (M2)", "Kondisi", "Tahun Dibangun"],
            recorded([1, "SIKS", "A-1", "Rumah produksi", "36,5", "B", 1998],
                 {"facility": "SIKS", "number": "A-1", "area_m2": 36.5,
                  "condition": "good", "built_year": 1998}),
            recorded([2, "SIKS", "A-2", "Kios", 12, "RB", None],
                 {"facility": "SIKS", "number": "A-2", "kind": "kiosk",
                  "area_m2": 12, "condition": "heavy_damage"}),
            held([3, "SIKS", "A-3", "Istana", 12, None, None], "unknown_choice"),
            left(["JUMLAH", None, None, None, 60.5, None, None], "baris jumlah"),
        ],
        asks=("words",),
    ),
    "leases of production units": ExpectedWorkbook(
        "sewa",
        [
            ["DAFTAR PENYEWA SENTRA TAHUN 2024"],
            LEASES,
            recorded(["SU", "A-1", "Amplang Uji", None, "1 Januari 2024", "31/12/2024", "250.000"],
                 {"unit": "A-1", "business": "Amplang Uji", "start_on": datetime.date(2024, 1, 1),
                  "end_on": datetime.date(2024, 12, 31), "monthly_rent": 250_000}),
            recorded(["SU", "A-2", None, "Budi Contoh", "2024-02-01", None, None],
                 {"unit": "A-2", "tenant_name": "Budi Contoh",
                  "start_on": datetime.date(2024, 2, 1)}),
            held(["SU", "A-9", None, "Budi Contoh", "2024-02-01", None, None], "unknown_record"),
        ],
        before=earlier_units,
    ),
    "centres with what stands in them": ExpectedWorkbook(
        "fasilitas",
        [
            ["DATA SARANA INDUSTRI"], [],
            ["No", "Nama Sarana", "Kode", "Jenis", "Bagian dari", "Kelurahan", "Alamat",
             "Luas Lahan (M2)", "Luas Lantai (M2)", "Tahun Dibangun", "Pengelola", "Status"],
            recorded([1, "Sentra Uji", "SU1", "Sentra industri", None, "Teritip", "Jl. Uji 1",
                  "90.000", "1.250,5", 1998, "UPTD Uji", "Beroperasi"],
                 {"name": "Sentra Uji", "code": "SU1", "kind": "centre", "kelurahan": "Teritip",
                  "address": "Jl. Uji 1", "land_area_m2": 90_000, "floor_area_m2": 1250.5,
                  "built_year": 1998, "manager": "UPTD Uji"}),
            recorded([2, "Gudang Uji", None, "Gudang", "SIKS", "Batu Ampar", None, None, 200, 2010,
                  None, "Tidak beroperasi"],
                 {"name": "Gudang Uji", "kind": "warehouse", "parent": "Sentra Industri Kecil Somber",
                  "kelurahan": "Batu Ampar", "floor_area_m2": 200, "built_year": 2010,
                  "status": "idle"}),
            held([3, "Kantor Uji", None, "Istana", None, None, None, None, None, 2010, None, None],
                 "unknown_choice"),
            held([4, "Bengkel Uji", None, "Bengkel kerja", "Sentra Antah", None, None, None, None,
                  2010, None, None], "unknown_choice"),
        ],
        asks=("words",),
    ),
    "months of the cold storage": ExpectedWorkbook(
        "cold-storage",
        [
            ["REKAM COLD STORAGE SIKT"],
            MONTHS,
            recorded(["Ruang Pendinginan", 2024, "Januari", "1.250,75", 800, 90_000, "9.000.000"],
                 {"chamber": CHILL, "year": 2024, "month": 1, "kg_in": 1250.75, "kg_out": 800,
                  "kg_days": 90_000, "revenue": 9_000_000}),
            recorded(["pembekuan", 2024, 2, 500, 0, 12_000, "-"],
                 {"chamber": FREEZE, "year": 2024, "month": 2, "kg_in": 500, "kg_out": 0,
                  "kg_days": 12_000}),
            held(["Ruang Antah", 2024, "Maret", 1, 1, 1, 1], "unknown_choice"),
            held([CHILL, 2024, "Semester I", 1, 1, 1, 1], "unknown_choice"),
            left(["JUMLAH", None, None, 1752.75, 802, 102_002, 9_000_002], "baris jumlah"),
        ],
        asks=("words",),
    ),
    "a sheet of the cold storage per year": ExpectedWorkbook(
        "cold-storage",
        {
            year: [
                [f"COLD STORAGE TAHUN {year}"],
                ["Ruang", "Bulan", "Stok Akhir (kg)", "Hari Operasi", "Penyewa", "Listrik (kWh)"],
                recorded([CHILL, "Mei", 1_000, 31, 4, 5_200.5],
                     {"chamber": CHILL, "year": int(year), "month": 5, "kg_end": 1_000,
                      "operating_days": 31, "tenants": 4, "energy_kwh": 5_200.5}),
            ]
            for year in ("2023", "2024")
        },
    ),
    "activities of the official list": ExpectedWorkbook(
        "kbli",
        [
            ["KLASIFIKASI BAKU LAPANGAN USAHA INDONESIA 2025"],
            ["Kategori", "Kode", "Judul"],
            left(["C", None, "Industri"], "kategori, bukan kelompok"),
            recorded([None, "01999", "Kegiatan Uji Satu"],
                 {"version_year": 2025, "code": "01999", "title": "Kegiatan Uji Satu"}),
            recorded([None, "99998", "Kegiatan Uji Dua"],
                 {"version_year": 2025, "code": "99998", "title": "Kegiatan Uji Dua"}),
            left([None, "999", "Golongan Uji"], "golongan, bukan kelompok"),
            left([None, None, "Kegiatan Uji Tiga"], "judul bagian"),
        ],
    ),
    "both coordinates in one cell": ExpectedWorkbook(
        "fasilitas",
        [
            ["Nama Gedung", "Jenis", "Titik Koordinat"],
            recorded(["Gedung Uji", "Bangunan", "-1,2345, 116,9"],
                 {"name": "Gedung Uji", "kind": "building", "latitude": -1.2345, "longitude": 116.9}),
            held(["Bengkel Uji", "Bengkel kerja", "116,9, -1,2345"], "out_of_range"),
        ],
        notes={"pair_split"},
    ),
    "a building with a day it opened": ExpectedWorkbook(
        "fasilitas",
        [
            ["Nama Gedung", "Jenis", "Mulai Beroperasi", "Lintang", "Bujur"],
            recorded(["Gedung Uji", "Bangunan", "17 Agustus 2021", "-1,2345", "116,9"],
                 {"name": "Gedung Uji", "kind": "building",
                  "operational_on": datetime.date(2021, 8, 17), "latitude": -1.2345,
                  "longitude": 116.9}),
        ],
        form="csv", delimiter="\t", encoding="utf-16",
    ),
}
# fmt: on
