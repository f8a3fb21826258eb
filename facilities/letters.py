"""The bill as a letter, and the list of what is owed: tables for paper, sheet and screen."""

import datetime
from collections.abc import Sequence
from io import BytesIO

from balikpapan.reports import pdf, xlsx
from balikpapan.reports.book import ReportBook
from balikpapan.reports.formats import day_span, long_date
from balikpapan.reports.links import list_of
from balikpapan.reports.models import Letterhead, Official
from balikpapan.reports.tables import ReportColumn, ReportTable, Row
from balikpapan.spreadsheets.cells.amount_words import rupiah_in_words
from balikpapan.spreadsheets.cells.months import MONTH_NAMES

from .arrears import by_age, days_late
from .choices import Service
from .models import Bill, BillLine, Deposit, Lease
from .quantities import quantity_text

SOURCE = "Register sarana DKUMKMP Kota Balikpapan"


def bill_table(
    bill: Bill, lines: Sequence[BillLine] | None = None, *, is_linked: bool = False
) -> ReportTable:
    """The bill with its lines as they were stored when it was issued, or as they were read.

    ``is_linked`` leads from the amount of each line to the goods or the lease it is for.
    """
    if lines is None:
        lines = list(bill.lines.filter(archived_at=None))
    month = f"{MONTH_NAMES[bill.month - 1]} {bill.year}"
    rows = [Row(line_values(line), line_links(line) if is_linked else {}) for line in lines]
    return ReportTable(
        "skrd",
        "Surat Ketetapan Retribusi Daerah (SKRD)",
        [
            ReportColumn("Layanan", key="service"),
            ReportColumn("Uraian", key="description"),
            ReportColumn("Masa", key="span"),
            ReportColumn("Banyaknya", "decimal", key="quantity", total=False),
            ReportColumn("Tarif", "rupiah", key="rate", total=False),
            ReportColumn("Jumlah", "rupiah", key="amount"),
        ],
        rows,
        subtitle=[
            f"Nomor {bill.number}",
            f"Masa retribusi {month}",
            f"Kepada {bill.tenant}",
            f"Jatuh tempo {long_date(bill.due_on)}",
        ],
        notes=[
            f"Terbilang: {rupiah_in_words(bill.total)}.",
            *basis_notes({line.service for line in lines}),
            *state_of(bill),
        ],
        source=SOURCE,
    )


def line_values(line: BillLine) -> dict:
    """One line of a bill as the letter writes it."""
    return {
        "service": Service(line.service).label,
        "description": line.description,
        "span": day_span(line.first_on, line.last_on),
        "quantity": quantity_text(line.service, line.quantity, line.first_on, line.last_on),
        "rate": line.rate,
        "amount": line.amount,
    }


def line_links(line: BillLine) -> dict[str, str]:
    """Where the amount of a line comes from: the list that holds its deposit, lease or rental."""
    for model, key in ((Deposit, line.deposit_id), (Lease, line.lease_id)):
        if key is not None:
            return {"amount": list_of(model, id__exact=key)}
    return {}


#: What the quantity of each service means, for who checks the sums of a letter.
BASIS_NOTES = (
    (
        {Service.CHILL_STORAGE, Service.FREEZING},
        "Satu kg-hari adalah satu kilogram yang berada di ruang pada akhir satu hari.",
    ),
    (
        {Service.UNIT_RENT},
        "Sewa sebagian bulan dihitung menurut harinya (hari/hari bulan itu × tarif sebulan), "
        "dibulatkan ke rupiah tiap baris.",
    ),
)


def basis_notes(services: set[str]) -> list[str]:
    """The notes that the services of a bill need."""
    return [note for about, note in BASIS_NOTES if services & about]


def state_of(bill: Bill) -> list[str]:
    """Whether the bill has been paid or cancelled, as the letter says it."""
    if bill.cancelled_on:
        return [f"DIBATALKAN {long_date(bill.cancelled_on)}: {bill.cancel_reason}"]
    if bill.paid_on:
        receipt = f", bukti setor {bill.receipt}" if bill.receipt else ""
        return [f"Dibayar {long_date(bill.paid_on)}{receipt}."]
    return []


def bill_pdf(bill: Bill, lines: Sequence[BillLine] | None = None) -> bytes:
    """The letter, signed by who was in office on the day it was issued."""
    stream = BytesIO()
    book = book_of(bill_table(bill, lines), f"SKRD {bill.number}", bill.year, bill.issued_on)
    pdf.write_book(book, stream, portrait=True)
    return stream.getvalue()


def book_of(table: ReportTable, title: str, year: int, day: datetime.date) -> ReportBook:
    """One table under the letterhead of a day, above the signature of the head."""
    letterhead = Letterhead.objects.heading_on(day)
    city = letterhead.city if letterhead else Letterhead._meta.get_field("city").default
    return ReportBook(
        title=title,
        year=year,
        tables=[table],
        letterhead=letterhead,
        place=city,
        date=day,
        signatories=list(Official.objects.signing_on(day)),
        is_numbered=False,
    )


def arrears_table(today: datetime.date, bills: Sequence[Bill] | None = None) -> ReportTable:
    """The bills nobody has paid, by how long they are overdue."""
    if bills is None:
        bills = list(Bill.objects.unpaid().select_related("business"))
    rows = []
    for age in by_age(bills, today):
        rows.append(Row((age.label,), kind="section", key=f"umur-{age.first or 0}"))
        rows += [arrears_row(bill, today) for bill in age.bills]
    return ReportTable(
        "tunggakan",
        f"SKRD belum dibayar menurut umurnya, {long_date(today)}",
        [
            ReportColumn("Nomor", key="number"),
            ReportColumn("Penyewa", key="tenant"),
            ReportColumn("Masa", key="month"),
            ReportColumn("Jatuh tempo", "date", key="due_on"),
            ReportColumn("Lewat (hari)", "whole", key="late", total=False),
            ReportColumn("Jumlah", "rupiah", key="total"),
        ],
        rows,
        notes=["Umur dihitung dari tanggal jatuh tempo."],
        source=SOURCE,
    )


def arrears_row(bill: Bill, today: datetime.date) -> Row:
    """One unpaid bill."""
    values = {
        "number": bill.number,
        "tenant": bill.tenant,
        "month": f"{MONTH_NAMES[bill.month - 1]} {bill.year}",
        "due_on": bill.due_on,
        "late": days_late(bill, today),
        "total": bill.total,
    }
    links = {"total": list_of(Bill, id__exact=bill.pk)}
    return Row(values, links, key=f"skrd-{bill.pk}")


def arrears_workbook(today: datetime.date, bills: Sequence[Bill] | None = None) -> bytes:
    """The list of arrears as a workbook."""
    stream = BytesIO()
    table = arrears_table(today, bills)
    xlsx.write_book(book_of(table, table.title, today.year, today), stream)
    return stream.getvalue()
