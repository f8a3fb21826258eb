"""What was written to an IKM: who wrote it, when, why, and for what its data left the program."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from balikpapan.audit.constraints import one_of
from balikpapan.audit.fields import BoundedCharField

from ..choices import ReminderMedium, ReminderReason
from .business import Business


class Reminder(models.Model):
    """One letter or message made for one IKM; written once and never changed."""

    #: Triggers of the database hold it to that.
    is_append_only = True

    business = models.ForeignKey(
        Business, models.PROTECT, verbose_name="usaha IKM", related_name="reminders"
    )
    reason = BoundedCharField("perihal", max_length=20, choices=ReminderReason)
    medium = BoundedCharField("bentuk", max_length=10, choices=ReminderMedium)
    purpose = BoundedCharField("keperluan", max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="oleh", related_name="+"
    )
    at = models.DateTimeField("dibuat", default=timezone.now)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "pengingat"
        default_permissions = ("view", "add")
        constraints = [
            one_of("industry_reminder_reason_known", "reason", ReminderReason.values),
            one_of("industry_reminder_medium_known", "medium", ReminderMedium.values),
        ]

    def __str__(self):
        return f"{self.get_medium_display()}: {self.business}"
