"""The lists other industry records choose from; the office keeps them itself."""

from django.db import models
from django.db.models.functions import Length

from balikpapan.audit.constraints import (
    digits,
    in_order,
    not_blank,
    one_of,
    unique_among_kept,
    within,
)
from balikpapan.audit.fields import BoundedCharField, CountField, RupiahField
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


class ScaleRuleQuerySet(models.QuerySet):
    def in_force(self, kind, year):
        """The rows of one rule at the end of a year, in the order they are tried."""
        end = f"{year}-12-31"
        return (
            self.filter(kind=kind, valid_from__lte=end, archived_at=None)
            .filter(models.Q(valid_until=None) | models.Q(valid_until__gte=end))
            .order_by("position")
        )


class ScaleRule(Record):
    """One line of a dated rule: who employs so many and invests so much is of this scale.

    The first line that fits decides; a business with a missing figure fits none.
    """

    class Kind(models.TextChoices):
        SCALE = "scale", "Skala industri"
        UMKM = "umkm", "Kelas UMKM"

    kind = BoundedCharField("jenis aturan", max_length=10, choices=Kind)
    position = CountField("urutan")
    result = BoundedCharField("hasil", max_length=20)
    label = BoundedCharField("sebutan", max_length=40)
    workers_min = CountField("tenaga kerja paling sedikit", null=True, blank=True)
    workers_max = CountField("tenaga kerja paling banyak", null=True, blank=True)
    investment_min = RupiahField("investasi paling sedikit (Rp)", null=True, blank=True)
    investment_max = RupiahField("investasi paling banyak (Rp)", null=True, blank=True)
    legal_basis = BoundedCharField("dasar hukum", max_length=200)
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)

    objects = ScaleRuleQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["kind", "valid_from", "position"]
        verbose_name = verbose_name_plural = "aturan skala"
        constraints = [
            *within("industry_scalerule", CountField, "position", "workers_min", "workers_max"),
            *within("industry_scalerule", RupiahField, "investment_min", "investment_max"),
            in_order(
                "industry_scalerule_validity_order",
                "valid_from",
                "valid_until",
                "Masa berlaku berakhir sebelum mulai.",
            ),
            unique_among_kept(
                "industry_scalerule_once",
                "kind",
                "valid_from",
                "position",
                message="Urutan ini sudah dipakai dalam aturan yang sama.",
            ),
        ]

    def __str__(self):
        return f"{self.label} ({self.legal_basis})"

    def fits(self):
        """The condition on ``workers_total`` and ``investment`` under which this line applies."""
        condition = models.Q()
        for name, low, high in (
            ("workers_total", self.workers_min, self.workers_max),
            ("investment", self.investment_min, self.investment_max),
        ):
            if low is not None:
                condition &= models.Q(**{f"{name}__gte": low})
            if high is not None:
                condition &= models.Q(**{f"{name}__lte": high})
        return condition
