"""Asking the checks: all of them or the quick ones, on one view of the database."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import DatabaseError, connection, transaction

from balikpapan.audit.year_locks import snapshot
from balikpapan.reports.models import Edition

from . import (  # noqa: F401  they enter their checks
    database,
    facilities,
    files,
    people,
    trail,
    uploads,
    years,
)
from .registry import CHECKS, Check, Run

logger = logging.getLogger(__name__)

#: So many faults of one check are reported in words.
SHOWN = 20


@dataclass(slots=True)
class Outcome:
    """What one check found: how many faults, and the first of them in words."""

    check: Check
    count: int = 0
    sentences: list[str] = field(default_factory=list)

    def as_json(self) -> dict:
        """The outcome as plain data."""
        return {
            "code": self.check.code,
            "title": self.check.title,
            "remedy": self.check.remedy,
            "count": self.count,
            "sentences": self.sentences,
        }


def run_checks(*, quick: bool = False, only: Iterable[str] = (), heads=()) -> list[Outcome]:
    """The outcome of each check asked, on one view of the database while others go on writing.

    ``only`` are codes, ``heads`` printed heads of the chain to look for besides those of editions.
    """
    wanted = set(only) or {code for code, one in CHECKS.items() if one.is_quick or not quick}
    with _one_view():
        run = Run((*heads, *_edition_heads(wanted)))
        return [_ask(one, run) for code, one in CHECKS.items() if code in wanted]


def _edition_heads(wanted):
    """The heads that editions have printed; those made before there was a chain printed none."""
    if "chain_heads" not in wanted:
        return ()
    return tuple(Edition.objects.exclude(chain_head="").values_list("chain_head", flat=True))


def _ask(one: Check, run: Run) -> Outcome:
    outcome = Outcome(one)
    try:
        with _savepoint():
            for sentence in one.find(run):
                outcome.count += 1
                if len(outcome.sentences) < SHOWN:
                    outcome.sentences.append(sentence)
    except Exception as error:
        # A damaged database makes any question fail; that is a finding, not an end.
        logger.exception("Pemeriksaan %s tidak dapat diselesaikan.", one.code)
        outcome.count += 1
        reason = str(error) if isinstance(error, DatabaseError) else type(error).__name__
        outcome.sentences.append(f"Pemeriksaan ini tidak dapat diselesaikan: {reason}")
    return outcome


@contextmanager
def _one_view() -> Iterator[None]:
    """One view of the database that keeps nobody from writing."""
    if connection.in_atomic_block or connection.vendor == "postgresql":
        with snapshot():
            yield
        return
    with connection.cursor() as cursor:
        # Not Django's own transaction, which would take the one lock for writing.
        cursor.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


@contextmanager
def _savepoint():
    """On PostgreSQL a question that fails must not make the next ones fail."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        yield
