"""How the lists are narrowed to what stands behind a figure of a report."""

from django.contrib import admin
from django.utils import timezone

from balikpapan.audit.years import YearFilter, last_complete_year, year_in
from balikpapan.regions.models import Kecamatan

from .choices import YEARLY_REASONS, WorkReason
from .gaps import lacking_of
from .models import Business, Certificate, Kbli, Participation, Programme, Revenue, ScaleRule
from .reports.selection import of_scale, scale_labels

PROGRAMMES_OFFERED = 10


class BusinessFilter(admin.SimpleListFilter):
    """A question about businesses, asked of their own list or of the list of their figures.

    Each question has its ``narrow(businesses, value, request)``.
    """

    def has_output(self):
        """Django overlooks a question without choices; one that is asked is answered all the same."""
        return super().has_output() or self.value() is not None

    def queryset(self, request, queryset):
        value = self.value()
        if value is None:
            return queryset
        if queryset.model is Business:
            return self.narrow(queryset, value, request)
        return queryset.filter(business__in=self.narrow(Business.objects.all(), value, request))


class YearChoice(BusinessFilter, YearFilter):
    """A question about one year; each has its ``of_year(businesses, year)``."""

    def narrow(self, businesses, value, request):
        year = year_in(value)
        return businesses.none() if year is None else self.of_year(businesses, year)


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


class EndedFilter(YearChoice):
    """The IKM that closed or moved away in a year."""

    title = "IKM tutup tahun"
    parameter_name = "tutup"

    def of_year(self, businesses, year):
        return businesses.ended_in(year)


class DistrictFilter(BusinessFilter):
    """The kecamatan of the IKM; where the kelurahan is known, that decides, as in the reports."""

    title = "kecamatan"
    parameter_name = "kecamatan__id__exact"

    def lookups(self, request, model_admin):
        return [(str(place.pk), place.name) for place in Kecamatan.objects.kept()]

    def narrow(self, businesses, value, request):
        if not value.isascii() or not value.isdigit():
            return businesses.none()
        return businesses.with_district().filter(district=int(value))


class OwnerDistrictFilter(DistrictFilter):
    """The kecamatan of the IKM a record belongs to."""

    parameter_name = f"business__{DistrictFilter.parameter_name}"


class UncountedFilter(BusinessFilter):
    """The IKM on record that do not count at the end of a year, by the reason."""

    title = "tidak terhitung karena"
    parameter_name = "tidak_terhitung"
    reasons = {
        "tanpa-tahun": "tahun pertamanya tidak diketahui",
        "sesudah": "mulai sesudah {}",
        "tutup": "tutup atau pindah sampai {}",
        "besar": "industri besar tahun {}",
    }

    def lookups(self, request, model_admin):
        year = last_complete_year()
        return [(f"{name}.{year}", words.format(year)) for name, words in self.reasons.items()]

    def narrow(self, businesses, value, request):
        reason, _, year = value.partition(".")
        year = year_in(year)
        if year is None or reason not in self.reasons:
            return businesses.none()
        return businesses.not_counting(year, reason)


class ProgrammeFilter(BusinessFilter):
    """The IKM that took part in one activity, asked for by the number of its record."""

    title = "kegiatan pembinaan"
    parameter_name = "kegiatan"

    def lookups(self, request, model_admin):
        recent = Programme.objects.kept().order_by("-year", "name")[:PROGRAMMES_OFFERED]
        return [(str(programme.pk), str(programme)) for programme in recent]

    def narrow(self, businesses, value, request):
        if not value.isascii() or not value.isdigit():
            return businesses.none()
        part = Participation.objects.kept().filter(programme=int(value))
        return businesses.filter(pk__in=part.exclude(business=None).values("business"))


class CompleteFilter(BusinessFilter):
    """The records that lack nothing the yearly book needs."""

    title = "kelengkapan"
    parameter_name = "lengkap"

    def lookups(self, request, model_admin):
        return [("ya", "Lengkap"), ("belum", "Belum lengkap")]

    def narrow(self, businesses, value, request):
        return businesses.filter(lacking=0) if value == "ya" else businesses.exclude(lacking=0)


class GapFilter(BusinessFilter):
    """The IKM that lack one thing, the figures of one year, or whose certificate ends soon."""

    title = "data yang kurang"
    parameter_name = "kurang"

    def lookups(self, request, model_admin):
        year = last_complete_year()
        return [
            (f"{reason}.{year}", f"{label} {year}") if reason in YEARLY_REASONS else (reason, label)
            for reason, label in WorkReason.choices
        ]

    def narrow(self, businesses, value, request):
        reason, _, year = value.partition(".")
        return lacking_of(businesses, reason, year_in(year), timezone.localdate())


class DoublesFilter(BusinessFilter):
    """The IKM that may be recorded twice."""

    title = "kemungkinan ganda"
    parameter_name = "ganda"

    def lookups(self, request, model_admin):
        return [("ya", "Mungkin tercatat ganda")]

    def narrow(self, businesses, value, request):
        return businesses.likely_doubles()


class ScaleFilter(BusinessFilter):
    """The scale the IKM had in a year: the one named with it (``small.2024``), else the year of
    the position, else the last complete one."""

    title = "skala industri"
    parameter_name = "skala"
    kind = ScaleRule.Kind.SCALE

    def __init__(self, request, params, model, model_admin):
        named = year_in(request.GET.get(self.parameter_name, "").partition(".")[2])
        asked = request.GET.get(PositionFilter.parameter_name)
        self.year = named or year_in(asked) or last_complete_year()
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        labels = scale_labels(self.kind, self.year)
        return [(f"{scale}.{self.year}", label) for scale, label in labels.items()]

    def narrow(self, businesses, value, request):
        return of_scale(businesses, self.kind, value.partition(".")[0], self.year)


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


class CertificateQuestion(YearFilter):
    """One of the counts of table 7, asked of the certificates themselves."""

    question = ""

    def of_year(self, queryset, year):
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


class BudgetYearFilter(YearFilter):
    """Who took part in the activities that count for a budget year."""

    title = "tahun anggaran"
    parameter_name = "tahun"

    def of_year(self, queryset, year):
        return queryset.filter(programme__year=year, programme__archived_at=None)


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
