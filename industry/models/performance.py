"""What the office promised to reach: the targets of its yearly performance report (LKjIP)."""

from django.db import models

from balikpapan.audit.constraints import not_blank, unique_among_kept, within
from balikpapan.audit.fields import (
    LARGEST_AMOUNT,
    BoundedCharField,
    MeasureField,
    NotesField,
    YearField,
)
from balikpapan.audit.models import Record
from balikpapan.audit.record_faults import future_faults

AMOUNT = (0, LARGEST_AMOUNT)


class PerformanceTarget(Record):
    """The target of one indicator for one year; what was reached is counted by the registers."""

    year_field = "year"
    fault_fields = ("year", "realised")

    year = YearField("tahun")
    objective = BoundedCharField("sasaran", max_length=200, blank=True)
    indicator = BoundedCharField(
        "indikator kinerja",
        max_length=150,
        help_text=(
            "Jumlah IKM, IKM baru, Tenaga kerja IKM, Nilai investasi, Nilai produksi, "
            "Kapasitas cold storage, PAD sektor industri, Sertifikat berlaku, Kegiatan pembinaan, "
            "dan Peserta pembinaan dihitung dari register."
        ),
    )
    unit = BoundedCharField("satuan", max_length=30)
    target = MeasureField("target", max_digits=18, decimal_places=2, high=AMOUNT[1])
    realised = MeasureField(
        "realisasi",
        max_digits=18,
        decimal_places=2,
        high=AMOUNT[1],
        null=True,
        blank=True,
        help_text="Isi hanya untuk indikator yang tidak dihitung dari register.",
    )
    lower_is_better = models.BooleanField(
        "makin rendah makin baik",
        default=False,
        help_text="Capaian = (2 × target – realisasi) : target × 100.",
    )
    source = BoundedCharField(
        "sumber", max_length=200, blank=True, help_text="Misalnya Perjanjian Kinerja 2025."
    )
    notes = NotesField("catatan")

    class Meta(Record.Meta):
        ordering = ["-year", "objective", "indicator"]
        verbose_name = verbose_name_plural = "target kinerja"
        constraints = [
            not_blank("industry_performancetarget_indicator_given", "indicator", "Isi indikator."),
            not_blank("industry_performancetarget_unit_given", "unit", "Isi satuan."),
            *within("industry_performancetarget", YearField, "year"),
            *within("industry_performancetarget", AMOUNT, "target", "realised"),
            unique_among_kept(
                "industry_performancetarget_once",
                "year",
                "indicator",
                message="Target indikator ini sudah ada untuk tahun itu. Ubah yang sudah ada.",
            ),
        ]

    def __str__(self):
        return f"{self.indicator} {self.year}"

    @classmethod
    def faults(cls, values):
        # A target is set ahead; what was reached is not.
        if values.get("realised") is not None:
            yield from future_faults(cls, values, ("year",))
