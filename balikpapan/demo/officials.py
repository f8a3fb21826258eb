"""Invented people who sign the demonstration's reports."""

import datetime
from collections.abc import Iterator

from balikpapan.reports.models import Role

#: Name, NIP, rank, position, and what for they sign.
SIGNERS = [
    ("Dra. Ratna Contoh, M.M.", "999999999999999001", "Pembina Utama Muda", "Kepala Dinas", "head"),
    ("Hendra Contoh, S.E.", "999999999999999002", "Penata", "Pengurus Barang", "keeper"),
]


def make_officials(since: int) -> Iterator[dict]:
    """Who has been in office since that year."""
    for name, nip, rank, position, role in SIGNERS:
        yield {
            "name": name,
            "nip": nip,
            "rank": rank,
            "position": position,
            "role": Role(role),
            "valid_from": datetime.date(since, 1, 1),
        }
