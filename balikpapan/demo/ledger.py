"""An invented year of the cold-storage ledger, and the months that were typed from it."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from facilities.models import Chamber
from facilities.storage_figures import FIGURES, ledger_months

from .businesses import Firm

#: Kilograms of one deposit, days it lies, and deposits a month, by what a chamber is for.
HABITS = {
    "chill": ((150, 1_400), (6, 32), 9),
    "freeze": ((60, 380), (1, 5), 6),
}
COMMODITIES = ("Ikan tenggiri", "Udang", "Kepiting", "Ayam potong", "Sayur", "Amplang beku")
#: Who brings goods without being an IKM of the register.
OTHERS = ("Koperasi Nelayan Contoh", "UD Contoh Segar")
TENANTS = 8
#: Nothing lies there any more on New Year's Eve.
LAST_DAY = (12, 28)


def make_deposits(dice: Random, firms: list[Firm], year: int) -> Iterator[dict]:
    """What was brought into each chamber in the year, day by day; ``stays`` are its withdrawals."""
    makers = [firm.id for firm in firms if firm.trade.is_food and firm.works_in(year)]
    tenants = [*((key, "") for key in makers[:TENANTS]), *((None, name) for name in OTHERS)]
    number = 0
    for chamber in Chamber.objects.kept().select_related("facility").order_by("id"):
        opened = chamber.facility.operational_on
        weights, stays, often = HABITS[chamber.purpose]
        for month in range(1, 13):
            for _ in range(often):
                day = datetime.date(year, month, dice.randint(1, 26))
                business, name = dice.choice(tenants)
                kg = Decimal(dice.randint(*weights))
                days = dice.randint(*stays)
                if opened is not None and day < opened:
                    continue
                number += 1
                yield {
                    "chamber_id": chamber.id,
                    "business_id": business,
                    "tenant_name": name,
                    "commodity": dice.choice(COMMODITIES),
                    "kg": kg,
                    "in_on": day,
                    "receipt": f"CS-{year}-{number:04d}",
                    "notes": "",
                    "stays": days,
                }


def make_withdrawals(dice: Random, deposits: list[tuple[int, dict, int]]) -> Iterator[dict]:
    """Each deposit taken out in one or two goes; ``deposits`` are (id, values, days it lies)."""
    for key, values, days in deposits:
        last = datetime.date(values["in_on"].year, *LAST_DAY)
        out_on = min(values["in_on"] + datetime.timedelta(days=days), last)
        half = (values["kg"] / 2).quantize(Decimal("0.01"))
        middle = values["in_on"] + (out_on - values["in_on"]) // 2
        if days > 8 and middle < out_on and dice.randint(0, 2):
            yield {"deposit_id": key, "kg": half, "out_on": middle, "notes": ""}
            yield {"deposit_id": key, "kg": values["kg"] - half, "out_on": out_on, "notes": ""}
        else:
            yield {"deposit_id": key, "kg": values["kg"], "out_on": out_on, "notes": ""}


def months_with_ledger(storage: list[dict], year: int) -> list[dict]:
    """The months typed as the ledger of the last year says, those before it left as they are.

    The year before ends with everything gone, because the ledger begins with empty rooms.
    """
    chambers = list(Chamber.objects.kept().select_related("facility"))
    by_ledger = ledger_months(chambers, [year])
    months = []
    for row in storage:
        figures = by_ledger.get((row["chamber_id"], row["year"], row["month"]))
        if figures is not None:
            months.append({**row, **{name: getattr(figures, name) for name in FIGURES}})
        elif row["year"] < year or not by_ledger:
            is_last = bool(by_ledger) and (row["year"], row["month"]) == (year - 1, 12)
            months.append(emptied(row) if is_last else row)
    return months


def emptied(row: dict) -> dict:
    """A month at whose end nothing is left."""
    return {**row, "kg_out": row["kg_out"] + row["kg_end"], "kg_end": Decimal(0)}
