"""How the lists are narrowed to what stands behind a figure of a report."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils import timezone

from .models import Business, Certificate, Kbli, Revenue, ScaleRule
from .reports.selection import of_scale, scale_labels

FIRST_YEAR, LAST_YEAR = 1900, 2100
YEARS_OFFERED = 5


def year_in(text: str | None) -> int | None:
    """The year somebody asked for, or None where it is no year."""
    if not text or not text.isascii() or not text.isdigit() or len(text) != 4:
        return None
    return int(text) if FIRST_YEAR <= int(text) <= LAST_YEAR else None


def last_complete_year() -> int:
    """The year before the current one."""
    return timezone.localdate().year - 1


class BusinessFilter(admin.SimpleListFilter):
    """A question about businesses, asked of their own list or of the list of their figures."""

    def queryset(self, request, queryset):
        value = self.value()
        if value is None:
            return queryset
        if queryset.model is Business:
            return self.narrow(queryset, value, request)
        return queryset.filter(business__in=self.narrow(Business.objects.all(), value, request))

    def narrow(self, businesses, value, request):
        """The businesses the value asks for."""
        raise NotImplementedError


def years_offered() -> list[tuple[str, str]]:
    """The choices of a question about one year; any other may be asked for in the address."""
    last = last_complete_year() + 1
    return [(str(year), str(year)) for year in range(last, last - YEARS_OFFERED, -1)]


class YearChoice(BusinessFilter):
    """A question about one year."""

    def lookups(self, request, model_admin):
        return years_offered()

    def narrow(self, businesses, value, request):
        year = year_in(value)
        return businesses.none() if year is None else self.of_year(businesses, year)

    def of_year(self, businesses, year):
        """The businesses of that year."""
        raise NotImplementedError


class PositionFilter(YearChoice):
    """The IKM that count on 31 December."""

    title = "posisi 31 Desember"
    parameter_name = "posisi"

    def of_year(self, businesses, year):
        return businesses.counting_in(year)


class BegunFilter(YearChoice):
    """The IKM whose first year it was."""

    title = "IKM baru tahun"
    parameter_name = "baru"

    def of_year(self, businesses, year):
        return businesses.new_in(year)


class CompleteFilter(BusinessFilter):
    """The records that lack nothing the yearly book needs."""

    title = "kelengkapan"
    parameter_name = "lengkap"

    def lookups(self, request, model_admin):
        return [("ya", "Lengkap"), ("belum", "Belum lengkap")]

    def narrow(self, businesses, value, request):
        return businesses.filter(lacking=0) if value == "ya" else businesses.exclude(lacking=0)


class NamesakeFilter(BusinessFilter):
    """The IKM that share name and owner with another kept one: perhaps recorded twice."""

    title = "kemungkinan ganda"
    parameter_name = "ganda"

    def lookups(self, request, model_admin):
        return [("ya", "Bernama dan berpemilik sama")]

    def narrow(self, businesses, value, request):
        others = Business.objects.kept().filter(
            name=OuterRef("name"), owner_name=OuterRef("owner_name")
        )
        shared = businesses.filter(archived_at=None).exclude(owner_name="")
        return shared.filter(Exists(others.exclude(pk=OuterRef("pk"))))


class ScaleFilter(BusinessFilter):
    """The scale the IKM had in the year of the position, else in the last complete year."""

    title = "skala industri"
    parameter_name = "skala"
    kind = ScaleRule.Kind.SCALE

    def __init__(self, request, params, model, model_admin):
        asked = request.GET.get(PositionFilter.parameter_name)
        self.year = year_in(asked) or last_complete_year()
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return list(scale_labels(self.kind, self.year).items())

    def narrow(self, businesses, value, request):
        return of_scale(businesses, self.kind, value, self.year)


class ClassFilter(ScaleFilter):
    """The UMKM class, told by the investment of the same year."""

    title = "kelas UMKM"
    parameter_name = "kelas"
    kind = ScaleRule.Kind.UMKM


class DivisionFilter(BusinessFilter):
    """The KBLI division, the first two digits of the code."""

    title = "golongan pokok KBLI"
    parameter_name = "golongan"

    def lookups(self, request, model_admin):
        titles = Kbli.objects.division_titles(Kbli.Version.V2020)
        return [(code, f"{code} {title}") for code, title in sorted(titles.items())]

    def narrow(self, businesses, value, request):
        return businesses.filter(kbli__code__startswith=value[:2])


class CertificateQuestion(admin.SimpleListFilter):
    """One of the counts of table 7, asked of the certificates themselves."""

    question = ""

    def lookups(self, request, model_admin):
        return years_offered()

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        year = year_in(self.value())
        if year is None:
            return queryset.none()
        answering = Certificate.objects.answering(self.question, self.reported(year))
        return queryset.filter(pk__in=answering.values("pk"))

    def reported(self, year):
        """The year of the report that asks it."""
        return year


class ValidFilter(CertificateQuestion):
    """Valid on 31 December."""

    title = "berlaku 31 Desember"
    parameter_name = "berlaku"
    question = "valid"


class IssuedFilter(CertificateQuestion):
    """Issued in the year."""

    title = "terbit tahun"
    parameter_name = "terbit"
    question = "issued"


class ExpiringFilter(CertificateQuestion):
    """Valid when the year began, ending in it."""

    title = "berakhir tahun"
    parameter_name = "berakhir"
    question = "expiring"

    def reported(self, year):
        return year - 1


class FacilitatedFilter(CertificateQuestion):
    """Facilitated by the office in the year."""

    title = "difasilitasi tahun"
    parameter_name = "difasilitasi"
    question = "facilitated"


class CountedFilter(admin.SimpleListFilter):
    """The PAD rows that reports add up: the latest stage, without what was only published."""

    title = "dihitung dalam laporan"
    parameter_name = "dihitung"

    def lookups(self, request, model_admin):
        return [("ya", "Ya")]

    def queryset(self, request, queryset):
        if self.value() != "ya":
            return queryset
        return queryset.filter(pk__in=Revenue.objects.counting().values("pk"))
