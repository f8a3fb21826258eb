import logging
import os
import signal
import sys
import threading
import time

from django.conf import settings
from django_tasks_db.management.commands import db_worker

from balikpapan.intake import work
from balikpapan.intake.jobs.recovery import recover
from balikpapan.server import locks
from balikpapan.server.schedule import Schedule

from ..terminal import LIBRARY_HELP, OPTION_HELP, with_indonesian_help

logger = logging.getLogger(__name__)


class Command(db_worker.Command):
    help = "Pekerja latar; dijalankan oleh start dan berakhir bersamanya."

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        return with_indonesian_help(parser, OPTION_HELP | LIBRARY_HELP)

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(queue_name="*", reload=False, worker_id=work.identity())

    def configure_logging(self, verbosity):
        """Leave the log to the settings."""

    def handle(self, **options):
        threading.Thread(target=end_with_parent, daemon=True).start()
        # The worker of a program that was killed may still be finishing its task.
        while not self.works_alone(options):
            time.sleep(1)

    def works_alone(self, options) -> bool:
        """Does all the work there is, unless another worker of this folder is there already."""
        try:
            with locks.held(locks.WORKER):
                self.work(options)
        except locks.FolderInUse:
            return False
        return True

    def work(self, options):
        ended = threading.Event()
        threading.Thread(target=show_life, args=[ended], daemon=True).start()
        schedule = Schedule()
        if not settings.DEMO:
            schedule.start()
        recover()
        try:
            super().handle(**options)
        finally:
            schedule.stop()
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
        try:
            work.sign()
        except OSError:  # a full disk: the next sign may succeed
            logger.exception("Tanda hidup pekerja latar tidak dapat ditulis.")
        ended.wait(work.SIGN_SECONDS)
