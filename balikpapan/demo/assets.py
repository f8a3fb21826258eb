"""Invented assets on all six inventory cards."""

from collections.abc import Iterator
from decimal import Decimal

from balikpapan.reference_data import read
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
