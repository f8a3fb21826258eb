"""How much of a service a line of a bill is for, in words that the amount follows from."""

import calendar
import datetime
from decimal import Decimal

from balikpapan.spreadsheets.cells import format_decimal

from .choices import Service
from .ledger import days_between


def quantity_text(
    service: str, quantity: Decimal, first: datetime.date, last: datetime.date
) -> str:
    """Kg-days as they are; rent as a month or its days of the month's: 501 kg-hari, 15/30 bulan.

    A part of a month is no decimal number, because the amount does not follow from a rounded one.
    """
    if service in (Service.CHILL_STORAGE, Service.FREEZING):
        return f"{format_decimal(quantity.normalize())} kg-hari"
    days, length = days_between(first, last), calendar.monthrange(first.year, first.month)[1]
    return "1 bulan" if days == length else f"{days}/{length} bulan"
