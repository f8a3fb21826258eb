"""What all cells of a column together prove about how each of them is read."""

from collections.abc import Iterable

from balikpapan.spreadsheets import cells

from ..widgets import CellWidget, Date, Measure, Money, Percentage, Reading, Whole


def prove(reading: Reading, widget: CellWidget, values: Iterable[object]) -> None:
    """Completes ``reading`` by what the column's values, read through once, prove."""
    if isinstance(widget, Date):
        _prove_dates(reading, values)
    elif isinstance(widget, Whole | Money | Measure | Percentage):
        _prove_numbers(reading, widget, values)


def _prove_numbers(reading: Reading, widget: CellWidget, values: Iterable[object]) -> None:
    texts = [value for value in values if isinstance(value, str)]
    commas = {text for text in texts if "," in text}
    reading.english = bool(commas) and cells.proves_english(commas)
    if isinstance(widget, Measure | Percentage) and commas:
        # Money stays asked: half a rupiah in one cell proves nothing about millions in others.
        reading.decimal_comma = cells.proves_decimal_comma(commas)
    if isinstance(widget, Money) and reading.multiplier > 1:
        reading.priced = cells.prints_currency(values)


def _prove_dates(reading: Reading, values: Iterable[object]) -> None:
    evidence = cells.date_order_evidence(values)
    if evidence.is_in_doubt and reading.date_order is None:
        reading.date_order = cells.DateOrder.UNKNOWN
    reading.doubts_date_cells = evidence.doubts_cells
