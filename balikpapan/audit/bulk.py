"""The bulk twin of ``store``: many records of one sheet in a fixed number of statements.

Values reach these functions already read, checked and compared by ``intake``; here they are
claimed by version, written and traced. PostgreSQL takes them by COPY, SQLite by executemany.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection, models
from django.utils import timezone

from .changes import StaleRecord, check_open, traceable
from .models import Change, ClosedYear

#: So many rows at a time are handed to SQLite; all of them at once would fill the memory.
BATCH = 20_000


class NewRecord:
    """One record to be created; ``values`` maps attribute names (``kelurahan_id``) to values.

    A function may be given instead: a hundred thousand dictionaries would fill the memory, so
    they are made when they are written and let go of again.
    """

    __slots__ = ("_made", "_values", "id", "place")

    def __init__(self, values: dict | Callable[[], dict], place: int):
        self._values, self._made = values, None
        self.place = place  # index of the sheet row it came from
        self.id: int | None = None

    @property
    def values(self) -> dict:
        if not callable(self._values):
            return self._values
        if self._made is None:
            self._made = self._values()
        return self._made

    def let_go(self) -> None:
        """Forgets what can be made again."""
        self._made = None


@dataclass(slots=True)
class ChangedRecord:
    """One stored record to be changed: only the attributes that differ."""

    id: int
    version: int
    before: dict
    after: dict
    place: int
    archived: bool | None = None


@dataclass(slots=True)
class Origin:
    """Who writes, through which door, and where in which workbook each row stands."""

    door: str
    by: int | None = None
    upload: int | None = None
    reason: str = ""
    #: place -> (sheet name, Excel row)
    places: list = field(default_factory=list)


def reserve_ids(model, count):
    """``count`` fresh primary keys; SQLite's are safe because the write lock is held."""
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [f'"{table}"', count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        last = row[0] if row else 0
        return list(range(last + 1, last + count + 1))


def insert_rows(table, columns, rows):
    """Writes plain tuples as they come; the values are already what the database driver takes."""
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    target = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # COPY passes Django by, so its errors have to be made Django's here.
            with (
                connection.wrap_database_errors,
                cursor.copy(f"COPY {target} ({names}) FROM STDIN") as copy,
            ):
                for row in rows:
                    copy.write_row(row)
            return
        statement = f"INSERT INTO {target} ({names}) VALUES ({', '.join(['%s'] * len(columns))})"
        rows = iter(rows)
        while batch := list(islice(rows, BATCH)):
            cursor.executemany(statement, batch)


def adapter(model_field):
    """How a value of this field is handed to the driver, or None where it goes as it is."""
    if connection.vendor == "postgresql":
        return None
    if isinstance(model_field, models.DecimalField):
        places = model_field.decimal_places
        return lambda value: None if value is None else format(value, f".{places}f")
    if isinstance(model_field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(model_field, models.DateField):
        return lambda value: None if value is None else value.isoformat()
    return None


def _columnise(model, names, rows):
    """Rows of values as tuples for the driver, each column adapted once."""
    fields = {f.attname: f for f in model._meta.concrete_fields}
    columns = list(zip(*rows, strict=True)) if rows else []
    for index, name in enumerate(names):
        adapt = adapter(fields[name])
        if adapt and columns:
            columns[index] = [adapt(value) for value in columns[index]]
    return list(zip(*columns, strict=True)) if columns else []


def _default(model_field):
    """What a new record holds where the sheet says nothing."""
    if model_field.has_default():
        return model_field.get_default()
    return "" if isinstance(model_field, models.CharField) and not model_field.null else None


def create_many(model, records, origin, frozen=None):
    """Creates the records with their trail; fills in and returns their ids."""
    if not records:
        return []
    now = timezone.now()
    for record, key in zip(records, reserve_ids(model, len(records)), strict=True):
        record.id = key
    fields = model._meta.concrete_fields
    columns = [f.column for f in fields]
    if model.year_field and frozen is None:
        frozen = ClosedYear.objects.frozen()
    for start in range(0, len(records), BATCH):
        batch = records[start : start + BATCH]
        if model.year_field:
            check_open(model, {record.values.get(model.year_field) for record in batch}, frozen)
        insert_rows(model._meta.db_table, columns, _new_rows(fields, batch, now))
        _trace(model, map(_creation, batch), origin, now)
        for record in batch:
            record.let_go()
    return [record.id for record in records]


def _creation(record):
    said = {name: value for name, value in record.values.items() if value not in (None, "")}
    return record.id, 1, Change.Action.CREATED, {}, said, record.place


def _new_rows(fields, records, now):
    """One tuple per record for the driver; what every record shares is adapted once."""
    base = {f.attname: _default(f) for f in fields}
    base.update(version=1, created_at=now, updated_at=now, archived_at=None)
    adapters = {f.attname: adapt for f in fields if (adapt := adapter(f))}
    for name, adapt in adapters.items():
        base[name] = adapt(base[name])
    for record in records:
        # A union of dictionaries keeps the order of the first, which is that of the columns.
        row = base | record.values
        row["id"] = record.id
        for name, adapt in adapters.items():
            if name in record.values:
                row[name] = adapt(row[name])
        yield tuple(row.values())


def change_many(model, records, origin, frozen=None):
    """Changes the records with their trail; raises StaleRecord if any was edited meanwhile."""
    if not records:
        return
    if model.year_field:
        years = {r.before.get(model.year_field) for r in records}
        check_open(model, years | {r.after.get(model.year_field) for r in records}, frozen)
    now = timezone.now()
    fields = {f.attname: f for f in model._meta.concrete_fields}
    names = sorted({name for record in records for name in record.after})
    current = _current(model, names, records)
    rows = []
    for record in records:
        stored = current[record.id]
        after = record.after
        values = [
            after[name] if name in after else stored[index] for index, name in enumerate(names)
        ]
        rows.append([*values, now, record.id, record.version])
    tuples = _columnise(model, [*names, "updated_at", "id", "version"], rows)
    columns = [fields[name].column for name in [*names, "updated_at"]]
    if _update(model, columns, tuples) != len(records):
        raise StaleRecord(None)
    trail = [
        (record.id, record.version + 1, _action(record), record.before, record.after, record.place)
        for record in records
    ]
    _trace(model, trail, origin, now)


def _action(record):
    if "archived_at" not in record.after:
        return Change.Action.CHANGED
    return Change.Action.ARCHIVED if record.after["archived_at"] else Change.Action.RESTORED


def _current(model, names, records):
    """The stored values of the columns about to be written, so that every row writes them all."""
    if all(len(record.after) == len(names) for record in records):
        return {record.id: () for record in records}
    wanted = {record.id for record in records}
    rows = model._base_manager.values_list("id", *names).order_by()
    if len(wanted) <= 500:
        rows = rows.filter(pk__in=wanted)
    found = {row[0]: row[1:] for row in rows.iterator(5000) if row[0] in wanted}
    if len(found) != len(wanted):
        raise StaleRecord(None)
    return found


def _update(model, columns, tuples):
    """Updates rows (values…, id, version) where the version still stands; how many did."""
    table = connection.ops.quote_name(model._meta.db_table)
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            picked = ", ".join(quote(c) for c in [*columns, "id", "version"])
            cursor.execute(
                f"CREATE TEMP TABLE changing ON COMMIT DROP AS SELECT {picked} FROM {table} LIMIT 0"
            )
            insert_rows("changing", [*columns, "id", "version"], tuples)
            assigned = ", ".join(f"{quote(c)} = changing.{quote(c)}" for c in columns)
            cursor.execute(
                f"UPDATE {table} AS kept SET {assigned}, version = kept.version + 1 "
                "FROM changing WHERE kept.id = changing.id AND kept.version = changing.version"
            )
            done = cursor.rowcount
            cursor.execute("DROP TABLE changing")
            return done
        assigned = ", ".join(f"{quote(c)} = %s" for c in columns)
        cursor.executemany(
            f"UPDATE {table} SET {assigned}, version = version + 1 WHERE id = %s AND version = %s",
            tuples,
        )
        return cursor.rowcount


def _trace(model, trail, origin, now):
    """Writes one Change per record: the trail goes in the same batch as the data."""
    label = model._meta.label_lower
    at = now if connection.vendor == "postgresql" else connection.ops.adapt_datetimefield_value(now)
    encode = json.JSONEncoder(default=traceable, ensure_ascii=False).encode
    columns = [f.column for f in Change._meta.concrete_fields if f.attname != "id"]

    def rows():
        for key, version, action, before, after, place in trail:
            sheet, row = origin.places[place] if origin.places else ("", None)
            yield (
                label,
                key,
                version,
                str(action),
                encode(before) if before else "{}",
                encode(after),
                at,
                origin.by,
                str(origin.door),
                origin.reason,
                origin.upload,
                sheet,
                row,
            )

    insert_rows(Change._meta.db_table, columns, rows())
