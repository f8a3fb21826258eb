"""Lists whose headings name the records: two rooms side by side, the sources of PAD across."""

from tests.workbooks.book import ExpectedWorkbook, Line, left, recorded

TOTAL = "baris jumlah"
CHILL, FREEZE = "Ruang pendinginan", "Ruang pembekuan"


def stored(chamber, month, kg_in, kg_out, kg_end=None, year=2024):
    """The figures of one room in one month."""
    figures = {"chamber": chamber, "year": year, "month": month, "kg_in": kg_in, "kg_out": kg_out}
    return figures if kg_end is None else figures | {"kg_end": kg_end}


def revenue(source, year, realised, **more):
    """What came in from one source in one year, or in the month that is named."""
    return {"source_name": source, "year": year, "realised": realised, **more}


# One column per line would make a page of each list.
# fmt: off
ROOMS = [
    ["MUTASI BARANG COLD STORAGE TAHUN 2024"],
    ["Bulan", "Chiller", None, None, "Freezer", None, None],
    [None, "Masuk (kg)", "Keluar (kg)", "Stok (kg)", "Masuk (kg)", "Keluar (kg)", "Stok (kg)"],
    recorded(["Januari", 1000, 400, 600, 50, 10, 40], stored(CHILL, 1, 1000, 400, 600), stored(FREEZE, 1, 50, 10, 40)),
    recorded(["Februari", 500, 300, 800, 60, 30, 70], stored(CHILL, 2, 500, 300, 800), stored(FREEZE, 2, 60, 30, 70)),
    left(["JUMLAH", 1500, 700, 1400, 110, 40, 110], TOTAL),
]
BOOKS = {
    **{
        f"two rooms side by side, as {form}": ExpectedWorkbook(
            "cold-storage", ROOMS, form=form, counted_twice=3, notes={"rows_per_member"},
            merge=["A2:A3", "B2:D2", "E2:G2"] if form == "xlsx" else (),
        )
        for form in ("xlsx", "ods", "xls", "csv")
    },
    "what came in and went out, each of two rooms": ExpectedWorkbook(
        "cold-storage",
        [
            ["COLD STORAGE TAHUN 2024"],
            ["No", "Bulan", "Barang Masuk (Kg)", None, "Barang Keluar (Kg)", None, "Jumlah Masuk", "Penyewa"],
            [None, None, "Ruang Chiller", "Ruang Freezer", "Ruang Chiller", "Ruang Freezer", None, None],
            [1, 2, 3, 4, 5, 6, 7, 8],
            recorded([1, "Jan", "1.000,5", 50, 400, 10, 1050.5, 3], stored(CHILL, 1, 1000.5, 400), stored(FREEZE, 1, 50, 10)),
            Line([2, "Feb", 500, "banyak", 300, 30, 560, 3],
                 stored=(stored(CHILL, 2, 500, 300),), codes=("not_a_number",)),
        ],
        merge=["A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3", "H2:H3"], counted_twice=2,
        notes={"no_member", "row_total", "total_mismatch"},
    ),
    "the room within each heading": ExpectedWorkbook(
        "cold-storage",
        [
            ["Tahun", "Bulan", "Masuk Chiller (kg)", "Masuk Freezer (kg)", "Keluar Chiller (kg)", "Keluar Freezer (kg)"],
            Line([2023, "Desember", 1000, None, 400, "-"], stored=(stored(CHILL, 12, 1000, 400, year=2023),),
                 reason="tidak berisi angka untuk «Freezer»"),
            recorded([2024, "Januari", 500, 60, 300, 30], stored(CHILL, 1, 500, 300), stored(FREEZE, 1, 60, 30)),
        ],
        counted_twice=2,
    ),
    "two rooms, each with its own months": ExpectedWorkbook(
        "cold-storage",
        [
            ["COLD STORAGE TAHUN 2024"],
            ["CHILLER", None, None, None, "FREEZER", None, None],
            ["Bulan", "Masuk", "Keluar", None, "Bulan", "Masuk", "Keluar"],
            recorded(["Januari", 1000, 400, None, "Januari", 50, 10], stored(CHILL, 1, 1000, 400), stored(FREEZE, 1, 50, 10)),
        ],
        counted_twice=1, notes={"tables_side_by_side"},
    ),
    "the months across, a row for each room": ExpectedWorkbook(
        "cold-storage",
        [
            ["COLD STORAGE TAHUN 2024"],
            ["Ruang", "Januari", None, "Februari", None],
            [None, "Masuk", "Keluar", "Masuk", "Keluar"],
            recorded(["Chiller", 1000, 400, 500, 300], stored(CHILL, 1, 1000, 400), stored(CHILL, 2, 500, 300)),
            recorded(["Freezer", 50, 10, 60, 30], stored(FREEZE, 1, 50, 10), stored(FREEZE, 2, 60, 30)),
        ],
        merge=["A2:A3", "B2:C2", "D2:E2"], counted_twice=2,
    ),
    "the stock of two rooms, said by the title alone": ExpectedWorkbook(
        "cold-storage",
        [
            ["STOK AKHIR COLD STORAGE TAHUN 2024 (kg)"],
            ["Bulan", "Chiller", "Freezer", "Jumlah"],
            recorded(["Januari", 600, 40, 640],
                 {"chamber": CHILL, "year": 2024, "month": 1, "kg_end": 600},
                 {"chamber": FREEZE, "year": 2024, "month": 1, "kg_end": 40}),
        ],
        asks=("columns",), answers={"mapping": {"B": "kg_end", "C": "kg_end"}}, counted_twice=1,
        notes={"row_total"},
    ),
    "rooms as bands between the months": ExpectedWorkbook(
        "cold-storage",
        [
            ["COLD STORAGE TAHUN 2024"],
            ["No", "Bulan", "Masuk", "Keluar"],
            left(["A.", "Chiller"], "judul ruang"),
            recorded([1, "Januari", 1000, 400], stored(CHILL, 1, 1000, 400)),
            recorded([2, "Februari", 500, 300], stored(CHILL, 2, 500, 300)),
            left([None, "Jumlah", 1500, 700], TOTAL),
            left(["B.", "Freezer"], "judul ruang"),
            recorded([1, "Januari", 50, 10], stored(FREEZE, 1, 50, 10)),
        ],
    ),
    "a table for each room, its heading again": ExpectedWorkbook(
        "cold-storage",
        [
            ["COLD STORAGE"], ["RUANG CHILLER TAHUN 2023"], ["Bulan", "Masuk", "Keluar"],
            recorded(["Januari", 1000, 400], stored(CHILL, 1, 1000, 400, year=2023)),
            left([], "baris kosong"),
            left(["RUANG FREEZER TAHUN 2024"], "judul ruang"),
            left(["Bulan", "Masuk", "Keluar"], "judul kolom berulang"),
            recorded(["Januari", 50, 10], stored(FREEZE, 1, 50, 10)),
        ],
        notes={"stated_by_title", "year_from_caption"},
    ),
    "a sheet for each room": ExpectedWorkbook(
        "cold-storage",
        {
            "Chiller": [["COLD STORAGE TAHUN 2024"], ["Bulan", "Masuk", "Keluar"],
                        recorded(["Januari", 1000, 400], stored(CHILL, 1, 1000, 400))],
            "Freezer": [["COLD STORAGE TAHUN 2024"], ["Bulan", "Masuk", "Keluar"],
                        recorded(["Januari", 50, 10], stored(FREEZE, 1, 50, 10))],
        },
        notes={"stated_by_title"},
    ),
    "PAD by year, its sources across": ExpectedWorkbook(
        "pad",
        [
            ["REALISASI PAD SEKTOR INDUSTRI"],
            ["Tahun", "Sewa unit SIKS", "Sewa unit SIKT", "Retribusi Pelayanan Uji", "Jumlah", "Keterangan"],
            recorded([2022, 1_000_000, 2_000_000, 3_000_000, 6_000_000, "lengkap"],
                 revenue("Sewa unit SIKS", 2022, 1_000_000, notes="lengkap"),
                 revenue("Sewa unit SIKT", 2022, 2_000_000, notes="lengkap"),
                 revenue("Retribusi Pelayanan Uji", 2022, 3_000_000, notes="lengkap")),
            Line([2023, 1_500_000, 2_500_000, None, 4_000_000],
                 stored=(revenue("Sewa unit SIKS", 2023, 1_500_000), revenue("Sewa unit SIKT", 2023, 2_500_000)),
                 reason="tidak berisi angka untuk «Retribusi Pelayanan Uji»"),
            left(["Jumlah", 2_500_000, 4_500_000, 3_000_000, 10_000_000], TOTAL),
        ],
        asks=("columns",), answers={"mapping": dict.fromkeys("BCD", "realised"), "unit": "rupiah"},
        counted_twice=6, notes={"rows_per_member", "row_total"},
    ),
    "PAD by month, target and realisation of each source": ExpectedWorkbook(
        "pad",
        [
            ["REALISASI PAD TAHUN 2023 (dalam ribuan rupiah)"],
            ["Bulan", "Sewa kios uji", None, "Sewa gudang uji", None],
            [None, "Target", "Realisasi", "Target", "Realisasi"],
            recorded(["Januari", 1000, 900, 2000, 1800],
                 revenue("Sewa kios uji", 2023, 900_000, month=1, target=1_000_000),
                 revenue("Sewa gudang uji", 2023, 1_800_000, month=1, target=2_000_000)),
            recorded(["Februari", 1000, 950, 2000, 1900],
                 revenue("Sewa kios uji", 2023, 950_000, month=2, target=1_000_000),
                 revenue("Sewa gudang uji", 2023, 1_900_000, month=2, target=2_000_000)),
            left(["JUMLAH", 2000, 1850, 4000, 3700], TOTAL),
        ],
        form="csv", asks=("columns",), counted_twice=3, notes={"rows_per_member"},
        answers={"mapping": {"B": "target", "C": "realised", "D": "target", "E": "realised"}},
    ),
    "PAD by month, the sources under target and realisation": ExpectedWorkbook(
        "pad",
        [
            ["PAD TAHUN 2023"],
            ["No", "Bulan", "Target (Rp.000)", None, "Realisasi (Rp.000)", None],
            [None, None, "Sewa kios uji", "Sewa gudang uji", "Sewa kios uji", "Sewa gudang uji"],
            recorded([1, "Januari", 1000, 2000, 900, 1800],
                 revenue("Sewa kios uji", 2023, 900_000, month=1, target=1_000_000),
                 revenue("Sewa gudang uji", 2023, 1_800_000, month=1, target=2_000_000)),
        ],
        merge=["A2:A3", "B2:B3", "C2:D2", "E2:F2"], asks=("columns",), counted_twice=1,
        answers={"mapping": {"C": "target", "D": "target", "E": "realised", "F": "realised"}},
    ),
}
# fmt: on
