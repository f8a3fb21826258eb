from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from balikpapan.audit.admin import RecordAdmin, RecordInline
from balikpapan.intake.admin import SheetAdmin
from balikpapan.spreadsheets.cells import format_decimal, format_rupiah, format_whole

from .filters import (
    BegunFilter,
    BudgetYearFilter,
    ClassFilter,
    CompleteFilter,
    CountedFilter,
    DistrictFilter,
    DivisionFilter,
    ExpiringFilter,
    FacilitatedFilter,
    IssuedFilter,
    NamesakeFilter,
    OwnerDistrictFilter,
    PositionFilter,
    ProgrammeFilter,
    ScaleFilter,
    UncountedFilter,
    ValidFilter,
)
from .merge_pages import MergePages
from .models import (
    Business,
    BusinessYear,
    Certificate,
    IndustryGroup,
    Kbli,
    Participation,
    PerformanceTarget,
    ProductUnit,
    Programme,
    PublishedFigure,
    Revenue,
    RevenueAccount,
    ScaleRule,
)
from .resources import (
    BusinessResource,
    BusinessYearResource,
    CertificateResource,
    KbliResource,
    ProgrammeResource,
    RevenueResource,
)


def rupiah(value):
    """Money in a list: Indonesian separators, a dash where nothing is known."""
    return "–" if value is None else format_rupiah(value)


class BusinessYearInline(RecordInline):
    model = BusinessYear
    fields = [
        "year",
        "workers_male",
        "workers_female",
        "workers_total",
        "investment",
        "capacity",
        "capacity_unit",
        "capacity_period",
        "production_value",
        "raw_material_value",
    ]
    show_change_link = True


class CertificateInline(RecordInline):
    model = Certificate
    fields = ["kind", "number", "issued_on", "expires_on", "status", "facilitated_year"]


@admin.register(Business)
class BusinessAdmin(MergePages, SheetAdmin, RecordAdmin):
    resource_classes = [BusinessResource, BusinessYearResource]
    list_display = ["number", "name", "owner_name", "kelurahan", "kecamatan", "group", "status"]
    list_display_links = ["number", "name"]
    list_filter = [
        DistrictFilter,
        "group",
        "status",
        PositionFilter,
        ScaleFilter,
        ClassFilter,
        DivisionFilter,
        BegunFilter,
        UncountedFilter,
        ProgrammeFilter,
        CompleteFilter,
        NamesakeFilter,
        "legal_form",
        "centre",
    ]
    linked_lookups = (
        "id__exact",
        "kelurahan__id__exact",
        "kelurahan__isnull",
        "kecamatan__isnull",
        "group__isnull",
        "kbli__isnull",
        "founded_year__exact",
        "listed_year__exact",
        "closed_year__exact",
        "closed_year__isnull",
        "owner_name__exact",
        "address__exact",
        "nib__exact",
    )
    list_select_related = ["kelurahan", "kecamatan", "group"]
    search_fields = ["name", "owner_name", "nib", "nik", "phone", "address", "products"]
    autocomplete_fields = ["kelurahan", "kecamatan", "kbli", "centre"]
    kept_values = ("kelurahan", "group", "source")
    inlines = [BusinessYearInline, CertificateInline]
    actions = ["merge_selected"]
    fieldsets = [
        ("Usaha", {"fields": ["name", ("legal_form", "brand"), "products", "commodity"]}),
        ("Pemilik", {"fields": [("owner_name", "owner_gender"), ("nik", "npwp")]}),
        ("Perizinan dan klasifikasi", {"fields": ["nib", "kbli", "other_kbli", "group"]}),
        (
            "Alamat dan kontak",
            {
                "fields": [
                    ("address", "rt"),
                    ("kelurahan", "kecamatan"),
                    ("phone", "email"),
                    "social_media",
                    ("latitude", "longitude"),
                    "centre",
                ]
            },
        ),
        (
            "Masa usaha",
            {"fields": [("founded_year", "listed_year", "closed_year"), ("status", "verified_on")]},
        ),
        ("Catatan", {"fields": ["source", "notes"]}),
    ]

    @admin.display(description="nomor", ordering="id")
    def number(self, obj):
        return obj.number

    @admin.action(description="Bandingkan dan gabungkan dua usaha", permissions=["merge"])
    def merge_selected(self, request, queryset):
        pair = list(queryset.order_by("id").values_list("id", flat=True)[:3])
        if len(pair) != 2:
            messages.warning(request, "Pilih tepat dua usaha untuk digabungkan.")
            return None
        return HttpResponseRedirect(reverse("admin:industry_business_merge", args=pair))

    def has_merge_permission(self, request):
        return request.user.has_perm("industry.merge_business")


@admin.register(BusinessYear)
class BusinessYearAdmin(RecordAdmin):
    list_display = ["business", "year", "workers", "invested", "produced"]
    list_filter = [
        "year",
        OwnerDistrictFilter,
        PositionFilter,
        ScaleFilter,
        ClassFilter,
        DivisionFilter,
    ]
    linked_lookups = (
        "business__id__exact",
        "business__kelurahan__id__exact",
        "business__kelurahan__isnull",
        "business__kecamatan__isnull",
        "business__group__id__exact",
        "business__group__isnull",
        "business__kbli__isnull",
        "business__status__exact",
    )
    list_select_related = ["business"]
    search_fields = ["business__name", "business__owner_name"]
    autocomplete_fields = ["business", "capacity_unit"]
    kept_values = ("year", "source")
    fieldsets = [
        (None, {"fields": ["business", "year"]}),
        ("Tenaga kerja", {"fields": [("workers_male", "workers_female", "workers_total")]}),
        ("Investasi", {"fields": [("investment", "investment_land_building")]}),
        (
            "Produksi",
            {
                "fields": [
                    ("installed_capacity", "capacity", "capacity_unit", "capacity_period"),
                    ("production_value", "raw_material_value", "turnover"),
                    ("export_percent", "export_countries"),
                ]
            },
        ),
        ("Sumber", {"fields": ["source"]}),
    ]

    @admin.display(description="tenaga kerja", ordering="workers_total")
    def workers(self, obj):
        return "–" if obj.workers_total is None else format_whole(obj.workers_total)

    @admin.display(description="investasi", ordering="investment")
    def invested(self, obj):
        return rupiah(obj.investment)

    @admin.display(description="nilai produksi", ordering="production_value")
    def produced(self, obj):
        return rupiah(obj.production_value)


@admin.register(Certificate)
class CertificateAdmin(SheetAdmin, RecordAdmin):
    resource_classes = [CertificateResource]
    list_display = ["business", "kind", "number", "issued_on", "expires_on", "status"]
    list_filter = [
        "kind",
        "status",
        ValidFilter,
        IssuedFilter,
        ExpiringFilter,
        FacilitatedFilter,
        OwnerDistrictFilter,
        ScaleFilter,
    ]
    linked_lookups = (
        "expires_on__gte",
        "expires_on__lte",
        "expires_on__lt",
        "facilitated_year",
        "business__group__id__exact",
        "business__status__exact",
    )
    list_select_related = ["business"]
    search_fields = ["number", "business__name"]
    autocomplete_fields = ["business"]
    kept_values = ("kind", "facilitated_year")


class ParticipationInline(RecordInline):
    model = Participation
    fields = ["business", "person", "result"]
    autocomplete_fields = ["business"]


@admin.register(Programme)
class ProgrammeAdmin(SheetAdmin, RecordAdmin):
    resource_classes = [ProgrammeResource]
    list_display = ["name", "kind", "year", "start_on", "place", "money"]
    list_filter = ["year", "kind"]
    search_fields = ["name", "place"]
    inlines = [ParticipationInline]
    linked_lookups = ("id__exact",)
    kept_values = ("year", "kind")
    fieldsets = [
        (None, {"fields": [("year", "kind"), "name", ("start_on", "end_on"), "place", "budget"]})
    ]

    @admin.display(description="anggaran", ordering="budget")
    def money(self, obj):
        return rupiah(obj.budget)


@admin.register(Participation)
class ParticipationAdmin(RecordAdmin):
    list_display = ["participant", "business", "programme", "result"]
    list_filter = [BudgetYearFilter]
    linked_lookups = ("programme__id__exact",)
    list_select_related = ["business", "programme"]
    search_fields = ["person", "business__name", "programme__name"]
    autocomplete_fields = ["programme", "business"]
    kept_values = ("programme",)

    @admin.display(description="peserta", ordering="person")
    def participant(self, obj):
        return str(obj)


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


@admin.register(Kbli)
class KbliAdmin(SheetAdmin, RecordAdmin):
    resource_classes = [KbliResource]
    list_display = ["code", "title", "version_year", "checked"]
    list_filter = ["version_year", "checked"]
    search_fields = ["code", "title"]


@admin.register(IndustryGroup)
class IndustryGroupAdmin(RecordAdmin):
    list_display = ["name", "position", "aliases"]
    search_fields = ["name", "aliases"]


@admin.register(ProductUnit)
class ProductUnitAdmin(RecordAdmin):
    list_display = ["name", "aliases"]
    search_fields = ["name", "aliases"]


@admin.register(ScaleRule)
class ScaleRuleAdmin(RecordAdmin):
    list_display = ["label", "kind", "position", "legal_basis", "valid_from", "valid_until"]
    list_filter = ["kind"]
