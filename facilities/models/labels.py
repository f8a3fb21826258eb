"""How kilograms and days stand in the names of records; a form may hold none of them yet."""

import datetime
from decimal import Decimal

from django.utils.formats import date_format

from balikpapan.spreadsheets.cells import format_decimal


def shown_kg(amount: Decimal | int | None) -> str:
    """Kilograms as people write them."""
    return "–" if amount is None else format_decimal(Decimal(amount).normalize())


def shown_day(day: datetime.date | None) -> str:
    """A day as pages write it: 3 Juni 2024."""
    return "–" if day is None else date_format(day)
