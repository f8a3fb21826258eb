"""Seventeen offices' headings word for word, one invented row under each, and what it means."""

from dataclasses import dataclass, field
from decimal import Decimal

from tests.sheets import xlsx


@dataclass
class ColumnSet:
    """One office's heading, one row under it, and what must be stored of that row."""

    heading: str  # parted by " | "
    row: list
    business: dict
    figures: dict = field(default_factory=dict)
    unread: str = ""  # the headings that have no place, in their order
    answers: dict = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        return xlsx([self.heading.split(" | "), self.row])


# One column per line would make a page of each set.
# fmt: off
SETS = {
    "A Samarinda": ColumnSet(
        heading=(
            "Nama Industri | Nama Pemilik | Alamat | No Telp | Tenaga Kerja | Nilai Investasi | "
            "Kapasitas Produksi | Komoditi | "
        ),
        row=[
            "Contoh Jaya", "J U M R I", "Jl. Uji No. 58 RT.1, Manggar, Balikpapan Timur",
            "081255500001", 2, 10_000_000, 1200, "Pangan", None,
        ],
        business={
            "name": "Contoh Jaya", "owner_name": "J U M R I",
            "address": "Jl. Uji No. 58 RT.1, Manggar, Balikpapan Timur", "kelurahan": "Manggar",
            "kecamatan": "Balikpapan Timur", "phone": "081255500001", "commodity": "Pangan",
            "group": "Agro",
        },
        figures={"year": 2024, "workers_total": 2, "investment": 10_000_000, "capacity": 1200},
        answers={"unit": "rupiah", "year": 2024},
    ),
    "B Kutai Barat": ColumnSet(
        heading=(
            "Nama_Industri | Nama Produk | Tenaga Kerja (Orang) | Kapasitas Produksi | "
            "Satuan Produksi | Nilai Investasi (Rp.000) | Nilai Produksi (Rp.000) | "
            "Nilai Bahan Baku (Rp.000) | Komoditi"
        ),
        row=["Contoh Jaya", "Anyaman", 1, 200, "BH", 1100, 30712.5, "10.800.", "Kerajinan"],
        business={"name": "Contoh Jaya", "products": "Anyaman", "commodity": "Kerajinan", "group": "Aneka"},
        figures={
            "year": 2024, "workers_total": 1, "capacity": 200, "capacity_unit": "buah",
            "investment": 1_100_000, "production_value": 30_712_500,
            "raw_material_value": 10_800_000,
        },
        answers={"year": 2024},
    ),
    "C Disperindag": ColumnSet(
        heading=(
            "Badan Usaha | Nama Perusahaan | Nama Pemilik | Jalan | Desa/Kel | Kecamatan | "
            "Telepon | Fax | Email | Web | Izin Usaha Industri | Nomor/Tahun izin | KBLI | "
            "Komoditi | Jenis Produk | Cabang Indutri | Tahun Data | TK LK | TK PR | "
            "Nilai Investasi | Jml Kapasitas Produksi | Sat | Nilai produksi | Nilai BB/BP | "
            "Orientasi Ekspor | Negara Tujuan Ekspor | NPWP"
        ),
        row=[
            "CV", "Contoh Jaya", "Siti Contoh", "Jl. Uji 1", "Gn. Bahagia", "Balikpapan Selatan",
            "081255500001", "0542123456", "siti@contoh.id", "contoh.id", "IUMK", "503/2021",
            "10794", "Kerupuk", "Amplang", "Industri Pangan", 2023, 2, 3, 50_000_000, 1200, "kg",
            90_000_000, 40_000_000, "Tidak", "-", "01.234.567.8-721.000",
        ],
        business={
            "legal_form": "cv", "name": "Contoh Jaya", "owner_name": "Siti Contoh",
            "address": "Jl. Uji 1", "kelurahan": "Gunung Bahagia",
            "kecamatan": "Balikpapan Selatan", "phone": "081255500001", "email": "siti@contoh.id",
            "social_media": "contoh.id", "kbli": "10794", "commodity": "Kerupuk",
            "products": "Amplang", "group": "Agro", "npwp": "012345678721000",
        },
        figures={
            "year": 2023, "workers_male": 2, "workers_female": 3, "workers_total": 5,
            "investment": 50_000_000, "capacity": 1200, "capacity_unit": "kg",
            "production_value": 90_000_000, "raw_material_value": 40_000_000, "export_percent": 0,
        },
        unread="Fax | Izin Usaha Industri | Nomor/Tahun izin",
        answers={"unit": "rupiah"},
    ),
    "D one row per product": ColumnSet(
        heading=(
            "No | Nama Perusahaan | Nama Pemilik | Alamat | Desa | Kecamatan | Kab/Kota | "
            "Telp/Fax | Bentuk Badan | Tahun Dikeluarkan Ijin | KBLI | Nama Produk | Tenaga Kerja "
            "| Nilai Investasi | Jumlah Kapasitas Produksi | Satuan kapasitas Produksi | "
            "Nilai Produksi | Nilai BB/BP | Pemasaran Ekspor (%)"
        ),
        row=[
            1, "Contoh Jaya", "Siti Contoh", "Jl. Uji 1", "Manggar", "Balikpapan Timur",
            "Balikpapan", "081255500001", "UD", 2019, "10794", "Amplang", 4, 50_000_000, 1200,
            "Bungkus", 90_000_000, 40_000_000, "12,5",
        ],
        business={
            "name": "Contoh Jaya", "owner_name": "Siti Contoh", "address": "Jl. Uji 1",
            "kelurahan": "Manggar", "kecamatan": "Balikpapan Timur", "phone": "081255500001",
            "legal_form": "ud", "kbli": "10794", "products": "Amplang",
        },
        figures={
            "year": 2024, "workers_total": 4, "investment": 50_000_000, "capacity": 1200,
            "capacity_unit": "bungkus", "production_value": 90_000_000,
            "raw_material_value": 40_000_000, "export_percent": Decimal("12.5"),
        },
        unread="Kab/Kota | Tahun Dikeluarkan Ijin",
        answers={"unit": "rupiah", "year": 2024},
    ),
    "F SIMANIS": ColumnSet(
        heading=(
            "NOMOR INDUK KEPENDUDUKAN (NIK) | NAMA | KABUPATEN | KECAMATAN | KELURAHAN/DESA | "
            "ALAMAT LENGKAP | NO. HP | NAMA USAHA | BENTUK USAHA | TAHUN BERDIRI | "
            "LEGALITAS USAHA | NIB/TAHUN | NOMOR SERTIFIKAT HALAL/ TAHUN | SERTIFIKAT MEREK/TAHUN "
            "| NOMOR TEST REPORT/TAHUN | SNI/TAHUN | JENIS USAHA | CABANG INDUSTRI | "
            "SUB CABANG INDUSTRI | KBLI | INVESTASI/ MODAL (RP. 000) | JUMLAH TENAGA KERJA PRIA | "
            "JUMLAH TENAGA KERJA WANITA | KAPASITAS PRODUKSI (RP. 000) | SATUAN PRODUKSI | "
            "NILAI PRODUKSI (RP.000) | NILAI BAHAN BAKU (RP.000) | Latitude | Longitude | "
            "Media sosial | Foto Alat/Ruang Produksi"
        ),
        row=[
            "6471014101800001", "Siti Contoh", "Kota Balikpapan", "Balikpapan Timur", "Lemaru",
            "Jl. Uji 1", "081255500001", "Contoh Jaya", "Perorangan", 2015, "Lengkap",
            "1234567890123/2021", "ID64110000000001/2022", "IDM000000001/2021", "LHU-01/2023",
            "SNI 01-0001-2000/2020", "Makanan ringan",
            "Industri Pangan", "Kerupuk", "10794", 50000, 2, 3, 1200, "kg", 90000, 40000, -1.2,
            116.98, "@contoh", None,
        ],
        business={
            "nik": "6471014101800001", "owner_name": "Siti Contoh",
            "kecamatan": "Balikpapan Timur", "kelurahan": "Lamaru", "address": "Jl. Uji 1",
            "phone": "081255500001", "name": "Contoh Jaya", "legal_form": "sole",
            "founded_year": 2015, "nib": "1234567890123", "commodity": "Industri Pangan",
            "group": "Agro", "products": "Makanan ringan; Kerupuk", "kbli": "10794",
            "latitude": Decimal("-1.2"), "longitude": Decimal("116.98"),
            "social_media": "@contoh",
        },
        figures={
            "year": 2024, "investment": 50_000_000, "workers_male": 2, "workers_female": 3,
            "workers_total": 5, "capacity": 1200, "capacity_unit": "kg",
            "production_value": 90_000_000, "raw_material_value": 40_000_000,
        },
        unread="KABUPATEN | LEGALITAS USAHA",
        answers={"year": 2024},
    ),
    "G ikm-disperindag": ColumnSet(
        heading=(
            "Jenis Industri | Bulan Tahun Daftar Usaha | Badan Usaha(PT/PO/CV) | Nama Perusahaan "
            "| Nama Pemilik | Jenis Kelamin | Tanggal Lahir | NIK | Alamat | Desa/Kelurahan | "
            "Kecamatan | Telepon | Email | Izin NIB | Kode KBLI | Nama Produk | Jenis Produk | "
            "Jumlah Tenaga Kerja Pria | Jumlah Tenaga Kerja Wanita | Nilai Investasi | "
            "Jumlah Kapasitas Produksi Perbulan | Satuan Produksi | Nilai Produksi | Status | "
            "Keterangan"
        ),
        row=[
            "Kerajinan", "Mei 2020", "PO", "Contoh Jaya", "Siti Contoh", "P", "1 Januari 1980",
            "6471014101800001", "Jl. Uji 1", "Manggar", "Timur", "+6281255500001", "-",
            "0123456789012", "16291", "Tas rotan", "Anyaman", 2, 3, 50_000_000, 100, "Buah ",
            90_000_000, "Aktif", "Binaan",
        ],
        business={
            "commodity": "Kerajinan", "group": "Aneka", "legal_form": "po", "name": "Contoh Jaya",
            "owner_name": "Siti Contoh", "owner_gender": "female", "nik": "6471014101800001",
            "address": "Jl. Uji 1", "kelurahan": "Manggar", "kecamatan": "Balikpapan Timur",
            "phone": "081255500001", "nib": "0123456789012", "kbli": "16291",
            "products": "Tas rotan; Anyaman", "status": "active", "notes": "Binaan",
        },
        figures={
            "year": 2024, "workers_male": 2, "workers_female": 3, "workers_total": 5,
            "investment": 50_000_000, "capacity": 100, "capacity_unit": "buah",
            "capacity_period": "bulan", "production_value": 90_000_000,
        },
        unread="Bulan Tahun Daftar Usaha | Tanggal Lahir",
        answers={"unit": "rupiah", "year": 2024},
    ),
    "H Kalimantan Utara": ColumnSet(
        heading=(
            "nama_perusahaan | nama_pemilik | jalan | id_kelurahan | id_kecamatan | id_kabkota | "
            "id_prov | kontak_person | no_hp | email | nomor_izin | tahun_izin | tahun_data | "
            "tk_pria | tk_wanita | nilai_investasi | nilai_kapasitas | id_satuan | nilai_produksi "
            "| nilai_bahan_baku | id_ekspor | negaraa_ekspor | id_aktif | id_pembiayaan | id_kbli "
            "| jenis_industri | jenis_produk"
        ),
        row=[
            "Contoh Jaya", "Siti Contoh", "Jl. Uji 1", "manggar baru", "BALIKPAPAN TIMUR",
            "Balikpapan", "Kaltim", "Budi Contoh", "081255500001", "siti@contoh.id", "503/1",
            2020, 2022, 2, 3, 50_000_000, 1200, "pcs", 90_000_000, 40_000_000, "Ya", "Malaysia",
            "Ya", "Sendiri", 10794, "Pangan", "Amplang",
        ],
        business={
            "name": "Contoh Jaya", "owner_name": "Siti Contoh", "address": "Jl. Uji 1",
            "kelurahan": "Manggar Baru", "kecamatan": "Balikpapan Timur", "phone": "081255500001",
            "email": "siti@contoh.id", "status": "active", "kbli": "10794", "commodity": "Pangan",
            "group": "Agro", "products": "Amplang",
        },
        figures={
            "year": 2022, "workers_male": 2, "workers_female": 3, "workers_total": 5,
            "investment": 50_000_000, "capacity": 1200, "capacity_unit": "pcs",
            "production_value": 90_000_000, "raw_material_value": 40_000_000,
            "export_countries": "Malaysia",
        },
        unread="id_kabkota | id_prov | kontak_person | nomor_izin | tahun_izin | id_pembiayaan",
        answers={"unit": "rupiah"},
    ),
    "I another province": ColumnSet(
        heading=(
            "nama_perusahaan | nama_pemilik | kontak_person | sentra | jalan | desa_kelurahan | "
            "kecamatan | kab_kota | bentuk_badan_usaha | nomor_izin | kode_kbli | jenis_produk | "
            "cabang_industri | jumlah_tenaga_kerja"
        ),
        row=[
            "Contoh Jaya", "Siti Contoh", "Budi Contoh", "SIKS", "Jl. Uji 1", "Muara Rapak",
            "Balikpapan Utara", "Balikpapan", "KUB", "503/1", "10391", "Tempe", "Pangan", 5,
        ],
        business={
            "name": "Contoh Jaya", "owner_name": "Siti Contoh", "centre": "SIKS",
            "address": "Jl. Uji 1", "kelurahan": "Muara Rapak", "kecamatan": "Balikpapan Utara",
            "legal_form": "kub", "kbli": "10391", "products": "Tempe", "commodity": "Pangan",
            "group": "Agro",
        },
        figures={"year": 2024, "workers_total": 5},
        unread="kontak_person | kab_kota | nomor_izin",
        answers={"year": 2024},
    ),
    "J SIIDIG": ColumnSet(
        heading=(
            "tahun | nama_ikm | nama_pemilik | alamat | keldesa | kecamatan | telp | komoditi | "
            "produk | bentuk_badan_usaha | tahun_izin | kode_kbli | kbli | tkl | tkp | "
            "nilai_investasi | jumlah_produksi | satuan | nilai_produksi | nilai_bbbp"
        ),
        row=[
            2021, "Contoh Jaya", "Siti Contoh", "Jl. Uji 1", "Manggar", "Balikpapan Timur",
            "081255500001", "INDUSTRI KIMIA & BAHAN BANGUNAN", "Batako", "UD", 2019, "23951",
            "Industri Barang dari Semen", 2, 3, 50000, 1200, "buah", 90000, 40000,
        ],
        business={
            "name": "Contoh Jaya", "owner_name": "Siti Contoh", "address": "Jl. Uji 1",
            "kelurahan": "Manggar", "kecamatan": "Balikpapan Timur", "phone": "081255500001",
            "commodity": "INDUSTRI KIMIA & BAHAN BANGUNAN", "group": "Kimia",
            "products": "Batako", "legal_form": "ud", "kbli": "23951",
        },
        figures={
            "year": 2021, "workers_male": 2, "workers_female": 3, "workers_total": 5,
            "investment": 50_000_000, "capacity": 1200, "capacity_unit": "buah",
            "production_value": 90_000_000, "raw_material_value": 40_000_000,
        },
        unread="tahun_izin | kbli",
        answers={"unit": "ribu"},
    ),
    "K Kediri": ColumnSet(
        heading=(
            "tipe_usaha | pemilik | nama_perusahaan | no_ijin | tgl_ijin | status_pm | "
            "klasifikasi | kec_id | kel_id | jalan | telp_fax | bu_id | nilai_investasi | n_pr | "
            "n_lk | n_asing | nilai_bb_bp | asal_bb | ekspor"
        ),
        row=[
            "kcl", "Siti Contoh", "Contoh Jaya", "503/1", "2019-05-01", "PMDN", "Pangan", 3, 12,
            "Jl. Uji 1", "081255500001", 2, "128,383,883", 3, 2, 0, "40,000,000", "Lokal", 10,
        ],
        business={
            "owner_name": "Siti Contoh", "name": "Contoh Jaya", "commodity": "Pangan",
            "group": "Agro", "address": "Jl. Uji 1", "phone": "081255500001",
        },
        figures={
            "year": 2024, "investment": 128_383_883, "workers_female": 3, "workers_male": 2,
            "workers_total": 5, "raw_material_value": 40_000_000, "export_percent": 10,
        },
        unread=(
            "tipe_usaha | no_ijin | tgl_ijin | status_pm | kec_id | kel_id | bu_id | n_asing | "
            "asal_bb"
        ),
        answers={"unit": "rupiah", "year": 2024},
    ),
    "L Madiun": ColumnSet(
        heading=(
            "No. | NIB (13 digit) | No. KTP (16 digit) | Nama Lengkap | Alamat Lengkap | "
            "Nama Usaha | No. HP | Tanggal Input | Status Database | Duplikat NIB | Duplikat NIK"
        ),
        row=[
            1, "1234567890123", "6471014101800001", "Siti Contoh", "Jl. Uji 1", "Contoh Jaya",
            "081255500001", "01/02/2024", "Aktif", "Tidak", "Tidak",
        ],
        business={
            "nib": "1234567890123", "nik": "6471014101800001", "owner_name": "Siti Contoh",
            "address": "Jl. Uji 1", "name": "Contoh Jaya", "phone": "081255500001",
        },
        unread="Tanggal Input | Status Database | Duplikat NIB | Duplikat NIK",
    ),
    "M Ende": ColumnSet(
        heading=(
            "kec | kel | sentra | bn_sentra | nm_usaha | pemilik | alamat_usaha | hp | klbi | "
            "npwp | no_iut | thn_iut | no_amdal"
        ),
        row=[
            "Balikpapan Timur", "Teritip", "SIKT", "Sentra", "Contoh Jaya", "Siti Contoh",
            "Jl. Uji 1", "081255500001", "10794", "012345678721000", "503/1", 2019, None,
        ],
        business={
            "kecamatan": "Balikpapan Timur", "kelurahan": "Teritip", "centre": "SIKT",
            "name": "Contoh Jaya", "owner_name": "Siti Contoh", "address": "Jl. Uji 1",
            "phone": "081255500001", "kbli": "10794", "npwp": "012345678721000",
        },
        unread="bn_sentra | no_iut | thn_iut",
    ),
    "Q BPS directory": ColumnSet(
        heading=(
            "idsbr | nama_usaha | nama_komersial_usaha | alamat | nama_sls | kodepos | "
            "nomor_telepon | nomor_whatsapp | email | website | latitude | longitude | "
            "keberadaan_usaha | kdprov | kdkab | kdkec | kddesa"
        ),
        row=[
            "1001", "Contoh Jaya", "Amplang Contoh", "Jl. Uji 1", "RT 1", "76115", "0542765432",
            "081255500001", "siti@contoh.id", "contoh.id", "-1,2", "116,98", "Aktif", "64", "71",
            "010", "001",
        ],
        business={
            "name": "Contoh Jaya", "brand": "Amplang Contoh", "address": "Jl. Uji 1",
            "phone": "0542765432 / 081255500001", "email": "siti@contoh.id",
            "social_media": "contoh.id", "latitude": Decimal("-1.2"),
            "longitude": Decimal("116.98"),
        },
        unread="idsbr | nama_sls | kodepos | keberadaan_usaha | kdprov | kdkab | kdkec | kddesa",
    ),
}
# fmt: on
