"""How kilograms and days stand in the names of records; a form may hold none of them yet."""

import datetime
from decimal import Decimal

from balikpapan.spreadsheets.cells import format_decimal


def shown_kg(amount: Decimal | int | None) -> str:
    """Kilograms as people write them."""
    return "–" if amount is None else format_decimal(Decimal(amount).normalize())


def shown_day(day: datetime.date | None) -> str:
    """A day in figures: 03-06-2024."""
    return "–" if day is None else f"{day:%d-%m-%Y}"
