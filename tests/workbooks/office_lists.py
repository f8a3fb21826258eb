"""Lists as offices lay them out in their own way: years in words, section titles, recaps below."""

import dataclasses
import datetime

from tests.workbooks.book import ExpectedWorkbook, held, left, recorded
from tests.workbooks.people import earlier_businesses

# One column per line would make a page of each book.
# fmt: off
FOUNDED = ["No", "Nama Usaha", "Nama Pemilik", "Sex", "Tahun Berdiri", "Tahun Data", "Tenaga Kerja"]


def since(number, sex, cell, year=None):
    """A firm with the cell of its foundation and the year read from it."""
    name, owner = f"Usaha {'ABCDEFG'[number - 1] * 4}", f"Pemilik {'KLMNOPQ'[number - 1] * 4}"
    cells = [number, name, owner, sex, cell, 2024, 3]
    gender = {"L": "male", "P": "female", "W": "female"}[sex]
    return recorded(cells, {"name": name, "owner_name": owner, "owner_gender": gender, "founded_year": year},
                    {"year": 2024, "workers_total": 3}) if year else held(cells, "not_a_year")


FIRMS = ["No", "Nama Usaha", "Nama Pemilik", "Alamat", "Tahun Data", "Tenaga Kerja"]
WORDS = ("Alfa", "Bravo", "Delta", "Eko", "Fajar", "Gita")


def firm(number, word, **more):
    """A row of the list with a number of its own."""
    name, owner, street = f"{WORDS[word]} Jaya", f"Pemilik {WORDS[word]}", f"Jl. Uji {word}"
    return recorded([number, name, owner, street, 2024, word + 1],
                    {"name": name, "owner_name": owner, "address": street, **more},
                    {"year": 2024, "workers_total": word + 1})


UNNUMBERED = FIRMS[1:]


def unnumbered(word, **more):
    """A row of a list that numbers nothing."""
    row = firm(1, word, **more)
    return dataclasses.replace(row, cells=row.cells[1:])


def section(text):
    """A title in the column of names."""
    return left([None, text], f"judul bagian «{text}»")


def recap(*cells):
    """A line of a recap below the list."""
    return left(list(cells), "rekapitulasi di bawah daftar")


NO_NAME = "tabel lain: tidak ada kolom nama usaha"
CODED = [["REALISASI PAD TAHUN 2024"], ["Kode Rekening", "Uraian", "Target (Rp)", "Realisasi (Rp)"]]
UNFIGURED = "judul kelompok atau sumber tanpa target dan realisasi"
GROUP_ROW = "baris induk, jumlah dari rinciannya"
GENERAL, TRADE = "4.1.02.01", "4.1.02.02"


def account(code, name, target, realised):
    """A source of the year under its account."""
    return recorded([code, name, target, realised],
                    {"year": 2024, "account": code, "source_name": name, "target": target, "realised": realised})


def detail(*cells):
    """A row deeper than the chart of accounts, which its account counts already."""
    return left(list(cells), "rincian dari rekening di atasnya, sudah termasuk di dalamnya")


PAD = ["Uraian", "Target (Rp)", "Realisasi (Rp)"]


def income(**more):
    """A source with the figures of a year, or what came in until a day of it."""
    return recorded(["Retribusi Uji", 1_000_000, 250_000],
                    {"source_name": "Retribusi Uji", "year": 2024, "target": 1_000_000, "realised": 250_000, **more})


def of_a_part(*cells):
    """A row whose figures are those of a part of a year that does not begin in January."""
    return held(["Retribusi Uji", *(cells or (1_000_000, 250_000))], "part_of_year")


def until(month, day):
    """The last day of what came in so far."""
    return {"as_of": datetime.date(2024, month, day)}


def taken_part(number, person, activity, *blank):
    """A participant of the activity in the title above; the first makes the activity too."""
    if number > 1:
        return recorded([number, *blank, person], {"programme": activity, "person": person})
    return recorded([number, *blank, person], {"name": activity, "kind": "training", "year": 2024},
                    {"person": person})


BLANK = left([], "baris kosong")
EAST, NORTH = {"kecamatan": "Balikpapan Timur"}, {"kecamatan": "Balikpapan Utara"}

BOOKS = {
    "years of foundation as offices write them": ExpectedWorkbook("ikm", [
        FOUNDED,
        since(1, "L", datetime.date(2015, 5, 12), 2015), since(2, "P", "12/05/2015", 2015),
        since(3, "W", "± 2015", 2015), since(4, "L", "sejak 2015", 2015),
        since(5, "P", "2023/2024"), since(6, "P", datetime.date(1905, 7, 7)),
    ], notes={"year_of_date", "approximate_year", "unit_dropped"}),
    "section titles among rows that are numbered on": ExpectedWorkbook("ikm", [
        FIRMS,
        section("USAHA KERAJINAN"), firm(1, 0), firm(2, 1),
        section("KELOMPOK ANYAMAN MELATI"), firm(3, 2), recorded([4, "KERAJINAN ROTAN"], {"name": "KERAJINAN ROTAN"}),
        section("Makanan Ringan"), firm(5, 3), BLANK, section("Rumahan Selatan Indah"), firm(6, 4),
        held([None, "Warung Tanpa Nomor"], "doubtful_row"),
    ]),
    "section titles over numbers that begin again, in two ranks": ExpectedWorkbook("ikm", [
        FIRMS,
        section("USAHA KERAJINAN"), section("Kelompok Anyaman Melati"), firm(1, 0), firm(2, 1),
        BLANK, section("Toko Kue"), BLANK, firm(1, 2),
    ], form="ods"),
    "a second line of a name and a left out number are no titles": ExpectedWorkbook("ikm", [
        FIRMS,
        firm(1, 0), held([None, "dan Saudara"], "doubtful_row"),
        firm(2, 1), held([None, "Bersama"], "doubtful_row"),
        firm(3, 2), held([None, "KERAJINAN TANPA NOMOR"], "doubtful_row"), firm(5, 3),
    ]),
    "section titles within kecamatan": ExpectedWorkbook("ikm", [
        FIRMS,
        left([None, "KECAMATAN BALIKPAPAN TIMUR"], "judul kecamatan"),
        section("USAHA KERAJINAN"), firm(1, 0, **EAST), section("USAHA MAKANAN"), firm(2, 1, **EAST),
        left([None, "KECAMATAN BALIKPAPAN UTARA"], "judul kecamatan"),
        section("USAHA KERAJINAN"), firm(1, 2, **NORTH),
    ], form="xls"),
    "a section title after kecamatan ends the last of them": ExpectedWorkbook("ikm", [
        FIRMS,
        left([None, "KECAMATAN BALIKPAPAN TIMUR"], "judul kecamatan"), firm(1, 0, **EAST),
        section("LAIN-LAIN"), firm(1, 1),
    ], form="csv"),
    "section titles among goods": ExpectedWorkbook("aset", [
        ["No", "Nama Barang", "Kode Barang", "Tahun Perolehan", "Harga (Rp)"],
        section("Alat Angkutan"),
        recorded([1, "Mobil Uji", "1.3.2.02.01.01.001", datetime.date(2020, 4, 1), 250_000_000],
                 {"name": "Mobil Uji", "item_code": "1.3.2.02.01.01.001", "kib": "B", "acquired_year": 2020, "acquisition_value": 250_000_000}),
        section("ALAT KANTOR"),
        recorded([2, "Lemari Uji", "1.3.2.05.01.01.002", 2021, 2_500_000],
                 {"name": "Lemari Uji", "item_code": "1.3.2.05.01.01.002", "kib": "B", "acquired_year": 2021, "acquisition_value": 2_500_000}),
    ], notes={"year_of_date"}),
    "a recap below the list, with and without numbers": ExpectedWorkbook("ikm", {
        "Satu": [FIRMS, firm(1, 0), firm(2, 1), left(["JUMLAH", *[None] * 4, 3], "baris jumlah"), BLANK,
                 recap(None, "REKAPITULASI"), recap(None, "Kecamatan", "Jumlah"),
                 recap(None, "Balikpapan Timur", 1), recap(None, "Balikpapan Utara", 1), recap(None, "JUMLAH", 2)],
        "Dua": [FIRMS, firm(1, 2), firm(2, 3), BLANK,
                recap("Rekapitulasi per skala usaha"), recap("No", "Uraian", "Jumlah", "Ket", "%"),
                recap(1, "Industri kecil", 1, None, 50), recap(2, "Industri menengah", 1, None, 50)],
        "Tiga": [FIRMS, firm(1, 4), BLANK,
                 recap("No", "Kecamatan", "Jumlah IKM", "Tenaga Kerja"), recap(1, "Balikpapan Timur", 1, 5)],
        "Empat": [FIRMS, firm(1, 5), BLANK, recap(None, "REKAPITULASI"), recap(None, "Kelompok", "Jumlah"),
                  recap(None, "Makanan Ringan"), recap(None, "Kering", 1), recap(None, "Minuman"), recap(None, "Sirop", 0)],
    }, notes={"recap_not_read"}),
    "a list that goes on below the recap of its first part": ExpectedWorkbook("ikm", [
        FIRMS, firm(1, 0), recap("REKAP KEC. BALIKPAPAN TIMUR"), recap(None, "Balikpapan Timur", 1),
        firm(2, 1), firm(3, 2),
    ], notes={"recap_not_read"}),
    "rows of the list below a recap with known headings, and below other tables": ExpectedWorkbook("ikm", {
        "Satu": [FIRMS, firm(1, 0), recap("Kecamatan", "Jumlah IKM", "Tenaga Kerja"), recap("Balikpapan Timur", 1, 5),
                 recap("Jumlah", 1, 5), firm(2, 1)],
        "Dua": [FIRMS, firm(1, 2), BLANK, left(["No", "Nama Pemilik", "Alamat", "Catatan"], "judul kolom tabel berikutnya"),
                *[left([n, f"Ibu {n}", "Jl. Uji", None], NO_NAME) for n in (1, 2)], left([], NO_NAME),
                dataclasses.replace(firm(2, 3), stored=(), codes=("doubtful_row",))],
        "Tiga": [FIRMS, firm(1, 3), BLANK, held(["Kegiatan", "Tanggal", "Tempat", "Anggaran"], "doubtful_row"),
                 held(["Pelatihan", "Mei 2024", "SIKS", None], "doubtful_row")],
    }, notes={"recap_not_read", "table_not_read"}),
    "a title that says recap over rows of the list, without numbers": ExpectedWorkbook("ikm", [
        UNNUMBERED, unnumbered(0), unnumbered(1),
        left(["REKAPITULASI DATA IKM KECAMATAN BALIKPAPAN TIMUR"], "judul kecamatan"), unnumbered(2, **EAST), BLANK,
        recap("REKAPITULASI"), recap("Kecamatan", "Jumlah IKM"), recap("Balikpapan Timur", 3), BLANK,
        left(["KECAMATAN BALIKPAPAN UTARA"], "judul kecamatan"), unnumbered(3, **NORTH),
    ], notes={"recap_not_read"}),
    "a list of few columns goes on below a recap by its numbers": ExpectedWorkbook("ikm", [
        ["No", "Nama Usaha", "Tahun Data", "Tenaga Kerja"],
        recorded([1, "Alfa Jaya", 2024, 3], {"name": "Alfa Jaya"}, {"year": 2024, "workers_total": 3}),
        recap(None, "REKAPITULASI"), recap(None, "Balikpapan Timur", 1),
        recorded([2, "Bravo Jaya", 2024, 4], {"name": "Bravo Jaya"}, {"year": 2024, "workers_total": 4}),
    ], notes={"recap_not_read"}),
    "participants under the title of their activity": ExpectedWorkbook("pembinaan", [
        ["DAFTAR PESERTA TAHUN 2024"],
        ["No", "Nama Peserta", "Hasil"],
        left(["Pelatihan Kue Kering"], "judul bagian «Pelatihan Kue Kering»"),
        taken_part(1, "Siti Contoh", "Pelatihan Kue Kering"), taken_part(2, "Budi Contoh", "Pelatihan Kue Kering"),
        left(["Bimtek Kemasan"], "judul bagian «Bimtek Kemasan»"), taken_part(1, "Ani Contoh", "Bimtek Kemasan"),
    ], notes={"year_from_title", "kind_from_name"}),
    "activities as lettered titles with their year, beside a blank column of activities": ExpectedWorkbook("pembinaan", [
        ["No", "Nama Kegiatan", "Nama Peserta"],
        left(["A", "Pelatihan Batik Tahun 2024"], "judul bagian"),
        taken_part(1, "Siti Contoh", "Pelatihan Batik", None), taken_part(2, "Budi Contoh", "Pelatihan Batik", None),
        left(["B", "Bimtek Halal Tahun 2024"], "judul bagian"), taken_part(1, "Ani Contoh", "Bimtek Halal", None),
    ], notes={"year_from_caption"}),
    "days of one activity are no activities": ExpectedWorkbook("pembinaan", [
        ["DAFTAR HADIR PELATIHAN KUE UJI TAHUN 2024"],
        ["No", "Nama Peserta", "Hasil"],
        left(["Hari Pertama"], "judul bagian"), taken_part(1, "Siti Contoh", "PELATIHAN KUE UJI"),
        left(["Hari Kedua"], "judul bagian"), taken_part(2, "Ani Contoh", "PELATIHAN KUE UJI"),
    ], asks=("stated",), answers={"chosen": {"stated:name": "PELATIHAN KUE UJI"}}),
    "the third quarter alone, by its tab": ExpectedWorkbook("pad", {
        "TW III 2024": [PAD, of_a_part()], "TW I 2024": [PAD, income(**until(3, 31))]}),
    "quarters as titles between the rows": ExpectedWorkbook("pad", [
        ["REALISASI PAD TAHUN 2024"], PAD,
        left(["Triwulan I"], "judul bagian"), income(**until(3, 31)),
        left(["TRIWULAN II"], "judul bagian"), of_a_part(), left(["TW III 2024"], "judul bagian"), of_a_part(),
    ]),
    "several quarters in a title begin in January": ExpectedWorkbook("pad", [
        ["REALISASI PAD TRIWULAN I S/D III TAHUN 2024"], PAD, income(**until(9, 30))]),
    "several quarters in a title that begin later": ExpectedWorkbook("pad", [
        ["REALISASI PAD TRIWULAN II DAN III TAHUN 2024"], PAD, of_a_part()]),
    "a column of the third quarter alone": ExpectedWorkbook("pad", [
        ["REALISASI PAD TAHUN 2024"], ["Uraian", "Target (Rp)", "Realisasi Triwulan III (Rp)"], of_a_part()]),
    "columns of quarters that leave one out": ExpectedWorkbook("pad", [
        ["REALISASI PAD TAHUN 2024"], ["Uraian", "Triwulan I (Rp)", "Triwulan III (Rp)"], of_a_part(5, 6)]),
    "accounts deeper than the chart": ExpectedWorkbook("pad", [
        *CODED,
        left(["4.1.02", "Retribusi Daerah", 5_000, 1_200], GROUP_ROW),
        account(GENERAL, "Jasa umum uji", 3_000, 750),
        detail("4.1.02.01.01", "Pasar uji", 3_000, 750),
        detail("4.1.02.01.01.0001", "Los uji", 1_000, 250), detail("4.1.02.01.01.0001.01", "Los uji A", 1_000, 250),
        detail("4.1.02.01.01.0002", "Kios uji", 2_000, 500),
        account(TRADE, "Jasa usaha uji", 2_000, 450),
        left(["JUMLAH", None, 5_000, 1_200], "baris jumlah"),
    ]),
    "details that do not add up to their account": ExpectedWorkbook("pad", [
        *CODED,
        account(GENERAL, "Jasa umum uji", 3_000, 750), detail("4.1.02.01.01.0001", "Los uji", 3_000, 700),
    ], notes={"total_mismatch"}),
    "details of an account without figures, and an old code": ExpectedWorkbook("pad", [
        *CODED,
        recorded([GENERAL, "Jasa umum uji", None, None],
                 {"year": 2024, "account": GENERAL, "source_name": "Jasa umum uji", "target": 4_000, "realised": 900}),
        detail("4.1.02.01.01.0001", "Los uji", 3_000, 700), detail("4.1.02.01.01.0001.01", "Los uji A", 3_000, 700),
        detail("4.1.02.01.01.0002", "Kios uji", 1_000, 200),
        held(["4.1.2.02", "Jasa usaha uji", 3_000, 700], "unknown_account"),
    ], notes={"details_added"}),
    "details of an account without figures, one of them unreadable": ExpectedWorkbook("pad", [
        *CODED,
        left([GENERAL, "Jasa umum uji", None, None], GROUP_ROW),
        held(["4.1.02.01.01.0001", "Los uji", "banyak", 700], "not_a_number", "unknown_account"),
        held(["4.1.02.01.01.0002", "Kios uji", 1_000, 200], "unknown_account"),
    ]),
    "groups of sources that only name themselves": ExpectedWorkbook("pad", [
        ["REALISASI PAD TAHUN 2024"], PAD,
        left(["SIKS Somber", None, None], UNFIGURED), held(["Sewa Rumah", 1_000_000, 250_000], "double_in_file"),
        income(), left(["SIKT Teritip", None, None], UNFIGURED),
        held(["Sewa Rumah", 2_000_000, 250_000], "double_in_file"), left(["Jumlah", 4_000_000, 750_000], "baris jumlah"),
    ]),
    "years of amounts that no heading names, asked once": ExpectedWorkbook("pad", [
        ["REALISASI PAD 2023-2024"], ["No", "Uraian", 2023, 2024],
        recorded([1, "Retribusi Uji", 5_000_000, 6_000_000],
                 {"source_name": "Retribusi Uji", "year": 2023, "realised": 5_000_000},
                 {"source_name": "Retribusi Uji", "year": 2024, "realised": 6_000_000}),
    ], asks=("columns",), answers={"mapping": {"C": "realised", "D": "realised"}, "unit": "rupiah"}, counted_twice=1),
    "years as numbers under their amount": ExpectedWorkbook("pad", [
        ["PAD 2023-2024"], ["No", "Uraian", "Realisasi (Rp)", None], [None, None, 2023, 2024],
        recorded([1, "Retribusi Uji", 5_000_000, 6_000_000],
                 {"source_name": "Retribusi Uji", "year": 2023, "realised": 5_000_000},
                 {"source_name": "Retribusi Uji", "year": 2024, "realised": 6_000_000}),
    ], merge=["C2:D2"], counted_twice=1),
    "stock with its amounts down and months across": ExpectedWorkbook("cold-storage", [
        ["STOK COLD STORAGE TAHUN 2024"], ["No", "Uraian", "Januari", "Februari"],
        [1, "Masuk", 100, 200], [2, "Keluar", 50, 100], [3, "Sisa", 50, 150],
    ], refused="satu baris per ruang dan bulan"),
    "stock brought to the revenue": ExpectedWorkbook("pad", [
        ["STOK COLD STORAGE TAHUN 2024"], ["No", "Uraian", "Januari", "Februari"],
        [1, "Masuk", 100, 200], [2, "Keluar", 50, 100], [3, "Sisa", 50, 150],
    ], refused="milik daftar cold storage"),
    "card F without codes, answered once": ExpectedWorkbook("aset", [
        ["KARTU INVENTARIS BARANG (KIB) F"], ["No", "Nama Barang", "Bangunan (P, SP, D)", "Nilai Kontrak (ribuan Rp)"],
        recorded([1, "Gedung baru uji", "P", 450_000],
                 {"item_code": "1.3.6.01.01.01.001", "kib": "F", "name": "Gedung baru uji",
                  "acquisition_value": 450_000_000, "specification": "Bangunan: P"}),
    ], asks=("stated",), answers={"chosen": {"stated:item_code": "1.3.6.01.01.01.001"}}),
    "certificates under the title of their kind": ExpectedWorkbook("sertifikat", [
        ["DATA SERTIFIKAT HALAL DAN LAINNYA TAHUN 2024"], ["No", "Nama Usaha", "Nama Pemilik", "Nomor Sertifikat"],
        left([None, "A. SERTIFIKAT HALAL"], "judul bagian «A. SERTIFIKAT HALAL»"),
        recorded([1, "Amplang Uji", "Siti Contoh", "ID64110000000001"],
                 {"business": "Amplang Uji", "kind": "halal", "number": "ID64110000000001"}),
        left([None, "B. P-IRT"], "judul bagian «B. P-IRT»"),
        recorded([1, "Amplang Uji", "Siti Contoh", "2016471010001-29"],
                 {"business": "Amplang Uji", "kind": "pirt", "number": "2016471010001-29"}),
        left([None, "C. SERTIFIKAT IJAZAH"], "judul bagian «C. SERTIFIKAT IJAZAH»"),
        held([1, "Amplang Uji", "Siti Contoh", "X1"], "unknown_choice"),
    ], before=earlier_businesses),
}
