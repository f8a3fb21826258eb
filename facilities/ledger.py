"""The arithmetic of the cold-storage ledger: stock, kg-days and charges, without a database.

A day counts with the stock at its end, so the day goods come in is counted and the day they go
out is not. Goods that come and go within one day have used the room and count for that one day.
"""

import calendar
import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ONE_DAY = datetime.timedelta(days=1)
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Goods:
    """One deposit: ``kg`` in on a day, and what was taken out of it as (day, kg)."""

    kg: Decimal
    in_on: datetime.date
    withdrawals: Sequence[tuple[datetime.date, Decimal]] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """The rupiah per kilogram and day, or per month, from a day until a day; either end may be open."""

    amount: int
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None

    def holds_on(self, day: datetime.date) -> bool:
        """Whether the day lies within its time."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Charge:
    """The kg-days of one deposit under one rate, from the first to the last day that counts.

    ``amount`` is None where no rate holds.
    """

    first: datetime.date
    last: datetime.date
    kg_days: Decimal
    rate: int | None

    @property
    def amount(self) -> int | None:
        """Kg-days x rate in whole rupiah, half a rupiah rounded up."""
        return None if self.rate is None else whole_rupiah(self.kg_days * self.rate)


@dataclass(frozen=True, slots=True)
class MonthOfGoods:
    """What the ledger says of one month, in kilograms; ``kg_end`` = ``kg_before`` + in - out."""

    kg_before: Decimal
    kg_in: Decimal
    kg_out: Decimal
    kg_days: Decimal

    @property
    def kg_end(self) -> Decimal:
        """The stock at the end of the last day."""
        return self.kg_before + self.kg_in - self.kg_out


def whole_rupiah(amount: Decimal) -> int:
    """An amount rounded half up to the rupiah."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def stock_on(goods: Goods, day: datetime.date) -> Decimal:
    """What is left of a deposit at the end of a day."""
    if day < goods.in_on:
        return NOTHING
    return goods.kg - sum((kg for out_on, kg in goods.withdrawals if out_on <= day), NOTHING)


def counted_on(goods: Goods, day: datetime.date) -> Decimal:
    """The kilograms of a deposit that count on a day: the stock at its end, or what came and went."""
    if day < goods.in_on:
        return NOTHING
    gone = (kg for out_on, kg in goods.withdrawals if free_from(goods, out_on) <= day)
    return goods.kg - sum(gone, NOTHING)


def free_from(goods: Goods, out_on: datetime.date) -> datetime.date:
    """The first day on which goods taken out on a day no longer count."""
    return max(out_on, goods.in_on + ONE_DAY)


def kg_days(goods: Goods, first: datetime.date, last: datetime.date) -> Decimal:
    """The kg-days of a deposit from ``first`` to ``last``, both included.

    It is the sum of ``counted_on`` over those days, worked out without going through them.
    """
    used = goods.kg * days_between(max(first, goods.in_on), last)
    for out_on, kg in goods.withdrawals:
        used -= kg * days_between(max(first, free_from(goods, out_on)), last)
    return used


def days_between(first: datetime.date, last: datetime.date) -> int:
    """How many days there are from one to the other, both included; 0 where it is later."""
    return max((last - first).days + 1, 0)


def rate_on(rates: Iterable[Rate], day: datetime.date) -> int | None:
    """The rate of a day, the one that began last where several hold; None where none does."""
    holding = [rate for rate in rates if rate.holds_on(day)]
    if not holding:
        return None
    return max(holding, key=lambda rate: rate.valid_from or datetime.date.min).amount


def spans_of_rates(
    rates: Sequence[Rate], first: datetime.date, last: datetime.date
) -> Iterator[tuple[datetime.date, datetime.date, int | None]]:
    """The period cut where the rate changes: (first day, last day, rate)."""
    begins = {first}
    for rate in rates:
        begins.add(rate.valid_from or first)
        begins.add(rate.valid_until + ONE_DAY if rate.valid_until else first)
    cuts = sorted(day for day in begins if first <= day <= last)
    spans: list[tuple[datetime.date, datetime.date, int | None]] = []
    for begin, following in zip(cuts, [*cuts[1:], last + ONE_DAY], strict=True):
        amount = rate_on(rates, begin)
        if spans and spans[-1][2] == amount:
            begin = spans.pop()[0]
        spans.append((begin, following - ONE_DAY, amount))
    yield from spans


def charges(
    goods: Goods, rates: Sequence[Rate], first: datetime.date, last: datetime.date
) -> list[Charge]:
    """What a deposit owes for a period: one charge per rate, those without kg-days left out.

    Each charge is rounded to the rupiah by itself, because each is one line of the bill.
    """
    return [
        Charge(max(begin, goods.in_on), min(end, last_counted(goods) or end), used, rate)
        for begin, end, rate in spans_of_rates(rates, first, last)
        if (used := kg_days(goods, begin, end))
    ]


def last_counted(goods: Goods) -> datetime.date | None:
    """The last day on which anything of a deposit counts; None while some of it is left."""
    if sum((kg for _, kg in goods.withdrawals), NOTHING) < goods.kg:
        return None
    return max(free_from(goods, out_on) for out_on, _ in goods.withdrawals) - ONE_DAY


def first_above(
    deposits: Iterable[Goods], most: Decimal, since: datetime.date
) -> tuple[datetime.date, Decimal] | None:
    """The first day from ``since`` on that ends with more in stock than ``most``, and how much."""
    change: dict[datetime.date, Decimal] = defaultdict(Decimal)
    for goods in deposits:
        change[max(goods.in_on, since)] += goods.kg
        for out_on, kg in goods.withdrawals:
            change[max(out_on, since)] -= kg
    stock = NOTHING
    for day in sorted(change):
        stock += change[day]
        if stock > most:
            return day, stock
    return None


def intake_by_day(deposits: Iterable[Goods]) -> dict[datetime.date, Decimal]:
    """The kilograms brought in on each day."""
    intake: dict[datetime.date, Decimal] = defaultdict(Decimal)
    for goods in deposits:
        intake[goods.in_on] += goods.kg
    return dict(intake)


def month_of_goods(deposits: Iterable[Goods], year: int, month: int) -> MonthOfGoods:
    """What all deposits of one room come to in a month."""
    first, last = bounds_of(year, month)
    before = came = went = used = NOTHING
    for goods in deposits:
        before += stock_on(goods, first - ONE_DAY)
        came += goods.kg if first <= goods.in_on <= last else 0
        went += sum((kg for out_on, kg in goods.withdrawals if first <= out_on <= last), NOTHING)
        used += kg_days(goods, first, last)
    return MonthOfGoods(before, came, went, used)


def bounds_of(year: int, month: int) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a month."""
    length = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, 1), datetime.date(year, month, length)


def months_between(first: datetime.date, last: datetime.date) -> Iterator[tuple[int, int]]:
    """Every month (year, number) that a period touches: a month begun counts as a whole one."""
    month = first.year * 12 + first.month - 1
    while month <= last.year * 12 + last.month - 1:
        yield month // 12, month % 12 + 1
        month += 1


def month_charge(rates: Sequence[Rate], year: int, month: int) -> int | None:
    """The price of a whole month by the rate that holds on its first day; None without one."""
    return rate_on(rates, datetime.date(year, month, 1))
