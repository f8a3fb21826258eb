"""The edition for the public: which figures it hides, decided once and kept with the edition."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils import timezone

from balikpapan.reports.book import ReportBook
from balikpapan.reports.certificate import (
    Certificate,
    audit_of,
    certificate_from,
    certificate_table,
)
from balikpapan.reports.disclosure import FEWEST, Contribution, Publication, Unsafe, choose
from balikpapan.reports.editions import sha256_of
from balikpapan.reports.masking import without_ids
from balikpapan.reports.models import Edition, ProvisionalRelease
from balikpapan.reports.suppression import (
    HIDDEN,
    Mismatch,
    checked,
    hidden_by_counts,
    shown_in,
    suppressed,
)
from balikpapan.reports.tables import ReportTable
from industry.figures import FIGURES
from industry.reports.contributions import TOGETHER, contributions
from industry.reports.movement import YEARS

PUBLIC = (
    f"Edisi untuk umum: angka tentang kurang dari {FEWEST} IKM atau hampir seluruhnya milik satu "
    f"IKM ditulis «{HIDDEN}», begitu pula angka yang dapat dipakai menghitungnya."
)

#: What whoever publishes an open year should know: its figures still change, its files are kept.
OPEN_YEAR = (
    "Tahun ini belum ditutup dan angkanya masih dapat berubah. Setiap berkas untuk umum yang diunduh "
    "dicatat, dan terbitan berikutnya diperiksa bersamanya supaya keduanya tidak dapat saling "
    "dikurangkan. Layar hanya menampilkan angka untuk umum yang sudah tercatat demikian."
)


#: What an audit looks at besides the book: an edition, or files of a year that was not closed.
EarlierRelease = Edition | ProvisionalRelease


class ReleaseRefused(ValidationError):
    """No edition for the public can be made that gives nobody away."""

    def __init__(self, year: int):
        super().__init__(
            f"Edisi untuk umum tahun {year} tidak dapat dibuat: angka yang sudah terbit, atau "
            "angka yang tidak cocok dengan rinciannya, membuka angka satu atau dua IKM. Pakai "
            "edisi lengkap di dalam kantor, dan hubungi pengelola program."
        )


class NotReleased(Exception):
    """Figures of an open year that were not published as they are now, so that no page shows them.

    ``last`` is the day something of the year was published last; None where nothing was.
    """

    def __init__(self, year: int, last: datetime.date | None):
        super().__init__(year)
        self.year, self.last = year, last


@dataclass(frozen=True, slots=True)
class Handover:
    """That a publication leaves the office: who takes it out, and the keys of its tables.

    ``tables`` None is the whole book as it is printed. ``only_repeated`` is a page that may be
    looked at any day: it shows again what left the office before, and nothing else.
    """

    by: AbstractBaseUser | None = None
    tables: frozenset[str] | None = None
    only_repeated: bool = False

    def part_of(self, book: ReportBook) -> list[ReportTable]:
        """Those tables of the book that leave the office."""
        if self.tables is None:
            return list(book.tables)
        return [table for table in [*book.tables, *book.appendix] if table.key in self.tables]


def certify(
    book: ReportBook, given: Sequence[Contribution], earlier: Sequence[EarlierRelease] = ()
) -> Certificate:
    """Decides what the edition for the public hides, audited with what was published before.

    Raises ReleaseRefused where no choice gives nobody away.
    """
    try:
        now = checked([*book.tables, *book.appendix], given)
        before = [publication_of(release) for release in earlier]
        choices = [(figures, choose(now, figures, before)) for figures in TOGETHER]
    except (Unsafe, Mismatch) as refusal:
        raise ReleaseRefused(book.year) from refusal
    editions = [release for release in earlier if isinstance(release, Edition)]
    return Certificate(
        frozenset().union(*(choice.hidden for _, choice in choices)),
        [audit for figures, choice in choices for audit in audit_of(now, figures, choice)],
        [edition.number for edition in editions if edition.year == book.year],
        [(edition.year, edition.number) for edition in editions if edition.year != book.year],
        [
            (release.year, timezone.localdate(release.made_at))
            for release in earlier
            if isinstance(release, ProvisionalRelease)
        ],
    )


def published_before(year: int) -> list[EarlierRelease]:
    """What was published whose figures speak of the same years as the book of ``year``.

    Table 13 of every book looks back on the years before it. An edition that could not be
    certified was never published; one of another year from before there were certificates was
    published under the rule of its time, and its amounts are not known. Of years that were open
    it is what left the office then.
    """
    near = range(year - YEARS + 1, year + YEARS)
    editions = Edition.objects.filter(year__in=near).order_by("year", "number")
    return [
        *(
            edition
            for edition in editions
            if edition.release or (edition.year == year and not edition.contributions)
        ),
        *ProvisionalRelease.objects.filter(year__in=near).order_by("year", "pk"),
    ]


def publication_of(release: EarlierRelease) -> Publication:
    """What was shown to the public before; Unsafe where that is not known."""
    if isinstance(release, ProvisionalRelease):
        shown = {tuple(cell) for cell in release.shown}
        return Publication(contributions_from(release.contributions), frozenset(shown))
    if "printed" not in release.release:
        raise Unsafe
    printed = {tuple(cell) for cell in release.release["printed"]}
    hidden = {tuple(cell) for cell in release.release["hidden"]}
    return Publication(contributions_from(release.contributions), frozenset(printed - hidden))


def release_json(
    book: ReportBook, given: Sequence[Contribution], earlier: Sequence[EarlierRelease]
):
    """The certificate as it is stored with an edition; empty where there can be none."""
    try:
        certificate = certify(book, given, earlier)
    except ReleaseRefused:
        return {}
    printed = checked([*book.tables, *book.appendix], given).printed
    return {**certificate.as_json(), "printed": sorted(map(list, printed))}


def for_public(book: ReportBook, edition: Edition) -> ReportBook:
    """The book of an edition as it may leave the office, decided when the edition was stored.

    Raises ReleaseRefused.
    """
    if edition.release:
        return released(book, certificate_from(edition.release))
    if edition.contributions:
        raise ReleaseRefused(book.year)
    return dressed_for_public(
        book,
        [hidden_by_counts(table) for table in book.tables],
        [hidden_by_counts(table) for table in book.appendix],
        Certificate(frozenset(), is_complete=False),
    )


def provisional(book: ReportBook, handover: Handover | None = None) -> ReportBook:
    """The book of an open year as it may leave the office: decided anew each time.

    It is audited with all there was before; with a ``handover`` it leaves the office now and is
    kept, so that the next is audited with it. Raises ReleaseRefused, and NotReleased where only
    what left the office before may be shown and this is something else.
    """
    given = contributions(book.year)
    made = released(book, certify(book, given, published_before(book.year)))
    if handover is not None:
        keep_release(made, given, handover)
    *tables, last = made.tables
    return replace(made, tables=[*tables, replace(last, notes=[*last.notes, OPEN_YEAR])])


def keep_release(made: ReportBook, given: Sequence[Contribution], handover: Handover) -> None:
    """Stores which figures leave the office, and of which amounts; nothing where all of it has.

    Raises NotReleased where something has not and the handover only repeats.
    """
    shown = shown_in(handover.part_of(made))
    stored = contributions_json(given)
    sha256 = sha256_of(stored)
    of_year = ProvisionalRelease.objects.filter(year=made.year)
    alike = of_year.filter(sha256=sha256)
    before = {tuple(cell) for cells in alike.values_list("shown", flat=True) for cell in cells}
    if shown <= before:
        return
    if handover.only_repeated:
        last = of_year.values_list("made_at", flat=True).first()
        raise NotReleased(made.year, timezone.localdate(last) if last else None)
    ProvisionalRelease.objects.create(
        year=made.year,
        made_by=handover.by,
        shown=sorted(map(list, shown)),
        contributions=stored,
        sha256=sha256,
    )


def released(book: ReportBook, certificate: Certificate) -> ReportBook:
    """The book without what its certificate hides."""
    return dressed_for_public(
        book,
        [suppressed(table, certificate.hidden) for table in book.tables],
        [suppressed(table, certificate.hidden) for table in book.appendix],
        certificate,
    )


def dressed_for_public(book, tables, appendix, certificate: Certificate) -> ReportBook:
    """The book with the tables for the public and the certificate as the last of them."""
    tables, appendix = ([without_ids(t) for t in part] for part in (tables, appendix))
    names = {figure.field: figure.name for figure in FIGURES}
    last = replace(certificate_table(certificate, names), number=tables[-1].number + 1)
    return replace(
        book,
        tables=[*tables, last],
        appendix=appendix,
        provenance=[*book.provenance, PUBLIC],
    )


def contributions_json(given: Sequence[Contribution]) -> list[dict]:
    """Contributions as plain data, to be stored with an edition."""
    return [
        {"unit": each.unit, "sets": sorted(each.sets), "figures": dict(each.figures)}
        for each in given
    ]


def contributions_from(stored: Sequence[dict]) -> list[Contribution]:
    """Contributions as they were stored."""
    return [Contribution(each["unit"], frozenset(each["sets"]), each["figures"]) for each in stored]
