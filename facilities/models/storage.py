"""What the cold storage held month by month, and what cannot be right about it."""

import calendar

from django.db import models

from balikpapan.audit.constraints import one_of, unique_among_kept, within
from balikpapan.audit.fields import (
    BoundedCharField,
    CountField,
    MeasureField,
    RupiahField,
    YearField,
)
from balikpapan.audit.models import Record, RecordQuerySet
from balikpapan.audit.record_faults import future_month_faults
from balikpapan.spreadsheets.cells import format_decimal

from ..choices import Month, StorageBasis
from .places import KG_PER_TON, Chamber

KILOGRAMS = (0, 10**9)


class StorageMonthQuerySet(RecordQuerySet):
    def stock_before(self, chamber, year, month):
        """The stock a chamber ended the month before with; None where that is not recorded."""
        year, month = month_before(year, month)
        stored = self.kept().filter(chamber=chamber, year=year, month=month)
        return stored.values_list("kg_end", flat=True).first()

    def of_year(self, year):
        """The months of one year with the chamber they belong to."""
        return self.kept().filter(year=year).select_related("chamber", "chamber__facility")


class StorageMonth(Record):
    """What one chamber held in one month; used kg-days against what it could have held."""

    year_field = "year"
    past_fields = ("year",)
    fault_fields = ("year", "month")

    chamber = models.ForeignKey(
        Chamber, models.PROTECT, verbose_name="ruang", related_name="months"
    )
    year = YearField("tahun")
    month = models.PositiveSmallIntegerField("bulan", choices=Month)
    kg_in = MeasureField(
        "masuk (kg)", unit="kg", max_digits=12, decimal_places=2, null=True, blank=True
    )
    kg_out = MeasureField(
        "keluar (kg)", unit="kg", max_digits=12, decimal_places=2, null=True, blank=True
    )
    kg_end = MeasureField(
        "stok akhir (kg)", unit="kg", max_digits=12, decimal_places=2, null=True, blank=True
    )
    kg_days = MeasureField(
        "kg-hari",
        unit="kg-hari",
        max_digits=14,
        decimal_places=2,
        high=10**11,
        null=True,
        blank=True,
        help_text="Jumlah stok harian (kg) selama sebulan.",
    )
    operating_days = CountField("hari beroperasi", null=True, blank=True)
    tenants = CountField("penyewa", null=True, blank=True)
    revenue = RupiahField("retribusi (Rp)", null=True, blank=True)
    energy_kwh = MeasureField(
        "listrik (kWh)", unit="kWh", max_digits=12, decimal_places=2, null=True, blank=True
    )
    basis = BoundedCharField(
        "angka yang dipakai",
        max_length=6,
        choices=StorageBasis,
        blank=True,
        help_text="Hanya bila bulan ini juga ada di buku penitipan; kosong berarti buku penitipan.",
    )

    objects = StorageMonthQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-year", "-month", "chamber"]
        verbose_name = verbose_name_plural = "rekap bulanan cold storage"
        constraints = [
            unique_among_kept(
                "facilities_storagemonth_once",
                "chamber",
                "year",
                "month",
                message="Bulan ini sudah tercatat untuk ruang itu.",
            ),
            *within("facilities_storagemonth", YearField, "year"),
            *within("facilities_storagemonth", (1, 12), "month"),
            *within("facilities_storagemonth", KILOGRAMS, "kg_in", "kg_out", "kg_end"),
            *within("facilities_storagemonth", (0, 10**11), "kg_days"),
            *within("facilities_storagemonth", KILOGRAMS, "energy_kwh"),
            *within("facilities_storagemonth", RupiahField, "revenue"),
            *within("facilities_storagemonth", (0, 31), "operating_days"),
            *within("facilities_storagemonth", CountField, "tenants"),
            one_of("facilities_storagemonth_basis_known", "basis", ["", *StorageBasis.values]),
        ]

    def __str__(self):
        return f"{self.get_month_display()} {self.year}"

    @classmethod
    def faults(cls, values):
        return future_month_faults(values)

    def warnings(self):
        """What looks wrong about the month as it is recorded: (field, code, message)."""
        names = ("year", "month", "kg_in", "kg_out", "kg_end", "kg_days")
        values = {name: getattr(self, name) for name in names}
        before = StorageMonth.objects.stock_before(self.chamber_id, self.year, self.month)
        return month_warnings(values, before=before, tons=self.chamber.capacity_ton)


def month_before(year, month):
    """Year and number of the month before."""
    return (year, month - 1) if month > 1 else (year - 1, 12)


def month_warnings(values, *, before, tons):
    """What looks wrong about one month of a chamber: (field, code, message), in kilograms.

    ``values`` maps field names to amounts, ``before`` is the stock the month began with; any of
    them may be unknown, and then nothing is said of it.
    """
    came, went, end = (values.get(name) for name in ("kg_in", "kg_out", "kg_end"))
    if None not in (came, went, end, before) and before + came - went != end:
        yield (
            "kg_end",
            "stock_mismatch",
            f"Stok akhir {_kg(end)} kg, padahal stok akhir bulan lalu {_kg(before)} + masuk "
            f"{_kg(came)} - keluar {_kg(went)} = {_kg(before + came - went)} kg. Periksa keempatnya.",
        )
    if tons is None:
        return
    length = calendar.monthrange(values["year"], values["month"])[1]
    for name, most, span in (
        ("kg_end", tons * KG_PER_TON, " kg"),
        ("kg_days", tons * KG_PER_TON * length, f" selama {length} hari"),
    ):
        amount = values.get(name)
        if amount is not None and amount > most:
            yield (
                name,
                "over_capacity",
                f"{_kg(amount)} melebihi kapasitas ruang, {_kg(most)}{span}. Periksa angkanya.",
            )


def _kg(amount):
    return format_decimal(amount.normalize())
