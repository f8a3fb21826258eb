"""The bulk twin of ``store``: many records of one sheet in a fixed number of statements.

Values reach these functions already read, checked and compared by ``intake``; here they are
claimed by version, written and traced. PostgreSQL takes them by COPY, SQLite by executemany.
"""

import secrets
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter

from django.db import DatabaseError, connection
from django.utils import timezone

from . import new_rows
from .chain import link_number, trail_transaction
from .digests import SALT_BYTES, ChangeDigests, Entry, NewContents, canonical_contents
from .models import Change
from .periods import judged_at_the_end
from .staging import StagingTables, adapter, columnise, insert_rows, reserve_ids
from .store import StaleRecord, hold_open, traced_fields

#: The columns in which the changes of one model by one writer differ.
TRAIL_COLUMNS = [*Entry._fields, "salt", "digest"]
#: What the first changes of all records say.
_FIRST = {"version": 1, "action": str(Change.Action.CREATED), "before": "{}"}
#: So many records are made at a time; all of them at once would fill the memory.
BATCH = 20_000


class NewRecord:
    """One record to be created; ``values`` maps attribute names (``kelurahan_id``) to values.

    A function of the place may be given instead: a hundred thousand dictionaries would fill the
    memory, so each is made when it is written and is not held longer.
    """

    __slots__ = ("_values", "id", "place")

    def __init__(self, values: dict | Callable[[int], dict], place: int):
        self._values = values
        self.place = place  # index of the sheet row it came from
        self.id: int | None = None

    @property
    def values(self) -> dict:
        return self._values(self.place) if callable(self._values) else self._values


class NewRecords(Sequence):
    """Very many records to be created: their places and how to make one from its place."""

    def __init__(self, make: Callable[[int], dict], places=()):
        self._make, self._own = make, {}
        self.places = array("I", places)
        self.ids: Sequence[int] = ()

    def append(self, place: int, values: dict | None = None) -> None:
        """One more; with values of its own it is not made from its place."""
        if values is not None:
            self._own[len(self.places)] = values
        self.places.append(place)

    def leave_out(self, places: set[int]) -> None:
        """Creates nothing of these places."""
        records = [(place, self._own.get(i)) for i, place in enumerate(self.places)]
        self.places, self._own = array("I"), {}
        for place, values in records:
            if place not in places:
                self.append(place, values)

    def id_of(self, place: int) -> int | None:
        """The id of the record made from a place, once it has one; places must ascend."""
        position = bisect_left(self.places, place)
        there = position < len(self.ids) and self.places[position] == place
        return self.ids[position] if there else None

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        record = NewRecord(self._own.get(index, self._make), self.places[index])
        record.id = self.ids[index] if self.ids else None
        return record


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
class ChangeSource:
    """Who writes, through which channel, and where in which workbook each row stands."""

    channel: str
    by: int | None = None
    upload: int | None = None
    reason: str = ""
    #: place -> (sheet name, Excel row)
    places: Sequence = field(default_factory=list)


class BulkWriter:
    """What one sheet writes, collected first and written within one transaction at the end.

    Nothing of it is seen before ``finish``, which belongs into a transaction. What can be done
    before that is done while others go on writing; a version that has risen shows what they changed.
    The temporary tables are dropped when the writer is left, written or not.
    """

    def __init__(self, source: ChangeSource):
        self.source, self.now = source, timezone.now()
        self._staging = StagingTables() if connection.vendor == "sqlite" else None
        self._steps, self._years = [], {}
        #: The rules on periods of the models written.
        self._period_rules = set()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if self._staging:
            # A database that has just failed may not answer; what matters is that failure.
            with suppress(DatabaseError) if kind else nullcontext():
                self._staging.drop()

    def create(self, model, records) -> None:
        """Records to be created with their trail; fills in their ids."""
        if not records:
            return
        self._note_rule(model)
        keys = reserve_ids(model, len(records))
        if isinstance(records, NewRecords):
            records.ids = keys
        else:
            for record, key in zip(records, keys, strict=True):
                record.id = key
        for start in range(0, len(records), BATCH):
            self._stage_or_defer(self._create, model, records, start)

    def _create(self, model, records, start):
        records = records[start : start + BATCH]
        contents = [record.values for record in records]
        self.note_years(model, {values.get(model.year_field) for values in contents})
        if not self._staging:
            self._check_years()
        fields, constants = new_rows.fields_given(model, contents, self.now)
        rows = new_rows.tuples(fields, records, contents)
        with self._savepoint():
            self._insert(model._meta.db_table, [f.column for f in fields], rows, constants)
            self._trace_new(model, records, contents)

    def note_years(self, model, years) -> None:
        """Records of these years or days are written; none may be closed at the moment of writing."""
        if model.year_field:
            self._years.setdefault(model, set()).update(years)

    def _note_rule(self, model):
        """The periods of these records are judged when all are written."""
        if model.no_overlap is not None:
            self._period_rules.add(model.no_overlap)

    def _insert(self, table, columns, rows, constants):
        """Writes rows of these columns; ``constants`` has what all rows hold in other ones."""
        if self._staging:
            place = self._staging.table_for(table, columns, constants)
            insert_rows(place, columns, rows)
            return
        # A column that is not named is NULL.
        shared = {column: value for column, value in constants.items() if value is not None}
        tail = tuple(shared.values())
        insert_rows(table, [*columns, *shared], ((*row, *tail) for row in rows))

    def _savepoint(self):
        return self._staging.savepoint() if self._staging else nullcontext()

    def change(self, model, records) -> None:
        """Stored records to be changed with their trail."""
        if not records:
            return
        self._note_rule(model)
        self.note_years(model, {r.before.get(model.year_field) for r in records})
        self.note_years(model, {r.after.get(model.year_field) for r in records})
        names = sorted({name for record in records for name in record.after})
        current = _current(model, names, records)
        rows = []
        for record in records:
            stored, after = current[record.id], record.after
            values = [
                after[name] if name in after else stored[index] for index, name in enumerate(names)
            ]
            rows.append([*values, self.now, record.id, record.version])
        tuples = columnise(model, [*names, "updated_at", "id", "version"], rows)
        fields = {f.attname: f for f in model._meta.concrete_fields}
        columns = [fields[name].column for name in [*names, "updated_at"]]
        self._steps.append(partial(_update, model, columns, tuples))
        self._stage_or_defer(self._trace_changes, model, records)

    def _trace_changes(self, model, records):
        with self._savepoint():
            self._trace(model, map(_alteration, records))

    def _stage_or_defer(self, step, *arguments):
        """On SQLite stages now; on PostgreSQL, where nobody waits, writes in ``finish``."""
        if self._staging:
            step(*arguments)
        else:
            self._steps.append(partial(step, *arguments))

    def finish(self) -> None:
        """Writes it all; raises StaleRecord or FrozenYear where somebody was first."""
        with trail_transaction():
            self._check_years()
            with judged_at_the_end(self._period_rules):
                for step in self._steps:
                    step()
            if self._staging:
                self._staging.flush({Change._meta.db_table: self._shared_columns()})

    def count_created(self, model, records) -> int:
        """How many of the records to be created the table really holds."""
        if not records:
            return 0
        between = {"pk__gte": records[0].id, "pk__lte": records[-1].id}
        return model._base_manager.filter(**between, created_at=self.now).count()

    def _check_years(self):
        """Each year is looked at once, inside the transaction that writes."""
        while self._years:
            hold_open(*self._years.popitem())

    def _trace_new(self, model, records, contents):
        """The first Change of each record: the trail goes in the same batch as the data."""
        text = _new_contents(model).text
        trail = (
            (record.id, *_FIRST.values(), text(values), record.place)
            for record, values in zip(records, contents, strict=True)
        )
        rows = _trail_rows(trail, self.source, self._shared(model._meta.label_lower))
        differing = [TRAIL_COLUMNS.index(name) for name in TRAIL_COLUMNS if name not in _FIRST]
        self._insert_trail(
            model, [TRAIL_COLUMNS[i] for i in differing], map(itemgetter(*differing), rows), _FIRST
        )

    def _trace(self, model, trail):
        """One Change per record."""
        rows = _trail_rows(trail, self.source, self._shared(model._meta.label_lower))
        self._insert_trail(model, TRAIL_COLUMNS, rows, {})

    def _insert_trail(self, model, columns, rows, constants):
        # Staged changes are given what they share in the transaction in which they are moved.
        constants = constants | {"model": model._meta.label_lower}
        if not self._staging:
            constants |= self._shared_columns()
        self._insert(Change._meta.db_table, columns, rows, constants)

    def _shared(self, label):
        """A change with what all of this writer's changes of one model share."""
        return Change(
            model=label,
            at=self.now,
            by_id=self.source.by,
            channel=str(self.source.channel),
            reason=self.source.reason,
            upload=self.source.upload,
        )

    def _shared_columns(self):
        """Column -> its value in every change of this writer, the link of this transaction too."""
        return {
            "at": adapter(Change._meta.get_field("at"))(self.now),
            "by_id": self.source.by,
            "channel": str(self.source.channel),
            "reason": self.source.reason,
            "upload": self.source.upload,
            "link": link_number(),
        }


def create_many(model, records, source):
    """Creates the records with their trail; fills in and returns their ids."""
    with BulkWriter(source) as writer:
        writer.create(model, records)
        if records:
            writer.finish()
    return [record.id for record in records]


def change_many(model, records, source):
    """Changes the records with their trail; raises StaleRecord if any was edited meanwhile."""
    with BulkWriter(source) as writer:
        writer.change(model, records)
        if records:
            writer.finish()


def _new_contents(model):
    """What writes the contents of new records for the trail."""
    return NewContents({f.attname: new_rows.default_value(f) for f in traced_fields(model)})


def _alteration(record):
    texts = canonical_contents(record.before), canonical_contents(record.after)
    return record.id, record.version + 1, str(_action(record)), *texts, record.place


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
    stored = {row[0]: row[1:] for row in rows.iterator(5000) if row[0] in wanted}
    if len(stored) != len(wanted):
        raise StaleRecord(None)
    return stored


def _update(model, columns, tuples):
    """Updates rows (values…, id, version); raises StaleRecord where a version no longer stands."""
    table = connection.ops.quote_name(model._meta.db_table)
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            selected = ", ".join(quote(c) for c in [*columns, "id", "version"])
            cursor.execute(
                f"CREATE TEMP TABLE changing ON COMMIT DROP AS SELECT {selected} FROM {table} LIMIT 0"
            )
            insert_rows("changing", [*columns, "id", "version"], tuples)
            assigned = ", ".join(f"{quote(c)} = changing.{quote(c)}" for c in columns)
            cursor.execute(
                f"UPDATE {table} AS stored SET {assigned}, version = stored.version + 1 "
                "FROM changing WHERE stored.id = changing.id AND stored.version = changing.version"
            )
            done = cursor.rowcount
            cursor.execute("DROP TABLE changing")
        else:
            assigned = ", ".join(f"{quote(c)} = %s" for c in columns)
            cursor.executemany(
                f"UPDATE {table} SET {assigned}, version = version + 1 "
                "WHERE id = %s AND version = %s",
                tuples,
            )
            done = cursor.rowcount
    if done != len(tuples):
        raise StaleRecord(None)


def _trail_rows(trail, source, shared):
    """The Changes of a trail as tuples of ``TRAIL_COLUMNS``; ``shared`` is what they share.

    ``trail`` has (record, version, action, before, after, place), the contents as canonical JSON.
    """
    digests, salts = ChangeDigests(shared), _salts()
    place_of = source.places.__getitem__ if source.places else _no_place
    for key, version, action, before, after, place in trail:
        sheet, row = place_of(place)
        salt = next(salts)
        entry = (key, version, action, before, after, sheet, row)
        yield (*entry, salt, digests.digest(salt, entry))


def _no_place(place):
    """Where a record stands that comes from no workbook."""
    return "", None


def _salts():
    """Salts without end; the system is asked for many at a time."""
    while True:
        block = secrets.token_bytes(SALT_BYTES * 512)
        for start in range(0, len(block), SALT_BYTES):
            yield block[start : start + SALT_BYTES]
