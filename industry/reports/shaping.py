"""What the tables about businesses share: their columns, their rows, the note on who reported."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from balikpapan.reports.formats import shown
from balikpapan.reports.links import list_of
from balikpapan.reports.ratios import added
from balikpapan.reports.tables import ReportColumn, Row

from ..models import Business, BusinessYear
from ..models.counting import REPORTED, figure_sums
from .selection import EVERYTHING, Selection

SOURCE = "Register IKM DKUMKMP Kota Balikpapan"
UNKNOWN_PLACE = "Belum diketahui"
NOT_FILLED = "Belum diisi"

COLUMNS = (
    ReportColumn("Unit usaha", "whole"),
    ReportColumn("L", "whole", group="Tenaga kerja (orang)"),
    ReportColumn("P", "whole", group="Tenaga kerja (orang)"),
    ReportColumn("Jumlah", "whole", group="Tenaga kerja (orang)"),
    ReportColumn("Nilai investasi", "rupiah"),
    ReportColumn("Nilai produksi", "rupiah"),
)
FIGURES = (
    "units",
    "workers_male_sum",
    "workers_female_sum",
    "workers_total_sum",
    "investment_sum",
    "production_value_sum",
)
#: The sums that carry money.
MONEY = frozenset(f"{name}_sum" for name in REPORTED if not name.startswith("workers"))
NOTHING = {"units": 0, **dict.fromkeys(figure_sums()), "reporting": 0}
NOTHING |= {f"{name}_reports": 0 for name in REPORTED}


def position(year: int) -> str:
    """The day a table speaks of."""
    return f"Posisi 31 Desember {year}"


@dataclass(frozen=True, slots=True)
class Lists:
    """Where the records behind a line are found: the businesses, and their figures of the year."""

    businesses: str
    figures: str


def lists(year: int, selection: Selection = EVERYTHING, **lookups: object) -> Lists:
    """The lists of the IKM counting at the end of the year, narrowed to what a line speaks of."""
    chosen = {**selection.lookups(year), **lookups}
    return Lists(
        list_of(Business, posisi=year, **chosen),
        list_of(BusinessYear, posisi=year, year__exact=year, **of_owner(chosen)),
    )


def of_owner(lookups: Mapping[str, object]) -> dict[str, object]:
    """Parameters of the list of IKM as those of a list of what belongs to them."""
    return {f"business__{name}" if "__" in name else name: v for name, v in lookups.items()}


def figures_row(
    label: object,
    sums: Mapping,
    *,
    kind: str = "row",
    to: Lists | None = None,
    names: Sequence[str] = FIGURES,
) -> Row:
    """One line of figures under its label; each leads to the records it was counted from."""
    links, contributors = {}, {}
    for index, name in enumerate(names, 1):
        if to and sums[name]:
            links[index] = to.businesses if name == "units" else to.figures
        if name in MONEY:
            contributors[index] = sums[f"{name.removesuffix('_sum')}_reports"]
    return Row((label, *(sums[name] for name in names)), links, kind, contributors)


def together(groups: Iterable[Mapping]) -> dict:
    """The sums of several groups; unknown where no group knows a figure."""
    groups = [NOTHING, *groups]
    return {name: added(sums[name] for sums in groups) for name in NOTHING}


def reporting_note(year: int, total: Mapping) -> str:
    """How complete the figures are: "412 dari 640 IKM melaporkan"."""
    given = ", ".join(
        f"{label} {whole(total[f'{name}_reports'])}"
        for name, label in (
            ("workers_total", "tenaga kerja"),
            ("investment", "investasi"),
            ("production_value", "nilai produksi"),
        )
    )
    return (
        f"Data tahun {year}: {whole(total['reporting'])} dari {whole(total['units'])} IKM "
        f"melaporkan ({given}). Yang tidak dilaporkan tidak dihitung sebagai nol."
    )


def workers_note(total: Mapping) -> list[str]:
    """Why L and P may not add up to the total."""
    parts = added([total["workers_male_sum"], total["workers_female_sum"]])
    if parts == total["workers_total_sum"]:
        return []
    return [
        "Jumlah tenaga kerja dapat berbeda dari L + P karena sebagian IKM hanya melaporkan "
        "jumlahnya atau salah satunya."
    ]


def whole(number: int) -> str:
    """A count as words of a note carry it: 1.029."""
    return shown(number, "whole")
