"""How a table fits on the sheets of paper Excel prints: widths, lines, scale, page breaks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations, pairwise
from math import ceil

from .pdf_text import PLAIN, broken, width_of
from .tables import ReportColumn, ReportTable

WIDEST_SHEET = 150  # beyond it the print on A4 would be too small to read, so words wrap
NARROWEST_SHEET = 100  # characters: the office's name must fit above the smallest table
WIDEST_COLUMN = 46
SIGNATURE_WIDTH = 44
SIGNATURE_LEAST = 32  # narrower, a name and a NIP no longer stand on one line
PAGE_WIDTH = 755  # points between the margins of an A4 sheet on its side
PAGE_HEIGHT = 480  # and between head and foot, less what printers differ in
USUAL_ROW = 15.0
LINE_HEIGHT = 13.5  # points, of one line at ten points
TALLEST_ROW = 409  # points, Excel's limit
SHARED_SCALE = 0.9  # so much smaller may tables be printed that share a page
TITLE_HEIGHT, NOTE_SIZE = LINE_HEIGHT * 1.2, 0.9
#: Widths at a size of one point, of the digit that columns are measured in and of any letter.
DIGIT, WIDEST_LETTER = 0.556, 1.02
WIDER = 1.05  # so much wider, by its own digits, may be the font of a machine without Arial
NEAR_EDGE = 16  # characters by which a column may end beside where a signature should begin

#: First and last column of a sheet that something takes.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """The columns of a sheet, in characters, and which of them each column of its tables takes.

    ``spans`` has a list for each table: first and last column of the sheet for each of its own.
    """

    widths: list[int]
    spans: list[list[Span]]

    def widths_for(self, place: int) -> list[int]:
        """How wide the columns of one of the tables are."""
        return [sum(self.widths[first : last + 1]) for first, last in self.spans[place]]


def one_by_one(widths: Sequence[int]) -> SheetGrid:
    """The grid of a sheet with one table, column for column."""
    return SheetGrid(list(widths), [[(place, place) for place in range(len(widths))]])


def grid_for(tables: Sequence[ReportTable], signers: int = 0) -> SheetGrid:
    """The columns of a sheet on which all of its tables are equally wide.

    The table with the most columns sets them; a column of another takes as many as it needs. Where
    signatures stand below, a column they would be far too wide for is divided.
    """
    asked = [widths_of(table) for table in tables]
    widths = list(max(asked, key=len))
    spans = []
    for wishes in asked:
        scale = sum(widths) / sum(wishes)
        runs = _runs([wish * scale for wish in wishes], widths)
        for wish, (first, last) in zip(wishes, runs, strict=True):
            if (missing := wish - sum(widths[first : last + 1])) > 0:
                widths[max(range(first, last + 1), key=widths.__getitem__)] += missing
        spans.append(runs)
    grid = SheetGrid(widths, spans)
    for edge in signature_edges(sum(widths), signers):
        grid = _divided(grid, edge)
    return grid


def _runs(wishes: Sequence[float], widths: Sequence[int]) -> list[Span]:
    """The columns shared out in order, so that each wish gets about the width it asks for."""
    count = len(widths)
    ends = [0, *accumulate(widths)]
    best: list[tuple[float, list[Span]] | None] = [(0.0, []), *[None] * count]
    for wish in wishes:
        after: list[tuple[float, list[Span]] | None] = [None] * (count + 1)
        for first, last in combinations(range(count + 1), 2):
            before = best[first]
            if before is None:
                continue
            over = ends[last] - ends[first] - wish
            # Too narrow is worse than too wide: words break, figures do not fit.
            cost = before[0] + (over if over > 0 else 2 * over) ** 2
            if after[last] is None or cost < after[last][0]:
                after[last] = cost, [*before[1], (first, last - 1)]
        best = after
    assert best[count] is not None
    return best[count][1]


def _divided(grid: SheetGrid, edge: int) -> SheetGrid:
    """The grid with a column divided at ``edge`` characters, unless one ends near enough."""
    ends = list(accumulate(grid.widths))
    if min(abs(end - edge) for end in [0, *ends]) <= NEAR_EDGE:
        return grid
    place = next(n for n, end in enumerate(ends) if end > edge)
    right = ends[place] - edge
    widths = [*grid.widths[:place], grid.widths[place] - right, right, *grid.widths[place + 1 :]]
    spans = [
        [(first + (first > place), last + (last >= place)) for first, last in runs]
        for runs in grid.spans
    ]
    return SheetGrid(widths, spans)


def height_about(table: ReportTable, widths: Sequence[int]) -> float:
    """About how many points a table takes with its titles and notes, rather too many."""
    height = TITLE_HEIGHT * (2 + len(table.subtitle)) + 3 * USUAL_ROW
    height += len(table.headings) * height_of(2) + USUAL_ROW
    for line in table.lines:
        index, lines = 0, 1
        for cell in line.cells:
            if not cell.column.is_figure:
                lines = max(lines, lines_of(cell.text, sum(widths[index : index + cell.span]) - 2))
            index += cell.span
        height += height_of(lines)
        if height > PAGE_HEIGHT * 2:  # a long list is not measured to its end
            return height
    notes = [*(f"– {note}" for note in table.notes), table.source]
    return height + sum(
        LINE_HEIGHT * NOTE_SIZE * lines_of(note, sum(widths) / NOTE_SIZE) for note in notes
    )


def height_of(lines: int) -> float:
    """How high a row of a table is that holds so many lines of text, in points."""
    return min(LINE_HEIGHT * lines + 2, TALLEST_ROW)


def print_scale(widths: Sequence[int]) -> int:
    """At how many percent the columns are as wide as a page; programs differ by some 6%."""
    points = sum(width * 7 + 5 for width in widths) * 0.75
    return max(10, min(100, int(PAGE_WIDTH / points * 91)))


def page_breaks(
    heights: Sequence[float],
    room: float,
    repeated: range,
    tail: int,
    joined: Collection[int] = (),
) -> list[int]:
    """Before which rows a new page begins, the heading being printed again on each.

    The rows from ``tail`` on stay together where one page can hold it. No page begins with one of
    the ``joined`` rows: each stays with the row above it.
    """
    heading = sum(heights[row] for row in repeated)
    breaks, filled = [], 0.0
    tail_height = sum(heights[tail:])
    for row, height in enumerate(heights):
        stays = row == tail and tail_height + heading <= room
        if row and filled + (tail_height if stays else height) > room:
            begun = breaks[-1] if breaks else 0
            whole = (place for place in range(row, begun, -1) if place not in joined)
            first = next(whole, row)
            breaks.append(first)
            filled = heading + sum(heights[first:row])
        filled += height
    return breaks


def joined_rows(kinds: Sequence[str], first: int) -> set[int]:
    """Which rows of a table stay with the one above; its lines are of these kinds, from ``first`` on.

    A heading goes with the line it heads, a sum takes the last line it adds up along.
    """
    return {
        first + place
        for place, (above, kind) in enumerate(pairwise(kinds), 1)
        if above == "section" or kind == "subtotal"
    }


def lines_of(text: str, width: float, font: str = PLAIN) -> int:
    """How many lines a text takes in so many characters of width, guessed on the safe side."""
    room = width * DIGIT / WIDER
    if len(text) * WIDEST_LETTER <= room and "\n" not in text:
        return 1
    return sum(
        1 if width_of(part, font) <= room else len(broken(part, font, room))
        for part in text.split("\n")
    )


def widths_of(table: ReportTable) -> list[int]:
    """The width of every column, in characters, by what stands in it."""
    columns = table.all_columns
    widths = [column.width or _heading_width(column) for column in columns]
    for line in table.lines:
        index = 0
        for cell in line.cells:
            if cell.span == 1 and not columns[index].width:
                length = max(map(len, cell.text.split("\n")))
                widths[index] = max(widths[index], min(ceil(length * 1.1) + 2, WIDEST_COLUMN))
            index += cell.span
    return _fitted(columns, widths)


def _fitted(columns: Sequence[ReportColumn], widths: list[int]) -> list[int]:
    """The widths stretched to carry the letterhead, or the words' squeezed to stay legible."""
    missing, surplus = NARROWEST_SHEET - sum(widths), sum(widths) - WIDEST_SHEET
    if missing > 0:
        chosen = [i for i, c in enumerate(columns) if c.kind != "number"] or [0]
        share = sum(widths[index] for index in chosen)
        for index in chosen:
            widths[index] += ceil(missing * widths[index] / share)
    elif surplus > 0:
        spare = [
            max(0, widths[i] - max(_heading_width(c), 16))
            if c.kind == "text" and not c.width
            else 0
            for i, c in enumerate(columns)
        ]
        part = min(1, surplus / (sum(spare) or 1))
        widths = [width - int(room * part) for width, room in zip(widths, spare, strict=True)]
    return widths


def _heading_width(column: ReportColumn) -> int:
    longest = max(map(len, column.heading.split()), default=0)
    return max(
        ceil(longest * 1.1) + 2,
        ceil(len(column.heading) / 3) + 2,
        5 if column.kind == "number" else 8,
    )


def signature_edges(width: int, count: int) -> list[int]:
    """Where signature blocks should begin, in characters from the left; one alone stands at the right."""
    if count == 1:
        return [width - SIGNATURE_WIDTH]
    return [round(width * part / count) for part in range(1, count)]


def signature_blocks(widths: Sequence[int], count: int) -> list[Span]:
    """First and last column of each signature block; one alone stands at the right."""
    last, ends = len(widths) - 1, list(accumulate(widths))
    if count == 1:
        room = ends[-1] - SIGNATURE_WIDTH
        first = next((i for i, end in enumerate(ends) if end > room), 0)
        rest = ends[-1] - ends[first]
        if ends[first] - room < widths[first] * 0.5 and rest >= SIGNATURE_LEAST:
            first += 1
        return [(first, last)]
    starts = [0]
    for part in range(1, count):
        wanted = ends[-1] * part / count
        free = range(starts[-1] + 1, last + 2 - count + part)
        starts.append(min(free, key=lambda index: abs(ends[index - 1] - wanted)))
    return [(start, end - 1) for start, end in zip(starts, [*starts[1:], last + 1], strict=True)]
