"""Plain rows of an earlier version into an empty database, and what became of them.

``python -m tests.upgrades.rows write FILE`` migrates to the versions FILE names and fills the
tables; ``… compare FILE`` prints as JSON each stored value that is not the one written. Runs in a
process of its own, on the database ``DATABASE_URL`` names.
"""

import datetime
import json
import os
import sys
from decimal import Decimal

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balikpapan.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  the settings come first
from django.db import connection, transaction  # noqa: E402

#: Columns that have another name by now.
RENAMED = {("audit_change", "door"): "channel"}
#: Columns whose old values a migration says in another way, or that are no longer kept.
REWRITTEN = {("intake_upload", "reason"), ("auth_user", "last_login")}


def write(register: dict) -> None:
    """Migrates to the old versions and fills their tables with the old rows."""
    for app, name in register["migrations"].items():
        call_command("migrate", app, name, verbosity=0)
    for app in ("auth", "contenttypes", "sessions", "axes", "django_tasks_database"):
        call_command("migrate", app, verbosity=0)
    with connection.constraint_checks_disabled(), transaction.atomic():
        for table, stored in register["tables"].items():
            fill(table, stored["columns"], stored["rows"])
    with connection.cursor() as cursor:
        for statement in sequence_resets(register["tables"]):
            cursor.execute(statement)


def fill(table: str, columns: list[str], rows: list[list]) -> None:
    """Replaces what a table holds with these rows."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {quote(table)}")
        cursor.executemany(
            f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})",
            [[adapted(value) for value in row] for row in rows],
        )


def adapted(value):
    """A value of the file as the drivers of both databases take it."""
    if isinstance(value, dict):
        return bytes.fromhex(value["hex"]) if "hex" in value else json.dumps(value["json"])
    if isinstance(value, str) and connection.vendor == "sqlite" and value.endswith("+00:00"):
        return value.replace("T", " ").removesuffix("+00:00")
    return value


def sequence_resets(tables: dict) -> list[str]:
    """Statements after which a new row gets a number nobody has."""
    if connection.vendor != "postgresql":
        return []
    quoted = [(table, connection.ops.quote_name(table)) for table in tables]
    return [
        f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"
        for _, name in quoted
    ]


def compare(register: dict) -> list[str]:
    """Every value of the old rows that is no longer stored as it was."""
    differences = []
    for table, stored in register["tables"].items():
        names = [RENAMED.get((table, column), column) for column in stored["columns"]]
        now = read(table)
        for row in stored["rows"]:
            old = dict(zip(names, row, strict=True))
            new = now.get(old["id"])
            if new is None:
                differences.append(f"{table} {old['id']}: hilang")
                continue
            differences += [
                f"{table} {old['id']} {name}: {value!r} -> {new[name]!r}"
                for name, value in old.items()
                if name in new
                and (table, name) not in REWRITTEN
                and plain(new[name]) != plain(value)
            ]
    return differences


def read(table: str) -> dict[int, dict]:
    """Every row of a table by its number."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row["id"]: row for row in rows}


def plain(value) -> str:
    """One spelling for a value of the file and for what either driver returns."""
    if isinstance(value, dict) and "hex" in value:
        return value["hex"]
    if isinstance(value, dict) and "json" in value:
        value = value["json"]
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    if isinstance(value, str) and value[:1] in ("{", "["):
        value = json.loads(value)
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int | float | Decimal):
        return format(Decimal(str(value)).normalize(), "f")
    if isinstance(value, str):
        try:
            return format(Decimal(value).normalize(), "f")
        except ArithmeticError:
            return value.replace("T", " ").removesuffix("+00:00")
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else str(value)


if __name__ == "__main__":
    act, file = sys.argv[1:]
    with open(file, encoding="utf-8") as stored:
        register = json.load(stored)
    if act == "write":
        write(register)
    else:
        print(json.dumps(compare(register)))
