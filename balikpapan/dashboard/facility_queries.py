"""What the facilities show on the dashboard: rooms and their use, goods, upkeep, centres."""

from calendar import monthrange
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from balikpapan.reports.links import list_of
from balikpapan.spreadsheets.cells.masking import mask_free_text
from facilities.choices import Condition, FacilityKind, Month
from facilities.models import Asset, Chamber, Facility, Maintenance, StorageMonth
from facilities.models.upkeep import SOON
from facilities.occupancy import occupancy_on
from facilities.storage_figures import chamber_months

from .data import CentreUse, ChamberUse, Figure, Goods, Upkeep


def chamber_use(today: date) -> list[ChamberUse]:
    """The rooms of the cold storages and their use over the twelve months to today."""
    start = (today.year - 1) * 12 + today.month
    months = [divmod(number, 12) for number in range(start, start + 12)]
    chambers = list(
        Chamber.objects.kept()
        .filter(facility__archived_at=None)
        .select_related("facility")
        .order_by("facility__name", "-capacity_ton", "pk")
    )
    used = {
        (row.chamber.pk, row.year, row.month): row.figures.kg_days
        for row in chamber_months([today.year - 1, today.year], chambers)
    }
    return [
        ChamberUse(
            mask_free_text(f"{chamber.facility.name}: {chamber.name}"),
            chamber.capacity_ton,
            [
                Figure(
                    f"{Month(month + 1).label} {year}",
                    chamber.utilisation(
                        used.get((chamber.pk, year, month + 1)), monthrange(year, month + 1)[1]
                    ),
                    list_of(
                        StorageMonth,
                        chamber__id__exact=chamber.pk,
                        year__exact=year,
                        month__exact=month + 1,
                    ),
                )
                for year, month in months
            ],
            list_of(StorageMonth, chamber__id__exact=chamber.pk),
        )
        for chamber in chambers
    ]


def goods_in(year: int) -> Goods:
    """The goods held in a year by the condition they were last found in."""
    counts = dict(Asset.objects.by_condition(year))
    held = {"posisi": year}
    return Goods(
        [
            Figure(label, counts.get(value, 0), list_of(Asset, kondisi=value, **held))
            for value, label in Condition.choices
        ],
        Figure("belum pernah diperiksa", counts.get(None, 0)),
    )


def upkeep_on(today: date) -> Upkeep:
    """What is planned for the goods and overdue, or due within thirty days."""
    planned = Maintenance.objects.open().aggregate(
        overdue=Count("pk", filter=Q(due_on__lt=today)),
        soon=Count("pk", filter=Q(due_on__range=(today, today + SOON))),
    )
    open_ones = {"done_on__isnull": "True"}
    last = today + SOON
    return Upkeep(
        Figure(
            "pemeliharaan terlambat",
            planned["overdue"],
            list_of(Maintenance, due_on__lt=f"{today}", **open_ones),
        ),
        Figure(
            "jatuh tempo dalam 30 hari",
            planned["soon"],
            list_of(Maintenance, due_on__gte=f"{today}", due_on__lte=f"{last}", **open_ones),
        ),
    )


def centre_use(today: date) -> list[CentreUse]:
    """The centres with production units, and how many of those are let today."""
    occupied = occupancy_on([today])[today]
    centres = Facility.objects.kept().filter(kind=FacilityKind.CENTRE, pk__in=occupied)
    return [
        CentreUse(
            mask_free_text(centre.name),
            occupied[centre.pk].units,
            occupied[centre.pk].let,
            occupied[centre.pk].share,
            reverse("admin:facilities_facility_centre", args=[centre.pk]),
        )
        for centre in centres.order_by("name", "pk")
    ]
