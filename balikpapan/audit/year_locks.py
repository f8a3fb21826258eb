"""One lock per year: whoever writes a record of a year shares it, whoever closes the year has it alone.

On SQLite nothing is needed: a transaction that writes is the only one. On PostgreSQL these are
advisory locks, so that no row has to exist for a year before it can be locked.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

#: Tells these locks from any other advisory lock of the database.
YEARS = 640_471


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


@contextmanager
def alone(year: int) -> Iterator[None]:
    """One transaction on one snapshot of the database, while nobody writes the year.

    Waits for those who are writing it. The lock comes before the transaction, because on
    PostgreSQL a snapshot is as old as the first statement, even one that waits.
    """
    if connection.vendor != "postgresql":
        with transaction.atomic():
            yield
        return
    within = connection.in_atomic_block
    with connection.cursor() as cursor:
        kind = "pg_advisory_xact_lock" if within else "pg_advisory_lock"
        cursor.execute(f"SELECT {kind}(%s, %s)", [YEARS, year])
    try:
        with transaction.atomic():
            if not within:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    finally:
        if not within and connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [YEARS, year])
