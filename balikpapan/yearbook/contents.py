"""The yearly book: the tables of both registers under the office's letterhead."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from string import ascii_lowercase

from balikpapan.reports.book import ReportBook
from balikpapan.reports.formats import long_date
from balikpapan.reports.links import list_of
from balikpapan.reports.masking import without_ids
from balikpapan.reports.models import Letterhead, Official
from balikpapan.reports.tables import ReportTable
from facilities import reports as facilities
from facilities.choices import Kib
from industry import reports as industry
from industry.models import Business
from industry.models.reading import one_reading
from industry.reports.selection import EVERYTHING, Selection

from .chart_sources import chart_sources

TITLE = "Laporan Tahunan Industri"
#: The tables about IKM: each can be narrowed to some of them.
ABOUT_IKM: dict[str, tuple[int, Callable[..., ReportTable]]] = {
    "ikm-wilayah": (1, industry.region_table),
    "ikm-kelompok": (2, industry.group_table),
    "ikm-kbli": (3, industry.division_table),
    "ikm-skala": (4, industry.scale_table),
    "ikm-kelas": (4, industry.umkm_table),
    "ikm-data-tahunan": (5, industry.figures_table),
    "ikm-baru-tutup": (6, industry.movement_table),
    "ikm-baru-tutup-tahunan": (6, industry.movement_by_year_table),
    "sertifikat": (7, industry.certificate_table),
}


def _centres(year: int) -> ReportTable:
    businesses = Business.objects.count_by_centre(year)
    return facilities.centre_table(year, businesses, partial(businesses_of_centre, year))


METADATA = "metadata"
#: The other tables of the book; ``METADATA`` is also told the day and how the year stands.
OTHERS: dict[str, tuple[int, Callable[..., ReportTable]]] = {
    "pembinaan": (8, industry.programme_table),
    "pad": (9, industry.revenue_table),
    "pad-sumber": (9, industry.revenue_source_table),
    "sentra": (10, _centres),
    "cold-storage": (11, facilities.storage_table),
    "aset": (12, facilities.asset_table),
    "capaian": (13, industry.achievements_table),
    "publikasi": (14, industry.published_figures_table),
    "publikasi-pad": (14, industry.published_revenue_table),
    METADATA: (15, industry.metadata_table),
    "ikm-penghitungan": (15, industry.chain_table),
}
#: The work sheets about goods, besides their inventory cards.
ABOUT_ASSETS: dict[str, tuple[str, Callable[[int], ReportTable]]] = {
    "aset-nilai": ("Nilai aset menurut sarana, KIB, dan kondisi", facilities.value_table),
    "aset-penyusutan": ("Penyusutan dan nilai buku aset", facilities.depreciation_table),
    "aset-pemeliharaan": ("Pemeliharaan aset", facilities.maintenance_table),
}
#: What is kept with an edition and given as open data, but not printed.
APPENDIX = (industry.open_counts_table, industry.open_figures_table)
#: What is printed besides the book, in the order it is offered.
BESIDES = {
    "daftar-ikm": "Daftar nominatif IKM",
    "kertas-kerja": "Kertas kerja capaian kinerja (LKjIP)",
    "pad-bulanan": "PAD per bulan dan kumulatif",
    "sewa-unit": "Daftar sewa unit produksi",
    **{f"kib-{letter.lower()}": label for letter, label in Kib.choices},
    **{key: title for key, (title, _) in ABOUT_ASSETS.items()},
}
NOMINATIVE = "daftar-ikm"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a book states about itself: the number of its edition, its maker, and a line on closing.

    ``closing`` says how the year stands, such as "Tahun 2024 belum ditutup"; "" is left out.
    """

    edition: int | None = None
    made_by: str = ""
    closing: str = ""


NO_IMPRINT = Imprint()


@one_reading()
def yearbook(
    year: int,
    *,
    today: datetime.date,
    edition: int | None = None,
    made_by: str = "",
    appendix: bool = True,
) -> ReportBook:
    """The book of a year from what the registers hold now.

    The report of a closed year is the edition stored when it was closed; this is how that edition
    is made, never how it is shown again. The ``appendix`` is for the public and for editions.
    """
    closing = closing_of(year, edition)
    return dressed(
        tables(year, today=today, closing=closing),
        year,
        today=today,
        imprint=Imprint(edition, made_by, closing),
        appendix=[without_ids(table(year)) for table in APPENDIX] if appendix else [],
        chart_sources=chart_sources(year),
    )


def dressed(
    parts: Sequence[ReportTable],
    year: int,
    *,
    today: datetime.date,
    imprint: Imprint = NO_IMPRINT,
    **fields,
) -> ReportBook:
    """Tables under the letterhead of the day, above the signatures of who is in office."""
    letterhead = Letterhead.objects.heading_on(today)
    provenance = [
        ("Posisi data", f"31 Desember {year}"),
        ("Dicetak", long_date(today)),
        *([("Dibuat oleh", imprint.made_by)] if imprint.made_by else []),
        *([imprint.closing] if imprint.closing else []),
    ]
    return ReportBook(
        title=TITLE,
        year=year,
        tables=parts,
        letterhead=letterhead,
        place=letterhead.city if letterhead else Letterhead._meta.get_field("city").default,
        date=today,
        edition=imprint.edition,
        provenance=provenance,
        **{"signatories": list(Official.objects.signing_on(today)), **fields},
    )


@one_reading()
def tables(year: int, *, today: datetime.date, closing: str) -> list[ReportTable]:
    """The tables 1 to 15 of a year; some have a second part under the same number."""
    return [
        *(about_ikm(key, year) for key in ABOUT_IKM),
        *(other_table(key, year, today=today, closing=closing) for key in OTHERS),
    ]


@one_reading()
def about_ikm(key: str, year: int, selection: Selection = EVERYTHING) -> ReportTable:
    """One of the tables about IKM, of all of them or of some."""
    return _numbered(key, ABOUT_IKM, ABOUT_IKM[key][1](year, selection))


@one_reading()
def other_table(key: str, year: int, *, today: datetime.date, closing: str) -> ReportTable:
    """One of the tables that are not about IKM, worked out by itself."""
    stated = {"today": today, "closing": closing} if key == METADATA else {}
    return _numbered(key, OTHERS, OTHERS[key][1](year, **stated))


def _numbered(key: str, contents, table: ReportTable) -> ReportTable:
    """The table with its number, and a letter where it shares that with another.

    The book holds no number of a person, whoever reads it: its editions are the same for all.
    """
    number = contents[key][0]
    parts = [name for name, (other, _) in contents.items() if other == number]
    part = ascii_lowercase[parts.index(key)] if len(parts) > 1 else ""
    return without_ids(replace(table, number=number, part=part))


@one_reading()
def besides(
    key: str, year: int, selection: Selection = EVERYTHING, *, personal=False, limit=0
) -> ReportTable:
    """One of the lists and work sheets printed besides the book, masked unless ``personal``."""
    if key == NOMINATIVE:
        return industry.nominative_table(year, selection, personal=personal, limit=limit)
    table = _work_sheet(key, year)
    return table if personal else without_ids(table)


def _work_sheet(key: str, year: int) -> ReportTable:
    if key == "kertas-kerja":
        return industry.performance_table(year)
    if key == "pad-bulanan":
        return industry.revenue_month_table(year)
    if key in ABOUT_ASSETS:
        return ABOUT_ASSETS[key][1](year)
    if key == "sewa-unit":
        return facilities.rent_roll(year)
    return facilities.card_table(key.removeprefix("kib-").upper(), year)


def closing_of(year: int, edition: int | None) -> str:
    """Whether the figures may still change."""
    if edition is not None:
        return f"Tahun {year} sudah ditutup; angka ini disimpan sebagai Edisi {edition}."
    return f"Tahun {year} belum ditutup; angka dapat berubah."


def businesses_of_centre(year: int, *centres: int) -> str:
    """The list of IKM counting in a centre or in several together."""
    return list_of(Business, posisi=year, centre__in=",".join(map(str, centres)))
