"""Closes a year from the command line, as the verifikator does on the page."""

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from balikpapan.audit.models import Change
from balikpapan.yearbook.closing import close_year

from ..office import OfficeCommand


class Command(OfficeCommand):
    help = "Menutup satu tahun dan menyimpan laporannya sebagai edisi."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, metavar="TAHUN")

    def handle(self, *, year, **options):
        try:
            edition = close_year(year, by=None, channel=Change.Channel.COMMAND)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"Tahun {year} ditutup; {edition} tersimpan.")
