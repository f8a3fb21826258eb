"""The PAD sheet as the office prints it."""

import re
from dataclasses import replace

from balikpapan.intake.resources import CombinedRules, KeyIdentity, SheetColumn, SheetResource
from balikpapan.intake.widgets import Choice, Code, Date, Money, MonthName, Text, Year
from balikpapan.spreadsheets.cells.months import MONTHS, named_month
from facilities.choices import Month

from ..choices import BudgetStage, FigureStatus
from ..models import Revenue, RevenueSource
from .revenue_forms import RevenueFormRules, stage_in
from .revenue_groups import RevenueGroupRules
from .revenue_months import (
    MONTH_COLUMNS,
    MonthColumnRules,
    leave_out_divided_months,
    month_column,
    take_target_of_year,
    take_titled_targets,
)
from .revenue_parts import PART_COLUMNS, PartOfYearRules, part_column, part_in
from .revenue_source_rules import RevenueWarnings, SourceRules
from .revenue_stages import STAGE_COLUMNS, StageTargetRules
from .revenue_targets import YearTargetRules
from .year_words import YEAR_WORDS


class RevenueResource(SheetResource):
    """The PAD sheet: one row per source and year, or month of it; see ``RevenueFormRules``."""

    register = "pad"
    label = "PAD"
    identity = KeyIdentity(("year", "month", "source_key", "stage"))
    related = RevenueSource
    rules = CombinedRules(
        RevenueGroupRules(),
        StageTargetRules(),
        RevenueFormRules(),
        MonthColumnRules(),
        PartOfYearRules(),
        SourceRules(),
        YearTargetRules(),
        RevenueWarnings(),
    )
    year_column = "year"
    wide = ("source_name", "year", "month")
    confirms_wide = True
    whole = whole_texts = ("source_name",)
    titled_amounts = (
        ("target", r"\b(?:target|anggaran|pagu)\b"),
        ("realised", r"\b(?:realisasi|penerimaan|setoran)\b"),
    )
    matching_columns = ("account",)
    likeliest_amount = "realised"
    naming = "source_name"
    missing_name = "Sumber penerimaan kosong. Isi sumbernya, atau hapus barisnya."
    double_advice = (
        "Satu sumber dicatat sekali: bila keduanya milik kelompok atau tempat yang berbeda, bedakan "
        "namanya, misalnya «Sewa Rumah SIKS»; bila sama, jadikan satu baris."
    )
    required = (
        ("source_name",),
        (
            "target",
            "year_target",
            "realised",
            "realised_to_date",
            *MONTH_COLUMNS,
            *PART_COLUMNS,
            *STAGE_COLUMNS,
        ),
    )
    required_label = "sumber penerimaan beserta target atau realisasi"

    year = SheetColumn(
        "year", "Tahun", Year(), aliases="Tahun Anggaran; Tahun Data; TA", required=True
    )
    month = SheetColumn(
        "month", "Bulan", MonthName(Month, "bulan", year="year"), aliases="Bulan ke"
    )
    account = SheetColumn(
        "account",
        "Kode Rekening",
        Code(
            re.compile(r"4(\.1(\.\d{1,2}(\.\d{2}(\.\d{2}(\.\d{2,5}){0,4})?)?)?)?"), "kode rekening"
        ),
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
            "Retribusi; Sumber PAD; Jenis Pendapatan; Uraian Pendapatan; Sumber Pendapatan; Jenis PAD; "
            "Objek Pendapatan; Uraian Rekening; Nama Rekening; Nama Retribusi; Sumber Penerimaan PAD"
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
        "target",
        "Target (Rp)",
        Money(),
        aliases=(
            "Target; Target APBD; Target Tahunan; Target PAD; Anggaran; Pagu Anggaran; Target "
            "Penerimaan; Target Pendapatan; Anggaran Pendapatan; Jumlah Anggaran"
        ),
    )
    target_original = SheetColumn(
        "target_original",
        "Target Murni (Rp)",
        Money(),
        aliases=(
            "Target Murni; Anggaran Murni; APBD Murni; Murni; Target Sebelum Perubahan; Anggaran "
            "Sebelum Perubahan; Sebelum Perubahan; Target Awal; Target APBD Murni; Target Induk; "
            "APBD Induk; Target Penetapan; Pagu Murni"
        ),
        stored=False,
        exported=False,
    )
    target_revised = SheetColumn(
        "target_revised",
        "Target Perubahan (Rp)",
        Money(),
        aliases=(
            "Target Perubahan; Anggaran Perubahan; APBD Perubahan; APBD-P; Perubahan; Target Setelah "
            "Perubahan; Anggaran Setelah Perubahan; Setelah Perubahan; Sesudah Perubahan; Target "
            "APBD Perubahan; Target Sesudah Perubahan; Pagu Perubahan"
        ),
        stored=False,
        exported=False,
    )
    realised = SheetColumn(
        "realised",
        "Realisasi (Rp)",
        Money(),
        aliases=(
            "Realisasi; Realisasi PAD; Jumlah Realisasi; Penerimaan; Realisasi Bulan Ini; "
            "Realisasi Bln Ini; Penerimaan Bulan Ini; Bulan Ini; Realisasi Penerimaan; Realisasi "
            "Pendapatan; Realisasi Anggaran; Jumlah Penerimaan"
        ),
    )
    realised_before = SheetColumn(
        "realised_before",
        "Realisasi Bulan Lalu (Rp)",
        Money(),
        aliases=(
            "Realisasi Bulan Lalu; Realisasi s/d Bulan Lalu; Realisasi Bln Lalu; Realisasi S/D Bln "
            "Lalu; s/d Bulan Lalu; s.d. Bulan Lalu; Bulan Lalu; sampai dengan Bulan Lalu"
        ),
        stored=False,
        exported=False,
    )
    realised_to_date = SheetColumn(
        "realised_to_date",
        "Realisasi s/d Bulan Ini (Rp)",
        Money(),
        aliases=(
            "Realisasi s/d Bulan Ini; Realisasi S/D Bln Ini; Realisasi s.d. Bulan Ini; Realisasi "
            "sampai dengan Bulan Ini; s/d Bulan Ini; s.d. Bulan Ini; sampai dengan Bulan Ini; Jumlah "
            "s/d Bulan Ini; Jumlah s.d. Bulan Ini"
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
    realised_01 = month_column(Month.JANUARY)
    realised_02 = month_column(Month.FEBRUARY)
    realised_03 = month_column(Month.MARCH)
    realised_04 = month_column(Month.APRIL)
    realised_05 = month_column(Month.MAY)
    realised_06 = month_column(Month.JUNE)
    realised_07 = month_column(Month.JULY)
    realised_08 = month_column(Month.AUGUST)
    realised_09 = month_column(Month.SEPTEMBER)
    realised_10 = month_column(Month.OCTOBER)
    realised_11 = month_column(Month.NOVEMBER)
    realised_12 = month_column(Month.DECEMBER)
    realised_q1 = part_column("realised_q1")
    realised_q2 = part_column("realised_q2")
    realised_q3 = part_column("realised_q3")
    realised_q4 = part_column("realised_q4")
    realised_h1 = part_column("realised_h1")
    realised_h2 = part_column("realised_h2")
    part = SheetColumn(
        "part",
        "Triwulan",
        Text(),
        aliases="TW; Semester; Triwulan ke; Semester ke; Tri Wulan",
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

    @classmethod
    def stage_in(cls, title):
        return stage_in(title)

    @classmethod
    def part_in(cls, title):
        return part_in(title)

    @classmethod
    def settle_columns(cls, table):
        leave_out_divided_months(table, cls.vocabulary)
        take_titled_targets(table)
        if table.wide_field == "month":
            take_target_of_year(table)

    @classmethod
    def wide_amounts(cls, name):
        columns = (*MONTH_COLUMNS, *PART_COLUMNS)
        own = {
            "source_name": (),
            "year": columns,
            "month": (*columns, *STAGE_COLUMNS, "year_target"),
        }
        return [field for field in super().wide_amounts(name) if field not in own[name]]

    @classmethod
    def _wide_field(cls, name, options):
        field = super()._wide_field(name, options)
        if name == "year":
            return replace(field, fewest=2)
        return replace(field, plain="realised") if name == "month" else field

    @classmethod
    def yearly_amounts(cls, table):
        """Without a month anywhere, the figures are of the year of their heading or title."""
        says_month = "month" in table.fields or named_month(" ".join(table.titles)).month
        return frozenset() if says_month else frozenset({"target", "realised"})

    @classmethod
    def whole_values(cls, name, options):
        return list(dict.fromkeys(s.name for s in options["sources"].recorded()))

    @classmethod
    def wide_words(cls, name, options):
        if name == "year":
            return YEAR_WORDS, False
        if name == "month":
            return (*MONTHS, *Month.labels), False
        sources = options.get("sources")
        return [n for s in sources.recorded() for n in s.names] if sources else (), True
