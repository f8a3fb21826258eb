"""Straight-line depreciation of goods: what they are still worth in the books of a year."""

from collections.abc import Sequence
from dataclasses import dataclass

from .models import Asset, UsefulLife


@dataclass(frozen=True)
class BookValue:
    """An asset's depreciation at the end of a year, in whole rupiah."""

    cost: int
    years_used: int
    useful_life: int
    accumulated: int
    of_the_year: int

    @property
    def remaining(self) -> int:
        """The book value."""
        return self.cost - self.accumulated


def straight_line(cost: int, acquired: int, useful_life: int, year: int) -> BookValue:
    """The book value at the end of ``year``; the year of acquisition counts as a whole one.

    Without a residual value, so nothing is left after the last year of the useful life.
    """
    used = max(year - acquired + 1, 0)

    def accumulated(years: int) -> int:
        # Rounded half up each year, so that the years add up to the cost exactly.
        return (2 * cost * min(max(years, 0), useful_life) + useful_life) // (2 * useful_life)

    return BookValue(
        cost, used, useful_life, accumulated(used), accumulated(used) - accumulated(used - 1)
    )


def life_of(asset: Asset, lives: Sequence[UsefulLife]) -> UsefulLife | None:
    """The line about an asset's kode barang, the most precise one; ``lives`` in that order."""
    return next((life for life in lives if life.covers(asset.item_code)), None)
