"""Invented months of the cold storage and the PAD that comes from them and from rents."""

import calendar
import datetime
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from facilities.models import Chamber, Facility
from industry.models import RevenueAccount
from industry.models.revenue_sources import name_key

#: Rupiah per kilogram and day, and which part of the capacity is used at first and in the end.
TARIFFS = {"chill": 100, "freeze": 2_000}
USE = {"chill": (0.04, 0.19), "freeze": (0.003, 0.014)}
SOURCES = {
    "chill": "Retribusi cold storage: penyimpanan",
    "freeze": "Retribusi cold storage: pembekuan",
}
#: Source, facility, a month's rent in million rupiah, and how uneven it comes in.
RENTS = [
    ("Sewa rumah produksi SIKS", "SIKS", 7.2, 0.5),
    ("Sewa rumah produksi SIKT", "SIKT", 3.4, 0.7),
]
ACCOUNT = "4.1.02.02.20"


def make_storage_months(dice: Random, years: range) -> Iterator[dict]:
    """What each chamber held, from its first full month on."""
    for chamber in Chamber.objects.kept().select_related("facility").order_by("id"):
        opened = chamber.facility.operational_on
        months = [
            (year, month)
            for year in years
            for month in range(1, 13)
            if opened is None or datetime.date(year, month, 1) > opened
        ]
        stock = Decimal(0)
        for order, (year, month) in enumerate(months):
            part = order / max(len(months) - 1, 1)
            days = last_day(year, month).day
            kg_days = used_kg_days(dice, chamber, part, days)
            end = Decimal(round(kg_days / days * dice.randint(70, 120) / 100))
            into = end + Decimal(round(kg_days / 6))
            yield {
                "chamber_id": chamber.id,
                "year": year,
                "month": month,
                "kg_in": into,
                "kg_out": stock + into - end,
                "kg_end": end,
                "kg_days": kg_days,
                "operating_days": days - dice.choice([0, 0, 0, 1, 2]),
                "tenants": 2 + round(8 * part) + dice.randint(0, 2),
                "revenue": int(kg_days) * TARIFFS[chamber.purpose],
                # Some meter readings are missing, as in real life.
                "energy_kwh": Decimal(dice.randint(9_000, 14_000)) if order % 7 else None,
            }
            stock = end


def used_kg_days(dice: Random, chamber: Chamber, part: float, days: int) -> Decimal:
    """The kg-days of a month so far along the way from the first use to the last."""
    first, last = USE[chamber.purpose]
    used = (first + (last - first) * part) * dice.uniform(0.7, 1.25)
    return Decimal(round(float(chamber.capacity_ton) * 1000 * used * days))


def make_revenues(dice: Random, years: range, storage: list[dict]) -> Iterator[dict]:
    """Monthly PAD by source; the cold storage brings in what its months say."""
    accounts = RevenueAccount.objects.kept().filter(code=ACCOUNT)
    account = accounts.values_list("id", flat=True).first()
    for name, facility, year, month, realised in [
        *rents(dice, years),
        *storage_fees(storage),
    ]:
        yield {
            "year": year,
            "month": month,
            "account_id": account,
            "source_name": name,
            "source_key": name_key(name),
            "stage": "original",
            "target": round(realised * dice.uniform(0.8, 1.15) / 10**5) * 10**5,
            "realised": realised,
            "as_of": last_day(year, month),
            "status": "provisional" if year == years[-1] else "final",
            "source": "Data contoh",
            "facility_id": facility,
        }


def make_sources(revenues: list[dict]) -> Iterator[dict]:
    """The sources those rows speak of."""
    for row in {row["source_key"]: row for row in revenues}.values():
        yield {
            "name": row["source_name"],
            "account_id": row["account_id"],
            "key": row["source_key"],
        }


def rents(dice: Random, years: range) -> Iterator[tuple]:
    """What the production houses of both centres pay, month by month."""
    centres = dict(Facility.objects.kept().values_list("code", "id"))
    for name, code, million, swing in RENTS:
        for year in years:
            for month in range(1, 13):
                rent = round(million * dice.uniform(1 - swing, 1 + swing) * 10) * 10**5
                yield name, centres.get(code), year, month, rent


def storage_fees(storage: list[dict]) -> Iterator[tuple]:
    """What the chambers brought in, month by month."""
    chambers = Chamber.objects.in_bulk()
    for row in storage:
        chamber = chambers[row["chamber_id"]]
        name = SOURCES[chamber.purpose]
        yield name, chamber.facility_id, row["year"], row["month"], row["revenue"]


def last_day(year: int, month: int) -> datetime.date:
    """The last day of a month."""
    return datetime.date(year, month, calendar.monthrange(year, month)[1])
