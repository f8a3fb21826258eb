"""IKM lists whose titles, groups, remarks and neighbours stand between, below and beside the rows."""

from tests.workbooks.book import ExpectedWorkbook, held, left, recorded
from tests.workbooks.row_kinds import EAST, GROUP, HEADING, KECAMATAN, NORTH, TOTAL, firm

CAPTION, BLANK, AGAIN = "judul bagian", "baris kosong", "judul kolom berulang"
REMARK, NEXT_HEADING = "keterangan di bawah tabel", "judul kolom tabel berikutnya"
AMOUNTS = ["No", "Nama Usaha", "Tahun Data", "Nilai Investasi"]


def invested(number, written, rupiah, **more):
    """A business of the list with its investment as written."""
    name = ("Usaha Alfa", "Usaha Bravo", "Usaha Delta", "Usaha Eko")[number - 1]
    year = {"year": 2024, "investment": rupiah}
    return recorded([number, name, 2024, written], {"name": name, **more}, year)


def band(cells, male, female):
    """The title of a group with the sums of its workers."""
    return [*cells, *[None] * (5 - len(cells)), male, female]


# One column per line would make a page of each book.
# fmt: off
UNITS = {
    "a second title in another unit": ExpectedWorkbook("ikm", [
        ["DATA IKM"], ["(dalam ribuan rupiah)"], AMOUNTS,
        invested(1, 15_000, 15_000_000), invested(2, 25_000, 25_000_000),
        left([], BLANK), left(["DATA IKM KECAMATAN BALIKPAPAN UTARA"], CAPTION),
        left(["(dalam jutaan rupiah)"], CAPTION), left(AMOUNTS, AGAIN),
        invested(1 + 2, 15, 15_000_000, **NORTH), invested(4, 25, 25_000_000, **NORTH),
    ]),
    "a caption in another unit without a heading below": ExpectedWorkbook("ikm", [
        ["DATA IKM (dalam ribuan rupiah)"], AMOUNTS, invested(1, 15_000, 15_000_000),
        left([None, "Dalam jutaan rupiah"], CAPTION), invested(2, 25, 25_000_000),
    ], form="ods"),
    "the heading again in another unit": ExpectedWorkbook("ikm", [
        [*AMOUNTS[:3], "Investasi (Rp.000)"], invested(1, 15_000, 15_000_000),
        left([*AMOUNTS[:3], "Investasi (Rp juta)"], NEXT_HEADING), invested(2, 25, 25_000_000),
    ], form="csv"),
    "a second title of another stage": ExpectedWorkbook("pad", [
        ["TARGET PAD TAHUN 2024 (Rp)"], ["ANGGARAN MURNI"], ["Uraian", "Target"],
        recorded(["Sewa unit uji", 1_000], {"year": 2024, "source_name": "Sewa unit uji", "target": 1_000}),
        left([], BLANK), left(["ANGGARAN PERUBAHAN"], CAPTION), left(["Uraian", "Target"], AGAIN),
        recorded(["Sewa unit uji", 1_500], {"year": 2024, "source_name": "Sewa unit uji", "target": 1_500,
                                            "stage": "revised"}),
    ]),
}
GROUPS = {
    "titles in a list of which only the names are filled": ExpectedWorkbook("ikm", [
        ["No", "Nama Usaha", "Pemilik"], left([None, "USAHA KERAJINAN"], f"{CAPTION} «USAHA KERAJINAN»"),
        recorded([1, "Rotan Uji"], {"name": "Rotan Uji"}), recorded([2, "Manik Uji"], {"name": "Manik Uji"}),
        left([None, "USAHA MAKANAN"], f"{CAPTION} «USAHA MAKANAN»"), recorded([3, "Amplang Uji"], {"name": "Amplang Uji"}),
    ]),
    "groups with roman numbers and the sums of their rows": ExpectedWorkbook("ikm", [
        HEADING,
        left(band(["I", "PANGAN"], 3, 7), GROUP), firm(1, 2, 3, group="Agro"), firm(2, 1, 4, group="Agro"),
        left(band(["II", "CABANG PERCOBAAN"], 5, 5), GROUP), firm(3, 5, 5),
        left(band([None, "JUMLAH I + II"], 8, 12), TOTAL),
    ], notes={"unknown_group"}, asks=("words",)),
    "kecamatan with letters and the sums of their rows": ExpectedWorkbook("ikm", [
        HEADING,
        left(band(["A", "KECAMATAN BALIKPAPAN TIMUR", "2 unit"], 3, 7), KECAMATAN),
        firm(1, 2, 3, **EAST), firm(2, 1, 4, **EAST),
        left(band(["B", "KECAMATAN BALIKPAPAN UTARA", "1 unit"], 5, 5), KECAMATAN), firm(3, 5, 5, **NORTH),
    ], form="xls"),
    "a group with the sums of its rows and no number": ExpectedWorkbook("ikm", [
        HEADING, left(band([None, "Industri Percobaan"], 3, 7), CAPTION), firm(1, 2, 3), firm(2, 1, 4),
        left(band([None, "Jumlah"], 3, 7), TOTAL),
    ]),
    "a group whose sums are wrong": ExpectedWorkbook("ikm", [
        HEADING, held(band(["I", "Industri Percobaan"], 9, 9), "doubtful_row", "required_empty"), firm(1, 2, 3), firm(2, 1, 4),
    ]),
    "kecamatan named below their rows": ExpectedWorkbook("ikm", [
        HEADING, firm(1, 2, 3, **EAST), left([None, "Kecamatan Balikpapan Timur"], KECAMATAN),
        firm(2, 1, 4, **NORTH), left([None, "Kecamatan Balikpapan Utara"], KECAMATAN),
    ], notes={"bands_below"}),
    "a kecamatan in the title and an empty one at the end": ExpectedWorkbook("ikm", [
        ["DATA IKM KECAMATAN BALIKPAPAN TIMUR"], HEADING, firm(1, 2, 3, **EAST),
        left(["Kecamatan Balikpapan Utara"], KECAMATAN), firm(2, 1, 4, **NORTH),
        left(["Kecamatan Balikpapan Barat"], KECAMATAN),
    ]),
    "lone names that begin like a remark": ExpectedWorkbook("ikm", [
        ["No", "Nama Usaha", "Alamat"],
        recorded([1, "Cetak Foto Uji"], {"name": "Cetak Foto Uji"}), recorded([2, "Sumber: Uji"], {"name": "Sumber: Uji"}),
        recorded([3, "Data Print", "Jl. Uji 1"], {"name": "Data Print", "address": "Jl. Uji 1"}),
    ]),
}
LINES = {
    "a poorer table above a richer one": ExpectedWorkbook("ikm", [
        ["DAFTAR IKM"], ["Nama Usaha", "Alamat"],
        recorded(["Usaha Alfa", "Jl. Uji 1"], {"name": "Usaha Alfa", "address": "Jl. Uji 1"}),
        left([], BLANK), left(["DAFTAR IKM LAMA"], "judul tabel berikutnya"),
        left(["Nama Usaha", "Nama Pemilik", "Alamat", "Produk"], NEXT_HEADING),
        recorded(["Usaha Bravo", "Siti Contoh", "Jl. Uji 2", "Roti"],
             {"name": "Usaha Bravo", "owner_name": "Siti Contoh", "address": "Jl. Uji 2", "products": "Roti"}),
    ]),
    "lone names above a second heading": ExpectedWorkbook("ikm", [
        ["No", "Nama Usaha", "Alamat"],
        recorded([1, "Usaha Alfa", "Jl. Uji 1"], {"name": "Usaha Alfa", "address": "Jl. Uji 1"}),
        left([], BLANK), held([None, "Warung Uji"], "doubtful_row"),
        left(["No", "Alamat", "Nama Usaha"], NEXT_HEADING),
        recorded([1, "Jl. Uji 2", "Usaha Bravo"], {"name": "Usaha Bravo", "address": "Jl. Uji 2"}),
    ]),
    "an address that goes on in the next row": ExpectedWorkbook("ikm", [
        HEADING, firm(1, 2, 3), held([None, None, None, "RT 3 Kel. Percobaan"], "doubtful_row"),
        firm(2, 1, 4), held([None, "Sejahtera", None, "RT 4"], "doubtful_row"), firm(3, 1, 1),
    ]),
    "numbered remarks below the rows": ExpectedWorkbook("ikm", [
        HEADING, firm(1, 2, 3), left([], BLANK), left([None, "Catatan :"], REMARK),
        left([None, "1. Hasil pendataan petugas lapangan"], REMARK), left([None, "2. TK = Tenaga Kerja"], REMARK),
        left([None, "Data per 31 Desember 2024"], REMARK),
    ]),
    "remarks with dashes below rows without numbers": ExpectedWorkbook("ikm", [
        ["Nama Usaha", "Alamat"], recorded(["Usaha Alfa", "Jl. Uji 1"], {"name": "Usaha Alfa", "address": "Jl. Uji 1"}),
        left(["Keterangan:"], REMARK), left(["- Data per Desember 2024"], REMARK), left(["- Hasil pendataan"], REMARK),
    ], form="csv"),
    "a recap beside the rows": ExpectedWorkbook("ikm", [
        ["No", "Nama Usaha", None, "Kecamatan", "Jumlah IKM"],
        recorded([1, "Usaha Alfa", None, "Balikpapan Timur", 1], {"name": "Usaha Alfa"}),
        recorded([2, "Usaha Bravo", None, "Balikpapan Utara", 2], {"name": "Usaha Bravo"}),
        recorded([3, "Usaha Delta", None, "Jumlah", 3], {"name": "Usaha Delta"}),
    ], unknown=("Kecamatan", "Jumlah IKM")),
    "marks that mean as above": ExpectedWorkbook("ikm", [
        ["No", "Nama Usaha", "Kelurahan"],
        recorded([1, "Usaha Alfa", "Manggar"], {"name": "Usaha Alfa", "kelurahan": "Manggar", **EAST}),
        recorded([2, "Usaha Bravo", "sda"], {"name": "Usaha Bravo", "kelurahan": "Manggar", **EAST}),
        recorded([3, "Usaha Delta", '"'], {"name": "Usaha Delta", "kelurahan": "Manggar", **EAST}),
        held([4, "sda", "Manggar"], "unclear_ditto"), left([], BLANK), held([5, "Usaha Eko", "idem"], "unclear_ditto"),
    ], notes={"ditto"}),
    "a letterhead in several cells above the heading": ExpectedWorkbook("ikm", [
        ["DINAS UJI", None, "Nomor : 12/2023"], ["DATA IKM", None, "Tanggal : 5 Januari 2023"],
        ["NM USAHA", "ALMT", "KELURAHAN USAHA"],
        recorded(["Usaha Alfa", "Jl. Uji 1", "Manggar"],
             {"name": "Usaha Alfa", "address": "Jl. Uji 1", "kelurahan": "Manggar", **EAST}),
    ]),
    "both sexes in one cell": ExpectedWorkbook("ikm", [
        ["Nama Usaha", "Tahun Data", "TK (L/P)"],
        *(recorded([f"Usaha {name}", 2024, text], {"name": f"Usaha {name}"},
              {"year": 2024, "workers_male": 3, "workers_female": 2, "workers_total": 5})
          for name, text in (("Alfa", "3/2"), ("Bravo", "3 L / 2 P"), ("Delta", "L=3 P=2"),
                             ("Eko", "5 orang (3L, 2P)"))),
        held(["Usaha Gita", 2024, "6 (3L, 2P)"], "total_mismatch"),
    ], notes={"headcount_split"}),
    "figures of several years side by side": ExpectedWorkbook("ikm", [
        ["Nama Usaha", "Nilai Produksi (Rp)", None, None], [None, 2022, 2023, 2024],
        recorded(["Usaha Alfa", 10_000, 11_000, 12_000], {"name": "Usaha Alfa"},
             {"year": 2023, "production_value": 11_000}),
    ], asks=("columns",), answers={"mapping": {"C": "production_value"}},
        unknown=("Nilai Produksi (Rp) – 2022", "Nilai Produksi (Rp) – 2024")),
    "turnover by month and by year": ExpectedWorkbook("ikm", [
        ["Nama Usaha", "Tahun Data", "Omzet per bulan (Rp)", "Omzet per tahun (Rp)"],
        recorded(["Usaha Alfa", 2024, 1_000_000, 11_000_000], {"name": "Usaha Alfa"},
             {"year": 2024, "turnover": 11_000_000}),
    ], unknown=("Omzet per bulan (Rp)",)),
    "a form with its headings down the side": ExpectedWorkbook("ikm", [
        ["FORMULIR PENDATAAN"], ["Nama Usaha", ":", "Usaha Alfa"], ["Nama Pemilik", ":", "Siti Contoh"],
        ["Alamat", ":", "Jl. Uji 1"],
    ], refused="tersusun ke bawah"),
}
BOOKS = {**UNITS, **GROUPS, **LINES}
