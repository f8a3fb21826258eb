"""What is out of order when the database or the disk does not serve, as the page says it."""

import errno

import pytest
from django.db import InterfaceError, InternalError, OperationalError

from balikpapan import errors
from balikpapan.errors import outage


def failed(kind, text="", sqlstate=""):
    """An error of Django's as it comes from a database: with the driver's own as its cause."""
    error, cause = kind(text), Exception(text)
    cause.sqlstate = sqlstate
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "why"),
    [
        pytest.param(failed(InternalError, sqlstate="25006"), errors.READ_ONLY, id="25006"),
        pytest.param(
            failed(OperationalError, "attempt to write a readonly database"),
            errors.READ_ONLY,
            id="readonly",
        ),
        pytest.param(failed(OperationalError, sqlstate="53100"), errors.FULL, id="53100"),
        pytest.param(failed(OperationalError, "database or disk is full"), errors.FULL, id="full"),
        pytest.param(failed(OperationalError, sqlstate="55P03"), errors.BUSY, id="55P03"),
        pytest.param(failed(OperationalError, "database is locked"), errors.BUSY, id="locked"),
        pytest.param(failed(OperationalError, sqlstate="57P01"), errors.LOST, id="57P01"),
        pytest.param(failed(InterfaceError), errors.LOST, id="interface"),
        pytest.param(OSError(errno.ENOSPC, "penuh"), errors.FULL, id="ENOSPC"),
        pytest.param(OSError(errno.EROFS, "hanya dibaca"), errors.READ_ONLY, id="EROFS"),
        pytest.param(failed(InternalError, sqlstate="25P02"), None, id="25P02"),
        pytest.param(failed(OperationalError, "no such table: x"), None, id="no such table"),
    ],
)
def test_an_outage_is_told_by_what_the_database_or_the_disk_says(error, why):
    wrapped = RuntimeError("lapisan di atasnya")
    wrapped.__context__ = error

    assert outage(error) == outage(wrapped) == why
