"""Columns and read-only fields that show a personal value masked."""

from dataclasses import dataclass

from django.db import models

from balikpapan.spreadsheets.cells.masking import mask_long_ids

from . import personal_data


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
        return personal_data.masked(self.field.name, getattr(record, self.field.name)) or None


@dataclass(frozen=True)
class TextColumn(MaskedColumn):
    """A text that whoever may not see personal data reads without the NIK somebody typed into it."""

    @property
    def admin_order_field(self):
        return self.field.name

    def __call__(self, record):
        return mask_long_ids(getattr(record, self.field.name)) or None


def is_free_text(model_field) -> bool:
    """Whether people type into the field what they like."""
    return isinstance(model_field, models.CharField | models.TextField) and not model_field.choices


def text_columns(model, user) -> dict[str, TextColumn]:
    """Field name -> the column that replaces it where this user only reads.

    Free texts of registers about persons; others hold numbers of goods that look like a NIK.
    """
    hidden = hidden_fields(model, user)
    if not hidden:
        return {}
    texts = [f for f in model._meta.concrete_fields if is_free_text(f) and f.name not in hidden]
    return {f.name: TextColumn(f) for f in texts}


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
