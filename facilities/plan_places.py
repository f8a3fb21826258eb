"""The places of units on the plan of a centre, as somebody has moved them about."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change
from balikpapan.audit.store import store

from .models import Facility, ProductionUnit, places_within

REASON = "Digeser di denah"
UNREADABLE = (
    "Letak yang dikirim tidak terbaca, jadi tidak ada yang disimpan. Muat ulang halamannya."
)
ELSEWHERE = "Unit itu tidak ada di denah ini, jadi tidak ada yang disimpan. Muat ulang halamannya."


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

    Raises ValidationError where a unit is not on the plan of the place, has been changed since it
    was seen, or would stand off the plan.
    """
    inside = places_within(place.pk)
    placed = ProductionUnit.objects.kept().filter(facility__in=inside, plan_x__isnull=False)
    units = {unit.pk: unit for unit in placed}
    count = 0
    for move in moves:
        if move.unit not in units:
            raise ValidationError(ELSEWHERE)
        unit = units[move.unit]
        unit.version, unit.plan_x, unit.plan_y = move.version, move.x, move.y
        change = store(unit, by=by, channel=Change.Channel.FORM, reason=REASON)
        count += change is not None
    return count
