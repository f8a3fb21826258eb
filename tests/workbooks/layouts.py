"""IKM lists in every layout offices print them in: letterheads, bands, merged and hidden parts."""

from tests.factories import BusinessFactory
from tests.workbooks.book import ExpectedWorkbook, held, left, recorded

PLAIN = ["Nama Usaha", "Nama Pemilik", "Alamat", "No. HP", "Tahun Data", "Tenaga Kerja"]
BLANK, BAND, TOTAL, SIGNED = "baris kosong", "judul kecamatan", "baris jumlah", "blok tanda tangan"


def plain(name, owner, street, phone, year, workers):
    """A row of the plain heading and the two records it makes."""
    business = {"name": name, "owner_name": owner, "address": street, "phone": phone}
    cells = [name, owner, street, phone, year, workers]
    return recorded(cells, business, {"year": year, "workers_total": workers})


AMPLANG = plain("Amplang Uji Satu", "Siti Contoh", "Jl. Uji 1", "081255500001", 2024, 3)
BATIK = plain("Batik Uji Dua", "Budi Contoh", "Jl. Uji 2", "081255500002", 2024, 5)
KERIPIK = plain("Keripik Uji Tiga", "Ani Contoh", "Jl. Uji 3", "081255500003", 2024, 2)


def district(number, kelurahan, kecamatan):
    """The list of one kecamatan on a sheet of its own."""
    name, ward = f"Usaha Uji {'ABC'[number]}{number}", {"kelurahan": kelurahan}
    return [
        [f"DAFTAR IKM KECAMATAN {kecamatan.upper()} TAHUN 2023"],
        ["No", "Nama IKM", "Kel", "TK"],
        recorded(
            [1, name, kelurahan, number + 1],
            {"name": name, **ward, "kecamatan": kecamatan},
            {"year": 2023, "workers_total": number + 1},
        ),
        left([None, "JUMLAH", None, number + 1], TOTAL),
    ]


def hide(book):
    """A row and a column nobody sees."""
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True


def stretch(book):
    """Formats far beyond the table, as a stray click leaves them."""
    for place in ("Z1", "AB40", "AC200"):
        book.active[place].number_format = "0.00"


# One column per line would make a page of each book.
# fmt: off
BOOKS = {
    "letterhead, two-row heading, numbers, bands, totals and signature": ExpectedWorkbook(
        "ikm",
        [
            ["PEMERINTAH KOTA BALIKPAPAN"], ["DINAS KOPERASI, UMKM DAN PERINDUSTRIAN"],
            ["DATA IKM TAHUN 2022"], [],
            ["No", "Nama Usaha", "Tenaga Kerja", None, "Produksi", None],
            [None, None, "L", "P", "Kapasitas per Tahun", "Satuan"],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            left(["KECAMATAN BALIKPAPAN TIMUR"], BAND),
            recorded(
                [1, "Roti Uji", 2, 1, 1200, "Bks"],
                {"name": "Roti Uji", "kecamatan": "Balikpapan Timur"},
                {
                    "year": 2022, "workers_male": 2, "workers_female": 1, "workers_total": 3,
                    "capacity": 1200, "capacity_unit": "bungkus", "capacity_period": "tahun",
                },
            ),
            left([None, "JUMLAH", 2, 1, 1200, None], TOTAL),
            left([], BLANK),
            left(["KECAMATAN BALIKPAPAN KOTA"], BAND),
            recorded(
                [1, "Tempe Uji", 0, 4, "3.500,5", "kg"],
                {"name": "Tempe Uji", "kecamatan": "Balikpapan Kota"},
                {
                    "year": 2022, "workers_male": 0, "workers_female": 4, "workers_total": 4,
                    "capacity": 3500.5, "capacity_unit": "kg", "capacity_period": "tahun",
                },
            ),
            left([None, "JUMLAH", 0, 4, "3.500,5", None], TOTAL),
            left([None, None, None, None, "Balikpapan, 2 Januari 2023"], SIGNED),
            left([None, None, None, None, "Kepala Bidang Perindustrian"], SIGNED),
            left([None, None, None, None, "Budi Contoh"], SIGNED),
            left([None, None, None, None, "NIP. 197512291999022001"], SIGNED),
        ],
        merge=["C5:D5", "E5:F5", "A5:A6", "B5:B6", "A8:F8", "A12:F12"],
    ),
    "three heading rows": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Data Tahun 2024", None, None, None],
            [None, "Tenaga Kerja", None, "Nilai (Rp.000)", None],
            [None, "L", "P", "Investasi", "Produksi"],
            recorded(
                ["Mebel Uji", 3, 2, 75_000, 120_500.5],
                {"name": "Mebel Uji"},
                {
                    "year": 2024, "workers_male": 3, "workers_female": 2, "workers_total": 5,
                    "investment": 75_000_000, "production_value": 120_500_500,
                },
            ),
        ],
        merge=["A1:A3", "B1:E1", "B2:C2", "D2:E2"],
    ),
    "cells merged over their rows carry down": ExpectedWorkbook(
        "ikm",
        [
            ["Kecamatan", "Kelurahan", "Nama Usaha"],
            recorded(
                ["Balikpapan Timur", "Manggar", "Amplang Uji"],
                {"name": "Amplang Uji", "kelurahan": "Manggar", "kecamatan": "Balikpapan Timur"},
            ),
            recorded(
                [None, None, "Batik Uji"],
                {"name": "Batik Uji", "kelurahan": "Manggar", "kecamatan": "Balikpapan Timur"},
            ),
            recorded(
                [None, "Teritip", "Keripik Uji"],
                {"name": "Keripik Uji", "kelurahan": "Teritip", "kecamatan": "Balikpapan Timur"},
            ),
        ],
        merge=["A2:A4", "B2:B3"], notes={"merged_carried"},
    ),
    "a blank cell that is not merged stays blank": ExpectedWorkbook(
        "ikm",
        [
            ["Kelurahan", "Nama Usaha"],
            recorded(["Manggar", "Amplang Uji"], {
                "name": "Amplang Uji", "kelurahan": "Manggar", "kecamatan": "Balikpapan Timur",
            }),
            recorded([None, "Batik Uji"], {"name": "Batik Uji"}),
        ],
    ),
    "cover, recap, pivot and one sheet per kecamatan": ExpectedWorkbook(
        "ikm",
        {
            "Sampul": [["DATA IKM KOTA BALIKPAPAN"], ["TAHUN 2023"]],
            "Rekap": [
                ["Kecamatan", "Jumlah IKM", "Jumlah TK"],
                ["Balikpapan Timur", 1, 1], ["Balikpapan Kota", 1, 2],
            ],
            "Pivot": [
                ["Row Labels", "Count of Nama", "Sum of TK"], ["Pangan", 2, 3], ["Grand Total", 2, 3],
            ],
            "Timur": district(0, "Lamaru", "Balikpapan Timur"),
            "Kota": district(1, "Prapatan", "Balikpapan Kota"),
            "Utara": district(2, "Muara Rapak", "Balikpapan Utara"),
        },
        unread={
            "Sampul": "tidak ada judul kolom yang dikenal", "Rekap": "tidak ada kolom nama usaha",
            "Pivot": "tidak ada judul kolom yang dikenal",
        },
    ),
    "hidden sheets are listed, never read": ExpectedWorkbook(
        "ikm",
        {"Data": [PLAIN, AMPLANG], "Lama": [PLAIN, BATIK.cells]},
        hidden=("Lama",), unread={"Lama": "lembar tersembunyi"},
    ),
    "a hidden sheet is read where it is named": ExpectedWorkbook(
        "ikm",
        {"Data": [PLAIN, AMPLANG.cells], "Lama": [PLAIN, BATIK]},
        hidden=("Lama",), unread={"Data": "tidak dipilih"}, answers={"sheets": ["Lama"]},
    ),
    "hidden rows and columns are read and told": ExpectedWorkbook(
        "ikm", [PLAIN, AMPLANG, BATIK], edit=hide, notes={"hidden_rows", "hidden_columns"},
    ),
    "ghost columns and rows beyond the table": ExpectedWorkbook(
        "ikm", [PLAIN, AMPLANG, BATIK], edit=stretch,
    ),
    "a dimension smaller than the sheet": ExpectedWorkbook(
        "ikm", [PLAIN, AMPLANG, BATIK, KERIPIK],
        patch=(r'<dimension ref="[^"]*"', '<dimension ref="A1:B2"'),
    ),
    "a dimension as large as a sheet can be": ExpectedWorkbook(
        "ikm", [PLAIN, AMPLANG, KERIPIK],
        patch=(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"'),
    ),
    "a total that is right": ExpectedWorkbook(
        "ikm",
        [PLAIN, AMPLANG, BATIK, left(["JUMLAH", None, None, None, None, 8], TOTAL)],
    ),
    "a total that is wrong": ExpectedWorkbook(
        "ikm",
        [PLAIN, AMPLANG, BATIK, left(["Total", None, None, None, None, 9], TOTAL)],
        notes={"total_mismatch"},
    ),
    "subtotals and a grand total": ExpectedWorkbook(
        "ikm",
        [
            PLAIN, AMPLANG, BATIK,
            left(["Sub Total", None, None, None, None, 8], TOTAL),
            KERIPIK,
            left(["Sub Total", None, None, None, None, 2], TOTAL),
            left(["Grand Total", None, None, None, None, 10], TOTAL),
        ],
    ),
    "a heading repeated on every page": ExpectedWorkbook(
        "ikm",
        [
            PLAIN, AMPLANG, left(PLAIN, "judul kolom berulang"), BATIK,
            left(["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], "baris nomor kolom"), KERIPIK,
        ],
    ),
    "remarks below the table": ExpectedWorkbook(
        "ikm",
        [
            PLAIN, AMPLANG,
            left(["Sumber: pendataan lapangan"], "keterangan di bawah tabel"),
            left(["Keterangan : *) sementara"], "keterangan di bawah tabel"),
            left(["*) angka sementara"], "keterangan di bawah tabel"),
        ],
    ),
    "businesses whose names begin like a total": ExpectedWorkbook(
        "ikm",
        [
            PLAIN,
            plain("Jumlah Berkah Uji", "Siti Contoh", "Jl. Uji 1", "081255500001", 2024, 3),
            plain("Total Karya Uji", "Budi Contoh", "Jl. Uji 2", "081255500002", 2024, 5),
            plain("Kecamatan Kopi Uji", "Ani Contoh", "Jl. Uji 3", "081255500003", 2024, 2),
        ],
    ),
    "a title and its list beside a running number without heading": ExpectedWorkbook(
        "ikm",
        [
            [None, "DAFTAR PERAJIN"], [],
            [None, None, "Nama Industri", "Pemilik"],
            recorded([None, 1, "Anyaman Uji", "Rumi Contoh"],
                 {"name": "Anyaman Uji", "owner_name": "Rumi Contoh"}),
            recorded([None, 2, "Ukir Uji", "Dewi Contoh"],
                 {"name": "Ukir Uji", "owner_name": "Dewi Contoh"}),
        ],
        unknown=("",),
    ),
    "no heading at all": ExpectedWorkbook(
        "ikm",
        [
            recorded(["Patung Uji", "Patung", 2, 120, "buah", 1_500, 18_000],
                 {"name": "Patung Uji", "products": "Patung"},
                 {"year": 2021, "workers_total": 2, "capacity": 120, "capacity_unit": "buah",
                  "investment": 1_500_000, "production_value": 18_000_000}),
            recorded(["Tikar Uji", "Tikar pandan", 1, 60, "lembar", 900, 7_200],
                 {"name": "Tikar Uji", "products": "Tikar pandan"},
                 {"year": 2021, "workers_total": 1, "capacity": 60, "capacity_unit": "lembar",
                  "investment": 900_000, "production_value": 7_200_000}),
            recorded(["Sapu Uji", "Sapu lidi", 4, 300, "buah", 2_000, 24_000],
                 {"name": "Sapu Uji", "products": "Sapu lidi"},
                 {"year": 2021, "workers_total": 4, "capacity": 300, "capacity_unit": "buah",
                  "investment": 2_000_000, "production_value": 24_000_000}),
        ],
        asks=("columns",),
        answers={
            "mapping": {
                "A": "name", "B": "products", "C": "workers_total", "D": "capacity",
                "E": "capacity_unit", "F": "investment", "G": "production_value",
            },
            "unit": "ribu", "year": 2021,
        },
        unknown=(),
    ),
    "two columns that claim the name": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Nama Perusahaan", "Alamat"],
            recorded(["Amplang Uji", "CV Amplang Contoh", "Jl. Uji 1"],
                 {"name": "Amplang Uji", "brand": "CV Amplang Contoh", "address": "Jl. Uji 1"}),
        ],
        asks=("columns",), answers={"mapping": {"A": "name", "B": "brand"}},
    ),
    "misspelt headings": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usha", "Nama Pemilk", "Alamt", "Cabang Indutri", "Tahun Datta", "Tenga Kerja"],
            recorded(
                ["Amplang Uji", "Siti Contoh", "Jl. Uji 1", "Pangan", 2024, 3],
                {"name": "Amplang Uji", "owner_name": "Siti Contoh", "address": "Jl. Uji 1",
                 "commodity": "Pangan", "group": "Agro"},
                {"year": 2024, "workers_total": 3},
            ),
        ],
        asks=("columns",),
        answers={"mapping": {"Tahun Datta": "year", "Tenga Kerja": "workers_total"}},
        notes={"fuzzy_heading"},
    ),
    "unknown headings are listed": ExpectedWorkbook(
        "ikm",
        [
            [*PLAIN[:2], "Golongan Darah", "Warna Rumah"],
            recorded(["Amplang Uji", "Siti Contoh", "O", None],
                 {"name": "Amplang Uji", "owner_name": "Siti Contoh"}),
        ],
        unknown=("Golongan Darah",),
    ),
    "twins, doubles and a nameless row": ExpectedWorkbook(
        "ikm",
        [
            PLAIN, AMPLANG,
            left(["AMPLANG UJI SATU", *AMPLANG.cells[1:]], "baris kembar persis dengan baris 2"),
            held(BATIK.cells, "double_in_file"),
            held([*BATIK.cells[:5], 9], "double_in_file"),
            held([None, "Tanpa Nama", "Jl. Uji 9", "081255500009", 2024, 1], "missing_name"),
        ],
        asks=("duplicates",),
    ),
    "every kind of bad cell": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "NIB", "Kelurahan", "Tahun Berdiri", "Status", "Tahun Data", "TK"],
            held(["Uji Alfa", 9120001234567, "Manggar", 2015, "Aktif", 2024, "dua"], "not_a_number"),
            held(["Uji Bravo", "912000123456", "Manggar", 2015, "Aktif", 2024, 2], "id_wrong_length"),
            held(["Uji Delta", None, "Mangar", 2015, "Aktif", 2024, 2], "unknown_region"),
            held(["Uji Eko", None, "Manggar", 1850, "Aktif", 2024, 2], "out_of_range"),
            held(["Uji Fajar", None, "Manggar", 2015, "Ramai", 2024, 2], "unknown_choice"),
            held(["Uji Gama", None, "Manggar", 2015, "Aktif", 2024, "1,5"], "not_whole"),
            recorded(
                ["Uji Hotel", "9120001234567", "manggar", 2015, "AKTIF", 2024, "12 orang"],
                {"name": "Uji Hotel", "nib": "9120001234567", "kelurahan": "Manggar",
                 "kecamatan": "Balikpapan Timur", "founded_year": 2015, "status": "active"},
                {"year": 2024, "workers_total": 12},
            ),
        ],
        asks=("words",),
    ),
    "bad cells left blank where they may be": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Kelurahan", "Tahun Data", "TK"],
            recorded(["Uji Alfa", "Mangar", 2024, 2], {"name": "Uji Alfa"},
                 {"year": 2024, "workers_total": 2}),
            recorded(["Uji Bravo", "Manggar", 2024, "dua"],
                 {"name": "Uji Bravo", "kelurahan": "Manggar", "kecamatan": "Balikpapan Timur"}),
            held(["-", "Manggar", 2024, 2], "missing_name"),
        ],
        answers={"bad_cells": "blank"}, notes={"unknown_region", "not_a_number"},
        asks=("words",),
    ),
    "a list that repeats what the register holds": ExpectedWorkbook(
        "ikm",
        [
            PLAIN[:4],
            held(["Amplang Uji Satu", "Siti Contoh", "Jl. Lain 9", "081255500077"], "doubtful_match"),
            recorded(BATIK.cells[:4], {
                "name": "Batik Uji Dua", "owner_name": "Budi Contoh", "address": "Jl. Uji 2",
                "phone": "081255500002",
            }),
        ],
        before=lambda: BusinessFactory(
            name="Amplang Uji Satu", owner_name="Siti Contoh", address="Jl. Uji 1",
            phone="081255500001",
        ),
        asks=("near",),
    ),
    "a recap is no list": ExpectedWorkbook(
        "ikm",
        [["REKAPITULASI IKM TAHUN 2024"], [], ["No", "Sektor", "Definisi", "Jumlah"],
         [1, "Pangan", "Makanan", 120], [2, "Sandang", "Pakaian", 80]],
        refused="Tidak ada lembar yang berisi daftar IKM",
    ),
    "an asset card brought to the IKM list": ExpectedWorkbook(
        "ikm",
        [["Kode Barang", "NUP", "Nama Barang", "Harga (Rp)"], ["1.3.2.05.01", 1, "Meja", 500_000]],
        refused="milik daftar aset",
    ),
}
# fmt: on
