"""Deleting bills that only a test has made, which both databases refuse otherwise."""

import contextlib

from facilities.models import Bill, BillLine


@contextlib.contextmanager
def deletable_bills():
    """Bills and their lines may be changed and deleted until the end of the block."""
    for model in (Bill, BillLine):
        model.database_rule.remove()
    yield
    for model in (Bill, BillLine):
        model.database_rule.install()
