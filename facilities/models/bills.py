"""Bills: what a tenant owes for one month, as it was determined and sent."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from balikpapan.audit.constraints import (
    UniqueAmongKept,
    in_order,
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

from ..choices import Month, Service
from .deposits import Deposit
from .frozen import FrozenColumns
from .places import Facility
from .rentals import BuildingRental
from .tenants import TenantRecord, one_tenant
from .units import Lease

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
FROZEN = "SKRD yang sudah terbit tidak dapat diubah. Batalkan, lalu terbitkan yang baru."
#: The migration that makes the triggers.
FREEZING = ("facilities", "0013_bills_frozen")


class BillQuerySet(RecordQuerySet):
    def standing(self):
        """The bills that were not cancelled."""
        return self.kept().filter(cancelled_on=None)

    def unpaid(self):
        """The standing bills nobody has paid, oldest first."""
        return self.standing().filter(paid_on=None).order_by("due_on", "pk")

    def paid_in(self, year, month):
        """The bills paid in a month, whatever month they are for."""
        return self.standing().filter(paid_on__year=year, paid_on__month=month)


class Bill(TenantRecord):
    """A surat ketetapan retribusi daerah (SKRD): one tenant, one month, its lines and their sum.

    It bears no year that a closing freezes: what is owed for December is paid in January.
    """

    code_fields = ("receipt",)
    past_fields = ("issued_on", "paid_on", "cancelled_on")
    fault_fields = ()
    database_rule = FrozenColumns(
        name="facilities_bill_frozen",
        table="facilities_bill",
        columns=(
            "business_id",
            "tenant_name",
            "sequence",
            "year",
            "month",
            "issued_on",
            "due_on",
            "total",
            "archived_at",
        ),
        message=FROZEN,
        migration=FREEZING,
    )

    sequence = CountField("nomor urut")
    year = YearField("tahun")
    month = models.PositiveSmallIntegerField("bulan", choices=Month)
    issued_on = models.DateField("tanggal terbit")
    due_on = models.DateField("jatuh tempo")
    total = RupiahField("jumlah (Rp)")
    paid_on = models.DateField("dibayar tanggal", null=True, blank=True)
    receipt = BoundedCharField("nomor bukti setor", max_length=60, blank=True)
    cancelled_on = models.DateField("dibatalkan tanggal", null=True, blank=True)
    cancel_reason = BoundedCharField("alasan pembatalan", max_length=200, blank=True)
    notes = NotesField("catatan", max_length=500)

    objects = BillQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-year", "-month", "-sequence"]
        verbose_name = verbose_name_plural = "SKRD"
        constraints = [
            one_tenant("facilities_bill_one_tenant"),
            *within("facilities_bill", CountField, "sequence"),
            *within("facilities_bill", YearField, "year"),
            *within("facilities_bill", (1, 12), "month"),
            *within("facilities_bill", RupiahField, "total"),
            *within_calendar("facilities_bill", "issued_on", "due_on", "paid_on", "cancelled_on"),
            in_order(
                "facilities_bill_due_order", "issued_on", "due_on", "Jatuh tempo sebelum terbit."
            ),
            in_order(
                "facilities_bill_paid_order", "issued_on", "paid_on", "Dibayar sebelum terbit."
            ),
            in_order(
                "facilities_bill_cancelled_order",
                "issued_on",
                "cancelled_on",
                "Dibatalkan sebelum terbit.",
            ),
            models.CheckConstraint(
                name="facilities_bill_cancelled_with_reason",
                condition=(Q(cancelled_on__isnull=True) & Q(cancel_reason=""))
                | (Q(cancelled_on__isnull=False) & ~Q(cancel_reason="")),
                violation_error_message="Pembatalan memerlukan tanggal dan alasannya.",
            ),
            models.CheckConstraint(
                name="facilities_bill_paid_or_cancelled",
                condition=Q(paid_on__isnull=True) | Q(cancelled_on__isnull=True),
                violation_error_message=(
                    "SKRD yang sudah dibayar tidak dapat dibatalkan. Hapus dahulu tanggal bayarnya."
                ),
            ),
            unique_among_kept(
                "facilities_bill_number_once",
                "year",
                "sequence",
                message="Nomor SKRD ini sudah dipakai.",
            ),
            UniqueAmongKept(
                F("year"),
                F("month"),
                Coalesce("business", 0),
                F("tenant_name"),
                name="facilities_bill_once",
                condition=Q(archived_at=None, cancelled_on=None),
                violation_error_message="SKRD penyewa ini untuk bulan itu sudah terbit.",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.tenant}"

    @property
    def number(self):
        """The number on the letter: 0001/SKRD/VI/2024."""
        return f"{self.sequence:04d}/SKRD/{ROMAN[self.month - 1]}/{self.year}"

    def clean(self):
        super().clean()
        refuse_changes(self)


class BillLine(Record):
    """One line of a bill, stored as it was worked out when the bill was issued."""

    database_rule = FrozenColumns(
        name="facilities_billline_frozen",
        table="facilities_billline",
        columns=(
            "bill_id",
            "position",
            "service",
            "facility_id",
            "deposit_id",
            "rental_id",
            "lease_id",
            "description",
            "first_on",
            "last_on",
            "quantity",
            "rate",
            "amount",
            "archived_at",
        ),
        message=FROZEN,
        migration=FREEZING,
    )

    bill = models.ForeignKey(Bill, models.PROTECT, verbose_name="SKRD", related_name="lines")
    position = CountField("nomor baris")
    service = BoundedCharField("layanan", max_length=14, choices=Service)
    facility = models.ForeignKey(Facility, models.PROTECT, verbose_name="sarana")
    deposit = models.ForeignKey(
        Deposit, models.PROTECT, verbose_name="titipan", null=True, blank=True
    )
    rental = models.ForeignKey(
        BuildingRental, models.PROTECT, verbose_name="sewa gedung", null=True, blank=True
    )
    lease = models.ForeignKey(
        Lease, models.PROTECT, verbose_name="sewa unit", null=True, blank=True
    )
    description = BoundedCharField("uraian", max_length=250)
    first_on = models.DateField("dari")
    last_on = models.DateField("sampai")
    quantity = MeasureField("banyaknya", max_digits=14, decimal_places=2, high=10**11)
    rate = RupiahField("tarif (Rp)")
    amount = RupiahField("jumlah (Rp)")

    class Meta(Record.Meta):
        ordering = ["bill", "position"]
        verbose_name = verbose_name_plural = "baris SKRD"
        constraints = [
            *within("facilities_billline", CountField, "position"),
            *within("facilities_billline", RupiahField, "rate", "amount"),
            *within("facilities_billline", (0, 10**11), "quantity"),
            *within_calendar("facilities_billline", "first_on", "last_on"),
            in_order(
                "facilities_billline_order", "first_on", "last_on", "Masa berakhir sebelum mulai."
            ),
            one_of("facilities_billline_service_known", "service", Service.values),
            unique_among_kept(
                "facilities_billline_once", "bill", "position", message="Baris ini sudah ada."
            ),
        ]

    def __str__(self):
        return self.description

    def clean(self):
        super().clean()
        refuse_changes(self)


def refuse_changes(record) -> None:
    """Raises ValidationError where a stored record differs in a column that is frozen."""
    stored = type(record)._base_manager.filter(pk=record.pk).first() if record.pk else None
    names = record.database_rule.columns
    if stored and any(getattr(stored, name) != getattr(record, name) for name in names):
        raise ValidationError(FROZEN)
