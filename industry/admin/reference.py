"""The lists other industry records choose from, in the admin."""

from django.contrib import admin

from balikpapan.audit.admin import RecordAdmin
from balikpapan.intake.admin import SheetAdmin

from ..models import IndustryGroup, Kbli, ProductUnit, ScaleRule
from ..resources import KbliResource


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
    search_fields = ["label", "legal_basis"]
    list_filter = ["kind"]
