import os

from django.conf import settings
from django.core.management import CommandError

from balikpapan.checks import unsafe_start
from balikpapan.server import locks
from balikpapan.server.addresses import reachable_names
from balikpapan.server.prepare import prepare, refuse
from balikpapan.server.serve import open_socket, serve, welcome

from ..office import OfficeCommand


class Command(OfficeCommand):
    help = "Menyiapkan dan menjalankan register; perintah pertama dan perintah sehari-hari."
    # What is unsafe is told in sentences of our own, without Django's frame around them.
    requires_system_checks = []
    shares_folder = False  # it has a lock of its own

    def add_arguments(self, parser):
        parser.add_argument("--host", default=settings.HOST, help="0.0.0.0 untuk jaringan kantor.")
        parser.add_argument("--port", default=settings.PORT, type=int, help="Nomor port.")
        parser.add_argument(
            "--demo", action="store_true", help="Data contoh di basis data sendiri."
        )

    def handle(self, *, host, port, demo, **options):
        if demo and not settings.DEMO:
            raise CommandError("Data contoh hanya lewat “python3 manage.py start --demo”.")
        # Whatever the program writes from here on is for its own user only.
        os.umask(0o077)
        settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        refuse(unsafe_start(host))
        try:
            with locks.held(locks.START):
                self.serve(host, port)
        except locks.FolderInUse as error:
            raise CommandError(
                f"Register di folder {settings.DATA_DIR} sudah dijalankan ({error.holder}); buka "
                "alamatnya di peramban, atau hentikan dahulu yang itu."
            ) from error

    def serve(self, host, port):
        with open_socket(host, port) as listener:
            prepare(host, self.tell)
            names = reachable_names(host)
            for line in welcome(names, listener.getsockname()[1]):
                self.tell(line)
            serve(listener)

    def tell(self, line):
        self.stdout.write(line)
        self.stdout.flush()
