"""The aggregates that may be published as open data, kept with every edition."""

from collections.abc import Container

from balikpapan.regions.models import Kecamatan
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

from ..models import Business, IndustryGroup
from .shaping import (
    COLUMNS,
    NOT_FILLED,
    NOTHING,
    SOURCE,
    UNKNOWN_PLACE,
    WHOLE,
    figures_row,
    position,
    together,
)

CODE = ReportColumn("Kode kecamatan", key="code")
PLACE = ReportColumn("Kecamatan", key="label")
GROUP = ReportColumn("Kelompok industri", key="group")
COUNT = ReportColumn("Jumlah IKM", "whole", key="units")


def open_counts_table(year: int) -> ReportTable:
    """How many IKM of every kelompok stand in every kecamatan."""
    chosen = Business.objects.with_district()
    sums_of = {
        (sums["district"], sums["group"]): sums["units"]
        for sums in chosen.figures_by(year, "district", "group")
    }
    counted = {group for _, group in sums_of}
    groups = [
        (group.pk, group.name)
        for group in IndustryGroup.objects.all()
        if not group.archived_at or group.pk in counted
    ]
    rows = [
        Row(
            {
                "code": code.replace(".", ""),
                "label": place,
                "group": name,
                "units": sums_of.get((key, group), 0),
            },
            key=f"{code}-{group or ''}",
        )
        for key, code, place in places({district for district, _ in sums_of})
        for group, name in [*groups, (None, NOT_FILLED)]
        if (key is not None and group is not None) or sums_of.get((key, group))
    ]
    return ReportTable(
        "terbuka-jumlah",
        "Jumlah IKM menurut kecamatan dan kelompok industri",
        [CODE, PLACE, GROUP, COUNT],
        rows,
        subtitle=[position(year)],
        source=SOURCE,
    )


def open_figures_table(year: int) -> ReportTable:
    """What the IKM of every kecamatan reported."""
    chosen = Business.objects.with_district()
    sums_of = {sums["district"]: sums for sums in chosen.figures_by(year, "district")}
    rows = []
    for key, code, place in places(sums_of):
        if key is not None or key in sums_of:
            label = {"code": code.replace(".", ""), "label": place}
            rows.append(figures_row(label, sums_of.get(key, NOTHING), key=f"kecamatan-{code}"))
    return ReportTable(
        "terbuka-angka",
        "Tenaga kerja, investasi, dan produksi IKM menurut kecamatan",
        [CODE, PLACE, *COLUMNS],
        rows,
        subtitle=[position(year)],
        totals=figures_row({"code": "", "label": "Jumlah"}, together(sums_of.values()), key=WHOLE),
        source=SOURCE,
    )


def places(counted: Container[int | None]) -> list[tuple[int | None, str, str]]:
    """Every kecamatan as key, code and name, an archived one where it is ``counted``; the unknown last."""
    districts = [
        (district.pk, district.code, district.name)
        for district in Kecamatan.objects.order_by("code")
        if not district.archived_at or district.pk in counted
    ]
    return [*districts, (None, "", UNKNOWN_PLACE)]
