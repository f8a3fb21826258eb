"""What has happened to a record, in words, and the page that shows it."""

from typing import Any

from django.template.response import TemplateResponse

from . import personal_data
from .masked_columns import hidden_fields
from .models import Change
from .store import BOOKKEEPING, read_traced


def display_value(model_field: Any, value: Any) -> Any:
    """A stored value as a person reads it: labels for choices, names for references."""
    if value in (None, ""):
        return "–"
    if model_field.remote_field:
        record = model_field.remote_field.model._base_manager.filter(pk=value).first()
        return str(record) if record else str(value)
    if model_field.choices:
        return dict(model_field.flatchoices).get(value, value)
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    return value


def history_entry(change, model, user) -> dict:
    """One change and its lines (label, old, new), personal values masked where they must be."""
    fields = {f.attname: f for f in model._meta.concrete_fields if f.name not in BOOKKEEPING}
    hidden = hidden_fields(model, user)
    lines = []
    for name in {**change.before, **change.after}:
        field = fields.get(name)
        if field is None:
            continue
        pair = [read_traced(field, values.get(name)) for values in (change.before, change.after)]
        if field.name in hidden:
            pair = [personal_data.masked(field.name, value) or "–" for value in pair]
        else:
            pair = [display_value(field, value) for value in pair]
        lines.append({"label": field.verbose_name, "old": pair[0], "new": pair[1]})
    return {"change": change, "lines": lines}


def history_page(admin, request, record, extra_context=None):
    """The trail of one record, newest change first, as the page of its admin."""
    changes = Change.objects.of(record).select_related("by")
    context = {
        **admin.admin_site.each_context(request),
        "title": f"Riwayat: {record}",
        "entries": [history_entry(change, admin.model, request.user) for change in changes],
        "object": record,
        "opts": admin.opts,
        **(extra_context or {}),
    }
    return TemplateResponse(request, admin.object_history_template, context)
