"""What a form's box tells the script that helps with typing, as attributes of the box."""

from django.db import models


def mark_box(form_field, db_field: models.Field, keeper):
    """The form field of ``db_field`` with what ``keeper`` declares about it written on its box.

    ``data-draft``: its text may be kept in the browser until it is saved, which nothing about a
    person may. ``data-derived``: it fills itself, so Enter goes past it. ``data-hint``: the hints
    page is asked once somebody has left it.
    """
    if form_field is None:
        return None
    model, attrs = db_field.model, form_field.widget.attrs
    personal = (*getattr(model, "personal_fields", ()), *getattr(model, "identifying_fields", ()))
    if db_field.name not in personal and not isinstance(db_field, models.FileField):
        attrs["data-draft"] = "1"
    if db_field.name in keeper.derived_fields:
        attrs["data-derived"] = "1"
    if db_field.name in keeper.hinted_fields:
        attrs["data-hint"] = db_field.name
    return form_field
