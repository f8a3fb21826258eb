"""The chain of the trail: one link per transaction, made last, over its changes and the link before.

Whoever alters, adds or takes away a change that stands breaks a link, and whoever makes the links
anew changes the head, which is printed on every edition of the report and kept with every backup.
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.utils import timezone

from .digests import canonical, utc
from .models import Change, Link
from .staging import reserve_ids

#: Tells the lock of the head from any other advisory lock of the database.
HEAD_LOCK = 640_472
#: So many digests are read at a time when a link is made.
READ = 20_000
#: So much of a digest is printed.
PRINTED = 16

_local = threading.local()


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link: its place in the chain, from 1, and its digest; (0, b"") before the first."""

    position: int = 0
    digest: bytes = b""

    def __str__(self):
        """The head as it is printed, such as 123-9f86d081884c7d65."""
        return f"{self.position}-{self.digest.hex()[:PRINTED]}"


def head(using: str = DEFAULT_DB_ALIAS) -> Head:
    """The newest link of the chain."""
    link = Link.objects.using(using).order_by("-position").values_list("position", "digest").first()
    return Head(link[0], bytes(link[1])) if link else Head()


@dataclass(slots=True)
class _OpenLink:
    """The link of the transaction under way: its number, and the last change before it."""

    number: int | None = None
    after: int = 0


@contextmanager
def trail_transaction() -> Iterator[None]:
    """One transaction whose changes become one link of the chain, just before it is committed.

    Within another one it is a part of that. The head is locked for the last moment only, so
    everything that writes records goes inside, and nothing that waits for others comes after.
    """
    if getattr(_local, "link", None) is not None:
        with transaction.atomic():
            yield
        return
    _local.link = _OpenLink()
    try:
        with transaction.atomic():
            yield
            if _local.link.number is not None:
                _close(_local.link)
    finally:
        _local.link = None


def link_number() -> int:
    """The number of the link that the changes of this transaction belong to."""
    link = getattr(_local, "link", None)
    if link is None:
        raise transaction.TransactionManagementError(
            "A change is traced inside a trail_transaction only."
        )
    if link.number is None:
        _begin(link)
    return link.number


def _begin(link):
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id), (SELECT max(id) FROM audit_link) FROM audit_change")
        newest, last = cursor.fetchone()
    link.after = newest or 0
    # On SQLite nobody else writes until this transaction ends.
    link.number = (last or 0) + 1 if connection.vendor == "sqlite" else reserve_ids(Link, 1)[0]


def _close(link):
    count, rows = _rows(link)
    if not count:
        return  # what was written has been rolled back to a savepoint
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [HEAD_LOCK])
    last, at = head(), timezone.now()
    Link(
        pk=link.number,
        position=last.position + 1,
        at=at,
        count=count,
        rows=rows,
        digest=link_digest(last, at, count, rows),
    ).save(force_insert=True)


def _rows(link) -> tuple[int, bytes]:
    """How many changes the transaction has written, and the digest over theirs."""
    hasher, count, last = hashlib.sha256(), 0, link.after
    table = connection.ops.quote_name(Change._meta.db_table)
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                f"SELECT id, digest FROM {table} WHERE id > %s AND link = %s ORDER BY id LIMIT {READ}",
                [last, link.number],
            )
            changes = cursor.fetchall()
            hasher.update(b"".join([digest for _, digest in changes]))
            count += len(changes)
            if len(changes) < READ:
                return count, hasher.digest()
            last = changes[-1][0]


def link_digest(before: Head, at, count: int, rows: bytes) -> bytes:
    """The digest of the link that follows ``before``."""
    content = {
        "at": utc(at),
        "before": before.digest.hex(),
        "count": count,
        "position": before.position + 1,
        "rows": rows.hex(),
    }
    return hashlib.sha256(canonical(content).encode()).digest()
