"""Charts say their numbers to everybody and hold nothing the CSP would block."""

import re
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from balikpapan.charts import (
    PLOT_BOTTOM,
    WIDTH,
    ChartPoint,
    bars,
    columns,
    crosses,
    free_labels,
    gauge,
    grouped,
    is_free,
    line,
    nice,
    stacked,
)

MARKS = [ChartPoint("2023", 144, "144", "/daftar/?tahun=2023"), ChartPoint("2024", 330, "330")]
DRAWINGS = {
    "bars": bars("IKM", MARKS),
    "stacked": stacked("IKM", [[mark, mark] for mark in MARKS]),
    "line": line(
        "PAD", MARKS, [ChartPoint("Target 2023", None, "–"), ChartPoint("Target 2024", 350, "350")]
    ),
    "gauge": gauge("Ruang", ChartPoint("Juni", Decimal("0.25"), "25,0%")),
    "columns": columns("IKM", MARKS, 400),
    "grouped": grouped("PAD", [("2023", MARKS), ("2024", MARKS[:1])]),
}
EVERY = pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)


@EVERY
def test_a_drawing_is_well_formed_and_has_no_inline_style_or_script(drawing):
    ElementTree.fromstring(drawing)

    assert not re.search(r"style=|<script|<style|\son\w+=", drawing)


@EVERY
def test_a_drawing_is_named_for_whoever_cannot_see_it(drawing):
    assert re.match(r'<svg class="chart" [^>]*role="group" aria-label="\w+"', drawing)


@pytest.mark.parametrize("name", ["bars", "stacked", "line"])
def test_every_number_is_written(name):
    assert ">144<" in DRAWINGS[name]
    assert ">330<" in DRAWINGS[name]


def test_a_number_leads_to_the_list_behind_it():
    assert '<a href="/daftar/?tahun=2023" aria-label="2023: 144">' in DRAWINGS["bars"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "//luar.test/", "https://luar.test/"])
def test_only_addresses_of_our_own_site_become_links(link):
    assert "<a " not in bars("IKM", [ChartPoint("A", 1, "1", link)])


def test_a_name_stays_text():
    drawing = bars("<b>IKM</b>", [ChartPoint("<script>x</script>", 1, "1")])

    ElementTree.fromstring(drawing)
    assert "<script" not in drawing
    assert "<b>" not in drawing


def test_the_longest_bar_belongs_to_the_greatest_number_and_zero_has_none():
    drawing = bars(
        "IKM", [ChartPoint("A", 0, "0"), ChartPoint("B", 50, "50"), ChartPoint("C", 100, "100")]
    )

    widths = [float(width) for width in re.findall(r'<rect[^>]* width="([\d.]+)"', drawing)]
    assert widths[0] == 0
    assert widths[2] == 2 * widths[1]


def test_an_unknown_year_breaks_the_line_instead_of_falling_to_zero():
    marks = [ChartPoint(str(year), value, "") for year, value in enumerate([1, 2, None, 3, 4])]

    drawing = line("PAD", marks, [ChartPoint("", None, "")] * 5)

    assert drawing.count("<polyline") == 2


def test_a_gauge_never_leaves_its_frame():
    drawing = gauge("Ruang", ChartPoint("Juni", Decimal("1.4"), "140,0%"))

    widths = [float(width) for width in re.findall(r'<rect[^>]* width="([\d.]+)"', drawing)]
    assert widths[1] <= widths[0]


@pytest.mark.parametrize(
    ("top", "end"), [(0, 1), (7, 8), (579, 800), (1_029, 2_000), (330_280_000, 400_000_000)]
)
def test_a_scale_ends_at_a_round_number_above_the_greatest(top, end):
    assert nice(Decimal(top)) == end


@pytest.mark.parametrize(
    "drawing",
    [bars("IKM", []), stacked("IKM", []), line("PAD", [], []), columns("IKM", [], 1)],
    ids=["bars", "stacked", "line", "columns"],
)
def test_a_drawing_of_nothing_is_still_a_drawing(drawing):
    assert ElementTree.fromstring(drawing).tag == "svg"


def texts_and_lines(drawing):
    """The boxes of the numbers of a line chart, and its straight lines."""
    root = ElementTree.fromstring(drawing)
    boxes = []
    for text in root.iter("text"):
        if "chart-number" in text.get("class"):
            half = len(text.text) * 3.6
            x, y = float(text.get("x")), float(text.get("y"))
            boxes.append((x - half, y - 10, x + half, y + 2))
    lines = []
    for drawn in root.iter("polyline"):
        points = [tuple(map(float, point.split(","))) for point in drawn.get("points").split()]
        lines += pairwise(points)
    return boxes, lines


BOX = (-10, -10, 10, 10)


@pytest.mark.parametrize(
    ("start", "end", "is_touched"),
    [
        ((-30, 5), (30, 5), True),
        ((-30, 11), (30, 11), False),
        ((-30, 5), (-11, 5), False),
        ((-30, 5), (-9, 5), True),
        ((2, 3), (4, 5), True),
        ((-30, -5), (30, 25), True),
        ((-30, -5), (30, 55), False),
        ((-30, 0), (0, 30), False),
        ((-15, 0), (0, 15), True),
        ((-40, 8), (15, 24), False),
        ((-12, -40), (13, 45), True),
        ((20, 20), (30, 25), False),
    ],
)
def test_a_line_touches_a_number_from_whatever_side_it_comes(start, end, is_touched):
    for across, up in ((1, 1), (-1, 1), (1, -1), (-1, -1)):
        first, last = ((x * across, y * up) for x, y in (start, end))

        assert crosses(first, last, BOX) == crosses(last, first, BOX) == is_touched
        assert crosses(first[::-1], last[::-1], BOX) == is_touched


@pytest.mark.parametrize(
    ("box", "is_clear"),
    [
        ((0, 0, WIDTH, PLOT_BOTTOM), True),
        ((-1, 0, 20, 10), False),
        ((0, -1, 20, 10), False),
        ((0, 0, WIDTH + 1, 10), False),
        ((0, 0, 20, PLOT_BOTTOM + 1), False),
    ],
)
def test_a_number_is_free_only_within_the_drawing(box, is_clear):
    assert is_free(box, [], []) is is_clear


@pytest.mark.parametrize(
    ("other", "is_clear"),
    [
        ((50, 50, 60, 60), False),
        ((30, 50, 39, 60), True),
        ((71, 50, 80, 60), True),
        ((50, 30, 60, 39), True),
        ((50, 71, 60, 80), True),
        ((30, 50, 41, 60), False),
    ],
)
def test_a_number_is_free_only_beside_the_others(other, is_clear):
    box = (40, 40, 70, 70)

    assert is_free(box, [], [other]) is is_free(other, [], [box]) is is_clear
    assert is_free(box, [], [(0, 0, 1, 1), other]) is is_clear


def test_a_number_without_a_free_place_is_not_written_and_an_unknown_one_has_one_place():
    mark, unknown = ChartPoint("2024", 5, "5"), ChartPoint("2024", None, "–")
    wall = [((0, y), (WIDTH, y)) for y in range(0, int(PLOT_BOTTOM), 5)]

    assert free_labels([(50, 90)], [mark], wall) == [None]
    assert free_labels([(50, 90)], [unknown], []) == [(50, 81)]
    below = [((0, 78), (WIDTH, 78))]
    assert (
        free_labels([(50, 90)], [unknown], below)
        == [None]
        != free_labels([(50, 90)], [mark], below)
    )
    # A dot that stands where the number would be moves it away.
    assert free_labels([(50, 90), (50, 80)], [mark, mark], [])[0] != (50, 81)
    # Two dots in one place: the second number stands elsewhere.
    first, second = free_labels([(50, 90), (50, 90)], [mark, mark], [])
    assert first != second


SERIES = {
    "steep": [115, 115, 125, 256, 361],
    "falling": [900, 500, 480, 10, 900],
    "flat": [5, 5, 5, 5, 5],
    "zigzag": [1, 100, 1, 100, 1, 100, 1, 100],
    "gap": [1, None, 3, 80, 2],
}


@pytest.mark.parametrize("values", SERIES.values(), ids=SERIES)
def test_no_number_of_a_line_touches_a_line_or_another_number(values):
    marks = [ChartPoint(str(n), v, "–" if v is None else f"{v},0") for n, v in enumerate(values)]
    targets = [ChartPoint(f"Target {n}", v and v * 1.1, "t") for n, v in enumerate(values)]

    boxes, lines = texts_and_lines(line("PAD", marks, targets))

    assert len(boxes) >= 4
    for number, box in enumerate(boxes):
        # Every hundredth part of each line stays outside of the box.
        for (x1, y1), (x2, y2) in lines:
            steps = [(x1 + (x2 - x1) * n / 100, y1 + (y2 - y1) * n / 100) for n in range(101)]
            assert not any(box[0] < x < box[2] and box[1] < y < box[3] for x, y in steps), number
        for other in boxes[number + 1 :]:
            assert (
                box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]
            )


@EVERY
def test_every_drawing_tells_its_numbers_on_hovering(drawing):
    assert "<title>" in drawing
