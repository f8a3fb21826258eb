"""The figures the office once published, kept beside what the registers count."""

from django.db import models

from balikpapan.audit.constraints import unique_among_kept, within
from balikpapan.audit.fields import LARGEST_AMOUNT, BoundedCharField, MeasureField, YearField
from balikpapan.audit.models import Record


class PublishedFigure(Record):
    """A number the office once published, kept beside what the registers count."""

    past_fields = ("year", "as_of")

    indicator = BoundedCharField("indikator", max_length=100)
    year = YearField("tahun")
    value = MeasureField("nilai", max_digits=18, decimal_places=2, high=LARGEST_AMOUNT)
    unit = BoundedCharField("satuan", max_length=30)
    as_of = models.DateField("per tanggal", null=True, blank=True)
    basis = BoundedCharField("dasar", max_length=200, blank=True)
    source = BoundedCharField("sumber", max_length=200, blank=True)

    class Meta(Record.Meta):
        ordering = ["-year", "indicator"]
        verbose_name = verbose_name_plural = "angka publikasi"
        constraints = [
            *within("industry_publishedfigure", YearField, "year"),
            *within("industry_publishedfigure", (0, LARGEST_AMOUNT), "value"),
            unique_among_kept(
                "industry_publishedfigure_once",
                "indicator",
                "year",
                "as_of",
                message="Angka publikasi ini sudah tercatat.",
            ),
        ]

    def __str__(self):
        return f"{self.indicator} {self.year}"
