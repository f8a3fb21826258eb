"""Amounts in another unit or of another period than the register keeps, and names written once."""

import datetime

from tests.factories import ProductionUnitFactory
from tests.workbooks.book import ExpectedWorkbook, held, left, recorded

CHILL = "Ruang pendinginan"
TRAINING = {"year": 2023, "kind": "training"}


def storage(month, **figures):
    """The figures of the chill room in one month of 2024."""
    return {"chamber": CHILL, "year": 2024, "month": month, **figures}


def two_units():
    """The units that leases are of."""
    ProductionUnitFactory(number="A-1")
    ProductionUnitFactory(number="A-2")


# One column per line would make a page of each list.
# fmt: off
BOOKS = {
    "a cold storage in tonnes by its title, some cells in kilograms": ExpectedWorkbook(
        "cold-storage",
        [
            ["COLD STORAGE TAHUN 2024"], ["(dalam ton)"],
            ["Bulan", "Ruang", "Masuk", "Keluar", "Sisa"],
            recorded(["Januari", "Chiller", "1,5", 1, "500 kg"], storage(1, kg_in=1500, kg_out=1000, kg_end=500)),
            recorded(["Februari", "Chiller", "2,25", "1 ton", "1,75"], storage(2, kg_in=2250, kg_out=1000, kg_end=1750)),
            held(["Maret", "Chiller", "2 truk", 1, 1], "not_a_number"),
        ],
        form="csv", notes={"unit_of_measure", "unit_converted"},
    ),
    "tonnes and kilograms by their headings, and an amount of a day": ExpectedWorkbook(
        "cold-storage",
        [
            ["COLD STORAGE TAHUN 2024"],
            ["Periode", "Ruang", "Masuk (Ton)", "Keluar (Kg)", "Sisa per hari (kg)"],
            recorded(["Jan 2024", "Chiller", 15, 1000, 7], storage(1, kg_in=15_000, kg_out=1000)),
            recorded(["Peb 2024", "Chiller", 7, 2000, 8], storage(2, kg_in=7_000, kg_out=2000)),
        ],
        form="xls", unknown=(), notes={"unit_of_measure", "other_period", "read_as_month"},
    ),
    "land in hectares": ExpectedWorkbook(
        "fasilitas",
        [
            ["Nama Sarana", "Jenis", "Luas Lahan (Ha)", "Luas Bangunan (m2)"],
            recorded(["Gudang Uji", "Gudang", "1,5", "800 m2"],
                 {"name": "Gudang Uji", "kind": "warehouse", "land_area_m2": 15_000, "floor_area_m2": 800}),
        ],
        form="ods", notes={"unit_of_measure"},
    ),
    "leases by the year, from month to month": ExpectedWorkbook(
        "sewa",
        [
            ["DAFTAR PENYEWA"],
            ["No", "No Unit", "Nama Penyewa", "Jangka Waktu", "Tarif per Tahun (Rp)"],
            recorded([1, "A-1", "Siti Contoh", "Jan 2024 - Des 2024", 6_000_000],
                 {"unit": "A-1", "tenant_name": "Siti Contoh", "start_on": datetime.date(2024, 1, 1),
                  "end_on": datetime.date(2024, 12, 31), "monthly_rent": 500_000}),
            recorded([2, "A-2", "Budi Contoh", "Juli s.d. Desember 2024", "6.000.001"],
                 {"unit": "A-2", "tenant_name": "Budi Contoh", "start_on": datetime.date(2024, 7, 1),
                  "end_on": datetime.date(2024, 12, 31), "monthly_rent": 500_000}),
            left([None, "Jumlah", None, None, 12_000_001], "baris jumlah"),
        ],
        before=two_units, notes={"period_applied", "date_range"},
    ),
    "PAD with a target by the month": ExpectedWorkbook(
        "pad",
        [
            ["PAD TAHUN 2024"], ["No", "Uraian", "Target per Bulan (Rp)", "Realisasi (Rp)"],
            recorded([1, "Sewa uji", 1_000, 11_000],
                 {"year": 2024, "source_name": "Sewa uji", "target": 12_000, "realised": 11_000}),
        ],
        asks=("period",), answers={"chosen": {"period:bulan": "x12"}}, notes={"period_applied"},
    ),
    "participants below an activity that is written once": ExpectedWorkbook(
        "pembinaan",
        [
            ["PEMBINAAN TAHUN 2023"], ["No", "Nama Kegiatan", "Tanggal", "Nama Peserta"],
            recorded([1, "Pelatihan Batik", "12 Maret 2023", "Siti Contoh"],
                 {**TRAINING, "name": "Pelatihan Batik", "start_on": datetime.date(2023, 3, 12)}, {"person": "Siti Contoh"}),
            recorded([None, None, None, "Ani Contoh"], {"programme": "Pelatihan Batik", "person": "Ani Contoh"}),
            recorded([2, "Pelatihan Kue", None, "Budi Contoh"],
                 {**TRAINING, "name": "Pelatihan Kue"}, {"person": "Budi Contoh"}),
            recorded([None, None, None, "Edi Contoh"], {"programme": "Pelatihan Kue", "person": "Edi Contoh"}),
            left([None, "Jumlah", None, "4 orang"], "baris jumlah"),
        ],
        form="csv", notes={"continued_activity", "kind_from_name"},
    ),
    "how many took part, not who": ExpectedWorkbook(
        "pembinaan",
        [
            ["PELATIHAN TAHUN 2023"], ["No", "Nama Pelatihan", "Tempat", "Peserta"],
            recorded([1, "Pelatihan Batik", "Aula Uji", 30], {**TRAINING, "name": "Pelatihan Batik", "place": "Aula Uji"}),
            recorded([2, "Pelatihan Kue", "Aula Uji", "25 orang"], {**TRAINING, "name": "Pelatihan Kue", "place": "Aula Uji"}),
        ],
        form="xls", notes={"count_of_people", "kind_from_name"},
    ),
    "a log of the days of one month": ExpectedWorkbook(
        "cold-storage",
        [
            ["CATATAN HARIAN BULAN MEI 2024"], ["Tgl", "Ruang", "Masuk (kg)", "Keluar (kg)"],
            [1, "Chiller", 100, 0],
        ],
        asks=("columns",), answers={"mapping": {"B": ""}}, refused="tidak ada kolom ruang dan bulan",
    ),
}
# fmt: on
