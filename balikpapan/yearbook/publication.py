"""Which book speaks for a year: the live one, or the edition kept when the year was closed."""

import io
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone

from balikpapan.audit import year_locks
from balikpapan.audit.models import ClosedYear
from balikpapan.reports import html, pdf, xlsx
from balikpapan.reports.book import ReportBook
from balikpapan.reports.editions import stored_appendix, stored_tables
from balikpapan.reports.models import Edition

from .chart_sources import chart_sources
from .contents import Imprint, closing_of, dressed, yearbook
from .release import Handover, for_public, provisional

#: Extensions of the files a report is given as.
EXTENSIONS = ("xlsx", "pdf", "html")
#: What the name of every file for the public says.
PUBLIC_NAME = "-umum"


class EditionMissing(ValidationError):
    """A closed year whose edition is not there: nothing may stand in for it."""

    def __init__(self, year: int, number: int):
        super().__init__(
            f"Tahun {year} sudah ditutup, tetapi Edisi {number} tidak ditemukan. Pulihkan dari "
            "cadangan, atau minta verifikator membuka lalu menutup kembali tahun itu."
        )


class EditionFileMissing(ValidationError):
    """The kept file of an edition that can no longer be read: it is never made anew in silence."""

    def __init__(self, edition: Edition):
        super().__init__(
            f"Berkas {edition} tidak dapat dibaca di folder data. Pulihkan dari cadangan; angkanya "
            "masih tersimpan dan tetap dapat dibuka di layar."
        )


@dataclass(frozen=True, slots=True)
class Publication:
    """The book of a year and, where the year is closed, the edition it comes from."""

    book: ReportBook
    edition: Edition | None = None
    public: bool = False

    @property
    def is_provisional(self) -> bool:
        """Whether it is for the public though its year is open, so that it may change again."""
        return self.public and self.edition is None

    def file(self, extension: str) -> bytes:
        """The book as a file; an edition's files are the ones kept with it."""
        if self.edition is not None and not self.public and extension in ("xlsx", "pdf"):
            file = self.edition.workbook if extension == "xlsx" else self.edition.document
            try:
                with file.open("rb") as stream:
                    return stream.read()
            except (OSError, ValueError) as lost:  # ValueError: none was ever written
                raise EditionFileMissing(self.edition) from lost
        return render(self.book, extension)


def render(book: ReportBook, extension: str) -> bytes:
    """A book as Excel, PDF or a page to keep."""
    if extension == "html":
        return html.render_book(book).encode()
    stream = io.BytesIO()
    (xlsx if extension == "xlsx" else pdf).write_book(book, stream)
    return stream.getvalue()


def publication(
    year: int, number: int | None = None, *, public: bool = False, handover: Handover | None = None
) -> Publication:
    """What is published about a year: never live figures while the year is closed.

    ``public`` is the book as it may leave the office, and with a ``handover`` it does: of an open
    year that is kept. Raises EditionMissing where the edition asked for, or that of a closed year,
    is not there, ReleaseRefused, and NotReleased where the handover only repeats.
    """
    edition = edition_of(year, number)
    if edition is not None:
        book = book_of(edition)
        return Publication(for_public(book, edition) if public else book, edition, public)
    if not public or handover is None or handover.only_repeated:
        book = yearbook(year, today=timezone.localdate(), appendix=public)
        return Publication(provisional(book, handover) if public else book, public=public)
    with year_locks.publishing(), year_locks.snapshot():
        if edition_of(year):  # closed while waiting
            return publication(year, public=True)
        book = yearbook(year, today=timezone.localdate())
        return Publication(provisional(book, handover), public=True)


def book_of(edition: Edition) -> ReportBook:
    """The book of an edition as it was stored."""
    return dressed(
        stored_tables(edition),
        edition.year,
        today=timezone.localtime(edition.made_at).date(),
        imprint=Imprint(edition.number, closing=closing_of(edition.year, edition.number)),
        appendix=stored_appendix(edition),
        chain_head=edition.chain_head,
        chart_sources=chart_sources(edition.year),
    )


def edition_of(year: int, number: int | None = None) -> Edition | None:
    """The edition that speaks for a year; None while the year is open."""
    if number is None:
        closed = ClosedYear.objects.kept().filter(year=year).first()
        if closed is None:
            return None
        number = closed.edition
    edition = Edition.objects.filter(year=year, number=number).first()
    if edition is None:
        raise EditionMissing(year, number)
    return edition
