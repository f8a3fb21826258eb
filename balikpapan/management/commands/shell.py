from django.core.management.commands import shell
from django.db import connection

#: What makes a session one of the program (``balikpapan.audit.register_triggers``), taken back.
NOT_THE_PROGRAM = {
    "sqlite": "PRAGMA recursive_triggers = OFF",
    "postgresql": "SET balikpapan.program = 'off'",
}


class Command(shell.Command):
    help = "Membuka Python dengan register terbuka untuk dibaca; yang ditulis di sini ditolak."

    def handle(self, **options):
        """What is typed by hand leaves no trail, so its session may not write records."""
        refuse_writing()
        return super().handle(**options)


def refuse_writing() -> None:
    """Makes the open session one that the registers refuse."""
    with connection.cursor() as cursor:
        cursor.execute(NOT_THE_PROGRAM[connection.vendor])
