"""What tenants still owe, by how long it is overdue."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, Sum

from .models import Bill, Facility, places_within

#: The ages arrears are listed by: the first day late, the last, and what they are called.
AGES = (
    (None, 0, "Belum jatuh tempo"),
    (1, 30, "1–30 hari"),
    (31, 60, "31–60 hari"),
    (61, 90, "61–90 hari"),
    (91, None, "Lebih dari 90 hari"),
)


@dataclass(frozen=True, slots=True)
class OfAge:
    """The unpaid bills of one age; ``first`` is the first day late, None where none is."""

    first: int | None
    label: str
    bills: list[Bill]


@dataclass(frozen=True, slots=True)
class ArrearsAge:
    """The unpaid bills of one place and age, with what they come to there."""

    label: str
    bills: list[tuple[Bill, int]]

    @property
    def amount(self) -> int:
        """Whole rupiah owed to the place."""
        return sum(bill.owed_here for bill, _ in self.bills)


def by_age(bills: Iterable[Bill], day: datetime.date) -> Iterator[OfAge]:
    """The bills of each age that has some, the youngest age first."""
    bills = list(bills)
    for first, last, label in AGES:
        some = [bill for bill in bills if is_aged(bill, day, first, last)]
        if some:
            yield OfAge(first, label, some)


def is_aged(bill: Bill, day: datetime.date, first: int | None, last: int | None) -> bool:
    """Whether a bill is overdue by so many days; an open end holds any number."""
    late = (day - bill.due_on).days
    return (first is None or late >= first) and (last is None or late <= last)


def days_late(bill: Bill, day: datetime.date) -> int:
    """How many days a bill is overdue, 0 before that."""
    return max((day - bill.due_on).days, 0)


def arrears_of(place: Facility, day: datetime.date) -> list[ArrearsAge]:
    """The unpaid bills with lines of a place or its parts, by age.

    Each has ``owed_here``, the sum of those of its lines.
    """
    inside = places_within(place.pk)
    of_place = Q(lines__facility__in=inside, lines__archived_at=None)
    bills = Bill.objects.unpaid().annotate(owed_here=Sum("lines__amount", filter=of_place))
    bills = bills.filter(owed_here__isnull=False).select_related("business")
    return [
        ArrearsAge(age.label, [(bill, days_late(bill, day)) for bill in age.bills])
        for age in by_age(bills, day)
    ]
