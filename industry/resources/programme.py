"""The sheet of what the office did for businesses: trainings, technology, markets, assistance."""

import re

from balikpapan.intake.resources import ChildRecord, KeyIdentity, SheetColumn, SheetResource
from balikpapan.intake.widgets import Choice, Date, Digits, Money, RegisterNumber, Text, Year

from ..choices import ProgrammeKind
from ..models import Participation, Programme
from .programme_rules import KIND_WORDS, ProgrammeRules


class ProgrammeResource(SheetResource):
    """The "Pembinaan" sheet: one row per participant, or per activity where nobody is named.

    A participant is the business the register holds under the number, NIB or name given; where it
    holds none, the name of the person (or, failing that, of the business) is kept as written.
    """

    register = "pembinaan"
    label = "pembinaan"
    rules = ProgrammeRules()
    identity = KeyIdentity(("year", "kind", "name"))
    child = ChildRecord(
        Participation, "programme_id", ("business_id", "person"), "peserta", bare=True
    )
    year_column = "year"
    whole = whole_texts = ("name",)
    sections = "name"
    section_words = re.compile(
        r"\W*(?:[A-Z]\.|\d+\.|[IVX]+\.)?\s*(?:pelatihan|bimtek|bimbingan|diklat|workshop|lokakarya|sosialisasi|"
        r"pendampingan|fasilitasi|bantuan|hibah|pameran|promosi|temu|kurasi|magang|kunjungan|studi|"
        r"seminar|penyuluhan|pembinaan|pengembangan|peningkatan|kegiatan)\b",
        re.IGNORECASE,
    )
    about_one = re.compile(r"\b(?:peserta|hadir|absen(?:si)?|penerima)\b", re.IGNORECASE)
    year_question = "Kegiatan dalam berkas ini untuk tahun anggaran berapa?"
    required = (("name",), ("kind", "person", "business_name", "budget", "place", "start_on"))
    required_label = "nama kegiatan beserta jenis, peserta, tempat, atau anggarannya"
    missing_name = "Nama kegiatan kosong. Isi nama kegiatan, atau hapus barisnya."

    year = SheetColumn(
        "year",
        "Tahun Anggaran",
        Year(),
        aliases="Tahun; TA; Thn Anggaran; Tahun Kegiatan; Tahun Data; Tahun Pelaksanaan",
        required=True,
    )
    kind = SheetColumn(
        "kind",
        "Jenis Pembinaan",
        Choice(ProgrammeKind, "jenis pembinaan", KIND_WORDS),
        aliases="Jenis; Jenis Kegiatan; Bentuk Pembinaan; Jenis Program; Kategori",
        required=True,
    )
    name = SheetColumn(
        "name",
        "Nama Kegiatan",
        Text(),
        aliases=(
            "Kegiatan; Nama Pelatihan; Pelatihan; Program; Nama Program; Uraian Kegiatan; Judul "
            "Pelatihan; Judul Kegiatan; Nama Bantuan; nm_bantuan; Bantuan"
        ),
        required=True,
    )
    start_on = SheetColumn(
        "start_on",
        "Mulai",
        Date(end="end_on", months=True),
        aliases=(
            "Tanggal Mulai; Tgl Mulai; Tanggal; Tgl; Tanggal Pelaksanaan; Tanggal Kegiatan; Waktu; "
            "Waktu Pelaksanaan; Waktu Kegiatan; Hari/Tanggal; Hari, Tanggal; Tgl Pelaksanaan"
        ),
    )
    end_on = SheetColumn(
        "end_on", "Selesai", Date(), aliases="Tanggal Selesai; Tgl Selesai; Sampai Tanggal"
    )
    place = SheetColumn(
        "place", "Tempat", Text(), aliases="Lokasi; Tempat Pelaksanaan; Lokasi Kegiatan"
    )
    budget = SheetColumn(
        "budget", "Anggaran (Rp)", Money(), aliases="Anggaran; Pagu; Pagu Anggaran; Biaya"
    )
    business_number = SheetColumn(
        "business_number",
        "Nomor Register IKM",
        RegisterNumber("IKM", "peserta"),
        aliases="Nomor Register; No Register; Nomor IKM",
        child=True,
        stored=False,
        path="business_id",
    )
    nib = SheetColumn(
        "nib",
        "NIB",
        Digits("NIB", (13,)),
        aliases="NIB (13 digit); Nomor Induk Berusaha; No NIB; Nomor NIB",
        child=True,
        stored=False,
        exported=False,
    )
    business_name = SheetColumn(
        "business_name",
        "Nama Usaha",
        Text(),
        aliases="Nama IKM; nm_usaha; Nama Perusahaan; Nama Industri; IKM; Usaha",
        child=True,
        stored=False,
        path="business__name",
    )
    person = SheetColumn(
        "person",
        "Nama Peserta",
        Text(),
        aliases=(
            "Peserta; Nama; Nama Lengkap; Nama Pemilik; Pemilik; Penerima; Nama Penerima; Nama "
            "Penerima Bantuan"
        ),
        child=True,
    )
    result = SheetColumn(
        "result",
        "Hasil",
        Text(lines=True),
        aliases="Hasil Kegiatan; Tindak Lanjut; Keterangan; Ket; Catatan",
        child=True,
    )

    class Meta:
        model = Programme
