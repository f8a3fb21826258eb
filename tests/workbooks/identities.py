"""Numbers that must keep every digit, places of every spelling, and who is who."""

from tests.factories import BusinessFactory
from tests.workbooks.book import ExpectedWorkbook, held, recorded

NIK, NIB, NPWP = "6471014101800001", "0220001234567", "012345678721000"


def wards(name, kelurahan, kecamatan):
    """A business of a ward."""
    return {"name": name, "kelurahan": kelurahan, "kecamatan": kecamatan}


# One column per line would make a page of each book.
# fmt: off
BOOKS = {
    "official numbers whole and ruined": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Nama Pemilik", "NIK", "NIB", "NPWP"],
            recorded(["Uji Alfa", "Siti Contoh", NIK, NIB, "01.234.567.8-721.000"],
                 {"name": "Uji Alfa", "owner_name": "Siti Contoh", "nik": NIK, "nib": NIB,
                  "npwp": NPWP}),
            held(["Uji Bravo", "Budi Contoh", 6471014101800002, None, None], "id_as_number"),
            held(["Uji Delta", "Ani Contoh", "6.47101E+15", None, None], "id_scientific"),
            held(["Uji Eko", "Dewi Contoh", "647101410180", None, None], "id_wrong_length"),
            held(["Uji Fajar", "Rumi Contoh", None, 220001234567, None], "id_wrong_length"),
            recorded(["Uji Gama", "Edi Contoh", "-", "belum ada", "tidak ada"],
                 {"name": "Uji Gama", "owner_name": "Edi Contoh"}),
            recorded(["Uji Hotel", "Lia Contoh", " 6471 0141 0180 0003 ", "'0220001234568", None],
                 {"name": "Uji Hotel", "owner_name": "Lia Contoh", "nik": "6471014101800003",
                  "nib": "0220001234568"}),
        ],
    ),
    "phones as people write them": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "No. HP"],
            *(
                recorded([name, typed], {"name": name, **({"phone": phone} if phone else {})})
                for name, typed, phone in [
                    ("Uji Alfa", "0812-5550-0001", "081255500001"),
                    ("Uji Bravo", "+62 812 5550 0002", "081255500002"),
                    ("Uji Delta", 81255500003, "081255500003"),
                    ("Uji Eko", "081255500004 / 0542-765432", "081255500004 / 0542765432"),
                    ("Uji Fajar", "(0542) 765433", "0542765433"),
                    ("Uji Gama", "8.12555E+10", ""), ("Uji Hotel", "-", ""),
                    ("Uji India", "62812 5550 0005", "081255500005"),
                ]
            ),
        ],
        notes={"restored_zero", "several_phones", "unreadable_phone"},
    ),
    "wards of every spelling": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Kelurahan", "Kecamatan"],
            *(
                recorded([name, typed, district], wards(name, ward, kecamatan))
                for name, typed, district, ward, kecamatan in [
                    ("Uji Alfa", "GN BAHAGIA", "BALIKPAPAN SELATAN", "Gunung Bahagia",
                     "Balikpapan Selatan"),
                    ("Uji Bravo", "Kel. Manggar Baru", "Kec. Balikpapan Timur", "Manggar Baru",
                     "Balikpapan Timur"),
                    ("Uji Delta", "sepinggan raya", None, "Sepinggan Raya", "Balikpapan Selatan"),
                    ("Uji Eko", "Karangrejo", "Balikpapan Tengah", "Karang Rejo",
                     "Balikpapan Tengah"),
                ]
            ),
            recorded(["Uji Fajar", None, "Balikpapan Kota"],
                 {"name": "Uji Fajar", "kecamatan": "Balikpapan Kota"}),
            recorded(["Uji Gama", "Teritip", "Balikpapan Barat"],
                 wards("Uji Gama", "Teritip", "Balikpapan Timur")),
            held(["Uji Hotel", "Sungai Antah", "Balikpapan Kota"], "unknown_region"),
            recorded(["Uji India", "Manggar", "Balikpapan Luar"],
                 wards("Uji India", "Manggar", "Balikpapan Timur")),
        ],
        notes={"region_conflict", "unknown_region"},
        asks=("words",),
    ),
    "an address that names its ward": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Alamat"],
            recorded(["Uji Alfa", "Jl. Uji No. 1 RT 05, Lamaru, Balikpapan Timur"],
                 {"name": "Uji Alfa", "address": "Jl. Uji No. 1 RT 05, Lamaru, Balikpapan Timur",
                  "kelurahan": "Lamaru", "kecamatan": "Balikpapan Timur"}),
            recorded(["Uji Bravo", "Jl. Lamaru Indah No. 2"],
                 {"name": "Uji Bravo", "address": "Jl. Lamaru Indah No. 2"}),
        ],
    ),
    "activities known in one version, in two, and in none": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "KBLI"],
            recorded(["Uji Alfa", "10794"], {"name": "Uji Alfa", "kbli": "10794"}),
            recorded(["Uji Bravo", 10391], {"name": "Uji Bravo", "kbli": "10391"}),
            recorded(["Uji Delta", "99998"], {"name": "Uji Delta", "other_kbli": "99998"}),
            recorded(["Uji Eko", "-"], {"name": "Uji Eko"}),
        ],
        notes={"unknown_kbli"},
        asks=("words",),
    ),
    "words for groups, forms and states": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Bentuk Usaha", "Kelompok Industri", "Komoditi", "Status", "Tahun Tutup"],
            recorded(["Uji Alfa", "C.V.", "Agro", "Makanan", "aktif", None],
                 {"name": "Uji Alfa", "legal_form": "cv", "group": "Agro", "commodity": "Makanan",
                  "status": "active"}),
            recorded(["Uji Bravo", "Perseorangan", None, "Kayu", "Tutup", 2023],
                 {"name": "Uji Bravo", "legal_form": "sole", "group": "Hasil Hutan",
                  "commodity": "Kayu", "status": "closed", "closed_year": 2023}),
            held(["Uji Delta", "PT", None, None, "Tutup", None], "rule_broken"),
            recorded(["Uji Eko", "UD", "Antariksa", None, None, None],
                 {"name": "Uji Eko", "legal_form": "ud"}),
            held(["Uji Fajar", "Paguyuban Ria", None, None, None, None], "unknown_choice"),
        ],
        notes={"unknown_group"},
        asks=("words",),
    ),
    "a register number, an official number and a blank that erases nothing": ExpectedWorkbook(
        "ikm",
        [
            ["Nomor Register", "Nama Usaha", "NIB", "Merek", "Catatan"],
            recorded(["IKM-900001", "Amplang Uji Baru", None, None, "(kosongkan)"],
                 {"name": "Amplang Uji Baru", "nib": NIB, "brand": "Uji", "founded_year": 2020,
                  "status": "active"}),
            held(["IKM-900777", "Batik Uji", None, None, None], "unknown_number"),
        ],
        before=lambda: BusinessFactory(
            pk=900_001, name="Amplang Uji", nib=NIB, brand="Uji", notes="catatan lama",
        ),
    ),
    "names as they are spelt": ExpectedWorkbook(
        "ikm",
        [
            ["Nama Usaha", "Nama Pemilik"],
            recorded(["  Amplang\u00a0 Uji ", "J U M R I"],
                 {"name": "Amplang Uji", "owner_name": "J U M R I"}),
            recorded(["=Uji+1", "O'Contoh"], {"name": "=Uji+1", "owner_name": "O'Contoh"}),
            recorded(["Cafe\u0301 Uji", "H. Budi Contoh, S.E."],
                 {"name": "Caf\u00e9 Uji", "owner_name": "H. Budi Contoh, S.E."}),
            recorded([1945, "Ani Contoh"], {"name": "1945", "owner_name": "Ani Contoh"}),
            held(["U" * 201, "Siti Contoh"], "too_long"),
        ],
    ),
}
# fmt: on
