"""The list of a register that is no sheet of its own, taken out as a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import models
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone

from balikpapan.downloads import file_response
from balikpapan.spreadsheets.cells.masking import mask_free_text
from balikpapan.spreadsheets.writing import write_rows

from .admin import RecordAdmin
from .archiving import page_name
from .fields import RupiahField, YearField
from .masked_columns import is_free_text

#: The kind of cell that a field is written as; the first that fits.
KINDS: tuple[tuple[type[models.Field], str], ...] = (
    (models.DateField, "date"),
    (RupiahField, "rupiah"),
    (YearField, "year"),
    (models.IntegerField, "whole"),
    (models.DecimalField, "decimal"),
)


class WorkbookAdmin(RecordAdmin):
    """A register whose list can be taken out as a workbook, as it is filtered.

    ``workbook_columns`` are fields, fields of records referred to (``asset__item_code``), or
    methods of the admin. Texts that people type are masked for everybody, so that taking a list
    out needs no purpose; a personal field may not be among the columns.
    """

    change_list_template = "audit/workbook_list.html"
    workbook_columns: tuple[str, ...] = ()

    def get_urls(self):
        name = page_name(self.model, "workbook").partition(":")[2]
        view = self.admin_site.admin_view(self.workbook_view)
        return [path("workbook/", view, name=name), *super().get_urls()]

    def has_export_permission(self, request) -> bool:
        """Whether this person sees the list and may take it out."""
        right = f"{self.opts.app_label}.export_{self.opts.model_name}"
        return self.has_view_permission(request) and request.user.has_perm(right)

    def changelist_view(self, request, extra_context=None):
        address = ""
        if self.has_export_permission(request):
            address = f"{reverse(page_name(self.model, 'workbook'))}?{request.GET.urlencode()}"
        return super().changelist_view(request, {"workbook": address, **(extra_context or {})})

    def records_for_workbook(self, request) -> models.QuerySet:
        """The kept records that answer the filters of the list, with what their columns refer to.

        Raises IncorrectLookupParameters where the address asks for something no list has.
        """
        asked = self.get_changelist_instance(request).get_queryset(request)
        links = {name.rpartition("__")[0] for name in self.workbook_columns}
        links |= {f.name for f in self.opts.concrete_fields if f.remote_field}
        links.update(self.list_select_related or ())
        return asked.filter(archived_at=None).select_related(*sorted(links - {""}))

    def workbook_view(self, request):
        """Every kept record that answers the filters of the list, in its order."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        try:
            records = self.records_for_workbook(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{reverse(page_name(self.model, 'changelist'))}?e=1")
        columns = [column_of(self, name) for name in self.workbook_columns]
        title = str(self.opts.verbose_name_plural)
        response = file_response(
            f"{title.lower().replace(' ', '-')}-{timezone.localdate():%Y-%m-%d}.xlsx"
        )
        write_rows(
            response,
            [column.heading for column in columns],
            rows_of(self, columns, records),
            kinds=[column.kind for column in columns],
        )
        return response


@dataclass(frozen=True, slots=True)
class WorkbookColumn:
    """One column: its heading, its kind of cell, and the field it shows; None for a method."""

    name: str
    heading: str
    kind: str
    field: models.Field | None


def column_of(keeper: WorkbookAdmin, name: str) -> WorkbookColumn:
    """The column of a field, of a field of another record, or of a method of the admin."""
    field = field_at(keeper.model, name)
    if field is None:
        return WorkbookColumn(name, _heading(keeper, name), "general", None)
    kind = next((kind for cls, kind in KINDS if isinstance(field, cls)), "text")
    is_choice = bool(field.choices) or bool(field.remote_field)
    label = str(field.verbose_name)
    return WorkbookColumn(
        name, f"{label[:1].upper()}{label[1:]}", "text" if is_choice else kind, field
    )


def _heading(keeper: WorkbookAdmin, name: str) -> str:
    label = str(label_for_field(name, keeper.model, model_admin=keeper))
    return f"{label[:1].upper()}{label[1:]}"


def field_at(model: type[models.Model], name: str) -> models.Field | None:
    """The field that a path of names leads to; None where there is none of that name."""
    *links, last = name.split("__")
    try:
        for link in links:
            model = model._meta.get_field(link).related_model
        return model._meta.get_field(last)
    except FieldDoesNotExist:
        return None


def rows_of(keeper, columns: list[WorkbookColumn], records) -> Iterator[tuple[Any, ...]]:
    """The records as rows of cells, read a block at a time."""
    for record in records.iterator(chunk_size=1_000):
        yield tuple(value_of(keeper, column, record) for column in columns)


def value_of(keeper, column: WorkbookColumn, record) -> Any:
    """What stands in one cell; None where nothing is recorded."""
    if column.field is None:
        return mask_free_text(str(getattr(keeper, column.name)(record)))
    *links, last = column.name.split("__")
    for link in links:
        record = getattr(record, link)
        if record is None:
            return None
    if column.field.choices:
        return getattr(record, f"get_{last}_display")() or None
    value = getattr(record, last)
    if column.field.remote_field:
        return None if value is None else mask_free_text(str(value))
    if is_free_text(column.field):
        return mask_free_text(value) or None
    return value
