"""The cross-field rules of a model, judged on rows before anything of them is stored."""

from collections.abc import Iterator
from typing import Any

from balikpapan.audit.record_faults import broken_checks

from ..matching.stored import StoredRecords
from .row_records import RowRecords
from .row_values import RowValues
from .target_columns import TargetColumn

Fault = tuple[str, str]


class RuleChecker:
    """The rules of one kind of record that the columns of a sheet can break.

    ``checks`` are the model's cross-field CHECKs; ``relevant`` names every attribute that a rule
    looks at, or is None where the model does not say.
    """

    def __init__(
        self,
        model: Any,
        columns: dict[str, TargetColumn],
        checks: list[Any],
        relevant: set[str] | None,
        row_values: RowValues,
    ):
        self.model, self.columns, self.row_values = model, columns, row_values
        self._checks, self._relevant = checks, relevant
        self._judged: dict[tuple[Any, ...], list[Fault]] = {}
        self._links = [(f.name, f.attname) for f in model._meta.concrete_fields if f.remote_field]
        self.defaults = {
            f.attname: f.get_default()
            for f in model._meta.concrete_fields
            if f.has_default() and not callable(f.default)
        }

    def faults_of(self, index: int, stored: StoredRecords, record: int | None) -> list[Fault]:
        """(attribute, message) for each rule that a row breaks on the stored record of this id."""
        if self._relevant is None:
            return self._judge(self._values(index, stored.get(record)))
        # Thousands of rows share a status and its years; each such set is judged once.
        key = (self.row_values.cells(index), stored.values(record))
        faults = self._judged.get(key)
        if faults is None:
            faults = self._judged[key] = self._judge(self._values(index, stored.get(record)))
        return faults

    def _values(self, index: int, stored: dict[str, Any]) -> dict[str, Any]:
        values = self.defaults | stored
        values.update(self.row_values.of(index, values))
        return values

    def _judge(self, values: dict[str, Any]) -> list[Fault]:
        # A condition calls a reference by its field, a row by its attribute.
        by_field = {name: values[attname] for name, attname in self._links if attname in values}
        broken = broken_checks(self._checks, values | by_field)
        named = [(sorted(names & set(self.columns))[0], text) for names, text in broken]
        return [*named, *self.model.all_faults(values)]


def rule_checkers(records: RowRecords) -> Iterator[RuleChecker]:
    """A checker for the main and the child record each, where the sheet can break its rules."""
    kinds = [(records.context.model, records.main_columns)]
    if records.child:
        kinds.append((records.child.model, records.child_columns))
    for model, columns in kinds:
        reconciled = records.context.resource.rules.reconciled_fields
        checks = [
            check
            for check in model.cross_checks()
            if check[0] & set(columns) and not check[0] & reconciled
        ]
        looked_at = model.fault_names()
        if not columns or not (checks or looked_at is None or looked_at):
            continue
        relevant = None
        if looked_at is not None:
            relevant = {name for check in checks for name in check[0]} | looked_at
        filled = {n: c for n, c in columns.items() if relevant is None or n in relevant}
        if filled:
            row_values = RowValues(filled, model, records.rows)
            yield RuleChecker(model, columns, checks, relevant, row_values)


def attributes_checked(records: RowRecords) -> list[str] | None:
    """The attributes of a stored main record that rules look at; None where any may be."""
    model = records.context.model
    looked_at = model.fault_names()
    if looked_at is None:
        return None
    attributes = {field.attname for field in model._meta.concrete_fields}
    names = {name for check in model.cross_checks() for name in check[0]}
    return sorted(attributes & names.union(looked_at))
