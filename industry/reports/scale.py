"""Table 4: the IKM by scale and by UMKM class, as the rules of the year tell it."""

from balikpapan.reports.formats import long_date
from balikpapan.reports.tables import Column, Table

from ..models import Business, BusinessYear, ScaleRule
from .businesses import figures_table_of
from .shaping import NOTHING, figures_row, together

UNDETERMINED = "Belum dapat ditentukan"


def scale_table(year: int) -> Table:
    """Table 4: the IKM by scale of the industry."""
    return table_by_rule(
        year,
        ScaleRule.Kind.SCALE,
        "ikm-skala",
        "Jumlah IKM menurut skala industri",
        "tenaga kerja dan nilai investasi",
    )


def umkm_table(year: int) -> Table:
    """Table 4, second part: the IKM by UMKM class."""
    return table_by_rule(
        year,
        ScaleRule.Kind.UMKM,
        "ikm-kelas",
        "Jumlah IKM menurut kelas UMKM",
        "nilai investasi",
    )


def table_by_rule(year: int, kind: str, key: str, title: str, needed: str) -> Table:
    """The IKM by the result of one dated rule; a missing figure leaves it open."""
    rules = list(ScaleRule.objects.in_force(kind, year))
    labels = {}
    for rule in rules:
        labels.setdefault(rule.result, rule.label)
    found = {sums["scale"]: sums for sums in BusinessYear.objects.figures_by_scale(kind, year)}
    silent = Business.objects.counting_in(year).count() - together(found.values())["units"]
    unknown = together([found.pop(None, NOTHING), {**NOTHING, "units": silent}])
    rows = [figures_row(label, found.get(result, NOTHING)) for result, label in labels.items()]
    if unknown["units"]:
        rows.append(figures_row(UNDETERMINED, unknown))
    return figures_table_of(
        key,
        title,
        year,
        Column("Kelas" if kind == ScaleRule.Kind.UMKM else "Skala"),
        rows,
        together([*found.values(), unknown]),
        rule_note(year, rules),
        f"{UNDETERMINED}: {needed} tidak dilaporkan, atau tidak ada baris aturan yang cocok.",
    )


def rule_note(year: int, rules: list[ScaleRule]) -> str:
    """Which rule told the scale."""
    bases = dict.fromkeys(rule.legal_basis for rule in rules)
    if not bases:
        return f"Belum ada aturan yang berlaku pada 31 Desember {year}."
    since = min(rule.valid_from for rule in rules)
    return f"Aturan yang dipakai: {'; '.join(bases)}, berlaku sejak {long_date(since)}."
