"""A transaction around all tests of a module, in which they find what was stored before them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is stored meanwhile is taken back at the end."""
    atomic = transaction.atomic()
    # As for the cases of Django's tests: what asks to be outermost is within this one all the same.
    atomic._from_testcase = True
    with atomic:
        yield
        transaction.set_rollback(True)
