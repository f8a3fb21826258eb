"""Invented days of the cold storage and an inventory: temperatures, outages, goods counted."""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random

from balikpapan.audit.bulk import NewRecord
from facilities.choices import ChamberPurpose, Condition, OutageCause, Presence
from facilities.models import Chamber, Facility, places_within

from .businesses import often
from .ledger import OTHERS

#: Degrees read on an ordinary morning, in tenths; one morning in twenty is warmer.
USUAL = {ChamberPurpose.CHILL: (10, 35), ChamberPurpose.FREEZE: (-215, -185)}
WARMER = 60
#: The coldest and the warmest a chamber should be, in degrees.
THRESHOLDS = {ChamberPurpose.CHILL: (0, 5), ChamberPurpose.FREEZE: (-40, -18)}
READER = "Operator (contoh)"
#: The centre whose goods were counted, and the day of it.
COUNTED, COUNTED_ON = "SIKT", (11, 25)
#: The place in the list of the one that was not there.
MISSING = 2


def with_thresholds() -> Iterator[Chamber]:
    """The chambers with the temperatures they should keep; those the office gave them stay."""
    for chamber in Chamber.objects.kept().order_by("id"):
        if chamber.temperature_min is None and chamber.temperature_max is None:
            chamber.temperature_min, chamber.temperature_max = THRESHOLDS[chamber.purpose]
            yield chamber


def make_readings(dice: Random, today: datetime.date) -> Iterator[dict]:
    """A month of mornings in every chamber, until yesterday."""
    for chamber in Chamber.objects.kept().order_by("id"):
        for back in range(30, 0, -1):
            tenths = dice.randint(*USUAL[chamber.purpose]) + WARMER * often(dice, 5)
            yield {
                "chamber_id": chamber.id,
                "read_on": today - datetime.timedelta(days=back),
                "hour": 8,
                "degrees": Decimal(tenths) / 10,
                "read_by": READER,
                "notes": "Data contoh",
            }


def make_outages(dice: Random, today: datetime.date) -> Iterator[dict]:
    """Two times each chamber stood still last year."""
    for chamber in Chamber.objects.kept().order_by("id"):
        for cause in (OutageCause.POWER, OutageCause.MACHINE):
            began = datetime.date(today.year - 1, dice.randint(1, 12), dice.randint(1, 26))
            hours = dice.randint(2, 30)
            yield {
                "chamber_id": chamber.id,
                "began_on": began,
                "ended_on": began + datetime.timedelta(days=hours // 24),
                "hours": hours,
                "cause": cause.value,
                "notes": "Data contoh",
            }


def make_rental(today: datetime.date) -> Iterator[dict]:
    """One month in which somebody had the whole building, before the ledger begins."""
    yield {
        "facility_id": Chamber.objects.kept().order_by("id").first().facility_id,
        "tenant_name": OTHERS[0],
        "year": today.year - 2,
        "month": 7,
        "notes": "Data contoh",
    }


def make_session(today: datetime.date) -> Iterator[dict]:
    """The inventory of one centre last November, finished a week later."""
    held_on = datetime.date(today.year - 1, *COUNTED_ON)
    yield {
        "facility_id": Facility.objects.kept().get(code=COUNTED).pk,
        "held_on": held_on,
        "finished_on": held_on + datetime.timedelta(days=7),
        "team": "Pengurus barang (contoh)",
        "notes": "Data contoh",
    }


def make_entries(
    session: NewRecord, assets: Sequence[NewRecord], checks: Sequence[NewRecord]
) -> Iterator[dict]:
    """What was seen of each asset of the centre: as last checked, but for one that is not there."""
    latest = {check.values["asset_id"]: check.values["condition"] for check in checks}
    inside = places_within(session.values["facility_id"])
    listed = [asset for asset in assets if asset.values["facility_id"] in inside]
    for place, asset in enumerate(listed):
        is_missing = place == MISSING
        condition = "" if is_missing else latest.get(asset.id, Condition.GOOD.value)
        yield {
            "session_id": session.id,
            "asset_id": asset.id,
            "presence": (Presence.MISSING if is_missing else Presence.PRESENT).value,
            "condition": condition,
            "notes": "Data contoh",
        }
