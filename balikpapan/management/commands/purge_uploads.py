"""Deletes files past their time: of uploads, of long lists; ends previews nobody came back to."""

from django.conf import settings
from django.utils import timezone

from balikpapan.intake.retention import expire_previews, purge_uploads, purgeable
from balikpapan.reports import list_files
from balikpapan.spreadsheets.cells import format_whole

from ..office import OfficeCommand


class Command(OfficeCommand):
    help = (
        "Menghapus isi berkas unggahan yang lewat masa simpannya (UPLOAD_KEEP_DAYS); hitungan, "
        "SHA-256, dan riwayatnya tetap."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="hanya menyebut berapa yang akan dihapus"
        )

    def handle(self, *, dry_run, **options):
        if dry_run:
            count = format_whole(len(purgeable(timezone.now())))
            self.stdout.write(
                f"{count} berkas lewat masa simpan {settings.UPLOAD_KEEP_DAYS} hari. Belum ada "
                "yang dihapus."
            )
            return
        list_files.purge()
        previews, files = format_whole(expire_previews()), format_whole(purge_uploads())
        self.stdout.write(f"{previews} pratinjau kedaluwarsa, isi {files} berkas dihapus.")
