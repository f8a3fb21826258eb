"""How many units of each place were let on a day."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .models import Facility, Lease, ProductionUnit


@dataclass(frozen=True)
class Occupancy:
    """The units of one place on one day, its parts included, and how many of them were let."""

    units: int
    let: int

    @property
    def share(self) -> Decimal | None:
        """The units let as a fraction of all that stand; None where there is no unit."""
        return Decimal(self.let) / self.units if self.units else None


NOTHING = Occupancy(0, 0)


def occupancy_on(days: Iterable[datetime.date]) -> dict[datetime.date, dict[int, Occupancy]]:
    """day -> facility -> its occupancy; a place with no unit of its own or its parts is left out."""
    days = list(days)
    if not days:
        return {}
    above = places_above()
    units = list(ProductionUnit.objects.kept().values_list("id", "facility", "built_year"))
    taken = defaultdict(list)
    running = Lease.objects.running_between(min(days), max(days))
    for unit, start, last in running.values_list("unit", "start_on", "last_day"):
        taken[unit].append((start, last))
    return {day: _on(day, units, taken, above) for day in days}


def _on(day, units, taken, above) -> dict[int, Occupancy]:
    standing, let = defaultdict(int), defaultdict(int)
    for unit, facility, built_year in units:
        if built_year is not None and built_year > day.year:
            continue
        is_let = any(start <= day and (last is None or day <= last) for start, last in taken[unit])
        for place in above.get(facility, [facility]):
            standing[place] += 1
            let[place] += is_let
    return {place: Occupancy(count, let[place]) for place, count in standing.items()}


def places_above() -> dict[int, list[int]]:
    """Each kept facility with itself and all it belongs to, nearest first."""
    parents = dict(Facility.objects.kept().values_list("id", "parent"))
    return {place: _line_of(place, parents) for place in parents}


def _line_of(place: int, parents: Mapping[int, int | None]) -> list[int]:
    line: list[int] = []
    current: int | None = place
    # Two places that each belong to the other would never end.
    while current in parents and current not in line:
        line.append(current)
        current = parents[current]
    return line
