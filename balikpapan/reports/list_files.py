"""Files of long lists that wait to be fetched: each lies under the number of the task that made it."""

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.utils import timezone

#: How long a list waits: it may hold personal data, and is soon made again.
KEEP = timedelta(days=1)
SUFFIX = ".xlsx"
#: Its time of writing says when all lists were last destroyed.
DESTROYED = "dimusnahkan"


class ListDestroyedError(Exception):
    """While this list was being written, all lists were destroyed; it may hold what had to go."""


def path_of(task: UUID) -> Path:
    """Where the list of a task lies, whether it is there or not."""
    return settings.LIST_DIR / f"{task}{SUFFIX}"


@contextlib.contextmanager
def written(task: UUID) -> Iterator[BinaryIO]:
    """The new list of a task: there completely or not at all, closed to other accounts (0600).

    Raises ListDestroyedError where all lists were destroyed after this one was begun.
    """
    settings.LIST_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    began = time.time_ns()
    handle, name = tempfile.mkstemp(dir=settings.LIST_DIR)
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if _destroyed_since(began):
            raise ListDestroyedError
        os.replace(name, path_of(task))
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)


def _destroyed_since(began: int) -> bool:
    try:
        return (settings.LIST_DIR / DESTROYED).stat().st_mtime_ns >= began
    except FileNotFoundError:
        return False


def waiting() -> list[Path]:
    """The lists that are there to be fetched, by name."""
    return sorted(path for path in _paths() if path.suffix == SUFFIX)


def destroy_all() -> int:
    """Deletes every list, and lets none be finished that was begun before; how many there were.

    All of them, because a list has no NIK by which one person is recognised for certain, and is
    soon made again.
    """
    lists, parts = waiting(), _paths()
    if not parts:
        return 0
    mark = settings.LIST_DIR / DESTROYED
    mark.touch(mode=0o600)
    now = time.time_ns()
    os.utime(mark, ns=(now, now))
    for path in parts:
        # On Windows one that is being written stays until its writer finds the mark.
        with contextlib.suppress(PermissionError):
            path.unlink(missing_ok=True)
    return len(lists)


def _paths() -> list[Path]:
    """The lists and what of them is being written or was cut short."""
    if not settings.LIST_DIR.is_dir():
        return []
    return [path for path in settings.LIST_DIR.iterdir() if path.name != DESTROYED]


def expired(now: datetime) -> list[Path]:
    """The lists past their time, those among them that were cut short while being written."""
    before = now - KEEP
    return [path for path in _paths() if _written_at(path) < before]


def _written_at(path):
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def is_due() -> bool:
    """Whether a list is past its time."""
    return bool(expired(timezone.now()))


def purge(now: datetime | None = None) -> int:
    """Deletes the lists past their time; how many there were."""
    paths = expired(now or timezone.now())
    for path in paths:
        path.unlink(missing_ok=True)
    return len(paths)
