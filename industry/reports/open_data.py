"""The aggregates that may be published as open data, kept with every edition."""

from balikpapan.regions.models import Kecamatan
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

from ..models import Business, IndustryGroup
from .shaping import (
    COLUMNS,
    NOT_FILLED,
    NOTHING,
    SOURCE,
    UNKNOWN_PLACE,
    figures_row,
    position,
    together,
)

PLACE = (ReportColumn("Kode kecamatan"), ReportColumn("Kecamatan"))


def open_counts_table(year: int) -> ReportTable:
    """How many IKM of every kelompok stand in every kecamatan."""
    chosen = Business.objects.with_district()
    found = {
        (sums["district"], sums["group"]): sums["units"]
        for sums in chosen.figures_by(year, "district", "group")
    }
    groups = [(group.pk, group.name) for group in IndustryGroup.objects.all()]
    rows = [
        (code, place, name, found.get((key, group), 0))
        for key, code, place in places()
        for group, name in [*groups, (None, NOT_FILLED)]
        if (key is not None and group is not None) or found.get((key, group))
    ]
    return ReportTable(
        "terbuka-jumlah",
        "Jumlah IKM menurut kecamatan dan kelompok industri",
        [*PLACE, ReportColumn("Kelompok industri"), ReportColumn("Jumlah IKM", "whole")],
        rows,
        subtitle=[position(year)],
        source=SOURCE,
    )


def open_figures_table(year: int) -> ReportTable:
    """What the IKM of every kecamatan reported."""
    chosen = Business.objects.with_district()
    found = {sums["district"]: sums for sums in chosen.figures_by(year, "district")}
    rows = []
    for key, code, place in places():
        if key is not None or key in found:
            row = figures_row(place, found.get(key, NOTHING))
            rows.append(shifted(row, code))
    return ReportTable(
        "terbuka-angka",
        "Tenaga kerja, investasi, dan produksi IKM menurut kecamatan",
        [*PLACE, *COLUMNS],
        rows,
        subtitle=[position(year)],
        totals=shifted(figures_row("Jumlah", together(found.values())), ""),
        source=SOURCE,
    )


def shifted(row: Row, code: str) -> Row:
    """The line with the code of its place in front."""
    contributors = {index + 1: count for index, count in row.contributors.items()}
    return Row((code, *row.values), kind=row.kind, contributors=contributors)


def places() -> list[tuple[int | None, str, str]]:
    """Every kecamatan as key, code without points and name; what is unknown comes last."""
    known = [(k.pk, k.code.replace(".", ""), k.name) for k in Kecamatan.objects.order_by("code")]
    return [*known, (None, "", UNKNOWN_PLACE)]
