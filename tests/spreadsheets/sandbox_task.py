"""A task for the sandbox that does what its order says."""

import os
import time

from balikpapan.spreadsheets.errors import WorkbookRefused
from balikpapan.spreadsheets.sandbox_child import WorkClock, stop_after


def run(order, content, send):
    if answer := _ANSWERS.get(order["act"]):
        return lambda request, send: answer(content + request, send)
    _act(order, content, send)
    return None


def _act(order, content, send):
    match order["act"]:
        case "echo":
            send(content)
            send(b"")
        case "environment":
            send("\n".join(os.environ).encode())
        case "refuse":
            send(b"half an answer")
            raise WorkbookRefused("odd", "Berkas ini ganjil.")
        case "break":
            send(b"half an answer")
            raise ValueError(content)
        case "fill memory":
            bytearray(1 << 32)
        case "never end":
            while True:
                pass
        case "write a file":
            with open(order["path"], "wb") as file:
                file.write(content)


def _never_answer(request, send):
    stop_after(0.05)
    while True:
        pass


def _work(request, send):
    """Works for 0,3 s and reports every 0,03 s; "late" works on without a report."""
    clock = WorkClock(0.1)
    for _ in range(10):
        start = time.process_time()
        while time.process_time() < start + 0.03:
            pass
        clock.earn(0.1)
    while request == b"late":
        pass
    send(str(time.process_time()).encode())


#: What is done with each request that follows the order.
_ANSWERS = {
    "talk": lambda request, send: send(request),
    "never answer": _never_answer,
    "work": _work,
}
