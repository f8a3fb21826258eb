"""The IKM sheets as the office prints them: one row per business, with one year's figures."""

from functools import cached_property

from balikpapan.intake.resources import ContinuedColumns, SheetColumn, SheetResource
from balikpapan.intake.widgets import (
    Choice,
    Degrees,
    Digits,
    Measure,
    Money,
    Phone,
    Region,
    RegisterNumber,
    Text,
    Whole,
    Year,
)
from facilities.resources.references import Place

from ..choices import BusinessStatus, CapacityPeriod, CertificateKind, Gender, LegalForm
from ..models import Business, Certificate
from .band_names import region_and_group_names
from .business_certificates import certified
from .business_gender import FEMALE, MALE, settle_gender_ticks, ticked
from .business_headings import PREFERENCES, of_business, take_codes_from_number
from .business_identity import BUSINESS_IDENTITY, YEAR_CHILD
from .business_rules import business_rules
from .business_words import GENDER_WORDS, LEGAL_FORM_WORDS, STATUS_WORDS
from .references import ExportShare, KbliCode, NibCell, UnitName, listed


class BusinessResource(SheetResource):
    """The "Data IKM" sheet: one row per business, with its figures of one year."""

    register = "ikm"
    label = "IKM"
    identity = BUSINESS_IDENTITY
    child = YEAR_CHILD
    related = Certificate
    year_column = "year"
    split_counts = (("workers_male", "workers_female", "workers_total"),)
    required = (("name",),)
    required_label = "nama usaha"
    verified_columns = ("status",)
    missing_name = "Nama usaha kosong. Isi nama usaha, atau hapus barisnya."
    needs = ("kelurahan_id", "kecamatan_id", "listed_year")
    continued = ContinuedColumns(
        products=("products", "product_kind", "brand"),
        summed=("production_value", "raw_material_value", "turnover"),
        measured=("capacity", "installed_capacity"),
        unit="capacity_unit",
        free=("capacity_period", "kbli", "commodity", "group", "business_kind", "notes"),
    )

    number = SheetColumn(
        "id", "Nomor Register", RegisterNumber("IKM", "usaha"), aliases="No Register", stored=False
    )
    name = SheetColumn(
        "name",
        "Nama Usaha",
        Text(),
        aliases=(
            "Nama Industri; Nama; Nama Perusahaan; Perusahaan; nm_usaha; Nama IKM; Nama "
            "Usaha/Industri; Nama Unit Usaha; Usaha; Nama Industri/Usaha; Nama Usaha/Merek; Nama Usaha/Merk; Nama Usaha/Brand; Nama UMKM; Nama Usaha/IKM; Nama Tempat Usaha"
        ),
        required=True,
    )
    owner_name = SheetColumn(
        "owner_name",
        "Nama Pemilik",
        Text(),
        aliases=(
            "Pemilik; Nama Lengkap; Kontak; Kontak Person; Nama Pengusaha; Penanggung Jawab; "
            "Nama Pemilik/Penanggung Jawab; Nama Pelaku Usaha; Nama Pemilik/Kontak Person; Nama Pemilik/Contact Person; Nama Pemilik/Pengelola; Nama Pemilik/Pimpinan; Nama Pimpinan; Nama Pelaku; Nama Lengkap Pemilik Usaha; Nama Lengkap Pemilik; Nama Pemilik Usaha; Nama Pemilik Perusahaan; Pemilik Usaha"
        ),
    )
    owner_gender = SheetColumn(
        "owner_gender",
        "Jenis Kelamin",
        Choice(Gender, "jenis kelamin", GENDER_WORDS),
        aliases="L/P; P/L; Jenis Kelamin Pemilik; JK; Sex; Gender; Kelamin; Pria/Wanita",
    )
    owner_ticked_male, owner_ticked_female = ticked(MALE), ticked(FEMALE)
    legal_form = SheetColumn(
        "legal_form",
        "Bentuk Usaha",
        Choice(
            LegalForm,
            "bentuk usaha",
            LEGAL_FORM_WORDS,
        ),
        aliases=(
            "Badan Usaha; Bentuk Badan; Bentuk Badan Usaha; Badan Usaha(PT/PO/CV); Bentuk "
            "Badan Hukum"
        ),
    )
    nib = SheetColumn(
        "nib",
        "NIB",
        NibCell("NIB", (13,)),
        aliases=(
            "Izin NIB; NIB (13 digit); Nomor Induk Berusaha; No NIB; Nomor NIB; Nomor Induk "
            "Berusaha (NIB); NIB/Tahun; Apakah sudah memiliki NIB? Jika ya, tuliskan nomornya; Nomor NIB (jika ada)"
        ),
    )
    nik = SheetColumn(
        "nik",
        "NIK",
        Digits("NIK", (16,)),
        aliases=(
            "Nomor Induk Kependudukan (NIK); Nomor Induk Kependudukan; No KTP; No. KTP (16 "
            "digit); NIK Pemilik; No NIK; Nomor KTP; KTP"
        ),
    )
    npwp = SheetColumn("npwp", "NPWP", Digits("NPWP", (15, 16)), aliases="No NPWP; Nomor NPWP")
    address = SheetColumn(
        "address",
        "Alamat",
        Text(),
        aliases=(
            "Alamat Lengkap; Jalan; Dusun/Jalan; Alamat Jalan; Alamat Dusun/Jalan; Lokasi Usaha; Alamat "
            "Lengkap Tempat Usaha; Alamat Lengkap Usaha; Alamat Tempat Produksi; "
            + of_business("Alamat")
        ),
    )
    rt = SheetColumn("rt", "RT", Text(), aliases="RT/RW; Alamat RT")
    kelurahan = SheetColumn(
        "kelurahan",
        "Kelurahan",
        Region("kelurahan"),
        aliases="Desa/Kel; Desa; Desa/Kelurahan; Kelurahan/Desa; Keldesa; Kel; id_kelurahan; Alamat Desa; Kel/Desa; "
        + of_business("Kelurahan"),
        target="kelurahan_id",
    )
    kecamatan = SheetColumn(
        "kecamatan",
        "Kecamatan",
        Region("kecamatan"),
        aliases="Kec; id_kecamatan; Alamat Kecamatan; " + of_business("Kecamatan"),
        target="kecamatan_id",
        decided_by="kelurahan",
    )
    phone = SheetColumn(
        "phone",
        "No. HP",
        Phone(),
        aliases=(
            "No Telp; Telepon; Telp/Fax; Telp; HP; Nomor HP; Nomor Telepon; No Telepon; Nomor "
            "Whatsapp; No WA; Telp/HP; No. Telp/HP; No HP/WA; Kontak Telepon; Kontak HP; "
            "Handphone; No. Telp/WA; Telp/Fax/HP; No HP/WhatsApp; Nomor WhatsApp Aktif; Nomor HP Aktif; No WhatsApp; Nomor HP/WA; Nomor Telepon/HP; Nomor Handphone; No Handphone; Kontak Usaha; No Kontak"
        ),
    )
    second_phone = SheetColumn(
        "second_phone", "Telepon Lain", Phone(), stored=False, exported=False
    )
    email = SheetColumn(
        "email",
        "Surel",
        Text(),
        aliases="Email; E-mail; Alamat Email; Email Address; Alamat Surel; Email Usaha",
    )
    social_media = SheetColumn(
        "social_media",
        "Media Sosial",
        Text(),
        aliases="Sosial Media; Medsos; Instagram; Web; Website",
    )
    latitude = SheetColumn(
        "latitude", "Lintang", Degrees(other="longitude"), aliases="Latitude; Lat"
    )
    longitude = SheetColumn(
        "longitude",
        "Bujur",
        Degrees(other="latitude", is_longitude=True),
        aliases="Longitude; Lng; Long; Lon",
    )
    group = SheetColumn(
        "group",
        "Kelompok Industri",
        listed("groups", "kelompok industri", lenient=True, code="unknown_group"),
        aliases="Kelompok",
        target="group_id",
    )
    commodity = SheetColumn(
        "commodity",
        "Komoditi",
        Text(),
        aliases=(
            "Cabang Industri; Cabang Indutri; Kategori; Jenis Industri; Klasifikasi; Jenis "
            "Usaha; Cabang; Komoditas; Sub Cabang Industri; Bidang Usaha; Bidang; Bidang Industri; Sektor Usaha; Jenis Kegiatan Usaha"
        ),
    )
    kbli = SheetColumn(
        "kbli",
        "KBLI",
        KbliCode(),
        aliases="Kode KBLI; id_kbli; KLBI; KBLI (5 digit); Nomor KBLI; KBLI Nomor; KBLI Kode; No KBLI",
        target="kbli_id",
        derived=True,
        path=("kbli__code", "kbli__version_year"),
    )
    products = SheetColumn(
        "products", "Produk", Text(), aliases="Nama Produk; Jenis Produk; Produk yang Dihasilkan"
    )
    product_kind = SheetColumn(
        "product_kind", "Rincian Produk", Text(), stored=False, exported=False
    )
    business_kind = SheetColumn(
        "business_kind", "Rincian Usaha", Text(), stored=False, exported=False
    )
    brand = SheetColumn(
        "brand",
        "Merek",
        Text(),
        aliases="Merk; Merek Dagang; Nama Merek; Nama Komersial Usaha; Nama Brand; Brand; Merk Dagang; Nama Merk; Merek Produk",
    )
    founded_year = SheetColumn(
        "founded_year",
        "Tahun Berdiri",
        Year(of_event=True),
        aliases="Thn Berdiri; Berdiri Tahun; Mulai Usaha; Tahun Mulai Usaha; Tahun Mulai; Tahun Memulai Usaha; Tahun Pendirian; Tahun Usaha Berdiri",
    )
    listed_year = SheetColumn(
        "listed_year", "Terdata Sejak", Year(of_event=True), aliases="Tahun Terdata"
    )
    closed_year = SheetColumn(
        "closed_year", "Tahun Tutup", Year(of_event=True), aliases="Thn Tutup"
    )
    status = SheetColumn(
        "status",
        "Status",
        Choice(
            BusinessStatus,
            "status",
            STATUS_WORDS,
        ),
        aliases="Status Usaha; id_aktif; Aktif",
    )
    centre = SheetColumn(
        "centre",
        "Sentra",
        Place("sentra milik kota", "centres", lenient=True, code="unknown_centre"),
        aliases="Sentra IKM; Sentra Industri; Lokasi Sentra",
        target="centre_id",
        path=("centre__code", "centre__name"),
    )
    year = SheetColumn(
        "year",
        "Tahun Data",
        Year(),
        aliases="Tahun; Thn Data; Data Tahun; Tahun Pendataan",
        child=True,
        required=True,
    )
    workers_male = SheetColumn(
        "workers_male",
        "TK LK",
        Whole(),
        aliases=(
            "TKL; N LK; TK Pria; Jumlah Tenaga Kerja Pria; Tenaga Kerja L; Tenaga Kerja LK; "
            "Tenaga Kerja Pria; Tenaga Kerja Laki-laki; Jumlah Tenaga Kerja Laki-laki; TK L; "
            "TK Laki-laki; Tenaga Kerja Laki; Jumlah Tenaga Kerja L; Karyawan Laki-laki; Jumlah Karyawan "
            "Laki-laki; Karyawan Pria; Jumlah Karyawan Pria; Pekerja Laki-laki; Jumlah Pekerja Laki-laki"
        ),
        child=True,
    )
    workers_female = SheetColumn(
        "workers_female",
        "TK PR",
        Whole(),
        aliases=(
            "TKP; N PR; TK Wanita; Jumlah Tenaga Kerja Wanita; Tenaga Kerja P; Tenaga Kerja "
            "PR; Tenaga Kerja Wanita; Tenaga Kerja Perempuan; Jumlah Tenaga Kerja Perempuan; "
            "TK P; TK Perempuan; Jumlah Tenaga Kerja P; Karyawan Perempuan; Jumlah Karyawan Perempuan; "
            "Karyawan Wanita; Jumlah Karyawan Wanita; Pekerja Perempuan; Jumlah Pekerja Perempuan"
        ),
        child=True,
    )
    workers_total = SheetColumn(
        "workers_total",
        "Tenaga Kerja (Orang)",
        Whole(related={"male": "workers_male", "female": "workers_female"}),
        aliases=(
            "Tenaga Kerja; Jumlah Tenaga Kerja; TK; Jumlah TK; Tenaga Kerja Jumlah; Tenaga "
            "Kerja Total; Tenaga Kerja Jml; Total TK; Total Tenaga Kerja; TK Total; Jml Tenaga Kerja; Jml TK; Jumlah Tenaga Kerja Jumlah; Jumlah Tenaga Kerja Total; Jumlah Karyawan; Karyawan; Jumlah Pekerja; Pekerja; Jumlah Pegawai"
        ),
        child=True,
    )
    investment = SheetColumn(
        "investment",
        "Nilai Investasi (Rp)",
        Money(),
        aliases=(
            "Nilai Investasi; Investasi; Investasi/Modal; Modal; Jumlah Investasi; Modal "
            "Usaha; Nilai Investasi Tanpa Tanah dan Bangunan"
        ),
        child=True,
    )
    investment_land_building = SheetColumn(
        "investment_land_building",
        "Investasi Tanah dan Bangunan (Rp)",
        Money(),
        aliases="Nilai Investasi Tanah dan Bangunan",
        child=True,
    )
    installed_capacity = SheetColumn(
        "installed_capacity", "Kapasitas Terpasang", Measure(), child=True
    )
    capacity = SheetColumn(
        "capacity",
        "Kapasitas Produksi",
        Measure(related={"unit": "capacity_unit", "period": "capacity_period"}),
        aliases=(
            "Jml Kapasitas Produksi; Jumlah Kapasitas Produksi; Nilai Kapasitas; Jumlah "
            "Produksi; Kapasitas; Kapasitas Produksi Jumlah; Kapasitas Produksi per Tahun "
            "Jumlah; Volume Produksi"
        ),
        child=True,
    )
    capacity_unit = SheetColumn(
        "capacity_unit",
        "Satuan Produksi",
        UnitName(),
        aliases=(
            "Sat; Satuan kapasitas Produksi; Satuan; id_satuan; Kapasitas Produksi Satuan; "
            "Kapasitas Produksi per Tahun Satuan"
        ),
        target="capacity_unit_id",
        child=True,
    )
    capacity_period = SheetColumn(
        "capacity_period",
        "Kapasitas per",
        Choice(
            CapacityPeriod,
            "kapasitas per",
            {
                **dict.fromkeys(("Harian", "hr"), "hari"),
                **dict.fromkeys(("Bulanan", "bln"), "bulan"),
                **dict.fromkeys(("Tahunan", "thn", "th"), "tahun"),
            },
        ),
        aliases="Periode Kapasitas",
        child=True,
    )
    production_value = SheetColumn(
        "production_value",
        "Nilai Produksi (Rp)",
        Money(),
        aliases="Nilai Produksi",
        child=True,
    )
    raw_material_value = SheetColumn(
        "raw_material_value",
        "Nilai Bahan Baku (Rp)",
        Money(),
        aliases=(
            "Nilai BB/BP; Nilai BB; Nilai Bahan Baku; nilai_bbbp; nilai_bb_bp; Nilai Bahan Baku/Bahan "
            "Penolong"
        ),
        child=True,
    )
    turnover = SheetColumn(
        "turnover",
        "Omzet (Rp)",
        Money(),
        aliases="Omzet; Omset; Nilai Omzet; Nilai Omset; Hasil Penjualan; Nilai Penjualan; Omzet Penjualan; Omset Penjualan; Omzet Usaha; Omset Usaha",
        child=True,
    )
    export_percent = SheetColumn(
        "export_percent",
        "Ekspor (%)",
        ExportShare(),
        aliases="Pemasaran Ekspor (%); Ekspor; Orientasi Ekspor; id_ekspor; % Pemasaran Ekspor; Pemasaran Ekspor; Persentase Ekspor; % Ekspor",
        child=True,
    )
    export_countries = SheetColumn(
        "export_countries",
        "Negara Tujuan Ekspor",
        Text(),
        aliases="Negara Ekspor; negaraa_ekspor; Negara Tujuan",
        child=True,
    )
    certificate_pirt = certified(CertificateKind.PIRT)
    certificate_halal = certified(CertificateKind.HALAL)
    certificate_brand = certified(CertificateKind.BRAND)
    certificate_sni = certified(CertificateKind.SNI)
    certificate_tkdn = certified(CertificateKind.TKDN)
    certificate_siinas = certified(CertificateKind.SIINAS)
    certificate_bpom = certified(CertificateKind.BPOM)
    certificate_nutrition = certified(CertificateKind.NUTRITION)
    notes = SheetColumn("notes", "Catatan", Text(lines=True), aliases="Keterangan; Ket")

    class Meta:
        model = Business

    @classmethod
    def preferences(cls):
        return PREFERENCES

    @cached_property
    def rules(self):
        """The rules of this sheet, subject by subject."""
        return business_rules(self.columns())

    @classmethod
    def settle_columns(cls, table):
        take_codes_from_number(table)
        settle_gender_ticks(table)

    def band_names(self, options):
        return region_and_group_names(options["regions"], options["groups"])
