"""Regional property (BMD) and the condition it was found in."""

from django.db import models
from django.db.models.functions import Coalesce, ExtractYear

from balikpapan.audit.constraints import (
    not_blank,
    one_of,
    unique_among_kept,
    within,
    within_calendar,
)
from balikpapan.audit.fields import (
    BoundedCharField,
    CountField,
    MeasureField,
    NotesField,
    RupiahField,
    YearField,
)
from balikpapan.audit.models import Record, RecordQuerySet

from ..choices import AcquisitionMethod, Condition, Funding, Kib, UsageStatus
from ..photos import PhotoField
from .labels import shown_day
from .places import Facility

#: Levels of the national code of goods, and of the codes on older cards.
LEVELS, OLDER_LEVELS = 7, 5


class AssetQuerySet(RecordQuerySet):
    def held_in(self, year):
        """What had been acquired by the end of ``year``; an unknown year counts."""
        acquired = Coalesce("acquired_year", ExtractYear("acquired_on"))
        return (
            self.kept()
            .alias(first_year=acquired)
            .filter(models.Q(first_year=None) | models.Q(first_year__lte=year))
        )

    def with_last_condition(self, until):
        """Each asset with ``last_condition``: as last found by a day, NULL where never looked at."""
        last = (
            ConditionCheck.objects.kept()
            .filter(asset=models.OuterRef("pk"), checked_on__lte=until)
            .order_by("-checked_on", "-pk")
            .values("condition")[:1]
        )
        return self.annotate(last_condition=models.Subquery(last))

    def by_condition(self, year):
        """Condition last found by the end of ``year`` (NULL for none) and how many goods."""
        return (
            self.held_in(year)
            .order_by()
            .with_last_condition(f"{year}-12-31")
            .values_list("last_condition")
            .annotate(models.Count("pk"))
        )

    def by_kib(self, year):
        """Per inventory card: records, items, value (NULL where unknown) and how many have one."""
        return (
            self.held_in(year)
            .order_by()
            .values("kib")
            .annotate(
                records=models.Count("pk"),
                items=models.Sum("quantity"),
                value_sum=models.Sum("acquisition_value"),
                valued=models.Count("acquisition_value"),
                undated=models.Count("pk", filter=models.Q(first_year=None)),
            )
        )


class Asset(Record):
    """One item of regional property (BMD) as the inventory cards list it."""

    code_fields = (
        "item_code",
        "register",
        "nibar",
        "specification",
        "serial_number",
        "document_number",
        "land_code",
    )
    past_fields = ("acquired_on", "acquired_year", "document_on")

    item_code = BoundedCharField(
        "kode barang", max_length=30, help_text="Misalnya 1.3.3.01.01.02.001."
    )
    register = BoundedCharField("nomor register", max_length=20, blank=True)
    nibar = BoundedCharField("NIBAR", max_length=60, blank=True)
    name = BoundedCharField("nama barang", max_length=200)
    kib = BoundedCharField(
        "KIB", max_length=1, choices=Kib, blank=True, help_text="Terisi sendiri dari kode barang."
    )
    specification = BoundedCharField("spesifikasi", max_length=500, blank=True)
    brand = BoundedCharField("merek/tipe", max_length=100, blank=True)
    serial_number = BoundedCharField("nomor seri", max_length=100, blank=True)
    area_m2 = MeasureField(
        "luas (m²)", unit="m²", max_digits=12, decimal_places=2, null=True, blank=True
    )
    storeys = BoundedCharField(
        "bertingkat", max_length=30, blank=True, help_text="Bertingkat, Tidak, atau jumlah lantai."
    )
    concrete = BoundedCharField(
        "beton", max_length=30, blank=True, help_text="Beton, Tidak, atau bahannya."
    )
    document_on = models.DateField("tanggal dokumen", null=True, blank=True)
    document_number = BoundedCharField("nomor dokumen", max_length=100, blank=True)
    land_area_m2 = MeasureField(
        "luas tanah (m²)", unit="m²", max_digits=12, decimal_places=2, null=True, blank=True
    )
    land_status = BoundedCharField("status tanah", max_length=100, blank=True)
    land_code = BoundedCharField("nomor kode tanah", max_length=60, blank=True)
    quantity = CountField("jumlah", default=1)
    unit = BoundedCharField("satuan", max_length=30, blank=True)
    acquired_on = models.DateField("tanggal perolehan", null=True, blank=True)
    acquired_year = YearField("tahun perolehan", null=True, blank=True)
    acquisition_method = BoundedCharField(
        "cara perolehan", max_length=12, choices=AcquisitionMethod, blank=True
    )
    funding = BoundedCharField("sumber dana", max_length=10, choices=Funding, blank=True)
    acquisition_value = RupiahField("nilai perolehan (Rp)", null=True, blank=True)
    usage_status = BoundedCharField(
        "status penggunaan", max_length=8, choices=UsageStatus, blank=True
    )
    facility = models.ForeignKey(
        Facility,
        models.PROTECT,
        verbose_name="sarana",
        null=True,
        blank=True,
        related_name="assets",
    )
    location = BoundedCharField("letak/alamat", max_length=300, blank=True)
    holder = BoundedCharField("pemegang", max_length=200, blank=True)
    notes = NotesField("catatan")

    objects = AssetQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["item_code", "register"]
        verbose_name = verbose_name_plural = "aset"
        constraints = [
            not_blank("facilities_asset_name_given", "name", "Isi nama barang."),
            not_blank("facilities_asset_code_given", "item_code", "Isi kode barang."),
            unique_among_kept(
                "facilities_asset_once",
                "item_code",
                "register",
                message="Kode barang dan nomor register ini sudah tercatat.",
            ),
            *within("facilities_asset", YearField, "acquired_year"),
            *within("facilities_asset", RupiahField, "acquisition_value"),
            *within("facilities_asset", CountField, "quantity"),
            *within("facilities_asset", (0, 10**9), "area_m2", "land_area_m2"),
            one_of("facilities_asset_kib_known", "kib", ["", *Kib.values]),
        ]

    def __str__(self):
        return f"{self.name} ({self.item_code})"

    def clean(self):
        super().clean()
        if not self.kib:
            self.kib = kib_of(self.item_code)
        if self.acquired_on and not self.acquired_year:
            self.acquired_year = self.acquired_on.year


class ConditionCheckQuerySet(RecordQuerySet):
    def last_in(self, year):
        """The condition every asset was last found in by the end of ``year``, by its key."""
        checks = self.kept().filter(checked_on__lte=f"{year}-12-31")
        return dict(checks.order_by("checked_on", "pk").values_list("asset", "condition"))


class ConditionCheck(Record):
    """The condition an asset was found in on one day: a dated history, never overwritten."""

    past_fields = ("checked_on",)

    asset = models.ForeignKey(Asset, models.PROTECT, verbose_name="aset", related_name="conditions")
    checked_on = models.DateField("diperiksa pada")
    condition = BoundedCharField("kondisi", max_length=12, choices=Condition)
    checked_by = BoundedCharField("diperiksa oleh", max_length=200, blank=True)
    photo = PhotoField("foto", help_text="JPEG, PNG, atau WebP sampai 12 MB; lokasi dibuang.")
    notes = NotesField("catatan")

    objects = ConditionCheckQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-checked_on"]
        verbose_name = verbose_name_plural = "kondisi aset"
        constraints = [
            unique_among_kept(
                "facilities_conditioncheck_once",
                "asset",
                "checked_on",
                message="Kondisi aset ini pada tanggal itu sudah tercatat.",
            ),
            *within_calendar("facilities_conditioncheck", "checked_on"),
            one_of("facilities_conditioncheck_condition_known", "condition", Condition.values),
        ]

    def __str__(self):
        return f"{self.get_condition_display()} ({shown_day(self.checked_on)})"


def kib_of(item_code: str) -> str:
    """The card letter the third level of a kode barang stands for: 1.3.3… is KIB C."""
    levels = item_code.split(".")
    if len(levels) < 3 or levels[:2] != ["1", "3"] or levels[2] not in "123456":
        return ""
    return "ABCDEF"[int(levels[2]) - 1]


def incomplete_code(item_code: str) -> str:
    """What a kode barang lacks, in words for the staff; nothing where it has all its levels."""
    levels = item_code.split(".")
    wanted = LEVELS if levels[:2] == ["1", "3"] else OLDER_LEVELS
    if len(levels) >= wanted:
        return ""
    return (
        f"Kode barang {item_code} baru sampai tingkat {len(levels)}, kode lengkapnya {wanted} "
        "tingkat (misalnya 1.3.2.05.01.01.001). Lengkapi kodenya."
    )
