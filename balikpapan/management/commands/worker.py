import os
import signal
import sys
import threading

from django_tasks_db.management.commands import db_worker


class Command(db_worker.Command):
    help = "Pekerja latar; dijalankan oleh start dan berakhir bersamanya."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(queue_name="*", reload=False)

    def configure_logging(self, verbosity):
        """Leave the log to the settings."""

    def handle(self, **options):
        threading.Thread(target=end_with_parent, daemon=True).start()
        super().handle(**options)


def end_with_parent():
    """Ask for a graceful end when the parent closes the pipe or is no more."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
