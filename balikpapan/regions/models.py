from django.db import models

from balikpapan.audit.constraints import unique_among_kept
from balikpapan.audit.fields import BoundedCharField
from balikpapan.audit.models import Record


class Kecamatan(Record):
    """A district of Balikpapan, with its Kemendagri code such as 64.71.01."""

    code = BoundedCharField("kode", max_length=8)
    name = BoundedCharField("nama kecamatan", max_length=60)

    class Meta(Record.Meta):
        ordering = ["code"]
        verbose_name = verbose_name_plural = "kecamatan"
        constraints = [
            unique_among_kept(
                "regions_kecamatan_code_once", "code", message="Kode kecamatan ini sudah ada."
            ),
        ]

    def __str__(self):
        return self.name


class Kelurahan(Record):
    """A ward of Balikpapan, with its Kemendagri code such as 64.71.01.1003."""

    code = BoundedCharField("kode", max_length=13)
    name = BoundedCharField("nama kelurahan", max_length=60)
    kecamatan = models.ForeignKey(Kecamatan, models.PROTECT, verbose_name="kecamatan")
    aliases = BoundedCharField(
        "ejaan lain",
        max_length=300,
        blank=True,
        help_text="Ejaan lain yang dipakai dalam berkas, dipisahkan titik koma.",
    )

    class Meta(Record.Meta):
        ordering = ["name"]
        verbose_name = verbose_name_plural = "kelurahan"
        constraints = [
            unique_among_kept(
                "regions_kelurahan_code_once", "code", message="Kode kelurahan ini sudah ada."
            ),
        ]

    def __str__(self):
        return self.name
