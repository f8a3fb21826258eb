"""What the office owes the persons in its registers: their requests, and what was destroyed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from balikpapan.audit.fields import BoundedCharField

from .requests import SubjectRequest

__all__ = ["Destruction", "SubjectRequest"]


class Destruction(models.Model):
    """One destruction of everything personal about one person, asked by one and done by another.

    It names records and files by their numbers only, so that it tells nobody who the person was.
    """

    hint = BoundedCharField("NIK (disamarkan)", max_length=20)
    #: Kind of record -> numbers, as the trail names both.
    records = models.JSONField("catatan", default=dict)
    #: The SHA-256 of each uploaded workbook that names the person.
    files = models.JSONField("berkas unggahan", default=list)
    #: [kind, number, field] of each text about somebody else in which the NIK stands.
    mentions = models.JSONField("penyebutan", default=list)
    reason = BoundedCharField("alasan", max_length=200)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="diajukan oleh", related_name="+"
    )
    asked_at = models.DateTimeField("diajukan", default=timezone.now)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="disetujui oleh",
        null=True,
        blank=True,
        related_name="+",
    )
    done_at = models.DateTimeField("dimusnahkan", null=True, blank=True)
    #: How many records, changes and files were emptied.
    counts = models.JSONField("hasil", default=dict)
    #: [where, why] of each place that could not be emptied.
    remaining = models.JSONField("tersisa", default=list)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "pemusnahan data pribadi"
        default_permissions = ("view",)
        permissions = [
            ("ask_destruction", "Mengajukan pemusnahan data pribadi"),
            ("approve_destruction", "Menyetujui pemusnahan data pribadi"),
        ]
        constraints = [
            models.CheckConstraint(
                name="privacy_destruction_by_two",
                condition=Q(done_by=None) | ~Q(done_by=F("asked_by")),
                violation_error_message="Yang menyetujui harus orang lain.",
            ),
            models.CheckConstraint(
                name="privacy_destruction_done_by_somebody",
                condition=Q(done_by=None, done_at=None)
                | Q(done_by__isnull=False, done_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Pemusnahan {self.pk}: {self.hint}"
