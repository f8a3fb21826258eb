"""Letters on paper: the built-in fonts, what they can print, and where a line breaks."""

import re
import unicodedata
from functools import lru_cache

from reportlab.pdfbase.pdfmetrics import stringWidth

PLAIN, BOLD, ITALIC = "Helvetica", "Helvetica-Bold", "Helvetica-Oblique"
#: What stands for a letter the fonts do not have; the workbook keeps the letter itself.
STAND_IN = "[U+{:04X}]"

_BEYOND = re.compile("[^\n -~\u00a0-\u00ff–—‘’‚“”„†‡•…‰‹›€ŒœŠšŽžŸƒˆ˜™]")


def printable(text: str) -> str:
    """The text in letters that every PDF reader has; any other stands as its Unicode number."""
    if text.isascii() and text.isprintable():
        return text
    return _BEYOND.sub(_stand_in, unicodedata.normalize("NFC", text))


def _stand_in(match: re.Match) -> str:
    letter = match[0]
    if letter in "\u2212\u2010\u2011":
        return "-"
    if letter in "\t\r" or unicodedata.category(letter) == "Zs":
        return " "
    return STAND_IN.format(ord(letter))


@lru_cache(maxsize=4096)
def width_of(text: str, font: str) -> float:
    """How wide the text is at a size of one point."""
    return stringWidth(text, font, 1)


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
