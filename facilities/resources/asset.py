"""The inventory cards (KIB A to F, KIR) and the newer inventory table of regional property."""

import re
from functools import cached_property

from balikpapan.intake.resources import ChildRecord, KeyIdentity, SheetColumn, SheetResource
from balikpapan.intake.widgets import Choice, Code, Date, Measure, Money, Text, Whole, Year

from ..choices import AcquisitionMethod, Condition, Funding, Kib, UsageStatus
from ..models import Asset, ConditionCheck
from .asset_rules import AssetRules
from .asset_widgets import AcquisitionOrigin, Register
from .references import Place

#: The national code of seven levels, and the codes of older cards: levels parted by points.
ITEM_CODE = re.compile(r"\d{1,2}(\.\d{1,4}){2,9}")
CONDITIONS = {
    "B": "good",
    "Bagus": "good",
    "KB": "light_damage",
    "Kurang Baik": "light_damage",
    "RR": "light_damage",
    "Rusak Sedang": "light_damage",
    "RB": "heavy_damage",
}


def extra(name, heading, widget=None, aliases=""):
    """A column of a card that has no field of its own; it is written into the specification."""
    return SheetColumn(
        name, heading, widget or Text(), aliases=aliases, stored=False, exported=False
    )


#: The code of goods of card F until they are finished.
WORK_IN_PROGRESS = "1.3.6.01.01.01.001"


class AssetResource(SheetResource):
    """The asset sheet: one row per item, known by its kode barang and register.

    What only some cards have (bahan, nomor mesin, sertifikat) goes into the specification with
    its heading. A condition is a dated check: of the day the sheet states, else of the day in its
    title, else of the upload; a check that repeats the last known condition adds nothing.
    """

    register = "aset"
    label = "aset"
    identity = KeyIdentity(("item_code", "register"))
    child = ChildRecord(ConditionCheck, "asset_id", ("checked_on",), "kondisi aset", newest=True)
    required = (("name",), ("item_code",))
    required_label = "nama barang dan kode barang"
    #: A card F has no column of codes: its goods share that of work in progress.
    whole = ("item_code",)
    about_one = re.compile(r"\bKIB\W{0,3}F\b|konstruksi dalam pengerjaan", re.IGNORECASE)
    missing_name = "Nama barang kosong. Isi namanya, atau hapus barisnya."
    needs = ("kib", "acquired_year")
    goods_number = "register"
    goods_sums = ("quantity", "acquisition_value")

    item_code = SheetColumn(
        "item_code",
        "Kode Barang",
        Code(ITEM_CODE, "kode barang"),
        aliases="Kode; Nomor Kode Barang; No Kode Barang; Kode Aset; Kode Barang/Aset",
        required=True,
    )
    item_register = SheetColumn(
        "register",
        "Nomor Register",
        Register(),
        aliases="Register; No Register; No. Reg; Reg; NUP; Nomor Urut Pendaftaran; Nomor No Register",
    )
    nibar = SheetColumn("nibar", "NIBAR", Text())
    name = SheetColumn(
        "name",
        "Nama Barang",
        Text(),
        aliases=(
            "Jenis/Nama Barang; Jenis Barang/Nama Barang; Nama/Jenis Barang; Jenis/Nama; Nama "
            "Aset; Nama; Jenis Barang; Uraian; Nama Barang/Jenis Barang"
        ),
        required=True,
    )
    kib = SheetColumn(
        "kib", "KIB", Choice(Kib, "KIB", {f"KIB {letter}": letter for letter in Kib.values})
    )
    specification = SheetColumn(
        "specification",
        "Spesifikasi",
        Text(),
        aliases="Spesifikasi Nama Barang; Spesifikasi Barang; Buku/Perpustakaan Spesifikasi",
    )
    brand = SheetColumn(
        "brand", "Merek/Tipe", Text(), aliases="Merk/Type; Merk/Tipe; Merk; Merek; Merk/Model; Type"
    )
    serial_number = SheetColumn(
        "serial_number",
        "Nomor Seri",
        Text(),
        aliases="Nomor Pabrik; No Pabrik; No Seri Pabrik; Nomor Seri Pabrik; No Seri; Pabrik",
    )
    area_m2 = SheetColumn(
        "area_m2",
        "Luas (m²)",
        Measure(("m2", "m²")),
        aliases="Luas Lantai (M2); Luas Lantai; Luas Bangunan (M2); Luas Bangunan",
    )
    quantity = SheetColumn(
        "quantity",
        "Jumlah",
        Whole(),
        aliases=(
            "Jumlah Barang; Banyaknya; Banyak; Banyaknya Barang; Volume; Kuantitas; Jml; Jml Barang; "
            "Jumlah Unit; Jml Unit; Qty; Jumlah Barang/Register"
        ),
    )
    unit = SheetColumn("unit", "Satuan", Text(), aliases="Satuan Barang")
    acquired_on = SheetColumn(
        "acquired_on",
        "Tanggal Perolehan",
        Date(),
        aliases="Tgl Perolehan; Tanggal BAST; Tanggal Pembelian; Tanggal Pengadaan",
    )
    acquired_year = SheetColumn(
        "acquired_year",
        "Tahun Perolehan",
        Year(of_event=True),
        aliases=(
            "Tahun Pengadaan; Tahun Pembelian; Tahun; Tahun Cetak/Pembelian; Tahun "
            "Cetak/Pembuatan; Tahun Beli; Tahun Pembuatan/Pembelian"
        ),
    )
    acquisition_method = SheetColumn(
        "acquisition_method",
        "Cara Perolehan",
        Choice(AcquisitionMethod, "cara perolehan", {"Beli": "purchase", "Sumbangan": "grant"}),
    )
    funding = SheetColumn(
        "funding", "Sumber Dana", Choice(Funding, "sumber dana"), aliases="Sumber Pembiayaan"
    )
    origin = SheetColumn(
        "origin",
        "Asal Usul",
        AcquisitionOrigin(),
        aliases="Asal-usul; Asal Usul Pembiayaan; Asal/Usul; Asal Usul Perolehan; Asal Usul Barang",
        stored=False,
        exported=False,
    )
    acquisition_value = SheetColumn(
        "acquisition_value",
        "Nilai Perolehan (Rp)",
        Money(),
        aliases=(
            "Nilai Perolehan; Harga; Harga Perolehan; Nilai; Nilai Aset; Nilai Kontrak; Harga "
            "Barang; Jumlah Harga; Nilai Barang; Nilai Total; Total Nilai; Total Harga; Harga Total; "
            "Harga Beli; Harga Pembelian; Nilai Pembelian; Harga s/d; Nilai Perolehan Barang; Total "
            "Nilai Perolehan; Nilai Perolehan Total; Jumlah Nilai; Harga Satuan x Jumlah; Jumlah x "
            "Harga Satuan; Nilai Harga; Harga Beli/Perolehan"
        ),
    )
    unit_price = SheetColumn(
        "unit_price",
        "Harga Satuan (Rp)",
        Money(),
        aliases=(
            "Harga Satuan; Nilai Perolehan Satuan; Nilai Satuan; Harga Perolehan Satuan; Harga "
            "Satuan Barang; Harga per Unit; Harga per Satuan"
        ),
        stored=False,
        exported=False,
    )
    usage_status = SheetColumn(
        "usage_status",
        "Status Penggunaan",
        Choice(
            UsageStatus,
            "status penggunaan",
            {
                "Digunakan sendiri": "own",
                "Pinjam pakai": "lent",
                "Sewa": "rented",
                "Hilang": "lost",
                "Idle": "idle",
            },
        ),
        aliases="Status Keberadaan",
    )
    facility = SheetColumn(
        "facility",
        "Sarana",
        Place(),
        aliases="Nama Sarana; Kode Sarana; Fasilitas",
        target="facility_id",
        path=("facility__code", "facility__name"),
    )
    location = SheetColumn(
        "location",
        "Letak/Alamat",
        Text(),
        aliases="Letak; Alamat; Lokasi; Letak/Lokasi Alamat; Letak/Lokasi; Lokasi Barang; Ruangan",
    )
    holder = SheetColumn("holder", "Pemegang", Text(), aliases="Pengguna; Penanggung Jawab")
    notes = SheetColumn(
        "notes",
        "Catatan",
        Text(lines=True),
        aliases="Keterangan; Ket; Keterangan Mutasi; Keterangan Mutasi dll; Mutasi dll",
    )
    condition = SheetColumn(
        "condition",
        "Kondisi",
        Choice(Condition, "kondisi", CONDITIONS),
        aliases="Kondisi Bangunan; Keadaan; Keadaan Barang; Kondisi Barang; Kondisi Aset",
        child=True,
    )
    checked_on = SheetColumn(
        "checked_on",
        "Tanggal Kondisi",
        Date(),
        aliases="Kondisi Per Tanggal; Tanggal Pemeriksaan; Tanggal Inventarisasi; Tgl Kondisi",
        child=True,
    )
    checked_by = SheetColumn(
        "checked_by", "Diperiksa Oleh", Text(), aliases="Pemeriksa; Petugas Pemeriksa", child=True
    )
    check_notes = SheetColumn(
        "check_notes", "Catatan Kondisi", Text(lines=True), target="notes", child=True
    )
    # The room list ticks one of three columns.
    good = extra(
        "good",
        "Keadaan Baik",
        aliases=(
            "Keadaan B; Kondisi B; Keadaan Barang B; Baik; Baik (B); Keadaan Barang Baik; Kondisi "
            "Baik; Keadaan Barang Baik (B)"
        ),
    )
    light = extra(
        "light",
        "Keadaan Kurang Baik",
        aliases=(
            "Keadaan KB; Keadaan RR; Kondisi KB; Kondisi RR; Keadaan Barang KB; Kurang Baik; Kurang "
            "Baik (KB); Rusak Ringan; Rusak Ringan (RR); Keadaan Barang Kurang Baik; Kondisi Rusak "
            "Ringan; Keadaan Barang Kurang Baik (KB); Rusak Sedang"
        ),
    )
    heavy = extra(
        "heavy",
        "Keadaan Rusak Berat",
        aliases=(
            "Keadaan RB; Kondisi RB; Keadaan Barang RB; Rusak Berat; Rusak Berat (RB); Keadaan "
            "Barang Rusak Berat; Kondisi Rusak Berat; Keadaan Barang Rusak Berat (RB)"
        ),
    )
    # What the cards say in columns of their own.
    size = extra("size", "Ukuran", aliases="Ukuran/CC; Ukuran CC")
    material = extra("material", "Bahan")
    chassis = extra("chassis", "Nomor Rangka", aliases="Rangka; No Rangka")
    engine = extra("engine", "Nomor Mesin", aliases="Mesin; No Mesin")
    plate = extra("plate", "Nomor Polisi", aliases="Polisi; No Polisi")
    ownership = extra("ownership", "Nomor BPKB", aliases="BPKB; No BPKB")
    construction = extra("construction", "Konstruksi")
    storeys = SheetColumn(
        "storeys",
        "Bertingkat",
        Text(),
        aliases="Bertingkat/Tidak; Konstruksi Bertingkat/Tidak; Konstruksi Bertingkat; Jumlah Lantai",
    )
    concrete = SheetColumn(
        "concrete",
        "Beton",
        Text(),
        aliases="Beton/Tidak; Konstruksi Beton/Tidak; Konstruksi Beton",
    )
    building = extra("building", "Bangunan", aliases="Bangunan (P, SP, D)")
    length = extra("length", "Panjang (km)", Measure(("km",)), aliases="Panjang; Panjang (Km)")
    width = extra("width", "Lebar (m)", Measure(("m",)), aliases="Lebar; Lebar (M)")
    land_area = SheetColumn(
        "land_area_m2", "Luas Tanah (m²)", Measure(("m2", "m²")), aliases="Luas Tanah"
    )
    right = extra("right", "Hak", aliases="Status Tanah Hak; Status Hak; Hak Tanah")
    document_on = SheetColumn(
        "document_on",
        "Tanggal Dokumen",
        Date(),
        aliases=(
            "Dokumen Gedung Tanggal; Dokumen Tanggal; Sertifikat Tanggal; Tanggal Sertifikat; "
            "Status Tanah Sertifikat Tanggal; Tanggal"
        ),
    )
    document = SheetColumn(
        "document_number",
        "Nomor Dokumen",
        Text(),
        aliases=(
            "Dokumen Gedung Nomor; Dokumen Nomor; Sertifikat Nomor; Nomor Sertifikat; Status "
            "Tanah Sertifikat Nomor"
        ),
    )
    land_status = SheetColumn(
        "land_status", "Status Tanah", Text(), aliases="Status Kepemilikan Tanah"
    )
    land_code = SheetColumn(
        "land_code", "Nomor Kode Tanah", Text(), aliases="No Kode Tanah; Kode Tanah"
    )
    started_on = extra(
        "started_on", "Tanggal Mulai", Date(), aliases="Tgl Mulai; Tgl Bln Thn Mulai"
    )
    use = extra("use", "Penggunaan")
    title = extra("title", "Judul/Pencipta", aliases="Buku/Perpustakaan Judul/Pencipta")
    origin_area = extra("origin_area", "Asal Daerah")
    creator = extra("creator", "Pencipta")
    animal = extra(
        "animal", "Jenis Hewan/Tumbuhan", aliases="Hewan/Ternak dan Tumbuhan Jenis; Jenis"
    )
    more = extra("more", "Spesifikasi Lainnya")

    class Meta:
        model = Asset

    @classmethod
    def whole_values(cls, name, options):
        return [WORK_IN_PROGRESS]

    @cached_property
    def rules(self):
        """The rules of the inventory cards, which write headings into the specification."""
        return AssetRules(self.columns())

    @classmethod
    def columns(cls):
        """The field "register" bears the name by which resources say which register they are."""
        return {
            "register" if name == "item_register" else name: column
            for name, column in super().columns().items()
        }

    @classmethod
    def preferences(cls):
        # On the card of buildings "Luas (M2)" stands beside the floor area and means the land.
        return {"Luas (M2)": ("area_m2", "land_area"), "Nomor": ("document",)}
