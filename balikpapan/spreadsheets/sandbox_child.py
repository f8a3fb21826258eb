"""The child's side of the sandbox: takes an order, limits itself, runs one task and ends.

Nothing here may import Django or anything heavy: the start of the process is part of every upload.
"""

import gc
import importlib
import json
import struct
import sys

from .errors import WorkbookRefused

#: Before each frame: its kind and how many bytes follow.
HEADER = struct.Struct(">cQ")
DATA, REFUSAL, END = b"d", b"r", b"e"
OUT_OF_MEMORY = 3  # any exit but 0 and 1 would do


def main(task: str) -> None:
    """Run the task module on the order and content from stdin and send its answer to stdout.

    Where the task returns a function, it answers whatever the parent asks afterwards.
    """
    # What one file holds has no cycles, and the process ends with it.
    gc.disable()
    stream, write = sys.stdin.buffer, sys.stdout.buffer.write

    def receive() -> bytes | None:
        head = stream.read(HEADER.size)
        return stream.read(HEADER.unpack(head)[1]) if len(head) == HEADER.size else None

    def send(content: bytes, kind: bytes = DATA) -> None:
        write(HEADER.pack(kind, len(content)))
        write(content)

    def end() -> None:
        send(b"", END)
        sys.stdout.buffer.flush()

    message = json.loads(receive() or b"{}")
    restrain(message["memory_bytes"], message["cpu_seconds"])
    try:
        answer = importlib.import_module(task).run(message["order"], receive() or b"", send)
        end()
        while answer and (request := receive()) is not None:
            answer(request, send)
            end()
    except WorkbookRefused as refusal:
        send(json.dumps([refusal.code, refusal.message]).encode("ascii"), REFUSAL)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    sys.stdout.buffer.flush()


def restrain(memory_bytes: int, cpu_seconds: int) -> None:
    """Limit memory and CPU time and forbid writing files, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock and the checked sizes must do
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    # At the hard limit the process is killed without a signal that tells why.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def stop_after(cpu_seconds: float) -> None:
    """End the process once it has worked so long from now on, where the system can."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, cpu_seconds)


class WorkClock:
    """Ends the process where it works longer than what it has got done by then allows.

    It is never more than ``credit`` CPU seconds ahead: what the first part of a file was quick with
    buys its last part no time.
    """

    def __init__(self, credit: float) -> None:
        self.credit = credit
        stop_after(credit)

    def earn(self, cpu_seconds: float) -> None:
        """Something is done that may have taken so long."""
        import signal

        if hasattr(signal, "setitimer"):
            left, _ = signal.getitimer(signal.ITIMER_PROF)
            stop_after(min(self.credit, left + cpu_seconds))
