"""Carrying out a plan: one transaction, then a second look at what is really there."""

from django.db.models import Count

from balikpapan.audit.bulk import Writing
from balikpapan.audit.models import Change

from .plan import Plan


class NotAllStored(Exception):
    """The database does not hold what the plan said; nothing is kept."""


def make_ready(writing: Writing, plan: Plan, resource) -> None:
    """Lays everything the plan writes ready, before the register is kept from anybody."""
    model, part = resource._meta.model, resource.part
    rows = plan.rows
    writing.origin.places = _Places(rows)
    writing.create(model, plan.new)
    writing.change(model, plan.changed)
    if part:
        if part.model.year_field and resource.year_column:
            years = rows.column(resource.year_column)
            writing.belong(part.model, {years[record.place] for record in plan.changed_parts})
        writing.create(part.model, plan.new_parts)
        writing.change(part.model, plan.changed_parts)
    writing.create(resource.beside, plan.new_beside)
    writing.change(resource.beside, plan.changed_beside)


class _Places:
    """Where each row stands, told when it is asked for."""

    def __init__(self, rows):
        self._rows = rows

    def __getitem__(self, index):
        return self._rows.place(index)


def carry_out(writing: Writing, plan: Plan, resource) -> dict:
    """Writes the plan inside the caller's transaction and returns what the database counts."""
    writing.finish()
    return _counted(plan, resource, writing)


def _counted(plan, resource, writing):
    """What the tables hold of this upload, against what was planned."""
    found = {}
    models = [(resource._meta.model, plan.new, plan.changed)]
    if resource.part:
        models.append((resource.part.model, plan.new_parts, plan.changed_parts))
    if plan.new_beside or plan.changed_beside:
        models.append((resource.beside, plan.new_beside, plan.changed_beside))
    for model, new, changed in models:
        there = writing.count_created(model, new)
        trail = Change.objects.filter(upload=writing.origin.upload, model=model._meta.label_lower)
        acts = dict(trail.order_by().values_list("action").annotate(Count("id")))
        traced = acts.pop(Change.Action.CREATED, 0)
        edited = sum(acts.values())
        if (there, traced, edited) != (len(new), len(new), len(changed)):
            raise NotAllStored(model._meta.label)
        found[model._meta.model_name] = {"created": there, "changed": edited}
    return found
