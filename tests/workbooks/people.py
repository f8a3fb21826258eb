"""Certificates, programmes with their participants, and the figures of businesses already kept."""

import datetime

from tests.factories import BusinessFactory
from tests.workbooks.book import ExpectedWorkbook, held, left, recorded

NIB = "9120001234567"


def earlier_businesses():
    """Two businesses the sheets below speak of."""
    BusinessFactory(name="Amplang Uji", owner_name="Siti Contoh", phone="081255500001", nib=NIB)
    BusinessFactory(name="Batik Uji", owner_name="Budi Contoh", phone="081255500002")


# One column per line would make a page of each book.
# fmt: off
BOOKS = {
    "certificates by name and by NIB": ExpectedWorkbook(
        "sertifikat",
        [
            ["DAFTAR SERTIFIKAT IKM TAHUN 2024"],
            ["No", "Nama Usaha", "Nama Pemilik", "NIB", "Jenis Sertifikat", "Nomor Sertifikat",
             "Tanggal Terbit", "Berlaku Sampai", "Status"],
            recorded([1, "Amplang Uji", "Siti Contoh", None, "P-IRT", "2016471010001-29", "03/04/2024",
                  "3 April 2029", "Terbit"],
                 {"business": "Amplang Uji", "kind": "pirt", "number": "2016471010001-29",
                  "issued_on": datetime.date(2024, 4, 3), "expires_on": datetime.date(2029, 4, 3)}),
            recorded([2, None, None, NIB, "Halal", "ID64110000000001", datetime.date(2024, 5, 1), None,
                  "Proses"],
                 {"business": "Amplang Uji", "kind": "halal", "number": "ID64110000000001",
                  "issued_on": datetime.date(2024, 5, 1), "status": "in_process"}),
            held([3, "Tak Dikenal Uji", "Ani Contoh", None, "Halal", "ID1", None, None, None],
                 "unknown_record"),
            held([4, "Batik Uji", "Budi Contoh", None, "Ijazah", "X1", None, None, None],
                 "unknown_choice"),
        ],
        before=earlier_businesses,
        asks=("words",),
    ),
    "certificates without a number, by register number": ExpectedWorkbook(
        "sertifikat",
        [
            ["Nomor Register", "Nama Usaha", "Jenis Sertifikat", "Status"],
            recorded(["IKM-900001", "Keripik Uji", "Halal", "Proses"],
                 {"business": "Keripik Uji", "kind": "halal", "status": "in_process"}),
        ],
        before=lambda: BusinessFactory(pk=900_001, name="Keripik Uji"),
    ),
    "facilitated brands": ExpectedWorkbook(
        "sertifikat",
        [
            ["Nama Usaha", "Pemilik", "Jenis Fasilitasi", "No Pendaftaran", "Tahun Fasilitasi"],
            recorded(["Batik Uji", "Budi Contoh", "Merek", "DID2024000001", 2024],
                 {"business": "Batik Uji", "kind": "brand", "number": "DID2024000001",
                  "facilitated_year": 2024}),
        ],
        before=earlier_businesses,
    ),
    "a training with its participants": ExpectedWorkbook(
        "pembinaan",
        [
            ["Tahun", "Jenis", "Nama Kegiatan", "Tempat", "Anggaran (Rp)", "Nama Peserta",
             "Nama Usaha"],
            recorded([2024, "Pelatihan", "Kemasan Uji", "Aula", "25.000.000", "Siti Contoh",
                  "Amplang Uji"],
                 {"year": 2024, "kind": "training", "name": "Kemasan Uji", "place": "Aula",
                  "budget": 25_000_000},
                 {"person": "Siti Contoh", "business": "Amplang Uji"}),
            recorded([2024, "Pelatihan", "Kemasan Uji", None, None, "Budi Contoh", "Batik Uji"],
                 {"programme": "Kemasan Uji", "person": "Budi Contoh", "business": "Batik Uji"}),
            recorded([2024, "Pelatihan", "Kemasan Uji", None, None, "Peserta Umum", None],
                 {"programme": "Kemasan Uji", "person": "Peserta Umum"}),
            held([2024, "Arisan", "Kumpul Uji", None, None, "Ani Contoh", None], "unknown_choice"),
        ],
        before=earlier_businesses,
        asks=("words",),
    ),
    "aid by year in the title": ExpectedWorkbook(
        "pembinaan",
        [
            ["BANTUAN PERALATAN TAHUN 2023"],
            ["No", "Nama Bantuan", "Jenis", "Nama Penerima", "Keterangan"],
            recorded([1, "Mesin jahit uji", "Bantuan", "Ani Contoh", "Diterima baik"],
                 {"year": 2023, "kind": "assistance", "name": "Mesin jahit uji"},
                 {"person": "Ani Contoh", "result": "Diterima baik"}),
        ],
    ),
    "figures of a further year": ExpectedWorkbook(
        "ikm-tahunan",
        [
            ["Nama Usaha", "Nama Pemilik", "NIB", "Tahun Data", "TK L", "TK P", "Omzet (Rp)"],
            recorded(["Amplang Uji", None, NIB, 2025, 2, 3, 90_000_000],
                 {"business": "Amplang Uji", "year": 2025, "workers_male": 2, "workers_female": 3,
                  "workers_total": 5, "turnover": 90_000_000}),
            recorded(["Batik Uji", "Budi Contoh", None, 2025, 1, 0, "-"],
                 {"business": "Batik Uji", "year": 2025, "workers_male": 1, "workers_female": 0,
                  "workers_total": 1}),
            held(["Tak Dikenal Uji", "Dewi Contoh", None, 2025, 1, 1, 1], "unknown_record"),
            left(["JUMLAH", None, None, None, 4, 4, 90_000_001], "baris jumlah"),
        ],
        before=earlier_businesses,
    ),
    "figures of two years side by side": ExpectedWorkbook(
        "ikm-tahunan",
        [
            ["Nama Usaha", "NIB", "TK Tahun 2022", None, "TK Tahun 2023", None, "Omzet 2022 (Rp)", "Omzet 2023 (Rp)"],
            [None, None, "L", "P", "L", "P", None, None],
            recorded(["Amplang Uji", NIB, 1, 2, 3, 4, 90_000_000, 95_000_000],
                 {"business": "Amplang Uji", "year": 2022, "workers_male": 1, "workers_female": 2,
                  "workers_total": 3, "turnover": 90_000_000},
                 {"business": "Amplang Uji", "year": 2023, "workers_male": 3, "workers_female": 4,
                  "workers_total": 7, "turnover": 95_000_000}),
        ],
        before=earlier_businesses, counted_twice=1, notes={"rows_per_member"},
    ),
    "figures of two years beside one of no year": ExpectedWorkbook(
        "ikm-tahunan",
        [
            ["Nama Usaha", "NIB", "Omzet 2022 (Rp)", "Omzet 2023 (Rp)", "Tenaga Kerja"],
            recorded(["Amplang Uji", NIB, 90_000_000, 95_000_000, 3],
                 {"business": "Amplang Uji", "year": 2023, "workers_total": 3, "turnover": 95_000_000}),
        ],
        before=earlier_businesses, asks=("columns",), answers={"mapping": {"C": "", "D": "turnover"}},
        unknown=("Omzet 2022 (Rp)",), notes={"year_from_heading"},
    ),
}
# fmt: on
