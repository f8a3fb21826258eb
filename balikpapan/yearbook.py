"""The yearly book: the tables of both registers under the office's letterhead."""

import datetime
from dataclasses import replace
from functools import partial

from balikpapan.reports.book import Book
from balikpapan.reports.formats import long_date
from balikpapan.reports.links import list_of
from balikpapan.reports.models import Letterhead, Official
from balikpapan.reports.tables import Table
from facilities import reports as facilities
from industry import reports as industry
from industry.models import Business

TITLE = "Laporan Tahunan Industri"


def yearbook(
    year: int, *, today: datetime.date, edition: int | None = None, made_by: str = ""
) -> Book:
    """The book of a year from what the registers hold now.

    The report of a closed year is the edition stored when it was closed; this is how that edition
    is made, never how it is shown again.
    """
    letterhead = Letterhead.objects.heading_on(today)
    provenance = [
        ("Posisi data", f"31 Desember {year}"),
        ("Dicetak", long_date(today)),
        *([("Dibuat oleh", made_by)] if made_by else []),
        closing_of(year, edition),
    ]
    return Book(
        title=TITLE,
        year=year,
        tables=tables(year, today=today, closing=closing_of(year, edition)),
        letterhead=letterhead,
        place=letterhead.city if letterhead else Letterhead._meta.get_field("city").default,
        date=today,
        signatories=list(Official.objects.signing_on(today)),
        edition=edition,
        provenance=provenance,
    )


def tables(year: int, *, today: datetime.date, closing: str) -> list[Table]:
    """The tables 1 to 15 of a year; some have a second part under the same number."""
    businesses = Business.objects.count_by_centre(year)
    numbered = {
        1: [industry.region_table(year)],
        2: [industry.group_table(year)],
        3: [industry.division_table(year)],
        4: [industry.scale_table(year), industry.umkm_table(year)],
        5: [industry.figures_table(year)],
        6: [industry.movement_table(year), industry.movement_by_year_table(year)],
        7: [industry.certificate_table(year)],
        8: [industry.programme_table(year)],
        9: [industry.revenue_table(year), industry.revenue_source_table(year)],
        10: [facilities.centre_table(year, businesses, partial(businesses_of_centre, year))],
        11: [facilities.storage_table(year)],
        12: [facilities.asset_table(year)],
        13: [industry.achievements_table(year)],
        14: [industry.published_figures_table(year), industry.published_revenue_table(year)],
        15: [
            industry.metadata_table(year, today=today, closing=closing),
            industry.chain_table(year),
        ],
    }
    return [replace(table, number=number) for number, parts in numbered.items() for table in parts]


def closing_of(year: int, edition: int | None) -> str:
    """Whether the figures may still change."""
    if edition is not None:
        return f"Tahun {year} sudah ditutup; angka ini disimpan sebagai Edisi {edition}."
    return f"Tahun {year} belum ditutup; angka dapat berubah."


def businesses_of_centre(year: int, centre: int) -> str:
    """The list of IKM counting in a centre."""
    return list_of(Business, posisi=year, centre__id__exact=centre)
