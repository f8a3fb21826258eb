"""What is said of a year of PAD of which only some months are on record."""

from collections.abc import Iterable, Mapping

from balikpapan.reports.ratios import growth
from facilities.choices import Month

from ..models import Revenue
from ..models.revenue_queries import MONTHS_OF_A_YEAR, is_partial


def growth_of(year: int, sums: Mapping[int, Mapping]) -> object:
    """The growth of a year in percent, like with like; None where the years do not compare."""
    now, before, _ = Revenue.objects.like_for_like(sums, year)
    return growth(now, before)


def month_notes(years: Iterable[int], sums: Mapping[int, Mapping]) -> list[str]:
    """Of every year that is not whole: how many months it has, and what its growth compares."""
    notes = []
    for year in years:
        row = sums.get(year, {})
        if is_partial(row):
            notes.append(f"Tahun {year}: {row['months']} dari {MONTHS_OF_A_YEAR} bulan.")
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
