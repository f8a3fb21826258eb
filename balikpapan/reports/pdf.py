"""A book of tables on paper: A4 with letterhead, repeated headings, signatures, page numbers."""

from collections.abc import Sequence
from functools import partial
from io import BytesIO
from typing import BinaryIO

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    Image,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus import Table as Grid

from .bar_charts import BarChart
from .book import ReportBook
from .logos import read_logo
from .page_groups import sharing_a_page
from .pdf_chart import BarDrawing
from .pdf_table import grid_of
from .pdf_text import BOLD, ITALIC, PLAIN, marked_up, printable, width_of
from .tables import ReportTable

MARGIN = 15 * mm
LOGO_HEIGHT = 20 * mm
SIGNING_SPACE = 18 * mm
#: Notes taller than this part of a page flow by themselves instead of staying with the last rows.
MOST_TOGETHER = 0.6
#: Space between two charts, and how much of the height of a page one is drawn in.
CHART_GAP, CHART_HEIGHT = 14 * mm, 0.66
#: Space between two tables on one page, and what their margins may add to their heights.
SPACE_ABOVE = 24
SLACK = 12

BODY = ParagraphStyle("body", fontName=PLAIN, fontSize=10, leading=13)
_NOTE = ParagraphStyle("note", BODY, fontSize=8.5, leading=11)
_SOURCE = ParagraphStyle("source", _NOTE, fontName=ITALIC)
_CENTRED = ParagraphStyle("centred", BODY, alignment=TA_CENTER)
_SMALL = ParagraphStyle("small", _CENTRED, fontSize=9, leading=11)
_TITLE = ParagraphStyle("title", _CENTRED, fontName=BOLD, fontSize=12, leading=15)
_CHART_TITLE = ParagraphStyle("chart", _TITLE, fontSize=10.5, leading=13)
_COVER = ParagraphStyle("cover", _TITLE, fontSize=20, leading=28)
_OFFICE = ParagraphStyle("office", _CENTRED, fontName=BOLD, fontSize=14, leading=17)


def write_book(book: ReportBook, stream: BinaryIO, *, portrait: bool = False) -> None:
    """The whole book as PDF; the same book gives the same bytes."""
    size = A4 if portrait else landscape(A4)
    document = BaseDocTemplate(
        stream,
        pagesize=size,
        title=printable(book.name),
        author=printable(book.letterhead.office) if book.letterhead else None,
        lang="id-ID",
        invariant=1,
    )
    frame = Frame(MARGIN, MARGIN, size[0] - 2 * MARGIN, size[1] - 2 * MARGIN, *[0] * 4, id="page")
    document.addPageTemplates(PageTemplate(frames=[frame]))
    story = _story(book, frame.width, frame.height)
    document.build(story, canvasmaker=partial(NumberedCanvas, footer=printable(book.name)))


class NumberedCanvas(Canvas):
    """Pages that know how many they are: "Halaman 1 dari 3" can only be written at the end."""

    def __init__(self, *args, footer: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.footer = footer
        self.pages = []
        self.page_of: dict[str, int] = {}
        #: Where the page number of a table is to be written, by the page it is written on.
        self.promised: dict[int, list[tuple[str, float, float]]] = {}

    def showPage(self):
        self.pages.append(dict(self.__dict__))
        self._startPage()

    def save(self):
        for number, page in enumerate(self.pages, 1):
            self.__dict__.update(page)
            self.setFont(PLAIN, 8)
            self.drawString(MARGIN, MARGIN - 12, self.footer)
            place = self._pagesize[0] - MARGIN
            self.drawRightString(place, MARGIN - 12, f"Halaman {number} dari {len(self.pages)}")
            self.setFont(PLAIN, BODY.fontSize)
            for key, x, y in self.promised.get(number, ()):
                self.drawRightString(x, y, str(self.page_of[key]))
            super().showPage()
        super().save()


class Bookmark(Flowable):
    """An entry of the document's outline, leading to the table that follows."""

    def __init__(self, key: str, title: str):
        super().__init__()
        self.key, self.title, self.width, self.height = key, title, 0, 0
        self.spaceBefore = SPACE_ABOVE

    def draw(self):
        self.canv.bookmarkPage(self.key)
        self.canv.addOutlineEntry(self.title, self.key)
        self.canv.page_of[self.key] = self.canv.getPageNumber()


class PageOf(Flowable):
    """The page a table begins on, written once all pages are known, after a line of dots."""

    def __init__(self, key: str, begin: float):
        super().__init__()
        self.key, self.begin, self.height = key, begin, BODY.leading

    def wrap(self, width, height):
        self.width = width
        return width, self.height

    def draw(self):
        base = self.height - BODY.fontSize
        self.canv.setLineCap(1)
        self.canv.setDash(0.6, 3.4)
        self.canv.setLineWidth(0.6)
        self.canv.line(self.begin, base, self.width - 8 * mm, base)
        place = self.canv.absolutePosition(self.width, base)
        self.canv.promised.setdefault(self.canv.getPageNumber(), []).append((self.key, *place))


def paragraph(text: str, style: ParagraphStyle, markup: str = "{}") -> Paragraph:
    """A text people typed as a paragraph, whatever signs stand in it."""
    # Reportlab reads markup in paragraphs; what people typed is never markup.
    return Paragraph(markup.format(marked_up(printable(text), style.fontName)), style)


def _story(book: ReportBook, width: float, height: float) -> list[Flowable]:
    whole_book = len(book.tables) > 1
    story = _cover(book, width, height) if whole_book else letterhead_of(book, width)
    if whole_book:
        story += [paragraph("DAFTAR TABEL", _TITLE), Spacer(0, 6)]
        story += [
            _contents_line(f"t{place}", table.name, table.title, width)
            for place, table in enumerate(book.tables)
        ]
        if book.charts:
            story += [Spacer(0, 12), paragraph("DAFTAR GAMBAR", _TITLE), Spacer(0, 6)]
        for chart in book.charts:
            story.append(_contents_line(f"g{chart.number}", chart.name, chart.title, width))
        story += [Spacer(0, 14), *(paragraph(line, _NOTE) for line in book.provenance_lines)]
        story += _charts(book.charts, width, height)
    pages = sharing_a_page(book) if whole_book else []
    for place, table in enumerate(book.tables):
        parts: list[Flowable] = []
        if whole_book:
            parts.append(Bookmark(f"t{place}", printable(f"{table.name}. {table.title}")))
        parts += _titles(table)
        is_last = table is book.tables[-1]
        closing = _notes(table)
        if is_last and not whole_book:
            closing += [paragraph(line, _NOTE) for line in book.provenance_lines]
        signatures = signatures_of(book, width) if is_last else []
        tall = sum(flowable.wrap(width, height)[1] for flowable in closing + signatures)
        if tall <= height * MOST_TOGETHER:
            parts.append(grid_of(table, width, height, closing + signatures))
        else:
            parts += [grid_of(table, width, height, []), *closing[:-1]]
            parts.append(KeepTogether([*closing[-1:], *signatures]))
        if any(table is tables[0] for tables in pages):
            story.append(PageBreak())
        elif place:
            story.append(_room_for(parts, width, height))
        story += parts
    return story


def _cover(book: ReportBook, width: float, height: float) -> list[Flowable]:
    """The first page: letterhead, what the book is, where and when it was made."""
    lines = [paragraph(line, _COVER) for line in book.heading]
    return [
        *letterhead_of(book, width),
        Spacer(0, height / 4),
        *lines,
        Spacer(0, height / 6),
        paragraph(book.place_and_date, _CENTRED),
        PageBreak(),
    ]


def _room_for(parts: list[Flowable], width: float, height: float) -> Flowable:
    """A new page, unless the table finds room below the one before."""
    needed = sum(part.wrap(width, height)[1] for part in parts) + SPACE_ABOVE + SLACK
    return CondPageBreak(min(needed, height))


def letterhead_of(book: ReportBook, width: float) -> list[Flowable]:
    """The kop surat with its rules; nothing where the book has none."""
    letterhead = book.letterhead
    if not letterhead:
        return []
    lines = [paragraph(line, _OFFICE) for line in letterhead.names]
    lines += [paragraph(line, _SMALL) for line in letterhead.details]
    crest, side = "", 0
    if data := read_logo(letterhead):
        across, down = ImageReader(BytesIO(data)).getSize()
        side = min(LOGO_HEIGHT * across / down, 40 * mm)
        crest = Image(BytesIO(data), side, side * down / across, mask="auto")
    kop = Grid([[crest, lines, ""]], colWidths=[side, width - 2 * side, side])
    kop.setStyle([("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *_no_padding()])
    rules = [
        HRFlowable("100%", thickness, color=colors.black, spaceBefore=1, spaceAfter=1)
        for thickness in (2, 0.6)
    ]
    return [kop, Spacer(0, 4), *rules, Spacer(0, 12)]


def _charts(charts: Sequence[BarChart], width: float, height: float) -> list[Flowable]:
    """The charts of the book side by side, two on a page, each with what it shows in words."""
    story: list[Flowable] = []
    side = (width - CHART_GAP) / 2
    for first in range(0, len(charts), 2):
        cells = [_chart(chart, side, height * CHART_HEIGHT) for chart in charts[first : first + 2]]
        cells += [[]] * (2 - len(cells))
        grid = Grid([[cells[0], "", cells[1]]], colWidths=[side, CHART_GAP, side])
        grid.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_no_padding()])
        story += [PageBreak(), grid]
    return story


def _chart(chart: BarChart, width: float, height: float) -> list[Flowable]:
    return [
        Bookmark(f"g{chart.number}", printable(f"{chart.name}. {chart.title}")),
        paragraph(chart.name.upper(), _TITLE),
        paragraph(chart.title, _CHART_TITLE),
        Spacer(0, 10),
        BarDrawing(chart, width, height),
        Spacer(0, 8),
        paragraph(chart.source_line, _SOURCE),
        paragraph(chart.description, _NOTE),
    ]


def _contents_line(key: str, name: str, title: str, width: float) -> Flowable:
    """One line of the contents, with a line of dots up to the page that ``key`` is marked on."""
    return Grid(
        [
            [
                paragraph(name, BODY),
                paragraph(title, BODY, f'<a href="#{key}">{{}}</a>'),
                PageOf(key, 2 * mm),
            ]
        ],
        colWidths=[22 * mm, *_title_and_dots(title, width - 22 * mm)],
        style=[("VALIGN", (0, 0), (-1, -1), "BOTTOM"), *_no_padding()],
    )


def _title_and_dots(title: str, width: float) -> list[float]:
    """As much room as the title asks for, and the rest up to the page number."""
    asked = width_of(printable(title), PLAIN) * BODY.fontSize + 1
    across = min(asked, width - 20 * mm)
    return [across, width - across]


def _titles(table: ReportTable) -> list[Flowable]:
    names = [table.heading] if table.number is not None else []
    titles = [paragraph(line, _TITLE) for line in [*names, table.title.upper()]]
    return titles + [paragraph(line, _CENTRED) for line in table.subtitle]


def _notes(table: ReportTable) -> list[Flowable]:
    notes: list[Flowable] = [Spacer(0, 5)]
    if table.notes:
        notes += [
            paragraph(line, _NOTE) for line in ["Catatan:", *(f"– {note}" for note in table.notes)]
        ]
    if table.source:
        notes.append(paragraph(f"Sumber: {table.source}", _SOURCE))
    return notes


def signatures_of(book: ReportBook, width: float) -> list[Flowable]:
    """The signature blocks side by side, the head's at the right."""
    blocks = []
    for official, above in zip(book.signatories, book.lines_above_names, strict=True):
        signer = paragraph(
            official.name, ParagraphStyle("signer", _CENTRED, fontName=BOLD), "<u>{}</u>"
        )
        below = [paragraph(line, _CENTRED) for line in official.lines_below]
        # A row for what stands above and one for the name keep names level.
        blocks.append(([paragraph(line or " ", _CENTRED) for line in above], [signer, *below]))
    if not blocks:
        return []
    if len(blocks) == 1:
        blocks.insert(0, ("", ""))
    grid = Grid(
        [[above for above, _ in blocks], [""] * len(blocks), [below for _, below in blocks]],
        colWidths=[width / len(blocks)] * len(blocks),
        rowHeights=[None, SIGNING_SPACE, None],
    )
    grid.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_no_padding()])
    return [Spacer(0, 12), grid]


def _no_padding() -> list[tuple]:
    sides = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
    return [(side, (0, 0), (-1, -1), 0) for side in sides]
