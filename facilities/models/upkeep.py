"""How the goods are kept up: maintenance, inventory sessions, and how long goods last."""

import datetime

from django.db import models
from django.db.models import Q

from balikpapan.audit.constraints import (
    in_order,
    not_blank,
    one_of,
    unique_among_kept,
    within,
    within_calendar,
)
from balikpapan.audit.fields import BoundedCharField, CountField, NotesField, RupiahField
from balikpapan.audit.models import Record, RecordQuerySet

from ..choices import Condition, MaintenanceKind, Presence
from .assets import Asset
from .labels import shown_day
from .places import Facility, places_within

#: What has to be done within so many days is coming up.
SOON = datetime.timedelta(days=30)


class MaintenanceQuerySet(RecordQuerySet):
    def open(self):
        """What is planned and not done yet."""
        return self.kept().filter(done_on=None)

    def overdue_on(self, day):
        """What should have been done before a day."""
        return self.open().filter(due_on__lt=day)

    def due_soon(self, day):
        """What has to be done within the thirty days from a day on."""
        return self.open().filter(due_on__range=(day, day + SOON))

    def cost_by_kib(self, year):
        """Per inventory card how often goods were maintained in a year and what it cost."""
        done = self.kept().filter(done_on__year=year)
        return (
            done.order_by()
            .values("asset__kib")
            .annotate(times=models.Count("pk"), cost_sum=models.Sum("cost"))
        )


class Maintenance(Record):
    """Work on an asset: planned by ``due_on``, done by ``done_on``."""

    past_fields = ("done_on",)

    asset = models.ForeignKey(
        Asset, models.PROTECT, verbose_name="aset", related_name="maintenance"
    )
    kind = BoundedCharField("jenis pemeliharaan", max_length=12, choices=MaintenanceKind)
    due_on = models.DateField("rencana tanggal", null=True, blank=True)
    done_on = models.DateField("dikerjakan pada", null=True, blank=True)
    cost = RupiahField("biaya (Rp)", null=True, blank=True)
    vendor = BoundedCharField("pelaksana", max_length=200, blank=True)
    notes = NotesField("catatan")

    objects = MaintenanceQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-done_on", "due_on", "id"]
        verbose_name = verbose_name_plural = "pemeliharaan aset"
        constraints = [
            one_of("facilities_maintenance_kind_known", "kind", MaintenanceKind.values),
            *within("facilities_maintenance", RupiahField, "cost"),
            models.CheckConstraint(
                name="facilities_maintenance_day_given",
                condition=Q(due_on__isnull=False) | Q(done_on__isnull=False),
                violation_error_message="Isi tanggal rencana, tanggal dikerjakan, atau keduanya.",
            ),
            *within_calendar("facilities_maintenance", "due_on", "done_on"),
        ]

    def __str__(self):
        day = self.done_on or self.due_on
        of_day = f" ({shown_day(day)})" if day else ""
        return f"{self.get_kind_display()} {self.asset}{of_day}"


class InventorySession(Record):
    """The goods of a place counted from a day on; ``finished_on`` ends it."""

    past_fields = ("held_on", "finished_on")

    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="sarana", related_name="inventory_sessions"
    )
    held_on = models.DateField("tanggal inventarisasi")
    finished_on = models.DateField("selesai pada", null=True, blank=True, editable=False)
    team = BoundedCharField("petugas inventarisasi", max_length=300, blank=True)
    notes = NotesField("catatan")

    class Meta(Record.Meta):
        ordering = ["-held_on", "-id"]
        verbose_name = verbose_name_plural = "inventarisasi aset"
        constraints = [
            unique_among_kept(
                "facilities_inventorysession_once",
                "facility",
                "held_on",
                message="Inventarisasi sarana ini pada tanggal itu sudah tercatat.",
            ),
            *within_calendar("facilities_inventorysession", "held_on"),
            in_order(
                "facilities_inventorysession_in_order",
                "held_on",
                "finished_on",
                "Tanggal selesai mendahului tanggal inventarisasi.",
            ),
        ]

    def __str__(self):
        return f"{self.facility}, {shown_day(self.held_on)}"

    def assets(self):
        """The goods to be counted: those of the place and of what belongs to it."""
        return (
            Asset.objects.held_in(self.held_on.year)
            .filter(facility__in=places_within(self.facility_id))
            .select_related("facility")
            .order_by("facility__name", "item_code", "register", "pk")
        )


class InventoryEntry(Record):
    """What an inventory session says of one asset."""

    session = models.ForeignKey(
        InventorySession, models.PROTECT, verbose_name="inventarisasi", related_name="entries"
    )
    asset = models.ForeignKey(
        Asset, models.PROTECT, verbose_name="aset", related_name="inventory_entries"
    )
    presence = BoundedCharField("keberadaan", max_length=8, choices=Presence)
    condition = BoundedCharField("kondisi", max_length=12, choices=Condition, blank=True)
    notes = BoundedCharField("catatan", max_length=500, blank=True)

    class Meta(Record.Meta):
        ordering = ["session", "asset"]
        verbose_name = verbose_name_plural = "hasil inventarisasi"
        constraints = [
            unique_among_kept(
                "facilities_inventoryentry_once",
                "session",
                "asset",
                message="Aset ini sudah dicatat dalam inventarisasi itu.",
            ),
            one_of("facilities_inventoryentry_presence_known", "presence", Presence.values),
            one_of(
                "facilities_inventoryentry_condition_known", "condition", ["", *Condition.values]
            ),
            models.CheckConstraint(
                name="facilities_inventoryentry_missing_bare",
                condition=Q(condition="") | Q(presence=Presence.PRESENT),
                violation_error_message="Barang yang tidak ada tidak punya kondisi.",
            ),
        ]

    def __str__(self):
        return f"{self.asset}: {self.get_presence_display()}"


class UsefulLifeQuerySet(RecordQuerySet):
    def valid_in(self, year):
        """The lines valid on the last day of a year, the longest code first."""
        day = datetime.date(year, 12, 31)
        valid = self.kept().filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            Q(valid_until=None) | Q(valid_until__gte=day),
        )
        return sorted(valid, key=lambda life: (-len(life.code_prefix), life.pk))


class UsefulLife(Record):
    """How many years goods of a group of codes last, and which regulation says so."""

    code_prefix = BoundedCharField(
        "awal kode barang", max_length=30, help_text="Misalnya 1.3.2.02: semua alat angkutan."
    )
    name = BoundedCharField("kelompok barang", max_length=200)
    years = CountField(
        "masa manfaat (tahun)",
        null=True,
        blank=True,
        help_text="Kosongkan bila kelompok ini tidak disusutkan.",
    )
    legal_basis = BoundedCharField("dasar hukum", max_length=300)
    valid_from = models.DateField("berlaku sejak", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)

    objects = UsefulLifeQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["code_prefix", "valid_from"]
        verbose_name = verbose_name_plural = "masa manfaat aset"
        constraints = [
            not_blank("facilities_usefullife_code_given", "code_prefix", "Isi awal kode barang."),
            not_blank("facilities_usefullife_basis_given", "legal_basis", "Isi dasar hukumnya."),
            *within("facilities_usefullife", (1, 200), "years"),
            unique_among_kept(
                "facilities_usefullife_once",
                "code_prefix",
                "valid_from",
                message="Masa manfaat kode ini sejak tanggal itu sudah tercatat.",
            ),
            in_order(
                "facilities_usefullife_period_in_order",
                "valid_from",
                "valid_until",
                "Tanggal akhir mendahului tanggal awal.",
            ),
        ]

    def __str__(self):
        years = f"{self.years} tahun" if self.years else "tidak disusutkan"
        return f"{self.code_prefix} {self.name}: {years}"

    def covers(self, item_code: str) -> bool:
        """Whether a kode barang belongs to this group."""
        return f"{item_code}.".startswith(f"{self.code_prefix.rstrip('.')}.")
