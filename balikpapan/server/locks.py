"""Locks on the folder of the register, so that nobody serves from it while it is replaced.

``start`` and the worker hold one each for as long as they run; every other command shares one;
restoring takes all of them. The system lets go of a lock when its program ends, however it ends.
"""

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

START, WORKER, COMMANDS = "start", "pekerja", "perintah"


class FolderInUse(Exception):
    """Another program holds the folder; ``holder`` says which, as far as it has told."""

    def __init__(self, name: str, holder: str):
        super().__init__(name)
        self.name, self.holder = name, holder


def lock_file(name: str) -> Path:
    """The file of one lock; a demonstration has locks of its own."""
    return settings.DATA_DIR / f"{'demo-' if settings.DEMO else ''}{name}.kunci"


@contextlib.contextmanager
def held(name: str, *, shared: bool = False) -> Iterator[None]:
    """Holds a lock until the end of the block; raises FolderInUse where another program does."""
    path = lock_file(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _lock(handle, shared)
        except OSError as error:
            raise FolderInUse(name, _holder(path)) from error
        if not shared:
            _introduce(handle)
        yield
    finally:
        os.close(handle)


def _introduce(handle):
    """Says who holds the lock, behind the byte that is locked; a full disk hinders nobody."""
    text = json.dumps({"pid": os.getpid(), "since": f"{timezone.localtime():%d-%m-%Y %H:%M}"})
    with contextlib.suppress(OSError):
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, b" " + text.ljust(80).encode())


def _holder(path):
    try:
        entry = json.loads(path.read_bytes()[1:])
        return f"proses {entry['pid']}, sejak {entry['since']}"
    except (OSError, ValueError, KeyError):
        return "proses lain"


@contextlib.contextmanager
def whole_folder_held() -> Iterator[None]:
    """Nobody else serves, works or runs a command until the end of the block."""
    with held(START), held(WORKER), held(COMMANDS):
        yield


if os.name == "nt":
    import msvcrt

    def _lock(handle, shared):
        # Windows knows no shared lock of this kind: commands go without one there.
        if not shared:
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle, shared):
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
