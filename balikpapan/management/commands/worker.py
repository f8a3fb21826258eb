import os
import signal
import sys
import threading

from django_tasks_db.management.commands import db_worker

from balikpapan.intake import work


class Command(db_worker.Command):
    help = "Pekerja latar; dijalankan oleh start dan berakhir bersamanya."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(queue_name="*", reload=False)

    def configure_logging(self, verbosity):
        """Leave the log to the settings."""

    def handle(self, **options):
        threading.Thread(target=end_with_parent, daemon=True).start()
        ended = threading.Event()
        threading.Thread(target=show_life, args=[ended], daemon=True).start()
        work.reap()
        try:
            super().handle(**options)
        finally:
            ended.set()
            work.sign_off()


def end_with_parent():
    """Ask for a graceful end when the parent closes the pipe or is no more."""
    # Not through the buffer of Python, which a program that ends by itself may not find locked.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def show_life(ended):
    """Tell the pages that there is a worker, also in the middle of long work."""
    while not ended.is_set():
        work.sign()
        ended.wait(work.SIGN_SECONDS)
