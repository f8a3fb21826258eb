"""Invented production units of both centres, and who has rented them since."""

import datetime
from collections.abc import Iterator
from random import Random

from balikpapan.audit.bulk import NewRecord
from facilities.choices import Condition, Service, TariffUnit, UnitKind
from facilities.models import Facility

from .businesses import Firm, often

#: Centre, rows of its plan with the units in each, units let (percent), a unit's own rent.
CENTRES = [
    ("SIKS", {"A": 19, "B": 19, "C": 19, "D": 19, "E": 18}, 88, None),
    ("SIKT", {"A": 8, "B": 8, "C": 8}, 65, 225_000),
]
#: The rent of the units whose lease names none.
UNIT_RENT = 90_000
REASONS = ["Tutup usaha", "Pindah ke tempat sendiri", "Menunggak sewa", "Atas permintaan penyewa"]
#: Squares of the plan: a unit, and from one unit and one row to the next.
SIZE, ACROSS, DOWN = (3, 4), 4, 7


def make_unit_tariff(first_year: int) -> dict:
    """What a unit costs a month where the lease names no rent."""
    return {
        "service": Service.UNIT_RENT.value,
        "per": TariffUnit.MONTH.value,
        "amount": UNIT_RENT,
        "legal_basis": "Data contoh",
        "valid_from": datetime.date(first_year, 1, 1),
    }


def make_units(dice: Random) -> Iterator[dict]:
    """The units of both centres in rows on their plans; a few are broken."""
    centres = dict(Facility.objects.kept().values_list("code", "id"))
    for code, rows, _, _ in CENTRES:
        for down, (row, count) in enumerate(rows.items()):
            for across in range(count):
                broken = often(dice, 5)
                yield {
                    "facility_id": centres[code],
                    "number": f"{row}-{across + 1:02d}",
                    "kind": UnitKind.HOUSE.value,
                    "area_m2": dice.choice([36, 45, 54]),
                    "condition": (Condition.HEAVY if broken else Condition.GOOD).value,
                    "plan_x": across * ACROSS,
                    "plan_y": down * DOWN,
                    "plan_width": SIZE[0],
                    "plan_height": SIZE[1],
                    "notes": "Data contoh",
                }


def make_leases(
    dice: Random, units: list[NewRecord], firms: list[Firm], today: datetime.date
) -> Iterator[dict]:
    """One tenant after another in every unit that is not broken, since three years ago."""
    centres = {key: code for code, key in Facility.objects.kept().values_list("code", "id")}
    plans = {code: (let, rent) for code, _, let, rent in CENTRES}
    inside = {
        key: [f.id for f in firms if f.values["centre_id"] == key and not f.values["closed_year"]]
        for key in centres
    }
    for unit in units:
        place = unit.values["facility_id"]
        let, rent = plans[centres[place]]
        if unit.values["condition"] == Condition.HEAVY or not often(dice, let):
            continue
        start = datetime.date(today.year - 3, dice.randint(1, 12), 1)
        while start <= today:
            end = datetime.date(start.year + dice.choice([1, 1, 2]), start.month, 1)
            lease = {
                "unit_id": unit.id,
                **tenant(dice, inside[place]),
                "start_on": start,
                "end_on": end - datetime.timedelta(days=1),
                "monthly_rent": rent,
                "notes": "Data contoh",
            }
            left_on = start + datetime.timedelta(days=dice.randint(100, 300))
            if often(dice, 8) and left_on <= today:
                lease |= {"ended_on": left_on, "end_reason": dice.choice(REASONS)}
                # A unit that somebody has left stands empty for a while.
                end = following_month(left_on + datetime.timedelta(days=dice.choice([60, 240])))
            yield lease
            start = end


def tenant(dice: Random, businesses: list[int]) -> dict:
    """A business of the centre, or somebody whom the register does not hold."""
    if businesses and often(dice, 60):
        return {"business_id": dice.choice(businesses)}
    return {"tenant_name": f"Penyewa Contoh {dice.randint(1, 99)}"}


def following_month(day: datetime.date) -> datetime.date:
    """The first day of the month after that of ``day``."""
    return (day.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
