"""The sheets of the industry register as the office prints them."""

import copy
import re
import statistics

from django.utils import timezone

from balikpapan.intake.resources import Column, KeyIdentity, LadderIdentity, Part, SheetResource
from balikpapan.intake.widgets import (
    CellWidget,
    Choice,
    Code,
    Date,
    Degrees,
    Digits,
    Measure,
    Money,
    Named,
    Percentage,
    Phone,
    Text,
    Whole,
    Year,
)
from balikpapan.regions.matching import RegionNames
from balikpapan.spreadsheets import cells
from balikpapan.spreadsheets.cells import ERASE, Finding, comparison_key, format_whole
from balikpapan.spreadsheets.headings import period

from facilities.choices import Month

from .choices import (
    BudgetStage,
    BusinessStatus,
    CapacityPeriod,
    FigureStatus,
    Gender,
    LegalForm,
)
from .models import (
    Business,
    BusinessYear,
    IndustryGroup,
    Kbli,
    ProductUnit,
    Revenue,
    RevenueAccount,
)
from .models.business import total_workers

_NUMBER = re.compile(r"\s*(?:IKM\W*)?0*(\d{1,9})\s*", re.IGNORECASE)
_KBLI = re.compile(r"\d{5}")
_KBLI_VERSION = re.compile(r"\bKBLI\D{0,3}(2020|2025)\b", re.IGNORECASE)


class RegisterNumber(CellWidget):
    """IKM-000123, the number a record carries in every export."""

    hint = "Jangan diubah; kosongkan untuk usaha baru."

    def reader(self, model_field, reading):
        def read(value):
            text = cells.read_text(value)
            if not isinstance(text.value, str) or text.has_error:
                return text
            found = _NUMBER.fullmatch(text.value)
            if found:
                return cells.Read(int(found[1]))
            message = f'"{text.value[:40]}" bukan nomor register. Isi seperti IKM-000123.'
            return cells.Read(None, (Finding("error", "bad_number", message),))

        return read

    def render(self, value, obj=None, **kwargs):
        return f"IKM-{value:06d}" if value else ""


class KbliCode(Text):
    """A KBLI code; exports name its version, because one number can mean two activities."""

    hint = "Lima angka, misalnya 10794."

    def render(self, value, obj=None, **kwargs):
        return f"{value[0]} (KBLI {value[1]})" if value and value[0] else ""


def region(kind, label):
    """A kelurahan or kecamatan called by any spelling the office accepts."""

    def lookup(options):
        names = options["regions"]
        return (lambda text: names.find(kind, text)), (lambda text: names.suggest(kind, text))

    return Named(label, lookup, code="unknown_region")


def listed(name, label, **kwargs):
    """A record of one of the staff's own lists, found by name or alias."""

    def lookup(options):
        known = options[name]
        return (lambda text: known.get(comparison_key(text))), (lambda text: None)

    return Named(label, lookup, **kwargs)


def names_and_aliases(model) -> dict[str, int]:
    """Every spelling of the staff's list -> its record."""
    found = {}
    for key, name, aliases in model.objects.kept().values_list("id", "name", "aliases"):
        for spelling in (name, *aliases.split(";")):
            if spelling.strip():
                found[comparison_key(spelling)] = key
    return found


BUSINESS_IDENTITY = LadderIdentity(
    number="IKM",
    unique=("nib",),
    paired=(("nik", "name"),),
    weak=("owner_name", "address", "kelurahan_id", "phone", "products", "commodity"),
)

YEAR_PART = Part(BusinessYear, "business_id", ("year",))


class BusinessResource(SheetResource):
    """The "Data IKM" sheet: one row per business, with its figures of one year."""

    register = "ikm"
    label = "IKM"
    identity = BUSINESS_IDENTITY
    part = YEAR_PART
    year_column = "year"
    required = (("name",),)
    required_label = "nama usaha"
    missing_name = "Nama usaha kosong. Isi nama usaha, atau hapus barisnya."
    needs = ("kelurahan_id", "kecamatan_id", "listed_year")

    number = Column("id", "Nomor Register", RegisterNumber(), "No Register", stored=False)
    name = Column(
        "name",
        "Nama Usaha",
        Text(),
        "Nama Industri",
        "Nama",
        "Nama Perusahaan",
        "Perusahaan",
        "nm_usaha",
        "Nama IKM",
        "Nama Usaha/Industri",
        "Nama Unit Usaha",
        "Usaha",
        "Nama Industri/Usaha",
        "nama komersial usaha",
        required=True,
    )
    owner_name = Column(
        "owner_name",
        "Nama Pemilik",
        Text(),
        "Pemilik",
        "Nama Lengkap",
        "Kontak",
        "Kontak Person",
        "Nama Pengusaha",
        "Penanggung Jawab",
        "Nama Pemilik/Penanggung Jawab",
        "Nama Pelaku Usaha",
    )
    owner_gender = Column(
        "owner_gender",
        "Jenis Kelamin",
        Choice(
            Gender,
            "jenis kelamin",
            {"L": "male", "LK": "male", "Pria": "male", "P": "female", "PR": "female",
             "Wanita": "female", "Laki laki": "male"},
        ),
        "L/P",
        "Jenis Kelamin Pemilik",
        "JK",
    )
    legal_form = Column(
        "legal_form",
        "Bentuk Usaha",
        Choice(
            LegalForm,
            "bentuk usaha",
            {"PD": "other", "Usaha Dagang": "ud", "Perseorangan": "sole", "Individu": "sole",
             "Pribadi": "sole", "Perusahaan Otobus": "po", "Perseroan Terbatas": "pt",
             "Kelompok Usaha Bersama": "kub", "Kop": "cooperative", "Lain-lain": "other"},
        ),
        "Badan Usaha",
        "Bentuk Badan",
        "Bentuk Badan Usaha",
        "Badan Usaha(PT/PO/CV)",
        "Bentuk Badan Hukum",
    )
    nib = Column(
        "nib",
        "NIB",
        Digits("NIB", (13,)),
        "Izin NIB",
        "NIB (13 digit)",
        "Nomor Induk Berusaha",
        "No NIB",
        "Nomor NIB",
        "Nomor Induk Berusaha (NIB)",
        "NIB/Tahun",
    )
    nik = Column(
        "nik",
        "NIK",
        Digits("NIK", (16,)),
        "Nomor Induk Kependudukan (NIK)",
        "Nomor Induk Kependudukan",
        "No KTP",
        "No. KTP (16 digit)",
        "NIK Pemilik",
        "No NIK",
        "Nomor KTP",
        "KTP",
    )
    npwp = Column("npwp", "NPWP", Digits("NPWP", (15, 16)), "No NPWP", "Nomor NPWP")
    address = Column(
        "address",
        "Alamat",
        Text(),
        "Alamat Lengkap",
        "Alamat Usaha",
        "Jalan",
        "Dusun/Jalan",
        "Alamat Jalan",
        "Alamat Dusun/Jalan",
        "Alamat Perusahaan",
        "Lokasi Usaha",
    )
    rt = Column("rt", "RT", Text(), "RT/RW", "Alamat RT")
    kelurahan = Column(
        "kelurahan",
        "Kelurahan",
        region("kelurahan", "kelurahan"),
        "Desa/Kel",
        "Desa",
        "Desa/Kelurahan",
        "Kelurahan/Desa",
        "Keldesa",
        "Kel",
        "id_kelurahan",
        "Alamat Desa",
        "Kel/Desa",
        target="kelurahan_id",
    )
    kecamatan = Column(
        "kecamatan",
        "Kecamatan",
        region("kecamatan", "kecamatan"),
        "Kec",
        "id_kecamatan",
        "Alamat Kecamatan",
        target="kecamatan_id",
    )
    phone = Column(
        "phone",
        "No. HP",
        Phone(),
        "No Telp",
        "Telepon",
        "Telp/Fax",
        "Telp",
        "HP",
        "Nomor HP",
        "Nomor Telepon",
        "No Telepon",
        "Nomor Whatsapp",
        "No WA",
        "Telp/HP",
        "No. Telp/HP",
        "No HP/WA",
        "Kontak Telepon",
        "Kontak HP",
        "Handphone",
    )
    email = Column("email", "Surel", Text(), "Email", "E-mail", "Alamat Email")
    social_media = Column(
        "social_media", "Media Sosial", Text(), "Sosial Media", "Medsos", "Instagram", "Web", "Website"
    )
    latitude = Column("latitude", "Lintang", Degrees(), "Latitude", "Lat")
    longitude = Column("longitude", "Bujur", Degrees(), "Longitude", "Lng", "Long", "Lon")
    group = Column(
        "group",
        "Kelompok Industri",
        listed("groups", "kelompok industri", lenient=True, code="unknown_group"),
        "Kelompok",
        target="group_id",
    )
    commodity = Column(
        "commodity",
        "Komoditi",
        Text(),
        "Cabang Industri",
        "Kategori",
        "Jenis Industri",
        "Klasifikasi",
        "Jenis Usaha",
        "Cabang",
        "Komoditas",
        "Sub Cabang Industri",
    )
    kbli = Column(
        "kbli",
        "KBLI",
        KbliCode(),
        "Kode KBLI",
        "id_kbli",
        "KLBI",
        "KBLI (5 digit)",
        "Nomor KBLI",
        target="kbli_id",
        derived=True,
        path=("kbli__code", "kbli__version_year"),
    )
    products = Column(
        "products", "Produk", Text(), "Nama Produk", "Jenis Produk", "Produk yang Dihasilkan"
    )
    brand = Column("brand", "Merek", Text(), "Merk", "Merek Dagang", "Nama Merek")
    founded_year = Column(
        "founded_year", "Tahun Berdiri", Year(), "Thn Berdiri", "Berdiri Tahun", "Mulai Usaha"
    )
    listed_year = Column("listed_year", "Terdata Sejak", Year(), "Tahun Terdata")
    closed_year = Column("closed_year", "Tahun Tutup", Year(), "Thn Tutup")
    status = Column(
        "status",
        "Status",
        Choice(
            BusinessStatus,
            "status",
            {"Ya": "active", "1": "active", "Tidak": "inactive", "0": "inactive",
             "Non aktif": "inactive", "Nonaktif": "inactive", "Aktif Berproduksi": "active",
             "Tidak Produksi": "inactive", "Tutup Permanen": "closed", "Pindah Lokasi": "moved"},
        ),
        "Status Usaha",
        "id_aktif",
        "Aktif",
    )
    year = Column(
        "year", "Tahun Data", Year(), "Tahun", "Thn Data", "Data Tahun", "Tahun Pendataan", part=True
    )
    workers_male = Column(
        "workers_male",
        "TK LK",
        Whole(),
        "TKL",
        "N LK",
        "TK Pria",
        "Jumlah Tenaga Kerja Pria",
        "Tenaga Kerja L",
        "Tenaga Kerja LK",
        "Tenaga Kerja Pria",
        "Tenaga Kerja Laki-laki",
        "Jumlah Tenaga Kerja Laki-laki",
        "TK L",
        "TK Laki-laki",
        "Tenaga Kerja Laki",
        "Jumlah Tenaga Kerja L",
        part=True,
    )
    workers_female = Column(
        "workers_female",
        "TK PR",
        Whole(),
        "TKP",
        "N PR",
        "TK Wanita",
        "Jumlah Tenaga Kerja Wanita",
        "Tenaga Kerja P",
        "Tenaga Kerja PR",
        "Tenaga Kerja Wanita",
        "Tenaga Kerja Perempuan",
        "Jumlah Tenaga Kerja Perempuan",
        "TK P",
        "TK Perempuan",
        "Jumlah Tenaga Kerja P",
        part=True,
    )
    workers_total = Column(
        "workers_total",
        "Tenaga Kerja (Orang)",
        Whole(),
        "Tenaga Kerja",
        "Jumlah Tenaga Kerja",
        "TK",
        "Jumlah TK",
        "Tenaga Kerja Jumlah",
        "Tenaga Kerja Total",
        "Total Tenaga Kerja",
        "TK Total",
        "Jml Tenaga Kerja",
        part=True,
    )
    investment = Column(
        "investment",
        "Nilai Investasi (Rp)",
        Money(),
        "Nilai Investasi",
        "Investasi",
        "Investasi/Modal",
        "Modal",
        "Jumlah Investasi",
        "Modal Usaha",
        "Nilai Investasi Tanpa Tanah dan Bangunan",
        part=True,
    )
    investment_land_building = Column(
        "investment_land_building",
        "Investasi Tanah dan Bangunan (Rp)",
        Money(),
        "Nilai Investasi Tanah dan Bangunan",
        part=True,
    )
    installed_capacity = Column(
        "installed_capacity", "Kapasitas Terpasang", Measure(), part=True
    )
    capacity = Column(
        "capacity",
        "Kapasitas Produksi",
        Measure(),
        "Jml Kapasitas Produksi",
        "Jumlah Kapasitas Produksi",
        "Nilai Kapasitas",
        "Jumlah Produksi",
        "Kapasitas",
        "Kapasitas Produksi Jumlah",
        "Kapasitas Produksi per Tahun Jumlah",
        "Volume Produksi",
        part=True,
    )
    capacity_unit = Column(
        "capacity_unit",
        "Satuan Produksi",
        listed("units", "satuan", lenient=True, code="unknown_unit"),
        "Sat",
        "Satuan kapasitas Produksi",
        "Satuan",
        "id_satuan",
        "Kapasitas Produksi Satuan",
        "Kapasitas Produksi per Tahun Satuan",
        target="capacity_unit_id",
        part=True,
    )
    capacity_period = Column(
        "capacity_period",
        "Kapasitas per",
        Choice(CapacityPeriod, "kapasitas per", {"Bulanan": "bulan", "Tahunan": "tahun",
                                                 "Harian": "hari"}),
        "Periode Kapasitas",
        part=True,
    )
    production_value = Column(
        "production_value",
        "Nilai Produksi (Rp)",
        Money(),
        "Nilai Produksi",
        part=True,
    )
    raw_material_value = Column(
        "raw_material_value",
        "Nilai Bahan Baku (Rp)",
        Money(),
        "Nilai BB/BP",
        "Nilai Bahan Baku",
        "nilai_bbbp",
        "nilai_bb_bp",
        "Nilai Bahan Baku/Bahan Penolong",
        part=True,
    )
    turnover = Column("turnover", "Omzet (Rp)", Money(), "Omzet", "Omset", "Nilai Omzet", part=True)
    export_percent = Column(
        "export_percent",
        "Ekspor (%)",
        Percentage(),
        "Pemasaran Ekspor (%)",
        "Ekspor",
        part=True,
    )
    export_countries = Column(
        "export_countries",
        "Negara Tujuan Ekspor",
        Text(),
        "Negara Ekspor",
        "negaraa_ekspor",
        "Negara Tujuan",
        part=True,
    )
    notes = Column("notes", "Catatan", Text(lines=True), "Keterangan", "Ket")

    class Meta:
        model = Business

    @classmethod
    def preferences(cls):
        # "Nama" alone is the business, unless another column is; then it is the owner.
        return {"Nama": ("name", "owner_name"), "Kontak": ("owner_name", "phone")}

    def prepare(self):
        codes = {}
        rows = Kbli.objects.kept().values_list("id", "version_year", "code", "title")
        for key, version, code, title in rows:
            codes.setdefault(code, {})[version] = (key, title)
        return {
            "regions": RegionNames(),
            "groups": names_and_aliases(IndustryGroup),
            "units": names_and_aliases(ProductUnit),
            "kbli": codes,
        }

    # Fields that follow from others

    def derive(self, rows, options, problems):
        self._regions(rows, options, problems)
        self._kbli(rows, options, problems)
        self._groups(rows, options, problems)
        self._workers(rows)
        self._periods(rows, problems)

    def _regions(self, rows, options, problems):
        """The kelurahan decides its kecamatan; bands and addresses fill what is blank."""
        names = options["regions"]
        kelurahan = rows.values.get("kelurahan")
        kecamatan = rows.values.get("kecamatan")
        addresses = rows.values.get("address")
        bands = self._band_regions(rows, names)
        if kelurahan is None and kecamatan is None and addresses is None and not bands:
            return
        known = {}
        for index in range(len(rows)):
            ward = kelurahan[index] if kelurahan else None
            stated = kecamatan[index] if kecamatan else None
            if isinstance(ward, int):
                right = names.kecamatan_of[ward]
                if isinstance(stated, int) and stated != right:
                    message = (
                        f"Kelurahan {names.names['kelurahan'][ward]} terletak di kecamatan "
                        f"{names.names['kecamatan'][right]}, bukan "
                        f"{names.names['kecamatan'][stated]}. Kelurahan yang dipakai."
                    )
                    finding = Finding("warning", "region_conflict", message)
                    rows.tell(problems, index, "kelurahan", finding)
                rows.fill("kecamatan")[index] = right
                continue
            if ward is None and addresses and isinstance(addresses[index], str):
                address = addresses[index]
                if address not in known:
                    known[address] = names.in_address(address) if "," in address else (None, None)
                found, district = known[address]
                if found:
                    rows.fill_soft("kelurahan_id")[index] = found
                    rows.fill_soft("kecamatan_id")[index] = district
                    message = (
                        f"Kelurahan {names.names['kelurahan'][found]} diambil dari alamat."
                    )
                    finding = Finding("note", "region_from_address", message)
                    rows.tell(problems, index, "address", finding)
                    continue
                if district and stated is None:
                    rows.fill_soft("kecamatan_id")[index] = district
                    continue
            if stated is None and bands.get(index):
                rows.fill_soft("kecamatan_id")[index] = bands[index]

    def _band_regions(self, rows, names):
        """The kecamatan a band, a sheet's title or its name gives to rows without one."""
        by_sheet = []
        for name, title in zip(rows.sheets, rows.titles or rows.sheets, strict=False):
            found = names.find("kecamatan", name)
            for part in re.findall(r"kecamatan\s*:?\s*([a-z ]+)", title, re.IGNORECASE):
                found = found or names.find("kecamatan", part)
            by_sheet.append(found)
        found = {i: r for i, s in enumerate(rows.sheet_of) if (r := by_sheet[s])}
        for index, band in rows.bands.items():
            district = names.find("kecamatan", band.replace(":", " "))
            if district:
                found[index] = district
        return found

    def _kbli(self, rows, options, problems):
        """A code known in one version takes that one; in both, the data year decides."""
        codes = rows.values.get("kbli")
        if codes is None:
            return
        years = rows.column("year")
        chosen = options["answers"].kbli_version
        for index, text in enumerate(codes):
            if text is None:
                continue
            if text is ERASE:
                rows.fill("kbli_id")[index] = ERASE
                continue
            parts = _KBLI.findall(text)
            known = options["kbli"].get(parts[0]) if parts else None
            if not known:
                message = (
                    f'"{text[:20]}" belum ada dalam daftar KBLI; disimpan sebagai KBLI lain. '
                    "Periksa kodenya, lima angka."
                )
                finding = Finding("warning", "unknown_kbli", message)
                rows.tell(problems, index, "kbli", finding, text)
                rows.fill("other_kbli")[index] = text[:60]
                continue
            named = _KBLI_VERSION.search(text)
            version = int(named[1]) if named and int(named[1]) in known else None
            if version is None and chosen in known:
                version = chosen
            if version is None:
                by_year = 2020 if (years[index] or 0) < 2026 else 2025
                version = by_year if by_year in known else next(iter(known))
                if len({title for _, title in known.values()}) > 1:
                    message = f"Kode {parts[0]} dibaca menurut KBLI {version}."
                    finding = Finding("note", "kbli_version", message)
                    rows.tell(problems, index, "kbli", finding, text)
            rows.fill("kbli_id")[index] = known[version][0]
            if len(parts) > 1:
                rows.fill("other_kbli")[index] = ", ".join(parts[1:])

    def _groups(self, rows, options, problems):
        """The kelompok follows from the komoditi where the staff's table knows the word."""
        words = rows.values.get("commodity")
        if words is None:
            return
        unknown = {}
        for index, word in enumerate(words):
            if not isinstance(word, str):
                continue
            found = options["groups"].get(comparison_key(word))
            if found:
                rows.fill_soft("group_id")[index] = found
            else:
                unknown.setdefault(word, []).append(index)
        for word, indexes in unknown.items():
            message = (
                f'Komoditi "{word[:40]}" ({format_whole(len(indexes))} baris) belum dipetakan ke '
                "kelompok industri; kelompoknya dikosongkan."
            )
            finding = Finding("note", "unmapped_commodity", message)
            rows.tell(problems, indexes[0], "commodity", finding, word)

    def _workers(self, rows):
        male, female = rows.values.get("workers_male"), rows.values.get("workers_female")
        if male is None or female is None:
            return
        total = rows.fill("workers_total")
        for index, pair in enumerate(zip(male, female, strict=True)):
            if total[index] is None and ERASE not in pair:
                total[index] = total_workers(*pair)

    def _periods(self, rows, problems):
        """Capacity "per tahun" comes from the heading; where it is silent it stays blank."""
        capacity = rows.values.get("capacity")
        if capacity is None or rows.values.get("capacity_period"):
            return
        headings = [places.get("capacity", ("", ""))[1] for places in rows.places]
        periods = [period(heading) for heading in headings]
        silent = set()
        for index, value in enumerate(capacity):
            if value is None or value is ERASE:
                continue
            sheet = rows.sheet_of[index]
            if periods[sheet]:
                rows.fill("capacity_period")[index] = periods[sheet]
            elif sheet not in silent:
                silent.add(sheet)
                message = (
                    "Judul ini tidak menyebut per tahun atau per bulan; periode kapasitas "
                    "dikosongkan."
                )
                finding = Finding("note", "period_unknown", message)
                rows.tell(problems, index, "capacity", finding)

    # Warnings

    def weigh(self, rows, options, problems):
        material, production = rows.values.get("raw_material_value"), rows.values.get(
            "production_value"
        )
        if material and production:
            for index, (used, made) in enumerate(zip(material, production, strict=True)):
                if isinstance(used, int) and isinstance(made, int) and used > made:
                    message = (
                        f"Nilai bahan baku {format_whole(used)} lebih besar daripada nilai "
                        f"produksi {format_whole(made)}. Periksa kedua angka itu."
                    )
                    finding = Finding("warning", "implausible", message)
                    rows.tell(problems, index, "raw_material_value", finding, used)
        for name in ("investment", "production_value", "raw_material_value", "turnover"):
            if name in rows.values:
                self._unit_slips(rows, name, problems)

    def _unit_slips(self, rows, name, problems):
        """An amount a thousand times its group's median was likely typed in another unit."""
        amounts = rows.values[name]
        groups = rows.values.get("commodity") or rows.values.get("group") or [None] * len(rows)
        by_group = {}
        for group, amount in zip(groups, amounts, strict=True):
            if isinstance(amount, int) and amount:
                by_group.setdefault(group, []).append(amount)
        medians = {g: statistics.median(v) for g, v in by_group.items() if len(v) >= 5}
        if not medians:
            return
        for index, (group, amount) in enumerate(zip(groups, amounts, strict=True)):
            if group in medians and isinstance(amount, int) and amount >= 1000 * medians[group]:
                message = (
                    f"Rp{format_whole(amount)} lebih dari 1.000 kali nilai tengah kelompoknya, "
                    f"Rp{format_whole(int(medians[group]))}. Periksa satuannya."
                )
                finding = Finding("warning", "unit_slip", message)
                rows.tell(problems, index, name, finding, amount)

    # What is stored

    def settle(self, stored, values, options, year=None):
        """Region and first year never contradict what the record already says."""
        ward = values.get("kelurahan_id", stored.get("kelurahan_id"))
        if ward and ("kecamatan_id" in values or "kelurahan_id" in values):
            values["kecamatan_id"] = options["regions"].kecamatan_of[ward]
        listed = stored.get("listed_year")
        if year and listed and year < listed and "listed_year" not in values:
            values["listed_year"] = year

    def new_values(self, values, year):
        if not values.get("listed_year"):
            values["listed_year"] = year if year and year != 9999 else timezone.localdate().year


class RevenueResource(SheetResource):
    """The PAD sheet: one row per source and year, or month of it."""

    register = "pad"
    label = "PAD"
    identity = KeyIdentity(("year", "month", "account_id", "source_name", "stage"))
    year_column = "year"
    naming = "source_name"
    missing_name = "Sumber penerimaan kosong. Isi sumbernya, atau hapus barisnya."
    required = (("source_name",), ("target", "realised"))
    required_label = "sumber penerimaan beserta target atau realisasi"

    year = Column("year", "Tahun", Year(), "Tahun Anggaran", "Tahun Data", "TA", required=True)
    month = Column("month", "Bulan", Choice(Month, "bulan"), "Bulan ke")
    account = Column(
        "account",
        "Kode Rekening",
        Code(re.compile(r"4\.1(\.\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?)?"), "kode rekening"),
        "Rekening",
        "No Rekening",
        target="account_id",
    )
    source_name = Column(
        "source_name",
        "Sumber Penerimaan",
        Text(),
        "Uraian",
        "Jenis Penerimaan",
        "Sumber",
        "Uraian Penerimaan",
        "Jenis Retribusi",
        "Objek Retribusi",
        "Sumber PAD",
        required=True,
    )
    stage = Column(
        "stage",
        "Tahapan",
        Choice(BudgetStage, "tahapan", {"Penetapan": "original", "APBD Murni": "original",
                                        "Murni": "original", "APBD Perubahan": "revised",
                                        "APBD-P": "revised"}),
        "Tahapan APBD",
        "Tahapan Anggaran",
        default=BudgetStage.ORIGINAL,
    )
    target = Column(
        "target", "Target (Rp)", Money(), "Target", "Target APBD", "Target Tahunan", "Target PAD"
    )
    realised = Column(
        "realised", "Realisasi (Rp)", Money(), "Realisasi", "Realisasi PAD", "Jumlah Realisasi",
        "Penerimaan"
    )
    as_of = Column("as_of", "Per Tanggal", Date(), "Posisi Tanggal", "Per Tgl")
    status = Column(
        "status",
        "Status Angka",
        Choice(FigureStatus, "status angka", {"Diaudit": "audited", "Audit": "audited"}),
        "Status",
    )
    source = Column("source", "Sumber Data", Text())
    notes = Column("notes", "Catatan", Text(lines=True), "Keterangan", "Ket")

    class Meta:
        model = Revenue

    def prepare(self):
        return {
            "accounts": dict(RevenueAccount.objects.kept().values_list("code", "id")),
        }

    def derive(self, rows, options, problems):
        """A code the chart of accounts does not have is told, not guessed."""
        codes = rows.values.get("account")
        if codes is None:
            return
        accounts = options["accounts"]
        for index, code in enumerate(codes):
            if not isinstance(code, str):
                continue
            found = accounts.get(code)
            if found is None:
                message = (
                    f'Kode rekening "{code}" belum ada dalam daftar rekening. Tambahkan dahulu, '
                    "atau perbaiki kodenya."
                )
                finding = Finding("error", "unknown_account", message)
                rows.tell(problems, index, "account", finding, code)
            codes[index] = found

    def clashes(self, plan, options):
        """A source is realised monthly or once a year, never both."""
        periods = {}
        stored = Revenue.objects.kept().filter(realised__isnull=False)
        for year, source, month in stored.values_list("year", "source_name", "month"):
            periods.setdefault((year, source), set()).add(month is not None)
        for record in plan.new:
            if record.values.get("realised") is None:
                continue
            key = record.values.get("year"), record.values["source_name"]
            monthly = record.values.get("month") is not None
            if (not monthly) not in periods.get(key, set()):
                continue
            message = (
                "Realisasi sumber ini sudah dicatat per bulan untuk tahun itu; baris setahun "
                "hanya boleh memuat target."
                if not monthly
                else "Realisasi sumber ini sudah dicatat untuk setahun penuh."
            )
            yield record.place, "realised", message


class BusinessYearResource(BusinessResource):
    """The "Data Tahunan IKM" sheet: the figures of one year for businesses already recorded."""

    register = "ikm-tahunan"
    label = "data tahunan IKM"
    adds_main = False
    required = (
        ("name", "number", "nib"),
        tuple(
            "workers_total workers_male investment production_value capacity turnover".split()
        ),
    )
    required_label = "nama usaha (atau nomor register, NIB) dan angka tahunan"

    class Meta:
        model = Business

    @classmethod
    def columns(cls):
        """The figures, and of the business only what it is recognised by."""
        chosen = {}
        for name, column in super().columns().items():
            if column.part:
                chosen[name] = column
            elif name in _KNOWN_BY:
                chosen[name] = copy.copy(column)
                chosen[name].stored = False
        return chosen


_KNOWN_BY = frozenset(
    "number name owner_name nib nik address kelurahan phone products commodity".split()
)
