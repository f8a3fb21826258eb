"""The monthly sheet of the cold storage."""

from decimal import Decimal

from balikpapan.intake.resources import KeyIdentity, SheetColumn, SheetResource, SheetRules
from balikpapan.intake.widgets import Measure, Money, MonthName, Whole, Year
from balikpapan.spreadsheets.cells import Finding
from balikpapan.spreadsheets.cells.months import MONTHS
from balikpapan.spreadsheets.tables.bands import BandNames

from ..choices import Month
from ..models import Chamber, StorageMonth
from ..models.storage import month_before, month_warnings
from ..month_comparison import ledger_remarks
from ..storage_figures import FIGURES, ledger_months
from .references import Room, chambers, room_words

AMOUNTS = ("kg_in", "kg_out", "kg_end", "kg_days")
KILOGRAMS = ("kg", "kilogram", "kilo")


class StorageRules(SheetRules):
    """The rules of the cold storage sheet: stock, capacity, and what the ledger says."""

    def prepare(self):
        rooms = Chamber.objects.kept().values_list("id", "capacity_ton")
        return {"chambers": chambers(), "tons": dict(rooms)}

    def warn_implausible(self, rows, options, problems):
        """Warns of a stock that does not follow from the month before or exceeds the room.

        Warns as well of a figure that the ledger of deposits makes another one.
        """
        months = zip(*map(rows.column, ("chamber", "year", "month")), strict=True)
        ends, ledger = stocks_at_end(rows), LedgerOfRows(rows)
        for index, (room, year, month) in enumerate(months):
            if not all(isinstance(part, int) for part in (room, year, month)):
                continue
            amounts = {name: rows.column(name)[index] for name in AMOUNTS}
            values = {n: a for n, a in amounts.items() if isinstance(a, Decimal)}
            before = ends.get((room, *month_before(year, month)))
            tons = options["tons"].get(room)
            values |= {"year": year, "month": month}
            warnings = (
                *month_warnings(values, before=before, tons=tons),
                *ledger.remarks(index, (room, year, month)),
            )
            for name, code, message in warnings:
                finding = Finding("warning", code, message)
                rows.tell(problems, index, name, finding, rows.column(name)[index])


class LedgerOfRows:
    """What the ledger of deposits says of the rooms and months that the rows of a sheet name."""

    def __init__(self, rows):
        self.rows = rows
        rooms = {room for room in rows.column("chamber") if isinstance(room, int)}
        years = sorted({year for year in rows.column("year") if isinstance(year, int)})
        chambers = list(Chamber.objects.filter(pk__in=rooms))
        self.figures = ledger_months(chambers, years) if chambers and years else {}
        stored = StorageMonth.objects.kept().filter(chamber__in=rooms, year__in=years)
        decided = stored.exclude(basis="") if self.figures else stored.none()
        self.decided = {
            (room, year, month): basis
            for room, year, month, basis in decided.values_list("chamber", "year", "month", "basis")
        }

    def remarks(self, index: int, key: tuple[int, int, int]):
        """(column, code, message) for each figure of a row that the ledger contradicts."""
        figures = {name: self.rows.column(name)[index] for name in FIGURES}
        typed = {name: value for name, value in figures.items() if isinstance(value, int | Decimal)}
        return ledger_remarks(typed, self.figures.get(key), self.decided.get(key, ""))


class StorageMonthResource(SheetResource):
    """The "Cold Storage" sheet: one row per room and month."""

    register = "cold-storage"
    label = "cold storage"
    rules = StorageRules()
    identity = KeyIdentity(("chamber_id", "year", "month"))
    naming = "chamber"
    missing_name = "Nama ruang kosong. Isi ruangnya, atau hapus barisnya."
    year_column = "year"
    wide = ("chamber", "month")
    whole = ("chamber", "month")
    monthly = ("kg_in", "kg_out", "kg_end", "revenue", "energy_kwh")
    amounts_down = ("kg_in", "kg_out")
    titled_amounts = (
        ("kg_in", r"\bmasuk\b"),
        ("kg_out", r"\bkeluar\b"),
        ("kg_end", r"\b(?:stok|sisa|saldo|persediaan)\b"),
        ("revenue", r"\b(?:retribusi|pendapatan|penerimaan)\b"),
        ("energy_kwh", r"\blistrik\b"),
    )
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
    month = SheetColumn(
        "month",
        "Bulan",
        MonthName(Month, "bulan", year="year"),
        aliases="Periode; Bulan/Tahun; Bulan dan Tahun; Bulan Tahun; Masa",
        required=True,
    )
    kg_in = SheetColumn(
        "kg_in",
        "Masuk (kg)",
        Measure(KILOGRAMS),
        aliases="Barang Masuk; Kg Masuk; Masuk; Jumlah Masuk; Pemasukan; Stok Masuk",
    )
    kg_out = SheetColumn(
        "kg_out",
        "Keluar (kg)",
        Measure(KILOGRAMS),
        aliases="Barang Keluar; Kg Keluar; Keluar; Jumlah Keluar; Pengeluaran; Stok Keluar",
    )
    kg_end = SheetColumn(
        "kg_end",
        "Stok Akhir (kg)",
        Measure(KILOGRAMS),
        aliases=(
            "Stok Akhir; Sisa; Sisa Stok; Stok Akhir Bulan; Saldo Akhir; Stok; Saldo; Persediaan; "
            "Persediaan Akhir; Stok Akhir Barang; Sisa Barang"
        ),
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

    def band_names(self, options):
        names = BandNames()
        for word in options["chambers"].names:
            names.add("chamber", word)
        return names

    @classmethod
    def whole_values(cls, name, options):
        return Month.labels if name == "month" else options["chambers"].first_names

    @classmethod
    def wide_words(cls, name, options):
        if name == "month":
            return (*MONTHS, *Month.labels), False
        rooms = options.get("chambers")
        return (rooms.names if rooms else room_words()), True


def stocks_at_end(rows) -> dict[tuple[int, int, int], Decimal]:
    """(room, year, month) -> the stock at its end, as the sheet says it or the register."""
    rooms = {room for room in rows.column("chamber") if isinstance(room, int)}
    stored = StorageMonth.objects.kept().filter(chamber__in=rooms, kg_end__isnull=False)
    ends = {
        (room, year, month): end
        for room, year, month, end in stored.values_list("chamber", "year", "month", "kg_end")
    }
    months = zip(*map(rows.column, ("chamber", "year", "month", "kg_end")), strict=True)
    for room, year, month, end in months:
        if isinstance(end, Decimal):
            ends[room, year, month] = end
    return ends
