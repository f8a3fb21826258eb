"""PAD, and the figures promised and published, in the admin."""

from django.contrib import admin

from balikpapan.audit.admin import RecordAdmin
from balikpapan.intake.admin import SheetAdmin
from balikpapan.spreadsheets.cells import format_decimal, format_whole

from ..filters import CountedFilter
from ..models import PerformanceTarget, PublishedFigure, Revenue, RevenueAccount
from ..resources import RevenueResource
from .amounts import rupiah


@admin.register(Revenue)
class RevenueAdmin(SheetAdmin, RecordAdmin):
    resource_classes = [RevenueResource]
    list_display = ["year", "month", "source_name", "targeted", "received", "stage", "status"]
    list_display_links = ["year", "source_name"]
    list_filter = ["year", "status", "stage", "facility", CountedFilter]
    linked_lookups = (
        "year__in",
        "month__exact",
        "month__isnull",
        "month__lte",
        "source_name__exact",
        "account__code__exact",
        "account__isnull",
    )
    search_fields = ["source_name", "account__code", "account__name"]
    autocomplete_fields = ["account", "facility"]
    kept_values = ("year", "month", "stage", "as_of", "status")
    fieldsets = [
        ("Periode", {"fields": [("year", "month"), ("stage", "status", "as_of")]}),
        ("Penerimaan", {"fields": ["source_name", "account", "facility", ("target", "realised")]}),
        ("Sumber", {"fields": ["source", "notes"]}),
    ]

    @admin.display(description="target", ordering="target")
    def targeted(self, obj):
        return rupiah(obj.target)

    @admin.display(description="realisasi", ordering="realised")
    def received(self, obj):
        return rupiah(obj.realised)


@admin.register(RevenueAccount)
class RevenueAccountAdmin(RecordAdmin):
    list_display = ["code", "name"]
    search_fields = ["code", "name"]
    autocomplete_fields = ["parent"]


@admin.register(PublishedFigure)
class PublishedFigureAdmin(RecordAdmin):
    list_display = ["indicator", "year", "figure", "unit", "as_of", "source"]
    list_filter = ["year"]
    linked_lookups = ("id__exact",)
    search_fields = ["indicator"]

    @admin.display(description="nilai", ordering="value")
    def figure(self, obj):
        return format_whole(int(obj.value)) if obj.value == int(obj.value) else obj.value


@admin.register(PerformanceTarget)
class PerformanceTargetAdmin(RecordAdmin):
    list_display = ["indicator", "year", "wanted", "unit", "source"]
    list_filter = ["year"]
    linked_lookups = ("id__exact",)
    search_fields = ["indicator", "objective"]
    kept_values = ("year", "objective", "source")
    fieldsets = [
        (None, {"fields": ["year", "objective", "indicator"]}),
        ("Angka", {"fields": [("target", "realised", "unit")]}),
        ("Sumber", {"fields": ["source", "notes"]}),
    ]

    @admin.display(description="target", ordering="target")
    def wanted(self, obj):
        return format_decimal(obj.target.normalize())
