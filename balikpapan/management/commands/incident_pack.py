"""Writes the facts for the report that is due within three days of a breach of personal data."""

import io
from datetime import datetime
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from balikpapan.privacy.incident import sheets_since
from balikpapan.spreadsheets.writing import write_sheets

from ..office import OfficeCommand
from ..private_files import write_private


class Command(OfficeCommand):
    help = (
        "Menulis bahan laporan insiden: siapa masuk, melihat, mengubah, dan membawa keluar apa "
        "sejak suatu waktu."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--since", required=True, metavar="WAKTU", help='"2026-11-20" atau "2026-11-20 08:30"'
        )
        parser.add_argument("--until", metavar="WAKTU", help="tanpa ini sampai sekarang")
        parser.add_argument("--out", type=Path, metavar="BERKAS.xlsx")

    def handle(self, *, since, until, out, **options):
        begin = moment(since)
        end = moment(until) if until else timezone.now()
        if begin >= end:
            raise CommandError("Waktu --since harus sebelum --until dan sebelum sekarang.")
        out = out or Path(f"insiden-{timezone.localtime(begin):%Y-%m-%d}.xlsx")
        content = io.BytesIO()
        write_sheets(content, sheets_since(begin, end))
        write_private(out, content.getvalue())
        self.stdout.write(f"Bahan laporan insiden ditulis ke {out}.")
        self.stdout.write(
            "Pemberitahuan kepada orang yang bersangkutan dan lembaga berwenang paling lambat "
            "3 x 24 jam sejak insiden diketahui (UU 27/2022 pasal 46)."
        )


def moment(text: str) -> datetime:
    """The moment a text names in the time of the office; raises CommandError for anything else."""
    try:
        day, time = parse_date(text), parse_datetime(text)
    except ValueError:
        day = time = None
    if time is None and day is None:
        raise CommandError(f"Waktu «{text}» tidak dikenal. Tulis misalnya 2026-11-20 08:30.")
    read = time or datetime(day.year, day.month, day.day)
    return read if timezone.is_aware(read) else timezone.make_aware(read)
