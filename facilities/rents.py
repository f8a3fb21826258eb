"""What a lease owes: its own rent or the tariff's, month by month, in whole rupiah."""

import calendar
import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from .choices import Service, TariffUnit
from .ledger import ONE_DAY
from .models import Lease, Tariff


@dataclass(frozen=True)
class RentPart:
    """Days of one month under one rent a month; ``monthly`` is None where nobody set any.

    ``per_m2`` is the price of a square metre that the rent follows from, where it does.
    """

    first: datetime.date
    last: datetime.date
    monthly: int | None
    per_m2: int | None = None

    @property
    def days(self) -> int:
        """How many days, both ends included."""
        return (self.last - self.first).days + 1

    @property
    def month_length(self) -> int:
        """How many days the whole month has."""
        return calendar.monthrange(self.first.year, self.first.month)[1]

    @property
    def amount(self) -> int | None:
        """Rent x days / days of the month in whole rupiah, half a rupiah rounded up.

        Each part is rounded by itself, because each is one line of the bill.
        """
        if self.monthly is None:
            return None
        length = self.month_length
        return (2 * self.monthly * self.days + length) // (2 * length)


@dataclass(frozen=True)
class MonthRent:
    """The rent of one lease for one calendar month, and the parts it consists of."""

    year: int
    month: int
    parts: tuple[RentPart, ...]

    @property
    def amount(self) -> int | None:
        """The sum of its parts in whole rupiah; None where the rent of one is unknown."""
        amounts = [part.amount for part in self.parts]
        return None if None in amounts else sum(amounts)


def unit_tariffs(first: datetime.date, last: datetime.date) -> list[Tariff]:
    """The tariffs of unit rent in force between two days, oldest first."""
    return list(Tariff.objects.valid_between(Service.UNIT_RENT, first, last))


def monthly_rent(lease: Lease, tariff: Tariff | None) -> int | None:
    """What the lease costs a whole month under this tariff; None where that cannot be told."""
    if lease.monthly_rent is not None:
        return lease.monthly_rent
    if tariff is None:
        return None
    if tariff.per != TariffUnit.M2_MONTH:
        return tariff.amount
    if lease.unit.area_m2 is None:
        return None
    return int((tariff.amount * lease.unit.area_m2).quantize(Decimal(1), ROUND_HALF_UP))


def rent_of_month(lease: Lease, year: int, month: int, tariffs: Sequence[Tariff]) -> MonthRent:
    """What the lease owes for a calendar month; a part of a month counts by its days.

    ``tariffs`` are those of unit rent in force that month (``unit_tariffs``), oldest first.
    """
    month_end = datetime.date(year, month, calendar.monthrange(year, month)[1])
    first = max(lease.start_on, datetime.date(year, month, 1))
    last = min(lease.final_day or month_end, month_end)
    if first > last:
        return MonthRent(year, month, ())
    if lease.monthly_rent is not None:
        return MonthRent(year, month, (RentPart(first, last, lease.monthly_rent),))
    return MonthRent(year, month, tuple(_joined(_by_tariff(lease, first, last, tariffs))))


def _by_tariff(
    lease: Lease, first: datetime.date, last: datetime.date, tariffs: Sequence[Tariff]
) -> Iterator[RentPart]:
    """The days from ``first`` to ``last`` under the tariff of each; days without one as well."""
    day = first
    for tariff in tariffs:
        start, end = max(tariff.valid_from, day), min(tariff.valid_until or last, last)
        if start > end:
            continue
        if day < start:
            yield RentPart(day, start - ONE_DAY, None)
        per_m2 = tariff.amount if tariff.per == TariffUnit.M2_MONTH else None
        yield RentPart(start, end, monthly_rent(lease, tariff), per_m2)
        day = end + ONE_DAY
    if day <= last:
        yield RentPart(day, last, None)


def _joined(parts: Iterable[RentPart]) -> Iterator[RentPart]:
    """The parts; those that follow each other at one rent become one, rounded only at its end."""
    for (monthly, per_m2), alike in groupby(parts, key=lambda part: (part.monthly, part.per_m2)):
        run = list(alike)
        yield RentPart(run[0].first, run[-1].last, monthly, per_m2)


def rents_of_year(lease: Lease, year: int, tariffs: Sequence[Tariff]) -> list[MonthRent]:
    """The twelve months of a year; those in which the lease does not run have no parts."""
    return [rent_of_month(lease, year, month, tariffs) for month in range(1, 13)]
