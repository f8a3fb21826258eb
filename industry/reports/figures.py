"""Table 5: workforce, investment and production of every kelompok, and who reported them."""

from balikpapan.reports.tables import ReportColumn, ReportTable

from .businesses import by_group
from .selection import EVERYTHING, Selection
from .shaping import (
    SOURCE,
    figures_row,
    lists,
    position,
    reporting_note,
    together,
    whole,
    workers_note,
)

WORKERS = "Tenaga kerja (orang)"
INVESTMENT = "Nilai investasi (Rp)"
PRODUCTION = "Nilai (Rp)"

COLUMNS = (
    ReportColumn("Kelompok industri"),
    ReportColumn("Terhitung", "whole", group="IKM"),
    ReportColumn("Melaporkan", "whole", group="IKM"),
    ReportColumn("L", "whole", group=WORKERS),
    ReportColumn("P", "whole", group=WORKERS),
    ReportColumn("Jumlah", "whole", group=WORKERS),
    ReportColumn("Tanpa tanah dan bangunan", "rupiah", group=INVESTMENT, unit=""),
    ReportColumn("Tanah dan bangunan", "rupiah", group=INVESTMENT, unit=""),
    ReportColumn("Bahan baku", "rupiah", group=PRODUCTION, unit=""),
    ReportColumn("Produksi", "rupiah", group=PRODUCTION, unit=""),
    ReportColumn("Omzet", "rupiah", group=PRODUCTION, unit=""),
)
NAMES = (
    "units",
    "reporting",
    "workers_male_sum",
    "workers_female_sum",
    "workers_total_sum",
    "investment_sum",
    "investment_land_building_sum",
    "raw_material_value_sum",
    "production_value_sum",
    "turnover_sum",
)


def figures_table(year: int, selection: Selection = EVERYTHING) -> ReportTable:
    """Table 5: what the IKM of every kelompok reported for the year."""
    chosen = selection.businesses(year)
    found = {sums["group"]: sums for sums in chosen.figures_by(year, "group")}
    total = together(found.values())
    return ReportTable(
        "ikm-data-tahunan",
        "Tenaga kerja, investasi, dan produksi IKM",
        COLUMNS,
        [
            figures_row(label, sums, to=lists(year, selection, **lookup), names=NAMES)
            for label, lookup, sums in by_group(found, selection.group)
        ],
        subtitle=[position(year), *selection.words(year)],
        totals=figures_row("Jumlah", total, to=lists(year, selection), names=NAMES),
        notes=[reporting_note(year, total), *workers_note(total), *completeness(total)],
        source=SOURCE,
    )


def completeness(total: dict) -> list[str]:
    """How many IKM stand behind each of the sums that few report."""
    if not total["reporting"]:
        return []
    few = (
        ("investment_land_building", "investasi tanah dan bangunan"),
        ("raw_material_value", "bahan baku"),
        ("turnover", "omzet"),
    )
    given = ", ".join(f"{label} {whole(total[f'{name}_reports'])}" for name, label in few)
    return [f"Jumlah IKM yang melaporkan rincian lain: {given}."]
