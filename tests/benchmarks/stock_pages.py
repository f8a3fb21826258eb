"""The stock admin's list and form of IKM: the fields, inlines and choices of ours, nothing besides."""

from django.contrib.admin import AdminSite, ModelAdmin, TabularInline
from django.urls import path

from balikpapan.regions.models import Kecamatan, Kelurahan
from facilities.models import Facility
from industry.admin.businesses import BusinessAdmin as Ours
from industry.admin.businesses import BusinessYearInline, CertificateInline
from industry.models import Business, BusinessYear, Certificate, Kbli


class FiguresInline(TabularInline):
    model = BusinessYear
    fields = BusinessYearInline.fields
    extra = 0


class PapersInline(TabularInline):
    model = Certificate
    fields = CertificateInline.fields
    extra = 0


class StockBusinessAdmin(ModelAdmin):
    list_display = ["id", *Ours.list_display[1:]]
    list_display_links = ["id", "name"]
    list_filter = [entry for entry in Ours.list_filter if isinstance(entry, str)]
    list_select_related = Ours.list_select_related
    list_per_page = Ours.list_per_page
    search_fields = Ours.search_fields
    autocomplete_fields = Ours.autocomplete_fields
    fieldsets = Ours.fieldsets
    inlines = [FiguresInline, PapersInline]


class Chosen(ModelAdmin):
    """What the boxes of the form look up."""

    search_fields = ["name"]


class ChosenActivity(ModelAdmin):
    search_fields = ["code", "title"]


site = AdminSite()
site.register(Business, StockBusinessAdmin)
site.register([Kelurahan, Kecamatan, Facility], Chosen)
site.register(Kbli, ChosenActivity)
urlpatterns = [path("", site.urls)]
