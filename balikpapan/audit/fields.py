"""The field classes of every register: they carry the limits that form and sheet both read."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from balikpapan.spreadsheets.cells import read_phone
from balikpapan.spreadsheets.cells.dates import EARLIEST, LATEST
from balikpapan.spreadsheets.cells.numbers import LARGEST_AMOUNT
from balikpapan.spreadsheets.cells.texts import clean

from .formfields import (
    TypedField,
    TypedNumberField,
    coordinate_kind,
    decimal_kind,
    digits_kind,
    percent_kind,
    phone_kind,
    rupiah_kind,
    whole_kind,
    year_kind,
)

#: The years any record may bear; the readers of a sheet's dates hold to them too.
FIRST_YEAR, LAST_YEAR = EARLIEST.year, LATEST.year


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
        # Not the one-line box the admin hands in: a browser would take the line breaks out.
        kwargs["widget"] = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
        return super().formfield(**kwargs)


class DigitsField(BoundedCharField):
    """An official number of fixed length kept as text, so that a leading zero survives.

    ``what`` is its name in messages ("NIK"); the database knows nothing of it.
    """

    def __init__(self, *args, lengths, what="nomor", blank=True, **kwargs):
        self.lengths, self.what = tuple(lengths), what
        kwargs["max_length"] = max(self.lengths)
        super().__init__(*args, blank=blank, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        kwargs.pop("blank", None)
        if not self.blank:
            kwargs["blank"] = False
        return name, path, args, {**kwargs, "lengths": self.lengths}

    def formfield(self, **kwargs):
        return typed(self, TypedField, digits_kind(self.lengths, self.what), "", kwargs)


class PhoneField(BoundedCharField):
    """Telephone numbers as the sheet writes them; what is no number stays as it was typed."""

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, _path(BoundedCharField), args, kwargs

    def clean(self, value, model_instance):
        text = super().clean(value, model_instance)
        return read_phone(text).value or text

    def formfield(self, **kwargs):
        return typed(self, TypedField, phone_kind(), "", kwargs)


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

    low, high = FIRST_YEAR, LAST_YEAR

    def formfield(self, **kwargs):
        return typed(self, TypedNumberField, year_kind(self.low, self.high), None, kwargs)


def year_of(value):
    """The year of a year, a day, or a day as the trail writes it; None where it is not known."""
    if isinstance(value, str):
        return int(value[:4])
    return getattr(value, "year", value)


class CountField(Ranged, models.PositiveIntegerField):
    """A number of people or things."""

    low, high = 0, 1_000_000

    def formfield(self, **kwargs):
        return typed(self, TypedNumberField, whole_kind(self.low, self.high), None, kwargs)


class RupiahField(Ranged, models.BigIntegerField):
    """Whole rupiah; unknown is NULL and differs from 0."""

    low, high = 0, LARGEST_AMOUNT

    def formfield(self, **kwargs):
        return typed(self, TypedNumberField, rupiah_kind(self.low, self.high), None, kwargs)


class MeasureField(Ranged, models.DecimalField):
    """A measured amount of small fixed precision; ``unit`` ("kg") may be typed behind it."""

    def __init__(self, *args, low=0, high=10**9, unit="", **kwargs):
        self.low, self.high, self.unit = low, high, unit
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        # How a measure is typed is no matter of the database: its kinds are one in migrations.
        return name, _path(MeasureField), args, {**kwargs, "low": self.low, "high": self.high}

    def kind(self):
        """How it is typed."""
        return decimal_kind(self)

    def formfield(self, **kwargs):
        return typed(self, TypedNumberField, self.kind(), None, kwargs)


class PercentField(MeasureField):
    """A share of a hundred."""

    def kind(self):
        return percent_kind(self)


class CoordinateField(MeasureField):
    """A latitude or longitude in decimal degrees."""

    def kind(self):
        return coordinate_kind(self)


def typed(model_field, form_class, kind, empty_value, kwargs):
    """The text box of a field whose values are read as in a sheet.

    ``kwargs`` are those of ``formfield``; the box the admin hands in is not used: a browser leaves
    a number box empty for "4.500.000", and saving would erase the amount.
    """
    kwargs.pop("widget", None)
    return models.Field.formfield(
        model_field,
        **{
            "form_class": form_class,
            "kind": kind,
            "model_field": model_field,
            "empty_value": empty_value,
            **kwargs,
        },
    )


def _path(field_class) -> str:
    return f"{field_class.__module__}.{field_class.__qualname__}"
