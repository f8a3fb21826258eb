"""The sheet of the leases of production units."""

from django.db.models import Q

from balikpapan.audit.periods import overlaps
from balikpapan.audit.record_faults import broken_checks
from balikpapan.intake.resources import (
    KeyIdentity,
    RowConflict,
    SheetColumn,
    SheetResource,
    SheetRules,
)
from balikpapan.intake.widgets import Date, Digits, Money, RegisterNumber, Text
from balikpapan.spreadsheets.cells import Finding, comparison_key, format_rupiah
from balikpapan.spreadsheets.tables.headings import period

from ..models import Lease, ProductionUnit
from .references import Place, places
from .tenants import Tenants, fill_tenants

TEXTS = ("tenant_name", "end_reason")
#: What the rules over several fields or rows look at.
JUDGED = ("unit_id", "start_on", "ended_on", "end_on", "business_id", *TEXTS)
#: The column that a broken rule is told at, by the first of its fields.
COLUMN_OF = {"business_id": "tenant_name", "end_reason": "end_reason"}
#: In place of a row's number: the sheet says nothing of this lease.
UNTOUCHED = -1


class LeaseRules(SheetRules):
    """Finds unit and tenant of each row, and holds leases that share a day of one unit."""

    reconciled_fields = frozenset({"business_id", "tenant_name"})

    def prepare(self):
        units = {}
        rows = ProductionUnit.objects.kept().values_list("id", "facility", "number")
        for key, facility, number in rows:
            units.setdefault(comparison_key(number), {})[facility] = key
        return {"facilities": places(), "units": units, "tenants": Tenants()}

    def fill_derived(self, rows, options, problems):
        matches = rows.fill("unit_id")
        cells = zip(rows.column("facility"), rows.column("unit_number"), strict=True)
        for index, (facility, number) in enumerate(cells):
            if not isinstance(number, str) or rows.is_aside(index) or index in rows.held:
                continue
            units = options["units"].get(comparison_key(number), {})
            if isinstance(facility, int):
                units = {facility: units[facility]} if facility in units else {}
            if len(units) == 1:
                [matches[index]] = units.values()
                continue
            message = (
                f'Unit "{number[:20]}" ada di {len(units)} sarana. Sebutkan sarananya.'
                if units
                else f'Unit "{number[:20]}" belum tercatat. Catat dahulu dalam daftar unit.'
            )
            finding = Finding("error", "doubtful_match" if units else "unknown_record", message)
            rows.tell(problems, index, "unit_number", finding, number)
        fill_tenants(rows, options["tenants"], problems)
        _divide_yearly_rents(rows, problems)

    def reconcile(self, stored, values, options, year=None):
        """A lease has one tenant: whom the sheet names takes the place of the stored one."""
        if values.get("business_id"):
            values["tenant_name"] = ""
        elif values.get("tenant_name"):
            values["business_id"] = None

    def check_across_rows(self, plan, options):
        rule, taken = Lease.no_overlap, []
        for values, place in leases_after(plan):
            taken.append((values["unit_id"], rule.period_of(values), place))
            if place != UNTOUCHED:
                for names, message in broken_checks(Lease.cross_checks(), values):
                    yield RowConflict(place, COLUMN_OF.get(min(names), "start_on"), message)
        for pair in overlaps(row for row in taken if None not in row):
            if max(pair) != UNTOUCHED:
                yield RowConflict(max(pair), "start_on", rule.message)


def _divide_yearly_rents(rows, problems):
    """A rent "per tahun" is kept as what it comes to in a month."""
    rents = rows.values.get("monthly_rent")
    headings = [places.get("monthly_rent", ("", ""))[1] for places in rows.places]
    for index, rent in enumerate(rents or ()):
        of_period = period(headings[rows.sheet_of[index]])
        if of_period in (None, "bulan") or not isinstance(rent, int):
            continue
        if of_period != "tahun":
            message = f"Sewa tertulis per {of_period}. Isi sewa per bulan."
            finding = Finding("error", "other_period", message)
            rows.tell(problems, index, "monthly_rent", finding, rent)
            continue
        rents[index] = (2 * rent + 12) // 24  # half a rupiah is rounded up
        is_whole = rents[index] * 12 == rent
        message = (
            f"Sewa setahun {format_rupiah(rent)} dibagi 12 menjadi {format_rupiah(rents[index])}."
        )
        finding = Finding("note" if is_whole else "warning", "period_applied", message)
        rows.tell(problems, index, "monthly_rent", finding, rent)


def leases_after(plan):
    """What every lease would say once the plan is carried out, and the row that says it."""
    changed = {record.id: record for record in plan.changed}
    standing = Q(archived_at=None) | Q(pk__in=changed)
    for row in Lease._base_manager.filter(standing).order_by("pk").values("pk", *JUDGED):
        record = changed.get(row["pk"])
        values = {**row, **record.after} if record else row
        yield by_field(values), record.place if record else UNTOUCHED
    for record in plan.new:
        blank = {name: "" if name in TEXTS else None for name in JUDGED}
        yield by_field(blank | record.values), record.place


def by_field(values: dict) -> dict:
    """The values with the tenant under the name that the rules of the model call it by."""
    return {**values, "business": values["business_id"]}


class LeaseResource(SheetResource):
    """The "Sewa Unit" sheet: one row per lease, known by its unit and first day."""

    register = "sewa"
    label = "sewa unit"
    rules = LeaseRules()
    identity = KeyIdentity(("unit_id", "start_on"))
    matching_columns = ("facility",)
    naming = "unit_number"
    required = (("unit_number",), ("start_on",))
    required_label = "nomor unit dan mulai sewa"
    missing_name = "Nomor unit kosong. Isi nomornya, atau hapus barisnya."

    facility = SheetColumn(
        "facility",
        "Sarana",
        Place(),
        aliases="Sentra; Nama Sentra; Nama Sarana; Lokasi; Lokasi Sentra",
        stored=False,
        path=("unit__facility__code", "unit__facility__name"),
    )
    unit_number = SheetColumn(
        "unit_number",
        "Nomor Unit",
        Text(),
        aliases=(
            "No Unit; Unit; Nomor Rumah Produksi; No Rumah Produksi; Nomor Kios; Blok; Nomor Rumah; "
            "No Rumah; Nomor Petak; No Petak; Kavling; Nomor Kavling; Kode Unit"
        ),
        stored=False,
        path="unit__number",
    )
    business_number = SheetColumn(
        "business_number",
        "Nomor Register IKM",
        RegisterNumber("IKM", "penyewa"),
        aliases="Nomor Register; No Register; Nomor IKM",
        stored=False,
        path="business_id",
    )
    nib = SheetColumn(
        "nib",
        "NIB",
        Digits("NIB", (13,)),
        aliases="NIB (13 digit); Nomor Induk Berusaha; No NIB; Nomor NIB",
        stored=False,
        exported=False,
    )
    business_name = SheetColumn(
        "business_name",
        "Nama Usaha",
        Text(),
        aliases="Nama IKM; Nama Perusahaan; IKM; Usaha",
        stored=False,
        path="business__name",
    )
    tenant_name = SheetColumn(
        "tenant_name", "Nama Penyewa", Text(), aliases="Penyewa; Nama; Nama Pengguna"
    )
    agreement = SheetColumn(
        "agreement", "Nomor Perjanjian", Text(), aliases="No Perjanjian; Nomor Kontrak; No Kontrak"
    )
    start_on = SheetColumn(
        "start_on",
        "Mulai Sewa",
        Date(end="end_on"),
        aliases=(
            "Mulai; Tanggal Mulai; Masa Sewa; Awal Sewa; Mulai Menyewa; Jangka Waktu; Jangka Waktu "
            "Sewa; Periode Sewa; Masa Perjanjian; Tanggal Mulai Sewa"
        ),
        required=True,
    )
    end_on = SheetColumn(
        "end_on",
        "Akhir Sewa",
        Date(is_until=True),
        aliases="Selesai; Berakhir; Tanggal Selesai; Sampai; Berlaku Sampai",
    )
    monthly_rent = SheetColumn(
        "monthly_rent",
        "Sewa per Bulan (Rp)",
        Money(),
        aliases="Sewa; Sewa per Bulan; Harga Sewa; Tarif Sewa; Sewa Bulanan; Tarif; Nilai Sewa; Retribusi",
    )
    ended_on = SheetColumn(
        "ended_on", "Diakhiri pada", Date(), aliases="Tanggal Diakhiri; Dihentikan pada; Keluar"
    )
    end_reason = SheetColumn(
        "end_reason", "Alasan Diakhiri", Text(), aliases="Alasan; Sebab Berhenti; Alasan Keluar"
    )
    notes = SheetColumn("notes", "Catatan", Text(lines=True), aliases="Keterangan; Ket")

    class Meta:
        model = Lease
