"""The sheet of the places the city runs."""

from balikpapan.intake.resources import RuleIdentity, SheetColumn, SheetResource, SheetRules
from balikpapan.intake.widgets import (
    Choice,
    Date,
    Degrees,
    Measure,
    Region,
    RegisterNumber,
    Text,
    Year,
)
from balikpapan.regions.extent import warn_outside_city
from balikpapan.regions.matching import RegionNames

from ..choices import FacilityKind, FacilityStatus
from ..models import Facility
from .references import Place, places


class FacilityRules(SheetRules):
    """What the cells of this sheet refer to: regions, and places recorded before."""

    def prepare(self):
        return {"regions": RegionNames(), "facilities": places()}

    def warn_implausible(self, rows, options, problems):
        warn_outside_city(rows, problems)


class FacilityResource(SheetResource):
    """The "Sarana" sheet: one row per centre, building or plant, known by its code or name.

    A row may belong to another place only if that one is recorded already: the centre first,
    then, with the same file once more, what stands in it.
    """

    register = "fasilitas"
    label = "sarana"
    rules = FacilityRules()
    identity = RuleIdentity(number="SAR", unique=("code",), noun="sarana")
    required = (("name",), ("kind", "code", "address", "built_year"))
    required_label = "nama sarana dan jenis, kode, alamat, atau tahun dibangun"
    missing_name = "Nama sarana kosong. Isi namanya, atau hapus barisnya."

    number = SheetColumn(
        "id",
        "Nomor Register",
        RegisterNumber("SAR", "sarana"),
        aliases="No Register",
        stored=False,
    )
    code = SheetColumn("code", "Kode", Text(), aliases="Kode Sarana; Singkatan")
    name = SheetColumn(
        "name",
        "Nama Sarana",
        Text(),
        aliases=(
            "Nama; Sarana; Nama Fasilitas; Fasilitas; Nama Gedung; Nama Bangunan; Nama Sentra; "
            "Sentra"
        ),
    )
    kind = SheetColumn(
        "kind",
        "Jenis",
        Choice(
            FacilityKind,
            "jenis sarana",
            {
                "Sentra": "centre",
                "Sentra IKM": "centre",
                "Gedung": "building",
                "Gedung Produksi": "building",
                "Rumah Produksi": "building",
                "Gudang Beku": "cold_storage",
                "Workshop": "workshop",
                "Kantor UPTD": "office",
                "IPAL": "utility",
                "Utilitas": "utility",
            },
        ),
        aliases="Jenis Sarana; Jenis Fasilitas; Kategori",
        required=True,
    )
    parent = SheetColumn(
        "parent",
        "Bagian dari",
        Place("sarana induk"),
        aliases="Induk; Sarana Induk; Lokasi Sentra; Bagian Dari Sentra",
        target="parent_id",
        path=("parent__code", "parent__name"),
    )
    status = SheetColumn(
        "status",
        "Status",
        Choice(
            FacilityStatus,
            "status sarana",
            {"Aktif": "operating", "Rencana": "planned", "Tidak aktif": "idle"},
        ),
        aliases="Status Operasi",
    )
    address = SheetColumn("address", "Alamat", Text(), aliases="Lokasi; Letak; Alamat Lengkap")
    kelurahan = SheetColumn(
        "kelurahan", "Kelurahan", Region("kelurahan"), aliases="Kel; Desa", target="kelurahan_id"
    )
    latitude = SheetColumn(
        "latitude", "Lintang", Degrees(other="longitude"), aliases="Latitude; Lat"
    )
    longitude = SheetColumn(
        "longitude",
        "Bujur",
        Degrees(other="latitude", is_longitude=True),
        aliases="Longitude; Long; Lng",
    )
    land_area_m2 = SheetColumn(
        "land_area_m2",
        "Luas Lahan (m²)",
        Measure(("m2", "m²")),
        aliases="Luas Lahan; Luas Tanah; Luas Lahan (M2); Luas Tanah (M2)",
    )
    floor_area_m2 = SheetColumn(
        "floor_area_m2",
        "Luas Lantai (m²)",
        Measure(("m2", "m²")),
        aliases="Luas Lantai; Luas Bangunan; Luas Lantai (M2); Luas Bangunan (M2)",
    )
    built_year = SheetColumn(
        "built_year",
        "Tahun Dibangun",
        Year(of_event=True),
        aliases="Tahun Pembangunan; Tahun Bangun; Dibangun",
    )
    operational_on = SheetColumn(
        "operational_on", "Mulai Beroperasi", Date(), aliases="Tanggal Operasi; Beroperasi Sejak"
    )
    manager = SheetColumn("manager", "Pengelola", Text(), aliases="Penanggung Jawab; UPTD")
    notes = SheetColumn("notes", "Catatan", Text(lines=True), aliases="Keterangan; Ket")

    @classmethod
    def preferences(cls):
        return dict.fromkeys(Degrees.pair_headings, ("latitude", ""))

    class Meta:
        model = Facility
