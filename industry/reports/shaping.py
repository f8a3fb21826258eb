"""What the tables about businesses share: their columns, their rows, the note on who reported."""

from collections.abc import Iterable, Mapping

from balikpapan.reports.formats import shown
from balikpapan.reports.links import list_of
from balikpapan.reports.ratios import added
from balikpapan.reports.tables import Column, Row

from ..models import Business
from ..models.counting import REPORTED, figure_sums

SOURCE = "Register IKM DKUMKMP Kota Balikpapan"
UNKNOWN_PLACE = "Belum diketahui"
NOT_FILLED = "Belum diisi"

COLUMNS = (
    Column("Unit usaha", "whole"),
    Column("L", "whole", group="Tenaga kerja (orang)"),
    Column("P", "whole", group="Tenaga kerja (orang)"),
    Column("Jumlah", "whole", group="Tenaga kerja (orang)"),
    Column("Nilai investasi", "rupiah"),
    Column("Nilai produksi", "rupiah"),
)
FIGURES = (
    "units",
    "workers_male_sum",
    "workers_female_sum",
    "workers_total_sum",
    "investment_sum",
    "production_value_sum",
)
NOTHING = {"units": 0, **dict.fromkeys(figure_sums()), "reporting": 0}
NOTHING |= {f"{name}_reports": 0 for name in REPORTED}


def position(year: int) -> str:
    """The day a table speaks of."""
    return f"Posisi 31 Desember {year}"


def figures_row(label: object, sums: Mapping, *, kind: str = "row", link: str = "") -> Row:
    """One line of ``COLUMNS`` under its label; the number of IKM leads to their list."""
    values = (label, *(sums[name] for name in FIGURES))
    return Row(values, {1: link} if link and sums["units"] else {}, kind)


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


def business_list(**lookups: object) -> str:
    """The list of IKM behind a figure."""
    return list_of(Business, **lookups)
