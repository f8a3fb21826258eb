"""Closing a year: its figures are frozen for everyone and its book is kept as an edition."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils import timezone

from balikpapan.audit import year_locks
from balikpapan.audit.chain import head, trail_transaction
from balikpapan.audit.models import ClosedYear
from balikpapan.audit.store import archive, store
from balikpapan.audit.stored_files import refused_removed
from balikpapan.reports.editions import keep_edition
from balikpapan.reports.models import Edition
from industry.reports.contributions import contributions

from .contents import yearbook
from .release import contributions_json, published_before, release_json


def close_year(year: int, *, by, channel, notes: str = "") -> Edition:
    """Closes a year that is over and keeps its book; the edition's number follows the last one.

    Raises ValidationError where the year is not over or already closed. Nobody writes the year
    meanwhile, and the book is read from one snapshot: a figure is in it whole or not at all. Nothing
    of another year is published meanwhile either, so that each sees what the other gave out.
    """
    today = timezone.localdate()
    if year >= today.year:
        raise ValidationError(
            f"Tahun {year} belum berakhir. Tutup tahun itu setelah 31 Desember {year}."
        )
    with refused_removed(), year_locks.publishing(), year_locks.alone(year):
        with year_locks.snapshot():
            last = Edition.objects.latest_of(year)
            number = last.number + 1 if last else 1
            closed = ClosedYear(year=year, edition=number, notes=notes, closed_by=by)
            closed.full_clean()
            name = (by.get_full_name() or by.get_username()) if by else ""
            book = yearbook(year, today=today, edition=number, made_by=name)
            book = replace(book, chain_head=str(head()))
            given = contributions(year)
            release = release_json(book, given, published_before(year))
        with trail_transaction():
            store(closed, by=by, channel=channel)
            return keep_edition(
                book, by=by, contributions=contributions_json(given), release=release
            )


def reopen_year(closed: ClosedYear, *, by, channel, reason: str) -> None:
    """Opens a closed year again; its edition stays, the next closing makes the next one."""
    if not reason.strip():
        raise ValidationError("Isi alasan membuka kembali tahun ini.")
    archive(closed, by=by, channel=channel, reason=reason.strip()[:200])
