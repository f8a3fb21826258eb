"""Maintenance and useful lives in the admin."""

from django.contrib import admin
from django.utils import timezone

from balikpapan.audit.list_workbook import WorkbookAdmin
from balikpapan.lists.totals import ColumnTotal, ListTotals
from balikpapan.spreadsheets.cells import format_rupiah

from .models import Maintenance, UsefulLife


class DueFilter(admin.SimpleListFilter):
    """What is planned: overdue, coming up within thirty days, or done."""

    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request, model_admin):
        return [
            ("terlambat", "Terlambat"),
            ("segera", "Dalam 30 hari"),
            ("rencana", "Belum dikerjakan"),
            ("selesai", "Sudah dikerjakan"),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        asked = {
            "terlambat": lambda: queryset.overdue_on(today),
            "segera": lambda: queryset.due_soon(today),
            "rencana": queryset.open,
            "selesai": lambda: queryset.exclude(done_on=None),
        }
        return asked[self.value()]() if self.value() in asked else queryset


@admin.register(Maintenance)
class MaintenanceAdmin(WorkbookAdmin):
    workbook_columns = (
        "asset__item_code",
        "asset__register",
        "asset__name",
        "asset__facility",
        "kind",
        "due_on",
        "done_on",
        "cost",
        "vendor",
        "notes",
    )
    list_display = ["asset", "kind", "due_on", "done_on", "paid", "vendor"]
    totals = ListTotals((ColumnTotal("paid", "cost", format_rupiah),))
    list_filter = [DueFilter, "kind"]
    linked_lookups = ("done_on__isnull", "due_on__lt", "due_on__gte", "due_on__lte")
    list_select_related = ["asset"]
    search_fields = ["asset__name", "asset__item_code", "vendor"]
    autocomplete_fields = ["asset"]
    kept_values = ("kind", "vendor")
    fieldsets = [
        (None, {"fields": ["asset", "kind", ("due_on", "done_on")]}),
        ("Biaya", {"fields": [("cost", "vendor"), "notes"]}),
    ]

    @admin.display(description="biaya", ordering="cost")
    def paid(self, obj):
        return "–" if obj.cost is None else format_rupiah(obj.cost)


@admin.register(UsefulLife)
class UsefulLifeAdmin(WorkbookAdmin):
    workbook_columns = ("code_prefix", "name", "years", "legal_basis", "valid_from", "valid_until")
    list_display = ["code_prefix", "name", "years", "legal_basis", "valid_from", "valid_until"]
    search_fields = ["code_prefix", "name"]
