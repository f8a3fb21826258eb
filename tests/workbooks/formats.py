"""One list in every format an office saves: four encodings, three delimiters, ods and xls."""

import datetime

from tests.workbooks.book import ExpectedWorkbook, held, left, recorded
from tests.workbooks.layouts import PLAIN

ENCODINGS = {
    "UTF-8 with a mark": "utf-8-sig",
    "UTF-8": "utf-8",
    "UTF-16": "utf-16",
    "Windows": "cp1252",
}
DELIMITERS = {"semicolon": ";", "comma": ",", "tab": "\t"}


def listed(encoding, delimiter):
    """The list as text: what a delimiter, a quote or an accent could break stands in it."""
    name = f'Café Uji {delimiter} "Élan"'
    return ExpectedWorkbook(
        "ikm",
        [
            ["DAFTAR IKM TAHUN 2022"],
            [],
            ["No", "Nama Usaha", "Alamat", "No. HP", "NIB", "Omzet (Rp)", "TK"],
            recorded(
                ["1", name, "Jl. Uji 1\nRT 02", "081255500001", "0123456789012", "1.500.000", "3"],
                {
                    "name": " ".join(name.split()), "address": "Jl. Uji 1 RT 02",
                    "phone": "081255500001", "nib": "0123456789012",
                },
                {"year": 2022, "turnover": 1_500_000, "workers_total": 3},
            ),
            held(["2", "Batik Uji", "Jl. Uji 2", "8.12E+11", "1.23E+12", "2.750.000", "5"],
                 "id_scientific"),
            recorded(
                ["3", "Keripik Uji", "-", "81255500003", "", "Rp 900.000,-", "2"],
                {"name": "Keripik Uji", "phone": "081255500003"},
                {"year": 2022, "turnover": 900_000, "workers_total": 2},
            ),
            left(["", "JUMLAH", "", "", "", "5.150.000", "10"], "baris jumlah"),
        ],
        form="csv", delimiter=delimiter, encoding=encoding, notes={"restored_zero", "unreadable_phone"},
    )  # fmt: skip


# fmt: off
BOOKS = {
    **{
        f"csv in {encoding} parted by {delimiter}": listed(ENCODINGS[encoding], DELIMITERS[delimiter])
        for encoding in ENCODINGS for delimiter in DELIMITERS
    },
    "ods with dates, numbers and gaps": ExpectedWorkbook(
        "fasilitas",
        [
            ["Nama Sarana", "Jenis", "Luas Lahan (m²)", "Mulai Beroperasi"],
            recorded(
                ["Gudang Uji", "Gudang", 1250.5, datetime.date(2022, 6, 1)],
                {"name": "Gudang Uji", "kind": "warehouse", "land_area_m2": 1250.5,
                 "operational_on": datetime.date(2022, 6, 1)},
            ),
            left([], "baris kosong"),
            recorded(["Bengkel Uji", "Bengkel kerja", None, None],
                 {"name": "Bengkel Uji", "kind": "workshop"}),
        ],
        form="ods",
    ),
    "ods with a cover and two sheets": ExpectedWorkbook(
        "ikm",
        {
            "Sampul": [["BUKU DATA"]],
            "Timur": [PLAIN[:2], recorded(["Amplang Uji", "Siti Contoh"],
                                      {"name": "Amplang Uji", "owner_name": "Siti Contoh",
                                       "kecamatan": "Balikpapan Timur"})],
            "Barat": [PLAIN[:2], recorded(["Batik Uji", "Budi Contoh"],
                                      {"name": "Batik Uji", "owner_name": "Budi Contoh",
                                       "kecamatan": "Balikpapan Barat"})],
        },
        form="ods", unread={"Sampul": "tidak ada judul kolom yang dikenal"},
    ),
    "xls with numbers and texts": ExpectedWorkbook(
        "ikm",
        [
            ["DATA IKM TAHUN 2019"],
            ["Nama Usaha", "Investasi (Rp.000)", "TK", "No. HP"],
            recorded(["Amplang Uji", 1500.5, 3, "081255500001"],
                 {"name": "Amplang Uji", "phone": "081255500001"},
                 {"year": 2019, "investment": 1_500_500, "workers_total": 3}),
            held(["Batik Uji", "banyak", 5, None], "not_a_number"),
            left(["Jumlah", 1500.5, 8, None], "baris jumlah"),
        ],
        form="xls",
    ),
}
# fmt: on
