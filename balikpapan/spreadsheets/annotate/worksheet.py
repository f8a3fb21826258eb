"""One sheet's XML with some of its cells in another style; every other byte stays as it was."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ..addresses import cell_address, column_index

SEVERITIES = ("error", "warning", "note")  # the gravest first
#: Attributes of a tag; possessive, so that no text can make the search run away.
ATTRIBUTES = r"""(?:[^<>"'/]++|"[^"<]*+"|'[^'<]*+')*+"""
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#: What may follow the reference to the sheet's comments (ECMA-376, CT_Worksheet).
_AFTER_COMMENTS = frozenset(
    ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems")
    + ("tableParts", "extLst", "AlternateContent")
)


class Unusual(Exception):
    """The package is built in a way that cannot be edited as text with certainty."""


@dataclass(slots=True)
class Spot:
    """All that is to be shown at one cell."""

    severity: str = "note"
    messages: list[str] = field(default_factory=list)

    def add(self, severity: str, *messages: str) -> None:
        """One more finding at this cell; the gravest decides its colour."""
        self.severity = min(self.severity, severity, key=SEVERITIES.index)
        self.messages.extend(messages)


#: Excel row -> zero-based column, or None for the row as a whole -> what to show there.
Spots = dict[int, dict[int | None, Spot]]
#: The cells of one row: zero-based column and where its element stands.
Cells = list[tuple[int, re.Match[str]]]


def prefix_of(xml: str, root: str) -> str:
    """The namespace prefix of a part's own elements, with its colon; most parts have none."""
    root_tag = re.search(rf"<([\w.-]+:)?{root}(?=[\s/>])", xml)
    if root_tag is None:
        raise Unusual
    return root_tag[1] or ""


def attribute(attributes: str, name: str) -> str | None:
    """The value of one attribute of a tag."""
    value = re.search(rf"""(?<![\w:.-]){name}\s*=\s*(?:"([^"]*)"|'([^']*)')""", attributes)
    return value and (value[1] if value[1] is not None else value[2])


def without(attributes: str, *names: str) -> str:
    """The attributes of a tag but for these."""
    for name in names:
        attributes = re.sub(rf"""\s*(?<![\w:.-]){name}\s*=\s*(?:"[^"]*"|'[^']*')""", "", attributes)
    return attributes


class SheetText:
    """A worksheet part being edited."""

    def __init__(self, xml: str):
        if "<![CDATA[" in xml or "<!--" in xml:
            raise Unusual  # what looks like a cell there is none
        self.xml = xml
        self.prefix = p = prefix_of(xml, "worksheet")
        self._row = re.compile(rf"<{p}row(?=[\s/>])({ATTRIBUTES})(/?)>")
        self._row_end = re.compile(rf"</{p}row\s*>")
        self._cell = re.compile(rf"<{p}c(?=[\s/>])({ATTRIBUTES})(?:/>|>(.*?)</{p}c\s*>)", re.DOTALL)

    def paint(self, spots: Spots, style_of: Callable[[int, str], int]) -> dict[str, Spot]:
        """Colours the cells and says which they became: reference -> what to tell there."""
        painted_cells: dict[str, Spot] = {}
        pieces, position, number = [], 0, 0
        for row in self._row.finditer(self.xml):
            number = int(attribute(row[1], "r") or number + 1)
            if number not in spots:
                continue
            body, end = "", row.end()
            if not row[2]:
                closing = self._row_end.search(self.xml, row.end())
                if closing is None:
                    raise Unusual
                body, end = self.xml[row.end() : closing.start()], closing.end()
            cells = self._cells(body)
            wanted = _settled(spots[number], cells)
            painted_cells |= {
                cell_address(number - 1, column): spot for column, spot in wanted.items()
            }
            painted = self._painted(body, cells, number, wanted, style_of)
            opening = f"<{self.prefix}row{without(row[1], 'spans')}>"
            pieces += [self.xml[position : row.start()], opening, painted, f"</{self.prefix}row>"]
            position = end
        self.xml = "".join([*pieces, self.xml[position:]])
        return painted_cells

    def _cells(self, body: str) -> Cells:
        cells: Cells = []
        column = -1
        for cell in self._cell.finditer(body):
            place = re.match("[A-Za-z]+", attribute(cell[1], "r") or "")
            column = column_index(place[0]) if place else column + 1
            cells.append((column, cell))
        return cells

    def _painted(
        self,
        body: str,
        cells: Cells,
        number: int,
        wanted: dict[int, Spot],
        style_of: Callable[[int, str], int],
    ) -> str:
        missing = sorted(wanted.keys() - {column for column, _ in cells}, reverse=True)
        pieces: list[str] = []
        position = 0

        def add(column: int, attributes: str, rest: str) -> None:
            base = int(attribute(attributes, "s") or 0)
            style = style_of(base, wanted[column].severity)
            pieces.append(f'<{self.prefix}c{without(attributes, "s")} s="{style}"{rest}')

        def add_missing(before: int | None = None) -> None:
            while missing and (before is None or missing[-1] < before):
                column = missing.pop()
                add(column, f' r="{cell_address(number - 1, column)}"', "/>")

        for column, cell in cells:
            if column not in wanted and not (missing and missing[-1] < column):
                continue
            pieces.append(body[position : cell.start()])
            position = cell.start()
            add_missing(column)
            if column in wanted:
                add(column, cell[1].rstrip(), body[cell.end(1) : cell.end()].lstrip())
                position = cell.end()
        last = cells[-1][1].end() if cells else 0
        pieces.append(body[position:last])
        add_missing()
        return "".join([*pieces, body[last:]])

    def comments_reference(self) -> str | None:
        """The relation of the drawing that holds the comments' boxes."""
        drawing = re.search(rf"<{self.prefix}legacyDrawing\s({ATTRIBUTES})/?>", self.xml)
        name = drawing and re.search(r"""[\w.-]+:id\s*=\s*["']([^"']+)""", drawing[1])
        return name and name[1]

    def refer_to_comments(self, relation: str) -> None:
        """Names the drawing of the comments where the schema wants it."""
        position = self._place_of_comments()
        element = f'<{self.prefix}legacyDrawing xmlns:r="{RELATIONS}" r:id="{relation}"/>'
        self.xml = self.xml[:position] + element + self.xml[position:]

    def _place_of_comments(self) -> int:
        start, depth = self.xml.rfind(f"</{self.prefix}sheetData"), 0
        if start < 0:
            raise Unusual
        for tag in re.compile(rf"<(/?)([\w.:-]+)({ATTRIBUTES})(/?)>").finditer(self.xml, start):
            if tag[1]:
                depth -= 1
                if depth < -1:  # the end of the worksheet, after that of the sheet's data
                    return tag.start()
                continue
            if depth == -1 and tag[2].rpartition(":")[2] in _AFTER_COMMENTS:
                return tag.start()
            depth += not tag[4]
        raise Unusual


def _settled(spots: dict[int | None, Spot], cells: Cells) -> dict[int, Spot]:
    """What concerns a whole row stands at its first filled cell."""
    wanted = {column: spot for column, spot in spots.items() if column is not None}
    if None in spots:
        filled = (column for column, cell in cells if cell[2])
        first = next(filled, cells[0][0] if cells else 0)
        wanted.setdefault(first, Spot()).add(spots[None].severity, *spots[None].messages)
    return wanted
