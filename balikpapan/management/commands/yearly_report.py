"""Writes the yearly book of one year as Excel, PDF or a page to keep."""

from pathlib import Path

from django.core.management.base import CommandError

from balikpapan.audit.years import FIRST_YEAR, LAST_YEAR
from balikpapan.yearbook.publication import (
    EXTENSIONS,
    PUBLIC_NAME,
    EditionFileMissing,
    EditionMissing,
    publication,
)
from balikpapan.yearbook.release import OPEN_YEAR, Handover, ReleaseRefused

from ..office import OfficeCommand
from ..private_files import write_private


class Command(OfficeCommand):
    help = "Menulis laporan tahunan industri sebagai xlsx, pdf, atau html."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, metavar="TAHUN")
        parser.add_argument(
            "file", type=Path, metavar="BERKAS", help="berakhiran .xlsx, .pdf, atau .html"
        )
        parser.add_argument(
            "--public",
            action="store_true",
            help="edisi untuk umum: angka tentang kurang dari 3 IKM disamarkan",
        )

    def handle(self, *, year, file, public, **options):
        extension = file.suffix.lower().removeprefix(".")
        if extension not in EXTENSIONS:
            raise CommandError(
                f"Berkas {file.name} tidak dapat ditulis: akhiran «{file.suffix}» tidak dikenal. "
                "Pakai .xlsx, .pdf, atau .html."
            )
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise CommandError(
                f"Tahun {year} di luar batas. Isi tahun {FIRST_YEAR} sampai {LAST_YEAR}."
            )
        try:
            document = publication(year, public=public, handover=Handover())
            content = document.file(extension)
        except (EditionFileMissing, EditionMissing, ReleaseRefused) as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        if document.is_provisional:
            self.stderr.write(f"Peringatan: {OPEN_YEAR}")
        if public:
            file = with_public_name(file)
        for name in document.book.missing:
            self.stderr.write(f"Peringatan: belum ada {name}; laporan ditulis tanpa {name}.")
        write_private(file, content)
        self.stdout.write(
            f"{document.book.name} ditulis ke {file} ({len(document.book.tables)} tabel)."
        )


def with_public_name(file: Path) -> Path:
    """The file under a name that says it is for the public."""
    return file if PUBLIC_NAME in file.stem else file.with_stem(f"{file.stem}{PUBLIC_NAME}")
