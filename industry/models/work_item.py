"""Work on the data of one IKM: what is missing or due, who sees to it, until when."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from balikpapan.audit.constraints import one_of, unique_among_kept, within
from balikpapan.audit.fields import BoundedCharField, NotesField, YearField
from balikpapan.audit.models import Record

from ..choices import YEARLY_REASONS, WorkReason
from .business import Business

ONCE = "Pekerjaan ini sudah ditugaskan untuk usaha itu. Ubah tugas yang sudah ada."


class WorkItem(Record):
    """One piece of work on one IKM; it ends by itself once the data are there."""

    past_fields = ("done_on",)

    business = models.ForeignKey(
        Business, models.PROTECT, verbose_name="usaha IKM", related_name="work_items"
    )
    reason = BoundedCharField("pekerjaan", max_length=20, choices=WorkReason)
    year = YearField(
        "tahun data",
        null=True,
        blank=True,
        help_text="Hanya untuk tenaga kerja, nilai investasi, dan nilai produksi.",
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="petugas",
        related_name="work_items",
    )
    due_on = models.DateField("tenggat")
    done_on = models.DateField(
        "selesai pada",
        null=True,
        blank=True,
        help_text="Selesai sendiri begitu datanya ada; isi bila datanya memang tidak akan ada.",
    )
    notes = NotesField("catatan")

    class Meta(Record.Meta):
        ordering = ["due_on", "id"]
        verbose_name = verbose_name_plural = "tugas"
        constraints = [
            one_of("industry_workitem_reason_known", "reason", WorkReason.values),
            *within("industry_workitem", YearField, "year"),
            models.CheckConstraint(
                name="industry_workitem_year_of_figures",
                condition=Q(reason__in=YEARLY_REASONS, year__isnull=False)
                | (~Q(reason__in=YEARLY_REASONS) & Q(year=None)),
                violation_error_message="Isi tahun data untuk tenaga kerja, nilai investasi, dan "
                "nilai produksi; kosongkan untuk pekerjaan lain.",
            ),
            unique_among_kept(
                "industry_workitem_once_a_year",
                "business",
                "reason",
                "year",
                message=ONCE,
                condition=Q(year__isnull=False),
            ),
            unique_among_kept(
                "industry_workitem_once", "business", "reason", message=ONCE, condition=Q(year=None)
            ),
        ]

    def __str__(self):
        year = f" {self.year}" if self.year else ""
        return f"{self.get_reason_display()}{year}: {self.business}"
