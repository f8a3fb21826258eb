"""What is done daily behind the pages, each in a process of its own that harms nobody else."""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import connections

from balikpapan.backup import daily
from balikpapan.data_checks import nightly
from balikpapan.intake import retention
from balikpapan.reports import list_files

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """A command and when it is due; one that failed is tried again after an hour."""

    command: tuple[str, ...]
    is_due: Callable[[], bool]


JOBS = [
    Job(("backup", "--daily"), daily.is_due),
    Job(("purge_uploads",), lambda: retention.is_due() or list_files.is_due()),
    Job(("check_data",), nightly.is_due),
]


class Schedule(threading.Thread):
    """Looks every few minutes whether something is due; ends with the worker."""

    FIRST_AFTER, EVERY, AGAIN_AFTER = 60, 300, 3600

    def __init__(self, jobs: list[Job] | None = None):
        super().__init__(name="schedule", daemon=True)
        self.jobs = JOBS if jobs is None else jobs
        self.ended = threading.Event()

    def run(self):
        wait = self.FIRST_AFTER
        while not self.ended.wait(wait):
            wait = self.AGAIN_AFTER if not all(map(self.carry_out, self.jobs)) else self.EVERY
            connections.close_all()

    def carry_out(self, job: Job) -> bool:
        """Whether the job was not due or has succeeded."""
        try:
            if not job.is_due():
                return True
            return self.run_command(job.command) == 0
        except Exception:
            logger.exception("Pekerjaan harian %s gagal.", job.command[0])
            return False

    def run_command(self, command: tuple[str, ...]) -> int:
        """The exit status of a command; it is ended when the worker ends."""
        program = [sys.executable, str(settings.BASE_DIR / "manage.py"), *command]
        with subprocess.Popen(
            program, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        ) as process:
            while process.poll() is None:
                if self.ended.wait(1):
                    process.terminate()
            return process.returncode

    def stop(self) -> None:
        """Asks the thread to end."""
        self.ended.set()
