"""Percents of a report: derived, never stored, and unknown where the base is missing or 0."""

from collections.abc import Iterable
from decimal import Decimal


def percent(part: int | Decimal | None, whole: int | Decimal | None) -> Decimal | None:
    """How many percent of ``whole`` the part is."""
    if part is None or not whole:
        return None
    return Decimal(part) * 100 / Decimal(whole)


def growth(now: int | Decimal | None, before: int | Decimal | None) -> Decimal | None:
    """By how many percent a figure grew."""
    return percent(difference(now, before), before)


def difference(now: int | Decimal | None, before: int | Decimal | None) -> int | Decimal | None:
    """What one known figure exceeds another by; negative where it falls short."""
    return None if now is None or before is None else now - before


def added(figures: Iterable[int | Decimal | None]) -> int | Decimal | None:
    """The sum of the known figures; None where none is known, for nobody said 0."""
    amounts = [figure for figure in figures if figure is not None]
    return sum(amounts) if amounts else None
