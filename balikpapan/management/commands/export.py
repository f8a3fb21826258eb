"""The library's ``export``: a register in any format tablib writes, personal data masked."""

import sys

from django.core.management.base import CommandError
from import_export.command_utils import get_format_class
from import_export.management.commands import export as library

from ..library import sheet_resource
from ..office import OfficeCommand
from ..terminal import LIBRARY_HELP, with_indonesian_help


class Command(OfficeCommand):
    help = "Menulis satu daftar dalam bentuk yang dikenal tablib (perintah django-import-export)."

    def add_arguments(self, parser):
        library.Command.add_arguments(self, parser)
        with_indonesian_help(parser, LIBRARY_HELP)
        parser.add_argument("--year", type=int, help="tahun data; tanpa ini tahun terakhir")
        parser.add_argument(
            "--personal", action="store_true", help="tanpa penyamaran; dicatat sebagai ekspor"
        )

    def handle(self, *, resource, format, encoding, year, personal, **options):
        sheet = sheet_resource(resource)
        format_class = get_format_class(format, None, encoding)
        content = format_class.export_data(sheet.export(year=year, personal=personal))
        if not format_class.is_binary():
            content = content.encode(encoding or "utf-8")
        elif self.stdout.isatty():
            raise CommandError(
                "Bentuk ini bukan teks. Alihkan keluarannya ke berkas, misalnya > data.xlsx."
            )
        getattr(self.stdout, "buffer", sys.stdout.buffer).write(content)
