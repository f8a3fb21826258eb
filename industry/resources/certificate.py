"""The sheet of permits and certificates."""

import re

from balikpapan.intake.resources import ChildRecord, SheetColumn, SheetResource, SheetRules
from balikpapan.intake.widgets import Choice, Date, Text, Year
from balikpapan.regions.matching import RegionNames
from balikpapan.spreadsheets.cells import ERASE, Finding

from ..choices import CertificateKind, CertificateStatus
from ..models import Business, Certificate
from .business_identity import KNOWN_BUSINESS
from .certificate_words import KIND_WORDS, STATUS_WORDS, doubtful_pirt, kind_named
from .known_business import identity_column


class CertificateSheetRules(SheetRules):
    """The rules of the certificate sheet: kinds named outside the table, odd numbers."""

    def prepare(self):
        return {"regions": RegionNames()}

    def fill_derived(self, rows, options, problems):
        """A sheet of one kind may name it in a heading, its title or its tab only."""
        titles = rows.titles or [""] * len(rows.sheets)
        named = []
        for sheet, (name, title) in enumerate(zip(rows.sheets, titles, strict=True)):
            heading = rows.places[sheet].get("certificate_number", ("", ""))[1]
            named.append(kind_named(heading) or kind_named(title) or kind_named(name))
        kinds, warned = rows.fill("kind"), set()
        for index, kind in enumerate(kinds):
            sheet = rows.sheet_of[index]
            if kind is not None or named[sheet] is None or "kind" in rows.places[sheet]:
                continue
            kinds[index] = named[sheet]
            if sheet not in warned:
                warned.add(sheet)
                label = CertificateKind(named[sheet]).label
                message = f"Jenis sertifikat {label} diambil dari judul."
                rows.tell(problems, index, "kind", Finding("note", "kind_from_title", message))

    def warn_implausible(self, rows, options, problems):
        """A P-IRT number of an unusual length is looked at twice."""
        pairs = zip(rows.column("kind"), rows.column("certificate_number"), strict=True)
        for index, (kind, number) in enumerate(pairs):
            if kind != CertificateKind.PIRT or number is None or number is ERASE:
                continue
            if message := doubtful_pirt(number):
                finding = Finding("warning", "id_wrong_length", message)
                rows.tell(problems, index, "certificate_number", finding, number)


class CertificateResource(SheetResource):
    """The "Sertifikat" sheet: one row per certificate of a business already recorded."""

    register = "sertifikat"
    label = "sertifikat"
    rules = CertificateSheetRules()
    identity = KNOWN_BUSINESS
    adds_main = False
    exports_bare = False
    child = ChildRecord(Certificate, "business_id", ("kind", "number"), "sertifikat", bare=True)
    required = (("name", "number", "nib"), ("kind", "certificate_number"))
    required_label = "nama usaha (atau nomor register, NIB) dan jenis atau nomor sertifikat"
    sections = "kind"
    section_words = re.compile(
        r"\W*(?:(?:[A-Z]|[IVX]+|\d+)[.)]\s+)?(?:sertifikat|izin|halal|p\W?irt|spp\W?irt|mere?k|hki|haki|sni|"
        r"sppt|tkdn|bpom|md|akun|siinas|uji|lhu)\b",
        re.IGNORECASE,
    )
    missing_name = "Usahanya tidak disebut. Isi nama usaha, NIB, atau nomor registernya."

    number = identity_column("number", exported=True)
    name = identity_column("name", exported=True)
    owner_name = identity_column("owner_name", exported=True)
    nib = identity_column("nib", exported=True)
    nik = identity_column("nik")
    address = identity_column("address")
    kelurahan = identity_column("kelurahan")
    phone = identity_column("phone")
    kind = SheetColumn(
        "kind",
        "Jenis Sertifikat",
        Choice(CertificateKind, "jenis sertifikat", KIND_WORDS),
        aliases="Jenis; Sertifikat; Jenis Izin; Jenis Fasilitasi; Bentuk Fasilitasi; Legalitas",
        child=True,
        required=True,
    )
    certificate_number = SheetColumn(
        "certificate_number",
        "Nomor Sertifikat",
        Text(),
        aliases=(
            "No Sertifikat; Nomor Izin; Nomor Pendaftaran; No Pendaftaran; Nomor P-IRT; No P-IRT; "
            "No PIRT; Nomor PIRT; Nomor Halal; No Halal; Nomor Sertifikat Halal; No Sertifikat "
            "Halal; Nomor Merek; Nomor Sertifikat Merek; Nomor SNI; Nomor TKDN; Nomor BPOM; "
            "Nomor MD; Nomor LHU; Nomor Test Report; Nomor Bukti Akun; Nomor Akun SIINas"
        ),
        target="number",
        child=True,
    )
    issued_on = SheetColumn(
        "issued_on",
        "Tanggal Terbit",
        Date(),
        aliases="Tgl Terbit; Tanggal; Tanggal Sertifikat; Tanggal LHU; Terbit; Diterbitkan",
        child=True,
    )
    expires_on = SheetColumn(
        "expires_on",
        "Berlaku Sampai",
        Date(is_until=True),
        aliases="Berlaku s/d; Masa Berlaku; Tanggal Berakhir; Tgl Berakhir; Berlaku Hingga",
        child=True,
    )
    status = SheetColumn(
        "status",
        "Status Sertifikat",
        Choice(CertificateStatus, "status sertifikat", STATUS_WORDS),
        aliases="Status; Status Pendaftaran",
        child=True,
    )
    facilitated_year = SheetColumn(
        "facilitated_year",
        "Tahun Fasilitasi",
        Year(),
        aliases="Fasilitasi Tahun; Tahun Difasilitasi",
        child=True,
    )

    class Meta:
        model = Business
