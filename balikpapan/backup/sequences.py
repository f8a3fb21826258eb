"""The last number each table has given out: a number is never given twice, also after a restore."""

from django.db import connections, models


def read_sequences(stored: list[type[models.Model]], alias: str) -> dict[str, int]:
    """Table -> the last number given; tables that have given none are left out."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            given = dict(cursor.fetchall())
            tables = (model._meta.db_table for model in stored)
            return {table: given[table] for table in tables if given.get(table)}
        numbers = {}
        for model in stored:
            if name := _sequence(cursor, model):
                cursor.execute(f"SELECT last_value, is_called FROM {name}")
                last, is_called = cursor.fetchone()
                if is_called:
                    numbers[model._meta.db_table] = last
        return numbers


def write_sequences(stored: list[type[models.Model]], alias: str, numbers: dict[str, int]) -> None:
    """Sets what each table gives next, never below what it holds already."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for model in stored:
            table, column = model._meta.db_table, model._meta.pk.column
            if not isinstance(model._meta.pk, models.AutoField):
                continue
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"SELECT MAX({connection.ops.quote_name(column)}) FROM {quoted}")
            last = max(cursor.fetchone()[0] or 0, numbers.get(table, 0))
            if not last:
                continue
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, last])
            elif name := _sequence(cursor, model):
                cursor.execute("SELECT setval(%s::regclass, %s, true)", [name, last])


def _sequence(cursor, model):
    if not isinstance(model._meta.pk, models.AutoField):
        return None
    table = cursor.db.ops.quote_name(model._meta.db_table)
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, model._meta.pk.column])
    return cursor.fetchone()[0]
