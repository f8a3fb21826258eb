"""Charts as SVG from plain numbers: no script, no inline style, readable in grey and on paper.

Every mark carries its number as text and, where there is one, the address of the list behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import floor, log10

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH = 360
ROW = 30
PLOT_TOP, PLOT_BOTTOM, CHART_HEIGHT = 24, 166, 190
GROUPED_WIDTH = 440
MINI_WIDTH, MINI_HEIGHT = 160, 84
#: How wide a letter of a number is at most, how tall, and how far from its dot a number may stand.
LETTER, LETTER_HEIGHT = 8, 11
LABEL_RISES = (-9, 19, -22, 32)


@dataclass(frozen=True)
class ChartPoint:
    """One number of a chart: what it is of, how tall, how it is written, where it leads."""

    label: str
    value: int | float | Decimal | None
    text: str
    link: str = ""


@dataclass(frozen=True)
class Chart:
    """A drawing with its title, unit, key and the same numbers as a table."""

    title: str
    unit: str
    drawing: SafeString
    headings: list[str]
    rows: list[tuple[str, list[ChartPoint]]]
    key: Sequence[tuple[str, str]] = ()
    note: str = ""


def bars(title: str, marks: Sequence[ChartPoint]) -> SafeString:
    """Lying bars, one per mark, each with its name above and its number behind it."""
    top = highest(mark.value for mark in marks)
    room = WIDTH - 70
    parts = []
    for number, mark in enumerate(marks):
        y = number * (ROW + 10)
        width = scaled(mark.value, top, room)
        drawn = format_html(
            '<text class="chart-text" x="0" y="{}">{}</text>'
            '<rect class="chart-fill-1" x="0" y="{}" width="{}" height="16" rx="2"/>'
            '<text class="chart-number" x="{}" y="{}">{}</text>',
            y + 13,
            mark.label,
            y + 19,
            width,
            width + 6,
            y + 32,
            mark.text,
        )
        parts.append(linked(mark, drawn))
    return svg(title, WIDTH, len(marks) * (ROW + 10) + 4, parts)


def stacked(title: str, columns: Sequence[Sequence[ChartPoint]]) -> SafeString:
    """Standing columns of stacked parts; the first mark of each is the whole, the rest its parts."""
    top = nice(highest(whole.value for whole, *_ in columns))
    parts = [grid()]
    for (x, width), (whole, *pieces) in zip(places(len(columns), 0.62), columns, strict=True):
        foot, drawn = PLOT_BOTTOM, []
        for number, piece in enumerate(pieces, 1):
            height = scaled(piece.value, top, PLOT_BOTTOM - PLOT_TOP)
            foot -= height
            drawn.append(
                format_html(
                    '<rect class="chart-fill-{}" x="{}" y="{}" width="{}" height="{}"/>',
                    number,
                    x,
                    round(foot, 1),
                    width,
                    height,
                )
            )
        drawn += [number_text(x + width / 2, foot - 5, whole), foot_text(x + width / 2, whole)]
        parts.append(linked(whole, joined(drawn)))
    return svg(title, WIDTH, CHART_HEIGHT, parts)


def grouped(title: str, groups: Sequence[tuple[str, Sequence[ChartPoint]]]) -> SafeString:
    """Standing bars side by side in named groups; the last of each group is the darkest."""
    top = highest(mark.value for _, marks in groups for mark in marks)
    parts = [grid(GROUPED_WIDTH)]
    for (left, across), (name, marks) in zip(
        places(len(groups), 0.8, width=GROUPED_WIDTH), groups, strict=True
    ):
        for place, ((x, width), mark) in enumerate(
            zip(places(len(marks), 0.92, left, across), marks, strict=True)
        ):
            height = scaled(mark.value, top, PLOT_BOTTOM - PLOT_TOP)
            drawn = format_html(
                '<rect class="chart-fill-{}" x="{}" y="{}" width="{}" height="{}"/>{}',
                len(marks) - place,
                x,
                round(PLOT_BOTTOM - height, 1),
                width,
                height,
                number_text(x + width / 2, PLOT_BOTTOM - height - 5, mark),
            )
            parts.append(linked(mark, drawn))
        parts.append(foot_text(left + across / 2, ChartPoint(name, None, "")))
    return svg(title, GROUPED_WIDTH, CHART_HEIGHT, parts)


def line(title: str, marks: Sequence[ChartPoint], targets: Sequence[ChartPoint]) -> SafeString:
    """A line through the numbers and a dashed one through their targets, gaps left open."""
    top = nice(highest(mark.value for mark in [*marks, *targets]))
    centres = [x + width / 2 for x, width in places(len(marks), 0.5)]
    parts = [grid()]
    for name, series in (("chart-target", targets), ("chart-line", marks)):
        for stretch in stretches(list(zip(centres, series, strict=True))):
            points = " ".join(f"{x:g},{height_at(mark, top)}" for x, mark in stretch)
            parts.append(format_html('<polyline class="{}" points="{}"/>', name, points))
    for x, mark in zip(centres, targets, strict=True):
        if mark.value is not None:
            y = height_at(mark, top)
            parts.append(
                format_html('<path class="chart-target-mark" d="M{} {}h18"/>', round(x - 9, 1), y)
            )
    dots = [(x, height_at(mark, top)) for x, mark in zip(centres, marks, strict=True)]
    lines = [
        segment
        for series in (targets, marks)
        for stretch in stretches(list(zip(centres, series, strict=True)))
        for segment in pairwise((x, height_at(mark, top)) for x, mark in stretch)
    ]
    labels = free_labels(dots, marks, lines)
    for (x, y), mark, label in zip(dots, marks, labels, strict=True):
        drawn = [foot_text(x, mark)]
        if mark.value is not None:
            drawn.append(format_html('<circle class="chart-dot" cx="{}" cy="{}" r="4.5"/>', x, y))
        if label:
            drawn.append(number_text(*label, mark))
        parts.append(linked(mark, joined(drawn)))
    return svg(title, WIDTH, CHART_HEIGHT, parts)


def gauge(title: str, mark: ChartPoint) -> SafeString:
    """How full something is: a bar inside its frame with a tick at every quarter."""
    inside = scaled(min(mark.value or 0, 1), 1, WIDTH - 2)
    ticks = format_html_join(
        "", '<path class="chart-grid" d="M{} 0v22"/>', ((WIDTH * n / 4,) for n in (1, 2, 3))
    )
    drawn = format_html(
        '<rect class="chart-frame" x="1" y="1" width="{}" height="20" rx="3"/>{}'
        '<rect class="chart-fill-1" x="1" y="4" width="{}" height="14"/>'
        '<text class="chart-axis" x="0" y="36">0%</text>'
        '<text class="chart-axis chart-middle" x="{}" y="36">50%</text>'
        '<text class="chart-axis chart-end" x="{}" y="36">100%</text>',
        WIDTH - 2,
        ticks,
        inside,
        WIDTH / 2,
        WIDTH,
    )
    return svg(title, WIDTH, 40, [linked(mark, drawn)])


def columns(title: str, marks: Sequence[ChartPoint], top: int | Decimal) -> SafeString:
    """One of several small charts that share their scale ``top``; the last number is written."""
    foot = MINI_HEIGHT - 16
    parts = []
    for number, ((x, width), mark) in enumerate(
        zip(places(len(marks), 0.7, 0, MINI_WIDTH), marks, strict=True)
    ):
        height = scaled(mark.value, top, foot - 16)
        is_last = number == len(marks) - 1
        drawn = [
            format_html(
                '<rect class="chart-fill-{}" x="{}" y="{}" width="{}" height="{}"/>',
                1 if is_last else 2,
                x,
                round(foot - height, 1),
                width,
                height,
            )
        ]
        if is_last:
            # It ends with the drawing, however long the number is.
            place = round(foot - height - 4, 1)
            number = '<text class="chart-number chart-end" x="{}" y="{}">{}</text>'
            drawn.append(format_html(number, MINI_WIDTH, place, mark.text))
        parts.append(linked(mark, joined(drawn)))
    if marks:
        parts.append(
            format_html(
                '<path class="chart-base" d="M0 {0}h{1}"/>'
                '<text class="chart-axis" x="2" y="{2}">{3}</text>'
                '<text class="chart-axis chart-end" x="{1}" y="{2}">{4}</text>',
                foot,
                MINI_WIDTH,
                MINI_HEIGHT - 3,
                marks[0].label,
                marks[-1].label,
            )
        )
    return svg(title, MINI_WIDTH, MINI_HEIGHT, parts)


# Parts of a drawing


def svg(title: str, width: int, height: int, parts: Sequence[SafeString]) -> SafeString:
    """The drawing itself, named for whoever cannot see it."""
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>',
        width,
        height,
        title,
        joined(parts),
    )


def linked(mark: ChartPoint, drawn: SafeString) -> SafeString:
    """What is drawn for a mark, leading to its list and telling its number on hovering."""
    title = format_html("<title>{}: {}</title>", mark.label, mark.text)
    # Only addresses of our own site; anything else stays a picture.
    if not mark.link.startswith("/") or mark.link.startswith("//"):
        return format_html("<g>{}{}</g>", title, drawn)
    return format_html(
        '<a href="{}" aria-label="{}: {}">{}{}</a>', mark.link, mark.label, mark.text, title, drawn
    )


def number_text(x: float, y: float, mark: ChartPoint) -> SafeString:
    """The number of a mark, centred over ``x``."""
    place = '<text class="chart-number chart-middle" x="{}" y="{}">{}</text>'
    return format_html(place, round(x, 1), round(y, 1), mark.text)


def foot_text(x: float, mark: ChartPoint) -> SafeString:
    """What a mark is of, under the base line."""
    place = '<text class="chart-axis chart-middle" x="{}" y="{}">{}</text>'
    return format_html(place, round(x, 1), PLOT_BOTTOM + 17, mark.label)


def grid(width: int = WIDTH) -> SafeString:
    """The base line; every mark carries its number, so no line crosses the plot for reading it."""
    return format_html('<path class="chart-base" d="M0 {}h{}"/>', PLOT_BOTTOM, width)


def joined(parts: Sequence[SafeString]) -> SafeString:
    """Parts of a drawing one after another."""
    return format_html_join("", "{}", ((part,) for part in parts))


# Geometry


def highest(values) -> Decimal:
    """The greatest of some numbers, unknown ones aside; 0 when there are none."""
    return max((Decimal(value) for value in values if value is not None), default=Decimal(0))


def nice(top: Decimal) -> Decimal:
    """A round end of the scale at or above ``top``."""
    if top <= 0:
        return Decimal(1)
    step = Decimal(10) ** floor(log10(top))
    return next(
        step * factor for factor in (1, 2, Decimal("2.5"), 4, 5, 8, 10) if step * factor >= top
    )


def scaled(value, top, room: float) -> float:
    """How long a value is where ``top`` fills the room."""
    if not value or not top or value < 0:
        return 0
    return round(float(Decimal(value) / Decimal(top)) * room, 1)


def height_at(mark: ChartPoint, top) -> float:
    """Where a mark stands in the plot, the base line for an unknown one."""
    return round(PLOT_BOTTOM - scaled(mark.value, top, PLOT_BOTTOM - PLOT_TOP), 1)


def at(part: float, top: float, bottom: float) -> float:
    """A height as a share of the plot."""
    return round(bottom - part * (bottom - top), 1)


def places(count: int, share: float, start: float = 0, width: float = WIDTH):
    """Where ``count`` columns stand side by side: left edge and width of each."""
    room = width / max(count, 1)
    return [
        (round(start + room * (number + (1 - share) / 2), 1), round(room * share, 1))
        for number in range(count)
    ]


def stretches(points):
    """The runs of neighbouring points that have a value: a gap breaks the line."""
    run = []
    for x, mark in points:
        if mark.value is None:
            if run:
                yield run
            run = []
        else:
            run.append((x, mark))
    if run:
        yield run


# Numbers that touch no line


def free_labels(dots, marks: Sequence[ChartPoint], lines) -> list[tuple[float, float] | None]:
    """Where the number of each dot is written: nearest first, clear of lines, dots and the others.

    A number without a free place is not written; it is told on hovering and in the table.
    """
    taken = [
        box_around(x, y + 4, 4)
        for (x, y), mark in zip(dots, marks, strict=True)
        if mark.value is not None
    ]
    places: list[tuple[float, float] | None] = []
    for (x, y), mark in zip(dots, marks, strict=True):
        half = len(mark.text) * LETTER / 2
        tries = [(x + dx * half, y + dy) for dy in LABEL_RISES for dx in (0, -1.25, 1.25)]
        if mark.value is None:
            tries = [(x, y - 9)]
        place = next((at for at in tries if is_free(box_around(*at, half), lines, taken)), None)
        if place:
            taken.append(box_around(*place, half))
        places.append(place)
    return places


def box_around(x: float, y: float, half: float) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a text of one line with its foot at ``y``."""
    return x - half, y - LETTER_HEIGHT, x + half, y + 2


def is_free(box, lines, taken) -> bool:
    """Whether a text stays in the drawing and touches neither a line nor what is taken."""
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > WIDTH or bottom > PLOT_BOTTOM:
        return False
    clear = (
        right < other[0] or other[2] < left or bottom < other[1] or other[3] < top
        for other in taken
    )
    return all(clear) and not any(crosses(start, end, box) for start, end in lines)


def crosses(start, end, box) -> bool:
    """Whether a straight line touches a box, by cutting it off at the box's four sides."""
    (x, y), (left, top, right, bottom) = start, box
    dx, dy = end[0] - x, end[1] - y
    enters, leaves = 0.0, 1.0
    for step, room in ((-dx, x - left), (dx, right - x), (-dy, y - top), (dy, bottom - y)):
        if not step:
            if room < 0:
                return False
        elif step < 0:
            enters = max(enters, room / step)
        else:
            leaves = min(leaves, room / step)
    return enters <= leaves
