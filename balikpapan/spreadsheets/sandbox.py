"""The one way to launch a child process that handles an untrusted file, and to hear from it.

A task is a module with ``run(order, content, send)``; it runs in a plain Python of its own with
limits on memory and CPU time (``sandbox_child`` is that side). The order travels first, then the
content; the answer comes back in frames, so that a large one is never held twice. A task that has
more to say about its content is asked again, as long as its child lives.
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
from typing import IO, Self, TypeVar, cast

from .errors import WorkbookRefused
from .sandbox_child import DATA, END, HEADER, REFUSAL

_ROOT = str(Path(__file__).resolve().parents[2])
_COMMAND = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from balikpapan.spreadsheets.sandbox_child import main; main(sys.argv[2])"
)
#: All that the child learns of its surroundings; secrets in the environment stay here.
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
#: SIGXCPU, and SIGPROF of the clock a task sets itself; Windows knows neither.
_CPU_TIME_IS_UP = (-24, -27)
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


def launch(task: str) -> "subprocess.Popen[bytes]":
    """A plain Python of its own that takes an order for this task, the full name of a module."""
    return subprocess.Popen(
        [sys.executable, "-I", "-c", _COMMAND, _ROOT, task],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
    )


class Child:
    """A child process at work on one content; it ends with the ``with`` block around it."""

    def __init__(self, task: str, allowance: Allowance) -> None:
        """``task`` is the full name of a module."""
        self._allowance = allowance
        self._process = launch(task)
        self._stdin = cast(IO[bytes], self._process.stdin)
        self._stdout = cast(IO[bytes], self._process.stdout)
        self._patience = allowance.cpu_seconds * _PATIENCE
        self._started = time.monotonic()
        self._clock = threading.Timer(self._patience, self._process.kill)
        self._clock.daemon = True
        self._clock.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *exception: object) -> None:
        if kind is not None:
            self._process.kill()
        try:
            with contextlib.suppress(OSError):
                self._stdin.close()
            self._process.__exit__(None, None, None)
        finally:
            self._clock.cancel()

    def run(self, order: Mapping[str, object], content: bytes) -> Iterator[bytes]:
        """The frames of the answer to the order, which is what JSON can carry."""
        message = {
            "memory_bytes": self._allowance.memory_bytes,
            "cpu_seconds": self._allowance.cpu_seconds,
            "order": order,
        }
        return self.ask(json.dumps(message, separators=(",", ":")).encode("ascii"), content)

    def ask(self, *messages: bytes) -> Iterator[bytes]:
        """The frames of the answer to these messages, to be read to the end before the next.

        Raises the ``WorkbookRefused`` that the task raised, or ``ChildFailed`` where it ended
        without an answer.
        """
        # The child reads everything before it writes, so neither waits for the other; one
        # that has died closes the pipe, and its exit code says why.
        with contextlib.suppress(OSError):
            for message in messages:
                self._stdin.write(HEADER.pack(DATA, len(message)))
                self._stdin.write(message)
            self._stdin.flush()
        return self._frames()

    def _frames(self) -> Iterator[bytes]:
        """The contents of the frames up to the end mark."""
        read = self._stdout.read
        while len(head := read(HEADER.size)) == HEADER.size:
            kind, size = HEADER.unpack(head)
            if kind == END:
                return
            content = read(size)
            if len(content) < size:
                break
            if kind == REFUSAL:
                raise WorkbookRefused(*json.loads(content))
            yield content
        exit_code = self._process.wait()
        is_late = time.monotonic() - self._started >= self._patience
        raise ChildFailed(_failure(exit_code, is_late))


def run_task(
    task: str,
    order: Mapping[str, object],
    content: bytes,
    allowance: Allowance,
    receive: Callable[[Iterator[bytes]], Answer],
) -> Answer:
    """What ``receive`` makes of the frames that the task sends; raises as ``Child.ask`` does."""
    with Child(task, allowance) as child:
        return receive(child.run(order, content))


def _failure(exit_code: int, is_late: bool) -> Failure:
    if exit_code in _CPU_TIME_IS_UP or is_late:
        return Failure.TOO_SLOW
    # An exception ends it by 1; memory that ran out, by a signal or the code agreed on.
    return Failure.BROKEN if exit_code == 1 else Failure.TOO_HEAVY
