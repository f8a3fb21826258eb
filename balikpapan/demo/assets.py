"""Invented assets on all six inventory cards."""

import datetime
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal

from balikpapan.audit.bulk import NewRecord
from balikpapan.reference_data import read
from facilities.choices import Condition, MaintenanceKind
from facilities.models import Facility, kib_of

from .trades import FIXTURES


def make_assets(last_year: int) -> Iterator[dict]:
    """The listed assets with running register numbers; none is newer than the last year."""
    facilities = Facility.objects.kept()
    places = {name: key for key, name in facilities.values_list("id", "name")}
    places.update((code, key) for key, code in facilities.values_list("id", "code") if code)
    registers: dict[str, int] = {}
    for row in read(FIXTURES / "assets.csv"):
        code = row["item_code"]
        registers[code] = registers.get(code, 0) + 1
        is_let = "rumah produksi" in row["name"].lower()
        yield {
            "item_code": code,
            "register": f"{registers[code]:06d}",
            "name": row["name"],
            "kib": kib_of(code),
            "quantity": int(row["quantity"]),
            "unit": row["unit"],
            "area_m2": Decimal(row["area_m2"]) if row["area_m2"] else None,
            "acquired_year": min(int(row["acquired_year"]), last_year),
            "acquisition_method": "grant" if row["funding"] == "grant" else "purchase",
            "funding": row["funding"],
            "acquisition_value": int(row["million"]) * 10**6,
            "usage_status": "rented" if is_let else "own",
            "facility_id": places.get(row["facility"]),
            "notes": "Data contoh",
        }


def make_checks(
    dice: random.Random, assets: Sequence[NewRecord], years: Sequence[int]
) -> Iterator[dict]:
    """Most goods looked at every November; none gets better by itself."""
    conditions = dict.fromkeys((asset.id for asset in assets), 0)
    for year in years:
        for asset in assets:
            if asset.values["acquired_year"] > year or dice.random() < 0.1:
                continue
            if dice.random() < 0.06:
                conditions[asset.id] = min(conditions[asset.id] + 1, 2)
            yield {
                "asset_id": asset.id,
                "checked_on": datetime.date(year, 11, 1 + dice.randrange(28)),
                "condition": Condition.values[conditions[asset.id]],
                "checked_by": "Pengurus barang (contoh)",
                "notes": "Data contoh",
            }


def make_maintenance(
    dice: random.Random, assets: Sequence[NewRecord], today: datetime.date
) -> Iterator[dict]:
    """What was done to machines and buildings last year, and what is planned."""
    for asset in assets:
        if asset.values["kib"] not in ("B", "C") or dice.random() < 0.2:
            continue
        done = datetime.date(today.year - 1, dice.randint(1, 12), dice.randint(1, 28))
        kind = dice.choice([MaintenanceKind.ROUTINE, MaintenanceKind.REPAIR])
        shared = {"asset_id": asset.id, "notes": "Data contoh"}
        yield {
            **shared,
            "kind": kind.value,
            "done_on": done,
            "cost": dice.randrange(5, 80) * 100_000,
            "vendor": "Bengkel Contoh",
        }
        if dice.random() < 0.7:
            due = today + datetime.timedelta(days=dice.randrange(-20, 60))
            yield {**shared, "kind": MaintenanceKind.ROUTINE.value, "due_on": due}
