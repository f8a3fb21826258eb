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


class SecondFactor(models.Model):
    """The code of an account that changes every half minute: its secret, and the last one used.

    The secret is sealed under the program's key, so that no copy of the database tells it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="pengguna", primary_key=True
    )
    secret = models.CharField("kunci tersandi", max_length=255)
    #: The half minute, counted from 1970, whose code let in last; none up to it does so again.
    last_step = models.BigIntegerField("langkah terakhir", default=0)
    since = models.DateTimeField("sejak", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "kode masuk"
        default_permissions = ()

    def __str__(self):
        return f"Kode masuk {self.user}"


class RecoveryCode(models.Model):
    """A code on paper that lets in once without the telephone; only its digest is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="pengguna", related_name="+"
    )
    digest = models.CharField("sidik", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "kode pemulihan"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="accounts_recoverycode_once")
        ]

    def __str__(self):
        return f"Kode pemulihan {self.user}"


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
