"""The lists other industry records choose from; the office keeps them itself."""

from django.db import models
from django.db.models.functions import Length

from balikpapan.audit.constraints import (
    digits,
    not_blank,
    one_of,
    unique_among_kept,
    within,
)
from balikpapan.audit.fields import BoundedCharField, CountField
from balikpapan.audit.models import Record, RecordQuerySet


class KbliQuerySet(RecordQuerySet):
    def division_titles(self, version):
        """The title of every two-digit division, of the other version where this one has none."""
        divisions = self.kept().annotate(digits=Length("code")).filter(digits=2)
        preferred = models.Case(models.When(version_year=version, then=1), default=0)
        return dict(divisions.order_by(preferred).values_list("code", "title"))


class Kbli(Record):
    """One KBLI activity; the same number can mean another activity in another version."""

    class Version(models.IntegerChoices):
        V2020 = 2020, "KBLI 2020"
        V2025 = 2025, "KBLI 2025"

    version_year = models.PositiveSmallIntegerField("versi KBLI", choices=Version)
    code = BoundedCharField("kode", max_length=5)
    title = BoundedCharField("judul", max_length=300)
    checked = models.BooleanField(
        "sudah diperiksa", default=True, help_text="Dicocokkan dengan daftar resmi BPS."
    )

    objects = KbliQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["code", "version_year"]
        verbose_name = verbose_name_plural = "KBLI"
        constraints = [
            unique_among_kept(
                "industry_kbli_once",
                "version_year",
                "code",
                message="Kode ini sudah ada dalam versi KBLI itu.",
            ),
            digits(
                "industry_kbli_code_digits",
                "code",
                (2, 5),
                "Kode KBLI terdiri atas 2 atau 5 angka.",
            ),
            one_of("industry_kbli_version_known", "version_year", (2020, 2025)),
        ]

    def __str__(self):
        return f"{self.code} {self.title} ({self.version_year})"


class IndustryGroup(Record):
    """A *kelompok* of the office; its aliases map the komoditi words of old lists."""

    name = BoundedCharField("nama kelompok", max_length=100)
    position = CountField("urutan", default=0)
    aliases = BoundedCharField(
        "kata lain",
        max_length=500,
        blank=True,
        help_text="Kata komoditi yang masuk kelompok ini, dipisahkan titik koma.",
    )

    class Meta(Record.Meta):
        ordering = ["position", "name"]
        verbose_name = verbose_name_plural = "kelompok industri"
        constraints = [
            unique_among_kept(
                "industry_industrygroup_name_once", "name", message="Kelompok ini sudah ada."
            ),
            not_blank("industry_industrygroup_name_given", "name", "Isi nama kelompok."),
            *within("industry_industrygroup", CountField, "position"),
        ]

    def __str__(self):
        return self.name


class ProductUnit(Record):
    """A *satuan* of production capacity with the spellings offices use for it."""

    name = BoundedCharField("satuan", max_length=30)
    aliases = BoundedCharField(
        "ejaan lain",
        max_length=300,
        blank=True,
        help_text="Ejaan lain satuan ini, dipisahkan titik koma.",
    )

    class Meta(Record.Meta):
        ordering = ["name"]
        verbose_name = verbose_name_plural = "satuan produk"
        constraints = [
            unique_among_kept(
                "industry_productunit_name_once", "name", message="Satuan ini sudah ada."
            ),
            not_blank("industry_productunit_name_given", "name", "Isi nama satuan."),
        ]

    def __str__(self):
        return self.name
