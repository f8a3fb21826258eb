"""The inventory cards KIB A to F, in the column order of their official forms.

A column the register has no field for stays empty: the card is filled in by hand there, as ever.
"""

from collections.abc import Callable

from balikpapan.reports.links import list_of
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

from ..choices import Condition, Kib
from ..models import Asset, ConditionCheck

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


NAME = (ReportColumn("Jenis/nama barang", key="name"), field("name"))
CODE = (
    ReportColumn("Kode barang", group=NUMBER, width=22, key="code", is_code=True),
    field("item_code"),
)
REGISTER = (ReportColumn("Register", group=NUMBER, key="register", is_code=True), field("register"))
ORIGIN = (ReportColumn("Asal usul", key="origin"), origin)
PRICE = (ReportColumn("Harga", "rupiah", key="price"), field("acquisition_value"))
NOTES = (ReportColumn("Keterangan", key="notes"), field("notes"))
PLACE = (ReportColumn("Letak/alamat", key="place"), place)
CONDITION = (ReportColumn("Kondisi (B, KB, RB)", key="condition"), condition)
STOREYS = (ReportColumn("Bertingkat/tidak", group=BUILDING, key="storeys"), field("storeys"))
CONCRETE = (ReportColumn("Beton/tidak", group=BUILDING, key="concrete"), field("concrete"))
PAPERS = (
    (ReportColumn("Tanggal", "date", group=DOCUMENT, key="document_date"), field("document_on")),
    (
        ReportColumn("Nomor", group=DOCUMENT, key="document_number", is_code=True),
        field("document_number"),
    ),
)
LAND_RIGHT = (ReportColumn("Status tanah", key="land_right"), field("land_status"))
LAND_CODE = (ReportColumn("Nomor kode tanah", key="land_code", is_code=True), field("land_code"))


def area(label: str) -> tuple:
    """The one area the register keeps, under the label of the card."""
    return (ReportColumn(label, "decimal", unit="m²", key="area_m2"), field("area_m2"))


CARDS = {
    Kib.A: (
        NAME,
        CODE,
        REGISTER,
        area("Luas"),
        (ReportColumn("Tahun pengadaan", "year", key="acquired_year"), field("acquired_year")),
        PLACE,
        (ReportColumn("Hak", group=LAND, key="land_title"), blank),
        (
            ReportColumn("Tanggal sertifikat", "date", group=LAND, key="certificate_date"),
            field("document_on"),
        ),
        (
            ReportColumn("Nomor sertifikat", group=LAND, key="certificate_number", is_code=True),
            field("document_number"),
        ),
        (ReportColumn("Penggunaan", key="usage"), usage),
        ORIGIN,
        PRICE,
        NOTES,
    ),
    Kib.B: (
        (ReportColumn("Kode barang", width=22, key="code", is_code=True), field("item_code")),
        (ReportColumn("Nama barang", key="name"), field("name")),
        (ReportColumn("Register", key="register", is_code=True), field("register")),
        (ReportColumn("Merk/type", key="brand"), field("brand")),
        (ReportColumn("Ukuran/CC", key="size"), field("specification")),
        (ReportColumn("Bahan", key="material"), blank),
        (ReportColumn("Tahun pembelian", "year", key="acquired_year"), field("acquired_year")),
        (
            ReportColumn("Pabrik", group=NUMBER, key="factory_number", is_code=True),
            field("serial_number"),
        ),
        (ReportColumn("Rangka", group=NUMBER, key="frame_number"), blank),
        (ReportColumn("Mesin", group=NUMBER, key="engine_number"), blank),
        (ReportColumn("Polisi", group=NUMBER, key="plate_number"), blank),
        (ReportColumn("BPKB", group=NUMBER, key="bpkb"), blank),
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
        (ReportColumn("Luas", "decimal", unit="m²", key="area"), field("land_area_m2")),
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
        (ReportColumn("Konstruksi", key="construction"), field("specification")),
        (ReportColumn("Panjang", "decimal", unit="km", key="length"), blank),
        (ReportColumn("Lebar", "decimal", unit="m", key="width"), blank),
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
        (ReportColumn("Judul/pencipta", group="Buku/perpustakaan", key="title"), blank),
        (
            ReportColumn("Spesifikasi", group="Buku/perpustakaan", key="specification"),
            field("specification"),
        ),
        (
            ReportColumn(
                "Asal daerah", group="Barang bercorak kesenian/kebudayaan", key="art_origin"
            ),
            blank,
        ),
        (
            ReportColumn("Pencipta", group="Barang bercorak kesenian/kebudayaan", key="artist"),
            blank,
        ),
        (ReportColumn("Bahan", group="Barang bercorak kesenian/kebudayaan", key="material"), blank),
        (ReportColumn("Jenis", group="Hewan/ternak dan tumbuhan", key="animal_kind"), blank),
        (ReportColumn("Ukuran", group="Hewan/ternak dan tumbuhan", key="animal_size"), blank),
        (ReportColumn("Jumlah", "whole", key="quantity"), field("quantity")),
        (
            ReportColumn("Tahun cetak/pembelian", "year", key="acquired_year"),
            field("acquired_year"),
        ),
        ORIGIN,
        PRICE,
        NOTES,
    ),
    Kib.F: (
        NAME,
        (ReportColumn("Bangunan (P, SP, D)", key="building_kind"), blank),
        STOREYS,
        CONCRETE,
        area("Luas"),
        PLACE,
        *PAPERS,
        (ReportColumn("Tanggal mulai", "date", key="begun_on"), field("acquired_on")),
        LAND_RIGHT,
        LAND_CODE,
        (ReportColumn("Asal usul pembiayaan", key="origin"), origin),
        (ReportColumn("Nilai kontrak", "rupiah", key="price"), field("acquisition_value")),
        NOTES,
    ),
}


def card_table(kib: str, year: int) -> ReportTable:
    """One inventory card: what had been acquired by the end of the year."""
    columns, readers = zip(*CARDS[Kib(kib)], strict=True)
    conditions = ConditionCheck.objects.last_in(year)
    assets = (
        Asset.objects.held_in(year)
        .filter(kib=kib)
        .select_related("facility")
        .order_by("item_code", "register", "pk")
    )
    figures = [column.key for column in columns if column.is_figure]
    rows = [
        Row(
            tuple(read(asset, conditions) for read in readers),
            dict.fromkeys(figures, list_of(Asset, id__exact=asset.pk)),
            key=f"aset-{asset.pk}",
        )
        for asset in assets
    ]
    prices = [asset.acquisition_value for asset in assets if asset.acquisition_value is not None]
    items = sum(asset.quantity for asset in assets)
    sums = {"rupiah": sum(prices), "whole": items}
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
        totals=Row(totals, dict.fromkeys(figures, held)) if prices else False,
        notes=[
            "Kolom kosong: tidak dicatat dalam register. Harga dalam rupiah penuh.",
            *(
                [f"Harga diketahui untuk {len(prices)} dari {len(rows)} barang."]
                if len(prices) < len(rows)
                else []
            ),
        ],
        source="Register aset DKUMKMP Kota Balikpapan",
    )
