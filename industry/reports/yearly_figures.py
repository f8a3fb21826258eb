"""Table 5: workforce, investment and production of every kelompok, and who reported them."""

from balikpapan.reports.tables import ReportColumn, ReportTable
from balikpapan.spreadsheets.cells.formatting import format_whole

from ..figures import FIGURES
from .businesses import by_group, sums_by_group
from .selection import EVERYTHING, Selection
from .shaping import (
    SOURCE,
    WHOLE,
    figures_row,
    lists,
    long_column,
    position,
    reporting_note,
    together,
    workers_note,
)

COLUMNS = (
    ReportColumn("Kelompok industri", key="label"),
    ReportColumn("Terhitung", "whole", key="units", group="IKM"),
    ReportColumn("Melaporkan", "whole", key="reporting", group="IKM"),
    *map(long_column, FIGURES),
)
EVERY_FIGURE = {"figures": FIGURES, "counts": ("units", "reporting")}


def figures_table(year: int, selection: Selection = EVERYTHING) -> ReportTable:
    """Table 5: what the IKM of every kelompok reported for the year."""
    sums_of_group = sums_by_group(year, selection)
    total = together(sums_of_group.values())
    return ReportTable(
        "ikm-data-tahunan",
        "Tenaga kerja, investasi, dan produksi IKM",
        COLUMNS,
        [
            figures_row(
                {"label": label},
                sums,
                to=lists(year, selection, **lookup),
                key=key,
                **EVERY_FIGURE,
            )
            for key, label, lookup, sums in by_group(sums_of_group, selection.group)
        ],
        subtitle=[position(year), *selection.words(year)],
        totals=figures_row(
            {"label": "Jumlah"}, total, to=lists(year, selection), key=WHOLE, **EVERY_FIGURE
        ),
        notes=[reporting_note(year, total), *workers_note(total), *completeness(total)],
        source=SOURCE,
    )


def completeness(total: dict) -> list[str]:
    """How many IKM stand behind each of the sums that few report."""
    if not total["reporting"]:
        return []
    given = ", ".join(
        f"{figure.name.lower()} {format_whole(total[figure.reports])}"
        for figure in FIGURES
        if not figure.is_main
    )
    return [f"Jumlah IKM yang melaporkan rincian lain: {given}."]
