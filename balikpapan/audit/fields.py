"""The field classes of every register: they carry the limits that form and sheet both read."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from balikpapan.spreadsheets.cells.texts import clean

from .formfields import RupiahFormField


class BoundedCharField(models.CharField):
    """Text whose length the database checks too; SQLite alone would take any length."""

    #: Whether line breaks are part of the text.
    lines = False

    def clean(self, value, model_instance):
        return super().clean(tidied(value, lines=self.lines), model_instance)

    def db_check(self, connection):
        if connection.vendor != "sqlite":
            return None  # varchar(n) holds it
        return f"length({connection.ops.quote_name(self.column)}) <= {self.max_length}"


def tidied(value, *, lines=False):
    """A typed text cleaned as the sheet cleans it, so that both doors store the same."""
    if not isinstance(value, str):
        return value
    text, findings = clean(value, lines=lines)
    if text is None:
        raise ValidationError(findings[0].message)
    return text


def holds_invisible(typed: str) -> bool:
    """Whether a typed text is cleaned of characters that nobody sees."""
    return any(finding.code == "invisible_removed" for finding in clean(typed)[1])


class NotesField(BoundedCharField):
    """Free text over several lines."""

    lines = True

    def __init__(self, *args, max_length=2000, blank=True, **kwargs):
        super().__init__(*args, max_length=max_length, blank=blank, **kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**{"widget": forms.Textarea(attrs={"rows": 3}), **kwargs})


class DigitsField(BoundedCharField):
    """An official number of fixed length kept as text, so that a leading zero survives."""

    def __init__(self, *args, lengths, blank=True, **kwargs):
        self.lengths = tuple(lengths)
        kwargs["max_length"] = max(self.lengths)
        super().__init__(*args, blank=blank, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        kwargs.pop("blank", None)
        if not self.blank:
            kwargs["blank"] = False
        return name, path, args, {**kwargs, "lengths": self.lengths}


class Ranged:
    """Gives a number field its ``low`` and ``high``, for the form, the sheet and the database."""

    low: int
    high: int

    @property
    def validators(self):
        bounds = [MinValueValidator(self.low), MaxValueValidator(self.high)]
        return [*self._validators, *bounds]


class YearField(Ranged, models.PositiveSmallIntegerField):
    """A calendar year."""

    low, high = 1900, 2100


class CountField(Ranged, models.PositiveIntegerField):
    """A number of people or things."""

    low, high = 0, 1_000_000


class RupiahField(Ranged, models.BigIntegerField):
    """Whole rupiah; unknown is NULL and differs from 0."""

    low, high = 0, 10**15

    def formfield(self, **kwargs):
        # Neither BigIntegerField's own nor the number box the admin hands in: a browser leaves
        # that one empty for "4.500.000", and saving would erase the amount.
        kwargs.pop("widget", None)
        return models.Field.formfield(self, **{"form_class": RupiahFormField, **kwargs})


class MeasureField(Ranged, models.DecimalField):
    """A measured amount (tons, square metres, percent, degrees) of small fixed precision."""

    def __init__(self, *args, low=0, high=10**9, **kwargs):
        self.low, self.high = low, high
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "low": self.low, "high": self.high}
