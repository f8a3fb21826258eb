"""What the office keeps about an account beyond Django's user."""

from django.conf import settings
from django.db import models


class PasswordDuty(models.Model):
    """An account that must choose a new password before it may do anything else."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="pengguna", primary_key=True
    )
    since = models.DateTimeField("sejak", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "kewajiban mengganti kata sandi"

    def __str__(self):
        return f"{self.user} wajib mengganti kata sandi"


class AnnouncementsRead(models.Model):
    """How far in the trail somebody has read what is announced about accounts."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="pengguna", primary_key=True
    )
    change = models.BigIntegerField("sampai perubahan")
    at = models.DateTimeField("waktu", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "pemberitahuan dibaca"
        default_permissions = ()

    def __str__(self):
        return f"{self.user} sampai perubahan {self.change}"
