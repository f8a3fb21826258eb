"""What the reports need of the IKM and do not have: how often, what filling it brings, which IKM.

Whether a record is complete is the one rule of ``models.counting``; what a year's report lacks
is told by the figures it prints (``figures``). Nothing here counts by a rule of its own.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from balikpapan.reports.links import list_of
from balikpapan.spreadsheets.cells import format_decimal, format_whole

from .choices import YEARLY_REASONS, BusinessStatus, WorkReason
from .figures import HEADLINES
from .models import Business, BusinessYear, Certificate
from .models.business_queries import BusinessQuerySet
from .models.certificate import DAYS_AHEAD
from .models.counting import NEEDED, needed_field

#: Field -> the condition of ``NEEDED`` under which a record lacks it.
LOOKUPS = {needed_field(label): lookup for label, lookup in NEEDED.items()}


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that some IKM lack; ``effect`` is a sentence about what filling it changes."""

    reason: WorkReason
    year: int | None
    count: int
    effect: str

    @property
    def label(self) -> str:
        """What is missing, such as "Tenaga kerja 2025"."""
        return f"{self.reason.label} {self.year}" if self.year else self.reason.label

    @property
    def value(self) -> str:
        """What the filter of the list is asked for: "phone", "workers_total.2025"."""
        return f"{self.reason.value}.{self.year}" if self.year else self.reason.value

    @property
    def link(self) -> str:
        """The list of the IKM that lack it."""
        return list_of(Business, kurang=self.value)


def lacking_of(
    businesses: BusinessQuerySet, reason: str, year: int | None, today: datetime.date
) -> BusinessQuerySet:
    """Those of the kept businesses that are worked on for a reason; of none without its year."""
    candidates = businesses.kept()
    if reason in LOOKUPS:
        return candidates.filter(**LOOKUPS[reason])
    if reason in YEARLY_REASONS:
        if year is None:
            return candidates.none()
        given = BusinessYear.objects.kept().filter(year=year).exclude(**{reason: None})
        return candidates.counting_in(year).exclude(pk__in=given.values("business"))
    if reason == WorkReason.UNVERIFIED:
        return candidates.filter(status=BusinessStatus.UNVERIFIED)
    if reason == WorkReason.DOUBLE:
        return candidates.likely_doubles()
    certificates = {
        WorkReason.ISSUED: Certificate.objects.undated,
        WorkReason.EXPIRING: lambda: Certificate.objects.ended_by(until(today)),
    }
    if reason not in certificates:
        return candidates.none()
    return candidates.filter(pk__in=certificates[reason]().values("business"))


def until(today: datetime.date) -> datetime.date:
    """The day up to which an end counts as soon."""
    return today + datetime.timedelta(days=DAYS_AHEAD)


def gaps_of(year: int, today: datetime.date) -> list[Gap]:
    """Everything some IKM lack: of their records, of the figures of ``year``, of certificates."""
    return [*record_gaps(), *figure_gaps(year), *certificate_gaps(today)]


def record_gaps() -> list[Gap]:
    """What records lack to be complete, and how far completeness rises once it is filled in."""
    sums = Business.objects.count_by_lacking()
    total, complete = sum(sums.values()), sums.get(0, 0)
    gaps = []
    for place, label in enumerate(NEEDED):
        count = sum(number for lacks, number in sums.items() if lacks & 1 << place)
        alone = sums.get(1 << place, 0)
        effect = _completeness(label, count, alone, (complete, total)) if count else ""
        gaps.append(Gap(WorkReason(needed_field(label)), None, count, effect))
    return gaps


def _completeness(label, count, alone, shares):
    """``alone`` of ``count`` records lack nothing else, so that filling them completes them."""
    complete, total = shares
    name = label if label.isupper() else label.lower()
    if not alone:
        return f"Usaha tanpa {name} juga kurang data lain, jadi kelengkapan naik setelah keduanya terisi."
    rise = f"{_percent(complete, total)} → {_percent(complete + alone, total)}%"
    sentence = f"{format_whole(alone)} {name} menaikkan kelengkapan {rise}."
    others = count - alone
    return (
        f"{sentence} {format_whole(others)} lainnya juga kurang data lain." if others else sentence
    )


def figure_gaps(year: int) -> list[Gap]:
    """What the figures of ``year`` lack of the IKM that count in it."""
    sums = Business.objects.figures_in(year, HEADLINES)
    units = sums["units"]
    gaps = []
    for figure in HEADLINES:
        reports = sums[figure.reports]
        count = units - reports
        rise = f"{_percent(reports, units)} → 100%" if units else ""
        effect = f"{format_whole(count)} {figure.name.lower()} menaikkan pelaporan {year} {rise}."
        gaps.append(Gap(WorkReason(figure.field), year, count, effect if count else ""))
    return gaps


def certificate_gaps(today: datetime.date) -> list[Gap]:
    """What certificates lack, or soon will."""
    effects = {
        WorkReason.ISSUED: "Sertifikat tanpa tanggal terbit tidak terhitung terbit pada tahun mana pun.",
        WorkReason.EXPIRING: f"Masa berlakunya sudah habis atau habis dalam {DAYS_AHEAD} hari.",
    }
    gaps = []
    for reason, effect in effects.items():
        count = lacking_of(Business.objects.all(), reason, None, today).count()
        gaps.append(Gap(reason, None, count, effect if count else ""))
    return gaps


def _percent(part: int, whole: int) -> str:
    """A share in percent, rounded as on the first page, to at most one decimal."""
    return format_decimal(Decimal((part * 2000 + whole) // (whole * 2)) / 10)
