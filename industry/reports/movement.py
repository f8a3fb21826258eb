"""Table 6: the IKM that began and the IKM that ended."""

from balikpapan.regions.models import Kecamatan
from balikpapan.reports.links import list_of
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

from ..models import Business
from .selection import EVERYTHING, Selection
from .shaping import SOURCE, UNKNOWN_PLACE

#: How many years, the reported one included, the book looks at.
YEARS = 4
KECAMATAN = ReportColumn("Kecamatan", key="label")
FLOWS = ("opening", "begun", "ended", "standing")


def last_years(year: int) -> range:
    """The years a table over the years shows, the oldest first."""
    return range(year - YEARS + 1, year + 1)


def movement_table(year: int, selection: Selection = EVERYTHING) -> ReportTable:
    """Table 6: where IKM began and ended in the year."""
    chosen = selection.businesses(year).with_district()
    flows_of = {flows["district"]: flows for flows in chosen.movement_by(year, "district")}
    rows = []
    for kecamatan in Kecamatan.objects.all():
        flows = flows_of.pop(kecamatan.pk, None)
        if selection.kecamatan in (None, kecamatan) and (flows or not kecamatan.archived_at):
            where = {**selection.lookups(year), "kecamatan__id__exact": kecamatan.pk}
            key = f"kecamatan-{kecamatan.code}"
            rows.append(movement_row(kecamatan.name, flows, year, where, key))
    if flows := flows_of.pop(None, None):
        where = {**selection.lookups(year), "kecamatan__isnull": True}
        rows.append(movement_row(UNKNOWN_PLACE, flows, year, where, "kecamatan-"))
    return table_of_flows(
        "ikm-baru-tutup",
        f"IKM baru dan tutup menurut kecamatan tahun {year}",
        flow_columns(
            KECAMATAN,
            f"Posisi 31 Desember {year - 1}",
            f"Posisi 31 Desember {year}",
        ),
        rows,
        subtitle=selection.words(year),
        total_links=flow_links(year, selection.lookups(year)),
    )


def movement_by_year_table(year: int, selection: Selection = EVERYTHING) -> ReportTable:
    """Table 6, second part: the same over the last years."""
    rows = [
        movement_row(
            past,
            selection.businesses(past).movement_in(past),
            past,
            selection.lookups(past),
            f"tahun-{past}",
        )
        for past in last_years(year)
    ]
    return table_of_flows(
        "ikm-baru-tutup-tahunan",
        f"IKM baru dan tutup tahun {year - YEARS + 1} sampai {year}",
        flow_columns(
            ReportColumn("Tahun", "year", key="label"), "Posisi awal tahun", "Posisi akhir tahun"
        ),
        rows,
        totals=False,
        subtitle=selection.words(year),
    )


def movement_row(label: object, flows: dict | None, year: int, where: dict, key: str) -> Row:
    """One line of the four flows; each leads to the IKM it counts."""
    values = {name: flows[name] if flows else 0 for name in FLOWS}
    links = {name: link for name, link in flow_links(year, where).items() if values[name]}
    return Row({"label": label, **values}, links, key=key)


def flow_links(year: int, where: dict) -> dict[str, str]:
    """The lists of the IKM behind the four flows."""
    asked = {
        "opening": {"posisi": year - 1},
        "begun": {"baru": year},
        "ended": {"tutup": year},
        "standing": {"posisi": year},
    }
    return {name: list_of(Business, **where, **question) for name, question in asked.items()}


def add_up(row: Row) -> bool:
    """Whether opening, begun and ended lead to what stands at the end."""
    opening, begun, ended, standing = (row.values[name] for name in FLOWS)
    return opening + begun - ended == standing


def flow_columns(label: ReportColumn, opening: str, standing: str) -> list[ReportColumn]:
    """The columns of the four flows behind a label, under the headings of both positions."""
    return [
        label,
        ReportColumn(opening, "whole", key="opening"),
        ReportColumn("IKM baru", "whole", key="begun"),
        ReportColumn("IKM tutup", "whole", key="ended"),
        ReportColumn(standing, "whole", key="standing"),
    ]


def table_of_flows(
    key: str, title: str, columns: list[ReportColumn], rows: list[Row], **options
) -> ReportTable:
    """A table from the opening to the closing position, saying so where they do not meet."""
    notes = [
        "IKM baru: tahun berdirinya, atau bila tidak diketahui tahun terdatanya, jatuh pada tahun "
        "itu. IKM tutup: tutup atau pindah pada tahun itu."
    ]
    if not all(map(add_up, rows)):
        notes.append(
            "Posisi akhir dapat berbeda dari posisi awal + baru – tutup karena ada IKM yang tahun "
            "tutupnya mendahului tahun terdatanya (IKM itu tidak pernah terhitung dalam posisi), "
            "atau usaha yang menjadi atau tidak lagi menjadi industri besar."
        )
    return ReportTable(key, title, columns, rows, notes=notes, source=SOURCE, **options)
