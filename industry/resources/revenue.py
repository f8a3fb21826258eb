"""The PAD sheet as the office prints it."""

import re

from balikpapan.intake.resources import Column, KeyIdentity, SheetResource
from balikpapan.intake.widgets import Choice, Code, Date, Money, Text, Year
from balikpapan.spreadsheets.cells import Finding
from facilities.choices import Month

from ..choices import BudgetStage, FigureStatus
from ..models import Revenue, RevenueAccount


class RevenueResource(SheetResource):
    """The PAD sheet: one row per source and year, or month of it."""

    register = "pad"
    label = "PAD"
    identity = KeyIdentity(("year", "month", "account_id", "source_name", "stage"))
    year_column = "year"
    naming = "source_name"
    missing_name = "Sumber penerimaan kosong. Isi sumbernya, atau hapus barisnya."
    required = (("source_name",), ("target", "realised"))
    required_label = "sumber penerimaan beserta target atau realisasi"

    year = Column("year", "Tahun", Year(), aliases="Tahun Anggaran; Tahun Data; TA", required=True)
    month = Column("month", "Bulan", Choice(Month, "bulan"), aliases="Bulan ke")
    account = Column(
        "account",
        "Kode Rekening",
        Code(re.compile(r"4\.1(\.\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?)?"), "kode rekening"),
        aliases="Rekening; No Rekening",
        target="account_id",
    )
    source_name = Column(
        "source_name",
        "Sumber Penerimaan",
        Text(),
        aliases=(
            "Uraian; Jenis Penerimaan; Sumber; Uraian Penerimaan; Jenis Retribusi; Objek "
            "Retribusi; Sumber PAD"
        ),
        required=True,
    )
    stage = Column(
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
    target = Column(
        "target", "Target (Rp)", Money(), aliases="Target; Target APBD; Target Tahunan; Target PAD"
    )
    realised = Column(
        "realised",
        "Realisasi (Rp)",
        Money(),
        aliases="Realisasi; Realisasi PAD; Jumlah Realisasi; Penerimaan",
    )
    as_of = Column("as_of", "Per Tanggal", Date(), aliases="Posisi Tanggal; Per Tgl")
    status = Column(
        "status",
        "Status Angka",
        Choice(FigureStatus, "status angka", {"Diaudit": "audited", "Audit": "audited"}),
        aliases="Status",
    )
    source = Column("source", "Sumber Data", Text())
    notes = Column("notes", "Catatan", Text(lines=True), aliases="Keterangan; Ket")

    class Meta:
        model = Revenue

    def prepare(self):
        return {
            "accounts": dict(RevenueAccount.objects.kept().values_list("code", "id")),
        }

    def derive(self, rows, options, problems):
        """A code the chart of accounts does not have is told, not guessed."""
        codes = rows.values.get("account")
        if codes is None:
            return
        accounts = options["accounts"]
        for index, code in enumerate(codes):
            if not isinstance(code, str):
                continue
            found = accounts.get(code)
            if found is None:
                message = (
                    f'Kode rekening "{code}" belum ada dalam daftar rekening. Tambahkan dahulu, '
                    "atau perbaiki kodenya."
                )
                finding = Finding("error", "unknown_account", message)
                rows.tell(problems, index, "account", finding, code)
            codes[index] = found

    def clashes(self, plan, options):
        """A source is realised monthly or once a year, never both."""
        periods = {}
        stored = Revenue.objects.kept().filter(realised__isnull=False)
        for year, source, month in stored.values_list("year", "source_name", "month"):
            periods.setdefault((year, source), set()).add(month is not None)
        for record in plan.new:
            if record.values.get("realised") is None:
                continue
            key = record.values.get("year"), record.values["source_name"]
            monthly = record.values.get("month") is not None
            if (not monthly) not in periods.get(key, set()):
                continue
            message = (
                "Realisasi sumber ini sudah dicatat per bulan untuk tahun itu; baris setahun "
                "hanya boleh memuat target."
                if not monthly
                else "Realisasi sumber ini sudah dicatat untuk setahun penuh."
            )
            yield record.place, "realised", message
