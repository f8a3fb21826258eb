"""Letters on paper: one page or more for each, under the letterhead, above the signature."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Spacer

from .book import ReportBook
from .pdf import BODY, letterhead_of, paragraph, signatures_of
from .pdf_text import printable

MARGIN = 20 * mm
_TEXT = ParagraphStyle("letter", BODY, fontSize=11, leading=15, spaceAfter=8)
_LINE = ParagraphStyle("line", _TEXT, spaceAfter=0)
_ITEM = ParagraphStyle("item", _TEXT, leftIndent=7 * mm, bulletIndent=2 * mm, spaceAfter=3)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: what it is about, to whom, and its text; ``items`` stand after the first paragraph."""

    subject: str
    recipient: Sequence[str]
    opening: str
    items: Sequence[str]
    closing: Sequence[str]


def write_letters(letters: Sequence[Letter], frame: ReportBook, stream: BinaryIO) -> None:
    """All letters as one PDF; ``frame`` gives letterhead, place, date and signatories to each."""
    document = BaseDocTemplate(
        stream, pagesize=A4, title=printable(frame.title), lang="id-ID", invariant=1
    )
    width, height = A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN
    page = Frame(MARGIN, MARGIN, width, height, *[0] * 4, id="page")
    document.addPageTemplates(PageTemplate(frames=[page]))
    story: list[Flowable] = []
    for letter in letters:
        story += [*([PageBreak()] if story else []), *_page(letter, frame, width)]
    document.build(story)


def _page(letter: Letter, frame: ReportBook, width: float) -> list[Flowable]:
    # The office numbers its letters in a book of its own.
    head = ["Nomor\u00a0: ", f"Hal\u00a0: {letter.subject}"]
    return [
        *letterhead_of(frame, width),
        *(paragraph(line, _LINE) for line in head),
        Spacer(0, 12),
        *(paragraph(line, _LINE) for line in letter.recipient),
        Spacer(0, 14),
        paragraph(letter.opening, _TEXT),
        *(paragraph(item, _ITEM, "<bullet>–</bullet>{}") for item in letter.items),
        Spacer(0, 6),
        *(paragraph(text, _TEXT) for text in letter.closing),
        *signatures_of(frame, width),
    ]
