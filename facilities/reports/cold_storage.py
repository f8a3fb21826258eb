"""Table 11: capacity, tonnage, utilisation and retribusi of the cold storage."""

from decimal import Decimal

from balikpapan.reports.links import list_of
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

from ..models import Chamber, Facility, StorageMonth
from .centres import SOURCE

#: The columns whose figures come from the recorded months.
OF_THE_MONTHS = ("recorded_months", "kg_in", "kg_out", "kg_days", "utilisation", "revenue")


def storage_table(year: int) -> ReportTable:
    """Table 11: what every chamber of the cold storage held and earned."""
    chambers = list(Chamber.objects.with_storage_of(year))
    rows, facility = [], None
    for chamber in chambers:
        if chamber.facility_id != facility:
            facility = chamber.facility_id
            section = f"sarana-{facility}"
            rows.append(Row((chamber.facility.name,), kind="section", key=section))
        rows.append(chamber_row(chamber, year))
    return ReportTable(
        "cold-storage",
        f"Kapasitas, tonase, utilisasi, dan retribusi cold storage tahun {year}",
        [
            ReportColumn("Ruang", key="name"),
            ReportColumn("Kegunaan", key="purpose"),
            ReportColumn("Kapasitas", "decimal", key="capacity_ton", unit="ton", total=True),
            ReportColumn("Bulan tercatat", "whole", key="recorded_months", total=False),
            ReportColumn("Masuk", "decimal", key="kg_in", unit="kg", total=False),
            ReportColumn("Keluar", "decimal", key="kg_out", unit="kg", total=False),
            ReportColumn("Kg-hari", "decimal", key="kg_days"),
            ReportColumn("Utilisasi", "percent", key="utilisation"),
            ReportColumn("Retribusi", "rupiah", key="revenue"),
        ],
        rows,
        total_links={"capacity_ton": list_of(Facility, penyimpanan=year), **month_links(year)},
        notes=[
            "Utilisasi = kg-hari : (kapasitas dalam kg × jumlah hari pada bulan yang kg-harinya "
            "tercatat) × 100, per ruang; stok dingin dan pembekuan berbeda sifatnya, sehingga "
            "kilogram masuk dan keluar, utilisasi, dan kg-hari tidak dijumlahkan.",
            *overfull(chambers),
        ],
        source=SOURCE,
    )


def chamber_row(chamber: Chamber, year: int) -> Row:
    """One chamber; its recorded months lead to their list."""
    values = {
        "name": chamber.name,
        "purpose": chamber.get_purpose_display(),
        "capacity_ton": chamber.capacity_ton,
        "recorded_months": chamber.recorded_months,
        "kg_in": chamber.kg_in,
        "kg_out": chamber.kg_out,
        "kg_days": chamber.kg_days,
        "utilisation": utilisation_of(chamber),
        "revenue": chamber.revenue,
    }
    links = {
        "capacity_ton": list_of(Facility, id__exact=chamber.facility_id),
        **month_links(year, chamber__id__exact=chamber.pk),
    }
    links = {key: link for key, link in links.items() if values[key]}
    return Row(values, links, key=f"ruang-{chamber.pk}")


def month_links(year: int, **lookups: object) -> dict[str, str]:
    """From the figures of a line to the recorded months they come from."""
    return dict.fromkeys(OF_THE_MONTHS, list_of(StorageMonth, year__exact=year, **lookups))


def utilisation_of(chamber: Chamber) -> Decimal | None:
    """The percent of what the chamber could have held over the days that are known."""
    fraction = chamber.utilisation(chamber.kg_days, chamber.recorded_days)
    return None if fraction is None else fraction * 100


def overfull(chambers: list[Chamber]) -> list[str]:
    """A warning for every chamber that seems to have held more than it can."""
    return [
        f"{chamber.name}: utilisasi melebihi kapasitas; periksa kg-hari bulan yang tercatat."
        for chamber in chambers
        if (utilisation_of(chamber) or 0) > 100
    ]
