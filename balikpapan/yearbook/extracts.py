"""One table, list or comparison by itself: where its figures come from and who signs it."""

from dataclasses import dataclass, replace
from typing import BinaryIO

from django.utils import timezone

from balikpapan.audit import personal_data
from balikpapan.reports import xlsx_list
from balikpapan.reports.book import ReportBook
from balikpapan.reports.comparison import comparable, compared
from balikpapan.reports.models import Edition, Official
from balikpapan.reports.tables import ReportTable
from industry.models import Business
from industry.reports.nominative import (
    PERSONAL,
    nominative_count,
    nominative_frame,
    nominative_rows,
)
from industry.reports.selection import EVERYTHING, Selection

from .contents import (
    ABOUT_ASSETS,
    ABOUT_IKM,
    BESIDES,
    NOMINATIVE,
    OTHERS,
    Imprint,
    about_ikm,
    besides,
    closing_of,
    dressed,
    other_table,
)
from .publication import edition_of, publication
from .release import PUBLIC, Handover

ON_SCREEN = 200
#: Above so many rows paper takes minutes; a workbook does not.
MOST_ON_PAPER = 10_000
VIEW = "reports.view_edition"
#: What a list of the register needs besides.
NEEDED = {
    NOMINATIVE: "industry.view_business",
    "kertas-kerja": "industry.view_performancetarget",
    "pad-bulanan": "industry.view_revenue",
    **{
        key: "facilities.view_asset"
        for key in BESIDES
        if key.startswith("kib-") or key in ABOUT_ASSETS
    },
}
NOT_OF_AN_EDITION = "Bukan bagian dari edisi: dihitung dari isi register sekarang."


def may_open(user, key: str) -> bool:
    """Whether a list of the register may be seen; the tables of the book hold aggregates only."""
    return key not in NEEDED or user.has_perm(NEEDED[key])


@dataclass(frozen=True, slots=True)
class Single:
    """One table as it is shown and printed; ``edition`` is the one it comes from, if any.

    ``is_live`` says that it speaks of a closed year and yet is not of its edition.
    """

    book: ReportBook
    edition: Edition | None = None
    is_live: bool = False

    @property
    def table(self) -> ReportTable:
        return self.book.tables[0]


def may_be_narrowed(key: str) -> bool:
    """Whether the table can be asked of some of the IKM only."""
    return key in ABOUT_IKM or key == NOMINATIVE


@dataclass(frozen=True, slots=True)
class TableRequest:
    """Which table is asked for: its key and year, and in what form.

    ``number`` names an edition of the year, ``base`` an earlier year to compare with; ``public``
    is the table as it may leave the office, and with a ``handover`` it does.
    """

    key: str
    year: int
    selection: Selection = EVERYTHING
    number: int | None = None
    public: bool = False
    base: int | None = None
    handover: Handover | None = None


def single(request: TableRequest, *, user=None, limit: int = 0) -> Single | None:
    """The table asked for, dressed as a document; None where there is none.

    Of a closed year it is the one of the edition. A narrowed table no edition can hold, so it is
    counted from the register and says so. For the public there are the tables of its edition
    only, of all IKM: what can be narrowed can be added up.
    """
    key, year, selection, base = request.key, request.year, request.selection, request.base
    number, public, handover = request.number, request.public, request.handover
    edition = edition_of(year, number)
    if key in BESIDES:
        return None if public else beside_the_book(key, year, selection, user, limit, edition)
    narrowed = bool(selection) and may_be_narrowed(key) and not public
    for_whom = {"public": public, "handover": handover}
    table = (
        about_ikm(key, year, selection) if narrowed else of_the_book(key, year, number, **for_whom)
    )
    if table is None:
        return None
    tables = [table]
    closed = {year} if edition else set()
    if base is not None and comparable(table):
        earlier = (
            about_ikm(key, base, selection) if narrowed else of_the_book(key, base, **for_whom)
        )
        tables = compared(table, earlier, year, base) if earlier else tables
        closed |= {base} if edition_of(base) else set()
    is_live = narrowed and bool(closed)
    if is_live:
        tables = [counted_now(each, sorted(closed)) for each in tables]
    source = None if narrowed else edition
    day = timezone.localtime(source.made_at).date() if source else timezone.localdate()
    number = source.number if source else None
    closing = closing_of(year, number)
    book = dressed(
        tables,
        year,
        today=day,
        imprint=Imprint(number, closing=NOT_OF_AN_EDITION if is_live else closing),
    )
    title = table.title
    if len(tables) > 1:
        title = f"{title.removesuffix(f' tahun {year}')}, perbandingan tahun {base} dan {year}"
    book = replace(book, title=title)
    if public:
        book = replace(book, provenance=[*book.provenance, PUBLIC])
    return Single(book, source, is_live)


def of_the_book(
    key: str,
    year: int,
    number: int | None = None,
    *,
    public: bool = False,
    handover: Handover | None = None,
) -> ReportTable | None:
    """One table of the book that speaks for the year."""
    if not public and edition_of(year, number) is None:
        if key in ABOUT_IKM:
            return about_ikm(key, year)
        today, closing = timezone.localdate(), closing_of(year, None)
        is_there = key in OTHERS
        return other_table(key, year, today=today, closing=closing) if is_there else None
    tables = publication(year, number, public=public, handover=handover).book.tables
    return next((table for table in tables if table.key == key), None)


def beside_the_book(
    key: str, year: int, selection: Selection, user, limit: int, edition: Edition | None
) -> Single:
    """A list or work sheet; whose personal data it shows is recorded."""
    personal = user is not None and user.has_perm(
        personal_data.SEE if limit else personal_data.EXPORT
    )
    table = besides(key, year, selection, personal=personal, limit=limit)
    if key == NOMINATIVE and personal:
        if limit:
            personal_data.record_seen(user, Business, count=len(table.rows), columns=PERSONAL)
        else:
            record_list_taken(user, len(table.rows))
    return beside_dressed(table, key, year, edition)


def beside_dressed(table: ReportTable, key: str, year: int, edition: Edition | None) -> Single:
    """The list or work sheet under the letterhead, above those who sign such a one."""
    if edition:
        table = counted_now(table, [year])
    today = timezone.localdate()
    signers = {}
    if key.startswith("kib-") or key in ABOUT_ASSETS:
        signers["signatories"] = Official.objects.keeping_on(today)
    book = dressed([table], year, today=today, is_numbered=False, **signers)
    return Single(replace(book, title=table.title), is_live=edition is not None)


def length_of(request: TableRequest) -> int:
    """How many rows a list that may be long will have; 0 for every other table."""
    if request.key != NOMINATIVE or request.public:
        return 0
    return nominative_count(request.year, request.selection)


def list_name(year: int) -> str:
    """What the file of a long list is called; of a closed year it is not part of the edition."""
    suffix = "-bukan-edisi" if edition_of(year) else ""
    return f"{NOMINATIVE}-{year}{suffix}.xlsx"


def record_list_taken(user, count: int) -> None:
    """Accounts for a nominative list with legible personal data that somebody takes out."""
    extract = personal_data.Extract(count=count, columns=PERSONAL, purpose="daftar nominatif IKM")
    personal_data.record_exported(user, Business, extract)


def write_nominative(request: TableRequest, stream: BinaryIO, *, personal: bool) -> int:
    """The nominative list of any length as a workbook; returns how many IKM it holds."""
    year, selection = request.year, request.selection
    frame = nominative_frame(year, selection, personal=personal)
    book = beside_dressed(frame, NOMINATIVE, year, edition_of(year)).book
    rows = nominative_rows(year, selection, personal=personal)
    return xlsx_list.write_list(book, rows, stream)


def counted_now(table: ReportTable, years: list[int]) -> ReportTable:
    """The table with a word, under its title and below, that it is not the edition's."""
    closed = " dan ".join(map(str, years))
    note = (
        f"Tahun {closed} sudah ditutup; tabel ini tidak ada dalam edisinya dan dihitung dari isi "
        "register sekarang."
    )
    subtitle = [*table.subtitle, NOT_OF_AN_EDITION]
    return replace(table, subtitle=subtitle, notes=[*table.notes, note])
