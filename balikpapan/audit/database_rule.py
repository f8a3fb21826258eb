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


def install_all(records: Iterable[Any], applied: Mapping, using: str = DEFAULT_DB_ALIAS) -> None:
    """Makes what is missing of the rules of these models whose migrations are ``applied``."""
    for model in records:
        rules = model.database_rules() if hasattr(model, "database_rules") else ()
        for rule in rules:
            if rule.migration in applied:
                rule.install(using)
