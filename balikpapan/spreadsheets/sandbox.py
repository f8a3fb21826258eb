"""The one way to launch a child process that handles an untrusted file, and to hear from it.

A task is a module with ``run(order, content, send)``; it runs in a plain Python of its own with
limits on memory and CPU time (``sandbox_child`` is that side). The order travels first, then the
content; the answer comes back in frames, so that a large one is never held twice.
"""

import contextlib
import enum
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar, cast

from .errors import WorkbookRefused
from .sandbox_child import DATA, END, HEADER, REFUSAL

_ROOT = str(Path(__file__).resolve().parents[2])
_COMMAND = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from balikpapan.spreadsheets.sandbox_child import main; main(sys.argv[2])"
)
#: All that the child learns of its surroundings; secrets in the environment stay here.
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_CPU_TIME_IS_UP = -24  # SIGXCPU, which Windows does not know
#: The clock on the wall allows this many times the CPU seconds before it ends the child.
_PATIENCE = 2

Answer = TypeVar("Answer")


class Failure(enum.Enum):
    """Why a child gave no whole answer."""

    BROKEN = "broken"  # its program failed on the content
    TOO_SLOW = "too_slow"
    TOO_HEAVY = "too_heavy"  # it ran out of memory


class ChildFailed(Exception):
    """A child ended before its answer was whole."""

    def __init__(self, failure: Failure):
        super().__init__(failure.value)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a child may use."""

    memory_bytes: int
    cpu_seconds: int


def run_task(
    task: str,
    order: Mapping[str, object],
    content: bytes,
    allowance: Allowance,
    receive: Callable[[Iterator[bytes]], Answer],
) -> Answer:
    """What ``receive`` makes of the frames that the task sends.

    ``task`` is the full name of a module, ``order`` what JSON can carry. Raises the
    ``WorkbookRefused`` that the task raised, or ``ChildFailed`` where it ended without an answer.
    """
    message = {
        "memory_bytes": allowance.memory_bytes,
        "cpu_seconds": allowance.cpu_seconds,
        "order": order,
    }
    head = json.dumps(message, separators=(",", ":")).encode("ascii")
    child = subprocess.Popen(
        [sys.executable, "-I", "-c", _COMMAND, _ROOT, task],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
    )
    stdin, stdout = cast(IO[bytes], child.stdin), cast(IO[bytes], child.stdout)
    patience = allowance.cpu_seconds * _PATIENCE
    clock = threading.Timer(patience, child.kill)
    started = time.monotonic()
    clock.start()
    try:
        with child:
            # The child reads everything before it writes, so neither waits for the other; one
            # that has died closes the pipe, and its exit code says why.
            with contextlib.suppress(OSError):
                stdin.write(HEADER.pack(DATA, len(head)))
                stdin.write(head)
                stdin.write(content)
            with contextlib.suppress(OSError):
                stdin.close()
            with contextlib.suppress(_EndedEarly):
                return receive(_frames(stdout))
    finally:
        clock.cancel()
    raise ChildFailed(_failure(child.returncode, time.monotonic() - started >= patience))


class _EndedEarly(Exception):
    """The stream of frames stopped before its end mark."""


def _frames(stream: IO[bytes]) -> Iterator[bytes]:
    """The contents of the frames up to the end mark."""
    while len(head := stream.read(HEADER.size)) == HEADER.size:
        kind, size = HEADER.unpack(head)
        if kind == END:
            return
        content = stream.read(size)
        if len(content) < size:
            break
        if kind == REFUSAL:
            raise WorkbookRefused(*json.loads(content))
        yield content
    raise _EndedEarly


def _failure(exit_code: int, is_late: bool) -> Failure:
    if exit_code == _CPU_TIME_IS_UP or is_late:
        return Failure.TOO_SLOW
    # An exception ends it by 1; memory that ran out, by a signal or the code agreed on.
    return Failure.BROKEN if exit_code == 1 else Failure.TOO_HEAVY
