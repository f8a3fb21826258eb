"""The public steps of storing an upload, so that a test can stop or break it at one of them.

A step is ``"written:TABLE"`` (rows have come into a table of the register), ``"staged:TABLE"`` (rows
for it are prepared beside the register; where nothing is, on PostgreSQL, they are written) or ``"module:function"`` (a public
function of the program has returned).
"""

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest import mock

from django.db import connection

from balikpapan.audit import bulk, staging


@contextmanager
def at_step(step: str, act: Callable[[], None], *, before: bool = False) -> Iterator[None]:
    """Does ``act`` each time the step has been made, or before it is made."""
    place, _, name = step.partition(":")
    if place == "staged":
        spot = (bulk, "insert_rows", lambda table, *_: table.endswith(name))
    elif place == "written" and connection.vendor == "sqlite":
        spot = (staging, "flush", lambda target, *_: target.strip('"') == name)
    elif place == "written":
        spot = (bulk, "insert_rows", lambda table, *_: table == name)
    else:
        spot = (importlib.import_module(place), name, lambda *_, **__: True)
    with mock.patch.object(*spot[:2], _watched(*spot, act, before)):
        yield


def _watched(owner, name, concerns, act, before):
    real = getattr(owner, name)

    def watched(*args, **kwargs):
        if before and concerns(*args, **kwargs):
            act()
        result = real(*args, **kwargs)
        if not before and concerns(*args, **kwargs):
            act()
        return result

    return watched
