"""Records are written by the program alone: triggers refuse whoever else opens the database.

The program's sessions are told by their settings (``balikpapan.env``): on PostgreSQL by one of our
own, on SQLite by ``recursive_triggers``, which no other client switches on by itself. Somebody who
means to get past them can; ``check_data`` then finds what was written past the trail.
"""

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from .models import Record

REFUSAL = "register hanya ditulis lewat program, agar setiap perubahan berjejak"
FUNCTION = "audit_program_only"
_BODY = (
    "BEGIN IF current_setting('balikpapan.program', true) IS DISTINCT FROM 'on' THEN "
    f"RAISE EXCEPTION '%: {REFUSAL}', TG_TABLE_NAME USING ERRCODE = '23000'; "
    "END IF; RETURN NULL; END"
)
_IS_FOREIGN = "(SELECT recursive_triggers FROM pragma_recursive_triggers) = 0"


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Creates what is missing of the triggers; raises ImproperlyConfigured where it may not."""
    connection = connections[using]
    absent = missing(using)
    if not absent:
        return
    if connection.vendor == "postgresql" and not _owns_all(connection, using):
        raise ImproperlyConfigured(
            f"Register tidak terlindung: pemicu {', '.join(absent)} tidak ada, dan pengguna basis "
            "data ini bukan pemilik tabelnya. Jalankan “manage.py migrate” dengan DATABASE_URL "
            "pemiliknya."
        )
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql "
                f"AS $${_BODY}$$"
            )
        for table in _tables(using):
            for name, statements in _triggers(connection.vendor, table).items():
                if name in absent:
                    for statement in statements:
                        cursor.execute(statement)


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The names of the triggers that are not there, or are not those of this program."""
    connection = connections[using]
    wanted = {
        name: statements[-1]
        for table in _tables(using)
        for name, statements in _triggers(connection.vendor, table).items()
    }
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            present = dict(cursor.fetchall())
            return [name for name, statement in wanted.items() if present.get(name) != statement]
        cursor.execute(
            "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
            "JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE tgenabled = 'A' AND proname = %s AND prosrc = %s "
            "AND relnamespace = current_schema()::regnamespace",
            [FUNCTION, _BODY],
        )
        present = {name for (name,) in cursor.fetchall()}
    return [name for name in wanted if name not in present]


def _tables(using) -> list[str]:
    """The tables of records that the migrations have made so far."""
    connection = connections[using]
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor))
    records = [model for model in apps.get_models() if issubclass(model, Record)]
    return [model._meta.db_table for model in records if model._meta.db_table in names]


def _triggers(vendor, table) -> dict[str, list[str]]:
    """Trigger name -> the statements that create it."""
    if vendor == "postgresql":
        name = f"{table}_program_only"
        return {
            name: [
                f"DROP TRIGGER IF EXISTS {name} ON {table}",
                f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()",
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
            ]
        }
    triggers = {}
    for act in ("insert", "update", "delete"):
        name = f"{table}_program_{act}"
        # Before the act, SQLite would copy every column of every row for the trigger.
        triggers[name] = [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} AFTER {act.upper()} ON {table} WHEN {_IS_FOREIGN} "
            f"BEGIN SELECT RAISE(ABORT, '{table}: {REFUSAL}'); END",
        ]
    return triggers


def _owns_all(connection, using):
    """Whether this PostgreSQL role may alter the tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class "
            "WHERE oid = ANY(%s::regclass[])",
            [_tables(using)],
        )
        return cursor.fetchone()[0]
