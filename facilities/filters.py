"""How the lists of places and assets are narrowed to what stands behind a figure of a report."""

from django.contrib import admin

from balikpapan.audit.years import YearFilter, last_complete_year, year_in

from .choices import Condition
from .models import Asset, Chamber, ConditionCheck


class StorageFilter(YearFilter):
    """The places that had a cold storage chamber by the end of a year."""

    title = "punya ruang cold storage pada"
    parameter_name = "penyimpanan"

    def of_year(self, queryset, year):
        return queryset.filter(pk__in=Chamber.objects.standing_in(year).values("facility"))


class HeldFilter(YearFilter):
    """The assets acquired by 31 December of a year."""

    title = "posisi 31 Desember"
    parameter_name = "posisi"

    def of_year(self, queryset, year):
        return queryset.filter(pk__in=Asset.objects.held_in(year).values("pk"))


class ConditionFilter(admin.SimpleListFilter):
    """The condition last found by the end of the position's year, else of the last complete one."""

    title = "kondisi terakhir"
    parameter_name = "kondisi"

    def __init__(self, request, params, model, model_admin):
        asked = request.GET.get(HeldFilter.parameter_name)
        self.year = year_in(asked) or last_complete_year()
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return Condition.choices

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        conditions = ConditionCheck.objects.last_in(self.year).items()
        return queryset.filter(pk__in=[pk for pk, value in conditions if value == self.value()])
