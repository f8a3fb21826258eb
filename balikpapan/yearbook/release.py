"""The edition for the public: which figures it hides, decided once and kept with the edition."""

from collections.abc import Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError

from balikpapan.reports.book import ReportBook
from balikpapan.reports.certificate import (
    Certificate,
    audit_of,
    certificate_from,
    certificate_table,
)
from balikpapan.reports.disclosure import FEWEST, Contribution, Publication, Unsafe, choose
from balikpapan.reports.models import Edition
from balikpapan.reports.suppression import HIDDEN, Mismatch, checked, hidden_by_counts, suppressed
from industry.figures import FIGURES
from industry.reports.contributions import TOGETHER, contributions
from industry.reports.movement import YEARS

PUBLIC = (
    f"Edisi untuk umum: angka tentang kurang dari {FEWEST} IKM atau hampir seluruhnya milik satu "
    f"IKM ditulis «{HIDDEN}», begitu pula angka yang dapat dipakai menghitungnya."
)

#: What no audit can know: files of an open year are not kept, and its figures still change.
OPEN_YEAR = (
    "Tahun ini belum ditutup: berkas untuk umum yang pernah diunduh sebelumnya tidak tersimpan dan "
    "tidak ikut diperiksa. Terbitkan setelah tahun ditutup, sebab dua berkas dari tahun yang masih "
    "terbuka dapat saling dikurangkan."
)


class ReleaseRefused(ValidationError):
    """No edition for the public can be made that gives nobody away."""

    def __init__(self, year: int):
        super().__init__(
            f"Edisi untuk umum tahun {year} tidak dapat dibuat: angka yang sudah terbit, atau "
            "angka yang tidak cocok dengan rinciannya, membuka angka satu atau dua IKM. Pakai "
            "edisi lengkap di dalam kantor, dan hubungi pengelola program."
        )


def certify(
    book: ReportBook, given: Sequence[Contribution], earlier: Sequence[Edition] = ()
) -> Certificate:
    """Decides what the edition for the public hides, audited with what was published before.

    Raises ReleaseRefused where no choice gives nobody away.
    """
    try:
        now = checked([*book.tables, *book.appendix], given)
        before = [publication_of(edition) for edition in earlier]
        choices = [(figures, choose(now, figures, before)) for figures in TOGETHER]
    except (Unsafe, Mismatch) as refusal:
        raise ReleaseRefused(book.year) from refusal
    return Certificate(
        frozenset().union(*(choice.hidden for _, choice in choices)),
        [audit for figures, choice in choices for audit in audit_of(now, figures, choice)],
        [edition.number for edition in earlier if edition.year == book.year],
        [(edition.year, edition.number) for edition in earlier if edition.year != book.year],
    )


def published_before(year: int) -> list[Edition]:
    """The editions whose figures speak of the same years as the book of ``year``.

    Table 13 of every book looks back on the years before it. An edition that could not be
    certified was never published; one of another year from before there were certificates was
    published under the rule of its time, and its amounts are not known.
    """
    near = range(year - YEARS + 1, year + YEARS)
    editions = Edition.objects.filter(year__in=near).order_by("year", "number")
    return [
        edition
        for edition in editions
        if edition.release or (edition.year == year and not edition.contributions)
    ]


def publication_of(edition: Edition) -> Publication:
    """What an earlier edition has shown to the public; Unsafe where that is not known."""
    if "printed" not in edition.release:
        raise Unsafe
    shown = {tuple(cell) for cell in edition.release["printed"]}
    hidden = {tuple(cell) for cell in edition.release["hidden"]}
    return Publication(contributions_from(edition.contributions), frozenset(shown - hidden))


def release_json(book: ReportBook, given: Sequence[Contribution], earlier: Sequence[Edition]):
    """The certificate as it is stored with an edition; empty where there can be none."""
    try:
        certificate = certify(book, given, earlier)
    except ReleaseRefused:
        return {}
    printed = checked([*book.tables, *book.appendix], given).printed
    return {**certificate.as_json(), "printed": sorted(map(list, printed))}


def for_public(book: ReportBook, edition: Edition | None) -> ReportBook:
    """The book as it may leave the office.

    That of an edition was decided when it was stored. An open year is decided anew each time,
    together with the editions of the year there have been. Raises ReleaseRefused.
    """
    if edition is None:
        given = contributions(book.year)
        made = released(book, certify(book, given, published_before(book.year)))
        *tables, last = made.tables
        return replace(made, tables=[*tables, replace(last, notes=[*last.notes, OPEN_YEAR])])
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
