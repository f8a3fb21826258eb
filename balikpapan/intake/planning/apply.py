"""Carrying out a plan: one transaction, then a second look at what is really there."""

from django.db.models import Count

from balikpapan.audit.bulk import BulkWriter
from balikpapan.audit.models import Change

from .plan import Plan


class NotAllStored(Exception):
    """The database does not hold what the plan said; nothing is kept."""


def make_ready(writer: BulkWriter, plan: Plan, resource) -> None:
    """Lays everything the plan writes ready, before the register is kept from anybody."""
    model, child = resource._meta.model, resource.child
    rows = plan.rows
    writer.source.places = _Places(rows)
    writer.create(model, plan.new)
    writer.change(model, plan.changed)
    if child:
        if child.model.year_field and resource.year_column:
            years = rows.column(resource.year_column)
            writer.note_years(
                child.model, {years[record.place] for record in plan.changed_children}
            )
        writer.create(child.model, plan.new_children)
        writer.change(child.model, plan.changed_children)
    writer.create(resource.related, plan.new_related)
    writer.change(resource.related, plan.changed_related)


class _Places:
    """Where each row stands, told when it is asked for."""

    def __init__(self, rows):
        self._rows = rows

    def __getitem__(self, index):
        return self._rows.place(index)


def carry_out(writer: BulkWriter, plan: Plan, resource) -> dict:
    """Writes the plan inside the caller's transaction and returns what the database counts."""
    writer.finish()
    return _counted(plan, resource, writer)


def _counted(plan, resource, writer):
    """What the tables hold of this upload, against what was planned."""
    found = {}
    models = [(resource._meta.model, plan.new, plan.changed)]
    if resource.child:
        models.append((resource.child.model, plan.new_children, plan.changed_children))
    if plan.new_related or plan.changed_related:
        models.append((resource.related, plan.new_related, plan.changed_related))
    for model, new, changed in models:
        there = writer.count_created(model, new)
        trail = Change.objects.filter(upload=writer.source.upload, model=model._meta.label_lower)
        acts = dict(trail.order_by().values_list("action").annotate(Count("id")))
        traced = acts.pop(Change.Action.CREATED, 0)
        edited = sum(acts.values())
        if (there, traced, edited) != (len(new), len(new), len(changed)):
            raise NotAllStored(model._meta.label)
        found[model._meta.model_name] = {"created": there, "changed": edited}
    return found
