"""What the tables about businesses share: their columns, their rows, the note on who reported."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from balikpapan.audit.fields import RupiahField
from balikpapan.reports.links import list_of
from balikpapan.reports.ratios import added
from balikpapan.reports.tables import ReportColumn, Row
from balikpapan.spreadsheets.cells.formatting import format_whole

from ..figures import FIGURES, HEADLINES, MAIN_FIGURES, YearlyFigure
from ..models import Business, BusinessYear
from ..models.counting import figure_sums
from .selection import EVERYTHING, Selection

SOURCE = "Register IKM DKUMKMP Kota Balikpapan"
UNKNOWN_PLACE = "Belum diketahui"
NOT_FILLED = "Belum diisi"

#: The key of the row that speaks of all IKM of the year.
WHOLE = "jumlah"
NOTHING = {"units": 0, **dict.fromkeys(figure_sums()), "reporting": 0}
NOTHING |= {figure.reports: 0 for figure in FIGURES}


def is_money(figure: YearlyFigure) -> bool:
    """Whether it is an amount of rupiah; the class of its field says so."""
    return isinstance(BusinessYear._meta.get_field(figure.field), RupiahField)


def short_column(figure: YearlyFigure) -> ReportColumn:
    """The column of a main figure, under its short heading."""
    kind = "rupiah" if is_money(figure) else "whole"
    return ReportColumn(figure.short, kind, key=figure.field, group=figure.short_group)


def long_column(figure: YearlyFigure) -> ReportColumn:
    """The column of a figure where all of them stand, its unit in the heading of its group."""
    kind = "rupiah" if is_money(figure) else "whole"
    return ReportColumn(figure.heading, kind, key=figure.field, group=figure.group, unit="")


UNITS = ReportColumn("Unit usaha", "whole", key="units")
COLUMNS = (UNITS, *map(short_column, MAIN_FIGURES))


@dataclass(frozen=True, slots=True)
class TableSubject:
    """What a table about businesses speaks of: its key and title, the year, the IKM chosen."""

    key: str
    title: str
    year: int
    selection: Selection = EVERYTHING


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
    labels: Mapping[str, object],
    sums: Mapping,
    *,
    to: Lists | None = None,
    figures: Iterable[YearlyFigure] = MAIN_FIGURES,
    counts: Iterable[str] = ("units",),
    key: str = "",
) -> Row:
    """One line of figures after its labels; each leads to the records it was counted from.

    ``labels`` are the values of the label columns by their keys, ``counts`` the names of the
    numbers of IKM that stand between them and the figures.
    """
    figures = tuple(figures)
    values = {name: sums[name] for name in counts}
    values |= {figure.field: sums[figure.sum] for figure in figures}
    links = {
        name: to.businesses if name == "units" else to.figures
        for name, value in values.items()
        if to and value
    }
    contributors = {figure.field: sums[figure.reports] for figure in figures}
    return Row({**labels, **values}, links, contributors=contributors, key=key)


def together(groups: Iterable[Mapping]) -> dict:
    """The sums of several groups; unknown where no group knows a figure."""
    groups = [NOTHING, *groups]
    return {name: added(sums[name] for sums in groups) for name in NOTHING}


def reporting_note(year: int, total: Mapping) -> str:
    """How complete the figures are: "412 dari 640 IKM melaporkan"."""
    given = ", ".join(
        f"{figure.name.lower()} {format_whole(total[figure.reports])}" for figure in HEADLINES
    )
    return (
        f"Data tahun {year}: {format_whole(total['reporting'])} dari {format_whole(total['units'])} IKM "
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
