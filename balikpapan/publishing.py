"""Which book speaks for a year: the live one, or the edition kept when the year was closed."""

import io
from dataclasses import dataclass, replace

from django.utils import timezone

from balikpapan.audit.models import ClosedYear
from balikpapan.reports import html, pdf, xlsx
from balikpapan.reports.book import Book
from balikpapan.reports.editions import stored_tables
from balikpapan.reports.models import Edition

from .yearbook import yearbook

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Publication:
    """The book of a year and, where the year is closed, the edition it comes from."""

    book: Book
    edition: Edition | None = None

    def file(self, extension: str) -> bytes:
        """The book as a file; an edition's files are the ones kept with it."""
        if self.edition is not None and extension in ("xlsx", "pdf"):
            kept = self.edition.workbook if extension == "xlsx" else self.edition.document
            with kept.open("rb") as stream:
                return stream.read()
        if extension == "html":
            return html.render_book(self.book).encode()
        stream = io.BytesIO()
        (xlsx if extension == "xlsx" else pdf).write_book(self.book, stream)
        return stream.getvalue()


def publication(year: int, number: int | None = None) -> Publication:
    """What is published about a year: never live figures while the year is closed."""
    edition = None
    if number is not None:
        edition = Edition.objects.filter(year=year, number=number).first()
    elif closed := ClosedYear.objects.kept().filter(year=year).first():
        edition = Edition.objects.filter(year=year, number=closed.edition).first()
    if edition is None:
        return Publication(yearbook(year, today=timezone.localdate()))
    day = timezone.localtime(edition.made_at).date()
    frame = yearbook(year, today=day, edition=edition.number)
    return Publication(replace(frame, tables=stored_tables(edition)), edition)
