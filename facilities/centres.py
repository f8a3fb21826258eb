"""What stands at one place and who uses it on a day: the figures of its page."""

import calendar
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Model, Q, Sum
from django.urls import reverse

from balikpapan.charts import Chart, ChartPoint, line
from balikpapan.reports.links import list_of
from balikpapan.spreadsheets.cells.formatting import format_decimal
from balikpapan.spreadsheets.cells.months import MONTH_NAMES

from .choices import Condition, Service, UnitState
from .models import Chamber, Facility, Lease, ProductionUnit, Tariff, places_within
from .occupancy import NOTHING, Occupancy, occupancy_on
from .rents import monthly_rent

#: A lease that ends within so many days is about to end.
DAYS_AHEAD = 90
MONTHS_SHOWN = 12
NO_TARGET = ChartPoint("", None, "")


@dataclass(frozen=True)
class UnitUse:
    """One unit on a day: its state, and the lease it is let under; None where it is not let."""

    unit: ProductionUnit
    state: UnitState
    lease: Lease | None
    rent: int | None
    link: str

    @property
    def tenant(self) -> str:
        """Who rents it, or nothing."""
        return "" if self.lease is None else self.lease.tenant

    def days_left(self, day: datetime.date) -> int:
        """How many days of the lease follow the day; it must have a last one."""
        return (self.lease.final_day - day).days


@dataclass(frozen=True)
class Branch:
    """A place with what stands in it, and how far below the first place it is.

    ``chambers`` are its cold-storage rooms, if it has any.
    """

    place: Facility
    depth: int
    link: str
    chambers: tuple[Chamber, ...] = ()

    @property
    def installed(self) -> str:
        """The tons of its rooms and their sum: 80 ton = 60 + 20; blank where one is not known."""
        tons = [chamber.capacity_ton for chamber in self.chambers]
        if not tons or None in tons:
            return ""
        each = [format_decimal(ton.normalize()) for ton in tons]
        rooms = [
            f"{ton} ton {chamber.get_purpose_display().lower()}"
            for ton, chamber in zip(each, self.chambers, strict=True)
        ]
        return f"{format_decimal(sum(tons).normalize())} ton = {' + '.join(rooms)}"


@dataclass(frozen=True)
class BusinessFigures:
    """The IKM of a place: how many are recorded, and what those that reported a year say."""

    total: int
    year: int
    reported: int
    workers: int | None
    investment: int | None
    production: int | None
    link: str


def page_of(record: Model) -> str:
    """The address of a record's form."""
    options = record._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[record.pk])


def branches(place: Facility) -> list[Branch]:
    """The place and everything that stands in it, each part below the one it belongs to."""
    parts: dict[int, list[Facility]] = {}
    for part in Facility.objects.kept().exclude(parent=None).order_by("name", "pk"):
        parts.setdefault(part.parent_id, []).append(part)

    rooms: dict[int, list[Chamber]] = {}
    for chamber in Chamber.objects.kept().order_by("purpose", "name", "pk"):
        rooms.setdefault(chamber.facility_id, []).append(chamber)

    def below(current, depth):
        yield Branch(current, depth, page_of(current), tuple(rooms.get(current.pk, ())))
        for part in parts.pop(current.pk, []):
            yield from below(part, depth + 1)

    return list(below(place, 0))


def unit_uses(place: Facility, day: datetime.date) -> list[UnitUse]:
    """Every unit of the place and its parts, as it is used on the day, by number."""
    inside = places_within(place.pk)
    leases = {
        lease.unit_id: lease
        for lease in Lease.objects.running_on(day).select_related("unit", "business")
    }
    tariff = Tariff.objects.valid_on(Service.UNIT_RENT, day)
    units = ProductionUnit.objects.standing_in(day.year).filter(facility__in=inside)
    uses = [
        UnitUse(
            unit,
            state_of(unit, leases.get(unit.pk)),
            leases.get(unit.pk),
            monthly_rent(leases[unit.pk], tariff) if unit.pk in leases else None,
            page_of(unit),
        )
        for unit in units.select_related("facility")
    ]
    return sorted(uses, key=lambda use: natural_order(use.unit.number))


def state_of(unit: ProductionUnit, lease: Lease | None) -> UnitState:
    """Let, else broken, else empty: who uses a damaged unit still rents it."""
    if lease is not None:
        return UnitState.LET
    return UnitState.BROKEN if unit.condition == Condition.HEAVY else UnitState.EMPTY


def natural_order(number: str) -> list:
    """A key that puts A-2 before A-10."""
    parts = re.split(r"(\d+)", number.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def about_to_end(uses: Sequence[UnitUse], day: datetime.date) -> list[tuple[UnitUse, int]]:
    """The units whose lease ends within ninety days, the next one first, and how many days are left."""
    until = day + datetime.timedelta(days=DAYS_AHEAD)
    ending = [use for use in uses if use.lease and use.lease.final_day is not None]
    ending = [use for use in ending if use.lease.final_day <= until]
    ending = sorted(ending, key=lambda use: use.lease.final_day)
    return [(use, use.days_left(day)) for use in ending]


def occupancy_chart(place: Facility, day: datetime.date) -> tuple[Occupancy, Chart]:
    """The occupancy on the day, and as a line over the month ends before it."""
    ends = month_ends_before(day)
    occupied = occupancy_on([*ends, day])
    points = []
    for end in ends:
        on_day = occupied[end].get(place.pk, NOTHING)
        text = "–" if on_day.share is None else format_decimal(on_day.share * 100, 0)
        points.append((end, on_day, ChartPoint(MONTH_NAMES[end.month - 1][:3], on_day.share, text)))
    title = f"Hunian {place.name} per akhir bulan"
    chart = Chart(
        title,
        "persen unit yang disewa dari unit yang berdiri",
        line(title, [point for _, _, point in points], [NO_TARGET] * len(points)),
        ["Akhir bulan", "Unit", "Disewa", "Hunian (%)"],
        [
            (
                f"{MONTH_NAMES[end.month - 1]} {end.year}",
                [
                    ChartPoint("unit", on_day.units, str(on_day.units)),
                    ChartPoint("disewa", on_day.let, str(on_day.let)),
                    point,
                ],
            )
            for end, on_day, point in points
        ],
    )
    return occupied[day].get(place.pk, NOTHING), chart


def month_ends_before(day: datetime.date) -> list[datetime.date]:
    """The last days of the twelve months before that of ``day``, oldest first."""
    ends = []
    for number in range(
        day.year * 12 + day.month - 1 - MONTHS_SHOWN, day.year * 12 + day.month - 1
    ):
        year, month = divmod(number, 12)
        ends.append(datetime.date(year, month + 1, calendar.monthrange(year, month + 1)[1]))
    return ends


def business_figures(place: Facility, year: int) -> BusinessFigures:
    """The IKM that are said to work at the place, and their figures of a year."""
    businesses = place.businesses.kept()
    of_year = Q(years__year=year, years__archived_at=None)
    sums = businesses.aggregate(
        total=Count("pk", distinct=True),
        reported=Count("years", filter=of_year),
        workers=Sum("years__workers_total", filter=of_year),
        investment=Sum("years__investment", filter=of_year),
        production=Sum("years__production_value", filter=of_year),
    )
    return BusinessFigures(
        year=year, link=list_of(businesses.model, centre__id__exact=place.pk), **sums
    )
