"""The places the city runs, and what its cold storage held."""

from decimal import Decimal

from django.db import models

from balikpapan.audit.constraints import in_order, not_blank, one_of, unique_among_kept, within
from balikpapan.audit.fields import (
    BoundedCharField,
    CoordinateField,
    MeasureField,
    NotesField,
    YearField,
)
from balikpapan.audit.models import Record, RecordQuerySet
from balikpapan.audit.record_faults import future_faults
from balikpapan.regions.models import Kelurahan

from ..choices import ChamberPurpose, FacilityKind, FacilityStatus

TONS = (0, 100_000)
KILOGRAMS = (0, 10**9)


class FacilityQuerySet(RecordQuerySet):
    def with_installed_tons(self):
        """Each facility with the sum of its chambers' capacities, NULL where it has none."""
        return self.annotate(
            installed_ton=models.Sum(
                "chambers__capacity_ton", filter=models.Q(chambers__archived_at=None)
            )
        )

    def standing_in(self, year):
        """The places built by the end of ``year``; an unknown building year counts."""
        return self.kept().filter(models.Q(built_year=None) | models.Q(built_year__lte=year))


class Facility(Record):
    """A place the city runs: a centre, or a building or plant that belongs to one."""

    code = BoundedCharField("kode", max_length=20, blank=True, help_text="Misalnya SIKT.")
    name = BoundedCharField("nama sarana", max_length=200)
    kind = BoundedCharField("jenis", max_length=14, choices=FacilityKind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="bagian dari",
        null=True,
        blank=True,
        related_name="parts",
    )
    kelurahan = models.ForeignKey(
        Kelurahan, models.PROTECT, verbose_name="kelurahan", null=True, blank=True
    )
    address = BoundedCharField("alamat", max_length=300, blank=True)
    latitude = CoordinateField(
        "lintang", max_digits=9, decimal_places=6, low=-90, high=90, null=True, blank=True
    )
    longitude = CoordinateField(
        "bujur", max_digits=9, decimal_places=6, low=-180, high=180, null=True, blank=True
    )
    land_area_m2 = MeasureField(
        "luas lahan (m²)", unit="m²", max_digits=12, decimal_places=2, null=True, blank=True
    )
    floor_area_m2 = MeasureField(
        "luas lantai (m²)", unit="m²", max_digits=12, decimal_places=2, null=True, blank=True
    )
    built_year = YearField("tahun dibangun", null=True, blank=True)
    operational_on = models.DateField("mulai beroperasi", null=True, blank=True)
    manager = BoundedCharField("pengelola", max_length=200, blank=True)
    status = BoundedCharField(
        "status", max_length=10, choices=FacilityStatus, default=FacilityStatus.OPERATING
    )
    notes = NotesField("catatan")

    objects = FacilityQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["name"]
        verbose_name = verbose_name_plural = "sarana"
        constraints = [
            not_blank("facilities_facility_name_given", "name", "Isi nama sarana."),
            unique_among_kept(
                "facilities_facility_code_once",
                "code",
                unless_blank=["code"],
                message="Kode ini sudah dipakai sarana lain.",
            ),
            *within("facilities_facility", YearField, "built_year"),
            *within("facilities_facility", (-90, 90), "latitude"),
            *within("facilities_facility", (-180, 180), "longitude"),
            *within("facilities_facility", (0, 10**9), "land_area_m2", "floor_area_m2"),
            one_of("facilities_facility_kind_known", "kind", FacilityKind.values),
            one_of("facilities_facility_status_known", "status", FacilityStatus.values),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def faults(cls, values):
        # What is planned or being built may be due in a year to come.
        if values.get("status") not in (FacilityStatus.PLANNED, FacilityStatus.BUILDING):
            yield from future_faults(cls, values, ("built_year", "operational_on"))
        built, opened = values.get("built_year"), values.get("operational_on")
        if built and opened and opened.year < built:
            yield "operational_on", "Mulai beroperasi sebelum dibangun. Periksa kedua tanggal itu."
        if values.get("parent_id") and values.get("parent_id") == values.get("id"):
            yield "parent", "Sarana tidak dapat menjadi bagian dari dirinya sendiri."


class ChamberQuerySet(RecordQuerySet):
    def standing_in(self, year):
        """The chambers of the places built by the end of ``year``."""
        return self.kept().filter(facility__in=Facility.objects.standing_in(year))

    def installed_in(self, year):
        """The tons they hold together; NULL where there is none."""
        return self.standing_in(year).aggregate(tons=models.Sum("capacity_ton"))["tons"]

    def with_facility_in(self, year):
        """The chambers standing in ``year`` with their place, as table 11 lists them."""
        return (
            self.standing_in(year)
            .select_related("facility")
            .order_by("facility__name", "facility", "purpose", "name")
        )


KG_PER_TON = 1000


class Chamber(Record):
    """One room of a cold storage; chilled stock and freezing throughput are never added."""

    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="sarana", related_name="chambers"
    )
    name = BoundedCharField("nama ruang", max_length=100)
    purpose = BoundedCharField("kegunaan", max_length=6, choices=ChamberPurpose)
    capacity_ton = MeasureField(
        "kapasitas (ton)", unit="ton", max_digits=9, decimal_places=3, high=TONS[1]
    )
    temperature_min = MeasureField(
        "suhu terendah (°C)",
        unit="°C",
        max_digits=5,
        decimal_places=1,
        low=-100,
        high=100,
        null=True,
        blank=True,
    )
    temperature_max = MeasureField(
        "suhu tertinggi (°C)",
        unit="°C",
        max_digits=5,
        decimal_places=1,
        low=-100,
        high=100,
        null=True,
        blank=True,
    )

    objects = ChamberQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["facility", "name"]
        verbose_name = verbose_name_plural = "ruang cold storage"
        constraints = [
            not_blank("facilities_chamber_name_given", "name", "Isi nama ruang."),
            unique_among_kept(
                "facilities_chamber_once",
                "facility",
                "name",
                message="Ruang dengan nama ini sudah ada di sarana itu.",
            ),
            *within("facilities_chamber", TONS, "capacity_ton"),
            *within("facilities_chamber", (-100, 100), "temperature_min", "temperature_max"),
            in_order(
                "facilities_chamber_temperature_order",
                "temperature_min",
                "temperature_max",
                "Suhu tertinggi lebih rendah daripada suhu terendah.",
            ),
            one_of("facilities_chamber_purpose_known", "purpose", ChamberPurpose.values),
        ]

    def __str__(self):
        return self.name

    def utilisation(self, kg_days, days):
        """Kg-days as a fraction of what the room could hold over so many days; None if unknown."""
        if kg_days is None or not days or not self.capacity_ton:
            return None
        return Decimal(kg_days) / (self.capacity_ton * KG_PER_TON * days)


def places_within(facility: int) -> set[int]:
    """A place and every place that belongs to it, however deep."""
    parts: dict[int | None, list[int]] = {}
    for place, parent in Facility.objects.kept().values_list("pk", "parent"):
        parts.setdefault(parent, []).append(place)
    places, open_ones = {facility}, [facility]
    while open_ones:
        new = set(parts.get(open_ones.pop(), ())) - places
        places |= new
        open_ones += new
    return places


def outermost_place(facility: int) -> int:
    """The place that a place belongs to in the end; itself where it belongs to none."""
    parents = dict(Facility.objects.kept().values_list("pk", "parent"))
    passed: set[int] = set()
    while parents.get(facility) in parents and facility not in passed:
        passed.add(facility)
        facility = parents[facility]
    return facility
