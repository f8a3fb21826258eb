"""The records a register holds, put in order by what rows call them: their ids, or likeness."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from balikpapan.spreadsheets.paged_columns import is_long

from ..declarations import RuleIdentity
from .comparison import Normaliser, filled_mask, index_by, project
from .row_keys import RowKeys
from .stored import IdFilter, load_register


class RegisterIndex:
    """Stored records by their official ids and by likeness.

    They are put in order only as far as rows ask for it: most lists are matched by their NIB.
    """

    def __init__(
        self,
        model: Any,
        names: Sequence[str],
        identity: RuleIdentity,
        normaliser: Normaliser,
        ids: IdFilter | None = None,
    ):
        self.identity, self._normaliser = identity, normaliser
        self.records = load_register(model, names, normaliser.of, ids)
        #: attribute -> its normalised values by record
        self.columns = self.records.values
        self.names = self.columns[identity.name]
        self._owners: dict[str, dict[Any, list[int]]] = {}
        self._alike: dict[tuple[int, int], dict[Any, list[int]]] = {}

    @cached_property
    def by_unique(self) -> dict[str, dict[Any, list[int]]]:
        """Attribute -> value -> ids of the records that carry it."""
        return {
            name: index_by((v, k) for k, v in self.columns[name].items())
            for name in self.identity.unique
        }

    @cached_property
    def by_pair(self) -> dict[tuple[str, str], dict[Any, list[int]]]:
        """Pair of attributes -> pair of values -> ids."""
        return {
            pair: index_by(
                ((value, second), key)
                for key, value in self.columns[pair[0]].items()
                if (second := self.columns[pair[1]].get(key))
            )
            for pair in self.identity.paired
        }

    def is_archived(self, record: int) -> bool:
        """Whether a stored record is in the archive."""
        return record in self.records.archived

    def not_archived(self, records: Sequence[int]) -> list[int]:
        """Those of the records that are not in the archive."""
        return [record for record in records if record not in self.records.archived]

    def owners(self, name: str, value: Any) -> Sequence[int]:
        """The records that carry a value of an official id, whatever else identifies them."""
        if name not in self._owners:
            self._owners[name] = index_by((v, k) for k, v in self.columns[name].items())
        return self._owners[name].get(value, ())

    def id_differs(self, keys: RowKeys, index: int, record: int) -> bool:
        """Whether a row and a record carry different official numbers."""
        for name in self.identity.unique:
            mine, theirs = keys.columns[name][index], self.columns[name].get(record)
            if mine and theirs and mine != theirs:
                return True
        return False

    @cached_property
    def comparison(self) -> dict[int, tuple[Any, ...]]:
        """The normalised comparison columns of the stored records, by their id."""
        names = self.identity.comparison_columns
        self.records.load(names, self._normaliser.of)
        columns = [self.columns[name].column for name in names]
        cells = zip(self.records.ids, *columns, strict=True)
        return {key: tuple(values) for key, *values in cells}

    @cached_property
    def by_mask(self) -> dict[int, list[int]]:
        """Which comparison columns are filled -> ids of the records that fill just these."""
        records: dict[int, list[int]] = {}
        for key, cells in self.comparison.items():
            records.setdefault(filled_mask(cells), []).append(key)
        return records

    def alike(self, mask: int, common: int) -> dict[Any, list[int]]:
        """Records that fill the columns of ``mask``, by their name and the ``common`` ones."""
        if (mask, common) not in self._alike:
            self._alike[mask, common] = index_by(
                ((self.names.get(key), project(self.comparison[key], common)), key)
                for key in self.by_mask[mask]
            )
        return self._alike[mask, common]


def is_large(model: Any) -> bool:
    """Whether a register may hold more records than should be held in memory at once."""
    newest = model._base_manager.order_by("-id").values_list("id", flat=True).first()
    return is_long(newest or 0)


def has_archived(model: Any) -> bool:
    """Whether any record of a register is archived."""
    return bool(model._base_manager.exclude(archived_at=None).exists())
