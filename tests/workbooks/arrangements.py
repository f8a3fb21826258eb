"""Lists arranged as no rule foresees: far down, side columns, sheets that differ, sparse rows."""

from tests.workbooks.book import Computed, ExpectedWorkbook, held, left, recorded
from tests.workbooks.layouts import AMPLANG, BAND, BATIK, BLANK, KERIPIK, PLAIN, TOTAL


def named(name, **more):
    """The record of a row that hardly has more than a name."""
    return {"name": name, **more}


# One column per line would make a page of each book.
# fmt: off
BOOKS = {
    "a list that begins far down and to the right": ExpectedWorkbook(
        "ikm",
        [
            *[[] for _ in range(24)],
            [None, None, "DATA IKM TAHUN 2021"], [],
            [None, None, "NO.", "NAMA USAHA", "PEMILIK", "JML TENAGA KERJA"],
            recorded([None, None, 1, "AMPLANG UJI", "SITI CONTOH", 3],
                 named("AMPLANG UJI", owner_name="SITI CONTOH"), {"year": 2021, "workers_total": 3}),
        ],
    ),
    "a heading again under every kecamatan": ExpectedWorkbook(
        "ikm",
        [
            ["DAFTAR IKM TAHUN 2022"], ["No", "Nama Usaha", "TK"],
            left(["Kecamatan : Balikpapan Barat"], BAND),
            recorded([1, "Amplang Uji", 3], named("Amplang Uji", kecamatan="Balikpapan Barat"),
                 {"year": 2022, "workers_total": 3}),
            left(["Kec. Balikpapan Tengah"], BAND),
            left(["No", "Nama Usaha", "TK"], "judul kolom berulang"),
            recorded([1, "Batik Uji", 5], named("Batik Uji", kecamatan="Balikpapan Tengah"),
                 {"year": 2022, "workers_total": 5}),
        ],
    ),
    "rows that hold hardly more than a name": ExpectedWorkbook(
        "ikm",
        [
            PLAIN, AMPLANG,
            recorded(["Warung Uji"], named("Warung Uji")),
            left([], BLANK), left([None, " "], BLANK),
            recorded(["Kedai Uji", None, None, None, 2024, None], named("Kedai Uji")),
            BATIK,
        ],
    ),
    "an address of four columns under one heading": ExpectedWorkbook(
        "ikm",
        [
            ["No", "Nama Perusahaan", "Alamat", None, None, None, "Telp/Fax"],
            [None, None, "Jalan", "RT", "Kel", "Kec", None],
            recorded([1, "Amplang Uji", "Jl. Uji 1", "005", "Gn. Samarinda", "Balikpapan Utara", "(0542) 765432"],
                 named("Amplang Uji", address="Jl. Uji 1", rt="005", kelurahan="Gunung Samarinda",
                       kecamatan="Balikpapan Utara", phone="0542765432")),
        ],
        merge=["C1:F1", "A1:A2", "B1:B2", "G1:G2"],
    ),
    "sheets whose columns stand in another order": ExpectedWorkbook(
        "ikm",
        {
            "Satu": [["Nama Usaha", "Pemilik", "Omzet (Rp)", "Tahun"],
                     recorded(["Amplang Uji", "Siti Contoh", 1_000, 2024],
                          named("Amplang Uji", owner_name="Siti Contoh"),
                          {"year": 2024, "turnover": 1_000})],
            "Dua": [["DATA (dalam juta)"], ["Tahun", "Omzet", "Pemilik", "Nama Usaha"],
                    recorded([2023, 2.5, "Budi Contoh", "Batik Uji"],
                         named("Batik Uji", owner_name="Budi Contoh"),
                         {"year": 2023, "turnover": 2_500_000})],
        },
        notes={"unit_from_title"},
    ),
    "one sheet silent on what the other says": ExpectedWorkbook(
        "ikm",
        {
            "Satu": [["TAHUN 2024 (Rp.000)"], ["Nama Usaha", "Omzet"],
                     recorded(["Amplang Uji", 1_500], named("Amplang Uji"),
                          {"year": 2024, "turnover": 1_500_000})],
            "Dua": [["TAHUN 2024"], ["Nama Usaha", "Omzet"],
                    recorded(["Batik Uji", 2_500_000], named("Batik Uji"),
                         {"year": 2024, "turnover": 2_500_000})],
        },
        asks=("unit",), answers={"unit": "rupiah"},
    ),
    "the turnover of two years side by side is a question": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Omzet 2022 (Rp)", "Omzet 2023 (Rp)"],
            recorded(["Amplang Uji", 1_000_000, 2_000_000], named("Amplang Uji"),
                 {"year": 2023, "turnover": 2_000_000}),
        ],
        asks=("columns",), answers={"mapping": {"B": "", "C": "turnover"}},
        notes={"year_from_heading"},
        unknown=("Omzet 2022 (Rp)",),
    ),
    "men and women of two years under two headings": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "TK Tahun 2022", None, "TK Tahun 2023", None],
            [None, "L", "P", "L", "P"],
            recorded(["Amplang Uji", 1, 2, 3, 4], named("Amplang Uji"),
                 {"year": 2022, "workers_male": 1, "workers_female": 2, "workers_total": 3}),
        ],
        asks=("columns",), merge=["B1:C1", "D1:E1", "A1:A2"],
        answers={"mapping": {"B": "workers_male", "C": "workers_female", "D": "", "E": ""}},
        unknown=("TK Tahun 2023 – L", "TK Tahun 2023 – P"),
    ),
    "headings that name their year, against the title's": ExpectedWorkbook(
        "ikm",
        [
            ["DATA IKM TAHUN 2024"],
            ["Nama Usaha", "Jumlah Tenaga Kerja 2023", "Nilai Produksi Thn 2023 (Rp.000)"],
            recorded(["Amplang Uji", 3, 1_500], named("Amplang Uji"),
                 {"year": 2023, "workers_total": 3, "production_value": 1_500_000}),
        ],
        notes={"year_from_heading"},
    ),
    "a heading's year against the year of its row": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Tahun", "Omzet 2023 (Rp)"],
            recorded(["Amplang Uji", 2022, 1_500], named("Amplang Uji"),
                 {"year": 2022, "turnover": 1_500}),
        ],
        notes={"year_conflict"},
    ),
    "the owner's gender beside men and women at work": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "L/P", "Tenaga Kerja", None, None, "Tahun"],
            [None, None, "L", "P", "Jumlah", None],
            recorded(["Amplang Uji", "P", 1, 2, 3, 2024], named("Amplang Uji", owner_gender="female"),
                 {"year": 2024, "workers_male": 1, "workers_female": 2, "workers_total": 3}),
            recorded(["Batik Uji", "Laki-laki", 4, None, None, 2024],
                 named("Batik Uji", owner_gender="male"),
                 {"year": 2024, "workers_male": 4}),
        ],
        merge=["C1:E1", "A1:A2", "B1:B2", "F1:F2"],
    ),
    "the owner's gender ticked below its heading": ExpectedWorkbook(
        "ikm",
        [
            ["No", "Nama Usaha", "Jenis Kelamin", None, "Tahun", "Tenaga Kerja"],
            [None, None, "L", "P", None, None],
            recorded([1, "Amplang Uji", None, "v", 2024, 3], named("Amplang Uji", owner_gender="female"),
                 {"year": 2024, "workers_total": 3}),
            recorded([2, "Batik Uji", "✓", None, 2024, 5], named("Batik Uji", owner_gender="male"),
                 {"year": 2024, "workers_total": 5}),
            held([3, "Ketupat Uji", "v", "v", 2024, 1], "related_conflict"),
            left(["Jumlah", None, 2, 2, None, 9], TOTAL),
        ],
        merge=["A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2"],
    ),
    "the owner's gender crossed below its heading": ExpectedWorkbook(
        "ikm",
        [
            ["No", "Nama Usaha", "Jenis Kelamin", None, "Tahun", "Tenaga Kerja"],
            [None, None, "L", "P", None, None],
            recorded([1, "Amplang Uji", None, "X", 2024, 3], named("Amplang Uji", owner_gender="female"),
                 {"year": 2024, "workers_total": 3}),
            recorded([2, "Batik Uji", "x", None, 2024, 5], named("Batik Uji", owner_gender="male"),
                 {"year": 2024, "workers_total": 5}),
        ],
        merge=["A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2"],
    ),
    "counts below the owner's gender, taken for the workers": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Jenis Kelamin", None, "Tahun"],
            [None, "Laki-laki", "Perempuan", None],
            recorded(["Amplang Uji", 1, 2, 2024], named("Amplang Uji"),
                 {"year": 2024, "workers_male": 1, "workers_female": 2, "workers_total": 3}),
        ],
        asks=("columns",), merge=["A1:A2", "B1:C1", "D1:D2"],
        answers={"mapping": {"B": "workers_male", "C": "workers_female"}},
    ),
    "a total as a formula, in the column of numbers": ExpectedWorkbook(
        "ikm",
        [
            ["No", "Nama Usaha", "Tahun", "TK"],
            recorded([1, "Amplang Uji", 2024, 3], named("Amplang Uji"), {"year": 2024, "workers_total": 3}),
            recorded([2, "Batik Uji", 2024, 5], named("Batik Uji"), {"year": 2024, "workers_total": 5}),
            left(["Jumlah Total", None, None, Computed("SUM(D2:D3)", 8)], TOTAL),
        ],
    ),
    "a legend and a signature after many blank rows": ExpectedWorkbook(
        "ikm",
        [
            PLAIN, AMPLANG, KERIPIK,
            *[left([], BLANK) for _ in range(5)],
            left(["Keterangan:"], "keterangan di bawah tabel"),
            left([None, None, None, "Balikpapan,      Desember 2024"], "blok tanda tangan"),
            left([None, None, None, "a.n. Kepala Dinas"], "blok tanda tangan"),
            left([None, None, None, "Sekretaris,"], "blok tanda tangan"),
            left([], BLANK),
            left([None, None, None, "Rumi Contoh"], "blok tanda tangan"),
            left([None, None, None, "NIP 19800101 200501 2 001"], "blok tanda tangan"),
        ],
    ),
    "an announced delimiter and quotes over lines": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Alamat", "Produk"],
            recorded(['Toko "Uji, Jaya"', "Jl. Uji 1;\nlantai 2", "amplang, keripik"],
                 named('Toko "Uji, Jaya"', address="Jl. Uji 1; lantai 2",
                       products="amplang, keripik")),
        ],
        form="csv", delimiter=",", encoding="utf-8",
    ),
    "a number row of letters and formulas": ExpectedWorkbook(
        "ikm",
        [
            ["No", "Nama Usaha", "TK LK", "TK PR", "Tenaga Kerja", "Tahun"],
            ["(1)", "(2)", "(3)", "(4)", "(5)=(3)+(4)", "(6)"],
            recorded([1, "Amplang Uji", 1, 2, 3, 2024], named("Amplang Uji"),
                 {"year": 2024, "workers_male": 1, "workers_female": 2, "workers_total": 3}),
        ],
    ),
}
# fmt: on
