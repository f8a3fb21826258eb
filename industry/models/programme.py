"""What the office did for businesses: training, technology, market access, assistance."""

from django.db import models

from balikpapan.audit.constraints import in_order, not_blank, one_of, unique_among_kept, within
from balikpapan.audit.fields import BoundedCharField, NotesField, RupiahField, YearField
from balikpapan.audit.models import Record, RecordQuerySet

from ..choices import ProgrammeKind
from .business import Business


class ProgrammeQuerySet(RecordQuerySet):
    def of_year(self, year):
        """The activities of one budget year, each with its ``participants`` and their IKM."""
        participation = models.Q(participations__archived_at=None)
        business = participation & models.Q(participations__business__archived_at=None)
        return (
            self.kept()
            .filter(year=year)
            .annotate(
                participants=models.Count("participations", filter=participation),
                businesses=models.Count("participations__business", filter=business, distinct=True),
            )
        )


class Programme(Record):
    """One activity of one budget year."""

    year = YearField("tahun anggaran")
    kind = BoundedCharField("jenis", max_length=12, choices=ProgrammeKind)
    name = BoundedCharField("nama kegiatan", max_length=200)
    start_on = models.DateField("mulai", null=True, blank=True)
    end_on = models.DateField("selesai", null=True, blank=True)
    place = BoundedCharField("tempat", max_length=200, blank=True)
    budget = RupiahField("anggaran (Rp)", null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-year", "kind", "name"]
        verbose_name = verbose_name_plural = "kegiatan pembinaan"
        constraints = [
            not_blank("industry_programme_name_given", "name", "Isi nama kegiatan."),
            unique_among_kept(
                "industry_programme_once",
                "year",
                "kind",
                "name",
                message="Kegiatan ini sudah tercatat pada tahun itu.",
            ),
            *within("industry_programme", YearField, "year"),
            *within("industry_programme", RupiahField, "budget"),
            in_order(
                "industry_programme_dates_order",
                "start_on",
                "end_on",
                "Kegiatan selesai sebelum mulai. Periksa kedua tanggal itu.",
            ),
            one_of("industry_programme_kind_known", "kind", ProgrammeKind.values),
        ]

    def __str__(self):
        return f"{self.name} ({self.year})"


class ParticipationQuerySet(RecordQuerySet):
    def reached_by_year(self, years):
        """How many took part in the activities of each year, by year; without those of none."""
        participations = self.kept().filter(programme__year__in=years, programme__archived_at=None)
        counts = participations.order_by().values_list("programme__year")
        return dict(counts.annotate(models.Count("pk")))

    def reached_in(self, year):
        """How many took part in the activities of ``year`` and how many different IKM."""
        participations = self.kept().filter(programme__year=year, programme__archived_at=None)
        return participations.aggregate(
            participants=models.Count("pk"),
            businesses=models.Count(
                "business", filter=models.Q(business__archived_at=None), distinct=True
            ),
        )


class Participation(Record):
    """One business, or one person of it, that took part in an activity."""

    identifying_fields = ("person",)

    programme = models.ForeignKey(
        Programme, models.PROTECT, verbose_name="kegiatan", related_name="participations"
    )
    business = models.ForeignKey(
        Business,
        models.PROTECT,
        verbose_name="usaha IKM",
        related_name="participations",
        null=True,
        blank=True,
    )
    person = BoundedCharField("nama peserta", max_length=200, blank=True)
    result = NotesField("hasil", max_length=500)

    objects = ParticipationQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["programme", "id"]
        verbose_name = verbose_name_plural = "peserta pembinaan"
        constraints = [
            models.CheckConstraint(
                name="industry_participation_someone",
                condition=models.Q(business__isnull=False) | ~models.Q(person=""),
                violation_error_message="Pilih usaha IKM atau isi nama peserta.",
            ),
            unique_among_kept(
                "industry_participation_once",
                "programme",
                "business",
                "person",
                message="Peserta ini sudah tercatat pada kegiatan itu.",
            ),
        ]

    def __str__(self):
        return self.person or str(self.business or "–")
