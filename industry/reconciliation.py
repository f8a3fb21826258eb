"""What the ledger says is owed for a month beside the PAD that came in, and why the two differ."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils import timezone

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change
from balikpapan.audit.store import check_open, store
from facilities.billing import Due, tenants_due
from facilities.choices import Service
from facilities.ledger import bounds_of
from facilities.models import Bill, BillLine, Facility

from .choices import FigureStatus
from .models import Revenue, RevenueBill, RevenueSource
from .models.revenue_sources import name_key
from .revenue_sources import record_source

#: By which name the PAD of a service is recorded, unless an alias says so.
SOURCE_NAMES = {
    Service.CHILL_STORAGE: "Retribusi cold storage: penyimpanan",
    Service.FREEZING: "Retribusi cold storage: pembekuan",
    Service.WHOLE_BUILDING: "Retribusi cold storage: sewa gedung",
    Service.UNIT_RENT: "Sewa rumah produksi {place}",
}


@dataclass(slots=True)
class Reconciled:
    """One service at one place in one month; amounts in rupiah, ``due`` None without a tariff."""

    service: Service
    facility: Facility
    source_name: str
    due: int | None = 0
    billed: int = 0
    received: int = 0
    realised: int | None = None
    rows: list[Revenue] = field(default_factory=list)
    #: (what makes the realisation differ from what is owed, rupiah), in this order.
    reasons: list[tuple[str, int]] = field(default_factory=list)
    bills: list[tuple[Bill, int]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What names it in a form."""
        return f"{self.service}-{self.facility.pk}"

    def is_at(self, revenue: Revenue) -> bool:
        """Whether a PAD row is of this place, or names none."""
        return revenue.facility_id in (None, self.facility.pk)

    @property
    def is_proposable(self) -> bool:
        """Whether something was received that no PAD row of the month says yet."""
        return bool(self.received) and all(row.realised is None for row in self.rows)

    @property
    def difference(self) -> int | None:
        """Realised less owed; None where either is not known."""
        return None if None in (self.due, self.realised) else self.realised - self.due


def reconcile(year: int, month: int) -> list[Reconciled]:
    """Every service and place with something owed, billed or received in a month.

    The difference is explained to the rupiah: realised = owed + the sum of the reasons.
    """
    dues = tenants_due(year, month)
    lines = bill_lines(year, month)
    keys = {(line.service, line.facility_id) for line in lines}
    keys |= {(line.service, line.facility.pk) for due in dues for line in due.lines}
    facilities = Facility.objects.in_bulk({facility for _, facility in keys})
    recorded = MonthOfRevenue.of(year, month)
    return [
        reconciled_of((service, facilities[place]), (year, month), dues, lines, recorded)
        for service, place in sorted(keys, key=lambda key: (facilities[key[1]].name, key))
    ]


def bill_lines(year: int, month: int) -> list[BillLine]:
    """The lines of the standing bills for a month, and of those paid in it."""
    lines = BillLine.objects.filter(archived_at=None).select_related("bill__business", "facility")
    of_month = lines.filter(bill__in=Bill.objects.standing().filter(year=year, month=month))
    paid = lines.filter(bill__in=Bill.objects.paid_in(year, month))
    return list((of_month | paid).distinct().order_by("bill", "position"))


@dataclass(frozen=True, slots=True)
class MonthOfRevenue:
    """The PAD rows of a month that count, and the sources they may stand under."""

    rows: list[Revenue]
    sources: list[RevenueSource]

    @classmethod
    def of(cls, year: int, month: int) -> "MonthOfRevenue":
        rows = Revenue.objects.counting().filter(year=year, month=month)
        return cls(list(rows), list(RevenueSource.objects.kept()))

    def rows_of(self, name: str, facility: Facility) -> list[Revenue]:
        """Those of one source at one place."""
        keys = source_keys(name, self.sources)
        return [
            row for row in self.rows if row.source_key in keys and row.facility_id == facility.pk
        ]


def reconciled_of(
    stream, period, dues: list[Due], lines: list[BillLine], recorded: MonthOfRevenue
) -> Reconciled:
    """One service at one place: its sums, its PAD rows, and the reasons of the difference."""
    service, facility = stream
    mine = [line for line in lines if (line.service, line.facility_id) == (service, facility.pk)]
    row = Reconciled(Service(service), facility, source_name(service, facility))
    owed, unbilled, changed = owed_of(stream, period, dues, mine)
    row.due = owed
    of_month = [line for line in mine if (line.bill.year, line.bill.month) == period]
    paid = [line for line in mine if is_in(line.bill.paid_on, period)]
    row.billed = sum(line.amount for line in of_month)
    row.received = sum(line.amount for line in paid)
    row.bills = by_bill(paid)
    row.rows = recorded.rows_of(row.source_name, facility)
    amounts = [one.realised for one in row.rows if one.realised is not None]
    row.realised = sum(amounts) if amounts else None
    unpaid = sum(line.amount for line in of_month if line.bill.paid_on is None)
    elsewhere = sum(
        line.amount
        for line in of_month
        if line.bill.paid_on is not None and not is_in(line.bill.paid_on, period)
    )
    others = sum(line.amount for line in paid if (line.bill.year, line.bill.month) != period)
    row.reasons = [
        ("SKRD belum terbit", -unbilled),
        ("SKRD berbeda dari buku sekarang", changed),
        ("SKRD bulan ini belum dibayar", -unpaid),
        ("SKRD bulan ini dibayar pada bulan lain", -elsewhere),
        ("Pembayaran SKRD bulan lain", others),
    ]
    if row.realised is not None:
        row.reasons.append(("Tidak berasal dari SKRD yang dibayar", row.realised - row.received))
    else:
        row.reasons.append(("Realisasi PAD belum dicatat", -row.received))
    row.reasons = [(text, amount) for text, amount in row.reasons if amount]
    return row


def owed_of(stream, period, dues, mine) -> tuple[int | None, int, int]:
    """What is owed by the ledger, what of it has no bill, and how much bills differ from it."""
    service, facility = stream
    billed = defaultdict(int)
    for line in mine:
        if (line.bill.year, line.bill.month) == period:
            billed[line.bill.tenant_key] += line.amount
    owed, unbilled, changed = 0, 0, 0
    for due in dues:
        amounts = [
            line.amount
            for line in due.lines
            if line.service == service and line.facility.pk == facility.pk
        ]
        if None in amounts:
            return None, 0, 0
        owed += sum(amounts)
        if due.bill is None:
            unbilled += sum(amounts)
        else:
            changed += billed[due.tenant_key] - sum(amounts)
    return owed, unbilled, changed


def source_name(service: str, facility: Facility) -> str:
    """The name of a service's PAD as the office records it; rents are recorded place by place."""
    return SOURCE_NAMES[Service(service)].format(place=facility.code or facility.name)


def source_keys(name: str, sources: Iterable[RevenueSource]) -> set[str]:
    """The keys under which rows of a source are recorded, by its name or as an alias."""
    key = name_key(name)
    return {key, *(one.key for one in sources if key in {name_key(alias) for alias in one.names})}


def by_bill(lines: list[BillLine]) -> list[tuple[Bill, int]]:
    """The bills of these lines with the sum of them."""
    sums: dict[Bill, int] = {}
    for line in lines:
        sums[line.bill] = sums.get(line.bill, 0) + line.amount
    return list(sums.items())


def is_in(day: datetime.date | None, period) -> bool:
    """Whether a day lies in a month."""
    return day is not None and (day.year, day.month) == period


@trail_transaction()
def propose(row: Reconciled, year: int, month: int, *, by) -> Revenue:
    """Records what was paid in a month as its provisional PAD, with the bills it comes from.

    A row that has the month's target alone is filled. Raises ValidationError where the month is
    realised already, a bill is part of another month's, nothing was paid or the year is closed.
    """
    check_open(Revenue, [year])
    keys = source_keys(row.source_name, RevenueSource.objects.kept())
    recorded = list(Revenue.objects.kept().filter(year=year, month=month, source_key__in=keys))
    targets = [one for one in recorded if one.realised is None and row.is_at(one)]
    if recorded and recorded != targets[:1]:
        raise ValidationError(f"PAD {row.source_name} bulan itu sudah tercatat: {recorded[0]}.")
    if not row.received:
        raise ValidationError("Belum ada SKRD yang dibayar pada bulan itu.")
    # A payment whose date was corrected since would otherwise count in both months.
    parts = RevenueBill.objects.kept().filter(bill__in=[bill for bill, _ in row.bills])
    parts = parts.filter(revenue__archived_at=None, revenue__source_key__in=keys)
    if part := parts.select_related("bill__business", "revenue").first():
        raise ValidationError(
            f"SKRD {part.bill.number} sudah menjadi dasar PAD {part.revenue}. Betulkan atau "
            "arsipkan PAD itu dahulu."
        )
    trace = {"by": by, "channel": Change.Channel.FORM}
    source = RevenueSource.objects.kept().filter(key__in=keys).first()
    numbers = ", ".join(bill.number for bill, _ in row.bills)
    revenue = targets[0] if targets else Revenue(year=year, month=month)
    if not targets:
        # A code that several services share would make them one source.
        revenue.account = source.account if source else None
        revenue.source_name = source.name if source else row.source_name
    revenue.facility, revenue.realised = row.facility, row.received
    # A month that still runs is known until today.
    revenue.as_of = min(bounds_of(year, month)[1], timezone.localdate())
    revenue.status, revenue.source = FigureStatus.PROVISIONAL, f"SKRD {numbers}"[:200]
    store(revenue, **trace)
    record_source(revenue, by=by)
    for bill, amount in row.bills:
        store(RevenueBill(revenue=revenue, bill=bill, amount=amount), **trace)
    return revenue
