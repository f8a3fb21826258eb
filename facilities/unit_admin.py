"""The production units and their leases in the admin."""

from django.contrib import admin, messages
from django.utils import timezone

from balikpapan.audit.admin import RecordAdmin
from balikpapan.audit.inlines import RecordInline
from balikpapan.intake.admin import SheetAdmin
from balikpapan.lists.totals import ColumnTotal, ListTotals
from balikpapan.spreadsheets.cells import format_decimal, format_rupiah

from .models import Lease, ProductionUnit
from .plan_places import overlap_warnings
from .resources import LeaseResource, ProductionUnitResource


class LeaseInline(RecordInline):
    model = Lease
    fields = [
        "business",
        "tenant_name",
        "start_on",
        "end_on",
        "monthly_rent",
        "ended_on",
        "end_reason",
    ]
    autocomplete_fields = ["business"]
    show_change_link = True


@admin.register(ProductionUnit)
class ProductionUnitAdmin(SheetAdmin, RecordAdmin):
    resource_classes = [ProductionUnitResource]
    list_display = ["number", "facility", "kind", "area", "condition", "built_year"]
    list_filter = ["facility", "kind", "condition"]
    list_select_related = ["facility"]
    search_fields = ["number", "facility__name", "facility__code"]
    autocomplete_fields = ["facility"]
    kept_values = ("facility", "kind", "area_m2", "built_year")
    inlines = [LeaseInline]
    fieldsets = [
        (
            "Unit",
            {"fields": [("facility", "number", "kind"), ("area_m2", "condition", "built_year")]},
        ),
        ("Letak di denah", {"fields": [("plan_x", "plan_y", "plan_width", "plan_height")]}),
        ("Catatan", {"fields": ["notes"]}),
    ]

    def after_store(self, request, obj):
        for message in overlap_warnings(obj):
            messages.warning(request, message)

    @admin.display(description="luas (m²)", ordering="area_m2")
    def area(self, obj):
        return "–" if obj.area_m2 is None else format_decimal(obj.area_m2.normalize())


@admin.register(Lease)
class LeaseAdmin(SheetAdmin, RecordAdmin):
    resource_classes = [LeaseResource]
    list_display = ["unit", "place", "tenant", "start_on", "end_on", "ended_on", "rent"]
    list_display_links = ["unit", "tenant"]
    totals = ListTotals(
        (ColumnTotal("rent", "monthly_rent", format_rupiah, unknown="menurut tarif"),),
        rows=lambda leases: leases.running_on(timezone.localdate()),
        note=", hanya sewa yang berjalan hari ini",
    )
    more_columns = ["agreement", "end_reason"]
    linked_lookups = ("id__exact",)
    list_filter = ["unit__facility"]
    list_select_related = ["unit__facility", "business"]
    search_fields = ["unit__number", "tenant_name", "business__name", "agreement"]
    autocomplete_fields = ["unit", "business"]
    kept_values = ("start_on", "end_on", "monthly_rent")
    fieldsets = [
        ("Penyewa", {"fields": ["unit", ("business", "tenant_name"), "agreement"]}),
        ("Masa dan harga", {"fields": [("start_on", "end_on"), "monthly_rent"]}),
        ("Diakhiri sebelum waktunya", {"fields": [("ended_on", "end_reason")]}),
        ("Catatan", {"fields": ["notes"]}),
    ]

    @admin.display(description="sarana", ordering="unit__facility__name")
    def place(self, obj):
        return obj.unit.facility

    @admin.display(description="penyewa")
    def tenant(self, obj):
        return obj.tenant

    @admin.display(description="sewa per bulan", ordering="monthly_rent")
    def rent(self, obj):
        return "menurut tarif" if obj.monthly_rent is None else format_rupiah(obj.monthly_rent)
