"""Files of long lists that wait to be fetched: each lies under the number of the task that made it."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.utils import timezone

#: How long a list waits: it may hold personal data, and is soon made again.
KEEP = timedelta(days=1)


def path_of(task: UUID) -> Path:
    """Where the list of a task lies, whether it is there or not."""
    return settings.LIST_DIR / f"{task}.xlsx"


@contextlib.contextmanager
def written(task: UUID) -> Iterator[BinaryIO]:
    """The new list of a task: there completely or not at all, closed to other accounts (0600)."""
    settings.LIST_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=settings.LIST_DIR)
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(name, path_of(task))
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)


def expired(now: datetime) -> list[Path]:
    """The lists past their time, those among them that were cut short while being written."""
    if not settings.LIST_DIR.is_dir():
        return []
    before = now - KEEP
    return [path for path in settings.LIST_DIR.iterdir() if _written_at(path) < before]


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
