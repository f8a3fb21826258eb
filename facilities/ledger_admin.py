"""The cold-storage ledger in the admin: goods in and out, temperatures, outages, whole buildings."""

from django.contrib import admin, messages

from balikpapan.audit.admin import RecordAdmin
from balikpapan.audit.inlines import RecordInline
from balikpapan.audit.list_workbook import WorkbookAdmin
from balikpapan.intake.admin import SheetAdmin
from balikpapan.lists.totals import ColumnTotal, ListTotals

from .filters import LyingFilter, OutOfBoundsFilter, purposes
from .models import BuildingRental, Deposit, Outage, TemperatureReading, Withdrawal
from .models.labels import shown_kg
from .resources import DepositResource


class WarningAdmin(RecordAdmin):
    """A record whose form says after saving what looks wrong about it."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for message in form.instance.warnings():
            messages.warning(request, message)


class WithdrawalInline(RecordInline):
    model = Withdrawal
    fields = ["out_on", "kg", "notes"]
    extra = 1


@admin.register(Deposit)
class DepositAdmin(SheetAdmin, WarningAdmin):
    resource_classes = [DepositResource]
    list_display = ["number", "in_on", "chamber", "tenant", "commodity", "came", "left"]
    list_display_links = ["number", "tenant"]
    totals = ListTotals(
        (
            ColumnTotal("came", "kg", shown_kg, purposes("chamber")),
            ColumnTotal("left", "kg_left", shown_kg, purposes("chamber")),
        )
    )
    list_filter = [LyingFilter, "chamber"]
    linked_lookups = ("id__exact", "business__id__exact", "in_on__gte", "in_on__lte")
    list_select_related = ["chamber", "business"]
    date_hierarchy = "in_on"
    search_fields = ["business__name", "tenant_name", "commodity", "receipt", "chamber__name"]
    number_prefix = "TTP"
    autocomplete_fields = ["business"]
    kept_values = ("chamber", "in_on")
    inlines = [WithdrawalInline]
    fieldsets = [
        (None, {"fields": [("in_on", "chamber"), ("business", "tenant_name")]}),
        ("Barang", {"fields": [("commodity", "kg"), "receipt", "notes"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_left()

    @admin.display(description="nomor", ordering="id")
    def number(self, obj):
        return obj.number

    @admin.display(description="penyewa", ordering="business__name")
    def tenant(self, obj):
        return obj.tenant

    @admin.display(description="berat (kg)", ordering="kg")
    def came(self, obj):
        return shown_kg(obj.kg)

    @admin.display(description="sisa (kg)", ordering="kg_left")
    def left(self, obj):
        return shown_kg(obj.kg_left)


@admin.register(Withdrawal)
class WithdrawalAdmin(RecordAdmin):
    list_display = ["out_on", "deposit", "gone"]
    list_display_links = ["out_on", "deposit"]
    totals = ListTotals((ColumnTotal("gone", "kg", shown_kg, purposes("deposit__chamber")),))
    linked_lookups = ("deposit__id__exact",)
    list_select_related = ["deposit__business"]
    date_hierarchy = "out_on"
    search_fields = ["deposit__business__name", "deposit__tenant_name", "deposit__commodity"]
    autocomplete_fields = ["deposit"]
    kept_values = ("out_on",)
    fieldsets = [(None, {"fields": ["deposit", ("out_on", "kg"), "notes"]})]

    @admin.display(description="keluar (kg)", ordering="kg")
    def gone(self, obj):
        return shown_kg(obj.kg)


@admin.register(TemperatureReading)
class TemperatureReadingAdmin(WarningAdmin, WorkbookAdmin):
    workbook_columns = (
        "read_on",
        "hour",
        "chamber",
        "degrees",
        "chamber__temperature_min",
        "chamber__temperature_max",
        "judgement",
        "read_by",
        "notes",
    )
    list_display = ["read_on", "hour", "chamber", "degrees", "judgement"]
    list_filter = [OutOfBoundsFilter, "chamber"]
    search_fields = ["chamber__name", "read_by"]
    list_select_related = ["chamber"]
    date_hierarchy = "read_on"
    kept_values = ("chamber", "read_on", "read_by")
    fieldsets = [
        (None, {"fields": ["chamber", ("read_on", "hour", "degrees"), "read_by", "notes"]})
    ]

    @admin.display(description="terhadap batas ruang")
    def judgement(self, obj):
        return " ".join(obj.warnings()) or "dalam batas"


@admin.register(Outage)
class OutageAdmin(WorkbookAdmin):
    workbook_columns = ("chamber", "began_on", "ended_on", "hours", "cause", "notes")
    list_display = ["chamber", "began_on", "ended_on", "hours", "cause"]
    list_filter = ["cause", "chamber"]
    search_fields = ["chamber__name", "notes"]
    list_select_related = ["chamber"]
    kept_values = ("chamber", "cause")
    fieldsets = [
        (None, {"fields": ["chamber", ("began_on", "ended_on", "hours"), "cause", "notes"]})
    ]


@admin.register(BuildingRental)
class BuildingRentalAdmin(WorkbookAdmin):
    workbook_columns = ("facility", "year", "month", "tenant", "notes")
    list_display = ["facility", "year", "month", "tenant"]
    list_filter = ["year"]
    list_select_related = ["facility", "business"]
    search_fields = ["business__name", "tenant_name", "facility__name"]
    autocomplete_fields = ["facility", "business"]
    kept_values = ("facility", "year", "business", "tenant_name")
    fieldsets = [
        (
            None,
            {"fields": ["facility", ("year", "month"), ("business", "tenant_name"), "notes"]},
        )
    ]

    @admin.display(description="penyewa", ordering="business__name")
    def tenant(self, obj):
        return obj.tenant
