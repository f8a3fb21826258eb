"""What a lease owes: its own rent or the tariff's, month by month, in whole rupiah."""

import calendar
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .choices import Service, TariffUnit
from .models import Lease, Tariff


@dataclass(frozen=True)
class RentPart:
    """Days of one month under one rent a month; ``monthly`` is None where nobody set any."""

    first: datetime.date
    last: datetime.date
    monthly: int | None

    @property
    def days(self) -> int:
        """How many days, both ends included."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class MonthRent:
    """The rent of one lease for one calendar month, and the parts it consists of."""

    year: int
    month: int
    parts: tuple[RentPart, ...]

    @property
    def amount(self) -> int | None:
        """Whole rupiah, each part by its days of the month's; None where a part's rent is unknown."""
        if any(part.monthly is None for part in self.parts):
            return None
        length = calendar.monthrange(self.year, self.month)[1]
        shares = sum(part.monthly * part.days for part in self.parts)
        return (2 * shares + length) // (2 * length)


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
    return MonthRent(year, month, tuple(_by_tariff(lease, first, last, tariffs)))


def _by_tariff(lease, first, last, tariffs):
    """The days from ``first`` to ``last`` under the tariff of each; days without one as well."""
    day = first
    for tariff in tariffs:
        start, end = max(tariff.valid_from, day), min(tariff.valid_until or last, last)
        if start > end:
            continue
        if day < start:
            yield RentPart(day, start - datetime.timedelta(days=1), None)
        yield RentPart(start, end, monthly_rent(lease, tariff))
        day = end + datetime.timedelta(days=1)
    if day <= last:
        yield RentPart(day, last, None)


def rents_of_year(lease: Lease, year: int, tariffs: Sequence[Tariff]) -> list[MonthRent]:
    """The twelve months of a year; those in which the lease does not run have no parts."""
    return [rent_of_month(lease, year, month, tariffs) for month in range(1, 13)]
