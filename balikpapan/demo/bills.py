"""Invented bills of the last months: most paid, some not yet, one cancelled."""

import datetime
from collections.abc import Iterator
from random import Random

from facilities.billing import DAYS_TO_PAY, Due, tenants_due
from facilities.ledger import bounds_of

from .businesses import often

#: Percent of the bills that are paid in the end; the others become arrears.
PAID = 88


def billed_months(today: datetime.date) -> list[tuple[int, int]]:
    """(year, month): the end of the year of the ledger, and the month before today."""
    before = today.replace(day=1) - datetime.timedelta(days=1)
    return sorted({(today.year - 1, 11), (today.year - 1, 12), (before.year, before.month)})


def make_bills(dice: Random, today: datetime.date) -> Iterator[tuple[dict, Due]]:
    """The bill of each tenant and month that owes something, with what it is for."""
    numbers: dict[int, int] = {}
    for year, month in billed_months(today):
        issued_on = bounds_of(year, month)[1] + datetime.timedelta(days=5)
        if issued_on > today:
            continue
        for due in tenants_due(year, month):
            if not due.total:
                continue
            numbers[year] = numbers.get(year, 0) + 1
            business, name = due.tenant_key
            bill = {
                "business_id": business,
                "tenant_name": name,
                "sequence": numbers[year],
                "year": year,
                "month": month,
                "issued_on": issued_on,
                "due_on": issued_on + datetime.timedelta(days=DAYS_TO_PAY),
                "total": due.total,
                "notes": "Data contoh",
            }
            yield bill | settlement(dice, issued_on, today, is_first=numbers[year] == 1), due


def settlement(
    dice: Random, issued_on: datetime.date, today: datetime.date, *, is_first: bool
) -> dict:
    """How a bill ended: cancelled (the first of a year), paid, or not paid by today."""
    if is_first:
        return {"cancelled_on": issued_on, "cancel_reason": "Titipan tercatat dua kali (contoh)"}
    paid_on = issued_on + datetime.timedelta(days=dice.randint(1, 40))
    if not often(dice, PAID) or paid_on > today:
        return {}
    return {"paid_on": paid_on, "receipt": f"STS-{dice.randint(1000, 9999)}"}


def make_bill_lines(bills: list[tuple[int, Due]]) -> Iterator[dict]:
    """The lines of the stored bills; ``bills`` are (id, what it is for)."""
    for key, due in bills:
        for position, line in enumerate(due.lines, 1):
            yield {
                "bill_id": key,
                "position": position,
                "service": line.service.value,
                "facility_id": line.facility.pk,
                "deposit_id": line.deposit.pk if line.deposit else None,
                "lease_id": line.lease.pk if line.lease else None,
                "description": line.description,
                "first_on": line.first,
                "last_on": line.last,
                "quantity": line.quantity,
                "rate": line.rate,
                "amount": line.amount,
            }
