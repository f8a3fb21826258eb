"""What every IKM adds to the printed figures of a year, for the audit of the edition for the public.

The sets are named by the keys of the rows that add the IKM up, so that the audit speaks of the
very figures the tables print.
"""

from balikpapan.regions.models import Kecamatan, Kelurahan
from balikpapan.reports.disclosure import Contribution

from ..figures import FIGURES, HEADLINES
from ..models import Business, BusinessYear, ScaleRule
from .movement import last_years
from .selection import UNDETERMINED
from .shaping import WHOLE

#: Figures hidden together, because one of them can be worked out of the others.
TOGETHER = [
    [figure.field for figure in FIGURES if headline in (figure.field, figure.part_of)]
    for headline in dict.fromkeys(figure.part_of or figure.field for figure in FIGURES)
]


def contributions(year: int) -> list[Contribution]:
    """The IKM counting at the end of the year, then those of the years table 13 looks back on."""
    past = [each for each in last_years(year) if each != year]
    return [*of_the_year(year), *(each for before in past for each in of_a_past_year(before))]


def of_the_year(year: int) -> list[Contribution]:
    """Every IKM that reported for the year, with all rows of the book it is added up in."""
    rules = {"skala": ScaleRule.Kind.SCALE, "kelas": ScaleRule.Kind.UMKM}
    results = {
        name: dict(
            BusinessYear.objects.counting_in(year)
            .with_scale(kind, year)
            .order_by()
            .values_list("business", "scale")
        )
        for name, kind in rules.items()
    }
    codes = dict(Kelurahan.objects.order_by().values_list("pk", "code"))
    districts = dict(Kecamatan.objects.order_by().values_list("pk", "code"))
    chosen = Business.objects.with_district().with_division()
    reports = []
    for sums in chosen.figures_by(year, "pk", "district", "kelurahan", "group", "division"):
        if not sums["reporting"]:
            continue
        key = sums["pk"]
        district = districts.get(sums["district"], "")
        ward = codes.get(sums["kelurahan"], f"{district}-")
        sets = {
            WHOLE,
            f"tahun-{year}",
            f"kecamatan-{district}",
            f"kelompok-{sums['group'] or ''}",
            f"golongan-{sums['division'] or ''}",
            *(f"{name}-{of_ikm.get(key) or UNDETERMINED}" for name, of_ikm in results.items()),
        }
        if district:
            sets.add(f"kelurahan-{ward}")
        reports.append(Contribution(f"{year}:{key}", frozenset(sets), amounts(sums, FIGURES)))
    return reports


def of_a_past_year(year: int) -> list[Contribution]:
    """Every IKM that reported for an earlier year, of which the book prints the sums only."""
    sets = frozenset([f"tahun-{year}"])
    return [
        Contribution(f"{year}:{sums['pk']}", sets, amounts(sums, HEADLINES))
        for sums in Business.objects.figures_by(year, "pk")
        if sums["reporting"]
    ]


def amounts(sums: dict, figures) -> dict[str, int]:
    """What one IKM reported, by the field of the figure."""
    return {figure.field: sums[figure.sum] for figure in figures if sums[figure.sum] is not None}
