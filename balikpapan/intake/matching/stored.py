"""What the register holds now, loaded once per upload in a fixed number of queries."""

from collections import defaultdict

from balikpapan.spreadsheets.cells import ERASE, comparison_key

#: Up to so many records are asked for by id; above it one pass over those between is cheaper.
BY_ID = 2000
#: So many stored records are looked at at a time; all of them at once would fill the memory.
AT_A_TIME = 20_000
#: So many spellings are remembered at a time.
REMEMBERED = 200_000


def portions(indexes):
    """The rows in their order, so many at a time."""
    for start in range(0, len(indexes), AT_A_TIME):
        yield indexes[start : start + AT_A_TIME]


class RegisterColumn:
    """One attribute of all records: a plain list, because a dictionary each would fill the memory."""

    def __init__(self, ids, position, values):
        self.ids, self.position, self.column = ids, position, values

    def get(self, key: int):
        """The record's value; None where it is blank or there is no such record."""
        place = self.position.get(key)
        return None if place is None else self.column[place]

    __getitem__ = get

    def items(self):
        """(id, value) of the records that have one."""
        return ((k, v) for k, v in zip(self.ids, self.column, strict=True) if v is not None)


class IdFilter:
    """The official ids that some rows carry: attribute -> values."""

    def __init__(self, values: dict[str, set], *, archived: bool):
        self._values, self._archived = values, archived

    def among(self, query):
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

    def __init__(self, model):
        self._model = model
        self.ids: list[int] = []
        self.position: dict[int, int] = {}
        self.archived: set[int] = set()
        self.values: dict[str, RegisterColumn] = {}

    def load(self, names, of) -> None:
        """What ``of`` makes of more attributes, in one query."""
        names = [name for name in names if name not in self.values]
        columns = [[None] * len(self.ids) for _ in names]
        for key, *values in self.rows(*names):
            place = self.position.get(key)
            if place is not None:
                for column, value in zip(columns, values, strict=True):
                    column[place] = of(value)
        self._add(names, columns)

    def rows(self, *names, asked=None):
        """(id, attribute…) of all records, or of those that hold one of the values asked for."""
        query = self._model._base_manager.order_by("id").values_list("id", *names)
        if asked is None:
            return query.iterator(5000)
        found = {}
        for part in asked.among(query):
            found.update((row[0], row) for row in part)
        return (found[key] for key in sorted(found))

    def _add(self, names, columns):
        for name, column in zip(names, columns, strict=True):
            self.values[name] = RegisterColumn(self.ids, self.position, column)

    def value(self, name: str, key: int):
        return self.values[name].get(key)


def load_register(model, names, of, asked=None) -> RegisterRecords:
    """Every record with what ``of`` makes of these attributes, archived ones marked.

    With ``asked`` only the records that hold one of the values asked for.
    """
    known = RegisterRecords(model)
    columns = [[] for _ in names]
    for key, archived_at, *values in known.rows("archived_at", *names, asked=asked):
        known.position[key] = len(known.ids)
        known.ids.append(key)
        if archived_at is not None:
            known.archived.add(key)
        for column, value in zip(columns, values, strict=True):
            column.append(of(value))
    known._add(names, columns)
    return known


class StoredRecords:
    """Attributes of many records by their key, kept as tuples and handed out as dictionaries."""

    def __init__(self, names, rows):
        self.names, self._rows = names, rows

    def __contains__(self, key):
        return key in self._rows

    def __len__(self):
        return len(self._rows)

    def get(self, key, default=None):
        """The record's attributes; a dictionary of the asker's own."""
        row = self._rows.get(key)
        return default if row is None else dict(zip(self.names, row, strict=True))


def load_values(model, ids, names) -> StoredRecords:
    """The named attributes of these records."""
    wanted = set(ids)
    if not wanted or not names:
        return StoredRecords((), dict.fromkeys(wanted, ()))
    query = _among(model._base_manager.order_by(), "pk", wanted).values_list("id", *names)
    rows = (row for row in query.iterator(5000) if row[0] in wanted)
    return StoredRecords(names, {row[0]: row[1:] for row in rows})


def _among(query, name, wanted):
    """The records whose ``name`` is wanted, and where those lie close together, all between."""
    first, last = min(wanted), max(wanted)
    scattered = len(wanted) <= AT_A_TIME and last - first > 5 * len(wanted)
    if len(wanted) <= BY_ID or scattered:
        return query.filter(**{f"{name}__in": sorted(wanted)})
    return query.filter(**{f"{name}__gte": first, f"{name}__lte": last})


class StoredChildren(StoredRecords):
    """The same of second records: (main id, key…) -> (id, version, attributes)."""

    def get(self, key, default=None):
        row = self._rows.get(key)
        if row is None:
            return default
        return row[0], row[1], dict(zip(self.names, row[2:], strict=True))


def load_children(child, main_ids, years, names) -> StoredChildren:
    """The second records of these main records."""
    query = child.model._base_manager.filter(archived_at=None).order_by()
    if years is not None and "year" in child.key:
        query = query.filter(year__in=sorted(years))
    wanted = set(main_ids)
    if not wanted:
        return StoredChildren(names, {})
    width = 3 + len(child.key)
    query = _among(query, child.link, wanted)
    found = {}
    for row in query.values_list("id", "version", child.link, *child.key, *names).iterator(5000):
        if row[2] in wanted:
            found[row[2:width]] = (*row[:2], *row[width:])
    return StoredChildren(names, found)


class Normaliser:
    """Normalised texts, each distinct one mostly worked out once; numbers stand for themselves."""

    def __init__(self):
        self._known = {}

    def of(self, value):
        """What two spellings of one value share; None for a blank."""
        if value is None or value == "":
            return None
        if not isinstance(value, str) or value.isdigit():
            return value
        try:
            return self._known[value]
        except KeyError:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            key = self._known[value] = comparison_key(value) or None
            return key


class ComparisonColumns:
    """Per row of a sheet what it says of the columns likeness counts, worked out where asked."""

    def __init__(self, columns, of):
        self._columns, self._of = columns, of
        self._known = {}

    def __getitem__(self, index: int) -> tuple:
        weak = self._known.get(index)
        if weak is None:
            values = (column[index] for column in self._columns)
            weak = tuple(None if v is ERASE else self._of(v) for v in values)
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[index] = weak
        return weak


def index_by(pairs) -> dict:
    """key -> list of ids, from (key, id) pairs whose key is not None."""
    index = defaultdict(list)
    for key, record in pairs:
        if key is not None:
            index[key].append(record)
    return index


def filled_mask(weak) -> int:
    """Which columns of a likeness are filled, one bit each."""
    return sum(1 << bit for bit, value in enumerate(weak) if value is not None)


def project(weak, mask) -> tuple:
    """The columns of a likeness that the mask names."""
    return tuple(value for bit, value in enumerate(weak) if mask >> bit & 1)
