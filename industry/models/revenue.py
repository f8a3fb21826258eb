"""The industry sector's own-source revenue (PAD) and the figures once published."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from balikpapan.audit.constraints import (
    UniqueAmongKept,
    not_blank,
    one_of,
    unique_among_kept,
    within,
)
from balikpapan.audit.fields import (
    LARGEST_AMOUNT,
    BoundedCharField,
    MeasureField,
    NotesField,
    RupiahField,
    YearField,
)
from balikpapan.audit.models import Record, RecordQuerySet
from facilities.choices import Month
from facilities.models import Facility

from ..choices import BudgetStage, FigureStatus


class RevenueAccount(Record):
    """A *kode rekening* of the regional chart of accounts, such as 4.1.02.02.20."""

    code = BoundedCharField("kode rekening", max_length=20)
    name = BoundedCharField("nama rekening", max_length=200)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="rekening induk", null=True, blank=True
    )

    class Meta(Record.Meta):
        ordering = ["code"]
        verbose_name = verbose_name_plural = "rekening PAD"
        constraints = [
            unique_among_kept(
                "industry_revenueaccount_code_once", "code", message="Kode ini sudah ada."
            ),
            not_blank("industry_revenueaccount_code_given", "code", "Isi kode rekening."),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"


class RevenueQuerySet(RecordQuerySet):
    def counting(self):
        """The rows table 9 adds up, by ``counted_target`` and ``counted_realised``.

        Published rows count only in years that have no other realised row. Of the rows of one
        year, month, account and source that differ in their budget stage only the latest counts,
        figure by figure: a revised row that states a target but no realisation replaces the
        target and leaves the realisation of the earlier stage standing, for what has been paid
        does not become unknown by changing the budget.
        """
        later = (
            Revenue.objects.eligible()
            .alias(month_key=MONTH_KEY, account_key=ACCOUNT_KEY, rank=stage_rank())
            .filter(
                year=OuterRef("year"),
                month_key=OuterRef("own_month"),
                account_key=OuterRef("own_account"),
                source_name=OuterRef("source_name"),
                rank__gt=OuterRef("own_rank"),
            )
        )
        return (
            self.eligible()
            .alias(own_month=MONTH_KEY, own_account=ACCOUNT_KEY, own_rank=stage_rank())
            .annotate(
                counted_target=unless_replaced("target", later),
                counted_realised=unless_replaced("realised", later),
            )
            .filter(Q(counted_target__isnull=False) | Q(counted_realised__isnull=False))
        )

    def eligible(self):
        """The rows kept, without the published ones of years measured otherwise."""
        measured = Revenue.objects.measured().filter(year=OuterRef("year"))
        return self.kept().filter(~Q(status=FigureStatus.PUBLISHED) | ~Exists(measured))

    def measured(self):
        """The rows whose realisation comes from the office's own books."""
        return self.kept().filter(realised__isnull=False).exclude(status=FigureStatus.PUBLISHED)

    def published(self):
        """The rows as they once stood in the papers."""
        return self.kept().filter(status=FigureStatus.PUBLISHED)

    def by_year(self):
        """Year, target and realisation: one row per year, NULL where nothing is known.

        ``firmness`` is the place in ``FigureStatus`` of the least firm realisation added up.
        """
        firmness = models.Min(status_rank(), filter=Q(counted_realised__isnull=False))
        return (
            self.counting()
            .order_by("year")
            .values("year")
            .annotate(**REVENUE_SUMS, firmness=firmness)
        )

    def published_by_year(self):
        """What was once published of each year, and the latest day it speaks of."""
        return (
            self.published()
            .order_by("year")
            .values("year")
            .annotate(realised_sum=models.Sum("realised"), latest=models.Max("as_of"))
        )

    def measured_by_year(self):
        """What the office's own books say of each year, without anything published."""
        return (
            self.counting()
            .exclude(status=FigureStatus.PUBLISHED)
            .order_by("year")
            .values("year")
            .annotate(**REVENUE_SUMS)
        )

    def by_month(self, year):
        """Month, target and realisation of one year; a month of NULL is the year as one figure."""
        return (
            self.counting()
            .filter(year=year)
            .order_by("month")
            .values("month")
            .annotate(**REVENUE_SUMS)
        )

    def by_source(self, year):
        """Account, source, target and realisation of one year."""
        return (
            self.counting()
            .filter(year=year)
            .order_by("account__code", "source_name")
            .values("account__code", "source_name")
            .annotate(**REVENUE_SUMS)
        )


MONTH_KEY = Coalesce("month", 0)
ACCOUNT_KEY = Coalesce("account_id", 0)
REVENUE_SUMS = {
    "target_sum": models.Sum("counted_target"),
    "realised_sum": models.Sum("counted_realised"),
}


def stage_rank():
    """The order of budget stages: a later one replaces an earlier one."""
    return place_in(BudgetStage, "stage")


def status_rank():
    """The order of the statuses of a figure, from the least firm to the audited one."""
    return place_in(FigureStatus, "status")


def place_in(choices, field):
    """The place of a field's value in its list of choices."""
    return models.Case(
        *[
            models.When(**{field: value}, then=models.Value(place))
            for place, value in enumerate(choices.values)
        ],
        output_field=models.IntegerField(),
    )


def unless_replaced(field, later):
    """The figure, or NULL where a later budget stage states it too."""
    stated = later.filter(**{f"{field}__isnull": False})
    return models.Case(models.When(Exists(stated), then=None), default=F(field))


class Revenue(Record):
    """PAD of one source: a whole year as one figure, or one month of it."""

    year_field = "year"

    year = YearField("tahun")
    month = models.PositiveSmallIntegerField(
        "bulan",
        null=True,
        blank=True,
        choices=Month,
        help_text="Kosongkan bila angka ini untuk setahun penuh.",
    )
    account = models.ForeignKey(
        RevenueAccount, models.PROTECT, verbose_name="rekening", null=True, blank=True
    )
    source_name = BoundedCharField("sumber penerimaan", max_length=200)
    stage = BoundedCharField(
        "tahapan anggaran", max_length=10, choices=BudgetStage, default=BudgetStage.ORIGINAL
    )
    target = RupiahField("target (Rp)", null=True, blank=True)
    realised = RupiahField("realisasi (Rp)", null=True, blank=True)
    as_of = models.DateField("per tanggal", null=True, blank=True)
    status = BoundedCharField(
        "status angka", max_length=12, choices=FigureStatus, default=FigureStatus.PROVISIONAL
    )
    source = BoundedCharField("sumber data", max_length=200, blank=True)
    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="sarana", null=True, blank=True
    )
    notes = NotesField("catatan")

    objects = RevenueQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-year", "month", "source_name"]
        verbose_name = verbose_name_plural = "PAD"
        constraints = [
            not_blank("industry_revenue_source_given", "source_name", "Isi sumber penerimaan."),
            *within("industry_revenue", YearField, "year"),
            *within("industry_revenue", (1, 12), "month"),
            *within("industry_revenue", RupiahField, "target", "realised"),
            one_of("industry_revenue_stage_known", "stage", BudgetStage.values),
            one_of("industry_revenue_status_known", "status", FigureStatus.values),
            UniqueAmongKept(
                F("year"),
                Coalesce("month", 0),
                Coalesce("account", 0),
                F("source_name"),
                F("stage"),
                name="industry_revenue_once",
                condition=Q(archived_at=None),
                violation_error_message=(
                    "PAD dengan tahun, bulan, rekening, sumber, dan tahapan ini sudah tercatat."
                ),
            ),
        ]

    def __str__(self):
        period = f"{self.get_month_display()} {self.year}" if self.month else self.year
        return f"{self.source_name} {period}"

    def clean(self):
        super().clean()
        clash = self.clash_of_periods()
        if clash:
            raise ValidationError({"month": clash})

    def clash_of_periods(self):
        """What would be counted twice, in words; None where nothing would."""
        if self.archived_at:
            return None
        others = Revenue.objects.kept().filter(year=self.year, source_name=self.source_name)
        others = others.exclude(pk=self.pk).filter(month__isnull=self.month is not None)
        for name in AMOUNTS:
            if getattr(self, name) is not None and others.filter(**{f"{name}__isnull": False}):
                return period_clash(name, monthly=self.month is not None)
        return None


#: What a source states for its months or for the whole year, never for both.
AMOUNTS = ("target", "realised")


def period_clash(name: str, *, monthly: bool) -> str:
    """Why an amount of a month, or of the year, cannot stand beside the other kind."""
    label = "Target" if name == "target" else "Realisasi"
    if monthly:
        return (
            f"{label} sumber ini sudah dicatat untuk setahun penuh dan akan terhitung dua kali. "
            f"Kosongkan {label.lower()} bulan ini, atau hapus dahulu yang setahun penuh."
        )
    return (
        f"{label} sumber ini sudah dicatat per bulan dan akan terhitung dua kali. Kosongkan "
        f"{label.lower()} setahun penuh, atau hapus dahulu yang per bulan."
    )


class PublishedFigure(Record):
    """A number the office once published, kept beside what the registers count."""

    indicator = BoundedCharField("indikator", max_length=100)
    year = YearField("tahun")
    value = MeasureField("nilai", max_digits=18, decimal_places=2, high=LARGEST_AMOUNT)
    unit = BoundedCharField("satuan", max_length=30)
    as_of = models.DateField("per tanggal", null=True, blank=True)
    basis = BoundedCharField("dasar", max_length=200, blank=True)
    source = BoundedCharField("sumber", max_length=200, blank=True)

    class Meta(Record.Meta):
        ordering = ["-year", "indicator"]
        verbose_name = verbose_name_plural = "angka publikasi"
        constraints = [
            *within("industry_publishedfigure", YearField, "year"),
            *within("industry_publishedfigure", (0, LARGEST_AMOUNT), "value"),
            unique_among_kept(
                "industry_publishedfigure_once",
                "indicator",
                "year",
                "as_of",
                message="Angka publikasi ini sudah tercatat.",
            ),
        ]

    def __str__(self):
        return f"{self.indicator} {self.year}"
