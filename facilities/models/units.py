"""The production units of the centres, and who rents them from when to when."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.formats import date_format

from balikpapan.audit.constraints import (
    in_order,
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
from balikpapan.audit.periods import NoOverlap

from ..choices import Condition, UnitKind
from .places import Facility
from .tenants import TenantRecord, one_tenant

#: The plan of a centre is a grid of so many squares each way.
PLAN_SIDE = 200


class PlanField(CountField):
    """A measure on the plan, in squares of its grid."""

    high = PLAN_SIDE


class PlanSizeField(PlanField):
    """A width or height on the plan, at least one square."""

    low = 1


class ProductionUnitQuerySet(RecordQuerySet):
    def standing_in(self, year):
        """The units built by the end of ``year``; an unknown building year counts."""
        return self.kept().filter(Q(built_year=None) | Q(built_year__lte=year))


class ProductionUnit(Record):
    """A production house, kiosk or store of a centre that the city lets."""

    past_fields = ("built_year",)

    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="sarana", related_name="units"
    )
    number = BoundedCharField("nomor unit", max_length=20, help_text="Misalnya A-12.")
    kind = BoundedCharField("jenis", max_length=9, choices=UnitKind, default=UnitKind.HOUSE)
    area_m2 = MeasureField(
        "luas (m²)", unit="m²", max_digits=9, decimal_places=2, high=10**6, null=True, blank=True
    )
    condition = BoundedCharField("kondisi", max_length=12, choices=Condition, blank=True)
    built_year = YearField("tahun dibangun", null=True, blank=True)
    plan_x = PlanField(
        "letak dari kiri", null=True, blank=True, help_text="Dalam kotak denah, 0 di tepi kiri."
    )
    plan_y = PlanField(
        "letak dari atas", null=True, blank=True, help_text="Dalam kotak denah, 0 di tepi atas."
    )
    plan_width = PlanSizeField("lebar di denah", null=True, blank=True)
    plan_height = PlanSizeField("tinggi di denah", null=True, blank=True)
    notes = NotesField("catatan")

    objects = ProductionUnitQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["facility", "number"]
        verbose_name = verbose_name_plural = "unit produksi"
        constraints = [
            not_blank("facilities_productionunit_number_given", "number", "Isi nomor unit."),
            unique_among_kept(
                "facilities_productionunit_once",
                "facility",
                "number",
                message="Unit bernomor ini sudah ada di sarana itu.",
            ),
            *within("facilities_productionunit", YearField, "built_year"),
            *within("facilities_productionunit", (0, 10**6), "area_m2"),
            *within("facilities_productionunit", PlanField, "plan_x", "plan_y"),
            *within("facilities_productionunit", PlanSizeField, "plan_width", "plan_height"),
            one_of("facilities_productionunit_kind_known", "kind", UnitKind.values),
            one_of(
                "facilities_productionunit_condition_known", "condition", ["", *Condition.values]
            ),
            models.CheckConstraint(
                name="facilities_productionunit_place_whole",
                condition=Q(
                    plan_x__isnull=True,
                    plan_y__isnull=True,
                    plan_width__isnull=True,
                    plan_height__isnull=True,
                )
                | Q(
                    plan_x__isnull=False,
                    plan_y__isnull=False,
                    plan_width__isnull=False,
                    plan_height__isnull=False,
                ),
                violation_error_message="Isi keempat angka letak di denah, atau kosongkan semua.",
            ),
        ]

    def __str__(self):
        return self.number


class LeaseQuerySet(RecordQuerySet):
    def with_last_day(self):
        """Each lease with the day it really ends: ended early, else as agreed; NULL is open."""
        return self.annotate(last_day=Coalesce("ended_on", "end_on"))

    def running_between(self, first, last):
        """The leases that take any day from ``first`` to ``last``."""
        return (
            self.kept()
            .with_last_day()
            .filter(Q(last_day=None) | Q(last_day__gte=first), start_on__lte=last)
        )

    def running_on(self, day):
        """The leases that take a day."""
        return self.running_between(day, day)


class Lease(TenantRecord):
    """One tenant's use of one unit from a first to a last day, both included."""

    code_fields = ("agreement",)
    unit = models.ForeignKey(
        ProductionUnit, models.PROTECT, verbose_name="unit", related_name="leases"
    )
    agreement = BoundedCharField("nomor perjanjian", max_length=100, blank=True)
    start_on = models.DateField("mulai sewa")
    end_on = models.DateField("akhir sewa", null=True, blank=True)
    monthly_rent = RupiahField(
        "sewa per bulan (Rp)",
        null=True,
        blank=True,
        help_text="Kosong berarti menurut tarif sewa unit yang berlaku.",
    )
    ended_on = models.DateField(
        "diakhiri pada", null=True, blank=True, help_text="Hari terakhir, bila sebelum waktunya."
    )
    end_reason = BoundedCharField("alasan diakhiri", max_length=300, blank=True)
    notes = NotesField("catatan")

    objects = LeaseQuerySet.as_manager()
    no_overlap = NoOverlap(
        name="facilities_lease_no_overlap",
        table="facilities_lease",
        subject="unit_id",
        start="start_on",
        ends=("ended_on", "end_on"),
        message="Masa sewa satu unit tidak boleh bertumpang tindih.",
        migration=("facilities", "0007_lease_no_overlap"),
    )

    class Meta(Record.Meta):
        ordering = ["-start_on", "unit"]
        verbose_name = verbose_name_plural = "sewa unit"
        constraints = [
            *within("facilities_lease", RupiahField, "monthly_rent"),
            *within_calendar("facilities_lease", "start_on", "end_on", "ended_on"),
            in_order(
                "facilities_lease_period_order",
                "start_on",
                "end_on",
                "Akhir sewa lebih awal daripada mulainya.",
            ),
            in_order(
                "facilities_lease_ended_after_start",
                "start_on",
                "ended_on",
                "Sewa diakhiri sebelum mulai. Bila tidak pernah ditempati, arsipkan sewanya.",
            ),
            in_order(
                "facilities_lease_ended_before_end",
                "ended_on",
                "end_on",
                "Sewa diakhiri sesudah akhir sewanya. Ubah akhir sewanya, atau kosongkan.",
            ),
            one_tenant("facilities_lease_one_tenant"),
            models.CheckConstraint(
                name="facilities_lease_reason_of_end",
                condition=Q(ended_on__isnull=True, end_reason="")
                | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                violation_error_message=(
                    "Sewa yang diakhiri sebelum waktunya menyebut tanggal dan alasannya."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.tenant}, {self.period}"

    @property
    def period(self):
        """From when to when, in words: 1 Januari 2024 s/d 31 Desember 2024."""
        start, end = self.start_on, self.final_day
        # A form that is sent without its first day still names the lease it is about.
        since = date_format(start) if start else "?"
        until = date_format(end) if end else "seterusnya"
        return f"{since} s/d {until}"

    @property
    def final_day(self):
        """The day it really ends: ended early, else as agreed; None where it is open."""
        return self.ended_on or self.end_on
