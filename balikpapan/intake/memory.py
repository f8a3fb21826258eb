"""Memory while a long list is worked on: cycles are looked for less often, then as before."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Users:
    """How many are at work on lists in this process, and the thresholds to go back to."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.count = 0
        self.usual = gc.get_threshold()


_users = _Users()


@contextmanager
def rare_collections() -> Iterator[None]:
    """Within it Python looks for cycles after every 20.000 new objects instead of 700.

    A long list makes millions of objects and hardly a cycle; looking for them took a twelfth of
    its import. The thresholds belong to the whole process, so the last one to leave restores them.
    """
    with _users.lock:
        if _users.count == 0:
            _users.usual = gc.get_threshold()
            gc.set_threshold(20_000, 20, 20)
        _users.count += 1
    try:
        yield
    finally:
        with _users.lock:
            _users.count -= 1
            if _users.count == 0:
                gc.set_threshold(*_users.usual)
