"""Carrying out a plan: one transaction, then a second look at what is really there."""

from balikpapan.audit.bulk import Origin, change_many, create_many
from balikpapan.audit.changes import check_open
from balikpapan.audit.models import Change

from .plan import Plan


class NotAllStored(Exception):
    """The database does not hold what the plan said; nothing is kept."""


def carry_out(plan: Plan, resource, origin: Origin) -> dict:
    """Writes the plan inside the caller's transaction and returns what the database counts."""
    model, part = resource._meta.model, resource.part
    rows = plan.rows
    origin.places = [rows.place(index) for index in range(len(rows))]
    create_many(model, plan.new, origin)
    change_many(model, plan.changed, origin)
    if part:
        plan.main_ids.update((record.place, record.id) for record in plan.new)
        for record in plan.new_parts:
            record.let_go()  # made before its main record was there
        if part.model.year_field and resource.year_column:
            years = rows.column(resource.year_column)
            check_open(part.model, {years[record.place] for record in plan.changed_parts})
        create_many(part.model, plan.new_parts, origin)
        change_many(part.model, plan.changed_parts, origin)
    return _counted(plan, resource, origin)


def _counted(plan, resource, origin):
    """What the tables hold of this upload, against what was planned."""
    found = {}
    models = [(resource._meta.model, plan.new, plan.changed)]
    if resource.part:
        models.append((resource.part.model, plan.new_parts, plan.changed_parts))
    for model, new, changed in models:
        trail = Change.objects.filter(upload=origin.upload, model=model._meta.label_lower)
        created = trail.filter(action=Change.Action.CREATED)
        there = model._base_manager.filter(pk__in=created.values("record")).count()
        edited = trail.exclude(action=Change.Action.CREATED).count()
        if (there, edited) != (len(new), len(changed)):
            raise NotAllStored(model._meta.label)
        found[model._meta.model_name] = {"created": there, "changed": edited}
    return found
