"""Values of lists as people write them: figures with points, yes and no as words."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import models

from balikpapan.spreadsheets.cells import format_decimal

from .fields import CountField, MeasureField, RupiahField

#: The fields that count or measure something; a year and a place in an order do not.
FIGURES = (CountField, MeasureField, RupiahField)


@dataclass(frozen=True)
class FieldColumn:
    """One field of a record; Django's admin takes it wherever it takes a function of a record."""

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
        return None if value is None else self.shown(value)


@dataclass(frozen=True)
class NumberColumn(FieldColumn):
    """A figure with points between its thousands and no noughts behind its comma."""

    def shown(self, value) -> str:
        return format_decimal(Decimal(value).normalize())


@dataclass(frozen=True)
class YesOrNoColumn(FieldColumn):
    """A yes or no in words, where Django would show a picture that is called True."""

    def shown(self, value) -> str:
        return "Ya" if value else "Tidak"


def grouped_numbers(model, names: Iterable) -> list:
    """Field names as a list holds them, each that is a figure replaced by its column.

    A personal one stays a name: lists are accounted for by names.
    """
    figures = {
        f.name: NumberColumn(f)
        for f in model._meta.concrete_fields
        if isinstance(f, FIGURES) and f.name not in model.personal_fields
    }
    return [figures.get(name, name) if isinstance(name, str) else name for name in names]


def with_yes_or_no(model, names: Iterable) -> list:
    """The columns of a list, each yes or no replaced by the column that says it."""
    fields = {f.name: f for f in model._meta.concrete_fields if isinstance(f, models.BooleanField)}
    return [
        YesOrNoColumn(fields[name]) if isinstance(name, str) and name in fields else name
        for name in names
    ]
