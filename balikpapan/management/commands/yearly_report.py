"""Writes the yearly book of one year as Excel, PDF or a page to keep."""

from pathlib import Path

from django.core.management.base import CommandError

from balikpapan.management.office import OfficeCommand
from balikpapan.publishing import MEDIA_TYPES, publication

FIRST_YEAR, LAST_YEAR = 1900, 2100


class Command(OfficeCommand):
    help = "Menulis laporan tahunan industri sebagai xlsx, pdf, atau html."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, metavar="TAHUN")
        parser.add_argument(
            "file", type=Path, metavar="BERKAS", help="berakhiran .xlsx, .pdf, atau .html"
        )

    def handle(self, *, year, file, **options):
        extension = file.suffix.lower().removeprefix(".")
        if extension not in MEDIA_TYPES:
            raise CommandError(
                f"Berkas {file.name} tidak dapat ditulis: akhiran «{file.suffix}» tidak dikenal. "
                "Pakai .xlsx, .pdf, atau .html."
            )
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise CommandError(
                f"Tahun {year} di luar batas. Isi tahun {FIRST_YEAR} sampai {LAST_YEAR}."
            )
        found = publication(year)
        content = found.file(extension)
        try:
            file.write_bytes(content)
        except OSError as error:
            raise CommandError(
                f"Berkas {file} tidak dapat ditulis ({error.strerror}). Periksa folder dan haknya."
            ) from error
        self.stdout.write(f"{found.book.name} ditulis ke {file} ({len(found.book.tables)} tabel).")
