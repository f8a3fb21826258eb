"""The rent roll: what every lease owes month by month in one year."""

import datetime
from itertools import groupby

from balikpapan.reports.links import list_of
from balikpapan.reports.tables import ReportColumn, ReportTable, Row
from balikpapan.spreadsheets.cells.months import MONTH_NAMES

from ..models import Lease
from ..rents import MonthRent, rents_of_year, unit_tariffs
from .centres import SOURCE

#: The column of each month's rent.
MONTH_KEYS = [f"month_{number}" for number in range(1, 13)]


def rent_roll(year: int) -> ReportTable:
    """Every lease that runs on a day of the year, place by place, with its rent of each month."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    tariffs = unit_tariffs(first, last)
    leases = (
        Lease.objects.running_between(first, last)
        .select_related("unit__facility", "business")
        .order_by("unit__facility__name", "unit__facility", "unit__number", "start_on")
    )
    rows, unknown = [], 0
    for facility, some in groupby(leases, key=lambda lease: lease.unit.facility):
        rows.append(Row((facility.name,), kind="section", key=f"sarana-{facility.pk}"))
        for lease in some:
            months = rents_of_year(lease, year, tariffs)
            unknown += any(month.amount is None for month in months)
            rows.append(lease_row(lease, months))
    return ReportTable(
        "sewa-unit",
        f"Daftar sewa unit produksi tahun {year}",
        [
            ReportColumn("Unit", key="unit"),
            ReportColumn("Penyewa", key="tenant"),
            ReportColumn("Mulai", "date", key="start_on"),
            ReportColumn("Akhir", "date", key="end_on"),
            *(
                ReportColumn(name[:3], "rupiah", key=key, group="Sewa terutang (Rp)", unit="")
                for key, name in zip(MONTH_KEYS, MONTH_NAMES, strict=True)
            ),
            ReportColumn("Setahun", "rupiah", key="year", group="Sewa terutang (Rp)", unit=""),
        ],
        rows,
        notes=[
            "Sewa menurut perjanjian; bila tidak ditulis, menurut tarif sewa unit yang berlaku. Bulan "
            "yang hanya sebagian ditempati dihitung menurut harinya, dibulatkan ke rupiah.",
            *(
                [
                    f"{unknown} sewa belum diketahui harganya untuk sebagian bulan, jadi belum dijumlahkan."
                ]
                if unknown
                else []
            ),
        ],
        source=SOURCE,
    )


def lease_row(lease: Lease, months: list[MonthRent]) -> Row:
    """One lease; a month in which it does not run is blank, one without a known rent unknown."""
    running = [month for month in months if month.parts]
    amounts = [month.amount for month in running if month.amount is not None]
    values = {
        "unit": lease.unit.number,
        "tenant": lease.tenant,
        "start_on": lease.start_on,
        "end_on": lease.final_day,
        **{
            key: month.amount if month.parts else ""
            for key, month in zip(MONTH_KEYS, months, strict=True)
        },
        "year": sum(amounts) if len(amounts) == len(running) else None,
    }
    return Row(values, {"unit": list_of(Lease, id__exact=lease.pk)}, key=f"sewa-{lease.pk}")
