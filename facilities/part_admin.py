"""Records edited within the form of another: alone they have a form and a history, and no menu."""

from django.contrib import admin

from balikpapan.audit.admin import RecordAdmin

from .models import Chamber, ConditionCheck


class PartAdmin(RecordAdmin):
    """A part of another record; its history leads back from any of its versions."""

    def has_module_permission(self, request):
        return False


@admin.register(Chamber)
class ChamberAdmin(PartAdmin):
    list_display = ["facility", "name", "purpose", "capacity_ton"]
    search_fields = ["name", "facility__name"]
    list_select_related = ["facility"]


@admin.register(ConditionCheck)
class ConditionCheckAdmin(PartAdmin):
    list_display = ["asset", "checked_on", "condition", "checked_by"]
    search_fields = ["asset__name", "asset__item_code", "checked_by"]
    list_select_related = ["asset"]
    autocomplete_fields = ["asset"]
