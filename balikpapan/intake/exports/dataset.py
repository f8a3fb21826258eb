"""A register as a tablib ``Dataset``, for whoever uses django-import-export's resources directly."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from tablib import Dataset

from balikpapan.audit import personal_data
from balikpapan.spreadsheets.writing import as_cell, as_csv

from ..permissions import may
from ..resources import SheetResource
from .rows import export_columns, export_rows, figure_years


@dataclass(frozen=True, slots=True)
class DatasetChoices:
    """What of a register goes into a dataset; ``user`` is whose permissions count, if anybody's."""

    #: Of a register with yearly figures the year beside each record; None for the newest.
    year: int | None = None
    #: The names of the columns, in any order; empty for all.
    columns: tuple[str, ...] = ()
    #: Whether personal data leave unmasked; the trail records it.
    personal: bool = False
    user: Any = None


def export_dataset(resource: SheetResource, queryset: Any, choices: DatasetChoices) -> Dataset:
    """The kept records of a queryset as the sheet prints them, one row each, values typed.

    What tablib may write as csv stands as in our csv: a fraction with a comma, and an apostrophe
    before text that a spreadsheet might take for a formula. Raises PermissionDenied where the user may not export.
    """
    _check_permission(resource, choices)
    columns = export_columns(resource)
    names = [name for name in columns if not choices.columns or name in choices.columns]
    places = [list(columns).index(name) for name in names]
    dataset = Dataset(headers=[columns[name].column_name for name in names], title=resource.label)
    queryset = queryset.filter(archived_at=None)
    year = choices.year or next(iter(figure_years(resource)), None)
    rows = export_rows(resource, queryset, year=year, personal=choices.personal)
    for row in rows:
        dataset.append([_cell(row[place]) for place in places])
    personal = sorted(resource.personal_columns().intersection(names))
    if choices.personal and personal:
        personal_data.record_exported(
            choices.user,
            resource._meta.model,
            personal_data.Extract(
                count=queryset.count(), columns=personal, purpose="ekspor lewat pustaka"
            ),
        )
    return dataset


def _check_permission(resource: SheetResource, choices: DatasetChoices) -> None:
    user = choices.user
    if user is None:
        return
    unmasked = choices.personal and not user.has_perm(personal_data.EXPORT)
    if unmasked or not may(user, "export", resource.register):
        raise PermissionDenied(f"Akun Anda tidak berhak mengekspor {resource.label}.")


def _cell(value: object) -> Any:
    cell = as_cell(value)
    # "1.125" in a csv would be read as a thousand and more.
    return as_csv(cell) if isinstance(cell, str | float) else cell
