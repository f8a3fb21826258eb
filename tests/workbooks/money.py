"""Units, years, dates and formulas: said in the heading, in the title, in the cell, or asked."""

import datetime

from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.workbooks.book import Computed, ExpectedWorkbook, held, left, recorded

FIGURES = ["Nama Usaha", "Tahun", "Nilai Investasi", "Nilai Produksi"]


def listed(name, year=2024, **figures):
    """The two records of a row that has nothing but a name and figures."""
    return {"name": name}, {"year": year, **figures}


def four(book):
    """The calendar of old Macintosh workbooks."""
    book.epoch = CALENDAR_MAC_1904


# One column per line would make a page of each book.
# fmt: off
BOOKS = {
    "thousands, millions and full rupiah side by side": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Tahun", "Investasi (Rp.000)", "Nilai Produksi (juta)", "Omzet (Rp)"],
            recorded(["Amplang Uji", 2024, 1500, 2.5, 3_250_750],
                 *listed("Amplang Uji", investment=1_500_000, production_value=2_500_000,
                         turnover=3_250_750)),
            recorded(["Batik Uji", 2024, 0, None, "-"], *listed("Batik Uji", investment=0)),
        ],
    ),
    "a unit in the title for silent headings only": ExpectedWorkbook(
        "ikm",
        [
            ["DATA IKM (Dalam Ribuan Rupiah)"],
            [*FIGURES, "Omzet (Rp)"],
            recorded(["Amplang Uji", 2024, 1500, 2750, 9_000_000],
                 *listed("Amplang Uji", investment=1_500_000, production_value=2_750_000,
                         turnover=9_000_000)),
        ],
        notes={"unit_from_title"},
    ),
    "a silent unit is asked once and holds for the whole column": ExpectedWorkbook(
        "ikm",
        [
            FIGURES,
            recorded(["Amplang Uji", 2024, 1500, 27_500],
                 *listed("Amplang Uji", investment=1_500_000, production_value=27_500_000)),
            held(["Batik Uji", 2024, 2000, "1,5 juta"], "own_unit"),
        ],
        asks=("unit",), answers={"unit": "ribu"},
    ),
    "silent columns of different sizes, each with its unit": ExpectedWorkbook(
        "ikm",
        [
            FIGURES,
            recorded(["Amplang Uji", 2024, 15_000_000, 27_500],
                 *listed("Amplang Uji", investment=15_000_000, production_value=27_500_000)),
            recorded(["Batik Uji", 2024, 8_000_000, 12_000],
                 *listed("Batik Uji", investment=8_000_000, production_value=12_000_000)),
        ],
        asks=("unit", "unit"),
        answers={"units": {"Nilai Investasi": "rupiah", "D": "ribu"}},
    ),
    "a unit of its own under a multiplying heading": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Tahun", "Investasi (Rp.000)"],
            held(["Amplang Uji", 2024, "Rp 1.500.000,-"], "own_unit"),
            recorded(["Batik Uji", 2024, "1.500"], *listed("Batik Uji", investment=1_500_000)),
            recorded(["Ukir Uji", 2024, 2_500], *listed("Ukir Uji", investment=2_500_000)),
        ],
        notes={"read_as_thousands"},
        asks=("unit",),
    ),
    "a column that prints Rp before every thousand": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Tahun", "Investasi (Rp.000)"],
            recorded(["Amplang Uji", 2024, "Rp1.500"], *listed("Amplang Uji", investment=1_500_000)),
            recorded(["Batik Uji", 2024, "Rp 2.750"], *listed("Batik Uji", investment=2_750_000)),
        ],
    ),
    "money as people type it": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Tahun", "Omzet (Rp)"],
            *(
                recorded([name, 2024, typed], *listed(name, turnover=amount))
                for name, typed, amount in [
                    ("Uji Alfa", "Rp 1.500.000,-", 1_500_000), ("Uji Bravo", "Rp. 2.750.000", 2_750_000),
                    ("Uji Delta", "12 jt", 12_000_000), ("Uji Eko", "1,5 juta", 1_500_000),
                    ("Uji Fajar", "750 ribu", 750_000), ("Uji Gama", "1.234.567,00", 1_234_567),
                    ("Uji Hotel", "39.600.", 39_600), ("Uji India", "1 miliar", 1_000_000_000),
                    ("Uji Jaya", "1 250 000", 1_250_000), ("Uji Kilo", "IDR 900.000", 900_000),
                ]
            ),
            held(["Uji Lima", 2024, "850,000"], "ambiguous_number"),
            held(["Uji Mawar", 2024, "(500.000)"], "out_of_range"),
            held(["Uji Nusa", 2024, "sekitar 5 juta"], "not_a_number"),
        ],
    ),
    "a column that proves itself English": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Tahun", "Omzet (Rp)"],
            recorded(["Uji Alfa", 2024, "1,234,500"], *listed("Uji Alfa", turnover=1_234_500)),
            recorded(["Uji Bravo", 2024, "850,000"], *listed("Uji Bravo", turnover=850_000)),
        ],
    ),
    "a year in every row beside a title that names another": ExpectedWorkbook(
        "ikm",
        [
            ["DATA IKM TAHUN 2024"],
            ["Nama Usaha", "Nama Pemilik", "Tahun Data", "TK"],
            recorded(["Amplang Uji", "Siti Contoh", 2022, 2],
                 {"name": "Amplang Uji", "owner_name": "Siti Contoh"},
                 {"year": 2022, "workers_total": 2}),
            recorded(["Amplang Uji", "Siti Contoh", 2023, 4], {
                "business": "Amplang Uji", "year": 2023, "workers_total": 4,
            }),
        ],
    ),
    "no year anywhere is asked": ExpectedWorkbook(
        "ikm",
        [["Nama Usaha", "TK"],
         recorded(["Amplang Uji", 3], *listed("Amplang Uji", 2020, workers_total=3))],
        asks=("year",), answers={"year": 2020},
    ),
    "two years in the title are asked": ExpectedWorkbook(
        "ikm",
        [["PERKEMBANGAN TAHUN 2022 DAN TAHUN 2023"], ["Nama Usaha", "TK"],
         recorded(["Amplang Uji", 3], *listed("Amplang Uji", 2023, workers_total=3))],
        asks=("year",), answers={"year": 2023},
    ),
    "a year as text and as a date": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Tahun Data", "TK"],
            recorded(["Amplang Uji", "2024", 3], *listed("Amplang Uji", workers_total=3)),
            recorded(["Batik Uji", " 2023 ", 5], *listed("Batik Uji", 2023, workers_total=5)),
            held(["Keripik Uji", "tahun lalu", 5], "not_a_year"),
        ],
    ),
    "formulas with their stored values": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Tahun", "TK LK", "TK PR", "Tenaga Kerja", "Omzet (Rp)"],
            recorded(["Amplang Uji", 2024, 2, 3, Computed("C2+D2", 5), Computed("E2*1000000", 5_000_000)],
                 *listed("Amplang Uji", workers_male=2, workers_female=3, workers_total=5,
                         turnover=5_000_000)),
            held(["Batik Uji", 2024, 2, 3, Computed("C3+D3"), 1], "formula_without_value"),
            held(["Keripik Uji", 2024, 2, 3, 5, Computed("1/0", "#DIV/0!")], "error_cell"),
            left([Computed('"JUM"&"LAH"', "JUMLAH"), None, 6, 9, 15, None], "baris jumlah"),
        ],
        notes={"formula_used"},
    ),
    "dates in cells of both calendars' kind": ExpectedWorkbook(
        "pembinaan",
        [
            ["Tahun", "Jenis", "Nama Kegiatan", "Mulai", "Selesai"],
            recorded(
                [2024, "Pelatihan", "Kemasan", datetime.date(2024, 5, 3), "5 Mei 2024"],
                {"year": 2024, "kind": "training", "name": "Kemasan",
                 "start_on": datetime.date(2024, 5, 3), "end_on": datetime.date(2024, 5, 5)},
            ),
            recorded(
                [2024, "Bimtek", "Halal", "03/04/2024", "12-05-24"],
                {"year": 2024, "kind": "training", "name": "Halal",
                 "start_on": datetime.date(2024, 4, 3), "end_on": datetime.date(2024, 5, 12)},
            ),
        ],
    ),
    "dates counted from 1904": ExpectedWorkbook(
        "pembinaan",
        [
            ["Tahun", "Jenis", "Nama Kegiatan", "Mulai"],
            recorded(
                [2023, "Pelatihan", "Las", datetime.date(2023, 8, 17)],
                {"year": 2023, "kind": "training", "name": "Las",
                 "start_on": datetime.date(2023, 8, 17)},
            ),
        ],
        edit=four,
    ),
    "a percent as a percent, a share and a word": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Tahun", "Pemasaran Ekspor (%)"],
            recorded(["Amplang Uji", 2024, "12,5"], *listed("Amplang Uji", export_percent=12.5)),
            recorded(["Batik Uji", 2024, "40%"], *listed("Batik Uji", export_percent=40)),
            recorded(["Ukir Uji", 2024, "Tidak"], *listed("Ukir Uji", export_percent=0)),
            held(["Rotan Uji", 2024, 140], "out_of_range"),
        ],
    ),
    "capacities with their period and units of every spelling": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Tahun", "Kapasitas Produksi per Bulan", "Satuan"],
            recorded(["Amplang Uji", 2024, 607.2, "Kg "],
                 *listed("Amplang Uji", capacity=607.2, capacity_unit="kg", capacity_period="bulan")),
            recorded(["Batik Uji", 2024, "1.250", "lbr"],
                 *listed("Batik Uji", capacity=1250, capacity_unit="lembar",
                         capacity_period="bulan")),
        ],
    ),
    "figures that cannot be right are stored and told": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Tahun", "Nilai Produksi (Rp)", "Nilai Bahan Baku (Rp)"],
            recorded(["Amplang Uji", 2024, 1_000_000, 9_000_000],
                 *listed("Amplang Uji", production_value=1_000_000, raw_material_value=9_000_000)),
        ],
        notes={"implausible"},
    ),
}
# fmt: on
