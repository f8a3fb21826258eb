"""What is remembered about a person's lists; none of it says anything about a business or a person."""

from django.conf import settings
from django.db import models

#: The longest name of a list, or of one of the sheets it is exported as.
LONGEST_PLACE = 80
LONGEST_NAME = 60


class ColumnChoice(models.Model):
    """The columns somebody wants to see in one list, or to have in one of its exports."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="pengguna", related_name="+"
    )
    place = models.CharField("daftar", max_length=LONGEST_PLACE)
    columns = models.JSONField("kolom", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "pilihan kolom"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "place"], name="lists_columnchoice_once")
        ]

    def __str__(self):
        return f"Kolom {self.place}"


class SavedFilter(models.Model):
    """A question that somebody asks of one list again and again; nobody else sees it.

    ``query`` holds filters and searched words as an address has them, ``order`` the names of the
    columns by which the answer is sorted.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="pengguna", related_name="+"
    )
    place = models.CharField("daftar", max_length=LONGEST_PLACE)
    name = models.CharField("nama", max_length=LONGEST_NAME)
    query = models.TextField("saringan", blank=True)
    order = models.JSONField("urutan", default=list)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = verbose_name_plural = "saringan tersimpan"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "place", "name"], name="lists_savedfilter_once")
        ]

    def __str__(self):
        return self.name
