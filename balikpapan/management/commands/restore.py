import getpass
import os
import time
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError

from balikpapan.backup import archive, daily
from balikpapan.backup.errors import BackupError
from balikpapan.backup.restore import restore
from balikpapan.server import locks

from ..office import OfficeCommand


class Command(OfficeCommand):
    help = "Memulihkan register dari satu berkas cadangan; yang digantikan tetap disimpan."
    # A register that no longer opens is what this command is for.
    requires_system_checks = []
    shares_folder = False

    def add_arguments(self, parser):
        parser.add_argument("file", help="Berkas cadangan.")
        parser.add_argument(
            "--allow-faults",
            action="store_true",
            help="Pulihkan walaupun check_data menemukan kesalahan yang sudah ada di cadangannya.",
        )

    def handle(self, *, file, allow_faults, **options):
        if settings.DEMO:
            raise CommandError("Data contoh tidak dipulihkan; jalankan tanpa DEMO.")
        path = Path(file).absolute()
        if not path.is_file():
            raise CommandError(f"Berkas {path} tidak ada; periksa penulisannya.")
        os.umask(0o077)
        began = time.monotonic()
        try:
            passphrase = asked_passphrase() if archive.is_encrypted(path) else ""
            with locks.whole_folder_held():
                replaced = restore(path, passphrase, self.stdout.write, allow_faults=allow_faults)
        except BackupError as error:
            raise CommandError(f"{error}\nRegister tidak diubah.") from error
        except locks.FolderInUse as error:
            raise CommandError(in_use(error)) from error
        self.stdout.write(f"Pulih dalam {time.monotonic() - began:.0f} detik.")
        self.stdout.write(f"Register yang digantikan disimpan sebagai {replaced}.")
        self.stdout.write("Jalankan “python3 manage.py start”; semua orang masuk lagi.")


def asked_passphrase() -> str:
    """The pass phrase of the office, or one that a person types."""
    return daily.passphrase_of_office() or getpass.getpass("Kata sandi cadangan: ")


def in_use(error: locks.FolderInUse) -> str:
    """Why the folder cannot be replaced now."""
    return (
        f"Register di folder {settings.DATA_DIR} sedang dipakai ({error.holder}); hentikan start "
        "dan perintah lain dahulu."
    )
