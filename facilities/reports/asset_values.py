"""Printed beside the book: what the goods are worth, were worth, and what their upkeep cost."""

from collections import defaultdict

from balikpapan.reports.links import list_of
from balikpapan.reports.tables import ReportColumn, ReportTable, Row
from balikpapan.spreadsheets.cells.formatting import format_whole

from ..choices import Condition, Kib
from ..depreciation import BookValue, life_of, straight_line
from ..models import Asset, ConditionCheck, Maintenance, UsefulLife

SOURCE = "Register aset DKUMKMP Kota Balikpapan"
UNKNOWN_CONDITION = "Belum diperiksa"
NO_PLACE = "Sarana belum diketahui"


def value_table(year: int) -> ReportTable:
    """The value of the goods by place, inventory card and condition."""
    conditions = ConditionCheck.objects.last_in(year)
    groups: dict[tuple, dict[str, list]] = defaultdict(lambda: defaultdict(list))
    assets = Asset.objects.held_in(year).order_by("facility__name", "kib", "pk")
    for pk, place, name, kib, value in assets.values_list(
        "pk", "facility", "facility__name", "kib", "acquisition_value"
    ):
        groups[name or NO_PLACE, place, kib][conditions.get(pk, "")].append(value)
    ordered = sorted(
        groups.items(), key=lambda group: (group[0][1] is None, group[0][0], group[0][2])
    )
    return ReportTable(
        "aset-nilai",
        "Nilai aset menurut sarana, KIB, dan kondisi",
        [
            ReportColumn("Sarana", key="place"),
            ReportColumn("KIB", key="kib"),
            ReportColumn("Catatan", "whole", key="records"),
            ReportColumn("Nilai perolehan", "rupiah", key="value_sum"),
            *(
                ReportColumn(label, "rupiah", key=value or "unknown", group="Nilai menurut kondisi")
                for value, label in (*Condition.choices, ("", UNKNOWN_CONDITION))
            ),
        ],
        [value_row(key, by_condition, year) for key, by_condition in ordered],
        subtitle=[f"Posisi 31 Desember {year}"],
        notes=["Kondisi: menurut pemeriksaan terakhir sampai akhir tahun."],
        source=SOURCE,
    )


def value_row(key: tuple, by_condition: dict[str, list], year: int) -> Row:
    """The goods of one card at one place."""
    name, place, kib = key
    values = {
        "place": name,
        "kib": Kib(kib).label if kib else "KIB belum diketahui",
        "records": sum(map(len, by_condition.values())),
        "value_sum": _sum(value for values in by_condition.values() for value in values),
        **{
            condition or "unknown": _sum(by_condition.get(condition, ()))
            for condition in (*Condition.values, "")
        },
    }
    lookups = {"facility__isnull": "True"} if place is None else {"facility__id__exact": place}
    link = list_of(Asset, posisi=year, kib__exact=kib, **lookups)
    return Row(values, {"records": link, "value_sum": link}, key=f"{place}-{kib}")


def depreciation_table(year: int) -> ReportTable:
    """Cost, depreciation and book value of the goods per group of useful lives."""
    lives = UsefulLife.objects.valid_in(year)
    groups: dict[UsefulLife | None, list[Asset]] = defaultdict(list)
    for asset in Asset.objects.held_in(year).order_by("item_code", "register"):
        groups[life_of(asset, lives)].append(asset)
    rows = [
        depreciation_row(life, groups[life], year)
        for life in sorted(lives, key=lambda life: life.code_prefix)
        if life in groups
    ]
    if None in groups:
        rows.append(depreciation_row(None, groups[None], year))
    bases = dict.fromkeys(life.legal_basis for life in lives if life in groups)
    return ReportTable(
        "aset-penyusutan",
        "Penyusutan dan nilai buku aset",
        [
            ReportColumn("Kelompok barang", key="group"),
            ReportColumn("Masa manfaat", "whole", unit="tahun", total=False, key="years"),
            ReportColumn("Catatan", "whole", key="records"),
            ReportColumn("Nilai perolehan", "rupiah", key="cost"),
            ReportColumn(f"Penyusutan {year}", "rupiah", key="of_the_year"),
            ReportColumn("Akumulasi penyusutan", "rupiah", key="accumulated"),
            ReportColumn("Nilai buku", "rupiah", key="remaining"),
        ],
        rows,
        subtitle=[f"Posisi 31 Desember {year}"],
        notes=[
            "Garis lurus tanpa nilai sisa; tahun perolehan dihitung satu tahun penuh.",
            *(f"Masa manfaat: {basis}." for basis in bases),
            *incomplete_notes(groups),
        ],
        source=SOURCE,
    )


def depreciation_row(life: UsefulLife | None, assets: list[Asset], year: int) -> Row:
    """One group; goods without a value or a year of acquisition are not worked out."""
    costs = [asset.acquisition_value for asset in assets]
    label, values = "Masa manfaat belum diisi", []
    if life is not None:
        label = f"{life.code_prefix} {life.name}"
        values = [value for asset in assets if (value := book_value(asset, life, year))]
    is_kept_whole = life is not None and life.years is None
    figures = {
        "of_the_year": 0 if is_kept_whole else _sum(value.of_the_year for value in values),
        "accumulated": 0 if is_kept_whole else _sum(value.accumulated for value in values),
        "remaining": _sum(costs) if is_kept_whole else _sum(value.remaining for value in values),
    }
    return Row(
        {
            "group": label,
            "years": life.years or "tidak disusutkan" if life is not None else None,
            "records": len(assets),
            "cost": _sum(costs),
            **figures,
        },
        key=life.code_prefix if life is not None else "-",
    )


def book_value(asset: Asset, life: UsefulLife, year: int) -> BookValue | None:
    """The book value of an asset, where all that it follows from is known."""
    acquired = asset.acquired_year or (asset.acquired_on and asset.acquired_on.year)
    if None in (asset.acquisition_value, life.years) or not acquired:
        return None
    return straight_line(asset.acquisition_value, acquired, life.years, year)


def incomplete_notes(groups: dict) -> list[str]:
    """How many goods no book value can be told of, and why."""
    counts = {
        "tanpa nilai perolehan": 0,
        "tanpa tahun perolehan": 0,
        "tanpa masa manfaat": len(groups.get(None, ())),
    }
    for life, assets in groups.items():
        for asset in assets if life is not None and life.years else ():
            if asset.acquisition_value is None:
                counts["tanpa nilai perolehan"] += 1
            elif not (asset.acquired_year or asset.acquired_on):
                counts["tanpa tahun perolehan"] += 1
    return [
        f"{format_whole(count)} catatan {reason} tidak dihitung nilai bukunya."
        for reason, count in counts.items()
        if count
    ]


def maintenance_table(year: int) -> ReportTable:
    """How often goods were maintained in a year and what it cost, per inventory card."""
    costs = {row["asset__kib"]: row for row in Maintenance.objects.cost_by_kib(year)}
    cards = [*Kib.choices, *([("", "KIB belum diketahui")] if "" in costs else [])]
    return ReportTable(
        "aset-pemeliharaan",
        "Pemeliharaan aset",
        [
            ReportColumn("Kartu inventaris barang", key="card"),
            ReportColumn("Pemeliharaan", "whole", unit="kali", key="times"),
            ReportColumn("Biaya", "rupiah", key="cost_sum"),
        ],
        [
            Row(
                {
                    "card": label,
                    "times": costs.get(kib, {}).get("times", 0),
                    "cost_sum": costs.get(kib, {}).get("cost_sum"),
                },
                key=f"kib-{kib}",
            )
            for kib, label in cards
        ],
        subtitle=[f"Tahun {year}"],
        source=SOURCE,
    )


def _sum(amounts) -> int | None:
    """The sum of what is known; None where nothing is."""
    amounts = [amount for amount in amounts if amount is not None]
    return sum(amounts) if amounts else None
