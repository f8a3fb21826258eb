"""Sandboxed children forked from one prepared interpreter: a test waits for no start of Python.

The program starts every child anew, which costs more than reading a small sheet does. What a
child does, its limits and its end are the program's own; only ``sandbox.launch`` is another.
"""

import contextlib
import os
import signal
import socket
import struct
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_COMMAND = (
    "import sys; sys.path.insert(0, sys.argv[1]); from tests.forked_children import serve; serve()"
)
#: What travels back over a child's own pipe: first its number, then how it ended.
_NUMBER = struct.Struct(">q")


class ForkedChildren:
    """The prepared interpreter and the children it has forked; ends with the ``with`` block."""

    def __enter__(self):
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._server = subprocess.Popen(
                [sys.executable, "-c", _COMMAND, str(ROOT)],
                stdin=theirs,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        return self

    def __exit__(self, *exception):
        self._socket.close()
        self._server.wait()

    def launch(self, task):
        """A child at work on a task, as ``sandbox.launch`` gives it."""
        return ForkedProcess(self._socket, task)


class ForkedProcess:
    """As much of ``subprocess.Popen`` as the sandbox uses."""

    def __init__(self, server, task):
        (order, stdin), (stdout, answer), (status, end) = os.pipe(), os.pipe(), os.pipe()
        self.stdin, self.stdout = os.fdopen(stdin, "wb"), os.fdopen(stdout, "rb")
        self._status = os.fdopen(status, "rb")
        self.returncode = None
        try:
            socket.send_fds(server, [task.encode()], [order, answer, end])
        finally:
            for descriptor in (order, answer, end):
                os.close(descriptor)
        self.pid = self._number()

    def _number(self):
        return _NUMBER.unpack(self._status.read(_NUMBER.size))[0]

    def kill(self):
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self):
        if self.returncode is None:
            self.returncode = self._number()
        return self.returncode

    def __exit__(self, *exception):
        self.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            self.stdin.close()
        self.wait()
        self._status.close()


def serve():
    """Forks a child for every message until the tests end; the side of the interpreter."""
    from balikpapan.spreadsheets.annotate import worksheet  # noqa: F401
    from balikpapan.spreadsheets.readers import child, csv, ods, xls, xlsx  # noqa: F401
    from balikpapan.spreadsheets.readers.xlsx import package  # noqa: F401
    from balikpapan.spreadsheets.tables import requests  # noqa: F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(fileno=os.dup(0)) as server:
        while True:
            task, (*descriptors,), *_ = socket.recv_fds(server, 1024, 3)
            if not task:
                return
            if not os.fork():
                server.close()
                _watch(task.decode(), *descriptors)
            for descriptor in descriptors:
                os.close(descriptor)


def _watch(task, order, answer, end):
    """Forks the child itself and tells its number and its end."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    process = os.fork()
    if not process:
        os.close(end)
        _work(task, order, answer)
    os.close(order)
    os.close(answer)
    os.write(end, _NUMBER.pack(process))
    _, status = os.waitpid(process, 0)
    with contextlib.suppress(BrokenPipeError):
        os.write(end, _NUMBER.pack(os.waitstatus_to_exitcode(status)))
    os._exit(0)


def _work(task, order, answer):
    """The child: an interpreter whose input and output are the sandbox's pipes."""
    from balikpapan.spreadsheets.sandbox_child import main

    os.dup2(order, 0)
    os.dup2(answer, 1)
    os.closerange(3, 64)
    sys.stdin, sys.stdout = os.fdopen(0, "r"), os.fdopen(1, "w")
    try:
        main(task)
        sys.stdout.flush()
    except SystemExit as end:
        os._exit(end.code)
    except BaseException:
        os._exit(1)
    os._exit(0)
