from django.contrib import admin, messages
from django.urls import reverse

from balikpapan.audit.admin import RecordAdmin
from balikpapan.audit.inlines import RecordInline
from balikpapan.audit.list_workbook import WorkbookAdmin
from balikpapan.grids.pages import GridPages
from balikpapan.intake.admin import SheetAdmin
from balikpapan.lists.totals import ColumnTotal, ListTotals
from balikpapan.spreadsheets.cells import format_decimal, format_rupiah

from .asset_admin import AssetAdmin
from .bill_admin import BillAdmin
from .centre_page import CentrePage
from .filters import StorageFilter, purposes
from .inventory_admin import InventorySessionAdmin
from .ledger_admin import (
    BuildingRentalAdmin,
    DepositAdmin,
    OutageAdmin,
    TemperatureReadingAdmin,
    WithdrawalAdmin,
)
from .models import Chamber, Facility, StorageMonth, Tariff
from .models.labels import shown_kg
from .part_admin import ChamberAdmin, ConditionCheckAdmin
from .resources import FacilityResource, StorageMonthResource
from .storage_grid import storage_grid
from .storage_pages import StorageMonthPages, ledger_warnings
from .unit_admin import LeaseAdmin, ProductionUnitAdmin
from .upkeep_admin import MaintenanceAdmin, UsefulLifeAdmin

__all__ = [
    "AssetAdmin",
    "BillAdmin",
    "ChamberAdmin",
    "ConditionCheckAdmin",
    "BuildingRentalAdmin",
    "DepositAdmin",
    "FacilityAdmin",
    "InventorySessionAdmin",
    "LeaseAdmin",
    "MaintenanceAdmin",
    "ProductionUnitAdmin",
    "OutageAdmin",
    "StorageMonthAdmin",
    "TariffAdmin",
    "TemperatureReadingAdmin",
    "UsefulLifeAdmin",
    "WithdrawalAdmin",
]


class ChamberInline(RecordInline):
    model = Chamber
    fields = ["name", "purpose", "capacity_ton", "temperature_min", "temperature_max"]


@admin.register(Facility)
class FacilityAdmin(SheetAdmin, RecordAdmin):
    resource_classes = [FacilityResource]
    list_display = ["name", "code", "kind", "parent", "kelurahan", "installed", "status"]
    more_columns = ["manager", "address", "built_year", "operational_on"]
    list_filter = ["kind", "status", StorageFilter]
    linked_lookups = ("id__exact",)
    list_select_related = ["parent", "kelurahan"]
    search_fields = ["name", "code", "address"]
    # Said here as well: a list that is added up forgets the order of its model.
    ordering = ["name", "pk"]
    autocomplete_fields = ["parent", "kelurahan"]
    inlines = [ChamberInline]
    fieldsets = [
        ("Sarana", {"fields": [("code", "name"), ("kind", "parent"), ("status", "manager")]}),
        (
            "Letak",
            {"fields": ["address", "kelurahan", ("latitude", "longitude")]},
        ),
        (
            "Ukuran dan riwayat",
            {"fields": [("land_area_m2", "floor_area_m2"), ("built_year", "operational_on")]},
        ),
        ("Catatan", {"fields": ["notes"]}),
    ]

    change_form_template = "facilities/facility_form.html"

    def get_urls(self):
        return [*CentrePage(self).urls(), *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).with_installed_tons()

    @admin.display(description="kapasitas (ton)", ordering="installed_ton")
    def installed(self, obj):
        return "–" if obj.installed_ton is None else format_decimal(obj.installed_ton.normalize())


@admin.register(StorageMonth)
class StorageMonthAdmin(SheetAdmin, RecordAdmin):
    resource_classes = [StorageMonthResource]
    list_display = ["chamber", "year", "month", "kg_in", "kg_out", "kg_days", "received"]
    totals = ListTotals(
        (
            *(
                ColumnTotal(name, name, shown_kg, purposes("chamber"))
                for name in ("kg_in", "kg_out", "kg_days")
            ),
            ColumnTotal("received", "revenue", format_rupiah),
        )
    )
    list_filter = ["year", "chamber"]
    search_fields = ["chamber__name", "chamber__facility__name"]
    linked_lookups = ("month__exact",)
    list_select_related = ["chamber"]
    kept_values = ("chamber", "year")
    fieldsets = [
        (None, {"fields": [("chamber", "year", "month")]}),
        ("Barang", {"fields": [("kg_in", "kg_out", "kg_end"), "kg_days"]}),
        ("Operasi", {"fields": [("operating_days", "tenants"), ("revenue", "energy_kwh")]}),
        ("Buku penitipan", {"fields": ["basis"]}),
    ]

    @property
    def grid(self):
        """The page on which a year's months are typed at once."""
        return GridPages(self, "Isian bulanan cold storage", storage_grid)

    def get_urls(self):
        return [*self.grid.urls(), *StorageMonthPages(self).urls(), *super().get_urls()]

    def menu_pages(self, request):
        """The grid, and the page of the months by the ledger and as typed."""
        ledger = reverse("admin:facilities_storagemonth_ledger")
        return [(self.grid.title, self.grid.address), ("Bulan cold storage", ledger)]

    tools = menu_pages

    def after_store(self, request, obj):
        for _, _, message in obj.warnings():
            messages.warning(request, message)
        for message in ledger_warnings(obj):
            messages.warning(request, message)

    @admin.display(description="retribusi", ordering="revenue")
    def received(self, obj):
        return "–" if obj.revenue is None else format_rupiah(obj.revenue)


@admin.register(Tariff)
class TariffAdmin(WorkbookAdmin):
    workbook_columns = (
        "service",
        "amount",
        "per",
        "valid_from",
        "valid_until",
        "legal_basis",
        "notes",
    )
    list_display = ["service", "charged", "per", "valid_from", "valid_until", "legal_basis"]
    list_filter = ["service"]
    search_fields = ["legal_basis"]
    kept_values = ("service", "per", "legal_basis")
    fieldsets = [
        (None, {"fields": ["service", ("amount", "per")]}),
        ("Masa berlaku", {"fields": [("valid_from", "valid_until"), "legal_basis", "notes"]}),
    ]

    @admin.display(description="tarif", ordering="amount")
    def charged(self, obj):
        return format_rupiah(obj.amount)
