"""How a figure is written in an official report: the one place for screen and paper."""

import datetime
from decimal import ROUND_HALF_UP, Decimal

from balikpapan.spreadsheets.cells.formatting import format_decimal
from balikpapan.spreadsheets.cells.months import MONTH_NAMES
from balikpapan.spreadsheets.writing import as_cell

#: What stands where a figure is unknown, which differs from 0.
UNKNOWN = "–"

#: Decimal places of each kind of number.
PLACES = {"whole": 0, "rupiah": 0, "decimal": 2, "percent": 2}


def rounded(value: object, kind: str, places: int | None = None) -> object:
    """The figure as it is published, rounded half up; words in a number column stay words."""
    if (
        kind not in PLACES
        or not isinstance(value, int | float | Decimal)
        or isinstance(value, bool)
    ):
        return as_cell(value)
    places = PLACES[kind] if places is None else places
    exact = value if isinstance(value, int) else Decimal(str(value))
    if isinstance(exact, Decimal):
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return as_cell(exact)


def shown(value: object, kind: str, places: int | None = None) -> str:
    """The text a reader sees for a value of this kind of column."""
    if value == "":
        # Nothing belongs here, which is not the same as an unknown figure.
        return ""
    value = rounded(value, kind, places)
    if value is None:
        return UNKNOWN if kind in PLACES else ""
    if isinstance(value, datetime.date):
        return long_date(value)
    if kind in PLACES and isinstance(value, int | float):
        return format_decimal(Decimal(repr(value)), PLACES[kind] if places is None else places)
    return str(value)


def long_date(day: datetime.date) -> str:
    """A date as letters carry it: 25 November 2024."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def day_span(first: datetime.date, last: datetime.date) -> str:
    """Days from one to another, what they share named only at the end: 1 s.d. 31 Januari 2025."""
    if first == last:
        return long_date(first)
    begin = str(first.day)
    if (first.year, first.month) != (last.year, last.month):
        begin = f"{begin} {MONTH_NAMES[first.month - 1]}"
    if first.year != last.year:
        begin = f"{begin} {first.year}"
    return f"{begin} s.d. {long_date(last)}"
