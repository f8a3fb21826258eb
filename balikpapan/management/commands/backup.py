import getpass
import os
import time
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError

from balikpapan.backup import create, daily
from balikpapan.backup.errors import BackupError

from ..office import OfficeCommand

SHORTEST = 12


class Command(OfficeCommand):
    help = "Mencadangkan seluruh register ke satu berkas; boleh selagi orang bekerja."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", help="Folder tujuan; bawaan BACKUP_DIR.")
        parser.add_argument(
            "--encrypt",
            action="store_true",
            help="Enkripsi dengan kata sandi (ditanyakan, atau dari BACKUP_PASSPHRASE_FILE).",
        )
        parser.add_argument(
            "--daily",
            action="store_true",
            dest="is_daily",
            help="Cadangan harian: ke BACKUP_DIR, yang lama dihapus menurut BACKUP_KEEP.",
        )

    def handle(self, *, folder, encrypt, is_daily, **options):
        if settings.DEMO:
            raise CommandError("Data contoh tidak dicadangkan.")
        os.umask(0o077)
        began = time.monotonic()
        try:
            made = self.make(folder, encrypt, is_daily)
        except BackupError as error:
            raise CommandError(str(error)) from error
        create.describe(made, self.stdout.write)
        self.stdout.write(f"Selesai dalam {time.monotonic() - began:.0f} detik.")

    def make(self, folder, encrypt, is_daily):
        if is_daily:
            return daily.make_daily()
        passphrase = chosen_passphrase() if encrypt else ""
        return create.create(create.new_path(Path(folder or settings.BACKUP_DIR)), passphrase)


def chosen_passphrase() -> str:
    """The pass phrase of the office, or one that a person types twice."""
    if passphrase := daily.passphrase_of_office():
        return passphrase
    passphrase = getpass.getpass("Kata sandi cadangan: ")
    if len(passphrase) < SHORTEST:
        raise CommandError(f"Kata sandi cadangan paling sedikit {SHORTEST} karakter; ulangi.")
    if getpass.getpass("Sekali lagi: ") != passphrase:
        raise CommandError("Kedua kata sandi tidak sama; ulangi.")
    return passphrase
