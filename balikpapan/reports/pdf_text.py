"""Letters on paper: the fonts, what they can print, and where a line breaks.

Every PDF reader has Helvetica, so that it need not be inside the file; it lacks signs such as ≤ and №.
These are printed in DejaVu Sans, whose letters in use are embedded.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfmetrics import getFont, registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

PLAIN, BOLD, ITALIC = "Helvetica", "Helvetica-Bold", "Helvetica-Oblique"
#: The font that takes over for a text with signs the first one lacks.
RICHER = {PLAIN: "DejaVuSans", BOLD: "DejaVuSans-Bold", ITALIC: "DejaVuSans-Oblique"}
FONTS = Path(__file__).parent / "fonts"
#: What stands for a letter the fonts do not have; the workbook keeps the letter itself.
STAND_IN = "[U+{:04X}]"

_BEYOND = re.compile("[^\n -~\u00a0-\u00ff–—‘’‚“”„†‡•…‰‹›€ŒœŠšŽžŸƒˆ˜™]")


def printable(text: str) -> str:
    """The text in letters that every PDF reader has; any other stands as its Unicode number."""
    if text.isascii() and text.isprintable():
        return text
    return _BEYOND.sub(_stand_in, unicodedata.normalize("NFC", text))


@cache
def richer(font: str) -> str:
    """The font that has more signs, made known to Reportlab when it is first asked for."""
    name = RICHER[font]
    registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    return name


def font_for(text: str, font: str) -> str:
    """The font to print a text in: the usual one wherever it has all the signs."""
    if text.isascii() or not _BEYOND.search(text):
        return font
    return richer(font)


def marked_up(text: str, font: str) -> str:
    """The text as Reportlab's markup, its rarer signs in the font that has them."""
    escaped = escape(text)
    if font_for(text, font) == font:
        return escaped
    return _BEYOND.sub(rf'<font name="{richer(font)}">\g<0></font>', escaped)


def _stand_in(match: re.Match) -> str:
    letter = match[0]
    if letter in "\u2212\u2010\u2011":
        return "-"
    if letter in "\t\r" or unicodedata.category(letter) == "Zs":
        return " "
    if ord(letter) in getFont(richer(PLAIN)).face.charToGlyph:
        return letter
    return STAND_IN.format(ord(letter))


@lru_cache(maxsize=4096)
def width_of(text: str, font: str) -> float:
    """How wide the text is at a size of one point."""
    return stringWidth(text, font_for(text, font), 1)


def broken(text: str, font: str, width: float) -> list[str]:
    """The text as lines no wider than ``width`` at one point; a long word is cut, never lost."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if width_of(longer, font) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            line = word
            while width_of(line, font) > width and len(line) > 1:
                fitting = next(
                    (n for n in range(len(line) - 1, 1, -1) if width_of(line[:n], font) <= width), 1
                )
                lines.append(line[:fitting])
                line = line[fitting:]
        lines.append(line)
    return lines
