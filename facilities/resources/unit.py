"""The sheet of the production units of the centres."""

from balikpapan.intake.resources import KeyIdentity, SheetColumn, SheetResource, SheetRules
from balikpapan.intake.widgets import Choice, Measure, Text, Whole, Year

from ..choices import Condition, UnitKind
from ..models import ProductionUnit
from .asset import CONDITIONS
from .references import Place, places


class UnitRules(SheetRules):
    """What the cells of this sheet refer to: places recorded before."""

    def prepare(self):
        return {"facilities": places()}


class ProductionUnitResource(SheetResource):
    """The "Unit Produksi" sheet: one row per unit, known by its place and number."""

    register = "unit"
    label = "unit produksi"
    rules = UnitRules()
    identity = KeyIdentity(("facility_id", "number"))
    naming = "number"
    whole = ("facility",)
    required = (("number",), ("facility",))
    required_label = "sarana dan nomor unit"
    missing_name = "Nomor unit kosong. Isi nomornya, atau hapus barisnya."

    facility = SheetColumn(
        "facility",
        "Sarana",
        Place(),
        aliases="Sentra; Nama Sentra; Nama Sarana; Lokasi; Lokasi Sentra",
        target="facility_id",
        path=("facility__code", "facility__name"),
        required=True,
    )
    number = SheetColumn(
        "number",
        "Nomor Unit",
        Text(),
        aliases=(
            "No Unit; Unit; Nomor Rumah Produksi; No Rumah Produksi; Nomor Kios; Blok; Nomor Rumah; "
            "No Rumah; Nomor Petak; No Petak; Kavling; Nomor Kavling; Kode Unit"
        ),
        required=True,
    )
    kind = SheetColumn(
        "kind",
        "Jenis",
        Choice(
            UnitKind,
            "jenis unit",
            {"Rumah": "house", "Petak": "plot", "Kavling": "plot", "Ruko": "kiosk"},
        ),
        aliases="Jenis Unit; Jenis Bangunan",
        default="house",
    )
    area_m2 = SheetColumn(
        "area_m2", "Luas (m²)", Measure(("m2", "m²")), aliases="Luas; Luas (M2); Luas Unit"
    )
    condition = SheetColumn(
        "condition",
        "Kondisi",
        Choice(Condition, "kondisi", CONDITIONS),
        aliases="Keadaan; Kondisi Bangunan; Kondisi Unit",
    )
    built_year = SheetColumn(
        "built_year",
        "Tahun Dibangun",
        Year(of_event=True),
        aliases="Tahun Pembangunan; Dibangun; Tahun Bangun",
    )
    plan_x = SheetColumn("plan_x", "Letak dari Kiri", Whole(), aliases="Denah X")
    plan_y = SheetColumn("plan_y", "Letak dari Atas", Whole(), aliases="Denah Y")
    plan_width = SheetColumn("plan_width", "Lebar di Denah", Whole(), aliases="Denah Lebar")
    plan_height = SheetColumn("plan_height", "Tinggi di Denah", Whole(), aliases="Denah Tinggi")
    notes = SheetColumn("notes", "Catatan", Text(lines=True), aliases="Keterangan; Ket")

    class Meta:
        model = ProductionUnit

    @classmethod
    def whole_values(cls, name, options):
        return options["facilities"].first_names
