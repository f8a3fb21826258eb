"""Lists that are about one thing and leave it to their title: one source, one room, one activity."""

from tests.workbooks.book import ExpectedWorkbook, left, recorded

TOTAL = "baris jumlah"
CHILL = "Ruang pendinginan"


def stated(field, text, **more):
    """The answer that all rows of the list are about this."""
    return {"chosen": {f"stated:{field}": text}, **more}


# One column per line would make a page of each list.
# fmt: off
BOOKS = {
    "PAD of one source by month": ExpectedWorkbook(
        "pad",
        [
            ["DINAS UJI"], ["REALISASI RETRIBUSI GUDANG UJI TAHUN 2023"],
            ["No", "Bulan", "Target (Rp)", "Realisasi (Rp)"],
            recorded([1, "Januari", 1_000, 900],
                 {"year": 2023, "month": 1, "source_name": "RETRIBUSI GUDANG UJI", "target": 1_000, "realised": 900}),
            recorded([2, "Februari", 1_000, 1_100],
                 {"year": 2023, "month": 2, "source_name": "RETRIBUSI GUDANG UJI", "target": 1_000, "realised": 1_100}),
            left([None, "Jumlah", 2_000, 2_000], TOTAL),
        ],
        asks=("stated",), answers=stated("source_name", "RETRIBUSI GUDANG UJI"), notes={"stated_answered"},
    ),
    "PAD of the years and nothing else": ExpectedWorkbook(
        "pad",
        [
            ["Tahun", "Target (Rp)", "Realisasi (Rp)"],
            recorded([2019, 2_000, 1_500], {"year": 2019, "source_name": "Sewa uji", "target": 2_000, "realised": 1_500}),
            recorded([2020, 2_000, 1_800], {"year": 2020, "source_name": "Sewa uji", "target": 2_000, "realised": 1_800}),
            left(["Jumlah", 4_000, 3_300], TOTAL),
        ],
        form="xls", asks=("stated",), answers=stated("source_name", "Sewa uji"),
    ),
    "a cold storage that names no room": ExpectedWorkbook(
        "cold-storage",
        [
            ["COLD STORAGE TAHUN 2024"],
            ["Bulan", "Barang Masuk (kg)", "Barang Keluar (kg)"],
            recorded(["Januari", "1.000", 400], {"chamber": CHILL, "year": 2024, "month": 1, "kg_in": 1000, "kg_out": 400}),
            recorded(["Februari", 500, 300], {"chamber": CHILL, "year": 2024, "month": 2, "kg_in": 500, "kg_out": 300}),
            left(["Jumlah", "1.500", 700], TOTAL),
        ],
        form="csv", asks=("stated",), answers=stated("chamber", CHILL),
    ),
    "a sheet for each month, the rooms in its rows": ExpectedWorkbook(
        "cold-storage",
        {
            "Jan": [["LAPORAN COLD STORAGE JANUARI 2024"], ["No", "Ruang", "Masuk", "Keluar"],
                    recorded([1, "Chiller", 1000, 400], {"chamber": CHILL, "year": 2024, "month": 1, "kg_in": 1000, "kg_out": 400}),
                    left([None, "Jumlah", 1000, 400], TOTAL)],
            "Pebruari": [["COLD STORAGE TAHUN 2024"], ["No", "Ruang", "Masuk", "Keluar"],
                    recorded([1, "Chiller", 500, 300], {"chamber": CHILL, "year": 2024, "month": 2, "kg_in": 500, "kg_out": 300})],
        },
        form="ods", notes={"stated_by_title"},
    ),
    "who attended an activity, a sheet for each": ExpectedWorkbook(
        "pembinaan",
        {
            "1": [["DAFTAR HADIR PESERTA PELATIHAN KEMASAN UJI TAHUN 2024"], ["No", "Nama Peserta", "Nama Usaha", "Alamat"],
                  recorded([1, "Siti Contoh", None, "Jl. Uji 1"],
                       {"year": 2024, "kind": "training", "name": "PELATIHAN KEMASAN UJI"}, {"person": "Siti Contoh"}),
                  recorded([2, "Budi Contoh", None, "Jl. Uji 2"],
                       {"programme": "PELATIHAN KEMASAN UJI", "person": "Budi Contoh"})],
            "2": [["DAFTAR HADIR PESERTA PELATIHAN BATIK UJI TAHUN 2024"], ["No", "Nama Peserta", "Nama Usaha", "Alamat"],
                  recorded([1, "Ani Contoh", None, "Jl. Uji 3"],
                       {"year": 2024, "kind": "training", "name": "PELATIHAN BATIK UJI"}, {"person": "Ani Contoh"})],
        },
        asks=("stated",), answers=stated("name", "titles"), unknown=("Alamat",),
        notes={"kind_from_name"},
    ),
    "the units of one centre": ExpectedWorkbook(
        "unit",
        [
            ["DAFTAR RUMAH PRODUKSI SIKS"],
            ["No", "Kode Petak", "Luas (M2)", "Keadaan", "Penghuni"],
            recorded([1, "A-1", 36, "Baik", "Siti Contoh"], {"facility": "SIKS", "number": "A-1", "area_m2": 36.0, "condition": "good"}),
            recorded([2, "A-2", 45, "RB", "Budi Contoh"], {"facility": "SIKS", "number": "A-2", "area_m2": 45.0, "condition": "heavy_damage"}),
        ],
        asks=("columns",), answers=stated("facility", "SIKS", mapping={"B": "number"}), unknown=("Penghuni",),
    ),
}
# fmt: on
