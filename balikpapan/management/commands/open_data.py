"""Writes the open data of one year: CSV files with their metadata cards."""

from pathlib import Path

from django.core.management.base import CommandError

from balikpapan.audit.years import FIRST_YEAR, LAST_YEAR
from balikpapan.yearbook.open_data import TABLES, files_of
from balikpapan.yearbook.publication import EditionMissing, publication
from balikpapan.yearbook.release import OPEN_YEAR, Handover, ReleaseRefused

from ..office import OfficeCommand


class Command(OfficeCommand):
    help = "Menulis data terbuka satu tahun (CSV dan kartu metadata JSON) ke sebuah folder."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, metavar="TAHUN")
        parser.add_argument("folder", type=Path, metavar="FOLDER")

    def handle(self, *, year, folder, **options):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise CommandError(
                f"Tahun {year} di luar batas. Isi tahun {FIRST_YEAR} sampai {LAST_YEAR}."
            )
        try:
            document = publication(year, public=True, handover=Handover(tables=TABLES))
            files = list(files_of(document))
        except (EditionMissing, ReleaseRefused) as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        if document.is_provisional:
            self.stderr.write(f"Peringatan: {OPEN_YEAR}")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, content in files:
                (folder / name).write_bytes(content)
        except OSError as error:
            raise CommandError(
                f"Folder {folder} tidak dapat ditulisi ({error.strerror}). Periksa folder dan haknya."
            ) from error
        self.stdout.write(f"{len(files)} berkas data terbuka tahun {year} ditulis ke {folder}.")
