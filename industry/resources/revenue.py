"""The PAD sheet as the office prints it."""

import re

from balikpapan.intake.resources import KeyIdentity, SheetColumn, SheetResource
from balikpapan.intake.widgets import Choice, Code, Date, Money, MonthName, Text, Year
from balikpapan.spreadsheets.cells import Finding, comparison_key, format_rupiah
from facilities.choices import Month

from ..choices import BudgetStage, FigureStatus
from ..models import Revenue, RevenueAccount
from ..models.revenue import AMOUNTS, period_clash
from .revenue_forms import RevenueForms
from .revenue_groups import RevenueGroups

#: How far a year may lie from the one before without a question.
DOUBLE, HALF = 2, 0.5


class RevenueResource(RevenueForms, RevenueGroups, SheetResource):
    """The PAD sheet: one row per source and year, or month of it; see ``RevenueForms``."""

    register = "pad"
    label = "PAD"
    identity = KeyIdentity(("year", "month", "account_id", "source_name", "stage"))
    year_column = "year"
    naming = "source_name"
    missing_name = "Sumber penerimaan kosong. Isi sumbernya, atau hapus barisnya."
    required = (("source_name",), ("target", "year_target", "realised", "realised_to_date"))
    required_label = "sumber penerimaan beserta target atau realisasi"

    year = SheetColumn(
        "year", "Tahun", Year(), aliases="Tahun Anggaran; Tahun Data; TA", required=True
    )
    month = SheetColumn("month", "Bulan", MonthName(Month, "bulan"), aliases="Bulan ke")
    account = SheetColumn(
        "account",
        "Kode Rekening",
        Code(re.compile(r"4(\.1(\.\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?)?)?"), "kode rekening"),
        aliases="Rekening; No Rekening",
        target="account_id",
        path="account__code",
    )
    source_name = SheetColumn(
        "source_name",
        "Sumber Penerimaan",
        Text(),
        aliases=(
            "Uraian; Jenis Penerimaan; Sumber; Uraian Penerimaan; Jenis Retribusi; Objek "
            "Retribusi; Sumber PAD"
        ),
        required=True,
    )
    stage = SheetColumn(
        "stage",
        "Tahapan",
        Choice(
            BudgetStage,
            "tahapan",
            {
                "Penetapan": "original",
                "APBD Murni": "original",
                "Murni": "original",
                "APBD Perubahan": "revised",
                "APBD-P": "revised",
            },
        ),
        aliases="Tahapan APBD; Tahapan Anggaran",
        default=BudgetStage.ORIGINAL,
    )
    target = SheetColumn(
        "target", "Target (Rp)", Money(), aliases="Target; Target APBD; Target Tahunan; Target PAD"
    )
    realised = SheetColumn(
        "realised",
        "Realisasi (Rp)",
        Money(),
        aliases=(
            "Realisasi; Realisasi PAD; Jumlah Realisasi; Penerimaan; Realisasi Bulan Ini; "
            "Realisasi Bln Ini; Penerimaan Bulan Ini"
        ),
    )
    realised_before = SheetColumn(
        "realised_before",
        "Realisasi Bulan Lalu (Rp)",
        Money(),
        aliases="Realisasi Bulan Lalu; Realisasi s/d Bulan Lalu; Realisasi Bln Lalu; Realisasi S/D Bln Lalu",
        stored=False,
        exported=False,
    )
    realised_to_date = SheetColumn(
        "realised_to_date",
        "Realisasi s/d Bulan Ini (Rp)",
        Money(),
        aliases=(
            "Realisasi s/d Bulan Ini; Realisasi S/D Bln Ini; Realisasi s.d. Bulan Ini; Realisasi "
            "sampai dengan Bulan Ini"
        ),
        stored=False,
        exported=False,
    )
    year_target = SheetColumn(
        "year_target",
        "Target Setahun (Rp)",
        Money(),
        stored=False,
        exported=False,
    )
    as_of = SheetColumn("as_of", "Per Tanggal", Date(), aliases="Posisi Tanggal; Per Tgl")
    status = SheetColumn(
        "status",
        "Status Angka",
        Choice(FigureStatus, "status angka", {"Diaudit": "audited", "Audit": "audited"}),
        aliases="Status",
    )
    source = SheetColumn("source", "Sumber Data", Text())
    notes = SheetColumn("notes", "Catatan", Text(lines=True), aliases="Keterangan; Ket")

    class Meta:
        model = Revenue

    def prepare(self):
        return {
            "accounts": dict(RevenueAccount.objects.kept().values_list("code", "id")),
        }

    def fill_derived(self, rows, options, problems):
        self.read_forms(rows, problems)
        self.weigh_groups(rows, problems)
        self.child_targets(rows)
        self._accounts(rows, options, problems)

    def _accounts(self, rows, options, problems):
        """A code the chart of accounts does not have is told, not guessed."""
        codes = rows.values.get("account")
        if codes is None:
            return
        accounts = options["accounts"]
        for index, code in enumerate(codes):
            if not isinstance(code, str):
                continue
            found = accounts.get(code)
            if found is None and not rows.is_aside(index):
                message = (
                    f'Kode rekening "{code}" belum ada dalam daftar rekening. Tambahkan dahulu, '
                    "atau perbaiki kodenya."
                )
                finding = Finding("error", "unknown_account", message)
                rows.tell(problems, index, "account", finding, code)
            codes[index] = found

    def warn_implausible(self, rows, options, problems):
        """A year that doubles or halves what its source brought the year before is looked at."""
        sums = {}
        stored = Revenue.objects.kept().filter(realised__isnull=False)
        for year, source, realised in stored.values_list("year", "source_name", "realised"):
            key = (year, comparison_key(source))
            sums[key] = sums.get(key, 0) + realised
        names = ("year", "source_name", "month", "realised")
        said = {}
        for index, (year, source, month, realised) in enumerate(
            zip(*map(rows.column, names), strict=True)
        ):
            whole = isinstance(year, int) and isinstance(source, str) and month is None
            if whole and isinstance(realised, int) and not rows.is_aside(index):
                said[index] = (year, comparison_key(source), realised)
        sums.update({(year, source): amount for year, source, amount in said.values()})
        for index, (year, source, realised) in said.items():
            before = sums.get((year - 1, source))
            if not before or HALF * before < realised < DOUBLE * before:
                continue
            change = abs(realised - before) * 100 // before
            message = (
                f"{format_rupiah(realised)} terhadap {format_rupiah(before)} pada {year - 1}, "
                f"{'naik' if realised > before else 'turun'} {change}%: benar? Periksa angka "
                "dan satuannya."
            )
            finding = Finding("warning", "implausible", message)
            rows.tell(problems, index, "realised", finding, realised)

    def check_across_rows(self, plan, options):
        """An amount of a source stands monthly or once a year, never both."""
        for index, (target, row) in self.two_targets:
            message = (
                f"Target setahun berbeda dari baris {row} ({format_rupiah(target)}). Samakan "
                "keduanya, atau sebutkan tahapannya."
            )
            yield index, "target", message
        columns = ("pk", "year", "source_name", "month", *AMOUNTS)
        rows = {key: rest for key, *rest in Revenue.objects.kept().values_list(*columns)}
        periods = {}
        for year, source, month, *amounts in rows.values():
            note_amounts(periods, (year, source), month, amounts)
        for record in (*plan.new, *plan.changed):
            values = self._values_of(record, rows)
            key, monthly = (values["year"], values["source_name"]), values["month"] is not None
            for name in AMOUNTS:
                if values[name] is not None and (not monthly) in periods.get((*key, name), ()):
                    yield record.place, name, period_clash(name, monthly=monthly)
                    break
            else:
                amounts = [values[name] for name in AMOUNTS]
                note_amounts(periods, key, values["month"], amounts)

    def _values_of(self, record, rows):
        """What the row would say once written."""
        names = ("year", "source_name", "month", *AMOUNTS)
        written = getattr(record, "after", None)
        if written is None:
            return {name: record.values.get(name) for name in names}
        return {**dict(zip(names, rows.get(record.id, [None] * 5), strict=True)), **written}


def note_amounts(periods: dict, key: tuple, month: int | None, amounts) -> None:
    """Remembers that a source of a year states these amounts monthly, or for the year."""
    for name, amount in zip(AMOUNTS, amounts, strict=True):
        if amount is not None:
            periods.setdefault((*key, name), set()).add(month is not None)
