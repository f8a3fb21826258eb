"""The dated rules that tell the scale of an industry and its UMKM class."""

import datetime

from django.db import models

from balikpapan.audit.constraints import in_order, unique_among_kept, within
from balikpapan.audit.fields import BoundedCharField, CountField, RupiahField
from balikpapan.audit.models import Record

from .reading import read_once


class ScaleRuleQuerySet(models.QuerySet):
    def in_force(self, kind, year):
        """The rows of one rule at the end of a year, in the order they are tried."""
        end = f"{year}-12-31"
        return (
            self.filter(kind=kind, valid_from__lte=end, archived_at=None)
            .filter(models.Q(valid_until=None) | models.Q(valid_until__gte=end))
            .order_by("position")
        )

    def lines_by_year(self, kind, years):
        """year -> the lines of one rule in force at its end, all from one query."""
        rules = self.filter(archived_at=None).order_by("position")
        lines = [line for line in read_once("rules", lambda: list(rules)) if line.kind == kind]
        ends = {year: datetime.date(year, 12, 31) for year in years}
        return {
            year: [
                line
                for line in lines
                if line.valid_from <= end and (line.valid_until is None or line.valid_until >= end)
            ]
            for year, end in ends.items()
        }


class ScaleRule(Record):
    """One line of a dated rule: who employs so many and invests so much is of this scale.

    The first line that fits decides; a business with a missing figure fits none. The UMKM class
    is told by yearly sales or by capital, so its lines have bounds for either.
    """

    class Kind(models.TextChoices):
        SCALE = "scale", "Skala industri"
        UMKM = "umkm", "Kelas UMKM"

    kind = BoundedCharField("jenis aturan", max_length=10, choices=Kind)
    position = CountField("urutan")
    result = BoundedCharField("hasil", max_length=20)
    label = BoundedCharField("sebutan", max_length=40)
    workers_min = CountField("tenaga kerja paling sedikit", null=True, blank=True)
    workers_max = CountField("tenaga kerja paling banyak", null=True, blank=True)
    investment_min = RupiahField("investasi paling sedikit (Rp)", null=True, blank=True)
    investment_max = RupiahField("investasi paling banyak (Rp)", null=True, blank=True)
    with_land_building = models.BooleanField(
        "investasi termasuk tanah dan bangunan",
        default=False,
        help_text="Dicentang bila batas investasi baris ini menghitung tanah dan bangunan.",
    )
    turnover_min = RupiahField("omzet paling sedikit (Rp)", null=True, blank=True)
    turnover_max = RupiahField("omzet paling banyak (Rp)", null=True, blank=True)
    legal_basis = BoundedCharField("dasar hukum", max_length=200)
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)

    objects = ScaleRuleQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["kind", "valid_from", "position"]
        verbose_name = verbose_name_plural = "aturan skala"
        constraints = [
            *within("industry_scalerule", CountField, "position", "workers_min", "workers_max"),
            *within(
                "industry_scalerule",
                RupiahField,
                "investment_min",
                "investment_max",
                "turnover_min",
                "turnover_max",
            ),
            in_order(
                "industry_scalerule_validity_order",
                "valid_from",
                "valid_until",
                "Masa berlaku berakhir sebelum mulai.",
            ),
            unique_among_kept(
                "industry_scalerule_once",
                "kind",
                "valid_from",
                "position",
                message="Urutan ini sudah dipakai dalam aturan yang sama.",
            ),
        ]

    def __str__(self):
        return f"{self.label} ({self.legal_basis})"

    def fits(self):
        """The condition on a year's figures under which this line of an industrial scale applies."""
        investment = WITH_LAND_BUILDING if self.with_land_building else "investment"
        return (
            between("workers_total", self.workers_min, self.workers_max)
            & between(investment, self.investment_min, self.investment_max)
            & models.Q(workers_total__isnull=False, investment__isnull=False)
        )

    def fits_by(self, figure):
        """The condition under which this line of a class applies, told by one figure alone."""
        bounds = {
            "investment": (self.investment_min, self.investment_max),
            "turnover": (self.turnover_min, self.turnover_max),
        }[figure]
        # A line without a bound for this figure says nothing of it.
        if bounds == (None, None):
            return models.Q(pk__in=[])
        return between(figure, *bounds) & models.Q(**{f"{figure}__isnull": False})


#: The alias under which investment and land and buildings are added up.
WITH_LAND_BUILDING = "whole_investment"


def between(name, low, high):
    """The condition that a figure lies within bounds, either of which may be open."""
    condition = models.Q()
    if low is not None:
        condition &= models.Q(**{f"{name}__gte": low})
    if high is not None:
        condition &= models.Q(**{f"{name}__lte": high})
    return condition
