"""Two records of one business that were made one, and which changes that took."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from balikpapan.audit.models import Change

from .business import Business


class MergeQuerySet(models.QuerySet):
    def standing(self):
        """The merges nobody has taken back."""
        return self.filter(undone_at=None)


class Merge(models.Model):
    """One merge: which record stayed, which went to the archive, who did it, who took it back.

    ``changes`` are the numbers of the changes the merge made, so that taking it back touches
    nothing that an earlier merge of the two, or anybody else, has written.
    """

    kept = models.ForeignKey(
        Business, models.PROTECT, verbose_name="dipertahankan", related_name="merges_into"
    )
    dropped = models.ForeignKey(
        Business, models.PROTECT, verbose_name="diarsipkan", related_name="merges_away"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="oleh",
        null=True,
        related_name="+",
    )
    at = models.DateTimeField("waktu", default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="dibatalkan oleh",
        null=True,
        related_name="+",
    )
    undone_at = models.DateTimeField("dibatalkan", null=True)
    changes = models.JSONField("perubahan", default=list)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "penggabungan"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="industry_merge_of_two", condition=~Q(kept=F("dropped"))),
            models.CheckConstraint(
                name="industry_merge_undone_by_somebody",
                condition=Q(undone_by=None) | Q(undone_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Penggabungan {self.dropped.number} ke {self.kept.number}"

    def trail(self):
        """The changes the merge made, as the audit trail keeps them."""
        return Change.objects.filter(pk__in=self.changes)
