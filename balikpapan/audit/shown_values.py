"""Yes and no in lists: as words, where Django would show a picture that is called True."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class YesOrNoColumn:
    """One yes or no of a record; Django's admin takes it wherever it takes a function of a record."""

    field: models.Field

    @property
    def __name__(self):
        return self.field.name

    @property
    def short_description(self):
        return self.field.verbose_name

    @property
    def admin_order_field(self):
        return self.field.name

    empty_value_display = "–"

    def __call__(self, record):
        value = getattr(record, self.field.name)
        return None if value is None else "Ya" if value else "Tidak"


def with_yes_or_no(model, names: Iterable) -> list:
    """The columns of a list, each yes or no replaced by the column that says it."""
    fields = {f.name: f for f in model._meta.concrete_fields if isinstance(f, models.BooleanField)}
    return [
        YesOrNoColumn(fields[name]) if isinstance(name, str) and name in fields else name
        for name in names
    ]
