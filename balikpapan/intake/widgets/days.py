"""Years and days."""

import functools
from typing import Any

from balikpapan.audit.fields import FIRST_YEAR, LAST_YEAR
from balikpapan.spreadsheets import cells

from .cell import CellWidget, PlainNumbers, Reader, Reading, bounds_of, limits_of


class Year(CellWidget):
    """A calendar year; ``of_event`` where a day, a month or "sejak" may tell it ("Maret 2020")."""

    kind = "year"

    def __init__(self, *, of_event: bool = False) -> None:
        super().__init__()
        self.of_event = of_event

    def reader(self, model_field: Any, reading: Reading) -> Reader:
        manner = cells.DateManner(reading.today) if self.of_event else None
        return functools.partial(cells.read_year, of_event=manner, **bounds_of(model_field))

    def plain_numbers(self, model_field: Any, reading: Reading) -> PlainNumbers | None:
        low, high = limits_of(model_field)
        return max(low, FIRST_YEAR), min(high, LAST_YEAR), None


class Date(CellWidget):
    """A day, written day first unless its column is known to be month first.

    ``is_until`` where something is valid until that day; ``end`` names the column of the last day,
    which a cell such as "17 - 19 Agustus 2024" states too, and where ``months`` "Mei 2024" as well.
    """

    kind = "date"

    def __init__(
        self, *, is_until: bool = False, end: str | None = None, months: bool = False
    ) -> None:
        super().__init__()
        self.is_until, self.months = is_until, months
        self.related = {"end": end} if end else {}

    def reader(self, model_field: Any, reading: Reading) -> Reader:
        order = reading.date_order or cells.DateOrder.DAY_FIRST
        manner = cells.DateManner(
            reading.today, order, self.is_until, doubts_cells=reading.doubts_date_cells
        )
        if self.related:
            return functools.partial(cells.read_date_range, manner=manner, months=self.months)
        read = cells.read_until if self.is_until else cells.read_date_in
        return functools.partial(read, manner=manner)
