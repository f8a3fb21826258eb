"""The months of the cold storage by the ledger and as typed, and which of the two counts."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from .choices import ChamberPurpose, Service, StorageBasis
from .ledger import Goods, Rate, bounds_of, charges, kg_days, month_of_goods, months_between
from .models import BuildingRental, Chamber, Deposit, StorageMonth, Tariff

SERVICES = {
    ChamberPurpose.CHILL: Service.CHILL_STORAGE,
    ChamberPurpose.FREEZE: Service.FREEZING,
}
#: What the ledger says of a month, in the order of the form.
FIGURES = ("kg_in", "kg_out", "kg_end", "kg_days", "tenants", "revenue")


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """The figures of one chamber and month; None is not known."""

    kg_in: Decimal | None = None
    kg_out: Decimal | None = None
    kg_end: Decimal | None = None
    kg_days: Decimal | None = None
    tenants: int | None = None
    revenue: int | None = None

    def differences(self, typed: Mapping[str, object]) -> list[tuple[str, object, object]]:
        """(field, typed, by the ledger) for each figure that was typed as something else."""
        pairs = [(name, typed.get(name), getattr(self, name)) for name in FIGURES]
        return [(name, own, ours) for name, own, ours in pairs if own is not None and own != ours]


@dataclass(frozen=True, slots=True)
class ChamberMonth:
    """One month of a chamber: what was typed, what the ledger says, and which of them counts."""

    chamber: Chamber
    year: int
    month: int
    typed: StorageMonth | None = None
    ledger: MonthFigures | None = None

    @property
    def basis(self) -> StorageBasis:
        """Where its figures come from: the ledger where there is one, unless it was decided."""
        decided = "" if self.typed is None else self.typed.basis
        return StorageBasis.TYPED if self.ledger is None else basis_of(decided)

    @property
    def figures(self) -> MonthFigures:
        """The figures that count in reports."""
        if self.ledger is not None and self.basis == StorageBasis.LEDGER:
            return self.ledger
        return MonthFigures(*(getattr(self.typed, name) for name in FIGURES))

    @property
    def differences(self) -> list[tuple[str, object, object]]:
        """(field, typed, by the ledger) where both say something else."""
        if self.typed is None or self.ledger is None:
            return []
        return self.ledger.differences({name: getattr(self.typed, name) for name in FIGURES})

    @property
    def is_undecided(self) -> bool:
        """Whether both differ and nobody has said which counts."""
        return bool(self.differences) and not self.typed.basis


def basis_of(decided: str) -> StorageBasis:
    """Which figures of a month count that is in the ledger: the ledger's, unless decided otherwise."""
    return StorageBasis.TYPED if decided == StorageBasis.TYPED else StorageBasis.LEDGER


def chamber_months(
    years: Iterable[int], chambers: Sequence[Chamber] | None = None
) -> list[ChamberMonth]:
    """Every month of these years that is typed or in the ledger, by chamber as given and month."""
    years = sorted(set(years))
    if chambers is None:
        chambers = list(Chamber.objects.kept().select_related("facility"))
    rows = StorageMonth.objects.kept().filter(year__in=years, chamber__in=chambers)
    typed = {(row.chamber_id, row.year, row.month): row for row in rows}
    ledger = ledger_months(chambers, years)
    both = typed.keys() | ledger.keys()
    keys = [(chamber, key) for chamber in chambers for key in sorted(both) if key[0] == chamber.pk]
    return [
        ChamberMonth(chamber, *key[1:], typed.get(key), ledger.get(key)) for chamber, key in keys
    ]


def ledger_months(
    chambers: Sequence[Chamber], years: Sequence[int]
) -> dict[tuple[int, int, int], MonthFigures]:
    """(chamber, year, month) -> what the ledger says, from the first goods to the last.

    A month without goods between two with goods is 0; months to come have none.
    """
    first, last = datetime.date(years[0], 1, 1), datetime.date(years[-1], 12, 31)
    last = min(last, timezone.localdate())
    lying = Deposit.objects.filter(chamber__in=chambers).present_in(first, last)
    of_chamber = defaultdict(list)
    for deposit, goods in lying.order_by("in_on", "pk").as_goods():
        of_chamber[deposit.chamber_id].append((deposit, goods))
    rates = rates_between(first, last) if of_chamber else {}
    exempt = whole_rentals(first, last) if of_chamber else set()
    figures = {}
    for chamber in chambers:
        parcels = of_chamber.get(chamber.pk, [])
        months = list(months_of(parcels, first, last))
        for year, month in months:
            if year in years:
                figures[chamber.pk, year, month] = month_figures(
                    chamber, parcels, (year, month), rates[SERVICES[chamber.purpose]], exempt
                )
    return figures


def months_of(parcels, first: datetime.date, last: datetime.date):
    """The months from the first in which goods lay to the last, within a period."""
    if not parcels:
        return
    begin = max(first, min(goods.in_on for _, goods in parcels))
    end = first
    for _, goods in parcels:
        gone = sum(kg for _, kg in goods.withdrawals) == goods.kg
        end = max(end, max(day for day, _ in goods.withdrawals) if gone else last)
    yield from months_between(begin, min(end, last))


def month_figures(chamber, parcels, month, rates, exempt) -> MonthFigures:
    """The figures of one chamber and (year, month); no revenue where a day has no tariff."""
    first, last = bounds_of(*month)
    sums = month_of_goods((goods for _, goods in parcels), *month)
    tenants, revenue = set(), 0
    for deposit, goods in parcels:
        if not kg_days(goods, first, last):
            continue
        tenants.add(deposit.tenant_key)
        if (chamber.facility_id, *month, deposit.tenant_key) in exempt:
            continue
        for charge in charges(goods, rates, first, last):
            unknown = revenue is None or charge.amount is None
            revenue = None if unknown else revenue + charge.amount
    return MonthFigures(sums.kg_in, sums.kg_out, sums.kg_end, sums.kg_days, len(tenants), revenue)


def rates_between(first: datetime.date, last: datetime.date) -> dict[str, list[Rate]]:
    """The rates of every service in force within a period, oldest first."""
    rates = {service: [] for service in Service}
    rows = Tariff.objects.kept().filter(valid_from__lte=last).exclude(valid_until__lt=first)
    for tariff in rows.order_by("valid_from"):
        rates[tariff.service].append(Rate(tariff.amount, tariff.valid_from, tariff.valid_until))
    return rates


def whole_rentals(first: datetime.date, last: datetime.date) -> set[tuple]:
    """(facility, year, month, tenant) of the buildings let as a whole; their goods pay no kg-days."""
    rows = BuildingRental.objects.kept().filter(year__gte=first.year, year__lte=last.year)
    return {(row.facility_id, row.year, row.month, row.tenant_key) for row in rows}


def goods_in_month(year: int, month: int, deposits) -> list[tuple[Deposit, Goods]]:
    """Those of the deposits that lay in a chamber in a month, with their goods."""
    lying = deposits.present_in(*bounds_of(year, month))
    return lying.order_by("chamber", "in_on", "pk").as_goods()
