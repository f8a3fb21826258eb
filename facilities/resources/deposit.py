"""The ledger sheet of the cold storage: goods brought in, and what was taken out of them."""

from balikpapan.intake.resources import ChildRecord, KeyIdentity, SheetColumn, SheetResource
from balikpapan.intake.widgets import Date, Measure, RegisterNumber, Text

from ..models import Deposit, Withdrawal
from .deposit_rules import DepositRules
from .references import Room
from .storage import KILOGRAMS


class DepositResource(SheetResource):
    """The "Penitipan" sheet: one row per withdrawal, or per deposit of which nothing has gone.

    The tenant is the business of the register number or name given, else the name as written.
    """

    register = "penitipan"
    label = "penitipan cold storage"
    rules = DepositRules()
    identity = KeyIdentity(
        ("chamber_id", "business_id", "tenant_name", "commodity", "in_on", "receipt")
    )
    child = ChildRecord(Withdrawal, "deposit_id", ("out_on",), "pengambilan", bare=True)
    naming = "commodity"
    whole = ("chamber",)
    missing_name = "Komoditas kosong. Isi komoditasnya, atau hapus barisnya."
    required = (
        ("commodity",),
        ("chamber",),
        ("in_on",),
        ("kg", "kg_out"),
        ("business_number", "business_name", "tenant_name"),
    )
    required_label = "ruang, penyewa, komoditas, tanggal masuk, dan beratnya"

    in_on = SheetColumn(
        "in_on",
        "Masuk Tanggal",
        Date(),
        aliases="Tanggal Masuk; Tgl Masuk; Tanggal Titip; Tanggal Penitipan; Tanggal",
        required=True,
    )
    chamber = SheetColumn(
        "chamber",
        "Ruang",
        Room(),
        aliases="Nama Ruang; Ruangan; Ruang Cold Storage; Kamar; Chamber; Jenis Ruang; Layanan",
        target="chamber_id",
        path=("chamber__name", "chamber__facility__name"),
        required=True,
    )
    business_number = SheetColumn(
        "business_number",
        "Nomor Register IKM",
        RegisterNumber("IKM", "penyewa"),
        aliases="Nomor Register; No Register; Nomor IKM",
        stored=False,
        path="business_id",
    )
    business_name = SheetColumn(
        "business_name",
        "Nama Usaha",
        Text(),
        aliases="Nama IKM; Nama Perusahaan; Nama Industri; IKM; Usaha",
        stored=False,
        path="business__name",
    )
    tenant_name = SheetColumn(
        "tenant_name",
        "Nama Penyewa",
        Text(),
        aliases=(
            "Penyewa; Nama; Nama Pengguna; Pengguna; Nama Penitip; Penitip; Pemilik Barang; "
            "Nama Pemilik; Pemilik; Nama Pelanggan"
        ),
    )
    commodity = SheetColumn(
        "commodity",
        "Komoditas",
        Text(),
        aliases="Komoditi; Jenis Barang; Nama Barang; Barang; Jenis Komoditi; Jenis Komoditas",
        required=True,
    )
    kg = SheetColumn(
        "kg",
        "Berat (kg)",
        Measure(KILOGRAMS),
        aliases="Berat; Berat Masuk; Masuk (kg); Kg Masuk; Jumlah Masuk; Tonase; Jumlah (kg)",
        required=True,
    )
    receipt = SheetColumn(
        "receipt",
        "Nomor Bukti",
        Text(),
        aliases="No Bukti; Bukti; Nomor Nota; No Nota; Nota; Nomor Tanda Terima",
    )
    notes = SheetColumn("notes", "Catatan", Text(lines=True), aliases="Keterangan; Ket")
    out_on = SheetColumn(
        "out_on",
        "Keluar Tanggal",
        Date(),
        aliases="Tanggal Keluar; Tgl Keluar; Tanggal Ambil; Tanggal Pengambilan",
        child=True,
    )
    kg_out = SheetColumn(
        "kg_out",
        "Keluar (kg)",
        Measure(KILOGRAMS),
        aliases="Berat Keluar; Kg Keluar; Jumlah Keluar; Barang Keluar; Keluar; Diambil",
        target="kg",
        child=True,
    )
    notes_out = SheetColumn(
        "notes_out", "Catatan Pengambilan", Text(lines=True), target="notes", child=True
    )

    class Meta:
        model = Deposit

    @classmethod
    def whole_values(cls, name, options):
        return options["chambers"].first_names
