"""Periods of one subject that never overlap: in the form, in a sheet and in both databases.

PostgreSQL holds an exclusion constraint and SQLite triggers.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from .database_rule import DatabaseRule

#: From the first to the last day, both included; None where it has no end.
Period = tuple[datetime.date, datetime.date | None]


@dataclass(frozen=True)
class NoOverlap(DatabaseRule):
    """The rule that the kept records of one subject share no day.

    ``subject`` is the column that tells the subjects apart: a key, or a word of the closed list
    ``words``. ``ends`` are the columns of the last day, of which the first that is filled counts;
    where none is, the period has no end. ``migration`` is the one that makes the rule.
    """

    name: str
    table: str
    subject: str
    start: str
    ends: tuple[str, ...]
    message: str
    migration: tuple[str, str]
    words: tuple[str, ...] = ()

    def columns(self) -> tuple[str, ...]:
        """The columns whose change may break the rule."""
        return (self.subject, self.start, *self.ends, "archived_at")

    def period_of(self, values: Mapping[str, Any]) -> Period | None:
        """The days a record with these values takes; None where its first day is not known."""
        start = values.get(self.start)
        filled = [end for end in map(values.get, self.ends) if end is not None]
        return None if start is None else (start, filled[0] if filled else None)

    def overlapping(self, record: models.Model) -> models.QuerySet:
        """The kept records of the same subject that share a day with this one."""
        rows = type(record)._base_manager.filter(
            archived_at=None, **{self.subject: getattr(record, self.subject)}
        )
        rows = rows.exclude(pk=record.pk) if record.pk else rows
        values = {name: getattr(record, name) for name in (self.start, *self.ends)}
        period = self.period_of(values)
        if period is None:
            return rows.none()
        start, end = period
        last = Coalesce(*map(F, self.ends)) if len(self.ends) > 1 else F(self.ends[0])
        rows = rows.alias(last_day=last).filter(Q(last_day=None) | Q(last_day__gte=start))
        return rows if end is None else rows.filter(**{f"{self.start}__lte": end})

    def validate(self, record: models.Model, exclude: Iterable[str] = ()) -> None:
        """Raises ValidationError where another kept record has a day of this one."""
        needed = {self.subject.removesuffix("_id"), self.start, *self.ends}
        if needed & set(exclude) or getattr(record, "archived_at", None) is not None:
            return
        other = self.overlapping(record).order_by(self.start).first()
        if other is not None:
            raise ValidationError(self.sentence(other), code=self.name)

    def sentence(self, other: object | None = None) -> str:
        """What people read of it, with the record in the way where it is known."""
        return self.message if other is None else f"{self.message} Sudah ada: {other}."

    def refusal(self, error: IntegrityError) -> ValidationError | None:
        """What the database refused, in words, if it was this rule; else None."""
        diagnosis = getattr(error.__cause__, "diag", None)
        broken = getattr(diagnosis, "constraint_name", None) or str(error).partition(":")[0]
        if broken not in (self.name, *self.parts()):
            return None
        return ValidationError(self.sentence(), code=self.name)

    # In the database

    def _missing_on_postgresql(self, cursor: Any) -> list[str]:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'x' AND convalidated"
            " AND conname = ANY(%s)",
            [self.parts()],
        )
        present = {name for (name,) in cursor.fetchall()}
        return [name for name in self.parts() if name not in present]

    def parts(self) -> list[str]:
        """The names of PostgreSQL's constraints, one for each word where there are words."""
        return [f"{self.name}_{word}" for word in self.words] or [self.name]

    def _create(self, vendor: str) -> Iterator[str]:
        if vendor == "sqlite":
            yield from self._triggers().values()
            return
        last = f"COALESCE({', '.join(self.ends)})"
        days = f"daterange({self.start}, {last}, '[]') WITH &&"
        for name, word in zip(self.parts(), self.words or (None,), strict=True):
            # A range of one key is equal where it overlaps: no extension for "=" is needed.
            keys = "" if word else f"int8range({self.subject}, {self.subject}, '[]') WITH &&, "
            of_word = f"{self.subject} = '{word}' AND " if word else ""
            yield (
                f"ALTER TABLE {self.table} ADD CONSTRAINT {name} EXCLUDE USING gist "
                f"({keys}{days}) WHERE ({of_word}archived_at IS NULL) "
                "DEFERRABLE INITIALLY IMMEDIATE"
            )

    def _drop(self, vendor: str) -> Iterator[str]:
        if vendor == "sqlite":
            yield from (f"DROP TRIGGER IF EXISTS {name}" for name in self._triggers())
            return
        for name in self.parts():
            yield f"ALTER TABLE {self.table} DROP CONSTRAINT IF EXISTS {name}"

    def _triggers(self) -> dict[str, str]:
        """SQLite's trigger name -> the statement that creates it."""
        new_end, other_end = self._last_day("NEW"), self._last_day("other")
        taken = (
            f"NEW.archived_at IS NULL AND EXISTS (SELECT 1 FROM {self.table} AS other "
            f"WHERE other.archived_at IS NULL AND other.{self.subject} = NEW.{self.subject} "
            f"AND ({new_end} IS NULL OR other.{self.start} <= {new_end}) "
            f"AND ({other_end} IS NULL OR other.{self.start} IS NULL OR {other_end} >= NEW.{self.start})"
        )
        act = f"BEGIN SELECT RAISE(ABORT, '{self.name}: {self.message}'); END"
        insert, update = f"{self.name}_insert", f"{self.name}_update"
        return {
            insert: f"CREATE TRIGGER {insert} BEFORE INSERT ON {self.table} WHEN {taken}) {act}",
            update: (
                f"CREATE TRIGGER {update} BEFORE UPDATE OF {', '.join(self.columns())} "
                f"ON {self.table} WHEN {taken} AND other.id <> OLD.id) {act}"
            ),
        }

    def _last_day(self, row: str) -> str:
        columns = [f"{row}.{end}" for end in self.ends]
        return columns[0] if len(columns) == 1 else f"COALESCE({', '.join(columns)})"


@contextmanager
def judged_at_the_end(rules: Iterable[NoOverlap]) -> Iterator[None]:
    """Lets many rows of one transaction pass each other: PostgreSQL looks at them when all stand.

    SQLite judges row by row; whoever writes there writes what makes room first.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    names = ", ".join(name for rule in rules for name in rule.parts())
    if not names or connection.vendor == "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {names} DEFERRED")
        yield
        cursor.execute(f"SET CONSTRAINTS {names} IMMEDIATE")


def overlaps(periods: Iterable[tuple[Any, Period, Any]]) -> Iterator[tuple[Any, Any]]:
    """The pairs of owners whose periods of one subject share a day.

    ``periods`` are (subject, period, owner); of several that overlap, each is paired with the one
    that reaches furthest before it.
    """
    latest: dict[Any, tuple[datetime.date | None, Any]] = {}
    for subject, (start, end), owner in sorted(periods, key=lambda row: row[1][0]):
        if subject in latest:
            reach, before = latest[subject]
            if reach is None or reach >= start:
                yield before, owner
                if reach is None or (end is not None and end <= reach):
                    continue
        latest[subject] = (end, owner)
