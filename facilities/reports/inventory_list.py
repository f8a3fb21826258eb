"""The list of goods to take along when they are counted, and what was entered."""

import datetime
from collections.abc import Sequence

from django.utils.formats import date_format

from balikpapan.reports.book import ReportBook
from balikpapan.reports.models import Letterhead, Official
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

from ..inventory import Line
from ..models import InventorySession


def inventory_book(
    session: InventorySession, lines: Sequence[Line], today: datetime.date
) -> ReportBook:
    """The list of one session under the letterhead, to be signed by who keeps the goods."""
    letterhead = Letterhead.objects.heading_on(today)
    return ReportBook(
        title="Daftar Inventarisasi Aset",
        year=session.held_on.year,
        tables=[inventory_table(session, lines)],
        letterhead=letterhead,
        place=letterhead.city if letterhead else Letterhead._meta.get_field("city").default,
        date=today,
        signatories=list(Official.objects.keeping_on(today)),
        is_numbered=False,
    )


def inventory_table(session: InventorySession, lines: Sequence[Line]) -> ReportTable:
    """Every asset with what the register says of it, and room for what is seen."""
    return ReportTable(
        "inventarisasi",
        "Daftar inventarisasi aset",
        [
            ReportColumn("Kode barang", key="code", width=22, is_code=True),
            ReportColumn("Register", key="register", is_code=True),
            ReportColumn("Nama barang", key="name"),
            ReportColumn("Merek/tipe", key="brand"),
            ReportColumn("Tahun", "year", key="year"),
            ReportColumn("Letak", key="place"),
            ReportColumn("Kondisi tercatat", key="before"),
            ReportColumn("Hasil (ada/tidak, kondisi)", key="result", width=22),
            ReportColumn("Catatan", key="notes", width=20),
        ],
        [
            Row(
                {
                    "code": line.asset.item_code,
                    "register": line.asset.register,
                    "name": line.asset.name,
                    "brand": line.asset.brand,
                    "year": line.asset.acquired_year,
                    "place": line.asset.location
                    or (line.asset.facility.name if line.asset.facility else ""),
                    "before": line.before_label,
                    "result": line.result_label,
                    "notes": line.entry.notes if line.entry else "",
                },
                key=f"asset-{line.asset.pk}",
            )
            for line in lines
        ],
        totals=False,
        subtitle=[f"{session.facility}, {date_format(session.held_on)}"],
        source="Register aset DKUMKMP Kota Balikpapan",
    )
