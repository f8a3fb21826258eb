"""When the database or the disk fails: the person is told to wait, and nothing is half-written."""

import errno
import sys

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views import defaults

RETRY_SECONDS = 30
BUSY = "Program sedang sibuk atau dirawat."
FULL = "Ruang penyimpanan penuh. Beri tahu administrator."
READ_ONLY = "Cakram hanya dapat dibaca, tidak dapat ditulisi. Beri tahu administrator."
LOST = "Basis data sedang tidak dapat dihubungi."
DAMAGED = (
    "Berkas basis data rusak. Hentikan program, simpan salinan folder data, lalu pulihkan cadangan "
    "terakhir dengan python3 manage.py restore."
)
#: SQLite's codes for a damaged page and for a file that is no database.
_CORRUPT = (11, 26)
#: What SQLite and PostgreSQL (by SQLSTATE) say when there is no room left.
_NO_ROOM = ("disk is full", "53100")
#: The same of a disk that takes no writes any more.
_NOT_WRITABLE = ("readonly database", "25006")
#: The same of a system, for files.
_OF_FILES = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY,
}
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
        if _is_damage(error) or _is_damage(error.__cause__):
            return DAMAGED
        if isinstance(error, InterfaceError):
            return LOST
        if isinstance(error, OperationalError) or _is_read_only(error):
            return _database_outage(error)
        if isinstance(error, OSError) and error.errno in _OF_FILES:
            return _OF_FILES[error.errno]
        error = error.__cause__ or error.__context__
    return None


def _is_read_only(error):
    """Whether PostgreSQL has become read-only, which psycopg takes for an error of the program."""
    return isinstance(error, DatabaseError) and "25006" in _words(error)


def _words(error):
    return f"{getattr(error.__cause__, 'sqlstate', '')} {error}"


def _is_damage(error) -> bool:
    """Whether SQLite has met a damaged page, or a file that is no database."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _CORRUPT


def _database_outage(error):
    text = _words(error)
    if "no such" in text or "syntax error" in text:  # SQLite's word for a mistake of ours
        return None
    if any(sign in text for sign in _NO_ROOM):
        return FULL
    if any(sign in text for sign in _NOT_WRITABLE):
        return READ_ONLY
    return BUSY if any(sign in text for sign in _HELD) else LOST
