"""The library's ``import``: a file that tablib reads, into a register, through plan and trail."""

import sys
from importlib import import_module
from pathlib import Path

from django.core.management.base import CommandError
from import_export.command_utils import get_format_class
from import_export.results import RowResult

from balikpapan.intake.answers import Answers
from balikpapan.spreadsheets.cells import format_whole

from ..library import sheet_resource, user_named
from ..office import OfficeCommand
from ..terminal import LIBRARY_HELP, with_indonesian_help

# Its module is named like a keyword, so no import statement can name it.
library = import_module("import_export.management.commands.import")


class Command(OfficeCommand):
    help = (
        "Membaca berkas yang dikenal tablib ke dalam satu daftar (perintah django-import-export)."
    )

    def add_arguments(self, parser):
        library.Command.add_arguments(self, parser)
        with_indonesian_help(parser, LIBRARY_HELP)
        parser.add_argument("--year", type=int, help="tahun data")
        parser.add_argument("--user", help="nama akun yang mengimpor")

    def handle(self, *, resource, import_file_name, dry_run, raise_errors, **options):
        sheet, user = sheet_resource(resource), user_named(options["user"])
        if options["interactive"] and input("Impor data ini? [yes/no]: ") != "yes":
            raise CommandError("Impor dibatalkan.")
        result = sheet.import_data(
            self._dataset(import_file_name, options),
            dry_run=dry_run,
            raise_errors=raise_errors,
            user=user,
            answers=Answers(year=options["year"]),
            file_name=Path(import_file_name).name,
        )
        if dry_run:
            self.stderr.write("Percobaan saja (--dry-run): tidak ada yang disimpan.")
        if result.has_errors():
            raise CommandError(" ".join(str(error.error) for error in result.base_errors))
        self._tell_invalid(result)
        totals = result.totals
        self.stderr.write(
            f"{format_whole(totals[RowResult.IMPORT_TYPE_NEW])} baru, "
            f"{format_whole(totals[RowResult.IMPORT_TYPE_UPDATE])} berubah, "
            f"{format_whole(totals[RowResult.IMPORT_TYPE_SKIP])} sama atau diabaikan, "
            f"{format_whole(totals[RowResult.IMPORT_TYPE_INVALID])} ditahan."
        )

    def _dataset(self, name, options):
        format_class = get_format_class(options["format"], name, options["encoding"])
        if name == "-":
            stream = sys.stdin.buffer if format_class.is_binary() else sys.stdin
            return format_class.create_dataset(stream.read())
        path = Path(name)
        if not path.is_file():
            raise CommandError(f"Berkas {path} tidak ada. Periksa nama dan foldernya.")
        with path.open(format_class.get_read_mode()) as file:
            return format_class.create_dataset(file.read())

    def _tell_invalid(self, result):
        """What holds each row; a held row is not stored, so it is never passed over in silence."""
        for row in result.invalid_rows:
            for messages in row.error_dict.values():
                for message in messages:
                    self.stderr.write(f"Baris {row.number}: {message}")
