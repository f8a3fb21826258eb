"""The monthly sheet of the cold storage."""

import calendar
from decimal import Decimal

from balikpapan.intake.resources import KeyIdentity, SheetColumn, SheetResource, SheetRules
from balikpapan.intake.widgets import Measure, Money, MonthName, Whole, Year
from balikpapan.spreadsheets.cells import Finding, format_decimal

from ..choices import Month
from ..models import Chamber, StorageMonth
from .references import Room, chambers

KILOGRAMS = ("kg", "kilogram", "kilo")


class StorageRules(SheetRules):
    """The rules of the cold storage sheet: what a room can hold."""

    def prepare(self):
        rooms = Chamber.objects.kept().values_list("id", "capacity_ton")
        return {"chambers": chambers(), "tons": dict(rooms)}

    def warn_implausible(self, rows, options, problems):
        """A room that held more than it can hold was counted or typed wrongly."""
        for index, (room, year, month, stock, days) in enumerate(
            zip(*map(rows.column, ("chamber", "year", "month", "kg_end", "kg_days")), strict=True)
        ):
            tons = options["tons"].get(room)
            if tons is None or not isinstance(year, int) or not isinstance(month, int):
                continue
            length = calendar.monthrange(year, month)[1]
            for name, value, most in (
                ("kg_end", stock, tons * 1000),
                ("kg_days", days, tons * 1000 * length),
            ):
                if isinstance(value, Decimal) and value > most:
                    message = (
                        f"{format_decimal(value)} melebihi kapasitas ruang, "
                        f"{format_decimal(most.normalize())}"
                        f"{f' selama {length} hari' if name == 'kg_days' else ' kg'}. "
                        "Periksa angkanya."
                    )
                    finding = Finding("warning", "over_capacity", message)
                    rows.tell(problems, index, name, finding, value)


class StorageMonthResource(SheetResource):
    """The "Cold Storage" sheet: one row per room and month."""

    register = "cold-storage"
    label = "cold storage"
    rules = StorageRules()
    identity = KeyIdentity(("chamber_id", "year", "month"))
    naming = "chamber"
    missing_name = "Nama ruang kosong. Isi ruangnya, atau hapus barisnya."
    year_column = "year"
    required = (("chamber",), ("month",))
    required_label = "ruang dan bulan"

    chamber = SheetColumn(
        "chamber",
        "Ruang",
        Room(),
        aliases="Nama Ruang; Ruangan; Ruang Cold Storage; Kamar; Chamber; Jenis Ruang",
        target="chamber_id",
        path=("chamber__name", "chamber__facility__name"),
        required=True,
    )
    year = SheetColumn("year", "Tahun", Year(), aliases="Tahun Data", required=True)
    month = SheetColumn("month", "Bulan", MonthName(Month, "bulan"), required=True)
    kg_in = SheetColumn(
        "kg_in",
        "Masuk (kg)",
        Measure(KILOGRAMS),
        aliases="Barang Masuk; Kg Masuk; Masuk; Jumlah Masuk",
    )
    kg_out = SheetColumn(
        "kg_out",
        "Keluar (kg)",
        Measure(KILOGRAMS),
        aliases="Barang Keluar; Kg Keluar; Keluar; Jumlah Keluar",
    )
    kg_end = SheetColumn(
        "kg_end",
        "Stok Akhir (kg)",
        Measure(KILOGRAMS),
        aliases="Stok Akhir; Sisa; Sisa Stok; Stok Akhir Bulan; Saldo Akhir",
    )
    kg_days = SheetColumn(
        "kg_days", "Kg-hari", Measure(), aliases="Kg Hari; Kilogram Hari; Jumlah Stok Harian"
    )
    operating_days = SheetColumn(
        "operating_days",
        "Hari Beroperasi",
        Whole(),
        aliases="Hari Operasi; Jumlah Hari; Jumlah Hari Operasi",
    )
    tenants = SheetColumn(
        "tenants", "Penyewa", Whole(), aliases="Jumlah Penyewa; Pengguna; Jumlah Pengguna"
    )
    revenue = SheetColumn(
        "revenue",
        "Retribusi (Rp)",
        Money(),
        aliases="Retribusi; Pendapatan; Penerimaan; Nilai Retribusi",
    )
    energy_kwh = SheetColumn(
        "energy_kwh",
        "Listrik (kWh)",
        Measure(("kwh",)),
        aliases="Listrik; Pemakaian Listrik; Energi",
    )

    class Meta:
        model = StorageMonth
