from django.core.management.commands import shell
from django.db import connection

from ..terminal import LIBRARY_HELP, OPTION_HELP, with_indonesian_help

#: What makes a session one of the program (``balikpapan.audit.register_triggers``), taken back.
NOT_THE_PROGRAM = {
    "sqlite": "PRAGMA recursive_triggers = OFF",
    "postgresql": "SET balikpapan.program = 'off'",
}


class Command(shell.Command):
    help = "Membuka Python dengan register terbuka untuk dibaca; yang ditulis di sini ditolak."

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        return with_indonesian_help(parser, OPTION_HELP | LIBRARY_HELP)

    def handle(self, **options):
        """What is typed by hand leaves no trail, so its session may not write records."""
        refuse_writing()
        return super().handle(**options)


def refuse_writing() -> None:
    """Makes the open session one that the registers refuse."""
    with connection.cursor() as cursor:
        cursor.execute(NOT_THE_PROGRAM[connection.vendor])
