"""Table 4: the IKM by scale and by UMKM class, as the rules of the year tell it."""

from balikpapan.reports.formats import long_date
from balikpapan.reports.tables import ReportColumn, ReportTable
from balikpapan.spreadsheets.cells import format_whole

from ..models import BusinessYear, ScaleRule
from ..models.business_year import CAPITAL_DECIDES_FROM
from ..models.reading import read_once
from .businesses import figures_table_of
from .selection import EVERYTHING, UNDETERMINED, Selection, scale_labels
from .shaping import NOTHING, TableSubject, figures_row, lists, together


def scale_table(year: int, selection: Selection = EVERYTHING) -> ReportTable:
    """Table 4: the IKM by scale of the industry."""
    return table_by_rule(
        TableSubject("ikm-skala", "Jumlah IKM menurut skala industri", year, selection),
        ScaleRule.Kind.SCALE,
        "tenaga kerja dan nilai investasi",
        "Tanah dan bangunan tidak dihitung untuk batas industri kecil, dan dihitung untuk batas "
        "industri menengah dan besar sepanjang dilaporkan.",
    )


def umkm_table(year: int, selection: Selection = EVERYTHING) -> ReportTable:
    """Table 4, second part: the IKM by UMKM class."""
    return table_by_rule(
        TableSubject("ikm-kelas", "Jumlah IKM menurut kelas UMKM", year, selection),
        ScaleRule.Kind.UMKM,
        "omzet dan nilai investasi",
        *class_notes(year, selection),
    )


def large_note(year: int, selection: Selection) -> list[str]:
    """How many businesses are too large to be IKM, where there are any."""
    large = read_once(
        ("large", year, selection), lambda: selection.businesses(year).large_in(year).count()
    )
    if not large:
        return []
    return [f"{format_whole(large)} usaha berskala besar tidak dihitung sebagai IKM."]


def class_notes(year: int, selection: Selection) -> list[str]:
    """Which figure tells the class, and of how many IKM the other one had to."""
    other = BusinessYear.objects.told_by_other(year, selection.businesses(year))
    notes = [
        f"Usaha yang berdiri sebelum {CAPITAL_DECIDES_FROM} digolongkan menurut omzet setahun, yang "
        "lebih muda menurut modal usaha tanpa tanah dan bangunan; tanpa tahun berdiri dipakai omzet."
    ]
    if other["by_capital"]:
        notes.append(
            f"{format_whole(other['by_capital'])} IKM digolongkan menurut modal usaha karena omzetnya "
            "tidak dilaporkan."
        )
    if other["by_sales"]:
        notes.append(
            f"{format_whole(other['by_sales'])} IKM digolongkan menurut omzet karena modal usahanya tidak "
            "dilaporkan."
        )
    return notes


def table_by_rule(subject: TableSubject, kind: str, needed: str, *notes: str) -> ReportTable:
    """The IKM by the result of one dated rule; a missing figure leaves it open."""
    year, selection = subject.year, subject.selection
    chosen = selection.businesses(year)
    results = BusinessYear.objects.figures_by_scale(kind, year, chosen)
    sums_of = {sums["scale"]: sums for sums in results}
    # Both parts of table 4 show the silent ones.
    counting = read_once(("counting", year, selection), lambda: chosen.counting_in(year).count())
    silent = counting - together(sums_of.values())["units"]
    unknown = together([sums_of.pop(None, NOTHING), {**NOTHING, "units": silent}])
    groups = {**sums_of, UNDETERMINED: unknown}
    name = "kelas" if kind == ScaleRule.Kind.UMKM else "skala"
    labels = scale_labels(kind, year)
    return figures_table_of(
        subject,
        [ReportColumn(name.capitalize(), key="label")],
        [
            figures_row(
                {"label": label},
                groups.get(result, NOTHING),
                to=lists(year, selection, **{name: result}),
                key=f"{name}-{result}",
            )
            for result, label in labels.items()
            if result != UNDETERMINED or unknown["units"]
        ],
        together(groups.values()),
        rule_note(year, ScaleRule.objects.lines_by_year(kind, [year])[year]),
        f"{labels[UNDETERMINED]}: {needed} tidak dilaporkan, atau tidak ada baris aturan yang "
        "cocok.",
        *notes,
        *large_note(year, selection),
    )


def rule_note(year: int, rules: list[ScaleRule]) -> str:
    """Which rule told the scale."""
    bases = dict.fromkeys(rule.legal_basis for rule in rules)
    if not bases:
        return f"Belum ada aturan yang berlaku pada 31 Desember {year}."
    since = min(rule.valid_from for rule in rules)
    return f"Aturan yang dipakai: {'; '.join(bases)}, berlaku sejak {long_date(since)}."
