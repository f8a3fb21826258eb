"""Records that may be the same business although something differs: never decided, only asked."""

from collections.abc import Iterator, Sequence
from typing import Any

from .comparison import index_by
from .index import RegisterIndex
from .row_keys import RowKeys

#: Names at least this long may differ by one letter and still be doubted.
LONG_NAME = 6


class SimilarRecords:
    """Finds the records that may be those of some rows although a column differs.

    The records are indexed by the names of these rows, by telephone and owner, and by half a
    name with an owner or a region: a name that is one letter off still has one half unchanged.
    """

    def __init__(self, keys: RowKeys, register: RegisterIndex, indexes: Sequence[int]):
        self.keys, self.register = keys, register
        identity = keys.identity
        places = {name: place for place, name in enumerate(identity.comparison_columns)}
        self._owner, self._phone, self._address, self._region = (
            places.get(name)
            for name in (identity.owner, identity.phone, identity.address, identity.region)
        )
        names, stored, ids = register.names, register.comparison, register.records.ids
        wanted = {keys.names[index] for index in indexes}
        self._by_name = index_by((names.get(k), k) for k in ids if names.get(k) in wanted)
        self._by_phone_owner = index_by((self._phone_owner(stored[k]), k) for k in ids)
        self.blocking_keys: dict[Any, list[int]] = {}
        for record in ids:
            name = names.get(record)
            if not name or len(name) < LONG_NAME:
                continue
            half = len(name) // 2
            pieces = ((len(name), "<", name[:half]), (len(name), ">", name[half:]))
            for anchor in self._anchors(stored[record]):
                for piece in pieces:
                    self.blocking_keys.setdefault((anchor, piece), []).append(record)

    def of(self, index: int) -> list[int]:
        """The candidates of one row, first those of its very name."""
        name, cells = self.keys.names[index], self.keys.comparison[index]
        stored = self.register.comparison
        records = [
            record for record in self._by_name.get(name, ()) if self._shares(cells, stored[record])
        ]
        records.extend(self._by_phone_owner.get(self._phone_owner(cells), ()))
        if name and len(name) >= LONG_NAME:
            records.extend(self._one_edit(name, cells))
        return [
            record
            for record in dict.fromkeys(records)
            if not self.register.id_differs(self.keys, index, record)
        ]

    def _phone_owner(self, cells: Sequence[Any]) -> tuple[Any, Any] | None:
        if self._phone is None or self._owner is None:
            return None
        pair = (cells[self._phone], cells[self._owner])
        return pair if all(pair) else None

    def _anchors(self, cells: Sequence[Any]) -> Iterator[tuple[str, Any]]:
        for kind, place in (("owner", self._owner), ("region", self._region)):
            if place is not None and cells[place] is not None:
                yield kind, cells[place]

    def _shares(self, cells: Sequence[Any], stored: Sequence[Any]) -> bool:
        """Whether owner or telephone agree, or the address with no owner against it."""
        for place in (self._owner, self._phone):
            if place is not None and cells[place] and cells[place] == stored[place]:
                return True
        if self._address is None or not cells[self._address]:
            return False
        owners = set()
        if self._owner is not None:
            owners = {cells[self._owner], stored[self._owner]} - {None}
        return bool(cells[self._address] == stored[self._address] and len(owners) < 2)

    def _one_edit(self, name: str, cells: Sequence[Any]) -> Iterator[int]:
        # One edit lies in one half of the word, so the other half is there unchanged.
        names = self.register.names
        for anchor in self._anchors(cells):
            for length in (len(name) - 1, len(name), len(name) + 1):
                half = length // 2
                pieces = (
                    (length, "<", name[:half]),
                    (length, ">", name[len(name) - (length - half) :]),
                )
                for piece in pieces:
                    for record in self.blocking_keys.get((anchor, piece), ()):
                        if names[record] != name and one_edit_apart(names[record], name):
                            yield record


def one_edit_apart(first: str, second: str) -> bool:
    """Whether one letter added, dropped or changed turns one into the other."""
    if abs(len(first) - len(second)) > 1:
        return False
    short, long = sorted((first, second), key=len)
    for position in range(len(short)):
        if short[position] != long[position]:
            rest = short[position + 1 :] if len(short) == len(long) else short[position:]
            return rest == long[position + 1 :]
    return len(short) != len(long)
