"""The cold-storage ledger: what each tenant brought into a chamber and took out again."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from balikpapan.audit.constraints import (
    UniqueAmongKept,
    not_blank,
    unique_among_kept,
    within,
    within_calendar,
)
from balikpapan.audit.fields import BoundedCharField, MeasureField, NotesField, year_of
from balikpapan.audit.models import Record, RecordQuerySet

from ..choices import ChamberPurpose
from ..ledger import Goods, first_above, intake_by_day
from .labels import shown_day, shown_kg
from .places import KG_PER_TON, KILOGRAMS, Chamber
from .stock import NeverOverdrawn
from .tenants import TenantRecord, one_tenant


def years_from(value):
    """Every year from a movement on: goods lie there until they are gone, and so all may change."""
    first = year_of(value)
    return {first} if first is None else {first, *range(first, timezone.localdate().year + 1)}


class DepositQuerySet(RecordQuerySet):
    def present_in(self, first, last):
        """The deposits that lay in a chamber on any day of a period, or came or went on one."""
        taken = (
            Withdrawal.objects.kept()
            .filter(deposit=OuterRef("pk"), out_on__lt=first)
            .order_by()
            .values("deposit")
            .annotate(kg_sum=Sum("kg"))
            .values("kg_sum")
        )
        return (
            self.kept()
            .filter(in_on__lte=last)
            .annotate(taken_before=Subquery(taken))
            .filter(Q(taken_before=None) | Q(taken_before__lt=F("kg")))
        )

    def with_left(self):
        """Each deposit with ``kg_left``, what has not been taken out."""
        taken = Sum("withdrawals__kg", filter=Q(withdrawals__archived_at=None))
        return self.annotate(kg_left=F("kg") - Coalesce(taken, Value(0), output_field=KG))

    def as_goods(self):
        """(deposit, its goods as the arithmetic of the ledger takes them) for each deposit."""
        deposits = list(self)
        taken = defaultdict(list)
        rows = Withdrawal.objects.kept().filter(deposit__in=deposits).order_by("out_on", "pk")
        for key, out_on, kg in rows.values_list("deposit", "out_on", "kg"):
            taken[key].append((out_on, kg))
        return [
            (deposit, Goods(deposit.kg, deposit.in_on, tuple(taken[deposit.pk])))
            for deposit in deposits
        ]


KG = models.DecimalField(max_digits=12, decimal_places=2)
STOCK = NeverOverdrawn(
    name="facilities_withdrawal_within_deposit",
    deposits="facilities_deposit",
    withdrawals="facilities_withdrawal",
    message=(
        "Barang yang keluar melebihi yang dititipkan, atau keluar sebelum masuk. Periksa berat dan "
        "tanggalnya."
    ),
    migration=("facilities", "0009_withdrawals_within_deposits"),
)


class Deposit(TenantRecord):
    """One tenant's goods brought into a chamber on a day."""

    code_fields = ("receipt",)
    year_field = "in_on"
    past_fields = ("in_on",)
    fault_fields = ()
    database_rule = STOCK

    chamber = models.ForeignKey(
        Chamber, models.PROTECT, verbose_name="ruang", related_name="deposits"
    )
    commodity = BoundedCharField("komoditas", max_length=100)
    kg = MeasureField(
        "berat (kg)", unit="kg", max_digits=12, decimal_places=2, low=0, high=KILOGRAMS[1]
    )
    in_on = models.DateField("masuk tanggal")
    receipt = BoundedCharField(
        "nomor bukti",
        max_length=40,
        blank=True,
        help_text="Membedakan dua titipan yang sama pada hari yang sama.",
    )
    notes = NotesField("catatan", max_length=500)

    objects = DepositQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-in_on", "-id"]
        verbose_name = verbose_name_plural = "titipan cold storage"
        constraints = [
            one_tenant("facilities_deposit_one_tenant"),
            not_blank("facilities_deposit_commodity_given", "commodity", "Isi komoditasnya."),
            *within("facilities_deposit", KILOGRAMS, "kg"),
            models.CheckConstraint(
                name="facilities_deposit_kg_above_nothing",
                condition=Q(kg__gt=0),
                violation_error_message="Berat titipan harus lebih dari 0 kg.",
            ),
            *within_calendar("facilities_deposit", "in_on"),
            UniqueAmongKept(
                F("chamber"),
                Coalesce("business", 0),
                F("tenant_name"),
                F("commodity"),
                F("in_on"),
                F("receipt"),
                name="facilities_deposit_once",
                condition=Q(archived_at=None),
                violation_error_message=(
                    "Titipan yang sama pada hari itu sudah tercatat. Jumlahkan beratnya, atau "
                    "bedakan dengan nomor bukti."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.tenant}, {self.commodity} {shown_kg(self.kg)} kg ({shown_day(self.in_on)})"

    @classmethod
    def years_of(cls, value):
        return years_from(value)

    @property
    def number(self):
        """TTP-000123, the number the receipt of the goods carries."""
        return f"TTP-{self.pk:06d}" if self.pk else ""

    def clean(self):
        super().clean()
        if not self.pk or self.archived_at or None in (self.kg, self.in_on):
            return
        lock(self.pk)
        refuse_overdrawn(self.kg, self.in_on, taken_from(self.pk))

    def warnings(self):
        """What the chamber cannot hold from the day of the deposit on, in words."""
        lying = Deposit.objects.filter(chamber=self.chamber_id)
        lying = lying.present_in(self.in_on, timezone.localdate())
        goods = [parcel for _, parcel in lying.as_goods()]
        return capacity_warnings(self.chamber, self.in_on, goods)


class Withdrawal(Record):
    """What was taken out of a deposit on a day."""

    year_field = "out_on"
    past_fields = ("out_on",)
    fault_fields = ()
    database_rule = STOCK

    deposit = models.ForeignKey(
        Deposit, models.PROTECT, verbose_name="titipan", related_name="withdrawals"
    )
    kg = MeasureField(
        "keluar (kg)", unit="kg", max_digits=12, decimal_places=2, low=0, high=KILOGRAMS[1]
    )
    out_on = models.DateField("keluar tanggal")
    notes = NotesField("catatan pengambilan", max_length=500)

    class Meta(Record.Meta):
        ordering = ["out_on", "id"]
        verbose_name = verbose_name_plural = "pengambilan titipan"
        constraints = [
            *within("facilities_withdrawal", KILOGRAMS, "kg"),
            models.CheckConstraint(
                name="facilities_withdrawal_kg_above_nothing",
                condition=Q(kg__gt=0),
                violation_error_message="Berat yang keluar harus lebih dari 0 kg.",
            ),
            *within_calendar("facilities_withdrawal", "out_on"),
            unique_among_kept(
                "facilities_withdrawal_once",
                "deposit",
                "out_on",
                message="Pengambilan dari titipan ini pada hari itu sudah tercatat. Jumlahkan.",
            ),
        ]

    def __str__(self):
        return f"{shown_kg(self.kg)} kg ({shown_day(self.out_on)})"

    @classmethod
    def years_of(cls, value):
        return years_from(value)

    def clean(self):
        super().clean()
        if self.archived_at or not self.deposit_id or None in (self.kg, self.out_on):
            return
        lock(self.deposit_id)
        stored = Deposit.objects.get(pk=self.deposit_id)
        taken = [*taken_from(self.deposit_id, but=self.pk), (self.out_on, self.kg)]
        refuse_overdrawn(stored.kg, stored.in_on, taken)


def lock(deposit: int) -> None:
    """Keeps other writers from the deposit until this transaction ends.

    On SQLite a transaction that writes is the only one anyway.
    """
    if connection.in_atomic_block:
        Deposit.objects.select_for_update().order_by().filter(pk=deposit).first()


def taken_from(deposit: int, but: int | None = None) -> list:
    """The (day, kg) taken out of a deposit, leaving out one withdrawal."""
    rows = Withdrawal.objects.kept().filter(deposit=deposit).exclude(pk=but)
    return list(rows.order_by("out_on").values_list("out_on", "kg"))


def refuse_overdrawn(kg, in_on, taken) -> None:
    """Raises ValidationError where more went out than came in, or went out before."""
    if message := overdrawn(kg, in_on, taken):
        raise ValidationError(message, code=STOCK.name)


def overdrawn(kg, in_on, taken) -> str:
    """Why the (day, kg) ``taken`` cannot come from a deposit, in words; blank where it can."""
    early = [day for day, _ in taken if day < in_on]
    if early:
        return (
            f"Barang keluar {min(early):%d-%m-%Y}, sebelum masuk {in_on:%d-%m-%Y}. Periksa "
            "tanggalnya."
        )
    total = sum(amount for _, amount in taken)
    if total > kg:
        return (
            f"Yang keluar {shown_kg(total)} kg melebihi yang dititipkan, {shown_kg(kg)} kg. "
            "Periksa beratnya."
        )
    return ""


def capacity_warnings(chamber, since, goods) -> list[str]:
    """Where a chamber is asked for more than it has, from a day on, by the goods it holds.

    A chilled room is full by its stock, a freezer by what is brought in on one day.
    """
    most = chamber.capacity_ton * KG_PER_TON
    if chamber.purpose == ChamberPurpose.FREEZE:
        days = intake_by_day(goods).items()
        full = min(((day, kg) for day, kg in days if day >= since and kg > most), default=None)
        what = "Barang masuk"
    else:
        full, what = first_above(goods, most, since), "Stok"
    if full is None:
        return []
    day, kg = full
    return [
        f"{what} {chamber} pada {day:%d-%m-%Y} {shown_kg(kg)} kg, melebihi kapasitasnya "
        f"{shown_kg(most)} kg. Periksa beratnya."
    ]
