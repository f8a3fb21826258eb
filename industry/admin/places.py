"""What an IKM uses of the city's places, on its own page: units, goods, bills."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from balikpapan.audit.archiving import page_name
from balikpapan.audit.masked_columns import read_below
from balikpapan.reports.formats import long_date
from balikpapan.reports.links import list_of
from balikpapan.spreadsheets.cells import format_rupiah, format_whole
from balikpapan.spreadsheets.cells.months import MONTH_NAMES
from facilities.arrears import days_late
from facilities.models import Bill, Lease
from facilities.models.labels import shown_day, shown_kg

from ..models import Business

#: So many of each are shown; the list has all of them.
NEWEST = 5


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what stands in it for a record; the first one leads to the record's form."""

    label: str
    text_of: Callable[[Model], str]
    is_number: bool = False


def rent_of(lease: Lease) -> str:
    """The rent of a month as agreed."""
    return "menurut tarif" if lease.monthly_rent is None else format_rupiah(lease.monthly_rent)


def state_of_lease(lease: Lease) -> str:
    """Whether a lease runs today, and how long still."""
    today, last = timezone.localdate(), lease.final_day
    if lease.start_on > today:
        return "belum mulai"
    if last is None:
        return "berjalan"
    if last < today:
        return f"berakhir {long_date(last)}"
    return f"berjalan, {format_whole((last - today).days)} hari lagi"


def state_of_bill(bill: Bill) -> str:
    """Whether a bill was paid or cancelled, or how long it is overdue."""
    if bill.cancelled_on:
        return "dibatalkan"
    if bill.paid_on:
        return f"dibayar {long_date(bill.paid_on)}"
    late = days_late(bill, timezone.localdate())
    return f"belum dibayar, lewat {format_whole(late)} hari" if late else "belum dibayar"


LEASES = (
    Column("Unit", lambda lease: f"{lease.unit}, {lease.unit.facility}"),
    Column("Masa sewa", lambda lease: lease.period),
    Column("Sewa per bulan", rent_of, is_number=True),
    Column("Keadaan", state_of_lease),
)
DEPOSITS = (
    Column("Nomor", lambda deposit: deposit.number),
    Column("Masuk", lambda deposit: shown_day(deposit.in_on)),
    Column("Ruang", lambda deposit: str(deposit.chamber)),
    Column("Barang", lambda deposit: f"{deposit.commodity} {shown_kg(deposit.kg)} kg"),
    Column("Sisa (kg)", lambda deposit: shown_kg(deposit.kg_left), is_number=True),
)
BILLS = (
    Column("Nomor", lambda bill: bill.number),
    Column("Masa", lambda bill: f"{MONTH_NAMES[bill.month - 1]} {bill.year}"),
    Column("Jumlah", lambda bill: format_rupiah(bill.total), is_number=True),
    Column("Jatuh tempo", lambda bill: shown_day(bill.due_on)),
    Column("Keadaan", state_of_bill),
)


def leases_of(business: Business | None) -> str | SafeString:
    """The units it rents or rented, the newest lease first."""
    if business is None:
        return "–"
    return table(business.leases.kept(), LEASES, business, ("unit__facility",))


def deposits_of(business: Business | None) -> str | SafeString:
    """The goods it brought into the cold storage, the newest first, with what is left of them."""
    if business is None:
        return "–"
    # A list that is added up forgets the order of its model.
    rows = business.deposits.kept().with_left().order_by("-in_on", "-pk")
    return table(rows, DEPOSITS, business, ("chamber",))


def bills_of(business: Business | None) -> str | SafeString:
    """The bills it was sent, the newest first."""
    return "–" if business is None else table(business.bills.kept(), BILLS, business, ())


def table(rows, columns, business, joined) -> str | SafeString:
    """The newest of some records of a business as a table; a dash where there is none."""
    records = list(rows.select_related("business", *joined)[: NEWEST + 1])
    if not records:
        return "–"
    read_below(business, records)
    model = type(records[0])
    lines = [
        (
            reverse(page_name(model, "change"), args=[record.pk]),
            [(column.text_of(record), column.is_number) for column in columns],
        )
        for record in records[:NEWEST]
    ]
    has_more = len(records) > NEWEST
    context = {
        "label": model._meta.verbose_name,
        "columns": columns,
        "lines": lines,
        "all_of_them": list_of(model, business__id__exact=business.pk) if has_more else "",
    }
    return render_to_string("industry/places.html", context)
