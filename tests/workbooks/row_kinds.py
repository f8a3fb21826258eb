"""IKM lists with bands, sums, merged cells and further products, as real lists have them."""

from tests.workbooks.book import Computed, ExpectedWorkbook, held, left, recorded

HEADING = ["No", "Nama Usaha", "Nama Pemilik", "Alamat", "Tahun Data", "TK LK", "TK PR"]
PRODUCTS = ["No", "Nama Usaha", "Nama Pemilik", "Produk", "Tahun Data", "Kapasitas Produksi",
            "Satuan Produksi", "Nilai Produksi (Rp)", "Tenaga Kerja"]  # fmt: skip
TOTAL, KECAMATAN, WARD, GROUP = (
    "baris jumlah",
    "judul kecamatan",
    "judul kelurahan",
    "judul kelompok",
)
EAST = {"kecamatan": "Balikpapan Timur"}
NORTH = {"kecamatan": "Balikpapan Utara"}


def firm(number, male, female, **more):
    """A business of the list and the two records it makes."""
    word = ("Alfa", "Bravo", "Delta", "Eko")[number - 1]
    name, owner, street = f"Usaha {word}", f"Pemilik {word}", f"Jl. Uji {number}"
    return recorded(
        [number, name, owner, street, 2024, male, female],
        {"name": name, "owner_name": owner, "address": street, **more},
        {"year": 2024, "workers_male": male, "workers_female": female,
         "workers_total": male + female},
    )  # fmt: skip


def banded(*bands, form="xlsx", merge=()):
    """Two firms, each under a band of its own."""
    east, north = bands
    lines = [HEADING, left(east, KECAMATAN), firm(1, 2, 3, **EAST)]
    lines += [left(north, KECAMATAN), firm(2, 1, 4, **NORTH)]
    return ExpectedWorkbook("ikm", lines, form=form, merge=merge)


def totalled(*lines, form="xlsx", **more):
    """Two firms and the lines below them."""
    return ExpectedWorkbook(
        "ikm", [HEADING, firm(1, 2, 3), firm(2, 1, 4), *lines], form=form, **more
    )


def made(number, product, capacity, value, products=None, **figures):
    """A business with its first product, in kg."""
    name, unit = ("Usaha Alfa", "Usaha Bravo")[number - 1], "kg"
    year = {"year": 2024, "capacity": capacity, "capacity_unit": unit,
            "production_value": value, "workers_total": 3, **figures}  # fmt: skip
    return recorded(
        [number, name, f"Pemilik {name}", product, 2024, capacity, unit, value, 3],
        {"name": name, "owner_name": f"Pemilik {name}", "products": products or product},
        year,
    )


def further(product, capacity=None, unit=None, value=None, row=2, workers=None):
    """A further product without name and number, which belongs to the business above."""
    cells = [None, None, None, product, None, capacity, unit, value, workers]
    return left(cells, f"produk lain dari usaha pada baris {row}")


# One column per line would make a page of each book.
# fmt: off
BANDS = {
    "a band over the width, with its letter": banded(
        ["A. KECAMATAN BALIKPAPAN TIMUR"], ["B. KECAMATAN BALIKPAPAN UTARA"]),
    "a band with its letter in a cell of its own": banded(
        ["A", "KECAMATAN BALIKPAPAN TIMUR"], ["B", "KECAMATAN BALIKPAPAN UTARA"], form="xls"),
    "a merged band with its letter": banded(
        ["A", "Kec. Balikpapan Timur"], ["B", "Kec. Balikpapan Utara"],
        merge=["B2:G2", "B4:G4"]),
    "a band of the bare name in the column of names": banded(
        [None, "BALIKPAPAN TIMUR"], [None, "BALIKPAPAN UTARA"], form="csv"),
    "a band with a roman number": banded(
        ["I", "Kecamatan Balikpapan Timur"], ["II", "Kecamatan Balikpapan Utara"], form="ods"),
    "a band with a colon": banded(["KECAMATAN : BALIKPAPAN TIMUR"], ["Kecamatan : Balikpapan Utara"]),
    "a band in two cells": banded(
        ["KECAMATAN :", "BALIKPAPAN TIMUR"], ["KECAMATAN :", "BALIKPAPAN UTARA"]),
    "a band with its count": banded(
        ["KECAMATAN BALIKPAPAN TIMUR (12 IKM)"], ["KEC. BALIKPAPAN UTARA = 7 unit usaha"]),
    "a band far to the right": banded(
        [None, None, None, "KECAMATAN BALIKPAPAN TIMUR"], [None, None, None, "Kec. Balikpapan Utara"]),
    "a band of the short name": banded(["Kecamatan Timur"], ["Kecamatan Utara"], form="xls"),
    "a band whose formulas print zeros": banded(
        ["KECAMATAN BALIKPAPAN TIMUR", None, None, None, None, 0, 0],
        ["KECAMATAN BALIKPAPAN UTARA", None, None, None, None, 0, 0]),
    "kelurahan under their kecamatan": ExpectedWorkbook("ikm", [
        HEADING,
        left(["KECAMATAN BALIKPAPAN TIMUR"], KECAMATAN),
        left([None, "Kel. Manggar"], WARD), firm(1, 2, 3, kelurahan="Manggar", **EAST),
        left([None, "Kelurahan: Teritip"], WARD), firm(2, 1, 4, kelurahan="Teritip", **EAST),
        left(["KECAMATAN BALIKPAPAN UTARA"], KECAMATAN), firm(3, 1, 1, **NORTH),
    ]),
    "groups of industries as bands": ExpectedWorkbook("ikm", [
        HEADING,
        left(["A", "AGRO"], GROUP), firm(1, 2, 3, group="Agro"),
        left(["B", "HASIL HUTAN"], GROUP), firm(2, 1, 4, group="Hasil Hutan"),
    ], form="ods"),
    "bands whose names nobody knows": ExpectedWorkbook("ikm", [
        HEADING,
        left(["KECAMATAN BALIKPAPN TIMUR"], KECAMATAN), firm(1, 2, 3), firm(2, 1, 4),
        left(["C. CABANG INDUSTRI PERCOBAAN"], GROUP), firm(3, 1, 1),
    ], asks=("words",), notes={"unknown_region", "unknown_group"}),
    "a misspelt band, answered": ExpectedWorkbook("ikm", [
        HEADING,
        left(["KECAMATAN BALIKPAPN TIMUR"], KECAMATAN), firm(1, 2, 3, **EAST), firm(2, 1, 4, **EAST),
    ], asks=("words",), answers={"values": {"kecamatan:balikpapn timur": "Balikpapan Timur"}},
        form="ods"),
    "a band that carries something of its own": ExpectedWorkbook("ikm", [
        HEADING, firm(1, 2, 3),
        held([None, "KECAMATAN BALIKPAPAN TIMUR", None, "Jl. Uji 9", None, None, None],
             "doubtful_row"),
    ]),
    "a firm called like a band": ExpectedWorkbook("ikm", [
        ["No", "Nama Usaha", "Kelurahan"],
        recorded([None, "Kecamatan Kopi", "Manggar"],
             {"name": "Kecamatan Kopi", "kelurahan": "Manggar", **EAST}),
        recorded([None, "Total Snack", "Teritip"],
             {"name": "Total Snack", "kelurahan": "Teritip", **EAST}),
    ]),
}
SUMS = {
    "sums by kecamatan and of all": ExpectedWorkbook("ikm", [
        HEADING,
        left(["KECAMATAN BALIKPAPAN TIMUR"], KECAMATAN), firm(1, 2, 3, **EAST), firm(2, 1, 4, **EAST),
        left([None, "Jumlah Kec. Balikpapan Timur", None, None, None, 3, 7], TOTAL),
        left(["KECAMATAN BALIKPAPAN UTARA"], KECAMATAN), firm(3, 5, 5, **NORTH),
        left([None, "TOTAL KEC. BALIKPAPAN UTARA", None, None, None, 5, 5], TOTAL),
        left([None, "JUMLAH TOTAL", None, None, None, 8, 12], TOTAL),
    ]),
    "a sub-total that adds up the wrong rows": ExpectedWorkbook("ikm", [
        HEADING,
        left(["KECAMATAN BALIKPAPAN TIMUR"], KECAMATAN), firm(1, 2, 3, **EAST),
        left([None, "Jumlah Kec. Balikpapan Timur", None, None, None, 2, 3], TOTAL),
        left(["KECAMATAN BALIKPAPAN UTARA"], KECAMATAN), firm(2, 1, 4, **NORTH),
        left([None, "Jumlah Kec. Balikpapan Utara", None, None, None, 3, 7], TOTAL),
    ], notes={"total_mismatch"}),
    "sums under words of any kind": totalled(
        left([None, "Keseluruhan", None, None, None, 3, 7], TOTAL),
        left([None, "Capaian Dinas", None, None, None, 3, 7], TOTAL), form="xls"),
    "a sum without a label": totalled(
        left([], "baris kosong"), left([None, None, None, None, None, 3, 7], TOTAL)),
    "a sum without a label in a csv": totalled(
        left([None, None, None, None, None, 3, 7], TOTAL), form="csv"),
    "a check below the sum, with commas for thousands": ExpectedWorkbook("ikm", [
        ["No", "Nama Usaha", "Tahun Data", "Tenaga Kerja", "Nilai Investasi (Rp)"],
        recorded(["1", "Usaha Alfa", "2024", "2", "5,000,000"], {"name": "Usaha Alfa"},
             {"year": 2024, "workers_total": 2, "investment": 5_000_000}),
        recorded(["2", "Usaha Bravo", "2024", "3", "1,250,000"], {"name": "Usaha Bravo"},
             {"year": 2024, "workers_total": 3, "investment": 1_250_000}),
        left([None, None, None, "5", "6,250,000"], TOTAL),
        left(["JUMLAH", None, None, None, "6,250,000"], TOTAL),
        left([], "baris kosong"),
        left([None, None, None, "1,440", "3,020"], "angka di bawah baris jumlah"),
    ], form="csv"),
    "a sum of nothing but formulas": totalled(
        left([None, None, None, None, None, Computed("SUM(F2:F3)", 3), None], TOTAL)),
    "one sum over two columns": totalled(
        left(["JUMLAH", None, None, None, None, 10, None], TOTAL), merge=["A4:E4", "F4:G4"]),
    "an average": totalled(
        left([None, "JUMLAH", None, None, None, 3, 7], TOTAL),
        left([None, "Rata-rata", None, None, None, 1.5, 3.5], TOTAL)),
    "a sum with leaders": totalled(left(["JUMLAH ......", None, None, None, None, 3, 7], TOTAL)),
    "a sum that carries something of its own": totalled(
        held([None, "JUMLAH", "Ani Contoh", None, 2024, 3, 7], "doubtful_row")),
}
OTHERS = {
    "column numbers as formulas": ExpectedWorkbook("ikm", [
        HEADING, [1, *(Computed(f"{c}2+1", n) for n, c in enumerate("ABCDEF", 2))], firm(1, 2, 3),
    ]),
    "a second table of another kind": ExpectedWorkbook("ikm", [
        HEADING, firm(1, 2, 3), left([], "baris kosong"),
        left(["No", "Uraian Kerja", "Penanggung", "Tempat", "Mulai", "Biaya", "Ket"],
             "judul tabel lain"),
        held([1, "Rapat Uji", "Ani Contoh", "Aula", 2024, 5, 6], "doubtful_row"),
    ]),
    "a second table of its own year": ExpectedWorkbook("ikm", [
        ["DATA IKM TAHUN 2023"], ["Nama Usaha", "Alamat", "Tenaga Kerja"],
        recorded(["Usaha Alfa", "Jl. Uji 1", 3], {"name": "Usaha Alfa", "address": "Jl. Uji 1"},
             {"year": 2023, "workers_total": 3}),
        left([], "baris kosong"), left(["DATA IKM TAHUN 2024"], "judul tabel berikutnya"),
        left(["Alamat", "Nama Usaha", "Tenaga Kerja"], "judul kolom tabel berikutnya"),
        recorded(["Jl. Uji 2", "Usaha Bravo", 4], {"name": "Usaha Bravo", "address": "Jl. Uji 2"},
             {"year": 2024, "workers_total": 4}),
    ]),
    "two tables side by side of unequal length": ExpectedWorkbook("ikm", [
        ["Nama Usaha", "Alamat", None, "Nama Usaha", "Alamat"],
        recorded(["Usaha Alfa", "Jl. Uji 1", None, "Usaha Delta", "Jl. Uji 3"],
             {"name": "Usaha Alfa", "address": "Jl. Uji 1"},
             {"name": "Usaha Delta", "address": "Jl. Uji 3"}),
        recorded(["Usaha Bravo", "Jl. Uji 2"], {"name": "Usaha Bravo", "address": "Jl. Uji 2"}),
    ], notes={"tables_side_by_side"}, counted_twice=1),
    "a second product below its business": ExpectedWorkbook("ikm", [
        PRODUCTS,
        made(1, "Keripik", 12, 9_000_000, "Keripik; Amplang"),
        further("Amplang"), made(2, "Roti", 7, 4_000_000),
    ], notes={"products_merged"}),
    "a second product with quantities of its own": ExpectedWorkbook("ikm", [
        PRODUCTS,
        recorded([1, "Usaha Alfa", "Pemilik Usaha Alfa", "tahu", 2024, 12, "kg", 9_000_000, 3],
             {"name": "Usaha Alfa", "owner_name": "Pemilik Usaha Alfa", "products": "tahu; tempe"},
             {"year": 2024, "capacity": 20, "capacity_unit": "kg",
              "production_value": 10_000_000, "workers_total": 3}),
        further("tempe", 8, "kg", 1_000_000), made(2, "Roti", 7, 4_000_000),
    ], notes={"products_merged"}, form="ods"),
    "a second product under the name repeated": ExpectedWorkbook("ikm", [
        PRODUCTS,
        recorded([1, "Usaha Alfa", "Pemilik Usaha Alfa", "tahu", 2024, 12, "kg", 9_000_000, 3],
             {"name": "Usaha Alfa", "owner_name": "Pemilik Usaha Alfa", "products": "tahu; tempe"},
             {"year": 2024, "capacity": 20, "capacity_unit": "kg",
              "production_value": 10_000_000, "workers_total": 3}),
        left([None, "Usaha Alfa", "Pemilik Usaha Alfa", "tempe", 2024, 8, "kg", 1_000_000],
             "produk lain dari usaha pada baris 2"),
        made(2, "Roti", 7, 4_000_000),
    ], notes={"products_merged"}),
    "a kecamatan in the title before the year": ExpectedWorkbook("ikm", [
        ["DAFTAR IKM KECAMATAN BALIKPAPAN TIMUR TAHUN 2024"], HEADING, firm(1, 2, 3, **EAST),
    ], form="csv"),
    "workers by the day are no total": ExpectedWorkbook("ikm", [
        ["Nama Usaha", "Alamat", "Tenaga Kerja Harian"],
        recorded(["Usaha Alfa", "Jl. Uji 1", 4], {"name": "Usaha Alfa", "address": "Jl. Uji 1"}),
    ], unknown=("Tenaga Kerja Harian",), form="xls"),
    "a second product with workers of its own": ExpectedWorkbook("ikm", [
        PRODUCTS, made(1, "tahu", 12, 9_000_000),
        held([None, None, None, "tempe", None, None, None, None, 5], "doubtful_row", "missing_name", "required_empty"),
        made(2, "Roti", 7, 4_000_000),
    ]),
    "everything merged over the rows of products": ExpectedWorkbook("ikm", [
        PRODUCTS,
        made(1, "Keripik", 12, 9_000_000, "Keripik; Amplang; Abon"),
        further("Amplang"), further("Abon"), made(2, "Roti", 7, 4_000_000),
    ], merge=[f"{c}2:{c}4" for c in "ABCEFGHI"], notes={"products_merged"}),
    "an amount merged over two businesses is said once": ExpectedWorkbook("ikm", [
        ["Nama Usaha", "Nama Pemilik", "Tahun Data", "Omzet (Rp)"],
        recorded(["Usaha Alfa", "Siti Contoh", 2024, 8_000_000],
             {"name": "Usaha Alfa", "owner_name": "Siti Contoh"},
             {"year": 2024, "turnover": 8_000_000}),
        recorded(["Usaha Bravo", "Siti Contoh", None, None],
             {"name": "Usaha Bravo", "owner_name": "Siti Contoh"}),
    ], merge=["D2:D3", "C2:C3"], notes={"merged_once"}),
    "headings numbered and with slashes": ExpectedWorkbook("ikm", [
        ["1. No", "2. Nama Usaha / Merek", "3. NAMA PEMILIK/ KONTAK PERSON", "4. Alamat*",
         "5. Jenis Kelamin (L/P)", "Jumlah Tenaga Kerja Tetap"],
        recorded([1, "Usaha Alfa", "Siti Contoh", "Jl. Uji 1", "P", 5],
             {"name": "Usaha Alfa", "owner_name": "Siti Contoh", "address": "Jl. Uji 1",
              "owner_gender": "female"}),
    ], unknown=("Jumlah Tenaga Kerja Tetap",)),
    "codes of activities under Nomor": ExpectedWorkbook("ikm", [
        ["NO", "NAMA PERUSAHAAN", "NOMOR", "KBLI", "NAMA PRODUK"],
        recorded([1, "Usaha Alfa", "10794", "INDUSTRI KERUPUK", "Kerupuk"],
             {"name": "Usaha Alfa", "kbli": "10794", "products": "Kerupuk"}),
    ], unknown=("KBLI",)),
    "activities with code and title below one heading": ExpectedWorkbook("ikm", [
        ["NO", "NAMA PERUSAHAAN", "KBLI", None], [None, None, "NOMOR", "URAIAN"],
        recorded([1, "Usaha Alfa", "10794", "INDUSTRI KERUPUK"],
             {"name": "Usaha Alfa", "kbli": "10794"}),
    ], merge=["C1:D1", "A1:A2", "B1:B2"], unknown=("KBLI – URAIAN",)),
    "PAD with a column for each month": ExpectedWorkbook("pad", [
        ["REALISASI PAD TAHUN 2024"],
        ["Sumber PAD", "Target (Rp)", "Jan (Rp)", "Feb (Rp)", "Realisasi Maret (Rp)"],
        recorded(["Sewa uji", 30_000, 1_000, "-", 3_000],
             {"year": 2024, "source_name": "Sewa uji", "target": 30_000},
             {"year": 2024, "month": 1, "source_name": "Sewa uji", "realised": 1_000},
             {"year": 2024, "month": 3, "source_name": "Sewa uji", "realised": 3_000}),
    ]),
    "goods by unit price and quantity": ExpectedWorkbook("aset", [
        ["Kode Barang", "Nama Barang", "Register", "Jumlah", "Harga Satuan (Rp)"],
        recorded(["1.3.2.05.02.01.001", "Meja uji", "000001", 3, 2_000_000],
             {"item_code": "1.3.2.05.02.01.001", "register": "000001", "kib": "B",
              "name": "Meja uji", "quantity": 3, "acquisition_value": 6_000_000}),
    ], notes={"price_times_quantity"}, form="csv"),
    "goods by unit price alone": ExpectedWorkbook("aset", [
        ["Kode Barang", "Nama Barang", "Register", "Isi Gudang", "Harga Satuan (Rp)"],
        recorded(["1.3.2.05.02.01.001", "Meja uji", "000001", 3, 2_000_000],
             {"item_code": "1.3.2.05.02.01.001", "register": "000001", "kib": "B",
              "name": "Meja uji", "acquisition_value": 2_000_000}),
    ], notes={"no_quantity_column"}, unknown=("Isi Gudang",)),
    "questions of a form as headings": ExpectedWorkbook("ikm", [
        ["Nama pemilik usaha sesuai KTP", "Nomor HP/WA aktif", "Nama Usaha", "Alamat usaha lengkap",
         "Kecamatan tempat usaha", "Tahun berapa usaha berdiri?", "Berapa omzet per tahun (Rp)?",
         "Berapa jumlah karyawan perempuan?", "Jumlah Karyawan", "Tahun Data"],
        recorded(["Siti Contoh", "081255500001", "Dapur Uji", "Jl. Uji 1", "Bpn Timur", "Maret 2020",
              60_000_000, 2, 3, 2024],
             {"name": "Dapur Uji", "owner_name": "Siti Contoh", "phone": "081255500001",
              "address": "Jl. Uji 1", "founded_year": 2020, **EAST},
             {"year": 2024, "turnover": 60_000_000, "workers_female": 2, "workers_total": 3}),
    ], form="ods"),
    "workers that do not add up": ExpectedWorkbook("ikm", [
        ["Nama Usaha", "Tahun Data", "TK LK", "TK PR", "Jumlah Tenaga Kerja"],
        recorded(["Usaha Alfa", 2024, 2, 3, 6], {"name": "Usaha Alfa"},
             {"year": 2024, "workers_male": 2, "workers_female": 3, "workers_total": 6}),
        recorded(["Usaha Bravo", 2024, 2, 3, 5], {"name": "Usaha Bravo"},
             {"year": 2024, "workers_male": 2, "workers_female": 3, "workers_total": 5}),
    ], notes={"total_mismatch"}, form="csv"),
    "a needed heading nobody knows": ExpectedWorkbook("ikm", [
        ["Sebutan Tempat", "Nama Pemilik", "Alamat"],
        recorded(["Usaha Alfa", "Siti Contoh", "Jl. Uji 1"],
             {"name": "Usaha Alfa", "owner_name": "Siti Contoh", "address": "Jl. Uji 1"}),
    ], asks=("columns",), answers={"mapping": {"Sebutan Tempat": "name"}}),
}
# fmt: on
BOOKS = BANDS | SUMS | OTHERS
