"""What is said of a year of PAD of which only some months are on record."""

from collections.abc import Iterable, Mapping

from balikpapan.reports.ratios import growth
from facilities.choices import Month

from ..models import Revenue
from ..models.reading import read_once
from ..models.revenue_queries import MONTHS_OF_A_YEAR


def revenue_by_year() -> dict[int, Mapping]:
    """Target, realisation and months of every year of PAD."""
    return read_once("revenue by year", lambda: {s["year"]: s for s in Revenue.objects.by_year()})


def growth_of(year: int, sums: Mapping[int, Mapping]) -> object:
    """The growth of a year in percent, like with like; None where the years do not compare."""
    now, before, _ = Revenue.objects.like_for_like(sums, year)
    return growth(now, before)


def words_of_months(months: object) -> str:
    """Of how many months a sum is, where they are some only: "3 dari 12 bulan"."""
    is_some = isinstance(months, int) and 0 < months < MONTHS_OF_A_YEAR
    return f"{months} dari {MONTHS_OF_A_YEAR} bulan" if is_some else ""


def partial_notes(years: Iterable[int], sums: Mapping[int, Mapping]) -> list[str]:
    """Of every year that is not whole how many months it has."""
    words = {year: words_of_months(sums.get(year, {}).get("months")) for year in years}
    return [f"Tahun {year}: {some}." for year, some in words.items() if some]


def month_notes(years: Iterable[int], sums: Mapping[int, Mapping]) -> list[str]:
    """Of every year that is not whole: how many months it has, and what its growth compares."""
    notes = []
    for year in years:
        row = sums.get(year, {})
        notes += partial_notes([year], sums)
        now, before, month = Revenue.objects.like_for_like(sums, year)
        if month is None or not (row and sums.get(year - 1)):
            continue
        until = f"s/d {Month(month).label}"
        if growth(now, before) is None:
            notes.append(
                f"Pertumbuhan {year} kosong: realisasi {until} {year} dan {year - 1} tidak dapat "
                "dibandingkan bulan demi bulan."
            )
        else:
            notes.append(f"Pertumbuhan {year}: realisasi {until} terhadap {until} {year - 1}.")
    return notes
