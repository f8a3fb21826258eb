"""Loads what the product brings along. It may be run again at any time: a second run writes
nothing, and what the office changed, renamed or archived is never overwritten or brought back;
only what is missing is added. The four groups alone are set back to the table of rights."""

from balikpapan.accounts.groups import load_groups
from balikpapan.reference_data import load_reference

from ..office import OfficeCommand


class Command(OfficeCommand):
    help = "Memuat wilayah, daftar rujukan, catatan pertama, dan kelompok hak akses."

    def handle(self, *, verbosity, **options):
        count = load_reference()
        load_groups()
        if verbosity:
            self.stdout.write(
                f"{count} catatan rujukan ditambahkan."
                if count
                else "Data rujukan sudah lengkap; tidak ada yang ditambahkan."
            )
