"""The industry sector's own-source revenue (PAD) and the figures once published."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from balikpapan.audit.fields import (
    BoundedCharField,
    MeasureField,
    NotesField,
    RupiahField,
    YearField,
)
from balikpapan.audit.models import Record, RecordQuerySet
from balikpapan.audit.shapes import OnceKept, not_blank, once, one_of, within

from ..choices import BudgetStage, FigureStatus, Month


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
            once("industry_revenueaccount_code_once", "code", message="Kode ini sudah ada."),
            not_blank("industry_revenueaccount_code_given", "code", "Isi kode rekening."),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"


class RevenueQuerySet(RecordQuerySet):
    def in_force(self):
        """Per year, month, account and source only the row of the latest budget stage."""
        rank = stage_rank("stage")
        later = (
            Revenue.objects.kept()
            .filter(
                year=models.OuterRef("year"),
                source_name=models.OuterRef("source_name"),
            )
            .annotate(
                month_key=Coalesce("month", 0),
                account_key=Coalesce("account_id", 0),
                rank=rank,
            )
            .filter(
                month_key=Coalesce(models.OuterRef("month"), 0),
                account_key=Coalesce(models.OuterRef("account_id"), 0),
                rank__gt=models.OuterRef("own_rank"),
            )
        )
        return self.kept().annotate(own_rank=stage_rank("stage")).filter(~models.Exists(later))

    def counting(self):
        """The rows table 9 adds up: published ones only in years with no other realised row."""
        measured = (
            Revenue.objects.kept()
            .filter(year=models.OuterRef("year"), realised__isnull=False)
            .exclude(status=FigureStatus.PUBLISHED)
        )
        return self.in_force().filter(~Q(status=FigureStatus.PUBLISHED) | ~models.Exists(measured))

    def by_year(self):
        """Year, target and realisation: one row per year, NULL where nothing is known."""
        return (
            self.counting()
            .order_by("year")
            .values("year")
            .annotate(target_sum=models.Sum("target"), realised_sum=models.Sum("realised"))
        )

    def by_source(self, year):
        """Source, target and realisation of one year."""
        return (
            self.counting()
            .filter(year=year)
            .order_by("source_name")
            .values("source_name")
            .annotate(target_sum=models.Sum("target"), realised_sum=models.Sum("realised"))
        )


def stage_rank(field):
    """The order of budget stages: a later one replaces an earlier one."""
    return models.Case(
        *[
            models.When(**{field: stage}, then=models.Value(rank))
            for rank, stage in enumerate(BudgetStage.values)
        ],
        output_field=models.IntegerField(),
    )


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
            OnceKept(
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
        return f"{self.source_name} {self.year}"

    def clean(self):
        super().clean()
        clash = self.clash_of_periods()
        if clash:
            raise ValidationError({"month": clash})

    def clash_of_periods(self):
        """A year is entered monthly or as one figure per source, never both."""
        others = Revenue.objects.kept().filter(year=self.year, source_name=self.source_name)
        others = others.exclude(pk=self.pk).filter(realised__isnull=False)
        if self.realised is None or self.archived_at:
            return None
        if self.month is None and others.filter(month__isnull=False).exists():
            return (
                "Realisasi sumber ini sudah dicatat per bulan. Baris setahun hanya boleh "
                "memuat target."
            )
        if self.month is not None and others.filter(month__isnull=True).exists():
            return (
                "Realisasi sumber ini sudah dicatat untuk setahun penuh. Hapus realisasi itu "
                "lebih dahulu, atau isi tanpa bulan."
            )
        return None


class PublishedFigure(Record):
    """A number the office once published, kept beside what the registers count."""

    indicator = BoundedCharField("indikator", max_length=100)
    year = YearField("tahun")
    value = MeasureField("nilai", max_digits=18, decimal_places=2, high=10**15)
    unit = BoundedCharField("satuan", max_length=30)
    as_of = models.DateField("per tanggal", null=True, blank=True)
    basis = BoundedCharField("dasar", max_length=200, blank=True)
    source = BoundedCharField("sumber", max_length=200, blank=True)

    class Meta(Record.Meta):
        ordering = ["-year", "indicator"]
        verbose_name = verbose_name_plural = "angka publikasi"
        constraints = [
            *within("industry_publishedfigure", YearField, "year"),
            *within("industry_publishedfigure", (0, 10**15), "value"),
            once(
                "industry_publishedfigure_once",
                "indicator",
                "year",
                "as_of",
                message="Angka publikasi ini sudah tercatat.",
            ),
        ]

    def __str__(self):
        return f"{self.indicator} {self.year}"
