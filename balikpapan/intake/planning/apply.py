"""Carrying out a plan: one transaction, then a second look at what is really there."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count

from balikpapan.audit.bulk import BulkWriter
from balikpapan.audit.models import Change

from ..reading.sheet_rows import SheetRows
from ..resources import SheetResource
from .plan import Plan

#: Model name -> how many of its records an upload has "created" and "changed".
Written = dict[str, dict[str, int]]


class NotAllStored(Exception):
    """The database does not hold what was planned; nothing is stored."""


def make_ready(writer: BulkWriter, plan: Plan, resource: SheetResource) -> None:
    """Lays everything the plan writes ready, before the register is kept from anybody."""
    model, child, rows = resource._meta.model, resource.child, plan.rows
    writer.source.places = _Places(rows)
    writer.create(model, plan.new)
    writer.change(model, plan.changed)
    if not resource.year_column:
        _note_stored_years(writer, model, plan.changed)
    if child:
        if child.model.year_field and resource.year_column:
            years = rows.column(resource.year_column)
            writer.note_years(
                child.model, {years[record.place] for record in plan.changed_children}
            )
        else:
            _note_stored_years(writer, child.model, plan.changed_children)
        writer.create(child.model, plan.new_children)
        writer.change(child.model, plan.changed_children)
    writer.create(resource.related, plan.new_related)
    writer.change(resource.related, plan.changed_related)


def _note_stored_years(writer: BulkWriter, model: Any, changed: Sequence[Any]) -> None:
    """Notes the years of stored records that no column of the sheet tells."""
    if model.year_field and changed:
        stored = model._base_manager.filter(pk__in=[record.id for record in changed])
        writer.note_years(model, stored.values_list(model.year_field, flat=True))


class _Places(Sequence[tuple[str, int]]):
    """Sheet name and Excel row of each row, looked up when they are asked for."""

    def __init__(self, rows: SheetRows):
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: Any) -> Any:
        return self._rows.place(index)


def carry_out(writer: BulkWriter, plan: Plan, resource: SheetResource) -> Written:
    """Writes the plan inside the caller's transaction and returns what the database counts.

    Raises NotAllStored where that is not what was planned.
    """
    writer.finish()
    models: list[tuple[Any, Sequence[Any], Sequence[Any]]] = [
        (resource._meta.model, plan.new, plan.changed)
    ]
    if resource.child:
        models.append((resource.child.model, plan.new_children, plan.changed_children))
    if plan.new_related or plan.changed_related:
        models.append((resource.related, plan.new_related, plan.changed_related))
    written: Written = {}
    for model, new, changed in models:
        created = writer.count_created(model, new)
        trail = Change.objects.filter(upload=writer.source.upload, model=model._meta.label_lower)
        acts = dict(trail.order_by().values_list("action").annotate(Count("id")))
        traced = acts.pop(Change.Action.CREATED, 0)
        edited = sum(acts.values())
        if (created, traced, edited) != (len(new), len(new), len(changed)):
            raise NotAllStored(model._meta.label)
        written[model._meta.model_name] = {"created": created, "changed": edited}
    return written
