"""The rows of new records as the database takes them.

What all of them share is told apart: it need not go through the driver row by row.
"""

from django.db import models

from .staging import adapter


def default_value(model_field):
    """What a new record holds where the sheet says nothing."""
    if model_field.has_default():
        return model_field.get_default()
    blank = isinstance(model_field, models.CharField | models.FileField) and not model_field.null
    return "" if blank else None


def fields_given(model, contents, now):
    """The fields in which new records with these contents differ, and what they share in the others.

    The contents of an IKM name about a third of its columns; the others need not go row by row.
    """
    defaults = {f: default_value(f) for f in model._meta.concrete_fields if not f.generated}
    shared = {"version": 1, "created_at": now, "updated_at": now, "archived_at": None}
    names = {"id"}.union(*contents)
    constants = {}
    for model_field in [f for f in defaults if f.attname not in names]:
        value = shared.get(model_field.attname, defaults.pop(model_field))
        adapt = adapter(model_field)
        constants[model_field.column] = adapt(value) if adapt else value
    return list(defaults), constants


def tuples(fields, records, contents):
    """One tuple per record for the driver."""
    adapters = {f.attname: adapt for f in fields if (adapt := adapter(f))}
    defaults = {f.attname: default_value(f) for f in fields}
    for name, adapt in adapters.items():
        defaults[name] = adapt(defaults[name])
    for record, values in zip(records, contents, strict=True):
        # A union of dictionaries keeps the order of the first, which is that of the columns.
        row = defaults | values
        row["id"] = record.id
        for name, adapt in adapters.items():
            if name in values:
                row[name] = adapt(row[name])
        yield tuple(row.values())
