"""Where everything on the pages of a PDF stands: its words by line, its fields and rules, its links."""

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
LINK = re.compile(rb"/Rect \[ ([\d. -]+) \] /Subtype /Link")
TITLE = re.compile(rb"/Title \(((?:\\.|[^\\)])*)\)", re.DOTALL)
#: A text in brackets, a name, a number, an operator.
TOKEN = re.compile(r"\((?:\\.|[^\\)])*\)|/[\w+-]+|[-+]?\d*\.?\d+|[\w*']+|\S", re.DOTALL)
NUMBER = re.compile(r"[-+]?\d*\.?\d+")
ESCAPED = re.compile(r"\\([0-7]{3}|.)", re.DOTALL)


def layout_lines(content: bytes, pages: int) -> list[str]:
    """The first pages line by line, the others by their digest, all links and bookmarks."""
    streams, lines = page_streams(content), []
    for number, page in enumerate(streams[:pages], 1):
        lines += [f"== halaman {number}", *_page(page.decode("cp1252"))]
    if others := streams[pages:]:
        digest = hashlib.sha256(b"".join(others)).hexdigest()[:16]
        lines.append(f"… {len(others)} halaman lain, {digest}")
    areas = [[round(float(part)) for part in area.split()] for area in LINK.findall(content)]
    lines += [f"tautan {' '.join(map(str, area))}" for area in areas]
    return lines + [f"penanda {plain(title.decode('cp1252'))}" for title in TITLE.findall(content)]


def page_streams(content: bytes) -> list[bytes]:
    """What draws each page, readable."""
    return [
        zlib.decompress(base64.a85decode(stream.strip().removesuffix(b"~>")))
        for stream in STREAM.findall(content)
    ]


def plain(text: str) -> str:
    """A text without the marks that keep its brackets and further letters."""

    def letter(match):
        code = match[1]
        return bytes([int(code, 8)]).decode("cp1252", "replace") if code.isdigit() else code

    return ESCAPED.sub(letter, text).strip()


def _page(stream: str) -> Iterator[str]:
    """The texts of each height with where they begin, after what is drawn on the page."""
    drawing = Drawing().draw(stream)
    kinds = {}
    for kind, *place in drawing.shapes:
        kinds.setdefault(kind, []).append(" ".join(f"{part:.0f}" for part in place))
    for kind, places in kinds.items():
        yield f"{kind} {len(places)}: {', '.join([*places[:4], *places[4:][-1:]])}"
    heights = {}
    for x, y, font, text in drawing.texts:
        heights.setdefault(round(y), []).append(f"{x:.0f} {font} {text}")
    for y in sorted(heights, reverse=True):
        yield f"{y}: {' / '.join(heights[y])}"


@dataclass
class Drawing:
    """What the operators of a page have drawn so far, in points from its lower left corner."""

    texts: list[tuple] = field(default_factory=list)  # x, y, font, text
    shapes: list[tuple] = field(default_factory=list)  # kind, x, y, width and height of a field
    x: float = 0.0
    y: float = 0.0
    text_x: float = 0.0
    text_y: float = 0.0
    leading: float = 0.0
    font: str = ""
    fill: str = "0"
    line: str = ""
    saved: list[tuple] = field(default_factory=list)

    def draw(self, stream: str) -> "Drawing":
        """The whole of a page."""
        operands: list[str] = []
        for token in TOKEN.findall(stream):
            if operator := OPERATORS.get(token):
                operator(self, operands)
                operands.clear()
            else:
                operands.append(token)
        return self

    def save(self, operands):
        self.saved.append((self.x, self.y, self.font, self.fill, self.line))

    def restore(self, operands):
        self.x, self.y, self.font, self.fill, self.line = self.saved.pop()

    def move(self, operands):
        x, y = _numbers(operands)[4:6]
        self.x, self.y = self.x + x, self.y + y

    def choose_font(self, operands):
        self.font = f"{operands[-2][1:]}-{float(operands[-1]):g}"

    def set_leading(self, operands):
        self.leading = _numbers(operands)[-1]

    def place_text(self, operands):
        self.text_x, self.text_y = _numbers(operands)[-2:]

    def move_text(self, operands):
        x, y = _numbers(operands)[-2:]
        self.text_x, self.text_y = self.text_x + x, self.text_y + y

    def next_line(self, operands):
        self.text_y -= self.leading

    def show(self, operands):
        if text := plain(operands[-1][1:-1]):
            self.texts.append((self.x + self.text_x, self.y + self.text_y, self.font, text))

    def choose_fill(self, operands):
        self.fill = _short(operands)

    def choose_line(self, operands):
        self.line = _short(operands)

    def fill_field(self, operands):
        self._shape(f"bidang {self.fill}", operands)

    def draw_line(self, operands):
        self._shape(f"garis {self.line}", operands)

    def _shape(self, kind, operands):
        x, y, *size = _numbers(operands)
        self.shapes.append((kind, self.x + x, self.y + y, *size))


def _numbers(operands: list[str]) -> list[float]:
    return [float(part) for part in operands if NUMBER.fullmatch(part)]


def _short(operands: list[str]) -> str:
    return " ".join(f"{part:.2g}" for part in _numbers(operands))


OPERATORS = {
    "q": Drawing.save,
    "Q": Drawing.restore,
    "cm": Drawing.move,
    "Tf": Drawing.choose_font,
    "TL": Drawing.set_leading,
    "Tm": Drawing.place_text,
    "Td": Drawing.move_text,
    "T*": Drawing.next_line,
    "Tj": Drawing.show,
    "rg": Drawing.choose_fill,
    "RG": Drawing.choose_line,
    "w": Drawing.choose_line,
    "re": Drawing.fill_field,
    "m": Drawing.draw_line,
    "l": Drawing.draw_line,
}
