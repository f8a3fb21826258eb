"""One moment of the whole database, read while people go on writing."""

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.db import OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from .errors import BackupError


def connection_to(settings: dict) -> BaseDatabaseWrapper:
    """A connection of its own to the database of these settings, not opened yet."""
    complete = {**connections["default"].settings_dict, "OPTIONS": {}, **settings}
    return load_backend(complete["ENGINE"]).DatabaseWrapper(complete, "default")


@contextlib.contextmanager
def in_place_of_default(settings: dict) -> Iterator[str]:
    """Another database as the one of the program, for this thread; yields its alias.

    Migrations and the receivers behind them write wherever ``default`` leads.
    """
    own, other = connections["default"], connection_to(settings)
    connections["default"] = other
    try:
        yield "default"
    finally:
        other.close()
        connections["default"] = own


@contextlib.contextmanager
def snapshot(folder: Path) -> Iterator[str]:
    """The alias under which the register as of now can be read, however long that takes.

    ``folder`` takes the copy of a SQLite file. Raises BackupError where the database is damaged.
    """
    source = connections["default"]
    if source.vendor == "postgresql":
        with in_place_of_default(source.settings_dict) as alias, _read_only(alias):
            yield alias
        return
    with tempfile.TemporaryDirectory(dir=folder, prefix=".potret-") as temporary:
        copy = Path(temporary, "copy.sqlite3")
        _copy_sqlite(source.settings_dict["NAME"], copy)
        options = {"transaction_mode": None}
        settings = {**source.settings_dict, "NAME": str(copy), "OPTIONS": options}
        with in_place_of_default(settings) as alias:
            yield alias


def _copy_sqlite(name, copy):
    """In one step: stepping page by page begins anew with every commit of somebody else."""
    try:
        with (
            contextlib.closing(sqlite3.connect(f"{Path(name).as_uri()}?mode=ro", uri=True)) as old,
            contextlib.closing(sqlite3.connect(copy)) as new,
        ):
            old.execute("PRAGMA busy_timeout = 20000")
            old.backup(new, pages=-1)
            new.execute("PRAGMA journal_mode = DELETE")
            faults = [row[0] for row in new.execute("PRAGMA integrity_check(3)")]
            if faults == ["ok"]:
                faults = [str(row) for row in new.execute("PRAGMA foreign_key_check")][:3]
            else:
                faults = faults[:3]
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_IOERR")):
            raise OperationalError(str(error)) from error
        faults = [str(error)]
    if faults:
        raise BackupError(
            f"Basis data rusak ({'; '.join(faults)}), sehingga tidak dicadangkan; pulihkan cadangan "
            "terakhir menurut docs/pemulihan.html."
        )


@contextlib.contextmanager
def _read_only(alias):
    with transaction.atomic(using=alias):
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            # Reading a long register may take longer than anything a page may.
            cursor.execute("SET LOCAL statement_timeout = 0")
        yield
