"""PAD, and the figures promised and published, in the admin."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html_join

from balikpapan.audit.admin import RecordAdmin
from balikpapan.audit.archiving import check_listed
from balikpapan.grids.pages import GridPages
from balikpapan.intake.admin import SheetAdmin
from balikpapan.lists.totals import ColumnTotal, ListTotals
from balikpapan.spreadsheets.cells import format_decimal, format_rupiah, format_whole

from ..filters import CountedFilter
from ..models import (
    PerformanceTarget,
    PublishedFigure,
    Revenue,
    RevenueAccount,
    RevenueBill,
    RevenueSource,
)
from ..resources import RevenueResource
from ..revenue_grid import revenue_grid
from ..revenue_sources import join_sources, record_source
from .amounts import rupiah
from .reconciliation_pages import VIEW, ReconciliationPages


def counted(rows):
    """Of some PAD rows those that reports add up, with the amounts they add."""
    return Revenue.objects.counting().filter(pk__in=rows.values("pk"))


@admin.register(Revenue)
class RevenueAdmin(SheetAdmin, RecordAdmin):
    resource_classes = [RevenueResource]
    list_display = ["year", "month", "source_name", "targeted", "received", "stage", "status"]
    list_display_links = ["year", "source_name"]
    totals = ListTotals(
        (
            ColumnTotal("targeted", "counted_target", rupiah),
            ColumnTotal("received", "counted_realised", rupiah),
        ),
        rows=counted,
        note=", hanya yang dihitung dalam laporan",
    )
    more_columns = ["account", "facility", "as_of", "source"]
    list_filter = ["year", "status", "stage", "facility", CountedFilter]
    linked_lookups = (
        "year__in",
        "month__exact",
        "month__isnull",
        "month__lte",
        "source_name__exact",
        "source_key__exact",
        "account__code__exact",
        "account__isnull",
    )
    search_fields = ["source_name", "account__code", "account__name"]
    autocomplete_fields = ["account", "facility"]
    kept_values = ("year", "month", "stage", "as_of", "status")
    readonly_fields = ["from_bills"]
    fieldsets = [
        ("Periode", {"fields": [("year", "month"), ("stage", "status", "as_of")]}),
        ("Penerimaan", {"fields": ["source_name", "account", "facility", ("target", "realised")]}),
        ("Sumber", {"fields": ["source", "from_bills", "notes"]}),
    ]

    @admin.display(description="dari SKRD")
    def from_bills(self, obj):
        links = RevenueBill.objects.kept().filter(revenue=obj.pk).select_related("bill__business")
        return (
            format_html_join(
                "; ",
                '<a href="{}">{}</a> Rp{}',
                (
                    (
                        reverse("admin:facilities_bill_change", args=[link.bill_id]),
                        link.bill.number,
                        format_rupiah(link.amount),
                    )
                    for link in links
                ),
            )
            or "–"
        )

    @property
    def grid(self):
        """The page on which a year's months are typed at once."""
        return GridPages(
            self,
            "Isian bulanan PAD",
            revenue_grid,
            "Sumber yang belum ada barisnya dicatat dahulu pada Sumber PAD.",
        )

    def get_urls(self):
        return [*self.grid.urls(), *ReconciliationPages(self).urls(), *super().get_urls()]

    def menu_pages(self, request):
        pages = [(self.grid.title, self.grid.address)]
        if request.user.has_perms(VIEW):
            pages.append(("Rekonsiliasi PAD", reverse("admin:industry_revenue_reconcile")))
        return pages

    tools = menu_pages

    @admin.display(description="target", ordering="target")
    def targeted(self, obj):
        return rupiah(obj.target)

    @admin.display(description="realisasi", ordering="realised")
    def received(self, obj):
        return rupiah(obj.realised)

    def after_store(self, request, obj):
        record_source(obj, by=request.user)


@admin.register(RevenueSource)
class RevenueSourceAdmin(RecordAdmin):
    list_display = ["name", "account", "aliases"]
    list_select_related = ["account"]
    search_fields = ["name", "aliases", "account__code"]
    autocomplete_fields = ["account"]
    actions = ["join_selected"]

    @admin.action(description="Jadikan satu sumber", permissions=["change"])
    def join_selected(self, request, queryset):
        sources = list(queryset.filter(archived_at=None).order_by("id"))
        if len(sources) < 2:
            messages.warning(request, "Pilih dua sumber atau lebih yang sebenarnya satu.")
            return
        try:
            for source in sources:
                check_listed(request, source)
            source = join_sources(sources, by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return
        messages.success(request, f"{len(sources)} sumber menjadi satu: «{source}».")


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
        ("Angka", {"fields": [("target", "realised", "unit"), "lower_is_better"]}),
        ("Sumber", {"fields": ["source", "notes"]}),
    ]

    @admin.display(description="target", ordering="target")
    def wanted(self, obj):
        return format_decimal(obj.target.normalize())
