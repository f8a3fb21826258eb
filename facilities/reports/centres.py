"""Table 10: the centres with their parts."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import replace

from balikpapan.reports.links import list_of
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

from ..choices import FacilityKind
from ..models import Facility, ProductionUnit
from ..occupancy import NOTHING, Occupancy, occupancy_on

SOURCE = "Register sarana DKUMKMP Kota Balikpapan"
NO_DATA = "belum ada data"


def centre_table(
    year: int, businesses: Mapping[int, int], business_list: Callable[..., str]
) -> ReportTable:
    """Table 10: every centre with its parts.

    Another register counts the ``businesses`` of each centre and knows the ``business_list``
    behind the number of one or several.
    """
    places = list(Facility.objects.standing_in(year).select_related("kelurahan"))
    day = datetime.date(year, 12, 31)
    occupied = occupancy_on([day])[day]
    centres = [place.pk for place in places if place.kind == FacilityKind.CENTRE]
    return ReportTable(
        "sentra",
        "Sentra industri, bagiannya, dan hunian",
        [
            ReportColumn("Sarana", key="name"),
            ReportColumn("Jenis", key="kind"),
            ReportColumn("Kelurahan", key="kelurahan"),
            ReportColumn("Lahan", "decimal", key="land_area_m2", group="Luas (m²)"),
            ReportColumn("Lantai", "decimal", key="floor_area_m2", group="Luas (m²)"),
            ReportColumn("Dibangun", "year", key="built_year"),
            ReportColumn("Beroperasi sejak", "date", key="operational_on"),
            ReportColumn("Keadaan", key="status"),
            ReportColumn("Unit", "whole", key="units", total=False, group="Hunian"),
            ReportColumn("Disewa", "whole", key="let", total=False, group="Hunian"),
            ReportColumn("Bagian", "percent", key="occupancy", group="Hunian"),
            ReportColumn("IKM di sentra", "whole", key="businesses"),
        ],
        [
            with_units(
                place_row(place, depth, year, businesses.get(place.pk, 0), business_list(place.pk)),
                place,
                occupied.get(place.pk, NOTHING),
            )
            for place, depth in in_tree(places)
        ],
        total_links={"businesses": business_list(*centres)},
        subtitle=[f"Posisi 31 Desember {year}"],
        notes=[
            "Luas bagian termasuk dalam luas sentranya, sehingga tidak dijumlahkan.",
            "Hunian = unit yang disewa pada hari itu : unit produksi yang berdiri × 100, termasuk "
            "unit yang rusak. Unit bagian termasuk dalam sentranya, sehingga tidak dijumlahkan.",
        ],
        source=SOURCE,
    )


def in_tree(places: list[Facility]) -> list[tuple[Facility, int]]:
    """The places with how deep they stand: centres first, each followed by its parts."""
    shown = {place.pk for place in places}
    parts: dict[int | None, list[Facility]] = {}
    for place in sorted(places, key=lambda place: (place.kind != FacilityKind.CENTRE, place.name)):
        parent = place.parent_id if place.parent_id in shown else None
        parts.setdefault(parent, []).append(place)

    def below(parent, depth):
        for place in parts.pop(parent, []):
            yield place, depth
            yield from below(place.pk, depth + 1)

    return list(below(None, 0))


def place_row(place: Facility, depth: int, year: int, businesses: int, link: str) -> Row:
    """One place; occupancy and IKM are told of centres only."""
    is_centre = place.kind == FacilityKind.CENTRE
    name = f"{place.name} ({place.code})" if place.code else place.name
    opens_later = place.operational_on and place.operational_on.year > year
    values = {
        "name": f"{'– ' * depth}{name}",
        "kind": place.get_kind_display(),
        "kelurahan": place.kelurahan.name if place.kelurahan else "",
        "land_area_m2": place.land_area_m2,
        "floor_area_m2": place.floor_area_m2,
        "built_year": place.built_year,
        "operational_on": place.operational_on,
        "status": "Belum beroperasi" if opens_later else place.get_status_display(),
        "units": None,
        "let": None,
        "occupancy": NO_DATA if is_centre else None,
        "businesses": businesses if is_centre else None,
    }
    itself = list_of(Facility, id__exact=place.pk)
    links = {key: itself for key in ("name", "land_area_m2", "floor_area_m2") if values[key]}
    if is_centre and businesses:
        links["businesses"] = link
    return Row(values, links, key=f"sarana-{place.pk}")


def with_units(row: Row, place: Facility, occupancy: Occupancy) -> Row:
    """The row with its units and how many of them are let, where the place has any."""
    if not occupancy.units:
        return row
    values = {
        "units": occupancy.units,
        "let": occupancy.let,
        "occupancy": occupancy.share * 100,
    }
    units = list_of(ProductionUnit, facility__id__exact=place.pk)
    return replace(row, values={**row.values, **values}, links={**row.links, "units": units})
