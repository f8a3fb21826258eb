"""Work on large uploads that the worker does behind the pages: its progress and its end."""

import contextlib
import functools
import os
import socket
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .models import StateChanged, Upload, Work

#: A worker that has shown no sign of life for so long is taken to be gone.
PATIENCE = timedelta(minutes=2)
#: The worker signs its file every so many seconds; after six missed ones it does not run.
SIGN_SECONDS = 10


class Cancelled(Exception):
    """Somebody has cancelled the work, or it was given up and begun anew."""


def begin(upload: Upload, task: str, *, by, answers=None) -> Work | None:
    """Puts an upload into the worker's hands; None where somebody else was first."""
    # A file nobody has read yet has no state to go back to.
    before = upload.status if upload.counts else Upload.Status.REFUSED
    try:
        with transaction.atomic():
            upload.change_state(status=Upload.Status.WORKING, reason_code="", reason="")
            return Work.objects.create(
                upload=upload, task=task, before=before, by=by, answers=answers or {}
            )
    except StateChanged:
        return None


def start(job: Work) -> bool:
    """Whether this process may do the job: it is still wanted and nobody else has begun."""
    return bool(
        Work.objects.filter(pk=job.pk, heartbeat_at=None).update(
            worker=identity(), heartbeat_at=timezone.now()
        )
    )


def say(job: Work, phase: str) -> None:
    """Tells the page what is done now; the moment at which work can be cancelled."""
    job.done += 1
    standing = Work.objects.filter(pk=job.pk)
    if not standing.update(phase=phase, done=job.done, heartbeat_at=timezone.now()):
        raise Cancelled


def finish(job: Work) -> None:
    """Ends the work inside the transaction that keeps its result; only one attempt ever can."""
    if not Work.objects.filter(pk=job.pk).delete()[0]:
        raise Cancelled


@transaction.atomic
def abandon(job: Work, reason: Upload.Reason) -> bool:
    """Ends the work without a result and puts the upload back to where it was."""
    if not Work.objects.filter(pk=job.pk).delete()[0]:
        return False
    Upload.objects.filter(pk=job.upload_id, status=Upload.Status.WORKING).update(
        status=job.before,
        revision=F("revision") + 1,
        reason_code=reason,
        reason=reason.label,
    )
    return True


def reap() -> int:
    """Gives up all work whose worker is gone, so that it can be tried again."""
    alive = signed() if worker_runs() else None
    begun = Work.objects.exclude(heartbeat_at=None)
    return sum(abandon(job, Upload.Reason.STOPPED) for job in begun if _is_gone(job, alive))


def _is_gone(job, alive):
    if has_ended(job.worker):
        return True
    # Either way round: a clock that was put back makes the last sign of life lie ahead.
    silent = abs(timezone.now() - job.heartbeat_at) > PATIENCE
    return silent and job.worker != alive


# Who works, and the sign of life


def identity() -> str:
    """This process among all that may ever do work: its computer, start of that, number, own start.

    The number alone is given out again, after a restart of the computer even at once.
    """
    return f"{_host()}:{_boot()}:{os.getpid()}:{_began(os.getpid())}"


def has_ended(worker: str) -> bool:
    """Whether a worker of this very computer is surely no more; of another nobody here knows."""
    host, *rest = worker.split(":")
    if host != _host() or len(rest) != 3:
        return False
    boot, process, began = rest
    if boot != _boot():
        return True
    # Where the system does not say when a process began, only its number can be asked for.
    if began:
        return _began(process) != began
    return os.name != "nt" and not _is_there(int(process))


def _is_there(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's, so it is there
        return True
    return True


def _host():
    return socket.gethostname()[:24].replace(":", "-")


@functools.cache
def _boot():
    """What is new with every start of the computer; empty where the system does not say."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text()[:8]
    except OSError:
        return ""


def _began(process):
    """When a process began, in ticks since the computer did; empty where it is not there."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return ""
    # The name of the program may hold spaces and brackets, so count from behind it.
    return status.rpartition(")")[2].split()[19]


def _sign():
    return settings.UPLOAD_DIR / "worker"


def sign() -> None:
    """The worker lives; a file tells it, because a database may be held by its own writing."""
    path = _sign()
    if signed() == identity():
        os.utime(path)  # needs no room on a full disk
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_text(identity())


def sign_off() -> None:
    """The worker ends."""
    with contextlib.suppress(FileNotFoundError):
        _sign().unlink()


def signed() -> str:
    """The worker that signed last."""
    try:
        return _sign().read_text()
    except OSError:
        return ""


def worker_runs() -> bool:
    """Whether a worker has shown itself within the last minute."""
    try:
        return abs(time.time() - _sign().stat().st_mtime) < 6 * SIGN_SECONDS
    except OSError:
        return False
