"""What the office did for businesses, in the admin."""

from django.contrib import admin

from balikpapan.audit.admin import RecordAdmin
from balikpapan.audit.inlines import RecordInline
from balikpapan.intake.admin import SheetAdmin
from balikpapan.lists.totals import ColumnTotal, ListTotals

from ..filters import BudgetYearFilter
from ..models import Participation, Programme
from ..resources import ProgrammeResource
from .amounts import rupiah


class ParticipationInline(RecordInline):
    model = Participation
    fields = ["business", "person", "result"]
    autocomplete_fields = ["business"]


@admin.register(Programme)
class ProgrammeAdmin(SheetAdmin, RecordAdmin):
    resource_classes = [ProgrammeResource]
    list_display = ["name", "kind", "year", "start_on", "place", "money"]
    totals = ListTotals((ColumnTotal("money", "budget", rupiah),))
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
