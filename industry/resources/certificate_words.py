"""How offices write kinds, states and numbers of certificates."""

import re

from balikpapan.spreadsheets.cells import comparison_key

from ..choices import CertificateKind

KIND_WORDS = {
    "PIRT": "pirt",
    "SPP-IRT": "pirt",
    "SPPIRT": "pirt",
    "SPP PIRT": "pirt",
    "Sertifikat Halal": "halal",
    "Merk": "brand",
    "HKI": "brand",
    "HAKI": "brand",
    "HKI Merek": "brand",
    "Hak Merek": "brand",
    "Sertifikat Merek": "brand",
    "SPPT-SNI": "sni",
    "Sertifikat SNI": "sni",
    "TKDN": "tkdn",
    "Sertifikat TKDN": "tkdn",
    "Akun SIINas": "siinas",
    "MD": "bpom",
    "BPOM MD": "bpom",
    "BPOM/MD": "bpom",
    "Izin Edar": "bpom",
    "Izin Edar BPOM": "bpom",
    "Uji Gizi": "nutrition",
    "Uji Kandungan Gizi": "nutrition",
    "LHU": "nutrition",
    "Hasil Uji": "nutrition",
    "Test Report": "nutrition",
    "Lain-lain": "other",
}
STATUS_WORDS = {
    "Dalam proses": "in_process",
    "Diproses": "in_process",
    "Pengajuan": "in_process",
    "Telah Didaftar": "issued",
    "Terdaftar": "issued",
    "Sudah terbit": "issued",
    "Selesai": "issued",
    "Berlaku": "issued",
    "Aktif": "issued",
    "Tolak": "rejected",
    "Kadaluarsa": "expired",
    "Kadaluwarsa": "expired",
    "Kedaluarsa": "expired",
    "Habis masa berlaku": "expired",
    "Tidak berlaku": "expired",
}
#: What tells the kind where only a heading or a title names it, the longest word first.
_NAMED = sorted(
    {
        comparison_key(word): value
        for word, value in {
            **{c.label: c.value for c in CertificateKind},
            **KIND_WORDS,
        }.items()
        if value != CertificateKind.OTHER
    }.items(),
    key=lambda entry: -len(entry[0]),
)
_DIGITS = re.compile(r"\d")


def doubtful_pirt(number: str) -> str:
    """What is odd about a P-IRT number, which has fifteen digits, older ones twelve."""
    count = len(_DIGITS.findall(number))
    if not number or count in (12, 15):
        return ""
    return (
        f'"{number[:40]}" terdiri atas {count} angka, padahal nomor P-IRT 15 angka. '
        "Cocokkan dengan sertifikatnya."
    )


def kind_named(text: str) -> str | None:
    """The one kind of certificate a heading or title names, or None."""
    words = f" {comparison_key(text)} "
    matches = []
    for word, kind in _NAMED:
        if f" {word} " in words:
            matches.append(kind)
            words = words.replace(f" {word} ", " ")
    return matches[0] if len(set(matches)) == 1 else None
