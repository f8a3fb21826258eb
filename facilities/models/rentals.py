"""Months for which one tenant has a whole building, cold storage and all."""

from django.db import models

from balikpapan.audit.constraints import unique_among_kept, within
from balikpapan.audit.fields import NotesField, YearField
from balikpapan.audit.models import Record
from balikpapan.audit.record_faults import future_month_faults

from ..choices import Month
from .places import Facility
from .tenants import TenantRecord, one_tenant


class BuildingRental(TenantRecord):
    """A building let to one tenant for one whole month, at the tariff of its first day."""

    year_field = "year"
    past_fields = ("year",)
    fault_fields = ("year", "month")

    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="gedung", related_name="rentals"
    )
    year = YearField("tahun")
    month = models.PositiveSmallIntegerField("bulan", choices=Month)
    notes = NotesField("catatan", max_length=500)

    class Meta(Record.Meta):
        ordering = ["-year", "-month", "facility"]
        verbose_name = verbose_name_plural = "sewa seluruh gedung"
        constraints = [
            one_tenant("facilities_buildingrental_one_tenant"),
            *within("facilities_buildingrental", YearField, "year"),
            *within("facilities_buildingrental", (1, 12), "month"),
            unique_among_kept(
                "facilities_buildingrental_once",
                "facility",
                "year",
                "month",
                message="Gedung ini pada bulan itu sudah disewa penuh.",
            ),
        ]

    def __str__(self):
        return f"{self.facility}, {self.get_month_display()} {self.year}: {self.tenant}"

    @classmethod
    def faults(cls, values):
        return future_month_faults(values)
