"""Lines between the rows that say of which year or month they are: captions and titles again."""

import datetime

from tests.workbooks.book import ExpectedWorkbook, held, left, recorded

AGAIN, PART, TOTAL = "judul kolom berulang", "judul bagian", "baris jumlah"
IKM = ["No", "Nama Usaha", "Pemilik", "Tenaga Kerja"]
PAD = ["No", "Sumber Penerimaan", "Realisasi (Rp)"]
CHILL = "Ruang pendinginan"


def business(cells, year, **more):
    """A row of the list, its workers in their year."""
    name = next(cell for cell in cells if isinstance(cell, str))
    owner, workers = cells[-2:]
    return recorded(cells, {"name": name, "owner_name": owner, **more},
                    {"year": year, "workers_total": workers})  # fmt: skip


def revenue(cells, year, **more):
    source, realised = cells[-2:]
    return recorded(cells, {"source_name": source, "realised": realised, "year": year, **more})


# fmt: off
BOOKS = {
    **{
        f"the list of the next year below, as {form}": ExpectedWorkbook(
            "ikm",
            [
                ["DATA IKM TAHUN 2022"], IKM, business([1, "Amplang Uji", "Siti Contoh", 3], 2022),
                left([], "baris kosong"), left(["DATA IKM TAHUN 2023"], PART), left(IKM, AGAIN),
                business([1, "Batik Uji", "Budi Contoh", 4], 2023),
                left([None, "Jumlah", None, 4], TOTAL),
            ],
            form=form, notes={"year_from_caption"},
        )
        for form in ("xlsx", "ods", "xls", "csv")
    },
    "the next year's title in the column of names": ExpectedWorkbook(
        "ikm",
        [
            ["DATA IKM TAHUN 2022"], IKM[1:], business(["Amplang Uji", "Siti Contoh", 3], 2022),
            left(["PEMERINTAH KOTA BALIKPAPAN"], PART), left(["DATA IKM TAHUN 2023"], PART),
            left(IKM[1:], AGAIN), business(["Batik Uji", "Budi Contoh", 4], 2023),
        ],
        notes={"year_from_caption"},
    ),
    "years as captions within a kecamatan": ExpectedWorkbook(
        "ikm",
        [
            IKM, left(["KECAMATAN BALIKPAPAN TIMUR"], "judul kecamatan"), left([None, "Tahun 2022"], PART),
            business([1, "Amplang Uji", "Siti Contoh", 3], 2022, kecamatan="Balikpapan Timur"),
            left(["Tahun", 2023], PART),
            business([1, "Batik Uji", "Budi Contoh", 4], 2023, kecamatan="Balikpapan Timur"),
            left(["KECAMATAN BALIKPAPAN KOTA TAHUN 2024"], "judul kecamatan"),
            business([1, "Keripik Uji", "Sita Contoh", 5], 2024, kecamatan="Balikpapan Kota"),
        ],
        notes={"year_from_caption"},
    ),
    "PAD up to a month, below a caption of one month": ExpectedWorkbook(
        "pad",
        [
            ["REALISASI PAD TAHUN 2022"], PAD, left(["BULAN JANUARI"], PART),
            revenue([1, "Sewa kios uji", 3_000], 2022, month=1),
            left(["s.d. Bulan Mei"], PART), revenue([1, "Sewa los uji", 4_000], 2022),
        ],
    ),
    "PAD with a caption for each month": ExpectedWorkbook(
        "pad",
        [
            ["REALISASI PAD TAHUN 2022"], PAD, left(["BULAN JANUARI"], PART),
            revenue([1, "Sewa kios uji", 3_000], 2022, month=1),
            left(["Bulan : Februari 2022"], PART), revenue([1, "Sewa kios uji", 4_000], 2022, month=2),
            left(["Januari 2023"], PART), revenue([1, "Sewa kios uji", 5_000], 2023, month=1),
        ],
        notes={"year_from_caption"},
    ),
    "months named shortly, in the column of names and as those of several": ExpectedWorkbook(
        "pad",
        [
            ["REALISASI PAD THN 2022"], PAD[1:], left(["THN 2023"], PART), left(["BLN JAN"], PART),
            revenue(["Sewa kios uji", 3_000], 2023, month=1), left(["MARET"], PART),
            revenue(["Sewa kios uji", 4_000], 2023, month=3),
            left(["Januari 2024"], PART), revenue(["Sewa kios uji", 5_000], 2024, month=1),
            left(["Jumlah Tahun 2024", 5_000], TOTAL),
            left(["s.d. Bulan Mei 2025"], PART), revenue(["Sewa kios uji", 6_000], 2025),
        ],
        notes={"year_from_caption"},
    ),
    "a month of which nothing is recorded": ExpectedWorkbook(
        "cold-storage",
        [
            ["COLD STORAGE TAHUN 2024"], ["Bulan", "Chiller", None], [None, "Masuk", "Keluar"],
            left(["Desember 2023"], "tidak berisi angka untuk «Chiller»"),
            recorded(["Januari", 10, 20], {"chamber": CHILL, "year": 2024, "month": 1, "kg_in": 10, "kg_out": 20}),
        ],
    ),
    "firms whose names begin like captions": ExpectedWorkbook(
        "ikm",
        [
            ["DATA IKM TAHUN 2022"], IKM[1:],
            business(["Tahun Emas", "Siti Contoh", 3], 2022), business(["Maret Jaya", "Budi Contoh", 4], 2022),
            recorded(["Mei"], {"name": "Mei"}), business(["Tahun 2000", "Ani Contoh", 5], 2022),
        ],
    ),
    "months that say their year": ExpectedWorkbook(
        "cold-storage",
        [
            ["COLD STORAGE TAHUN 2024"], ["Bulan", "Ruang", "Masuk"],
            recorded(["Des-23", "Chiller", 10], {"chamber": CHILL, "year": 2023, "month": 12, "kg_in": 10}),
            recorded(["Januari", "Chiller", 20], {"chamber": CHILL, "year": 2024, "month": 1, "kg_in": 20}),
            recorded([datetime.date(2025, 2, 1), "Chiller", 30],
                 {"chamber": CHILL, "year": 2025, "month": 2, "kg_in": 30}),
        ],
        notes={"read_as_month"},
    ),
    "months that say all the years there are": ExpectedWorkbook(
        "cold-storage",
        [
            ["Bulan", "Ruang", "Masuk"],
            recorded(["Desember 2023", "Chiller", 10], {"chamber": CHILL, "year": 2023, "month": 12, "kg_in": 10}),
            recorded(["Agust 2024", "Chiller", 20], {"chamber": CHILL, "year": 2024, "month": 8, "kg_in": 20}),
        ],
        notes={"read_as_month"},
    ),
    "a month whose year is another than its row's": ExpectedWorkbook(
        "cold-storage",
        [["Tahun", "Bulan", "Ruang", "Masuk"], held([2024, "Des-23", "Chiller", 10], "related_conflict")],
        notes={"read_as_month"},
    ),
}
# fmt: on
