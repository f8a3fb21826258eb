"""Which IKM a table speaks of: all of the city, or those of one place, kelompok, scale, status."""

from dataclasses import dataclass

from balikpapan.regions.models import Kecamatan

from ..choices import BusinessStatus
from ..models import Business, BusinessYear, IndustryGroup, ScaleRule

#: What stands for a scale that cannot be told, in addresses and forms.
UNDETERMINED = "belum"


@dataclass(frozen=True, slots=True)
class Selection:
    """A choice of IKM; whatever is left out does not narrow it."""

    kecamatan: Kecamatan | None = None
    group: IndustryGroup | None = None
    scale: str = ""
    status: str = ""

    def __bool__(self) -> bool:
        return bool(self.kecamatan or self.group or self.scale or self.status)

    def narrow(self, businesses, year: int):
        """The chosen ones of a queryset of businesses; the scale is the one of ``year``."""
        if self.kecamatan:
            businesses = businesses.with_district().filter(district=self.kecamatan.pk)
        if self.group:
            businesses = businesses.filter(group=self.group)
        if self.status:
            businesses = businesses.filter(status=self.status)
        if self.scale:
            businesses = of_scale(businesses, ScaleRule.Kind.SCALE, self.scale, year)
        return businesses

    def businesses(self, year: int):
        """The chosen ones of the whole register."""
        return self.narrow(Business.objects.all(), year)

    def lookups(self, year: int) -> dict[str, object]:
        """The choice as parameters of the list of IKM; the scale is the one of ``year``."""
        chosen = {
            "kecamatan__id__exact": self.kecamatan and self.kecamatan.pk,
            "group__id__exact": self.group and self.group.pk,
            "status__exact": self.status,
            "skala": self.scale and f"{self.scale}.{year}",
        }
        return {name: value for name, value in chosen.items() if value}

    def words(self, year: int) -> list[str]:
        """The choice in words, for the line under a title; nothing where all IKM are meant."""
        parts = []
        if self.kecamatan:
            parts.append(f"Kecamatan {self.kecamatan.name}")
        if self.group:
            parts.append(f"Kelompok {self.group.name}")
        if self.scale:
            parts.append(f"Skala {scale_labels(ScaleRule.Kind.SCALE, year)[self.scale].lower()}")
        if self.status:
            parts.append(f"Status {BusinessStatus(self.status).label.lower()}")
        return ["; ".join(parts)] if parts else []


EVERYTHING = Selection()


def of_scale(businesses, kind: str, scale: str, year: int):
    """The businesses whose figures of ``year`` give this result under the rule of that year."""
    reported = BusinessYear.objects.kept().filter(year=year).with_scale(kind, year)
    if scale == UNDETERMINED:
        return businesses.exclude(pk__in=reported.exclude(scale=None).values("business"))
    return businesses.filter(pk__in=reported.filter(scale=scale).values("business"))


def scale_labels(kind: str, year: int) -> dict[str, str]:
    """Every result of the rule in force and how it is called, the open one last."""
    labels: dict[str, str] = {}
    for rule in ScaleRule.objects.lines_by_year(kind, [year])[year]:
        labels.setdefault(rule.result, rule.label)
    return {**labels, UNDETERMINED: "Belum dapat ditentukan"}
