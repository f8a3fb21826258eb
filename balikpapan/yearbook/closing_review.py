"""What a person should know before a year is closed: gaps, doubts, and what was published otherwise."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, IntegerField, Q, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from balikpapan.intake.models import Upload
from balikpapan.reports.links import list_of
from balikpapan.reports.models import Letterhead, Official
from balikpapan.spreadsheets.cells import format_rupiah, format_whole
from balikpapan.spreadsheets.cells.formatting import format_decimal
from facilities.choices import Month
from facilities.models import Chamber, StorageMonth
from facilities.storage_figures import chamber_months
from industry.choices import BusinessStatus
from industry.models import Business, BusinessYear, PublishedFigure, Revenue
from industry.reports.achievements import COUNTED, counted_in

#: Months a whole year has.
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at before closing, with the list behind it where there is one."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A question the page answers, and what was noticed; nothing noticed is good."""

    title: str
    remarks: list[Remark]


def review(year: int) -> list[Topic]:
    """Everything to look at before ``year`` is closed, topic by topic."""
    return [Topic(title, list(look(year))) for title, look in TOPICS]


def held_rows(year: int) -> Iterator[Remark]:
    """Rows of any upload that still wait: they are in no figure of any year."""
    held = Upload.objects.filter(status__in=[*Upload.WAITING, Upload.Status.STORED]).aggregate(
        rows=Sum(Cast(KT("counts__held"), IntegerField())),
        files=Count("pk", filter=Q(status__in=Upload.WAITING)),
    )
    if held["files"]:
        text = f"{format_whole(held['files'])} unggahan belum dijawab atau belum disimpan."
        yield Remark(text, list_of(Upload, status__in=",".join(Upload.WAITING)))
    if held["rows"]:
        text = f"{format_whole(held['rows'])} baris dari berkas unggahan masih ditahan."
        yield Remark(text, list_of(Upload))


def missing_months(year: int) -> Iterator[Remark]:
    """Sources of PAD and rooms of the cold storage that have some months of the year, not all."""
    monthly = Revenue.objects.kept().filter(year=year, month__isnull=False, realised__isnull=False)
    sources = (
        monthly.order_by().values("source_name").annotate(months=Count("month", distinct=True))
    )
    for row in sources.filter(months__lt=MONTHS).order_by("source_name"):
        text = f"PAD {row['source_name']}: {row['months']} dari {MONTHS} bulan terisi."
        yield Remark(
            text, list_of(Revenue, year__exact=year, source_name__exact=row["source_name"])
        )
    chambers = Chamber.objects.kept().filter(facility__archived_at=None).select_related("facility")
    chambers = list(chambers.order_by("facility__name", "pk"))
    rows = chamber_months([year], chambers)
    filled = Counter(row.chamber.pk for row in rows)
    for row in rows:
        if row.is_undecided:
            text = (
                f"{row.chamber.facility.name}, {row.chamber.name}: {Month(row.month).label} yang "
                "diketik berbeda dari buku penitipan, dan belum diputuskan mana yang dipakai."
            )
            yield Remark(text, f"{reverse('admin:facilities_storagemonth_ledger')}?tahun={year}")
    for chamber in chambers:
        months = filled[chamber.pk]
        if 0 < months < MONTHS:
            text = f"{chamber.facility.name}, {chamber.name}: {months} dari {MONTHS} bulan terisi."
            link = list_of(StorageMonth, chamber__id__exact=chamber.pk, year__exact=year)
            yield Remark(text, link)


def unreported(year: int) -> Iterator[Remark]:
    """The IKM that count in the year without figures of it."""
    counting = Business.objects.counting_in(year)
    total = counting.count()
    reporting = BusinessYear.objects.kept().filter(year=year, business__in=counting).count()
    if reporting < total:
        text = f"{format_whole(total - reporting)} dari {format_whole(total)} IKM belum melaporkan data tahun {year}."
        yield Remark(text, list_of(Business, posisi=year))


def unverified(year: int) -> Iterator[Remark]:
    """The IKM that count in the year and were never verified."""
    counting = Business.objects.counting_in(year)
    count = counting.filter(
        Q(status=BusinessStatus.UNVERIFIED) | Q(verified_on__isnull=True)
    ).count()
    if count:
        text = f"{format_whole(count)} IKM belum diverifikasi."
        yield Remark(text, list_of(Business, posisi=year))


def likely_doubles(year: int) -> Iterator[Remark]:
    """IKM that may be recorded twice and would be counted twice."""
    count = Business.objects.likely_doubles().count()
    if count:
        yield Remark(
            f"{format_whole(count)} IKM mungkin tercatat ganda.", list_of(Business, ganda="ya")
        )


def stationery(year: int, today: datetime.date | None = None) -> Iterator[Remark]:
    """Who signs the edition, and under which letterhead."""
    day = today or timezone.localdate()
    if Letterhead.objects.heading_on(day) is None:
        yield Remark("Belum ada kop surat yang berlaku hari ini.", list_of(Letterhead))
    if not Official.objects.signing_on(day).exists():
        yield Remark("Belum ada pejabat penanda tangan yang menjabat hari ini.", list_of(Official))


def published_otherwise(year: int) -> Iterator[Remark]:
    """Figures that were published of the year and differ from what the registers count."""
    counted = counted_in(year)
    for figure in PublishedFigure.objects.kept().filter(year=year).order_by("indicator", "as_of"):
        name = COUNTED.get(" ".join(figure.indicator.casefold().split()))
        value = counted.get(name)
        if value is not None and value != figure.value:
            text = (
                f"{figure.indicator}: pernah dipublikasikan {plain(figure.value)}, "
                f"register menghitung {plain(value)}."
            )
            yield Remark(text, list_of(PublishedFigure, id__exact=figure.pk))
    published = {row["year"]: row["realised_sum"] for row in Revenue.objects.published_by_year()}
    measured = {row["year"]: row["realised_sum"] for row in Revenue.objects.measured_by_year()}
    if year in published and measured.get(year) not in (None, published[year]):
        text = (
            f"PAD: pernah dipublikasikan {format_rupiah(published[year])}, "
            f"register menghitung {format_rupiah(measured[year])}."
        )
        yield Remark(text, list_of(Revenue, year__exact=year))


def plain(figure: Decimal | int) -> str:
    """A figure as offices write it, without decimals where it has none."""
    return format_decimal(figure, 0 if figure == int(figure) else None)


#: What the page asks, in its order.
TOPICS = [
    ("Baris dan unggahan yang menunggu", held_rows),
    ("Bulan yang belum terisi", missing_months),
    ("IKM yang belum melaporkan", unreported),
    ("IKM yang belum diverifikasi", unverified),
    ("Kemungkinan ganda", likely_doubles),
    ("Kop surat dan penanda tangan", stationery),
    ("Selisih dengan yang pernah dipublikasikan", published_otherwise),
]
