"""Table 11: capacity, tonnage, utilisation and retribusi of the cold storage."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from balikpapan.reports.links import list_of
from balikpapan.reports.ratios import added
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

from ..choices import Month, StorageBasis
from ..ledger import bounds_of
from ..models import BuildingRental, Chamber, Facility, StorageMonth
from ..storage_figures import ChamberMonth, chamber_months
from .centres import SOURCE

#: The columns whose figures come from the recorded months.
OF_THE_MONTHS = ("recorded_months", "kg_in", "kg_out", "kg_days", "utilisation", "revenue")


def storage_table(year: int) -> ReportTable:
    """Table 11: what every chamber of the cold storage held and earned."""
    chambers = list(Chamber.objects.with_facility_in(year))
    months = defaultdict(list)
    for month in chamber_months([year], chambers):
        months[month.chamber.pk].append(month)
    uses = [ChamberYear(chamber, months[chamber.pk]) for chamber in chambers]
    rows, facility = [], None
    for use in uses:
        if use.chamber.facility_id != facility:
            facility = use.chamber.facility_id
            section = f"sarana-{facility}"
            rows.append(Row((use.chamber.facility.name,), kind="section", key=section))
        rows.append(chamber_row(use, year))
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
            *overfull(uses),
            *notes_on_basis(uses),
            *notes_on_rentals(year),
        ],
        source=SOURCE,
    )


@dataclass(frozen=True, slots=True)
class ChamberYear:
    """A chamber with the months of one year that are recorded."""

    chamber: Chamber
    months: list[ChamberMonth]

    def total(self, name: str) -> object:
        """The sum of a figure over the months; None where no month knows it."""
        return added(getattr(month.figures, name) for month in self.months)

    @property
    def utilisation(self) -> Decimal | None:
        """The percent of what the chamber could have held over the days that are known."""
        measured = [month for month in self.months if month.figures.kg_days is not None]
        days = sum(bounds_of(month.year, month.month)[1].day for month in measured)
        fraction = self.chamber.utilisation(self.total("kg_days"), days)
        return None if fraction is None else fraction * 100


def chamber_row(use: ChamberYear, year: int) -> Row:
    """One chamber; its recorded months lead to their list, those of the ledger to its page."""
    chamber = use.chamber
    values = {
        "name": chamber.name,
        "purpose": chamber.get_purpose_display(),
        "capacity_ton": chamber.capacity_ton,
        "recorded_months": len(use.months),
        **{name: use.total(name) for name in ("kg_in", "kg_out", "kg_days", "revenue")},
        "utilisation": use.utilisation,
    }
    if any(month.basis == StorageBasis.LEDGER for month in use.months):
        months = dict.fromkeys(OF_THE_MONTHS, page_of_months(year))
    else:
        months = month_links(year, chamber__id__exact=chamber.pk)
    links = {"capacity_ton": list_of(Facility, id__exact=chamber.facility_id), **months}
    links = {key: link for key, link in links.items() if values[key]}
    return Row(values, links, key=f"ruang-{chamber.pk}")


def page_of_months(year: int) -> str:
    """The page of the months by the ledger and as typed."""
    return f"{reverse('admin:facilities_storagemonth_ledger')}?tahun={year}"


def month_links(year: int, **lookups: object) -> dict[str, str]:
    """From the figures of a line to the recorded months they come from."""
    return dict.fromkeys(OF_THE_MONTHS, list_of(StorageMonth, year__exact=year, **lookups))


def overfull(uses: list[ChamberYear]) -> list[str]:
    """A warning for every chamber that seems to have held more than it can."""
    return [
        f"{use.chamber.name}: utilisasi melebihi kapasitas; periksa kg-hari bulan yang tercatat."
        for use in uses
        if (use.utilisation or 0) > 100
    ]


def notes_on_basis(uses: list[ChamberYear]) -> Iterator[str]:
    """From where the months come where some are in the ledger, and which of them disagree."""
    for use in uses:
        months = [month for month in use.months if month.basis == StorageBasis.LEDGER]
        if months:
            yield f"{use.chamber.name}: {len(months)} bulan dihitung dari buku penitipan."
        differing = [Month(month.month).label for month in use.months if month.differences]
        if differing:
            yield (
                f"{use.chamber.name}: angka yang diketik untuk {', '.join(differing)} berbeda dari "
                "buku penitipan."
            )


def notes_on_rentals(year: int) -> list[str]:
    """How many months a building was let as a whole, which no chamber's retribusi contains."""
    rows = BuildingRental.objects.kept().filter(year=year)
    counts = Counter(rows.values_list("facility__name", flat=True))
    return [
        f"{name}: disewa seluruhnya {count} bulan; sewanya tidak termasuk retribusi per ruang."
        for name, count in sorted(counts.items())
    ]
