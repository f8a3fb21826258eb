"""How cold a chamber was, and when it stood still."""

from decimal import Decimal

from django.db import models

from balikpapan.audit.constraints import (
    in_order,
    one_of,
    unique_among_kept,
    within,
    within_calendar,
)
from balikpapan.audit.fields import BoundedCharField, CountField, MeasureField, NotesField
from balikpapan.audit.models import Record
from balikpapan.spreadsheets.cells import format_decimal

from ..choices import OutageCause
from .labels import shown_day
from .places import Chamber

DEGREES = (-100, 100)
HOURS = (0, 23)


class HourField(CountField):
    """An hour of the day."""

    low, high = HOURS


class TemperatureReading(Record):
    """The temperature read in a chamber at one hour."""

    year_field = "read_on"
    past_fields = ("read_on",)

    chamber = models.ForeignKey(
        Chamber, models.PROTECT, verbose_name="ruang", related_name="readings"
    )
    read_on = models.DateField("tanggal")
    hour = HourField("jam", help_text="0 sampai 23.")
    degrees = MeasureField(
        "suhu (°C)", unit="°C", max_digits=5, decimal_places=1, low=DEGREES[0], high=DEGREES[1]
    )
    read_by = BoundedCharField("dibaca oleh", max_length=100, blank=True)
    notes = NotesField("catatan", max_length=500)

    class Meta(Record.Meta):
        ordering = ["-read_on", "-hour", "chamber"]
        verbose_name = verbose_name_plural = "suhu ruang"
        constraints = [
            *within_calendar("facilities_temperaturereading", "read_on"),
            *within("facilities_temperaturereading", HOURS, "hour"),
            *within("facilities_temperaturereading", DEGREES, "degrees"),
            unique_among_kept(
                "facilities_temperaturereading_once",
                "chamber",
                "read_on",
                "hour",
                message="Suhu ruang ini pada jam itu sudah tercatat.",
            ),
        ]

    def __str__(self):
        return f"{self.chamber} {shown_day(self.read_on)} pukul {self.hour}"

    def warnings(self):
        """What is wrong with the temperature by the thresholds of the chamber, in words."""
        low, high = self.chamber.temperature_min, self.chamber.temperature_max
        shown = format_decimal(Decimal(self.degrees).normalize())
        if low is None and high is None:
            return [f"Batas suhu {self.chamber} belum diisi, jadi {shown} °C tidak dapat dinilai."]
        if high is not None and self.degrees > high:
            return [f"{shown} °C lebih panas daripada batas {self.chamber}, {high} °C."]
        if low is not None and self.degrees < low:
            return [f"{shown} °C lebih dingin daripada batas {self.chamber}, {low} °C."]
        return []


class Outage(Record):
    """A time in which a chamber did not work."""

    year_field = "began_on"
    past_fields = ("began_on", "ended_on")

    chamber = models.ForeignKey(
        Chamber, models.PROTECT, verbose_name="ruang", related_name="outages"
    )
    began_on = models.DateField("mulai tanggal")
    ended_on = models.DateField(
        "selesai tanggal", null=True, blank=True, help_text="Kosong selama belum selesai."
    )
    hours = MeasureField(
        "lama (jam)", unit="jam", max_digits=7, decimal_places=1, high=99_999, null=True, blank=True
    )
    cause = BoundedCharField("sebab", max_length=12, choices=OutageCause)
    notes = NotesField("uraian", max_length=500)

    class Meta(Record.Meta):
        ordering = ["-began_on", "-id"]
        verbose_name = verbose_name_plural = "gangguan ruang"
        constraints = [
            *within_calendar("facilities_outage", "began_on", "ended_on"),
            *within("facilities_outage", (0, 99_999), "hours"),
            in_order(
                "facilities_outage_order",
                "began_on",
                "ended_on",
                "Gangguan selesai sebelum mulai.",
            ),
            one_of("facilities_outage_cause_known", "cause", OutageCause.values),
        ]

    def __str__(self):
        return f"{self.chamber} {shown_day(self.began_on)}: {self.get_cause_display()}"
