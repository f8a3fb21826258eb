"""The plan of a centre as a drawing: its units where they stand, each telling its state."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from balikpapan.charts import svg

from .centres import UnitUse
from .choices import UnitState
from .models import Facility
from .plan_places import Rectangle, place_of, proposed_places

#: A square of the plan in units of the drawing, and the least width it is drawn on.
SQUARE, LEAST_WIDTH = 12, 30


@dataclass(frozen=True, slots=True)
class Plan:
    """The drawing of a plan, and how many units have and lack a place on it."""

    drawing: SafeString
    placed: int
    unplaced: int


def plan_of(place: Facility, uses: Sequence[UnitUse], *, may_move: bool = False) -> Plan | None:
    """The plan of a place; None where nobody has a place on it and none can be given here.

    For whoever may move units, those without a place are drawn below the others, and are seen
    only while units are moved.
    """
    places = {use.unit.pk: place_of(use.unit) for use in uses}
    placed = [use for use in uses if places[use.unit.pk]]
    rectangles = [places[use.unit.pk] for use in placed]
    width = max([LEAST_WIDTH, *(rectangle.right for rectangle in rectangles)])
    height = max((rectangle.bottom for rectangle in rectangles), default=0)
    without = [use for use in uses if not places[use.unit.pk]]
    proposals = proposed_places([use.unit for use in without], height + 1 if placed else 0)
    if not may_move:
        proposals = {}
    if not placed and not proposals:
        return None
    parts = [unit_drawing(use, places[use.unit.pk]) for use in placed]
    parts += [
        unit_drawing(use, proposals[use.unit.pk], is_placed=False)
        for use in without
        if use.unit.pk in proposals
    ]
    size = (width * SQUARE + 2, height * SQUARE + 2)
    return Plan(svg(f"Denah {place.name}", *size, parts), len(placed), len(without))


def unit_drawing(use: UnitUse, at: Rectangle, *, is_placed: bool = True) -> SafeString:
    """One unit on the plan; its state is told by its fill, a mark and in words."""
    x, y = at.x * SQUARE + 1, at.y * SQUARE + 1
    width, height = at.width * SQUARE, at.height * SQUARE
    words = f"{use.unit.number}: {use.state.label.lower()}"
    words = f"{words}, {use.tenant}" if use.tenant else words
    words = words if is_placed else f"{words}, belum di denah"
    cross = (
        format_html(
            '<path class="plan-cross" d="M{} {}l{} {}m0 -{}l-{} {}"/>',
            *(x, y, width, height, height, width, height),
        )
        if use.state == UnitState.BROKEN
        else ""
    )
    return format_html(
        '<a href="{}" aria-label="{}" data-unit="{}" data-version="{}"{} data-x="{}" data-y="{}" '
        'data-width="{}" data-height="{}"><title>{}</title>'
        '<rect class="plan-{}" x="{}" y="{}" width="{}" height="{}"/>{}'
        '<text class="plan-number plan-number-{}" x="{}" y="{}">{}</text></a>',
        use.link,
        words,
        use.unit.pk,
        use.unit.version,
        "" if is_placed else format_html(' class="{}" data-unplaced', "plan-unplaced"),
        *(at.x, at.y, at.width, at.height),
        words,
        use.state,
        *(x, y, width, height),
        cross,
        use.state,
        x + width / 2,
        y + height / 2 + 3,
        use.unit.number,
    )
