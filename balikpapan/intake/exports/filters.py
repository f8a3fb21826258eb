"""A condition typed by hand, such as ``kecamatan=Balikpapan Timur``, read like a cell."""

from typing import Any

from balikpapan.spreadsheets.cells import ERASE, heading_key

from ..declarations import SheetColumn
from ..resources import SheetResource
from ..widgets import Choice, Named, Reading, Year

#: Lists to choose from and years; free text and personal data are no conditions.
ALLOWED = (Choice, Named, Year)


class BadFilter(Exception):
    """A condition that cannot be met, with the remedy."""


def filters_of(resource: SheetResource) -> dict[str, SheetColumn]:
    """The columns a condition may name."""
    personal = resource.personal_columns()
    return {
        name: column
        for name, column in resource.columns().items()
        if isinstance(column.widget, ALLOWED)
        and not column.child
        and name not in personal
        and resource.model_field(column) is not None
    }


def read_filter(resource: SheetResource, text: str) -> dict[str, Any]:
    """``KOLOM=NILAI`` as the lookup of a queryset; without a value it is the blank ones."""
    name, equals, value = text.partition("=")
    columns = filters_of(resource)
    column = columns.get(name.strip()) or _by_heading(columns, name)
    if column is None or not equals:
        names = ", ".join(columns)
        raise BadFilter(f"Saringan «{text}» tidak dikenal. Tulis KOLOM=NILAI dengan kolom {names}.")
    field = resource.model_field(column)
    if not value.strip():
        return {f"{column.target}__isnull": True} if field.null else {column.target: ""}
    read = column.widget.reader(field, Reading(options=resource.rules.prepare()))(value.strip())
    if read.value is None or read.value is ERASE or read.has_error:
        why = read.findings[0].message if read.findings else f'"{value}" berarti kosong.'
        raise BadFilter(f"Saringan «{text}»: {why}")
    return {column.target: read.value}


def _by_heading(columns: dict[str, SheetColumn], name: str) -> SheetColumn | None:
    key = heading_key(name)
    return next((c for c in columns.values() if heading_key(c.column_name) == key), None)
