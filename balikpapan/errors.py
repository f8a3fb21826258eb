"""When the database or the disk fails: the person is told to wait, and nothing is half-written."""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views import defaults

RETRY_SECONDS = 30
BUSY = "Program sedang sibuk atau dirawat."
FULL = "Ruang penyimpanan penuh. Beri tahu administrator."
LOST = "Basis data sedang tidak dapat dihubungi."
#: What SQLite and PostgreSQL (by SQLSTATE) say when there is no room left.
_NO_ROOM = ("disk is full", "53100")
#: The same when others hold what is wanted for too long: locked, a deadlock, the time for waiting.
_HELD = ("locked", "40P01", "55P03")


def server_error(request: HttpRequest) -> HttpResponse:
    """503 while the database or the disk cannot serve, 500 for any mistake of the program."""
    why = outage(sys.exc_info()[1])
    if why is None:
        return defaults.server_error(request)
    # Without the request: its session and its person live in the database that has failed.
    page = loader.get_template("503.html").render({"why": why})
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_SECONDS)})


def outage(error: BaseException | None) -> str | None:
    """What is out of order when this error is no fault of the program; else None."""
    while error is not None:
        if isinstance(error, InterfaceError):
            return LOST
        if isinstance(error, OperationalError):
            return _database_outage(error)
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return FULL
        error = error.__cause__ or error.__context__
    return None


def _database_outage(error):
    text = f"{getattr(error.__cause__, 'sqlstate', '')} {error}"
    if "no such" in text or "syntax error" in text:  # SQLite's word for a mistake of ours
        return None
    if any(sign in text for sign in _NO_ROOM):
        return FULL
    return BUSY if any(sign in text for sign in _HELD) else LOST
