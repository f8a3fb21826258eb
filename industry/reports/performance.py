"""The kertas kerja of the LKjIP: what was promised, what was reached, and what that is called."""

from decimal import Decimal

from balikpapan.reports.links import list_of
from balikpapan.reports.ratios import percent
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

from ..models import Certificate, Participation, PerformanceTarget, Programme, Revenue
from .achievements import COUNTED, count_list, counted_in
from .revenue import of_some_months

#: Achievement above the bound, in percent, and its name (PermenPAN-RB 53/2014).
SCALE = (
    (90, "Sangat Tinggi"),
    (75, "Tinggi"),
    (65, "Sedang"),
    (50, "Rendah"),
)
LOWEST = "Sangat Rendah"
INDICATORS = {
    **COUNTED,
    "pad": "revenue",
    "pad sektor industri": "revenue",
    "realisasi pad": "revenue",
    "sertifikat berlaku": "certificates",
    "kegiatan pembinaan": "programmes",
    "peserta pembinaan": "participants",
}


def performance_table(year: int) -> ReportTable:
    """Every indicator of the year with its target, realisation, achievement and grade."""
    targets = PerformanceTarget.objects.kept().filter(year=year)
    registers = reached_in(year) if targets else {}
    rows = [
        target_row(target, registers) for target in targets.order_by("objective", "indicator", "pk")
    ]
    return ReportTable(
        "kertas-kerja",
        f"Kertas kerja capaian kinerja tahun {year}",
        [
            ReportColumn("Sasaran", key="objective"),
            ReportColumn("Indikator kinerja", key="indicator"),
            ReportColumn("Satuan", key="unit"),
            ReportColumn("Target", "decimal", key="target", places=places_of(rows)),
            ReportColumn("Realisasi", "decimal", key="realised", places=places_of(rows)),
            ReportColumn("Capaian", "percent", key="achieved"),
            ReportColumn("Predikat", key="grade"),
            ReportColumn("Sumber realisasi", key="source"),
        ],
        rows,
        totals=False,
        notes=[
            "Capaian = realisasi : target × 100. Predikat: di atas 90% Sangat Tinggi; di atas 75% "
            "sampai 90% Tinggi; di atas 65% sampai 75% Sedang; di atas 50% sampai 65% Rendah; "
            "sampai 50% Sangat Rendah.",
            *lower_note(targets),
            *pad_note(year, targets),
            "Realisasi bertanda – bila register belum mempunyai datanya; predikatnya lalu belum dapat "
            "diberikan.",
        ],
        source="Target kinerja dan register DKUMKMP Kota Balikpapan",
    )


def name_of(target: PerformanceTarget) -> str | None:
    """What the registers call an indicator; None where they do not count it."""
    return INDICATORS.get(" ".join(target.indicator.casefold().split()))


def lower_note(targets) -> list[str]:
    """How an indicator is judged of which less is better, where there is one."""
    named = [target.indicator for target in targets if target.lower_is_better]
    if not named:
        return []
    return [
        f"Makin rendah makin baik: {'; '.join(named)}. Capaiannya = (2 × target – realisasi) : "
        "target × 100."
    ]


def pad_note(year: int, targets) -> list[str]:
    """Of how many months the PAD is, where an indicator is about it."""
    return of_some_months(year) if any(name_of(t) == "revenue" for t in targets) else []


def target_row(target: PerformanceTarget, registers: dict) -> Row:
    """One indicator; the registers' count goes before what was typed."""
    name = name_of(target)
    realised = target.realised if name is None else registers[name]
    achieved = achievement(target, realised)
    values = {
        "objective": target.objective,
        "indicator": target.indicator,
        "unit": target.unit,
        "target": target.target,
        "realised": realised,
        "achieved": achieved,
        "grade": grade(achieved),
        "source": "Isian" if name is None else "Register",
    }
    promised = list_of(PerformanceTarget, id__exact=target.pk)
    reached = promised if name is None else count_list(name, target.year)
    links = {"target": promised, "realised": reached, "achieved": reached}
    return Row(values, links, key=f"target-{target.pk}")


def achievement(target: PerformanceTarget, realised: int | Decimal | None) -> Decimal | None:
    """How many percent of its target an indicator reached; less is more where lower is better."""
    if target.lower_is_better and realised is not None:
        return percent(2 * target.target - realised, target.target)
    return percent(realised, target.target)


def grade(achieved: Decimal | None) -> str:
    """What an achievement in percent is called."""
    if achieved is None:
        return ""
    return next((name for bound, name in SCALE if achieved > bound), LOWEST)


def reached_in(year: int) -> dict:
    """What the registers count of every indicator they know."""
    revenue = {sums["year"]: sums["realised_sum"] for sums in Revenue.objects.by_year()}
    return {
        **counted_in(year),
        "revenue": revenue.get(year),
        "certificates": Certificate.objects.valid_in(year),
        "programmes": Programme.objects.kept().filter(year=year).count(),
        "participants": Participation.objects.reached_in(year)["participants"],
    }


def places_of(rows: list[Row]) -> int:
    """Decimals only where some target or realisation has them."""
    amounts = (row.values[key] for row in rows for key in ("target", "realised"))
    return 0 if all(amount is None or amount == int(amount) for amount in amounts) else 2
