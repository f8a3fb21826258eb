"""Invented months of the cold storage and the PAD that comes from them and from rents."""

import calendar
import datetime
from decimal import Decimal
from random import Random

from balikpapan.audit.bulk import NewRecord
from facilities.models import Chamber, Facility
from industry.models import RevenueAccount

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


def make_storage_months(dice: Random, years: range) -> list[NewRecord]:
    """What each chamber held, from its first full month on."""
    records = []
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
            low, high = USE[chamber.purpose]
            used = (low + (high - low) * part) * dice.uniform(0.7, 1.25)
            days = calendar.monthrange(year, month)[1]
            kg_days = Decimal(round(float(chamber.capacity_ton) * 1000 * used * days))
            end = Decimal(round(kg_days / days * Decimal(dice.uniform(0.7, 1.2))))
            into = end + Decimal(round(kg_days / 6))
            records.append(
                {
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
                    "energy_kwh": Decimal(dice.randint(9_000, 14_000)) if order % 7 else None,
                }
            )
            stock = end
    return [NewRecord(values, place=0) for values in records]


def make_revenues(dice: Random, years: range, storage: list[NewRecord]) -> list[NewRecord]:
    """Monthly PAD by source; the cold storage brings in what its months say."""
    account = (
        RevenueAccount.objects.kept().filter(code=ACCOUNT).values_list("id", flat=True).first()
    )
    centres = dict(Facility.objects.kept().values_list("code", "id"))
    chambers = {chamber.id: chamber for chamber in Chamber.objects.kept()}
    takings = [
        (
            name,
            centres.get(code),
            year,
            month,
            round(rent * dice.uniform(1 - swing, 1 + swing)) * 10**6,
        )
        for name, code, rent, swing in RENTS
        for year in years
        for month in range(1, 13)
    ]
    for record in storage:
        month, chamber = record.values, chambers[record.values["chamber_id"]]
        takings.append(
            (
                SOURCES[chamber.purpose],
                chamber.facility_id,
                month["year"],
                month["month"],
                month["revenue"],
            )
        )
    return [
        NewRecord(
            {
                "year": year,
                "month": month,
                "account_id": account,
                "source_name": name,
                "stage": "original",
                "target": round(realised * dice.uniform(0.8, 1.15) / 10**5) * 10**5,
                "realised": realised,
                "as_of": datetime.date(year, month, calendar.monthrange(year, month)[1]),
                "status": "provisional" if year == years[-1] else "final",
                "source": "Data contoh",
                "facility_id": facility,
            },
            place=0,
        )
        for name, facility, year, month, realised in takings
    ]
