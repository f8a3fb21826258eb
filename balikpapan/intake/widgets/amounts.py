"""Counts, money, measured amounts, shares and coordinates."""

import functools
from decimal import Decimal
from typing import Any

from balikpapan.spreadsheets import cells

from .cell import CellWidget, PlainNumbers, Reader, Reading, bounds_of, limits_of


class Whole(CellWidget):
    """A whole number of things, or of people whose two sexes have columns of their own."""

    kind = "whole"

    def __init__(self, *, related: dict[str, str] | None = None) -> None:
        super().__init__()
        self.related = related or {}

    def reader(self, model_field: Any, reading: Reading) -> Reader:
        if self.related:
            return functools.partial(
                cells.read_headcount,
                english=reading.english,
                both_sexes=reading.both_sexes,
                **bounds_of(model_field),
            )
        return functools.partial(
            cells.read_whole, english=reading.english, **bounds_of(model_field)
        )

    def plain_numbers(self, model_field: Any, reading: Reading) -> PlainNumbers | None:
        return *limits_of(model_field), None


class Money(CellWidget):
    """Rupiah, multiplied by what the heading says."""

    kind = "rupiah"

    def reader(self, model_field: Any, reading: Reading) -> Reader:
        read = functools.partial(
            cells.read_money,
            notation=cells.MoneyNotation(
                reading.multiplier,
                reading.english,
                reading.priced,
                reading.marked_unit,
                reading.periods,
            ),
            **bounds_of(model_field),
        )
        return read if reading.times == 1 else functools.partial(_read_often, read, reading.times)

    def plain_numbers(self, model_field: Any, reading: Reading) -> PlainNumbers | None:
        low, high = limits_of(model_field)
        times = reading.multiplier * reading.times
        return -(-low // times), high // times, times.__mul__ if times != 1 else None


def _read_often(read: Reader, times: int, value: Any) -> cells.Read:
    """An amount of a month or a day as the amount of a year."""
    result = read(value)
    if not isinstance(result.value, int):
        return result
    return cells.Read(result.value * times, result.findings)


class Measure(CellWidget):
    """A measured amount with a few decimals; ``units`` may stand behind the figure."""

    kind = "decimal"

    def __init__(
        self, units: tuple[str, ...] = (), *, related: dict[str, str] | None = None
    ) -> None:
        super().__init__()
        self.units, self.related = units, related or {}

    def reader(self, model_field: Any, reading: Reading) -> Reader:
        manner = {
            "limits": cells.DecimalLimits(
                getattr(model_field, "decimal_places", 3),
                getattr(model_field, "max_digits", None),
                **bounds_of(model_field),
            ),
            "english": reading.english,
            "decimal_comma": reading.decimal_comma,
        }
        if self.related:
            return functools.partial(cells.read_quantity, **manner)
        return functools.partial(
            cells.read_decimal,
            unit_words=self.units,
            scale=reading.scale,
            **manner,
        )

    def plain_numbers(self, model_field: Any, reading: Reading) -> PlainNumbers | None:
        low, high = limits_of(model_field)
        digits = getattr(model_field, "max_digits", None)
        places = getattr(model_field, "decimal_places", 3)
        high = high if digits is None else min(high, 10 ** (digits - places) - 1)
        if reading.scale != 1:
            return int(low / reading.scale), int(high / reading.scale), reading.scale.__mul__
        return low, high, Decimal


class Percentage(CellWidget):
    """A share between 0 and 100."""

    kind = "percent"

    def reader(self, model_field: Any, reading: Reading) -> Reader:
        return functools.partial(
            cells.read_percent, english=reading.english, decimal_comma=reading.decimal_comma
        )


class Degrees(CellWidget):
    """A coordinate in decimal degrees; ``other`` names the column of the other one of its pair."""

    kind = "decimal"

    #: Headings of a column that holds both; it is read as the latitude and gives the other away.
    pair_headings = (
        "Koordinat", "Titik Koordinat", "Koordinat Lokasi", "Koordinat Usaha", "Koordinat GPS",
        "Titik Koordinat Lokasi", "Titik Koordinat Usaha", "Titik Lokasi", "Lokasi GPS", "Lat Long",
        "Lat Lng", "LatLong", "Latitude Longitude", "Lintang Bujur", "Lintang dan Bujur",
        "Latitude dan Longitude", "Share Lokasi", "Link Google Maps", "Google Maps",
    )  # fmt: skip

    def __init__(self, *, other: str, is_longitude: bool = False) -> None:
        super().__init__()
        self.related, self.is_longitude = {"other": other}, is_longitude

    def reader(self, model_field: Any, reading: Reading) -> Reader:
        bounds = bounds_of(model_field)
        return functools.partial(cells.read_one_of_pair, is_longitude=self.is_longitude, **bounds)
