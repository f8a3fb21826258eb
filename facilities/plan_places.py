"""The places of units on the plan of a centre: proposed, moved about, and where two overlap."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change
from balikpapan.audit.store import store

from .models import Facility, ProductionUnit, places_within
from .models.places import outermost_place
from .models.units import PLAN_SIDE

REASON = "Digeser di denah"
UNREADABLE = (
    "Letak yang dikirim tidak terbaca, jadi tidak ada yang disimpan. Muat ulang halamannya."
)
ELSEWHERE = "Unit itu tidak ada di denah ini, jadi tidak ada yang disimpan. Muat ulang halamannya."
#: Squares of a unit whose size nobody has given, and from one unit and one row to the next.
SIZE, ACROSS, DOWN = (3, 4), 4, 5
#: How wide a row of proposed places may be, in squares.
ROW_WIDTH = 80


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Squares of a plan: the upper left one, and how many to the right and below."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first square to the right of it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first square below it."""
        return self.y + self.height

    def overlaps(self, other: "Rectangle") -> bool:
        """Whether both take one square; touching does not count."""
        is_side_by_side = self.right <= other.x or other.right <= self.x
        return not is_side_by_side and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True, slots=True)
class MovedUnit:
    """A unit that was moved: its key, the version that was seen, and its new squares."""

    unit: int
    version: int
    x: int
    y: int


def read_moves(text: str) -> list[MovedUnit]:
    """The moves a page sent: a JSON list of [unit, version, x, y]; ValidationError for anything else."""
    try:
        rows = json.loads(text)
        moves = [MovedUnit(*row) for row in rows]
    except (ValueError, TypeError, RecursionError) as error:
        raise ValidationError(UNREADABLE) from error
    if any(type(number) is not int for row in rows for number in row):
        raise ValidationError(UNREADABLE)
    return moves


@trail_transaction()
def move_units(place: Facility, moves: Iterable[MovedUnit], *, by) -> int:
    """Stores where the units now stand, all or none; returns how many were moved.

    A unit that had no place gets one of the usual size. Raises ValidationError where a unit does not
    stand at the place, has been changed since it was seen, or would stand off the plan.
    """
    inside = places_within(place.pk)
    units = {unit.pk: unit for unit in ProductionUnit.objects.kept().filter(facility__in=inside)}
    count = 0
    for move in moves:
        if move.unit not in units:
            raise ValidationError(ELSEWHERE)
        unit = units[move.unit]
        if unit.plan_width is None:
            unit.plan_width, unit.plan_height = SIZE
        unit.version, unit.plan_x, unit.plan_y = move.version, move.x, move.y
        change = store(unit, by=by, channel=Change.Channel.FORM, reason=REASON)
        count += change is not None
    return count


def place_of(unit: ProductionUnit) -> Rectangle | None:
    """Where a unit stands on the plan; None where it has no place."""
    if unit.plan_x is None:
        return None
    return Rectangle(unit.plan_x, unit.plan_y, unit.plan_width, unit.plan_height)


def proposed_places(units: Sequence[ProductionUnit], top: int) -> dict[int, Rectangle]:
    """Squares for units without a place: row by row from ``top``, each letter in rows of its own.

    Those for which the plan has no room are left out.
    """
    places: dict[int, Rectangle] = {}
    x, y, row = 0, top, None
    for unit in units:
        letters = re.match(r"\D*", unit.number).group()
        if places and (letters != row or x + SIZE[0] > ROW_WIDTH):
            x, y = 0, y + DOWN
        row = letters
        if y + SIZE[1] > PLAN_SIDE:
            break
        places[unit.pk] = Rectangle(x, y, *SIZE)
        x += ACROSS
    return places


def overlapping(
    units: Iterable[ProductionUnit],
) -> Iterator[tuple[ProductionUnit, ProductionUnit]]:
    """Each two units that take a square of the plan both."""
    placed = sorted(
        ((place_of(unit), unit) for unit in units if unit.plan_x is not None),
        key=lambda pair: (pair[0].x, pair[0].y, pair[1].pk),
    )
    for number, (place, unit) in enumerate(placed):
        for other_place, other in placed[number + 1 :]:
            if other_place.x >= place.right:
                break
            if place.overlaps(other_place):
                yield unit, other


def overlap_warnings(unit: ProductionUnit) -> list[str]:
    """Which units of the centre this one covers on its plan, in words."""
    place = place_of(unit)
    if place is None:
        return []
    inside = places_within(outermost_place(unit.facility_id))
    others = ProductionUnit.objects.kept().filter(facility__in=inside, plan_x__isnull=False)
    covered = [
        other.number for other in others.exclude(pk=unit.pk) if place.overlaps(place_of(other))
    ]
    if not covered:
        return []
    return [f"Di denah, unit {unit} bertumpang tindih dengan {', '.join(covered)}."]
