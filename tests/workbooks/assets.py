"""Inventory cards A to F, the room list and the inventory table, as the asset office prints them."""

import datetime

from tests.workbooks.book import ExpectedWorkbook, held, left, recorded

DAY = datetime.date(2024, 12, 31)
SIGNED = "blok tanda tangan"


def numbers(heading):
    """The row of column numbers below a heading."""
    return list(range(1, len(heading) + 1))


def signers(width):
    """The two who sign a card."""
    gap = [None] * (width - 2)
    return [
        left([None, "Mengetahui", *gap], SIGNED),
        left([None, "Kepala SKPD", *gap], SIGNED),
        left([None, "Pengurus Barang", *gap], SIGNED),
    ]


# One column per line would make a page of each book.
# fmt: off
LAND = [
    ["KARTU INVENTARIS BARANG (KIB) A"], ["TANAH"],
    ["No", "Jenis/Nama Barang", "Nomor", None, "Luas (M2)", "Tahun Pengadaan", "Letak/Alamat",
     "Status Tanah", None, None, "Penggunaan", "Asal usul", "Harga (ribuan Rp)", "Keterangan"],
    [None, None, "Kode Barang", "Register", None, None, None, "Hak", "Sertifikat", None, *[None] * 4],
    [*[None] * 8, "Tanggal", "Nomor", *[None] * 4],
    numbers(range(14)),
    recorded(
        [1, "Tanah uji", "1.3.1.01.01.04.001.", "000001", "9.000,5", 1998, "Jl. Uji 1", "Pakai",
         "12/05/2001", "HP-7", "Sentra", "APBD II", 4500.5, "Dipagar"],
        {"item_code": "1.3.1.01.01.04.001", "register": "000001", "kib": "A", "name": "Tanah uji",
         "area_m2": 9000.5, "acquired_year": 1998, "location": "Jl. Uji 1",
         "acquisition_method": "purchase", "funding": "city", "acquisition_value": 4_500_500,
         "notes": "Dipagar",
         "document_number": "HP-7", "document_on": datetime.date(2001, 5, 12),
         "specification": "Hak: Pakai; Penggunaan: Sentra"},
    ),
    left([None, "JUMLAH", *[None] * 10, 4500.5, None], "baris jumlah"),
    *signers(14),
]
LAND_AREAS = ["C3:D3", "C4:C5", "D4:D5", "H3:J3", "I4:J4", "H4:H5", *(
    f"{letter}3:{letter}5" for letter in "ABEFGKLMN"
)]
MACHINES = [
    ["KIB B PERALATAN DAN MESIN"],
    ["No", "Kode Barang", "Nama Barang", "Register", "Merk/Type", "Ukuran/CC", "Bahan",
     "Tahun Pembelian", "Nomor", None, None, None, None, "Asal usul", "Harga (Rp)"],
    [*[None] * 8, "Pabrik", "Rangka", "Mesin", "Polisi", "BPKB", None, None],
    recorded(
        [1, "1.3.2.02.01.01.001", "Mobil boks uji", "000001", "Contoh X", 1500, "Besi", 2022, "SN-1",
         "RK-2", "MS-3", "KT 1 XX", "B-4", "DAK", "250.000.000"],
        {"item_code": "1.3.2.02.01.01.001", "register": "000001", "kib": "B",
         "name": "Mobil boks uji", "brand": "Contoh X", "serial_number": "SN-1",
         "acquired_year": 2022, "acquisition_method": "purchase", "funding": "dak",
         "acquisition_value": 250_000_000,
         "specification": "Ukuran: 1500; Bahan: Besi; Nomor Rangka: RK-2; Nomor Mesin: MS-3; "
                          "Nomor Polisi: KT 1 XX; Nomor BPKB: B-4"},
    ),
    recorded(
        [2, "1.3.2.01.03.05.002", "Mesin uji", "000002", "-", "-", "-", 2019, "-", "-", "-", "-",
         "-", "Hibah", 0],
        {"item_code": "1.3.2.01.03.05.002", "register": "000002", "kib": "B", "name": "Mesin uji",
         "acquired_year": 2019, "acquisition_method": "grant", "funding": "grant",
         "acquisition_value": 0},
    ),
    left([None, None, "TOTAL", *[None] * 11, 250_000_000], "baris jumlah"),
]

BOOKS = {
    "the room list as it is printed": ExpectedWorkbook(
        "aset",
        [
            ["KARTU INVENTARIS RUANGAN PER 31 DESEMBER 2023"],
            ["No", "Jenis Barang / Nama Barang", "No. Kode Barang", "Reg", "Jumlah Barang / Register",
             "Harga Beli / Perolehan (Rp)", "Keadaan Barang", None, None, "Keterangan Mutasi dll"],
            [*[None] * 6, "Baik (B)", "Kurang Baik (KB)", "Rusak Berat (RB)", None],
            [*range(1, 11)],
            recorded([1, "Meja Uji", "02.06.01.05.10", "1", 2, 1_500_000, "√", None, None, "pindahan"],
                 {"name": "Meja Uji", "item_code": "02.06.01.05.10", "register": "1", "quantity": 2,
                  "acquisition_value": 1_500_000, "notes": "pindahan"},
                 {"checked_on": datetime.date(2023, 12, 31), "condition": "good"}),
            recorded([2, "Kursi Uji", "02.06.02.01.03", "2", 4, 800_000, None, "√", None, None],
                 {"name": "Kursi Uji", "item_code": "02.06.02.01.03", "register": "2", "quantity": 4,
                  "acquisition_value": 800_000},
                 {"checked_on": datetime.date(2023, 12, 31), "condition": "light_damage"}),
            left([None, "Jumlah", None, None, 6, 2_300_000, None, None, None, None], "baris jumlah"),
        ],
        merge=["A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "F2:F3", "G2:I2", "J2:J3"],
    ),
    "card A: land under three heading rows": ExpectedWorkbook("aset", LAND, merge=LAND_AREAS),
    "card B: the numbers of vehicles": ExpectedWorkbook("aset", MACHINES, merge=["I2:M2"]),
    "card C: buildings and their condition of a day": ExpectedWorkbook(
        "aset",
        [
            ["KIB C GEDUNG DAN BANGUNAN"], ["KEADAAN PER 31 DESEMBER 2024"],
            ["No", "Nama Barang", "Kode Barang", "Register", "Kondisi Bangunan (B, KB, RB)",
             "Konstruksi", None, "Luas Lantai (M2)", "Harga (ribuan Rp)"],
            [*[None] * 5, "Bertingkat/Tidak", "Beton/Tidak", None, None],
            *(
                recorded(
                    [number, name, "1.3.3.01.01.02.001", f"{number:06}", word, "Tidak", "Beton",
                     120.5, 736_500],
                    {"item_code": "1.3.3.01.01.02.001", "register": f"{number:06}", "kib": "C",
                     "name": name, "area_m2": 120.5, "acquisition_value": 736_500_000,
                     "storeys": "Tidak", "concrete": "Beton"},
                    {"condition": condition, "checked_on": DAY},
                )
                for number, name, word, condition in [
                    (1, "Gudang uji", "KB", "light_damage"), (2, "Kios uji", "B", "good"),
                    (3, "Bengkel uji", "RB", "heavy_damage"),
                    (4, "Los uji", "Kurang Baik", "light_damage"),
                ]
            ),
            held([5, "Pos uji", "1.3.3.01.01.02.001", "000005", "Lumayan", None, None, 9, 1],
                 "unknown_choice"),
        ],
        merge=["F3:G3"],
        asks=("words",),
    ),
    "card D: roads and networks": ExpectedWorkbook(
        "aset",
        [
            ["KIB D JALAN, IRIGASI DAN JARINGAN TAHUN 2023"],
            ["No", "Nama Barang", "Kode Barang", "Register", "Panjang (Km)", "Lebar (M)", "Kondisi",
             "Keterangan"],
            recorded([1, "Jaringan uji", "1.3.4.03.01.01.002", "000001", "1,25", 0.5, "Baik", "Dipakai"],
                 {"item_code": "1.3.4.03.01.01.002", "register": "000001", "kib": "D",
                  "name": "Jaringan uji", "notes": "Dipakai", "specification": "Panjang: 1,25; Lebar: 0,5"},
                 {"condition": "good", "checked_on": datetime.date(2023, 12, 31)}),
        ],
        notes={"no_value_column"},
    ),
    "card E: books, works of art and animals": ExpectedWorkbook(
        "aset",
        [
            ["No", "Nama Barang", "Nomor", None, "Buku/Perpustakaan", None, "Jumlah",
             "Tahun Cetak/Pembelian", "Asal-Usul", "Harga (Rp)"],
            [None, None, "Kode barang", "No Register", "Judul/Pencipta", "Spesifikasi", *[None] * 4],
            recorded([1, "Buku uji", "1.3.5.01.01.01.001", "000001", "Panduan", "A5", 3, 2021, "Hibah",
                  "Rp 150.000"],
                 {"item_code": "1.3.5.01.01.01.001", "register": "000001", "kib": "E",
                  "name": "Buku uji", "quantity": 3, "acquired_year": 2021,
                  "acquisition_method": "grant", "funding": "grant", "acquisition_value": 150_000,
                  "specification": "A5; Judul/Pencipta: Panduan"}),
        ],
        merge=["C1:D1", "E1:F1"],
    ),
    "card F: work in progress": ExpectedWorkbook(
        "aset",
        [
            ["KIB F KONSTRUKSI DALAM PENGERJAAN"],
            ["No", "Nama Barang", "Kode Barang", "Bangunan (P, SP, D)", "Tanggal mulai",
             "Asal usul pembiayaan", "Nilai Kontrak (ribuan Rp)"],
            recorded([1, "Gudang baru uji", "1.3.6.01.01.01.001", "P", datetime.date(2024, 3, 3), "APBN",
                  900_000],
                 {"item_code": "1.3.6.01.01.01.001", "kib": "F", "name": "Gudang baru uji",
                  "acquisition_method": "purchase", "funding": "state",
                  "acquisition_value": 900_000_000,
                  "specification": "Bangunan: P; Tanggal Mulai: 03-03-2024"}),
        ],
    ),
    "all cards in one workbook with their recap": ExpectedWorkbook(
        "aset",
        {"Rekap": [["REKAPITULASI ASET"], ["KIB", "Jumlah Barang"], ["A", 1], ["B", 2]],
         "KIB A": LAND, "KIB B": MACHINES},
        merge={"KIB A": LAND_AREAS, "KIB B": ["I2:M2"]}, unread={"Rekap": "kode barang"},
    ),
    "the room list ticks a condition": ExpectedWorkbook(
        "aset",
        [
            ["KARTU INVENTARIS RUANGAN per 31-12-2024"],
            ["No", "Jenis/Nama Barang", "Kode Barang", "Jumlah", "Keadaan", None, None],
            [None, None, None, None, "B", "KB", "RB"],
            recorded([1, "Meja uji", "1.3.2.05.02.01.001", 2, None, None, "v"],
                 {"item_code": "1.3.2.05.02.01.001", "kib": "B", "name": "Meja uji", "quantity": 2},
                 {"condition": "heavy_damage", "checked_on": DAY}),
            recorded([2, "Kursi uji", "1.3.2.05.02.01.002", 6, 4, 2, None],
                 {"item_code": "1.3.2.05.02.01.002", "kib": "B", "name": "Kursi uji", "quantity": 6}),
        ],
        merge=["E2:G2"], notes={"no_value_column", "several_conditions"},
    ),
    "the inventory table as csv": ExpectedWorkbook(
        "aset",
        [
            ["Nama Barang", "Kode Barang", "NUP", "Merk", "Tanggal Perolehan", "Harga Perolehan",
             "Kondisi", "Tanggal Kondisi", "Status Penggunaan"],
            recorded(["Laptop uji", "1.3.2.10.01.02.001", "000001", "Contoh", "17-8-2022", "9.500.000",
                  "Baik", "31/12/2024", "Dipakai sendiri"],
                 {"item_code": "1.3.2.10.01.02.001", "register": "000001", "kib": "B",
                  "name": "Laptop uji", "brand": "Contoh", "acquired_on": datetime.date(2022, 8, 17),
                  "acquired_year": 2022, "acquisition_value": 9_500_000, "usage_status": "own"},
                 {"condition": "good", "checked_on": DAY}),
            held(["Laptop uji", "1.3.2.10.01.02.001", "000002", "Contoh", "31-2-2022", "9.500.000",
                  "Baik", "31/12/2024", "Dipakai sendiri"], "not_a_date"),
            held(["Printer uji", "1.3.2.10.01.02", "000003", "Contoh", "", "1,500", "", "", ""],
                 "ambiguous_number"),
        ],
        form="csv", asks=("unit",), answers={"unit": "rupiah"}, notes={"incomplete_code"},
    ),
}
# fmt: on
