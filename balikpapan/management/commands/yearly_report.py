"""Writes the yearly book of one year as Excel, PDF or a page to keep."""

import io
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone

from balikpapan.management.office import OfficeCommand
from balikpapan.reports import html, pdf, xlsx
from balikpapan.yearbook import closed_edition, yearbook

FIRST_YEAR, LAST_YEAR = 1900, 2100


def write_page(book, stream):
    """The book as one HTML file."""
    stream.write(html.render_book(book).encode())


WRITERS = {".xlsx": xlsx.write_book, ".pdf": pdf.write_book, ".html": write_page}


class Command(OfficeCommand):
    help = "Menulis laporan tahunan industri sebagai xlsx, pdf, atau html."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, metavar="TAHUN")
        parser.add_argument(
            "file", type=Path, metavar="BERKAS", help="berakhiran .xlsx, .pdf, atau .html"
        )

    def handle(self, *, year, file, **options):
        write = WRITERS.get(file.suffix.lower())
        if write is None:
            raise CommandError(
                f"Berkas {file.name} tidak dapat ditulis: akhiran «{file.suffix}» tidak dikenal. "
                "Pakai .xlsx, .pdf, atau .html."
            )
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise CommandError(
                f"Tahun {year} di luar batas. Isi tahun {FIRST_YEAR} sampai {LAST_YEAR}."
            )
        if edition := closed_edition(year):
            raise CommandError(
                f"Tahun {year} sudah ditutup, jadi laporannya adalah Edisi {edition} yang "
                "tersimpan. Ambil berkas edisi itu, atau minta verifikator membuka kembali tahunnya."
            )
        content = io.BytesIO()
        book = yearbook(year, today=timezone.localdate())
        write(book, content)
        try:
            file.write_bytes(content.getvalue())
        except OSError as error:
            raise CommandError(
                f"Berkas {file} tidak dapat ditulis ({error.strerror}). Periksa folder dan haknya."
            ) from error
        self.stdout.write(f"{book.name} ditulis ke {file} ({len(book.tables)} tabel).")
