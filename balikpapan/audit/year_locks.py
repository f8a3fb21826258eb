"""One lock per year: whoever writes a record of a year shares it, whoever closes the year has it alone.

One lock more orders all that is published, whatever its year: the books of neighbouring years speak
of the same figures. It is taken before that of a year, and writers never take it. A third gives out
the numbers of a year's letters one by one. On SQLite nothing is needed: a transaction that writes is
the only one. On PostgreSQL these are advisory locks, so that no row has to exist for a year before
it can be locked.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager

from django.db import connection, transaction

from .chain import trail_transaction

#: Tells these locks from any other advisory lock of the database.
YEARS = 640_471
PUBLISHING = 640_472
NUMBERING = 640_473


def share(years: Iterable[int | None]) -> None:
    """Keeps these years from being closed until the end of this transaction."""
    wanted = sorted(year for year in set(years) if year is not None)
    if connection.vendor != "postgresql" or not wanted:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock_shared(%s, year) FROM unnest(%s::int[]) AS year",
            [YEARS, wanted],
        )


def alone(year: int) -> AbstractContextManager[None]:
    """Nobody writes the year until this ends; waits for those who are writing it.

    On SQLite it is one transaction, which is the only one that writes.
    """
    return _exclusive(YEARS, year)


def publishing() -> AbstractContextManager[None]:
    """Nobody else decides what the public gets, of any year, until this ends.

    What is published next is audited with what was published before, so it must see it.
    """
    return _exclusive(PUBLISHING, 0)


def numbering(year: int) -> AbstractContextManager[None]:
    """Nobody else takes the next number of the year until this ends, or its transaction does."""
    return _exclusive(NUMBERING, year)


@contextmanager
def _exclusive(space: int, number: int) -> Iterator[None]:
    """Holds one of the advisory locks; on SQLite the transaction that alone may write."""
    if connection.vendor != "postgresql":
        with trail_transaction():
            yield
        return
    within = connection.in_atomic_block
    with connection.cursor() as cursor:
        kind = "pg_advisory_xact_lock" if within else "pg_advisory_lock"
        cursor.execute(f"SELECT {kind}(%s, %s)", [space, number])
    try:
        yield
    finally:
        if not within and connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [space, number])


@contextmanager
def snapshot() -> Iterator[None]:
    """One view of the whole database, for reading only.

    On PostgreSQL it is as old as the first statement, so a lock is taken before it, and the trail,
    whose head must be the newest, is written after it.
    """
    within = connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and not within:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
