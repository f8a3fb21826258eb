"""The industry sector's own-source revenue (PAD), row by row."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from balikpapan.audit.constraints import UniqueAmongKept, not_blank, one_of, within
from balikpapan.audit.fields import BoundedCharField, NotesField, RupiahField, YearField
from balikpapan.audit.models import Record
from balikpapan.audit.record_faults import future_faults, future_month_faults
from facilities.choices import Month
from facilities.models import Facility

from ..choices import BudgetStage, FigureStatus
from .revenue_queries import RevenueQuerySet
from .revenue_sources import (
    KEY_LENGTH,
    RevenueAccount,
    RevenueSource,
    RevenueSources,
    SourceKeyField,
)


class Revenue(Record):
    """PAD of one source: a whole year as one figure, or one month of it."""

    year_field = "year"
    past_fields = ("as_of",)
    fault_fields = ("year", "month", "realised")

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
    #: The source the row speaks of, however it is written; see ``RevenueSource``.
    source_key = SourceKeyField("kunci sumber", max_length=KEY_LENGTH, editable=False, blank=True)
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
            not_blank("industry_revenue_key_given", "source_key", "Isi sumber penerimaan."),
            *within("industry_revenue", YearField, "year"),
            *within("industry_revenue", (1, 12), "month"),
            *within("industry_revenue", RupiahField, "target", "realised"),
            one_of("industry_revenue_stage_known", "stage", BudgetStage.values),
            one_of("industry_revenue_status_known", "status", FigureStatus.values),
            UniqueAmongKept(
                F("year"),
                Coalesce("month", 0),
                F("source_key"),
                F("stage"),
                name="industry_revenue_once",
                condition=Q(archived_at=None),
                violation_error_message=(
                    "PAD dengan tahun, bulan, sumber, dan tahapan ini sudah tercatat."
                ),
            ),
        ]

    def __str__(self):
        period = f"{self.get_month_display()} {self.year}" if self.month else self.year
        return f"{self.source_name} {period}"

    @classmethod
    def faults(cls, values):
        # A target is set ahead; what was received is not.
        if values.get("realised") is not None:
            yield from future_faults(cls, values, ("year",))
            yield from future_month_faults(values)

    def clean(self):
        super().clean()
        self.resolve_source()
        clash = self.clash_of_periods()
        if clash:
            raise ValidationError({"month": clash})

    def resolve_source(self):
        """Finds the source by name or account; ValidationError where it may be another one."""
        sources = sources_at_hand()
        match = sources.match(self.source_name, self.account_id)
        if match.source:
            self.source_key = match.source.key
        elif not match.candidates:
            code = self.account.code if self.account_id else ""
            self.source_key = sources.new(self.source_name, self.account_id, code).key
        elif not self._is_stored_as_it_is():
            raise ValidationError({"source_name": doubtful_source(match.candidates)})

    def _is_stored_as_it_is(self):
        """Whether the row already has its source, and its name and account still say so."""
        stored = Revenue.objects.filter(pk=self.pk, source_name=self.source_name)
        return bool(self.pk) and stored.filter(account=self.account_id).exists()

    def clash_of_periods(self):
        """What would be counted twice, in words; None where nothing would."""
        if self.archived_at:
            return None
        others = Revenue.objects.kept().filter(year=self.year, source_key=self.source_key)
        others = others.exclude(pk=self.pk).filter(month__isnull=self.month is not None)
        for name in AMOUNTS:
            if getattr(self, name) is not None and others.filter(**{f"{name}__isnull": False}):
                return period_clash(name, monthly=self.month is not None)
        return None


def sources_at_hand() -> RevenueSources:
    """The sources on record, and those that only rows speak of."""
    sources = RevenueSources(RevenueSource.objects.kept().select_related("account"))
    columns = ("source_key", "source_name", "account_id")
    named = Revenue.objects.kept().order_by(*columns).values_list(*columns).distinct()
    unrecorded: dict[str, RevenueSource] = {}
    for key, name, account in named:
        if key in sources:
            continue
        source = unrecorded.setdefault(key, RevenueSource(name=name, account_id=account, key=key))
        source.account_id = source.account_id or account
    for source in unrecorded.values():
        sources.add(source)
    return sources


def doubtful_source(candidates) -> str:
    """Why a row's source cannot be told, and what to do about it."""
    named = ", ".join(
        f"«{source.name}»" + (f" ({source.account.code})" if source.account_id else "")
        for source in candidates[:3]
    )
    return (
        f"Mungkin sama dengan sumber {named}. Bila sama, tulis seperti itu atau tambahkan nama ini "
        "sebagai nama lain sumber itu; bila berbeda, catat dahulu sebagai sumber PAD baru."
    )


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
