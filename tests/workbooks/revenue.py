"""PAD: the yearly table, the Balai's columns, and the monthly form with its three realisations."""

import datetime

from tests.workbooks.book import ExpectedWorkbook, held, left, recorded

RENT = "4.1.02.02.20"
MONTHLY = ["NO", "KODE REKENING", "JENIS PENERIMAAN", "TARGET APBD", "REALISASI", None, None, "%"]
UNDER = [None, None, None, None, "BULAN INI", "BULAN LALU", "S/D BLN INI", None]
MERGED = [f"{letter}{{top}}:{letter}{{low}}" for letter in "ABCDH"]


def monthly(top):
    """The areas of the monthly heading that begins in this row."""
    areas = [*MERGED, "E{top}:G{top}"]
    return [area.format(top=top, low=top + 1) for area in areas]


def target(year, name, amount, **more):
    """The target of a whole year."""
    return {"year": year, "source_name": name, "target": amount, **more}


def month(year, number, name, amount, **more):
    """What one month brought in."""
    return {"year": year, "month": number, "source_name": name, "realised": amount, **more}


# One column per line would make a page of each book.
# fmt: off
BOOKS = {
    "PAD of a year with percent, total and signature": ExpectedWorkbook(
        "pad",
        [
            ["REALISASI PAD TAHUN ANGGARAN 2023"], [],
            ["No", "Uraian", "Target (Rp)", "Realisasi (Rp)", "%"],
            [1, 2, 3, 4, 5],
            recorded([1, "Sewa kios uji", 60_000_000, 54_000_000, 90],
                 {"year": 2023, "source_name": "Sewa kios uji", "target": 60_000_000,
                  "realised": 54_000_000}),
            recorded([2, "Sewa gudang uji", "Rp 40.000.000,-", "Rp 50.000.000,00", 125],
                 {"year": 2023, "source_name": "Sewa gudang uji", "target": 40_000_000,
                  "realised": 50_000_000}),
            left([None, "JUMLAH", 100_000_000, 104_000_000, 104], "baris jumlah"),
            left([None, None, None, "Balikpapan, 5 Januari 2024", None], "blok tanda tangan"),
            left([None, None, None, "Bendahara Penerimaan", None], "blok tanda tangan"),
        ],
        unknown=("%",),
    ),
    "PAD with bad cells": ExpectedWorkbook(
        "pad",
        [
            ["Tahun", "Sumber Penerimaan", "Target (Rp)", "Realisasi (Rp)", "Per Tanggal"],
            held([2023, "Sewa uji", "banyak", 1, None], "not_a_number"),
            held([2023, None, 5, 1, None], "missing_name"),
            held([2023, "Sewa lain", 5, "850,000", None], "ambiguous_number"),
            recorded([2023, "Sewa gudang", 5_000, 0, "31 Desember 2023"],
                 {"year": 2023, "source_name": "Sewa gudang", "target": 5_000, "realised": 0,
                  "as_of": datetime.date(2023, 12, 31)}),
        ],
    ),
    "PAD by month of the Balai": ExpectedWorkbook(
        "pad",
        [
            ["Tahun", "Tahapan", "Bulan", "Rekening", "Uraian", "Target (Rp)", "Realisasi (Rp)"],
            recorded([2024, "murni", "Januari", RENT, "Sewa unit uji", 1_000, 900],
                 {"year": 2024, "month": 1, "account": RENT, "source_name": "Sewa unit uji",
                  "target": 1_000, "realised": 900}),
            recorded([2024, "Perubahan", 2, RENT, "Sewa unit uji", 1_500, 1_200],
                 {"year": 2024, "month": 2, "account": RENT, "source_name": "Sewa unit uji",
                  "stage": "revised", "target": 1_500, "realised": 1_200}),
            held([2024, "murni", "Smt I", RENT, "Sewa unit uji", 1, 1], "unknown_choice"),
            held([2024, "entah", 3, RENT, "Sewa unit uji", 1, 1], "unknown_choice"),
        ],
        asks=("words",),
    ),
    "the monthly two-row form": ExpectedWorkbook(
        "pad",
        [
            ["PEMERINTAH KOTA BALIKPAPAN"], ["LAPORAN REALISASI PAD (Rp)"],
            ["BULAN MARET 2024"], [],
            MONTHLY, UNDER, [1, 2, 3, 4, 5, 6, 7, 8],
            recorded([1, RENT, "Sewa unit uji", "120.000.000,00", "9.000.000", "17.000.000",
                  "26.000.000", 21.7],
                 target(2024, "Sewa unit uji", 120_000_000, account=RENT),
                 month(2024, 3, "Sewa unit uji", 9_000_000, account=RENT)),
            recorded([2, "4.1.02.02.12", "Sewa pasar uji", 60_000_000, 5_000_000, 9_000_000,
                  14_000_000, 23.3],
                 target(2024, "Sewa pasar uji", 60_000_000, account="4.1.02.02.12"),
                 month(2024, 3, "Sewa pasar uji", 5_000_000, account="4.1.02.02.12")),
            left([None, None, "JUMLAH", 180_000_000, 14_000_000, 26_000_000, 40_000_000, None],
                 "baris jumlah"),
        ],
        merge=monthly(5), unknown=("%",),
    ),
    "one monthly form per sheet": ExpectedWorkbook(
        "pad",
        {
            name: [
                [f"REALISASI PAD (Rp) BULAN {name.upper()} 2024"],
                MONTHLY, UNDER,
                recorded([1, RENT, "Sewa unit uji", 120_000_000, amount, None, None, None], *records),
            ]
            for name, amount, records in [
                ("Januari", 7_000_000, [
                    target(2024, "Sewa unit uji", 120_000_000, account=RENT),
                    month(2024, 1, "Sewa unit uji", 7_000_000, account=RENT),
                ]),
                ("Februari", 8_000_000, [month(2024, 2, "Sewa unit uji", 8_000_000, account=RENT)]),
            ]
        },
        merge={"Januari": monthly(2), "Februari": monthly(2)},
    ),
    "a monthly form whose sums do not agree": ExpectedWorkbook(
        "pad",
        [
            ["REALISASI PAD (Rp) BULAN MARET 2024"], MONTHLY, UNDER,
            recorded([1, RENT, "Sewa unit uji", 120_000_000, 9_000_000, 17_000_000, 99_000_000, None],
                 target(2024, "Sewa unit uji", 120_000_000, account=RENT),
                 month(2024, 3, "Sewa unit uji", 9_000_000, account=RENT)),
        ],
        merge=monthly(2), notes={"total_mismatch"},
    ),
    "PAD with its accounts as group rows": ExpectedWorkbook(
        "pad",
        [
            ["REALISASI PAD TAHUN 2024"],
            ["Kode Rekening", "Uraian", "Target (Rp)", "Realisasi (Rp)"],
            left(["4.1.02", "Retribusi Daerah", 100_000, 90_000], "baris induk, jumlah dari rinciannya"),
            left(["4.1.02.02", "Retribusi Jasa Usaha", 100_000, 90_000], "baris induk, jumlah dari rinciannya"),
            recorded([RENT, "Sewa unit uji", 60_000, 50_000],
                 {"year": 2024, "account": RENT, "source_name": "Sewa unit uji", "target": 60_000,
                  "realised": 50_000}),
            recorded(["4.1.02.02.12", "Sewa pasar uji", 40_000, 40_000],
                 {"year": 2024, "account": "4.1.02.02.12", "source_name": "Sewa pasar uji",
                  "target": 40_000, "realised": 40_000}),
            left([None, "JUMLAH", 100_000, 90_000], "baris jumlah"),
        ],
    ),
    "PAD with the year in its headings": ExpectedWorkbook(
        "pad",
        [
            ["No", "Uraian", "Target Tahun 2023 (Rp)", "Realisasi Tahun 2023 (Rp)"],
            recorded([1, "Sewa uji", 5_000, 4_000],
                 {"year": 2023, "source_name": "Sewa uji", "target": 5_000, "realised": 4_000}),
        ],
        notes={"year_from_heading"},
    ),
    "PAD of several years side by side": ExpectedWorkbook(
        "pad",
        [
            ["Uraian", "Realisasi (Rp)", None],
            [None, "2021", "2022"],
            recorded(["Sewa uji", 4_000, 5_000],
                 {"year": 2021, "source_name": "Sewa uji", "realised": 4_000},
                 {"year": 2022, "source_name": "Sewa uji", "realised": 5_000}),
        ],
        merge=["B1:C1", "A1:A2"], counted_twice=1, notes={"rows_per_member"},
    ),
    "PAD headed as a budget": ExpectedWorkbook(
        "pad",
        [
            ["REALISASI PAD TAHUN 2022"],
            ["No", "Jenis Pendapatan", "Anggaran (Rp)", "Realisasi Anggaran (Rp)"],
            recorded([1, "Sewa uji", 5_000, 4_000],
                 {"year": 2022, "source_name": "Sewa uji", "target": 5_000, "realised": 4_000}),
        ],
        form="xls",
    ),
    "PAD in thousands by its title, as csv": ExpectedWorkbook(
        "pad",
        [
            ["PAD TAHUN 2022 (dalam ribuan rupiah)"],
            ["Sumber", "Target", "Realisasi"],
            recorded(["Sewa uji", "115.000", "104.500,5"],
                 {"year": 2022, "source_name": "Sewa uji", "target": 115_000_000,
                  "realised": 104_500_500}),
            recorded(["Parkir uji", "2.000", "-"],
                 {"year": 2022, "source_name": "Parkir uji", "target": 2_000_000}),
        ],
        form="csv", notes={"unit_from_title"},
    ),
}
# fmt: on
