"""What the register holds now, loaded once per upload in a fixed number of queries."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from ..declarations import ChildRecord

#: Up to so many records are asked for by id; above it one pass over those between is cheaper.
BY_ID = 2000
#: So many stored records are looked at at a time; all of them at once would fill the memory.
AT_A_TIME = 20_000
#: So many rows of a query are fetched together.
FETCHED = 5000


def portions(indexes: Sequence[int]) -> Iterator[Sequence[int]]:
    """The rows in their order, so many at a time."""
    for start in range(0, len(indexes), AT_A_TIME):
        yield indexes[start : start + AT_A_TIME]


class RegisterColumn:
    """One attribute of all records: a plain list, because a dictionary each would fill the memory."""

    def __init__(self, ids: list[int], position: dict[int, int], values: list[Any]):
        self.ids, self.position, self.column = ids, position, values

    def get(self, record: int | None) -> Any:
        """The record's value; None where it is blank or there is no such record."""
        place = None if record is None else self.position.get(record)
        return None if place is None else self.column[place]

    __getitem__ = get

    def items(self) -> Iterator[tuple[int, Any]]:
        """(id, value) of the records that have one."""
        return ((k, v) for k, v in zip(self.ids, self.column, strict=True) if v is not None)


class IdFilter:
    """The official ids that some rows carry: attribute -> values."""

    def __init__(self, values: dict[str, set[Any]], *, archived: bool):
        self._values, self._archived = values, archived

    def among(self, query: Any) -> Iterator[Any]:
        """The records that carry one of them, in queries that the indexes of the ids answer."""
        for name, values in self._values.items():
            if values:
                filled = query.filter(**{f"{name}__in": values})
                filled = filled if name == "id" else filled.exclude(**{name: ""})
                yield filled.filter(archived_at=None)
                if self._archived:
                    yield filled.exclude(archived_at=None)


class RegisterRecords:
    """The records of one register as identity sees them: ids and chosen attributes."""

    def __init__(self, model: Any):
        self._model = model
        self.ids: list[int] = []
        self.position: dict[int, int] = {}
        self.archived: set[int] = set()
        self.values: dict[str, RegisterColumn] = {}

    def load(self, names: Iterable[str], key_of: Callable[[Any], Any]) -> None:
        """What ``key_of`` makes of more attributes, in one query."""
        names = [name for name in names if name not in self.values]
        columns: list[list[Any]] = [[None] * len(self.ids) for _ in names]
        for record, *values in self.rows(*names):
            place = self.position.get(record)
            if place is not None:
                for column, value in zip(columns, values, strict=True):
                    column[place] = key_of(value)
        self.add(names, columns)

    def rows(self, *names: str, ids: IdFilter | None = None) -> Iterator[tuple[Any, ...]]:
        """(id, attribute…) of all records, or of those that hold one of the ids asked for."""
        query = self._model._base_manager.order_by("id").values_list("id", *names)
        if ids is None:
            yield from query.iterator(FETCHED)
            return
        rows = {row[0]: row for part in ids.among(query) for row in part}
        yield from (rows[record] for record in sorted(rows))

    def add(self, names: Sequence[str], columns: list[list[Any]]) -> None:
        """Takes columns with one value for each record, in the order of ``ids``."""
        for name, column in zip(names, columns, strict=True):
            self.values[name] = RegisterColumn(self.ids, self.position, column)


def load_register(
    model: Any, names: Sequence[str], key_of: Callable[[Any], Any], ids: IdFilter | None = None
) -> RegisterRecords:
    """Every record with what ``key_of`` makes of these attributes, archived ones marked.

    With ``ids`` only the records that hold one of them.
    """
    register = RegisterRecords(model)
    columns: list[list[Any]] = [[] for _ in names]
    for record, archived_at, *values in register.rows("archived_at", *names, ids=ids):
        register.position[record] = len(register.ids)
        register.ids.append(record)
        if archived_at is not None:
            register.archived.add(record)
        for column, value in zip(columns, values, strict=True):
            column.append(key_of(value))
    register.add(names, columns)
    return register


class StoredRecords:
    """Attributes of many records by their id, held as tuples and handed out as dictionaries."""

    def __init__(self, names: Sequence[str], rows: dict[int, tuple[Any, ...]]):
        self.names, self._rows = names, rows

    def __len__(self) -> int:
        return len(self._rows)

    def values(self, record: int | None) -> tuple[Any, ...] | None:
        """The record's attributes in the order of ``names``; None for no such record."""
        return None if record is None else self._rows.get(record)

    def get(self, record: int | None) -> dict[str, Any]:
        """The record's attributes, a dictionary of the asker's own; empty for no such record."""
        row = None if record is None else self._rows.get(record)
        return {} if row is None else dict(zip(self.names, row, strict=True))


def load_values(model: Any, ids: Iterable[int], names: Sequence[str]) -> StoredRecords:
    """The named attributes of these records."""
    wanted = set(ids)
    if not wanted or not names:
        return StoredRecords((), dict.fromkeys(wanted, ()))
    query = _among(model._base_manager.order_by(), "pk", wanted).values_list("id", *names)
    rows = (row for row in query.iterator(FETCHED) if row[0] in wanted)
    return StoredRecords(names, {row[0]: row[1:] for row in rows})


def _among(query: Any, name: str, wanted: set[int]) -> Any:
    """The records whose ``name`` is wanted, and where those lie close together, all between."""
    first, last = min(wanted), max(wanted)
    scattered = len(wanted) <= AT_A_TIME and last - first > 5 * len(wanted)
    if len(wanted) <= BY_ID or scattered:
        return query.filter(**{f"{name}__in": sorted(wanted)})
    return query.filter(**{f"{name}__gte": first, f"{name}__lte": last})


#: A child record: its id, its version and its attributes.
StoredChild = tuple[int, int, dict[str, Any]]


class StoredChildren:
    """Child records of many main records by the main record's id and their own key."""

    def __init__(self, names: Sequence[str], rows: dict[tuple[Any, ...], tuple[Any, ...]]):
        self.names, self._rows = names, rows

    def __contains__(self, key: tuple[Any, ...]) -> bool:
        return key in self._rows

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, key: tuple[Any, ...]) -> StoredChild | None:
        """The child record of a key (main id, own key…); None where there is none."""
        row = self._rows.get(key)
        if row is None:
            return None
        return row[0], row[1], dict(zip(self.names, row[2:], strict=True))


def load_children(
    child: ChildRecord,
    main_ids: Iterable[int],
    years: Iterable[int] | None,
    names: Sequence[str],
    *,
    archived: bool = False,
) -> StoredChildren:
    """The child records of these main records, of all years or of some.

    With ``archived`` those in the archive, of several with one key the last.
    """
    query = child.model._base_manager.filter(archived_at__isnull=not archived)
    query = query.order_by("id") if archived else query.order_by()
    if years is not None and "year" in child.key:
        query = query.filter(year__in=sorted(years))
    wanted = set(main_ids)
    if not wanted:
        return StoredChildren(names, {})
    width = 3 + len(child.key)
    query = _among(query, child.link, wanted).values_list(
        "id", "version", child.link, *child.key, *names
    )
    rows = (row for row in query.iterator(FETCHED) if row[2] in wanted)
    return StoredChildren(names, {row[2:width]: (*row[:2], *row[width:]) for row in rows})
