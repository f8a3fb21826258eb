"""Columns of lists and read-only fields in which personal values are masked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from balikpapan.spreadsheets.cells.masking import mask_free_text

from . import personal_data
from .fields import DigitsField


@dataclass(frozen=True)
class MaskedColumn:
    """One personal field as a list or form shows it to whoever may not see it.

    Django's admin takes it wherever it takes a function of the record.
    """

    field: models.Field

    @property
    def __name__(self):
        return f"masked_{self.field.name}"

    @property
    def short_description(self):
        return self.field.verbose_name

    empty_value_display = "–"

    def __call__(self, record):
        masked = personal_data.masked(self.field.name, getattr(record, self.field.name))
        return masked or self.empty_value_display


@dataclass(frozen=True)
class TextColumn(MaskedColumn):
    """A text that whoever may not see personal data reads without the NIK somebody typed into it."""

    @property
    def admin_order_field(self):
        return self.field.name

    def __call__(self, record):
        return mask_free_text(getattr(record, self.field.name)) or self.empty_value_display


def is_free_text(model_field) -> bool:
    """Whether people type into the field what they like.

    A model names in ``code_fields`` its texts that are numbers of goods or papers.
    """
    return (
        isinstance(model_field, models.CharField | models.TextField)
        and not isinstance(model_field, DigitsField)
        and not model_field.choices
        and model_field.name not in getattr(model_field.model, "code_fields", ())
    )


def text_columns(model, user) -> dict[str, TextColumn]:
    """Field name -> the column that replaces it where this user only reads."""
    if personal_data.may_see(user):
        return {}
    fields = model._meta.concrete_fields
    texts = [f for f in fields if is_free_text(f) and f.name not in model.personal_fields]
    return {f.name: TextColumn(f) for f in texts}


def for_reading(records: Iterable[models.Model], user, *, steps: int = 0) -> None:
    """Masks the free texts of records, and of what was read along with them, for this user's eyes.

    What a record is called is made of such texts. Where a page is going to name them, the records
    up to ``steps`` references away are read first. All of them are for showing alone: ``store``
    refuses them.
    """
    if not personal_data.may_see(user):
        for record in records:
            _mask_texts(record, steps)


def read_below(record: models.Model, records: Iterable[models.Model]) -> None:
    """Masks records that a page lists below another one as that one was masked for its reader."""
    if record.is_for_reading:
        for below in records:
            _mask_texts(below)


def mask_form(context, user, record, may_change: bool) -> None:
    """Masks what a form shows of records that this user only reads, in the rows below it too."""
    if record is not None and not may_change:
        for_reading([record], user, steps=2)
        context["subtitle"] = str(record)
    for inline in context.get("inline_admin_formsets", []):
        if not inline.has_change_permission:
            rows = [form.instance for form in inline.formset.initial_forms]
            for_reading(rows, user, steps=1)


def _mask_texts(record, steps=0):
    """Masks a record, what was read with it and what lies so many references away from it."""
    if isinstance(record, AbstractBaseUser):
        return  # an account is of the office
    for field in record._meta.concrete_fields:
        if field.attname not in record.__dict__:
            continue
        if field.remote_field:
            is_read = field.is_cached(record) or (steps and record.__dict__[field.attname])
            if is_read and getattr(record, field.name) is not None:
                _mask_texts(getattr(record, field.name), max(0, steps - 1))
        elif is_free_text(field) and (text := getattr(record, field.attname)):
            setattr(record, field.attname, mask_free_text(text))
    record.is_for_reading = True


def hidden_fields(model, user) -> tuple[str, ...]:
    """The personal fields this user may not see; on a new record they may still be filled."""
    return () if personal_data.may_see(user) else tuple(model.personal_fields)


def masked_columns(model, user) -> dict[str, MaskedColumn]:
    """Field name -> the column that replaces it for this user."""
    return {n: MaskedColumn(model._meta.get_field(n)) for n in hidden_fields(model, user)}


def with_masks(model, names, user, *, reading: bool = False) -> list:
    """Field names as lists and fieldsets hold them, each hidden one replaced by its column.

    Where they are only read, free texts are replaced too.
    """
    columns = masked_columns(model, user)
    if reading:
        columns |= text_columns(model, user)

    def replaced(name):
        return (
            tuple(map(replaced, name))
            if isinstance(name, list | tuple)
            else columns.get(name, name)
        )

    return [replaced(name) for name in names]
