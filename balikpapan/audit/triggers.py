"""The trail can be read and added to, and nothing else: triggers refuse the rest on both databases.

So it is with a register's own log, such as the letters that were written to an IKM.

A migration that alters a table on SQLite makes it anew and loses its triggers, so they are put back
after every migration. PostgreSQL's fire even for a session that has switched ordinary triggers off.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections, transaction

#: The tables of the trail, which nobody changes, and per table the columns no two rows share.
TRAIL = {
    "audit_change": ("id",),
    "audit_link": ("id", "position"),
    "audit_erasure": ("id", "change"),
}
#: What a model says of itself whose rows are written once, as those of the trail are.
APPEND_ONLY = "is_append_only"
REFUSAL = "jejak perubahan hanya dapat ditambah"
#: What PostgreSQL's triggers call.
FUNCTION = "audit_refuse"
_BODY = f"BEGIN RAISE EXCEPTION '%: {REFUSAL}', TG_TABLE_NAME USING ERRCODE = '23000'; END"


def install(tables=None, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Creates what is missing of the triggers, on those of the tables that exist.

    Raises ImproperlyConfigured where they are missing and this role may not create them.
    """
    connection = connections[using]
    tables = present_tables(using) if tables is None else tables
    absent = missing(tables, using=using)
    if not absent:
        return
    if connection.vendor == "postgresql" and not _owns(connection, tables):
        raise ImproperlyConfigured(
            "Jejak perubahan tidak terlindung: pemicu "
            f"{', '.join(absent)} tidak ada, dan pengguna basis data ini bukan pemilik tabelnya. "
            "Jalankan “manage.py migrate” dengan DATABASE_URL pemiliknya."
        )
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in _creation(connection.vendor, tables):
            cursor.execute(statement)


def remove(tables=None, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Drops the triggers; ``install`` puts them back."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for table in present_tables(using) if tables is None else tables:
            for name in _names(table):
                cursor.execute(_drop(connection.vendor, name, table))


@contextmanager
def lifted() -> Iterator[None]:
    """The one way to alter the trail: without triggers inside one transaction, which puts them back.

    Only the destruction of personal data needs it. Nobody else ever sees the trail unprotected,
    and on PostgreSQL only the role that owns the tables may.
    """
    with transaction.atomic():
        _check_constraints_now()
        remove()
        yield
        _check_constraints_now()
        install()


def _check_constraints_now():
    """PostgreSQL alters no table with checks still to come."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def missing(tables=None, *, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The names of the triggers that are not there, or are not those of this program."""
    connection = connections[using]
    tables = present_tables(using) if tables is None else tables
    wanted = {
        name: sql for table in tables for name, sql in _triggers(connection.vendor, table).items()
    }
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            present = dict(cursor.fetchall())
            return [name for name, sql in wanted.items() if present.get(name) != sql]
        cursor.execute(
            "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE tgenabled = 'A' AND proname = %s AND prosrc = %s "
            "AND pg_trigger.tgrelid = ANY(%s::regclass[])",
            [FUNCTION, _BODY, list(tables)],
        )
        present = {name for (name,) in cursor.fetchall()}
    return [name for name in wanted if name not in present]


def protected_tables() -> dict[str, tuple[str, ...]]:
    """The tables nobody changes, those of the registers among them, with their unique columns."""
    models = (model for model in apps.get_models() if getattr(model, APPEND_ONLY, False))
    return {**TRAIL, **{model._meta.db_table: (model._meta.pk.column,) for model in models}}


def present_tables(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The protected tables that the migrations have made so far."""
    connection = connections[using]
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor))
    return [table for table in protected_tables() if table in names]


def _names(table):
    return [f"{table}_no_{act}" for act in ("update", "delete", "replace", "truncate")]


def _triggers(vendor, table) -> dict[str, str]:
    """Trigger name -> the statement that creates it."""
    update, delete, replace, truncate = _names(table)
    if vendor == "postgresql":
        act = f"EXECUTE FUNCTION {FUNCTION}()"
        return {
            update: f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} FOR EACH ROW {act}",
            delete: f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} FOR EACH ROW {act}",
            truncate: f"CREATE TRIGGER {truncate} BEFORE TRUNCATE ON {table} {act}",
        }
    act = f"BEGIN SELECT RAISE(ABORT, '{table}: {REFUSAL}'); END"
    # INSERT OR REPLACE deletes what stands in its way, for which a connection that has not switched
    # recursive_triggers on fires no trigger.
    taken = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {column} = NEW.{column})"
        for column in protected_tables()[table]
    )
    return {
        update: f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} {act}",
        delete: f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} {act}",
        replace: f"CREATE TRIGGER {replace} BEFORE INSERT ON {table} WHEN {taken} {act}",
    }


def _creation(vendor, tables):
    """The statements that create the triggers, whatever is left of earlier ones."""
    if vendor == "postgresql":
        yield (
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql "
            f"AS $${_BODY}$$"
        )
    for table in tables:
        for name, statement in _triggers(vendor, table).items():
            yield _drop(vendor, name, table)
            yield statement
            if vendor == "postgresql":
                yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"


def _drop(vendor, name, table):
    if vendor == "postgresql":
        return f"DROP TRIGGER IF EXISTS {name} ON {table}"
    return f"DROP TRIGGER IF EXISTS {name}"


def _owns(connection, tables):
    """Whether this PostgreSQL role may alter the tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class "
            "WHERE oid = ANY(%s::regclass[])",
            [list(tables)],
        )
        return cursor.fetchone()[0]
