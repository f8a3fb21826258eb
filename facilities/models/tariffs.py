"""What the city charges for its places, by law and by date."""

from django.db import models
from django.db.models import Q

from balikpapan.audit.constraints import in_order, not_blank, one_of, within, within_calendar
from balikpapan.audit.fields import BoundedCharField, NotesField, RupiahField
from balikpapan.audit.models import Record, RecordQuerySet
from balikpapan.audit.periods import NoOverlap
from balikpapan.spreadsheets.cells import format_rupiah

from ..choices import Service, TariffUnit

#: By what a service may be charged: goods by weight and day, rooms by the month.
UNITS = {
    Service.CHILL_STORAGE: (TariffUnit.KG_DAY,),
    Service.FREEZING: (TariffUnit.KG_DAY,),
    Service.WHOLE_BUILDING: (TariffUnit.MONTH,),
    Service.UNIT_RENT: (TariffUnit.MONTH, TariffUnit.M2_MONTH),
}


class TariffQuerySet(RecordQuerySet):
    def valid_on(self, service, day):
        """The tariff of a service in force on a day; None where there is none."""
        return self.valid_between(service, day, day).first()

    def valid_between(self, service, first, last):
        """The tariffs of a service in force on any day from ``first`` to ``last``, oldest first."""
        return (
            self.kept()
            .filter(service=service, valid_from__lte=last)
            .filter(Q(valid_until=None) | Q(valid_until__gte=first))
            .order_by("valid_from")
        )


class Tariff(Record):
    """The amount one service costs from a day on, and the regulation that says so."""

    service = BoundedCharField("layanan", max_length=14, choices=Service)
    per = BoundedCharField("satuan tarif", max_length=8, choices=TariffUnit)
    amount = RupiahField("tarif (Rp)")
    legal_basis = BoundedCharField("dasar hukum", max_length=200)
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField(
        "berlaku sampai",
        null=True,
        blank=True,
        help_text="Kosong selama masih berlaku. Isi sebelum mencatat tarif penggantinya.",
    )
    notes = NotesField("catatan")

    objects = TariffQuerySet.as_manager()
    no_overlap = NoOverlap(
        name="facilities_tariff_no_overlap",
        table="facilities_tariff",
        subject="service",
        start="valid_from",
        ends=("valid_until",),
        message="Masa berlaku tarif satu layanan tidak boleh bertumpang tindih.",
        migration=("facilities", "0004_tariff_no_overlap"),
        words=tuple(Service.values),
    )

    class Meta(Record.Meta):
        ordering = ["service", "-valid_from"]
        verbose_name = verbose_name_plural = "tarif"
        constraints = [
            not_blank("facilities_tariff_basis_given", "legal_basis", "Isi dasar hukumnya."),
            *within("facilities_tariff", RupiahField, "amount"),
            *within_calendar("facilities_tariff", "valid_from", "valid_until"),
            in_order(
                "facilities_tariff_validity_order",
                "valid_from",
                "valid_until",
                "Masa berlaku berakhir sebelum mulai.",
            ),
            one_of("facilities_tariff_service_known", "service", Service.values),
            models.CheckConstraint(
                name="facilities_tariff_unit_of_service",
                condition=Q(
                    *[Q(service=service, per__in=units) for service, units in UNITS.items()],
                    _connector=Q.OR,
                ),
                violation_error_message=(
                    "Satuan tarif tidak sesuai layanannya: penyimpanan dan pembekuan per kg per "
                    "hari, gedung per bulan, unit per bulan atau per m² per bulan."
                ),
            ),
        ]

    def __str__(self):
        amount = "–" if self.amount is None else format_rupiah(self.amount)
        return f"{self.get_service_display()} {amount} {self.get_per_display()}"
