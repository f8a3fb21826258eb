"""Rules that no index of Django's can say, held by triggers or constraints of the databases' own.

They are made by a migration and put back after every later one, because a table made anew loses
its triggers.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, transaction


class DatabaseRule(ABC):
    """One such rule, by its ``name``; ``migration`` is the one that makes it."""

    name: str
    migration: tuple[str, str]

    @abstractmethod
    def refusal(self, error: IntegrityError) -> ValidationError | None:
        """What the database refused, in words, if it was this rule; else None."""

    def install(self, using: str = DEFAULT_DB_ALIAS) -> None:
        """Makes what is missing of the rule."""
        vendor = connections[using].vendor
        if self.missing(using):
            self._execute((*self._drop(vendor), *self._create(vendor)), using)

    def remove(self, using: str = DEFAULT_DB_ALIAS) -> None:
        """Drops the rule; ``install`` puts it back."""
        self._execute(self._drop(connections[using].vendor), using)

    def missing(self, using: str = DEFAULT_DB_ALIAS) -> list[str]:
        """The names of the triggers or constraints that are not there as this program makes them."""
        with connections[using].cursor() as cursor:
            if connections[using].vendor != "sqlite":
                return self._missing_on_postgresql(cursor)
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            present = dict(cursor.fetchall())
        return [name for name, sql in self._triggers().items() if present.get(name) != sql]

    def _execute(self, statements: Iterable[str], using: str) -> None:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    @abstractmethod
    def _triggers(self) -> dict[str, str]:
        """SQLite's trigger name -> the statement that creates it."""

    @abstractmethod
    def _missing_on_postgresql(self, cursor: Any) -> list[str]: ...

    @abstractmethod
    def _create(self, vendor: str) -> Iterator[str]: ...

    @abstractmethod
    def _drop(self, vendor: str) -> Iterator[str]: ...


class TriggerRule(DatabaseRule):
    """A rule that triggers hold on both databases; on PostgreSQL each calls a function of its name.

    What such a trigger raises begins with ``name`` and ends with ``message``.
    """

    message: str

    def refusal(self, error: IntegrityError) -> ValidationError | None:
        """What the database refused, in words, if it was this rule; else None."""
        if not str(error).startswith(f"{self.name}:"):
            return None
        return ValidationError(self.message, code=self.name)

    @abstractmethod
    def _events(self) -> dict[str, str]:
        """Trigger name -> what it stands before, such as "UPDATE ON a table"."""

    @abstractmethod
    def _bodies(self) -> dict[str, str]:
        """PostgreSQL's trigger name -> the body of the function it calls."""

    @property
    def _raise(self) -> str:
        """How PostgreSQL refuses."""
        return f"RAISE EXCEPTION '{self.name}: {self.message}' USING ERRCODE = '23000';"

    @property
    def _abort(self) -> str:
        """How SQLite refuses."""
        return f"BEGIN SELECT RAISE(ABORT, '{self.name}: {self.message}'); END"

    def _missing_on_postgresql(self, cursor: Any) -> list[str]:
        cursor.execute(
            "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE tgenabled <> 'D' AND tgname = ANY(%s)",
            [list(self._events())],
        )
        present = dict(cursor.fetchall())
        return [name for name, body in self._bodies().items() if present.get(name) != body]

    def _create(self, vendor: str) -> Iterator[str]:
        if vendor == "sqlite":
            yield from self._triggers().values()
            return
        events = self._events()
        for name, body in self._bodies().items():
            yield (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
            )
            yield (
                f"CREATE TRIGGER {name} BEFORE {events[name]} FOR EACH ROW "
                f"EXECUTE FUNCTION {name}()"
            )

    def _drop(self, vendor: str) -> Iterator[str]:
        for name, event in self._events().items():
            on_table = "" if vendor == "sqlite" else f" ON {event.rpartition(' ')[2]}"
            yield f"DROP TRIGGER IF EXISTS {name}{on_table}"


def install_all(records: Iterable[Any], applied: Mapping, using: str = DEFAULT_DB_ALIAS) -> None:
    """Makes what is missing of the rules of these models whose migrations are ``applied``."""
    for model in records:
        rules = model.database_rules() if hasattr(model, "database_rules") else ()
        for rule in rules:
            if rule.migration in applied:
                rule.install(using)
