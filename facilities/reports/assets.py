"""Table 12: the assets per inventory card and condition."""

from collections import Counter
from collections.abc import Mapping

from balikpapan.reports.links import list_of
from balikpapan.reports.tables import ReportColumn, ReportTable, Row
from balikpapan.spreadsheets.cells.formatting import format_whole

from ..choices import Condition, Kib
from ..models import Asset, ConditionCheck


def asset_table(year: int) -> ReportTable:
    """Table 12: the assets on every inventory card."""
    sums_of_card = {sums["kib"]: sums for sums in Asset.objects.by_kib(year)}
    conditions = ConditionCheck.objects.last_in(year)
    checked = Counter(
        (kib, conditions[key])
        for key, kib in Asset.objects.held_in(year).values_list("pk", "kib")
        if key in conditions
    )
    cards = [*Kib.choices, *([("", "KIB belum diketahui")] if "" in sums_of_card else [])]
    valued, records, undated = (
        sum(sums[name] for sums in sums_of_card.values())
        for name in ("valued", "records", "undated")
    )
    notes = [
        f"Nilai perolehan diketahui untuk {format_whole(valued)} dari {format_whole(records)} catatan."
    ]
    if undated:
        notes.append(f"{format_whole(undated)} catatan tanpa tahun perolehan ikut dihitung.")
    return ReportTable(
        "aset",
        "Aset menurut kartu inventaris barang (KIB)",
        [
            ReportColumn("Kartu inventaris barang", key="card"),
            ReportColumn("Catatan", "whole", key="records"),
            ReportColumn("Jumlah barang", "whole", key="items"),
            ReportColumn("Nilai perolehan", "rupiah", key="value_sum"),
            *(
                ReportColumn(label, "whole", key=value, group="Kondisi")
                for value, label in Condition.choices
            ),
        ],
        [card_row(kib, label, sums_of_card.get(kib), checked, year) for kib, label in cards],
        total_links=card_links(year),
        subtitle=[f"Posisi 31 Desember {year}"],
        notes=[
            *notes,
            f"Kondisi: menurut pemeriksaan terakhir sampai dengan 31 Desember {year}; "
            f"{format_whole(checked.total())} catatan pernah diperiksa.",
        ],
        source="Register aset DKUMKMP Kota Balikpapan",
    )


def card_row(kib: str, label: str, sums: Mapping | None, checked: Counter, year: int) -> Row:
    """One inventory card; its figures lead to the records held in the year."""
    sums = sums or {"records": 0, "items": 0, "value_sum": None}
    values = {
        "card": label,
        **{name: sums[name] for name in ("records", "items", "value_sum")},
        **{value: checked[kib, value] for value in Condition.values},
    }
    links = card_links(year, kib__exact=kib)
    return Row(values, {key: link for key, link in links.items() if values[key]}, key=f"kib-{kib}")


def card_links(year: int, **lookups: object) -> dict[str, str]:
    """From the figures of a line to the assets held in the year, of one condition or of all."""
    held = list_of(Asset, posisi=year, **lookups)
    return {
        **dict.fromkeys(("records", "items", "value_sum"), held),
        **{
            value: list_of(Asset, posisi=year, kondisi=value, **lookups)
            for value in Condition.values
        },
    }
