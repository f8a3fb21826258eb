import os

from django.conf import settings
from django.core.management import CommandError

from balikpapan.backup.errors import BackupError
from balikpapan.backup.restore import move
from balikpapan.server import locks

from ..office import OfficeCommand
from .restore import in_use


class Command(OfficeCommand):
    help = "Menyalin register ke basis data lain (SQLite atau PostgreSQL) yang masih kosong."
    shares_folder = False

    def add_arguments(self, parser):
        parser.add_argument("url", help="Alamat tujuan, ditulis seperti DATABASE_URL.")

    def handle(self, *, url, **options):
        if settings.DEMO:
            raise CommandError("Data contoh tidak dipindah.")
        os.umask(0o077)
        try:
            with locks.whole_folder_held():
                move(url, self.stdout.write)
        except BackupError as error:
            raise CommandError(f"{error}\nTidak ada yang dipindah.") from error
        except locks.FolderInUse as error:
            raise CommandError(in_use(error)) from error
        self.stdout.write("Semua baris sudah ada di basis data tujuan, sama persis.")
        self.stdout.write("Isi DATABASE_URL dengan alamat itu, lalu jalankan start.")
