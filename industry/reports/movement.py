"""Table 6: the IKM that began and the IKM that ended."""

from balikpapan.regions.models import Kecamatan
from balikpapan.reports.tables import Column, Row, Table

from ..models import Business
from .shaping import SOURCE, UNKNOWN_PLACE, business_list

#: How many years, the reported one included, the book looks at.
YEARS = 4
FLOWS = ("opening", "begun", "ended", "standing")


def last_years(year: int) -> range:
    """The years a table over the years shows, the oldest first."""
    return range(year - YEARS + 1, year + 1)


def movement_table(year: int) -> Table:
    """Table 6: where IKM began and ended in the year."""
    found = {
        flows["district"]: flows
        for flows in Business.objects.with_district().movement_by(year, "district")
    }
    rows = []
    for kecamatan in Kecamatan.objects.all():
        flows = found.pop(kecamatan.pk, None)
        if flows or not kecamatan.archived_at:
            link = business_list(kecamatan__id__exact=kecamatan.pk)
            rows.append(movement_row(kecamatan.name, flows, link))
    if flows := found.pop(None, None):
        rows.append(movement_row(UNKNOWN_PLACE, flows, business_list(kecamatan__isnull=True)))
    return table_of_flows(
        "ikm-baru-tutup",
        f"IKM baru dan tutup menurut kecamatan tahun {year}",
        Column("Kecamatan"),
        rows,
        f"Posisi 31 Desember {year - 1}",
        f"Posisi 31 Desember {year}",
    )


def movement_by_year_table(year: int) -> Table:
    """Table 6, second part: the same over the last years."""
    rows = [movement_row(past, Business.objects.movement_in(past)) for past in last_years(year)]
    return table_of_flows(
        "ikm-baru-tutup-tahunan",
        f"IKM baru dan tutup tahun {year - YEARS + 1} sampai {year}",
        Column("Tahun", "year"),
        rows,
        "Posisi awal tahun",
        "Posisi akhir tahun",
        totals=False,
    )


def movement_row(label: object, flows: dict | None, link: str = "") -> Row:
    """One line of the four flows; the IKM standing lead to their list."""
    values = [flows[name] if flows else 0 for name in FLOWS]
    return Row((label, *values), {4: link} if link and values[-1] else {})


def table_of_flows(key, title, label, rows, opening, standing, **options) -> Table:
    """A table from the opening to the closing position, saying so where they do not meet."""
    columns = [
        label,
        Column(opening, "whole"),
        Column("IKM baru", "whole"),
        Column("IKM tutup", "whole"),
        Column(standing, "whole"),
    ]
    notes = [
        "IKM baru: tahun berdirinya, atau bila tidak diketahui tahun terdatanya, jatuh pada tahun "
        "itu. IKM tutup: tutup atau pindah pada tahun itu."
    ]
    if any(sum(row.values[1:3]) - row.values[3] != row.values[4] for row in rows):
        notes.append(
            "Posisi akhir dapat berbeda dari posisi awal + baru – tutup karena ada IKM yang tahun "
            "tutupnya mendahului tahun terdatanya; IKM itu tidak pernah terhitung dalam posisi."
        )
    return Table(key, title, columns, rows, notes=notes, source=SOURCE, **options)
