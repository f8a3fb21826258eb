"""The register of goods: their forms, photographs and labels."""

import io

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone

from balikpapan.audit.admin import RecordAdmin
from balikpapan.audit.inlines import RecordInline
from balikpapan.downloads import file_response
from balikpapan.intake.admin import SheetAdmin
from balikpapan.lists.totals import ColumnTotal, ListTotals
from balikpapan.reports.models import Letterhead
from balikpapan.spreadsheets.cells import format_rupiah

from .choices import Condition
from .filters import ConditionFilter, HeldFilter
from .labels import MOST, write_labels
from .models import Asset, ConditionCheck, Maintenance, incomplete_code
from .photos import read_photo
from .resources import AssetResource


class ConditionCheckInline(RecordInline):
    model = ConditionCheck
    fields = ["checked_on", "condition", "checked_by", "photo", "notes"]


class MaintenanceInline(RecordInline):
    model = Maintenance
    fields = ["kind", "due_on", "done_on", "cost", "vendor", "notes"]


@admin.register(Asset)
class AssetAdmin(SheetAdmin, RecordAdmin):
    resource_classes = [AssetResource]
    list_display = [
        "item_code",
        "register",
        "name",
        "kib",
        "acquired_year",
        "value",
        "condition",
        "facility",
    ]
    list_display_links = ["item_code", "name"]
    totals = ListTotals((ColumnTotal("value", "acquisition_value", format_rupiah),))
    more_columns = [
        "brand",
        "quantity",
        "unit",
        "acquired_on",
        "usage_status",
        "location",
        "holder",
    ]
    list_filter = ["kib", HeldFilter, ConditionFilter, "usage_status", "facility"]
    linked_lookups = ("id__exact",)
    list_select_related = ["facility"]
    search_fields = ["name", "item_code", "register", "serial_number"]
    autocomplete_fields = ["facility"]
    kept_values = ("facility", "funding", "acquired_year", "unit")
    inlines = [ConditionCheckInline, MaintenanceInline]
    actions = ["print_labels"]
    fieldsets = [
        (
            "Barang",
            {"fields": [("item_code", "register", "kib"), "nibar", "name", "specification"]},
        ),
        (
            "Ciri",
            {"fields": [("brand", "serial_number"), ("quantity", "unit", "area_m2")]},
        ),
        (
            "Gedung, tanah, dan dokumen",
            {
                "fields": [
                    ("storeys", "concrete"),
                    ("document_on", "document_number"),
                    ("land_area_m2", "land_status", "land_code"),
                ]
            },
        ),
        (
            "Perolehan",
            {
                "fields": [
                    ("acquired_on", "acquired_year"),
                    ("acquisition_method", "funding"),
                    "acquisition_value",
                ]
            },
        ),
        ("Penggunaan", {"fields": [("usage_status", "facility"), "location", "holder", "notes"]}),
    ]

    def get_urls(self):
        # A check has no page of its own, but its photograph has an address.
        return [
            path(
                "photo/<int:pk>/",
                self.admin_site.admin_view(self.photo_view),
                name="facilities_conditioncheck_photo",
            ),
            *super().get_urls(),
        ]

    def photo_view(self, request, pk):
        """The photograph of one check, for whoever may see checks; never from a shared cache."""
        if not request.user.has_perm("facilities.view_conditioncheck"):
            raise PermissionDenied
        check = ConditionCheck.objects.filter(pk=pk).first()
        if check is None:
            raise Http404
        content = read_photo(check)
        if content is None:
            messages.warning(request, "Foto pemeriksaan ini tidak ada.")
            return HttpResponseRedirect(reverse("admin:facilities_asset_changelist"))
        # Django's admin forbids caches to keep any of its pages.
        return HttpResponse(content, content_type="image/jpeg")

    @admin.action(description="Cetak label QR", permissions=["view"])
    def print_labels(self, request, queryset):
        if queryset.count() > MOST:
            messages.warning(request, "Pilih paling banyak 2.000 aset untuk sekali cetak.")
            return None
        letterhead = Letterhead.objects.heading_on(timezone.localdate())
        stream = io.BytesIO()
        write_labels(
            queryset.filter(archived_at=None),
            stream,
            office=letterhead.office if letterhead else "",
            address=lambda asset: request.build_absolute_uri(
                reverse("admin:facilities_asset_change", args=[asset.pk])
            ),
        )
        return file_response("label-aset.pdf", stream.getvalue())

    def after_store(self, request, obj):
        if message := incomplete_code(obj.item_code):
            messages.warning(request, message)

    def get_queryset(self, request):
        return super().get_queryset(request).with_last_condition(timezone.localdate())

    @admin.display(description="kondisi terakhir", ordering="last_condition")
    def condition(self, obj):
        return Condition(obj.last_condition).label if obj.last_condition else "–"

    @admin.display(description="nilai perolehan", ordering="acquisition_value")
    def value(self, obj):
        return "–" if obj.acquisition_value is None else format_rupiah(obj.acquisition_value)
