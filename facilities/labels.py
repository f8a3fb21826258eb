"""Labels with a QR code for assets: A4 sheets of 24, three across and eight down."""

from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from balikpapan.reports.pdf_text import BOLD, PLAIN, font_for, printable
from balikpapan.reports.pdf_text import width_of as width_at_one_point

from .models import Asset

ACROSS, DOWN = 3, 8
WIDTH, HEIGHT = A4[0] / ACROSS, A4[1] / DOWN
#: Printers leave the edge of the sheet blank.
EDGE = 5 * mm
CODE = 25 * mm
#: More are printed in several files.
MOST = 2_000


def write_labels(
    assets: Iterable[Asset], stream: BinaryIO, *, office: str, address: Callable[[Asset], str]
) -> None:
    """The labels as PDF; ``address`` is where the QR code of an asset leads to."""
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    canvas.setTitle("Label aset")
    listed, size = list(assets), ACROSS * DOWN
    for start in range(0, len(listed), size):
        for place, asset in enumerate(listed[start : start + size]):
            down, across = divmod(place, ACROSS)
            _label(
                canvas,
                (across * WIDTH, A4[1] - (down + 1) * HEIGHT),
                [office, asset.name, asset.item_code, f"Register {asset.register or '–'}"],
                address(asset),
            )
        canvas.showPage()
    canvas.save()


def _label(canvas, corner, lines: Sequence[str], address: str):
    left, bottom = corner
    canvas.setLineWidth(0.25)
    canvas.setStrokeGray(0.8)
    canvas.rect(left, bottom, WIDTH, HEIGHT)
    middle = bottom + (HEIGHT - CODE) / 2
    renderPDF.draw(_qr(address), canvas, left + EDGE, middle)
    office, name, code, register = lines
    begin, room = left + EDGE + CODE + 2 * mm, WIDTH - CODE - 2 * EDGE - 2 * mm
    top = bottom + HEIGHT - 8 * mm
    for text, font, size, most in (
        (office, PLAIN, 6, 3),
        (name, BOLD, 8, 2),
        (code, PLAIN, 7.5, 1),
        (register, PLAIN, 7.5, 1),
    ):
        text = printable(text)
        font = font_for(text, font)
        canvas.setFont(font, size)
        for line in fitted(text, font, room / size, most):
            canvas.drawString(begin, top, line)
            top -= size * 1.25
        top -= 1.2 * mm


def _qr(address: str) -> Drawing:
    widget = QrCodeWidget(address, barLevel="M", barBorder=2)
    left, bottom, right, top = widget.getBounds()
    drawing = Drawing(
        CODE, CODE, transform=[CODE / (right - left), 0, 0, CODE / (top - bottom), 0, 0]
    )
    drawing.add(widget)
    return drawing


def fitted(text: str, font: str, room: float, most: int) -> list[str]:
    """The text in at most so many lines of a width in letter heights; the rest is cut off."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        line = words.pop(0)
        while words and width_at_one_point(f"{line} {words[0]}", font) <= room:
            line = f"{line} {words.pop(0)}"
        lines.append(line)
    if words:
        lines[-1] += " …"
    return [_cut(line, font, room) for line in lines]


def _cut(line: str, font: str, room: float) -> str:
    if width_at_one_point(line, font) <= room:
        return line
    while line and width_at_one_point(f"{line}…", font) > room:
        line = line[:-1]
    return f"{line}…"
