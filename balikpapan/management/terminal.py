"""What the terminal says in Indonesian that Python, Django and the libraries say in English."""

import difflib
import gettext
import sys
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Mapping, MutableMapping

from django.conf import settings
from django.core.management import BaseCommand, ManagementUtility, get_commands, load_command_class

from .library_output import speak_indonesian

#: The app that brings the commands of the register.
ROOT = "balikpapan"
#: What is said of a command that a library brings.
FOR_DEVELOPERS = (
    "Perintah Django untuk pengembang; pekerjaan kantor tidak memerlukannya. Pilihan yang tidak "
    "diterangkan di sini diterangkan dokumentasi Django, dalam bahasa Inggris."
)
#: Destination of an option of a library -> what it does.
OPTION_HELP = {
    # Every command of Django
    "version": "Menampilkan versi Django lalu berhenti.",
    "verbosity": "Banyaknya keterangan: 0 paling sedikit, 1 biasa, 2 banyak, 3 paling banyak.",
    "settings": "Modul pengaturan Python; tanpa ini DJANGO_SETTINGS_MODULE.",
    "pythonpath": "Folder yang ditambahkan ke jalur modul Python.",
    "traceback": "Menampilkan jejak kesalahan selengkapnya.",
    "no_color": "Tanpa warna.",
    "force_color": "Selalu dengan warna.",
    "skip_checks": "Tanpa pemeriksaan pengaturan.",
}
#: What the options do of the commands taken over from Django, django-import-export and django-tasks.
LIBRARY_HELP = {
    # changepassword
    "username": "Nama akun; tanpa ini nama pengguna komputer.",
    "database": "Basis data yang dipakai; tanpa ini yang utama.",
    # import and export of django-import-export
    "resource": "Daftar kantor, misalnya industry.Business.",
    "import_file_name": 'Berkas yang diimpor; "-" untuk masukan baku.',
    "format": "CSV, XLSX, TSV, JSON, atau HTML; saat mengimpor ditebak dari berkasnya.",
    "encoding": "Pengodean huruf, misalnya utf-8.",
    "interactive": "Tanpa bertanya.",
    "raise_errors": "Berhenti pada kesalahan pertama.",
    "dry_run": "Percobaan saja; tidak ada yang disimpan.",
    # shell
    "no_startup": "Tanpa berkas awal Python (PYTHONSTARTUP dan .pythonrc.py).",
    "no_imports": "Tanpa memuat jenis catatan lebih dahulu.",
    "interface": "Penerjemah yang dipakai: ipython, bpython, atau python.",
    "command": "Menjalankan satu perintah Python lalu berhenti.",
    # The worker of django-tasks
    "queue_name": "Antrean yang dikerjakan, dipisahkan koma; * untuk semua.",
    "exclude_queues": "Antrean yang tidak dikerjakan, dipisahkan koma.",
    "interval": "Jeda dalam detik sebelum melihat lagi apakah ada tugas.",
    "batch": "Mengerjakan semua tugas yang menunggu lalu berhenti.",
    "reload": "Memuat ulang bila program berubah; hanya untuk pengembang.",
    "backend_name": "Pelaksana tugas yang dipakai.",
    "startup_delay": "Tanpa jeda singkat saat mulai.",
    "max_tasks": "Berhenti sesudah sekian tugas.",
    "worker_id": "Pengenal pekerja; tidak boleh sama dengan pekerja lain.",
}
#: Destination of an option -> what stands for its value.
VALUES = {
    "import_file_name": "BERKAS",
    "resource": "DAFTAR",
    "name": "NAMA",
    "year": "TAHUN",
    "user": "AKUN",
    "purpose": "KEPERLUAN",
    "host": "ALAMAT",
    "port": "PORT",
    "sheet": "LEMBAR",
    "unit": "SATUAN",
    "kbli_version": "TAHUN",
    "folder": "FOLDER",
    "file": "BERKAS",
    "url": "ALAMAT",
    "settings": "MODUL",
    "pythonpath": "FOLDER",
}


def bind_language(environment: MutableMapping[str, str]) -> None:
    """Lets Python's argparse take its words from the catalogue of the program.

    The standard library looks its translations up by the language of the environment, which on
    the computers of the office is often English.
    """
    environment["LANGUAGE"] = settings.LANGUAGE_CODE
    [folder] = settings.LOCALE_PATHS
    gettext.bindtextdomain("django", str(folder))
    gettext.textdomain("django")


def with_indonesian_help(
    parser: ArgumentParser, texts: Mapping[str, str] = OPTION_HELP
) -> ArgumentParser:
    """The parser of a command, the options it has by now explained by the texts for them."""
    for action in parser._actions:  # argparse has no other way to what was added by a library
        action.help = texts.get(action.dest, action.help)
        if action.metavar is None and action.nargs != 0 and not action.choices:
            action.metavar = VALUES.get(action.dest)
    return parser


def for_developers(command: BaseCommand) -> BaseCommand:
    """A command of a library, whose help says what it is for instead of speaking English.

    Texts of options that are not in the tables above are left out.
    """
    create_parser = command.create_parser

    def create(prog_name, subcommand, **kwargs):
        parser = create_parser(prog_name, subcommand, **kwargs)
        parser.description, parser.epilog = FOR_DEVELOPERS, None
        texts = {"help": "Menampilkan keterangan ini lalu berhenti."} | OPTION_HELP | LIBRARY_HELP
        for action in parser._actions:
            if action.help != SUPPRESS:
                action.help = texts.get(action.dest)
        return with_indonesian_help(parser)

    command.create_parser = create
    return command


class OfficeUtility(ManagementUtility):
    """``manage.py`` as staff meet it: its own commands first, and no English around them."""

    def main_help_text(self, commands_only=False):
        if commands_only:
            return super().main_help_text(commands_only)
        names = own_commands()
        width = max(map(len, names))
        lines = [f"  {name:{width}}  {load_command_class(ROOT, name).help}" for name in names]
        return "\n".join(
            [
                f"Perintah register; keterangan satu perintah: {self.prog_name} PERINTAH --help",
                "",
                *lines,
                "",
                f"Perintah Django, untuk pengembang: {self.prog_name} help --commands",
            ]
        )

    def fetch_command(self, subcommand):
        if subcommand not in get_commands():
            matches = difflib.get_close_matches(subcommand, own_commands(), 1)
            meant = f" Maksudnya {matches[0]}?" if matches else ""
            sys.stderr.write(
                f"Tidak ada perintah «{subcommand}».{meant} Semua perintah: {self.prog_name} help\n"
            )
            sys.exit(1)
        command = speak_indonesian(super().fetch_command(subcommand))
        return command if subcommand in own_commands() else for_developers(command)


def own_commands() -> list[str]:
    """The names of the register's own commands, in alphabetical order."""
    return sorted(name for name, app in get_commands().items() if app == ROOT)


def run(argv: list[str]) -> None:
    """Run the command of a command line."""
    OfficeUtility(argv).execute()
