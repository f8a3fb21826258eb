"""What tenants owe for a month, and the bills made of it."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.db.models import Max

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from balikpapan.audit.year_locks import numbering
from balikpapan.reports.formats import day_span
from balikpapan.spreadsheets.cells import format_decimal, format_rupiah
from balikpapan.spreadsheets.cells.months import MONTH_NAMES

from .choices import Service
from .ledger import bounds_of, charges, month_charge
from .models import Bill, BillLine, BuildingRental, Deposit, Facility, Lease
from .quantities import quantity_text
from .rents import MonthRent, RentPart, rent_of_month, unit_tariffs
from .storage_figures import SERVICES, goods_in_month, rates_between, whole_rentals

#: So many days after it is issued a bill is to be paid.
DAYS_TO_PAY = 30
TenantKey = tuple[int | None, str]


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing a tenant owes for a month; without a ``rate`` no tariff is in force."""

    tenant: str
    tenant_key: TenantKey
    service: Service
    facility: Facility
    description: str
    first: datetime.date
    last: datetime.date
    quantity: Decimal
    rate: int | None
    amount: int | None
    deposit: Deposit | None = None
    rental: BuildingRental | None = None
    lease: Lease | None = None

    @property
    def quantity_text(self) -> str:
        """How much of what: 501 kg-hari, 15/30 bulan."""
        return quantity_text(self.service, self.quantity, self.first, self.last)

    @property
    def span(self) -> str:
        """The days it is for: 1 s.d. 31 Januari 2025."""
        return day_span(self.first, self.last)


@dataclass(slots=True)
class Due:
    """What one tenant owes for a month, and the bill that has been issued for it."""

    tenant: str
    tenant_key: TenantKey
    lines: list[DueLine]
    bill: Bill | None = None

    @property
    def total(self) -> int | None:
        """The sum of the lines; None where one has no tariff."""
        amounts = [line.amount for line in self.lines]
        return None if None in amounts else sum(amounts)


def due_lines(year: int, month: int) -> Iterator[DueLine]:
    """Everything owed for a month: kg-days of each deposit, then whole buildings."""
    first, last = bounds_of(year, month)
    rates, exempt = rates_between(first, last), whole_rentals(first, last)
    deposits = Deposit.objects.select_related("chamber__facility", "business")
    for deposit, goods in goods_in_month(year, month, deposits):
        chamber = deposit.chamber
        if (chamber.facility_id, year, month, deposit.tenant_key) in exempt:
            continue
        service = SERVICES[chamber.purpose]
        for charge in charges(goods, rates[service], first, last):
            yield DueLine(
                deposit.tenant,
                deposit.tenant_key,
                service,
                chamber.facility,
                f"{deposit.commodity}, {deposit.number}, {chamber.name}",
                charge.first,
                charge.last,
                charge.kg_days,
                charge.rate,
                charge.amount,
                deposit=deposit,
            )
    rentals = BuildingRental.objects.kept().filter(year=year, month=month)
    for rental in rentals.select_related("facility", "business").order_by("facility", "pk"):
        price = month_charge(rates[Service.WHOLE_BUILDING], year, month)
        yield DueLine(
            rental.tenant,
            rental.tenant_key,
            Service.WHOLE_BUILDING,
            rental.facility,
            f"Sewa seluruh gedung {rental.facility}",
            first,
            last,
            Decimal(1),
            price,
            price,
            rental=rental,
        )
    yield from rent_lines(year, month)


def rent_lines(year: int, month: int) -> Iterator[DueLine]:
    """The rent of every unit let in a month, one line for all its days at one rent."""
    first, last = bounds_of(year, month)
    tariffs = unit_tariffs(first, last)
    leases = Lease.objects.running_between(first, last).select_related("unit__facility", "business")
    for lease in leases.order_by("unit", "start_on"):
        yield from lines_of_lease(lease, rent_of_month(lease, year, month, tariffs))


def lines_of_lease(lease: Lease, rent: MonthRent) -> Iterator[DueLine]:
    """One line for each rent that held in the month, for the days it held."""
    for part in rent.parts:
        yield DueLine(
            lease.tenant,
            lease.tenant_key,
            Service.UNIT_RENT,
            lease.unit.facility,
            rent_description(lease, part),
            part.first,
            part.last,
            (Decimal(part.days) / part.month_length).quantize(Decimal("0.01"), ROUND_HALF_UP),
            part.monthly,
            part.amount,
            lease=lease,
        )


def rent_description(lease: Lease, part: RentPart) -> str:
    """The unit, the days where they are not the whole month, and how the rent follows from its area."""
    words = [f"Sewa unit {lease.unit}"]
    if part.days < part.month_length:
        words.append(f"{part.days} dari {part.month_length} hari")
    if part.per_m2 is not None and lease.unit.area_m2 is not None:
        area = format_decimal(lease.unit.area_m2.normalize())
        words.append(f"{area} m² × {format_rupiah(part.per_m2)}")
    return ", ".join(words)


def tenants_due(year: int, month: int) -> list[Due]:
    """What each tenant owes for a month by today's ledger, with the bill standing for it."""
    lines = defaultdict(list)
    for line in due_lines(year, month):
        lines[line.tenant_key].append(line)
    standing = Bill.objects.standing().filter(year=year, month=month).select_related("business")
    bills = bills_of_tenants(standing, lines)
    dues = [Due(some[0].tenant, key, some, bills.get(key)) for key, some in lines.items()]
    dues += [Due(bill.tenant, key, [], bill) for key, bill in bills.items() if key not in lines]
    return sorted(dues, key=lambda due: due.tenant.casefold())


def bills_of_tenants(
    standing: Iterable[Bill], owing: Collection[TenantKey]
) -> dict[TenantKey, Bill]:
    """Tenant -> the bill that stands for it, by whom it was sent to.

    A bill of a business that was merged since stands for the one that stayed and now owes its
    lines, where that one has none of its own; else they would be billed a second time.
    """
    bills = {bill.tenant_key: bill for bill in standing}
    for key, bill in list(bills.items()):
        if key in owing or bill.business is None:
            continue
        stayed = (business_that_stayed(bill.business).pk, "")
        if stayed in owing and stayed not in bills:
            bills[stayed] = bills.pop(key)
    return bills


def business_that_stayed(business):
    """The business that an archived one was merged into, however often; the same if it was not."""
    passed = set()
    # A record restored by hand may have been merged back, which would never end.
    while business.archived_at and business.pk not in passed:
        passed.add(business.pk)
        act = business.merges_away.standing().select_related("kept").first()
        business = act.kept if act else business
    return business


@trail_transaction()
def issue(due: Due, year: int, month: int, *, issued_on: datetime.date, by) -> Bill:
    """Stores the bill of what one tenant owes for a month, line by line.

    Raises ValidationError where nothing can be billed or the month is not over.
    """
    first, last = bounds_of(year, month)
    if issued_on <= last:
        raise ValidationError(f"Bulan {MONTH_NAMES[month - 1]} {year} belum selesai.")
    if due.total is None:
        raise ValidationError(
            f"{due.tenant}: ada hari tanpa tarif yang berlaku. Lengkapi tarifnya."
        )
    if not due.total:
        raise ValidationError(f"{due.tenant}: tidak ada yang harus dibayar.")
    trace = {"by": by, "channel": Change.Channel.FORM}
    business, name = due.tenant_key
    with numbering(year):
        number = Bill.objects.kept().filter(year=year).aggregate(last=Max("sequence"))["last"] or 0
        bill = Bill(
            business_id=business,
            tenant_name=name,
            sequence=number + 1,
            year=year,
            month=month,
            issued_on=issued_on,
            due_on=issued_on + datetime.timedelta(days=DAYS_TO_PAY),
            total=due.total,
        )
        store(bill, **trace)
    for position, line in enumerate(due.lines, 1):
        stored = BillLine(
            bill=bill,
            position=position,
            service=line.service,
            facility=line.facility,
            deposit=line.deposit,
            rental=line.rental,
            lease=line.lease,
            description=line.description[:250],
            first_on=line.first,
            last_on=line.last,
            quantity=line.quantity,
            rate=line.rate,
            amount=line.amount,
        )
        store(stored, **trace)
    return bill
