"""How the lists of places and assets are narrowed to what stands behind a figure of a report."""

from django.contrib import admin
from django.db.models import F, Q

from balikpapan.audit.years import YearFilter, last_complete_year, year_in

from .choices import ChamberPurpose, Condition
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


class LyingFilter(admin.SimpleListFilter):
    """The deposits of which something is still there, or nothing any more."""

    title = "sisa barang"
    parameter_name = "sisa"

    def lookups(self, request, model_admin):
        return [("ada", "masih ada"), ("habis", "sudah habis")]

    def queryset(self, request, queryset):
        if self.value() == "ada":
            return queryset.filter(kg_left__gt=0)
        return queryset.filter(kg_left__lte=0) if self.value() == "habis" else queryset


class PaidFilter(admin.SimpleListFilter):
    """The bills nobody has paid, those that were paid, and the cancelled ones."""

    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request, model_admin):
        return [("terutang", "belum dibayar"), ("lunas", "dibayar"), ("batal", "dibatalkan")]

    def queryset(self, request, queryset):
        conditions = {
            "terutang": Q(cancelled_on=None, paid_on=None),
            "lunas": Q(cancelled_on=None, paid_on__isnull=False),
            "batal": Q(cancelled_on__isnull=False),
        }
        chosen = conditions.get(self.value())
        return queryset if chosen is None else queryset.filter(chosen)


class OutOfBoundsFilter(admin.SimpleListFilter):
    """The temperatures warmer or colder than the thresholds of their chamber."""

    title = "batas suhu"
    parameter_name = "batas"

    def lookups(self, request, model_admin):
        return [("luar", "di luar batas")]

    def queryset(self, request, queryset):
        if self.value() != "luar":
            return queryset
        too_warm = Q(degrees__gt=F("chamber__temperature_max"))
        return queryset.filter(too_warm | Q(degrees__lt=F("chamber__temperature_min")))


def purposes(chamber: str) -> tuple[tuple[Q, str], ...]:
    """What chilled and frozen goods are told apart by, which are never added up together.

    ``chamber`` is the path to the chamber.
    """
    return tuple(
        (Q(**{f"{chamber}__purpose": value}), label) for value, label in ChamberPurpose.choices
    )
