"""What the rows of a sheet are compared by: numbers, official ids, names and further columns."""

from array import array
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property
from typing import Any

from balikpapan.spreadsheets.cells import ERASE

from ..declarations import RuleIdentity
from ..reading.sheet_rows import SheetRows
from ..resources import SheetResource
from .comparison import ComparisonColumns, Normaliser, filled_mask


class RowKeys:
    """The rows of one sheet as the matching rules see them; every column has a value per row."""

    def __init__(self, rows: SheetRows, resource: SheetResource, identity: RuleIdentity):
        self.rows, self.identity = rows, identity
        self.normaliser = Normaliser()
        self.column_of = {c.target: name for name, c in resource.columns().items() if not c.child}
        #: What lets one record stand in several rows: their year, or the key of their child record.
        self.occasions = _occasions(rows, resource)
        exact = {identity.name, *identity.unique}.union(*identity.paired)
        #: attribute -> the normalised column of a name or an official id
        self.columns = {name: self._normalised(name) for name in sorted(exact)}
        self.names = self.columns[identity.name]
        compared = [self._values(name) for name in identity.comparison_columns]
        self.comparison = ComparisonColumns(compared, self.normaliser)
        self._numbers = rows.column("number")

    @cached_property
    def has_comparison(self) -> bool:
        """Whether any row of the sheet fills a comparison column."""
        return any(filled_mask(self.comparison[index]) for index in range(len(self.rows)))

    def number(self, index: int) -> int | None:
        """The register number a row states; None where it states none, or is to empty it."""
        if self.identity.number is None:
            return None
        value = self._numbers[index]
        return value if isinstance(value, int) else None

    def ids_differ(self, index: int, other: int) -> bool:
        """Whether two rows carry different official numbers."""
        columns = [self.columns[name] for name in self.identity.unique]
        pairs = [(column[index], column[other]) for column in columns]
        return any(mine and theirs and mine != theirs for mine, theirs in pairs)

    def not_held(self, indexes: Iterable[int]) -> "array[int]":
        """Those of the rows that nothing holds so far."""
        held = self.rows.held
        return array("I", (i for i in indexes if i not in held))

    def key_by(self, names: Sequence[str], *more: Sequence[Any]) -> Callable[[int], Hashable]:
        """What a row holds in these columns and in more, as one key.

        The key is None where one of the named columns is blank; ``more`` may be blank.
        """
        columns = [self.columns[name] for name in names]

        def key(index: int) -> Hashable:
            values = [column[index] for column in columns]
            return (*values, *[column[index] for column in more]) if all(values) else None

        return key

    def _values(self, attribute: str) -> Sequence[Any]:
        """A sheet column by the attribute it is stored in, fallback values included."""
        name = self.column_of.get(attribute, attribute)
        values = self.rows.column(name if name in self.rows.values else attribute)
        fallback = self.rows.fallback.get(attribute)
        if fallback is None:
            return values
        return self.rows.hold(s if v is None else v for v, s in zip(values, fallback, strict=True))

    def _normalised(self, attribute: str) -> Sequence[Any]:
        keys = map(self.normaliser.of, self._values(attribute))
        return self.rows.hold(None if v is ERASE else v for v in keys)


def _occasions(rows: SheetRows, resource: SheetResource) -> Sequence[Any] | None:
    if resource.child is None:
        return rows.column(resource.year_column) if resource.year_column else None
    names = {c.target: name for name, c in resource.columns().items() if c.child}
    columns = [rows.column(names.get(key, key)) for key in resource.child.key]
    return columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
