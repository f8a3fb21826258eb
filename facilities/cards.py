"""The inventory cards KIB A to F, in the column order of their official forms.

A column the register has no field for stays empty: the card is filled in by hand there, as ever.
"""

from collections.abc import Callable

from balikpapan.reports.links import list_of
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

from .choices import Condition, Kib
from .models import Asset, ConditionCheck

NUMBER = "Nomor"
LAND = "Status tanah"
DOCUMENT = "Dokumen"
BUILDING = "Konstruksi bangunan"
#: The letters a card writes for a condition.
LETTERS = {Condition.GOOD: "B", Condition.LIGHT: "KB", Condition.HEAVY: "RB"}

Reader = Callable[[Asset, dict], object]


def blank(asset: Asset, conditions: dict) -> str:
    """What the register does not keep."""
    return ""


def field(name: str) -> Reader:
    """A field of the asset as it stands."""
    return lambda asset, conditions: getattr(asset, name)


def place(asset: Asset, conditions: dict) -> str:
    """Where the asset is: its own address, or the place it belongs to."""
    return asset.location or (asset.facility.name if asset.facility else "")


def condition(asset: Asset, conditions: dict) -> str:
    """The condition last found, in the letter of the card."""
    return LETTERS.get(conditions.get(asset.pk), "")


def origin(asset: Asset, conditions: dict) -> str:
    """Asal usul: how it was acquired and from which money."""
    words = (asset.get_acquisition_method_display(), asset.get_funding_display())
    # A gift is both the method and the money.
    return ", ".join(dict.fromkeys(word for word in words if word))


def usage(asset: Asset, conditions: dict) -> str:
    """What it is used for."""
    return asset.get_usage_status_display()


NAME = (ReportColumn("Jenis/nama barang"), field("name"))
CODE = (ReportColumn("Kode barang", group=NUMBER, width=22), field("item_code"))
REGISTER = (ReportColumn("Register", group=NUMBER), field("register"))
ORIGIN = (ReportColumn("Asal usul"), origin)
PRICE = (ReportColumn("Harga", "rupiah"), field("acquisition_value"))
NOTES = (ReportColumn("Keterangan"), field("notes"))
YEAR = (ReportColumn("Tahun perolehan", "year"), field("acquired_year"))
PLACE = (ReportColumn("Letak/alamat"), place)
CONDITION = (ReportColumn("Kondisi (B, KB, RB)"), condition)
STOREYS = (ReportColumn("Bertingkat/tidak", group=BUILDING), blank)
CONCRETE = (ReportColumn("Beton/tidak", group=BUILDING), blank)
PAPERS = (
    (ReportColumn("Tanggal", group=DOCUMENT), blank),
    (ReportColumn("Nomor", group=DOCUMENT), blank),
)
LAND_RIGHT = (ReportColumn("Status tanah"), blank)
LAND_CODE = (ReportColumn("Nomor kode tanah"), blank)


def area(label: str) -> tuple:
    """The one area the register keeps, under the label of the card."""
    return (ReportColumn(label, "decimal", unit="m²"), field("area_m2"))


CARDS = {
    Kib.A: (
        NAME,
        CODE,
        REGISTER,
        area("Luas"),
        (ReportColumn("Tahun pengadaan", "year"), field("acquired_year")),
        PLACE,
        (ReportColumn("Hak", group=LAND), blank),
        (ReportColumn("Tanggal sertifikat", group=LAND), blank),
        (ReportColumn("Nomor sertifikat", group=LAND), blank),
        (ReportColumn("Penggunaan"), usage),
        ORIGIN,
        PRICE,
        NOTES,
    ),
    Kib.B: (
        (ReportColumn("Kode barang", width=22), field("item_code")),
        (ReportColumn("Nama barang"), field("name")),
        (ReportColumn("Register"), field("register")),
        (ReportColumn("Merk/type"), field("brand")),
        (ReportColumn("Ukuran/CC"), field("specification")),
        (ReportColumn("Bahan"), blank),
        (ReportColumn("Tahun pembelian", "year"), field("acquired_year")),
        (ReportColumn("Pabrik", group=NUMBER), field("serial_number")),
        (ReportColumn("Rangka", group=NUMBER), blank),
        (ReportColumn("Mesin", group=NUMBER), blank),
        (ReportColumn("Polisi", group=NUMBER), blank),
        (ReportColumn("BPKB", group=NUMBER), blank),
        ORIGIN,
        PRICE,
        NOTES,
    ),
    Kib.C: (
        NAME,
        CODE,
        REGISTER,
        CONDITION,
        STOREYS,
        CONCRETE,
        area("Luas lantai"),
        PLACE,
        *PAPERS,
        (ReportColumn("Luas", "decimal", unit="m²"), blank),
        LAND_RIGHT,
        LAND_CODE,
        ORIGIN,
        PRICE,
        NOTES,
    ),
    Kib.D: (
        NAME,
        CODE,
        REGISTER,
        (ReportColumn("Konstruksi"), field("specification")),
        (ReportColumn("Panjang", "decimal", unit="km"), blank),
        (ReportColumn("Lebar", "decimal", unit="m"), blank),
        area("Luas"),
        PLACE,
        *PAPERS,
        LAND_RIGHT,
        LAND_CODE,
        ORIGIN,
        PRICE,
        CONDITION,
        NOTES,
    ),
    Kib.E: (
        NAME,
        CODE,
        REGISTER,
        (ReportColumn("Judul/pencipta", group="Buku/perpustakaan"), blank),
        (ReportColumn("Spesifikasi", group="Buku/perpustakaan"), field("specification")),
        (ReportColumn("Asal daerah", group="Barang bercorak kesenian/kebudayaan"), blank),
        (ReportColumn("Pencipta", group="Barang bercorak kesenian/kebudayaan"), blank),
        (ReportColumn("Bahan", group="Barang bercorak kesenian/kebudayaan"), blank),
        (ReportColumn("Jenis", group="Hewan/ternak dan tumbuhan"), blank),
        (ReportColumn("Ukuran", group="Hewan/ternak dan tumbuhan"), blank),
        (ReportColumn("Jumlah", "whole"), field("quantity")),
        (ReportColumn("Tahun cetak/pembelian", "year"), field("acquired_year")),
        ORIGIN,
        PRICE,
        NOTES,
    ),
    Kib.F: (
        NAME,
        (ReportColumn("Bangunan (P, SP, D)"), blank),
        STOREYS,
        CONCRETE,
        area("Luas"),
        PLACE,
        *PAPERS,
        (ReportColumn("Tanggal mulai", "date"), field("acquired_on")),
        LAND_RIGHT,
        LAND_CODE,
        (ReportColumn("Asal usul pembiayaan"), origin),
        (ReportColumn("Nilai kontrak", "rupiah"), field("acquisition_value")),
        NOTES,
    ),
}


def card_table(kib: str, year: int) -> ReportTable:
    """One inventory card: what had been acquired by the end of the year."""
    columns, readers = zip(*CARDS[Kib(kib)], strict=True)
    conditions = conditions_in(year)
    assets = (
        Asset.objects.held_in(year)
        .filter(kib=kib)
        .select_related("facility")
        .order_by("item_code", "register", "pk")
    )
    figures = [index for index, column in enumerate(columns) if column.is_figure]
    rows = [
        Row(
            tuple(read(asset, conditions) for read in readers),
            dict.fromkeys(figures, list_of(Asset, id__exact=asset.pk)),
        )
        for asset in assets
    ]
    known = [asset.acquisition_value for asset in assets if asset.acquisition_value is not None]
    items = sum(asset.quantity for asset in assets)
    sums = {"rupiah": sum(known), "whole": items}
    totals = tuple(
        sums.get(column.kind) if index else "TOTAL NILAI ASET"
        for index, column in enumerate(columns)
    )
    held = list_of(Asset, posisi=year, kib__exact=kib)
    return ReportTable(
        f"kib-{kib.lower()}",
        f"Kartu inventaris barang (KIB) {Kib(kib).label.removeprefix('KIB ')}",
        columns,
        rows,
        subtitle=[f"Posisi 31 Desember {year}"],
        totals=Row(totals, dict.fromkeys(figures, held)) if known else False,
        notes=[
            "Kolom kosong: tidak dicatat dalam register. Harga dalam rupiah penuh.",
            *(
                [f"Harga diketahui untuk {len(known)} dari {len(rows)} barang."]
                if len(known) < len(rows)
                else []
            ),
        ],
        source="Register aset DKUMKMP Kota Balikpapan",
    )


def conditions_in(year: int) -> dict[int, str]:
    """The condition every asset was last found in by the end of the year."""
    checks = ConditionCheck.objects.kept().filter(checked_on__lte=f"{year}-12-31")
    return dict(checks.order_by("checked_on", "pk").values_list("asset", "condition"))
