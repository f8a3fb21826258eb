"""A table laid out for paper: as wide as the page, wrapped, never cut off."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reportlab.lib import colors
from reportlab.platypus import Flowable, LongTable

from .pdf_text import BOLD, ITALIC, PLAIN, broken, font_for, printable, width_of
from .tables import ReportTable

PADDING = 3
ABOVE_AND_BELOW = 4.0
SIZES = (9, 8.5, 8, 7.5, 7, 6.5, 6, 5.5, 5)  # the largest that fits is taken
LONG = 100  # rows; a list is printed small, so that a business takes a line or two
SIZES_OF_LISTS = SIZES[SIZES.index(7) :]
ROOMIER = 1.15  # so much wider than its longest figure a column is where the words leave room
LONGEST_WORD = 12  # in heights of a letter; a longer one is cut over two lines
CLOSING_ROWS = 3  # so many last rows stay with what closes the table
ENDLESS = 1e6
PAGES_AT_ONCE = 3  # a longer table is handed to Reportlab page by page
CONTINUED = "{} (lanjutan)"  # a heading within the table, again at the top of the next page

_HEADING = colors.HexColor("#E8EEF4")
_SECTION = colors.HexColor("#F4F4F4")


@dataclass(slots=True)
class ColumnWidth:
    """How narrow and how wide a column may be, at a size of one point."""

    least: float = 0.0
    most: float = 0.0

    def take(self, text: str, font: str, *, whole: bool) -> None:
        """Make room for a text; one that must stay whole is never wrapped."""
        widths = [width_of(part, font) for part in text.split("\n")]
        self.most = max(self.most, *(width * (ROOMIER if whole else 1) for width in widths))
        words = widths if whole else [width_of(word, font) for word in text.split()]
        longest = max(words, default=0)
        self.least = max(self.least, longest if whole else min(longest, LONGEST_WORD))


@dataclass
class Body:
    """The lines of one table in the widths and the size of letters chosen for it."""

    table: ReportTable
    widths: list[float]
    size: float
    lines: list[tuple[list[str], list[tuple]]] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    #: The headings within the table as they stand on a next page, by their line.
    continued: dict[int, tuple[list[str], list[tuple]]] = field(default_factory=dict)

    def add(self, kind: str, cells: list) -> None:
        """Wraps one more line."""
        texts, marks = _line(kind, cells, self.widths, self.size)
        if kind == "section":
            [(text, cell)] = cells
            again = [(CONTINUED.format(text), cell)]
            self.continued[len(self.lines)] = _line(kind, again, self.widths, self.size)
        self.lines.append((texts, marks))
        self.heights.append(_height(texts, self.size))
        self.kinds.append(kind)

    def repeated(self, start: int) -> list[tuple[list[str], list[tuple]]]:
        """The heading within the table that also heads the lines from ``start`` on; or none."""
        if start == len(self.kinds) or self.kinds[start] not in ("row", "subtotal"):
            return []
        for line in range(start - 1, -1, -1):
            if self.kinds[line] != "row":
                return [self.continued[line]] if line in self.continued else []
        return []

    def repeated_height(self, start: int) -> float:
        """How high that heading is."""
        return sum(_height(texts, self.size) for texts, _ in self.repeated(start))

    def whole_lines(self, start: int, stop: int) -> int:
        """Where a page that begins with ``start`` ends, so that nothing is torn from its heading.

        A heading goes with the line it heads, a sum takes the last line it adds up along.
        """
        while stop > start + 1 and (
            self.kinds[stop - 1] == "section" or self.kinds[stop : stop + 1] == ["subtotal"]
        ):
            stop -= 1
        return stop

    @cached_property
    def head(self) -> float:
        """How high the repeated heading rows are."""
        return self.grid(0, 0).wrap(sum(self.widths), ENDLESS)[1]

    def grid(
        self,
        start: int,
        stop: int,
        closing: Sequence[Flowable] = (),
        closing_rows: int = 0,
        *,
        split=False,
    ) -> LongTable:
        """Some of the lines under the headings; the last ``closing_rows`` stay with ``closing``."""
        rows, style = _heading_rows(self.table, self.widths, self.size)
        top = len(rows)
        for texts, marks in [*self.repeated(start), *self.lines[start:stop]]:
            for name, (first, last), *more in marks:
                style.append((name, (first, len(rows)), (last, len(rows)), *more))
            rows.append(texts)
        # A heading within the table stays with the row it heads.
        headings = [top + line - start for line in self.continued if start <= line < stop - 1]
        style += [("NOSPLIT", (0, row), (-1, row + 1)) for row in headings]
        last = len(rows) - 1
        if closing:
            rows.append([list(closing), *[""] * (len(self.widths) - 1)])
            style += [
                ("SPAN", (0, -1), (-1, -1)),
                ("LEFTPADDING", (0, -1), (-1, -1), 0),
                ("RIGHTPADDING", (0, -1), (-1, -1), 0),
                ("NOSPLIT", (0, max(last + 1 - closing_rows, top)), (-1, -1)),
            ]
        for index, column in enumerate(self.table.all_columns):
            place = (index, top), (index, last)
            if column.is_figure:
                style.insert(0, ("ALIGN", *place, "RIGHT"))
            elif column.kind in ("number", "year"):
                style.insert(0, ("ALIGN", *place, "CENTER"))
        style = [
            ("FONT", (0, 0), (-1, -1), PLAIN, self.size, self.size * 1.2),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
            ("TOPPADDING", (0, 0), (-1, -1), 1.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
            ("GRID", (0, 0), (-1, last), 0.5, colors.black),
            *style,
        ]
        # Only a row no page can hold is divided: where rows are kept together, dividing others
        # would start the table again in the middle of a page.
        return LongTable(
            rows, self.widths, style=style, repeatRows=top, splitInRow=int(split), spaceBefore=8
        )


class PageByPage(Flowable):
    """A table of several pages as one small table after another.

    As one table, Reportlab looks at all the rows that are left anew for every page, and it cannot
    say again which heading within the table the rows of the next page stand under.
    """

    def __init__(
        self, body: Body, start: int, page: float, closing: Sequence[Flowable], closing_rows: int
    ):
        super().__init__()
        self.body, self.start, self.page = body, start, page
        self.closing, self.closing_rows = closing, closing_rows
        self.spaceBefore = 8
        self.rest: LongTable | None = None

    def wrap(self, width, height):
        needed = self.body.head + self.body.repeated_height(self.start)
        needed += sum(self.body.heights[self.start :])
        if needed > height:
            return width, needed
        self.rest = self._lines(self.start)
        return self.rest.wrap(width, height)

    def draw(self):
        self.rest.drawOn(self.canv, 0, 0)

    def split(self, width, height):
        heights = self.body.heights
        room = height - self.body.head - self.body.repeated_height(self.start)
        stop = self.start
        # The lines kept with what closes the table are never among those of an earlier page.
        while stop < len(heights) - self.closing_rows and heights[stop] <= room:
            room -= heights[stop]
            stop += 1
        stop = self.body.whole_lines(self.start, stop)
        if stop == self.start or self.body.kinds[stop - 1] == "section":
            return []
        return [self.body.grid(self.start, stop), self._rest(stop)]

    def _rest(self, start: int) -> Flowable:
        """The lines that are left; those of the last page or two are a table as any other."""
        if self.body.continued or sum(self.body.heights[start:]) > self.page:
            return PageByPage(self.body, start, self.page, self.closing, self.closing_rows)
        return self._lines(start)

    def _lines(self, start: int) -> LongTable:
        """All the lines from ``start`` on with what closes the table."""
        return self.body.grid(start, len(self.body.lines), self.closing, self.closing_rows)


def grid_of(
    table: ReportTable, width: float, height: float, closing: Sequence[Flowable]
) -> Flowable:
    """The table as a flowable for pages of that size; the last rows and ``closing`` stay on one."""
    lines = [
        (line.kind, [(printable(cell.text), cell) for cell in line.cells]) for line in table.lines
    ]
    sizes = SIZES if len(lines) <= LONG else SIZES_OF_LISTS
    size, widths = _fit(_measures(table, lines), width, sizes)
    body = Body(table, widths, size)
    for kind, cells in lines:
        body.add(kind, cells)
    page = height - body.head
    room = page - sum(flowable.wrap(width, height)[1] for flowable in closing)
    heights = body.heights
    # A heading within the table stands above the first of them, on its page or said again.
    headings = [_height(texts, size) for texts, _ in body.continued.values()]
    over = max(headings, default=0.0)
    closing_rows = sum(
        1 for count in range(1, CLOSING_ROWS + 1) if sum(heights[-count:]) + over <= room
    )
    is_long = sum(heights) > page * PAGES_AT_ONCE
    if (is_long or headings) and max(heights) + over <= page:
        return PageByPage(body, 0, page, closing, closing_rows)
    return body.grid(0, len(lines), closing, closing_rows, split=max(heights) > room)


def _height(row: list[str], size: float) -> float:
    """How high a row is, by the most lines in one of its cells."""
    return (max(text.count("\n") for text in row) + 1) * size * 1.2 + ABOVE_AND_BELOW


def _measures(table: ReportTable, lines: list) -> list[ColumnWidth]:
    measures = [ColumnWidth() for _ in table.all_columns]
    for heading in [heading for row in table.headings for heading in row if heading.across == 1]:
        label = printable(heading.label)
        measures[heading.column].take(label, BOLD, whole=False)
        # A heading wraps before it makes its column wider than the figures ask for.
        measures[heading.column].most = measures[heading.column].least
    for index, measure in enumerate(measures, 1):
        measure.take(f"({index})", ITALIC, whole=True)
    for kind, cells in lines:
        index, font = 0, PLAIN if kind == "row" else BOLD
        for text, cell in cells:
            if cell.span == 1:
                measures[index].take(text, font, whole=cell.column.kind != "text")
            index += cell.span
    return measures


def _fit(
    measures: list[ColumnWidth], width: float, sizes: Sequence[float]
) -> tuple[float, list[float]]:
    """The size of the letters and the width of every column, together as wide as the page."""
    room = width - 2 * PADDING * len(measures) - 1
    least = sum(max(measure.least, 0.5) for measure in measures)
    size = next((size for size in sizes if least * size <= room), room / least)
    narrow = [max(measure.least, 0.5) * size for measure in measures]
    wishes = [
        max(measure.most * size - low, 0) for measure, low in zip(measures, narrow, strict=True)
    ]
    given = _shared(wishes, room - sum(narrow))
    widths = [low + more for low, more in zip(narrow, given, strict=True)]
    left_over = (room - sum(widths)) / sum(widths)
    return size, [each * (1 + left_over) + 2 * PADDING for each in widths]


def _shared(wishes: list[float], spare: float) -> list[float]:
    """Shares of the spare width: small wishes are met in full, great ones get what is left."""
    given = [0.0] * len(wishes)
    in_order = sorted(range(len(wishes)), key=wishes.__getitem__)
    for position, index in enumerate(in_order):
        given[index] = min(wishes[index], spare / (len(wishes) - position))
        spare -= given[index]
    return given


def _wrapped(text: str, font: str, width: float, size: float) -> str:
    # A thousandth more than measured: rounding must not break what just fits.
    return "\n".join(broken(text, font, (width - 2 * PADDING) / size * 1.001))


def _heading_rows(table: ReportTable, widths: list[float], size: float) -> tuple[list, list]:
    depth = len(table.headings)
    rows = [[""] * len(widths) for _ in range(depth)]
    style = [
        ("FONT", (0, 0), (-1, depth - 1), BOLD, size, size * 1.2),
        ("ALIGN", (0, 0), (-1, depth), "CENTER"),
        ("VALIGN", (0, 0), (-1, depth - 1), "MIDDLE"),
        ("BACKGROUND", (0, 0), (-1, depth - 1), _HEADING),
        ("FONT", (0, depth), (-1, depth), ITALIC, size * 0.85, size),
    ]
    for row, headings in enumerate(table.headings):
        for heading in headings:
            last = heading.column + heading.across - 1
            room = sum(widths[heading.column : last + 1])
            rows[row][heading.column] = _wrapped(printable(heading.label), BOLD, room, size)
            place = (heading.column, row)
            style.append(
                ("FONT", place, place, font_for(rows[row][heading.column], BOLD), size, size * 1.2)
            )
            if heading.across > 1 or heading.down > 1:
                style.append(("SPAN", (heading.column, row), (last, row + heading.down - 1)))
    rows.append([f"({index})" for index in range(1, len(widths) + 1)])
    return rows, style


def _line(
    kind: str, cells: list, widths: list[float], size: float
) -> tuple[list[str], list[tuple]]:
    """One line's texts and how they look, as commands for some of its columns."""
    texts, marks = [], []
    font = PLAIN if kind == "row" else ITALIC if kind == "empty" else BOLD
    for text, cell in cells:
        index = len(texts)
        room = sum(widths[index : index + cell.span])
        wraps = cell.column.kind == "text" and width_of(text, font) * size > room - 2 * PADDING
        texts += [_wrapped(text, font, room, size) if wraps or "\n" in text else text]
        texts += [""] * (cell.span - 1)
        if cell.span > 1:
            across = (index, index + cell.span - 1)
            align = "CENTER" if kind in ("total", "empty") else "LEFT"
            marks += [("SPAN", across), ("ALIGN", (index, index), align)]
    if kind != "row":
        marks.append(("FONT", (0, -1), font, size, size * 1.2))
    for index, text in enumerate(texts):
        if (rare := font_for(text, font)) != font:
            marks.append(("FONT", (index, index), rare, size, size * 1.2))
    if kind == "section":
        marks.append(("BACKGROUND", (0, -1), _SECTION))
    return texts, marks
