"""Plain rows on their way into a table, adapted for the driver of either database."""

from array import array
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db import connection, models, transaction

_numbers = count(1)


#: So many keys are fetched at a time.
KEYS = 50_000


def reserve_ids(model, count: int) -> Sequence[int]:
    """``count`` fresh primary keys that nobody else will be given, ascending."""
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        keys = array("q")
        for start in range(0, count, KEYS):
            keys.extend(_next_keys(table, min(KEYS, count - start)))
        return keys
    if not count:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        last = row[0] if row else 0
        cursor.execute(
            "UPDATE sqlite_sequence SET seq = %s WHERE name = %s"
            if row
            else "INSERT INTO sqlite_sequence (seq, name) VALUES (%s, %s)",
            [last + count, table],
        )
    return range(last + 1, last + count + 1)


def _next_keys(table, count):
    with connection.cursor() as cursor:
        # The sequence is looked for once; OFFSET keeps it from being looked for in every row.
        cursor.execute(
            "SELECT nextval(own) FROM generate_series(1, %s), "
            "(SELECT pg_get_serial_sequence(%s, 'id')::regclass AS own OFFSET 0) AS sequence",
            [count, f'"{table}"'],
        )
        return [row[0] for row in cursor.fetchall()]


def insert_rows(table, columns, rows):
    """Writes plain tuples as they come; the values are already what the database driver takes."""
    names, target = _quoted(columns), _quoted([table])
    # The drivers are asked directly, so their errors have to be made Django's here: COPY is none of
    # its statements, and its executemany on SQLite holds all rows until the last is written.
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {target} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join("?" * len(columns))
        connection.connection.executemany(f"INSERT INTO {target} ({names}) VALUES ({places})", rows)


def adapter(model_field):
    """How a value of this field is handed to the driver, or None where it goes as it is."""
    if connection.vendor == "postgresql":
        # COPY writes texts ten times faster than moments, which most rows share.
        return _moment if isinstance(model_field, models.DateTimeField) else None
    if isinstance(model_field, models.DecimalField):
        places = model_field.decimal_places
        return lambda value: None if value is None else format(value, f".{places}f")
    if isinstance(model_field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(model_field, models.DateField):
        return lambda value: None if value is None else value.isoformat()
    return None


def _moment(value):
    return None if value is None else value.isoformat()


def columnise(model, names, rows):
    """Rows of values as tuples for the driver, each column adapted once."""
    fields = {f.attname: f for f in model._meta.concrete_fields}
    columns = list(zip(*rows, strict=True)) if rows else []
    for index, name in enumerate(names):
        adapt = adapter(fields[name])
        if adapt and columns:
            columns[index] = [adapt(value) for value in columns[index]]
    return list(zip(*columns, strict=True)) if columns else []


class StagingTables:
    """Temporary tables that hold the rows of one writer until they are copied at once.

    SQLite lets one connection write and the others wait. Here rows go to temporary tables, which
    belong to this connection alone, so that the others wait for one copy and not for a hundred
    thousand rows made one by one.
    """

    def __init__(self):
        self._places: dict[tuple[str, ...], _Place] = {}

    def table_for(self, table: str, columns: list[str], constants: dict[str, Any]) -> str:
        """The name of the temporary table in which rows for ``table`` are staged.

        ``constants`` has the other columns, whose value all rows of one temporary table share.
        """
        key = (table, *columns, repr(constants))
        if key not in self._places:
            # No name is used twice: a lost connection may leave its table behind for a while.
            name = f"staged_{next(_numbers)}_{table}"
            place = _Place(name, table, list(columns), constants)
            with connection.cursor() as cursor:
                cursor.execute(
                    f"CREATE TEMP TABLE {name} AS "
                    f"SELECT {_quoted(columns)} FROM {_quoted([table])} LIMIT 0"
                )
            self._places[key] = place
        return self._places[key].name

    @contextmanager
    def savepoint(self):
        """Writes to temporary tables only, all or nothing, without locking the register."""
        with connection.cursor() as cursor:
            # A savepoint outside any transaction begins one that locks only what it writes.
            cursor.execute("SAVEPOINT staging")
            try:
                yield
            except BaseException:
                cursor.execute("ROLLBACK TO staging")
                raise
            finally:
                cursor.execute("RELEASE staging")

    def flush(self, constants: dict[str, dict[str, Any]]) -> None:
        """Moves the rows into their tables, inside the caller's transaction.

        ``constants`` are per table the columns that only now have a value, one for all rows.
        """
        for place in self._places.values():
            late = constants.get(place.table, {})
            flush(place.table, place.name, place.columns, place.constants | late)

    def drop(self) -> None:
        """Drops the temporary tables."""
        with connection.cursor() as cursor:
            while self._places:
                _, place = self._places.popitem()
                cursor.execute(f"DROP TABLE {place.name}")


@dataclass(frozen=True, slots=True)
class _Place:
    """A temporary table, the table its rows are for, and the values all of them share."""

    name: str
    table: str
    columns: list[str]
    constants: dict[str, Any]


def flush(table: str, place: str, columns: list[str], constants: dict[str, Any]) -> None:
    """Copies the rows of one temporary table into their own table."""
    names = _quoted([*columns, *constants])
    values = ", ".join([_quoted(columns), *["%s"] * len(constants)])
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_quoted([table])} ({names}) SELECT {values} FROM {place} ORDER BY rowid",
            list(constants.values()),
        )


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(map(connection.ops.quote_name, names))
