"""The dashboard: what the registers say today, as plain figures with the lists behind them.

A fixed number of queries whatever the registers hold, and none for what the reader may not see.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from django.core.cache import cache
from django.db.models import Count, F, IntegerField, Model, Q, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from balikpapan.audit.models import Change
from balikpapan.intake.models import Upload
from balikpapan.intake.permissions import viewable_registers
from balikpapan.regions.models import Kecamatan, Kelurahan
from balikpapan.reports.links import list_of
from balikpapan.spreadsheets.cells.masking import mask_free_text
from facilities.models import Asset, Facility, Maintenance, StorageMonth
from industry.choices import CertificateStatus, FigureStatus
from industry.models import Business, BusinessYear, Certificate, Programme, PublishedFigure, Revenue
from industry.models.certificate import DAYS_AHEAD
from industry.models.counting import NEEDED, needed_field, stands
from industry.models.revenue_queries import MONTHS_OF_A_YEAR, is_partial

from .data import (
    Board,
    Compared,
    Expiring,
    Figure,
    Health,
    Industries,
    RevenueYear,
    Uploads,
)
from .doubles import count_likely_doubles
from .facility_queries import centre_use, chamber_use, goods_in, upkeep_on

YEARS_SHOWN = 5
#: What the IKM of the first page are counted by; one index holds all of it.
COUNTED_BY = ("kecamatan", "kelurahan", "founded_year", "listed_year", "closed_year")
HOUR = 60 * 60
ROWS_SHOWN = 5


def of_year(may_view: Callable[[type[Model]], bool], year: int) -> Board:
    """The dashboard of a year that has ended, as of its last day; without what is about today."""
    return _cached(may_view, date(year, 12, 31), YEARLY_PARTS)


def current(may_view: Callable[[type[Model]], bool], today: date) -> Board:
    """The dashboard as of this moment; worked out anew only where anything has been written."""
    return _cached(may_view, today, PARTS)


def _cached(may_view, today, parts):
    """The board of these parts, kept while the registers say the same.

    Every write leaves a Change and none is ever deleted, so the newest tells whether the figures
    still stand. They are kept only where no older one is still on its way. Uploads change
    without one and are always asked for.
    """
    models = [*(model for model, _ in PARTS), Upload]
    seen = [model._meta.model_name for model in models if may_view(model)]
    kind = "year" if parts is YEARLY_PARTS else "today"
    key = f"dashboard:{kind}:{today}:{Change.objects.newest()}:{'-'.join(seen)}"
    board = cache.get(key)
    if board is None:
        # Asked before counting: what is written meanwhile has a newer number than the key.
        settled = Change.objects.is_settled()
        board = overview(may_view, today, parts)
        if settled:
            cache.set(key, board, HOUR)
    elif parts is PARTS and may_view(Upload):
        board.uploads = uploads(viewable_registers(may_view))
    return board


def overview(may_view: Callable[[type[Model]], bool], today: date, parts=None) -> Board:
    """The dashboard for someone who may view these models; all of it where no parts are named."""
    board = Board(today)
    parts = PARTS if parts is None else parts
    for model, complete in parts:
        if may_view(model):
            complete(board)
    if parts is PARTS and may_view(Upload):
        board.uploads = uploads(viewable_registers(may_view))
    return board


def _add_industries(board: Board) -> None:
    board.industries, board.health = industries_of(board.today), health()
    board.counts.append(board.industries.now)


def _add_industries_of_year(board: Board) -> None:
    industries = industries_of(board.today)
    board.industries = replace(industries, is_running=False)
    now = industries.now
    board.counts.append(replace(now, label=f"usaha IKM, 31 Desember {board.today.year}"))


def _add_reporting_of_year(board: Board) -> None:
    if board.industries:
        board.counts.append(reporting(board.today.year))


def _add_reporting(board: Board) -> None:
    if board.industries:
        board.counts.append(reporting(board.today.year - 1))


def _add_certificates(board: Board) -> None:
    board.certificates, valid = certificates(board.today)
    board.counts.append(valid)


def _add_programmes(board: Board) -> None:
    year = board.today.year
    total = Programme.objects.kept().filter(year=year).count()
    link = list_of(Programme, year__exact=year)
    board.counts.append(Figure(f"kegiatan pembinaan {year}", total, link))


def _add_centres(board: Board) -> None:
    board.occupancy = centre_use(board.today)


def _add_facilities(board: Board) -> None:
    _add_centres(board)
    total = Facility.objects.kept().count()
    board.counts.append(Figure("sarana", total, list_of(Facility)))


def _add_goods(board: Board) -> None:
    board.goods = goods_in(board.today.year)


def _add_assets(board: Board) -> None:
    board.counts.append(Figure("aset", Asset.objects.kept().count(), list_of(Asset)))
    _add_goods(board)


def _add_upkeep(board: Board) -> None:
    board.upkeep = upkeep_on(board.today)


def _add_revenue(board: Board) -> None:
    board.revenue = revenue_years(board.today.year)


def _add_chambers(board: Board) -> None:
    board.chambers = chamber_use(board.today)


def _add_published(board: Board) -> None:
    if board.industries and board.revenue is not None:
        board.compared = published_against_counted(board.industries, board.revenue)


#: What whoever may view a model sees of it, in the order in which the figures stand.
PARTS = (
    (Business, _add_industries),
    (BusinessYear, _add_reporting),
    (Certificate, _add_certificates),
    (Programme, _add_programmes),
    (Facility, _add_facilities),
    (Asset, _add_assets),
    (Maintenance, _add_upkeep),
    (Revenue, _add_revenue),
    (StorageMonth, _add_chambers),
    (PublishedFigure, _add_published),
)

#: What a year that has ended shows: the figures that a day or a year gives, nothing about today.
YEARLY_PARTS = (
    (Business, _add_industries_of_year),
    (BusinessYear, _add_reporting_of_year),
    (Programme, _add_programmes),
    (Facility, _add_centres),
    (Asset, _add_goods),
    (Revenue, _add_revenue),
    (StorageMonth, _add_chambers),
    (PublishedFigure, _add_published),
)


def industries_of(today: date) -> Industries:
    """The IKM of the last years by kecamatan."""
    years = list(range(today.year - YEARS_SHOWN + 1, today.year + 1))
    groups = Business.objects.kept().order_by().values_list(*COUNTED_BY).annotate(total=Count("*"))
    by_district = {}
    # A kelurahan that has moved takes its IKM along, as it does in the reports.
    districts_now = dict(Kelurahan.objects.order_by().values_list("pk", "kecamatan"))
    for kecamatan, kelurahan, founded, listed, closed, number in groups:
        row = by_district.setdefault(districts_now.get(kelurahan, kecamatan), Counter())
        first = listed if founded is None else founded
        row[f"new_{first}"] += number
        for year in years:
            if stands(first, closed, year):
                row[f"standing_{year}"] += number
    # Few are too large to be IKM; taking those out again leaves counting to the index alone.
    large = BusinessYear.objects.large_in(*years).filter(business__archived_at=None)
    for year, kecamatan, kelurahan, founded, listed, closed in large.values_list(
        "year", *(f"business__{name}" for name in COUNTED_BY)
    ):
        first = listed if founded is None else founded
        row = by_district[districts_now.get(kelurahan, kecamatan)]
        row[f"standing_{year}"] -= stands(first, closed, year)
        row[f"new_{year}"] -= first == year
    rows = list(by_district.values())
    places = [(place.pk, place.name) for place in Kecamatan.objects.kept().order_by("code")]
    if None in by_district:
        places.append((None, "Belum diketahui"))
    districts = {
        name: [
            Figure(
                str(year),
                by_district.get(pk, {}).get(f"standing_{year}", 0),
                list_of(Business, posisi=year, **district_lookup(pk)),
            )
            for year in years
        ]
        for pk, name in places
    }

    def total(name):
        return sum(row[name] for row in rows)

    standing = [
        Figure(
            "usaha IKM" if year == today.year else str(year),
            total(f"standing_{year}"),
            list_of(Business, posisi=year),
        )
        for year in years
    ]
    return Industries(years, standing, [total(f"new_{year}") for year in years], districts)


def health() -> Health:
    """How complete the IKM records are."""
    sums = Business.objects.count_by_lacking()
    lacking = [
        Figure(
            label,
            sum(total for lacks, total in sums.items() if lacks & 1 << place),
            list_of(Business, kurang=needed_field(label)),
        )
        for place, label in enumerate(NEEDED)
    ]
    return Health(
        Figure("usaha IKM tercatat", sum(sums.values()), list_of(Business)),
        Figure("catatan lengkap", sums.get(0, 0), list_of(Business, lengkap="ya")),
        lacking,
        likely_doubles(),
    )


def likely_doubles() -> Figure:
    """IKM that may be recorded twice."""
    return Figure("kemungkinan ganda", count_likely_doubles(), list_of(Business, ganda="ya"))


def reporting(year: int) -> Figure:
    """How many IKM reported their figures for a year."""
    total = BusinessYear.objects.kept().filter(year=year).count()
    return Figure(f"data tahunan {year}", total, list_of(BusinessYear, year__exact=year))


def certificates(today: date) -> tuple[Expiring, Figure]:
    """Certificates about to expire or expired, and how many are valid today."""
    issued = Certificate.objects.kept().filter(status=CertificateStatus.ISSUED)
    until = today + timedelta(days=DAYS_AHEAD)
    soon = Q(expires_on__gte=today, expires_on__lte=until)
    over = Q(expires_on__lt=today)
    sums = issued.aggregate(
        issued=Count("pk"), soon=Count("pk", filter=soon), over=Count("pk", filter=over)
    )
    status = {"status__exact": CertificateStatus.ISSUED.value}
    soon_link = list_of(Certificate, **status, expires_on__gte=today, expires_on__lte=until)
    over_link = list_of(Certificate, **status, expires_on__lt=today)
    # Joined, SQLite would rather go through all businesses than through the few certificates.
    upcoming = issued.filter(soon).prefetch_related("business").order_by("expires_on", "pk")
    expiring = Expiring(
        Figure(f"berakhir dalam {DAYS_AHEAD} hari", sums["soon"], soon_link),
        Figure("sudah berakhir", sums["over"], over_link),
        list(upcoming[:ROWS_SHOWN]),
    )
    valid = sums["issued"] - sums["over"]
    return expiring, Figure("sertifikat berlaku", valid, list_of(Certificate, **status))


def revenue_years(last: int) -> list[RevenueYear]:
    """PAD of the last years for which anything is known."""
    sums = {row["year"]: row for row in Revenue.objects.by_year()}
    realised = {year: row["realised_sum"] for year, row in sums.items()}
    return [
        RevenueYear(
            year,
            sums[year]["target_sum"],
            realised[year],
            Revenue.objects.like_for_like(sums, year)[:2],
            FigureStatus.values[sums[year]["firmness"] or 0] if realised[year] is not None else "",
            list_of(Revenue, year__exact=year),
            f"{sums[year]['months']} dari {MONTHS_OF_A_YEAR} bulan"
            if is_partial(sums[year])
            else "",
        )
        for year in sorted(year for year in sums if year <= last)[-YEARS_SHOWN:]
    ]


def published_against_counted(industries: Industries, revenue: list[RevenueYear]) -> list[Compared]:
    """The published numbers of IKM and PAD beside the numbers the registers give."""
    counted = {figure.link: figure.value for figure in industries.standing}
    compared = []
    figures = PublishedFigure.objects.kept().filter(indicator__istartswith="Jumlah IKM")
    for figure in figures.order_by("-year", "-as_of")[:ROWS_SHOWN]:
        link = list_of(Business, posisi=figure.year)
        compared.append(
            Compared(
                mask_free_text(figure.indicator),
                figure.year,
                figure.unit,
                figure.value,
                figure.as_of,
                counted.get(link),
                link,
            )
        )
    counted = {row.year: row.realised for row in revenue if not row.is_published}
    sums = Revenue.objects.published().order_by("-year").values("year")
    for row in sums.annotate(realised_sum=Sum("realised"))[:ROWS_SHOWN]:
        year = row["year"]
        link = list_of(Revenue, year__exact=year)
        compared.append(
            Compared(
                "Realisasi PAD", year, "rupiah", row["realised_sum"], None, counted.get(year), link
            )
        )
    return compared


def uploads(registers: list[str]) -> Uploads:
    """The last files of these registers, what waits for an answer or a click, and held rows."""
    shown = Upload.objects.filter(register__in=registers)
    sums = shown.aggregate(
        waiting=Count("pk", filter=Q(status__in=Upload.WAITING)),
        held=Sum(
            Cast(KT("counts__held"), IntegerField()),
            filter=Q(status__in=[*Upload.WAITING, Upload.Status.STORED]),
        ),
    )
    return Uploads(
        Figure(
            "unggahan menunggu jawaban atau penyimpanan",
            sums["waiting"],
            list_of(Upload, status__in=",".join(Upload.WAITING)),
        ),
        Figure("baris ditahan", sums["held"] or 0, list_of(Upload, ditahan="ya")),
        list(shown.select_related("by").order_by(F("id").desc())[:ROWS_SHOWN]),
    )


def district_lookup(pk: int | None) -> dict[str, object]:
    """How a list is asked for one kecamatan, or for the IKM that have none."""
    return {"kecamatan__isnull": "True"} if pk is None else {"kecamatan__id__exact": pk}
