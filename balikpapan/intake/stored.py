"""What the register holds now, loaded once per upload in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field

from balikpapan.spreadsheets.cells import comparison_key

#: Up to so many records are asked for by id; above it one pass over the table is cheaper.
BY_ID = 2000


@dataclass(slots=True)
class Known:
    """The records of one register as identity sees them: ids, versions, chosen attributes."""

    ids: list[int] = field(default_factory=list)
    version: dict[int, int] = field(default_factory=dict)
    archived: set[int] = field(default_factory=set)
    values: dict[str, dict[int, object]] = field(default_factory=dict)

    def value(self, name: str, key: int):
        return self.values[name].get(key)


def load_known(model, names) -> Known:
    """Every record with the attributes identity compares, archived ones marked."""
    known = Known(values={name: {} for name in names})
    rows = model._base_manager.order_by("id").values_list("id", "version", "archived_at", *names)
    maps = [known.values[name] for name in names]
    for key, version, archived_at, *values in rows.iterator(5000):
        known.ids.append(key)
        known.version[key] = version
        if archived_at is not None:
            known.archived.add(key)
        for mapping, value in zip(maps, values, strict=True):
            if value not in (None, ""):
                mapping[key] = value
    return known


def load_values(model, ids, names) -> dict[int, dict]:
    """The named attributes of these records."""
    wanted = set(ids)
    if not wanted or not names:
        return {key: {} for key in wanted}
    query = model._base_manager.order_by().values_list("id", *names)
    found = {}
    if len(wanted) <= BY_ID:
        keys = sorted(wanted)
        for start in range(0, len(keys), 500):
            for key, *values in query.filter(pk__in=keys[start : start + 500]):
                found[key] = dict(zip(names, values, strict=True))
        return found
    for key, *values in query.iterator(5000):
        if key in wanted:
            found[key] = dict(zip(names, values, strict=True))
    return found


def load_parts(part, main_ids, years, names) -> dict[tuple, tuple[int, int, dict]]:
    """The second records of these main records: (main id, key…) -> (id, version, values)."""
    query = part.model._base_manager.filter(archived_at=None).order_by()
    if years is not None and "year" in part.key:
        query = query.filter(year__in=sorted(years))
    wanted = set(main_ids)
    if not wanted:
        return {}
    columns = ("id", "version", part.link, *part.key, *names)
    width = 3 + len(part.key)
    found = {}
    chunks = [query]
    if len(wanted) <= BY_ID:
        keys = sorted(wanted)
        chunks = [
            query.filter(**{f"{part.link}__in": keys[start : start + 500]})
            for start in range(0, len(keys), 500)
        ]
    for chunk in chunks:
        for row in chunk.values_list(*columns).iterator(5000):
            if row[2] in wanted:
                found[row[2:width]] = (row[0], row[1], dict(zip(names, row[width:], strict=True)))
    return found


class Keys:
    """Normalised texts, each distinct one worked out once."""

    def __init__(self):
        self._known = {}

    def of(self, value):
        """What two spellings of one value share; None for a blank."""
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return self._known[value]
        except KeyError:
            key = self._known[value] = comparison_key(value) or None
            return key

    def column(self, values) -> list:
        """The keys of a whole column."""
        known = self._known
        for text in {v for v in values if v.__class__ is str} - known.keys():
            known[text] = comparison_key(text) or None
        return [known[v] if v.__class__ is str else v for v in values]


def index_by(pairs) -> dict:
    """key -> list of ids, from (key, id) pairs whose key is not None."""
    index = defaultdict(list)
    for key, record in pairs:
        if key is not None:
            index[key].append(record)
    return index


def mask_of(weak) -> int:
    """Which columns of a likeness are filled, one bit each."""
    return sum(1 << bit for bit, value in enumerate(weak) if value is not None)


def picked(weak, mask) -> tuple:
    """The columns of a likeness that the mask names."""
    return tuple(value for bit, value in enumerate(weak) if mask >> bit & 1)
