"""The records that the rows of an upload describe: a main record each, and perhaps a child record."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from ..matching.stored import StoredChildren, load_children
from .context import PlanningContext
from .row_values import RowValues
from .target_columns import TargetColumn, target_columns


class RowRecords:
    """What each row of an upload would store in its main record and in its child record."""

    def __init__(self, context: PlanningContext):
        self.context, self.child = context, context.child
        rows, resource = context.rows, context.resource
        self.rows = rows
        columns = resource.columns()
        self.main_columns = target_columns(rows, columns, context.model, child=False)
        self.child_columns: dict[str, TargetColumn] = {}
        if self.child:
            self.child_columns = target_columns(rows, columns, self.child.model, child=True)
        #: The year of each row; None where the sheet has no years.
        self.years = rows.column(resource.year_column) if resource.year_column else None

    def year(self, index: int) -> int | None:
        """The year of one row, where it has one."""
        return None if self.years is None else self.years[index]

    def in_order(self, group: Sequence[int]) -> Sequence[int]:
        """The rows of one record from its first year to its last."""
        years = self.years
        if years is None or len(group) == 1:
            return group
        return sorted(group, key=lambda index: years[index] or 0)

    @cached_property
    def all_years(self) -> set[int] | None:
        """Every year some row has; None where the sheet has no years."""
        return {year for year in self.years if year is not None} if self.years else None

    @cached_property
    def main(self) -> RowValues:
        """The values of the main record."""
        return RowValues(self.main_columns, self.context.model, self.rows)

    @cached_property
    def child_values(self) -> RowValues:
        """The values of the child record, its key included."""
        assert self.child
        return RowValues(self.child_columns, self.child.model, self.rows)

    @cached_property
    def figures(self) -> RowValues:
        """The values of the child record besides its key."""
        assert self.child
        return RowValues(self._figure_columns, self.child.model, self.rows)

    @property
    def figure_names(self) -> list[str]:
        """The attributes of the child record besides its key that the sheet fills."""
        return list(self._figure_columns)

    @cached_property
    def _figure_columns(self) -> dict[str, TargetColumn]:
        key = self.child.key if self.child else ()
        return {name: column for name, column in self.child_columns.items() if name not in key}

    def has_child(self, index: int) -> bool:
        """Whether the row describes a child record."""
        return bool(self._child_filled[index])

    @cached_property
    def _child_filled(self) -> bytes:
        key = set(self.child.key) if self.child and not self.child.bare else set()
        columns = [
            column.values
            for attribute, column in self.child_columns.items()
            if column.values is not None and attribute not in key
        ]
        if not columns:
            return bytes(len(self.rows))
        return bytes(any(value is not None for value in row) for row in zip(*columns, strict=True))

    def child_key(self, index: int) -> tuple[Any, ...]:
        """What tells the row's child record from the others of its main record."""
        return tuple(
            blank if (value := column[index]) is None else value
            for column, blank in self._child_key_columns
        )

    @cached_property
    def _child_key_columns(self) -> list[tuple[Sequence[Any], Any]]:
        assert self.child
        fields = {f.attname: f for f in self.child.model._meta.concrete_fields}
        columns = []
        for key in self.child.key:
            blank = "" if fields[key].empty_strings_allowed and not fields[key].null else None
            column = self.child_columns.get(key)
            values = column.values if column else None
            columns.append((self.rows.blank() if values is None else values, blank))
        return columns

    def figures_equal(self, index: int, record: int) -> bool:
        """Whether a stored main record has the row's child record with the row's figures."""
        if self.child is None:
            return False
        stored = self._all_children.get((record, *self.child_key(index)))
        if stored is None:
            return False
        figures = stored[2]
        values = self.figures.of(index, {})
        return all(figures.get(name) == value for name, value in values.items())

    @cached_property
    def _all_children(self) -> StoredChildren:
        assert self.child
        ids = set(self.context.model._base_manager.values_list("id", flat=True))
        return load_children(self.child, ids, self.all_years or (), self.figure_names)
