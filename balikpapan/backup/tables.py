"""The rows of every table in one spelling, whichever database they stand in.

A table is written as JSON lines, one list of values per row in the order of the primary key. Two
databases hold equal rows exactly when the SHA-256 of these lines is equal.
"""

import base64
import datetime
import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice

from django.apps import apps as current_apps
from django.apps.registry import Apps
from django.db import connections, models
from django.db.migrations.executor import MigrationExecutor

#: Tables whose rows are not carried along, and why.
LEFT_OUT = {
    "django_session": "a login does not outlive a restore: a stolen cookie would come back to life",
    "django_migrations": "stands in the manifest, for it decides how the tables are made",
}
AT_A_TIME = 2_000


def stored_models(apps: Apps = current_apps) -> list[type[models.Model]]:
    """Every model with a table whose rows belong into a backup, in the order of the tables."""
    registered = apps.get_models(include_auto_created=True)
    by_table = {
        model._meta.db_table: model
        for model in registered
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in LEFT_OUT
    }
    return [by_table[table] for table in sorted(by_table)]


def models_of(alias: str) -> list[type[models.Model]]:
    """The models as the open database has them, also where migrations are still waiting."""
    executor = MigrationExecutor(connections[alias])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return stored_models()
    state = executor._create_project_state(with_applied_migrations=True)
    return stored_models(state.apps)


def migrations_of(alias: str) -> list[tuple[str, str]]:
    """The applied migrations as (app, name), sorted."""
    return sorted(MigrationExecutor(connections[alias]).loader.applied_migrations)


def stored_fields(model: type[models.Model]) -> list[models.Field]:
    """The fields with a column of their own; what the database computes is left to it."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def read_lines(model: type[models.Model], alias: str) -> Iterator[bytes]:
    """Every row as one line of JSON with its line end."""
    names = [field.attname for field in stored_fields(model)]
    rows = model._base_manager.using(alias).order_by(model._meta.pk.attname).values_list(*names)
    is_copied = connections[alias].vendor == "postgresql"
    encode = json.JSONEncoder(
        ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    ).encode
    for row in _copied(rows) if is_copied else rows.iterator(chunk_size=AT_A_TIME):
        yield encode(row).encode() + b"\n"


def _copied(rows: models.QuerySet) -> Iterator[tuple]:
    """The rows by COPY, each value as its field has it; the connection is busy until the last."""
    compiler = rows.query.get_compiler(rows.db)
    sql, params = compiler.as_sql()
    converters = compiler.get_converters([column for column, *_ in compiler.select])
    with connections[rows.db].cursor() as cursor:
        cursor.execute(f"{sql} LIMIT 0", params)
        types = [column.type_code for column in cursor.description]
        with cursor.copy(f"COPY ({sql}) TO STDOUT", params) as copy:
            copy.set_types(types)
            yield from compiler.apply_converters(copy.rows(), converters)


def _plain(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"{type(value).__name__} has no place in a backup")


def write_lines(model: type[models.Model], alias: str, lines: Iterable[bytes]) -> int:
    """Puts the rows of a backup into an empty table; returns their number."""
    connection = connections[alias]
    fields = stored_fields(model)
    readers = [(index, _reader(field, connection)) for index, field in enumerate(fields)]
    readers = [(index, read) for index, read in readers if read]
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = ", ".join(quote(field.column) for field in fields)
    rows = _decoded(lines, readers)
    count = 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
                    count += 1
            return count
        places = ", ".join(["%s"] * len(fields))
        while batch := list(islice(rows, AT_A_TIME)):
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", batch)
            count += len(batch)
    return count


def _decoded(lines, readers):
    for line in lines:
        row = json.loads(line)
        for index, read in readers:
            row[index] = read(row[index])
        yield row


def _reader(field, connection):
    """What makes a value of the file fit for the database; None where it is fit as it is."""
    kinds = (models.DateTimeField, models.DateField, models.TimeField, models.DecimalField)
    if isinstance(field, models.BinaryField):
        return lambda value: None if value is None else base64.b64decode(value)
    if isinstance(field, models.JSONField):
        # NULL where the column may be NULL; elsewhere None can only be JSON's null.
        return lambda value: (
            None
            if value is None and field.null
            else connection.ops.adapt_json_value(value, field.encoder)
        )
    if isinstance(field, (*kinds, models.UUIDField)):
        to_python, prepare = field.to_python, field.get_db_prep_save
        return lambda value: None if value is None else prepare(to_python(value), connection)
    return None


def digest(lines: Iterable[bytes]) -> tuple[int, str]:
    """The number of lines and the SHA-256 over them."""
    count, sha256 = 0, hashlib.sha256()
    for line in lines:
        sha256.update(line)
        count += 1
    return count, sha256.hexdigest()


def fingerprint(alias: str = "default") -> dict[str, tuple[int, str]]:
    """Table -> its rows and their SHA-256, comparable between databases."""
    return {model._meta.db_table: digest(read_lines(model, alias)) for model in models_of(alias)}
