"""Table 15: what the figures mean, where they come from and how they were counted."""

import datetime

from balikpapan.reports.formats import long_date
from balikpapan.reports.links import list_of
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

from ..figures import FIGURES
from ..models import Business, ScaleRule
from .movement import YEARS
from .scale import rule_note
from .shaping import position


def metadata_table(year: int, *, today: datetime.date, closing: str) -> ReportTable:
    """Table 15: the definitions behind every table, the rules used and the day of printing."""
    return ReportTable(
        "metadata",
        "Metadata: definisi, aturan, dan sumber data",
        [
            ReportColumn("Unsur", key="element", width=34),
            ReportColumn("Keterangan", key="meaning", width=96),
        ],
        [*about_the_book(year, today, closing), *rules_used(year), *DEFINITIONS],
    )


def about_the_book(year: int, today: datetime.date, closing: str) -> list[tuple[str, str]]:
    """Of which day, printed when, from which data."""
    return [
        ("Tahun laporan", f"{year}. {position(year)}."),
        ("Tanggal cetak", f"{long_date(today)}."),
        ("Status data", closing),
        (
            "Sumber data",
            "Register IKM, PAD, serta sarana dan aset DKUMKMP Kota Balikpapan, kecuali disebut "
            "lain di bawah tabel.",
        ),
        (
            "Saringan",
            "Seluruh Kota Balikpapan. Catatan yang diarsipkan tidak dihitung. Tidak ada data "
            "perorangan dalam laporan ini.",
        ),
    ]


def rules_used(year: int) -> list[tuple[str, str]]:
    """The dated rules that told the scale and the UMKM class."""
    return [
        (name, rule_note(year, ScaleRule.objects.lines_by_year(kind, [year])[year]))
        for name, kind in (
            ("Skala industri", ScaleRule.Kind.SCALE),
            ("Kelas UMKM", ScaleRule.Kind.UMKM),
        )
    ]


DEFINITIONS = [
    (
        "IKM yang terhitung",
        "IKM yang tahun berdirinya, atau bila tidak diketahui tahun terdatanya, tidak sesudah "
        "tahun laporan, dan yang belum tutup atau pindah pada 31 Desember tahun itu. Usaha "
        "yang menurut data tahun itu berskala besar bukan IKM dan tidak dihitung.",
    ),
    ("IKM baru", "IKM yang tahun pertamanya (berdiri, atau terdata) sama dengan tahun laporan."),
    ("IKM tutup", "IKM yang tutup atau pindah dari Balikpapan dalam tahun laporan."),
    (
        "IKM yang melaporkan",
        "IKM yang terhitung dan mempunyai data tahunan untuk tahun laporan. Angka yang tidak "
        "dilaporkan tidak dihitung sebagai nol.",
    ),
    *(
        (figure.name, f"{figure.definition} Satuan: {figure.unit}.")
        for figure in FIGURES
        if not figure.part_of
    ),
    (
        "Kelompok industri dan KBLI",
        "Kelompok menurut daftar dinas; golongan pokok menurut dua angka pertama kode KBLI.",
    ),
    (
        "PAD sektor industri",
        "Penerimaan yang dicatat menurut sumber. Dari beberapa tahapan anggaran dipakai tahapan "
        "terakhir yang memuat angkanya. Angka publikasi hanya dipakai untuk tahun yang belum "
        "mempunyai realisasi lain.",
    ),
    (
        "Capaian, lebih/kurang, dan pertumbuhan",
        "Capaian = realisasi : target × 100. Lebih/kurang = realisasi – target. Pertumbuhan = "
        "selisih dengan realisasi tahun sebelumnya : realisasi tahun sebelumnya × 100. Dua angka "
        "di belakang koma; tanda – bila pembaginya tidak diketahui atau nol.",
    ),
    (
        "Utilisasi cold storage",
        "kg-hari : (kapasitas dalam kg × jumlah hari pada bulan yang tercatat) × 100, per ruang. "
        "Utilisasi ruang pendinginan dan pembekuan tidak dijumlahkan.",
    ),
    (
        "Angka publikasi",
        f"Angka yang pernah diumumkan, disandingkan dengan isi register untuk {YEARS} tahun "
        "terakhir.",
    ),
    ("Tanda –", "Tidak diketahui atau tidak dapat dihitung; berbeda dari 0."),
]


def chain_table(year: int) -> ReportTable:
    """Table 15, second part: from the records in the register to the IKM that count."""
    chain = Business.objects.chain_to(year)
    steps = [
        chain_row("Catatan IKM dalam register", chain["recorded"], arsip="semua"),
        chain_row("dikurangi: diarsipkan", -chain["archived"], arsip="ya"),
        chain_row(
            "dikurangi: tahun berdiri dan tahun terdata tidak diketahui",
            -chain["undated"],
            tidak_terhitung=f"tanpa-tahun.{year}",
        ),
        chain_row(
            f"dikurangi: berdiri atau terdata sesudah {year}",
            -chain["later"],
            tidak_terhitung=f"sesudah.{year}",
        ),
        chain_row(
            f"dikurangi: tutup atau pindah sampai dengan {year}",
            -chain["ended"],
            tidak_terhitung=f"tutup.{year}",
        ),
        chain_row(
            f"dikurangi: industri besar menurut data tahun {year}",
            -chain["large"],
            tidak_terhitung=f"besar.{year}",
        ),
    ]
    counting = f"IKM yang terhitung pada 31 Desember {year}"
    return ReportTable(
        "ikm-penghitungan",
        f"Dari catatan register ke IKM yang terhitung pada 31 Desember {year}",
        [ReportColumn("Langkah", key="step"), ReportColumn("Catatan", "whole", key="records")],
        steps,
        totals=chain_row(counting, chain["counting"], posisi=year),
        source="Register IKM DKUMKMP Kota Balikpapan",
    )


def chain_row(label: str, records: int, **lookups: object) -> Row:
    """One step of the chain with the records it speaks of."""
    links = {"records": list_of(Business, **lookups)} if records else {}
    return Row({"step": label, "records": records}, links)
