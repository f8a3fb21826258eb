"""The IKM in the admin: the businesses, their yearly figures and their certificates."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from balikpapan.audit.admin import RecordAdmin
from balikpapan.audit.archiving import act_on_each
from balikpapan.audit.inlines import RecordInline
from balikpapan.audit.years import last_complete_year
from balikpapan.intake.admin import SheetAdmin
from balikpapan.lists.totals import ColumnTotal, ListTotals
from balikpapan.spreadsheets.cells import format_whole

from ..filters import (
    BegunFilter,
    ClassFilter,
    CompleteFilter,
    DistrictFilter,
    DivisionFilter,
    DoublesFilter,
    EndedFilter,
    ExpiringFilter,
    FacilitatedFilter,
    GapFilter,
    IssuedFilter,
    OwnerDistrictFilter,
    PositionFilter,
    ProgrammeFilter,
    ScaleFilter,
    UncountedFilter,
    ValidFilter,
)
from ..models import Business, BusinessYear, Certificate
from ..models.reading import one_reading
from ..resources import BusinessResource, BusinessYearResource, CertificateResource
from ..verifying import VERIFIED_FIELDS, VERIFY, verify
from ..year_grid import year_grid
from . import places
from .amounts import rupiah
from .bulk_pages import BulkPages
from .letter_pages import REMIND, LetterPages
from .merge_pages import MERGE, MergePages
from .typing_hints import HINTED_FIELDS, TypingHints
from .typing_hints import PAGE as HINTS_PAGE
from .work_items import ADD, WorkPages
from .year_grid_pages import YearGridPages

#: What it takes to see what a business uses of the city's places.
PLACES = (
    ("rented_units", "facilities.view_lease"),
    ("deposited", "facilities.view_deposit"),
    ("billed", "facilities.view_bill"),
)


class BusinessYearInline(RecordInline):
    model = BusinessYear
    derived_fields = ("workers_total",)
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

    def get_extra(self, request, obj=None, **kwargs):
        """A new business begins with the row of its first year; blank, it is not saved."""
        return 1 if obj is None else 0


class CertificateInline(RecordInline):
    model = Certificate
    fields = ["kind", "number", "issued_on", "expires_on", "status", "facilitated_year"]


@admin.register(Business)
class BusinessAdmin(SheetAdmin, RecordAdmin):
    resource_classes = [BusinessResource, BusinessYearResource]
    list_display = ["number", "name", "owner_name", "kelurahan", "kecamatan", "group", "status"]
    list_display_links = ["number", "name"]
    more_columns = [
        "legal_form",
        "brand",
        "products",
        "commodity",
        "nib",
        "kbli",
        "phone",
        "address",
        "centre",
        "founded_year",
        "listed_year",
        "closed_year",
        "verified_on",
        "source",
    ]
    list_filter = [
        DistrictFilter,
        "group",
        "status",
        PositionFilter,
        ScaleFilter,
        ClassFilter,
        DivisionFilter,
        BegunFilter,
        EndedFilter,
        UncountedFilter,
        ProgrammeFilter,
        CompleteFilter,
        GapFilter,
        DoublesFilter,
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
    search_fields = [
        "name",
        "owner_name",
        "nib",
        "nik",
        "phone",
        "address",
        "kelurahan__name",
        "kecamatan__name",
        "products",
    ]
    number_prefix = "IKM"
    autocomplete_fields = ["kelurahan", "kecamatan", "kbli", "centre"]
    kept_values = ("kelurahan", "group", "source")
    derived_fields = ("kecamatan", "listed_year")
    hinted_fields = HINTED_FIELDS
    hints_page = HINTS_PAGE
    inlines = [BusinessYearInline, CertificateInline]
    actions = [
        "verify_selected",
        "edit_selected",
        "merge_selected",
        "assign_selected",
        "remind_selected",
    ]
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

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """The first row of a new business stands ready for the year whose figures are complete."""
        arguments = super().get_formset_kwargs(request, obj, inline, prefix)
        if obj.pk is None and isinstance(inline, BusinessYearInline):
            arguments["initial"] = [{"year": last_complete_year()}]
        return arguments

    def changelist_view(self, request, extra_context=None):
        # Two of the filters offer the lines of the same rules.
        with one_reading():
            return super().changelist_view(request, extra_context)

    def get_fieldsets(self, request, obj=None):
        fieldsets = list(super().get_fieldsets(request, obj))
        shown = [name for name, right in PLACES if request.user.has_perm(right)]
        if obj is not None and shown:
            fieldsets.insert(-1, ("Sarana kota yang dipakai", {"fields": shown}))
        return fieldsets

    @admin.display(description="sewa unit")
    def rented_units(self, obj):
        return places.leases_of(obj)

    @admin.display(description="titipan cold storage")
    def deposited(self, obj):
        return places.deposits_of(obj)

    @admin.display(description="SKRD")
    def billed(self, obj):
        return places.bills_of(obj)

    def get_readonly_fields(self, request, obj=None):
        shown = [name for name, _ in PLACES]
        fields = [*super().get_readonly_fields(request, obj), *shown]
        # A new record is whoever's types it, so nobody's to verify.
        if obj is not None and self.has_verify_permission(request):
            return fields
        return [*fields, *sorted(VERIFIED_FIELDS)]

    def has_verify_permission(self, request):
        return request.user.has_perm(VERIFY)

    @admin.action(description="Verifikasi yang dipilih", permissions=["verify"])
    def verify_selected(self, request, queryset):
        act_on_each(request, queryset.filter(archived_at=None), verify, "diverifikasi")

    @admin.action(description="Ubah status, kelompok, atau sentra", permissions=["change"])
    def edit_selected(self, request, queryset):
        return BulkPages(self).choose(request, queryset)

    @admin.action(description="Bandingkan dan gabungkan dua usaha", permissions=["merge"])
    def merge_selected(self, request, queryset):
        pair = list(queryset.order_by("id").values_list("id", flat=True)[:3])
        if len(pair) != 2:
            messages.warning(request, "Pilih tepat dua usaha untuk digabungkan.")
            return None
        return HttpResponseRedirect(reverse("admin:industry_business_merge", args=pair))

    def has_merge_permission(self, request):
        return request.user.has_perm(MERGE)

    @admin.action(description="Tugaskan yang dipilih", permissions=["assign"])
    def assign_selected(self, request, queryset):
        return WorkPages(self).assign(request, queryset)

    def has_assign_permission(self, request):
        return request.user.has_perm(ADD)

    @admin.action(description="Buat surat atau pesan pengingat", permissions=["remind"])
    def remind_selected(self, request, queryset):
        return LetterPages(self).remind(request, queryset)

    def has_remind_permission(self, request):
        return request.user.has_perm(REMIND)

    def get_urls(self):
        pages = (MergePages(self), TypingHints(self), WorkPages(self), BulkPages(self))
        return [*(url for page in pages for url in page.urls()), *super().get_urls()]

    def menu_pages(self, request):
        """What the IKM lack, and the likely doubles for whoever may merge them."""
        pages = [("Kualitas data", reverse("admin:industry_business_gaps"))]
        if self.has_merge_permission(request):
            pages.append(("Mungkin ganda", reverse("admin:industry_business_doubles")))
        return pages


@admin.register(BusinessYear)
class BusinessYearAdmin(RecordAdmin):
    list_display = ["business", "year", "workers", "invested", "produced"]
    more_columns = ["sold", "raw_material", "capacity", "capacity_unit", "source"]
    totals = ListTotals(
        (
            ColumnTotal("workers", "workers_total", format_whole),
            ColumnTotal("invested", "investment", rupiah),
            ColumnTotal("produced", "production_value", rupiah),
            ColumnTotal("sold", "turnover", rupiah),
            ColumnTotal("raw_material", "raw_material_value", rupiah),
        ),
        within="year__exact",
        remedy="saring satu tahun dahulu, karena angka beberapa tahun tidak dijumlahkan.",
    )
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
    change_list_template = "intake/change_list.html"
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

    @property
    def grid(self):
        """The page on which a year's figures of many businesses are typed at once."""
        return YearGridPages(
            self,
            "Isian tahunan IKM",
            year_grid,
            "Yang diketik dilihat dahulu sebagai pratinjau unggahan; baru tersimpan sesudah "
            "disetujui di sana, dan dapat dibatalkan seperti unggahan.",
            template="industry/year_grid.html",
        )

    def get_urls(self):
        return [*self.grid.urls(), *super().get_urls()]

    def menu_pages(self, request):
        return [(self.grid.title, self.grid.address)]

    def changelist_view(self, request, extra_context=None):
        context = {"tools": self.menu_pages(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    @admin.display(description="tenaga kerja", ordering="workers_total")
    def workers(self, obj):
        return "–" if obj.workers_total is None else format_whole(obj.workers_total)

    @admin.display(description="investasi", ordering="investment")
    def invested(self, obj):
        return rupiah(obj.investment)

    @admin.display(description="nilai produksi", ordering="production_value")
    def produced(self, obj):
        return rupiah(obj.production_value)

    @admin.display(description="omzet", ordering="turnover")
    def sold(self, obj):
        return rupiah(obj.turnover)

    @admin.display(description="nilai bahan baku", ordering="raw_material_value")
    def raw_material(self, obj):
        return rupiah(obj.raw_material_value)


@admin.register(Certificate)
class CertificateAdmin(SheetAdmin, RecordAdmin):
    resource_classes = [CertificateResource]
    list_display = ["business", "kind", "number", "issued_on", "expires_on", "status"]
    more_columns = ["facilitated_year"]
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
