"""Section F: numbers, money, percents and dates, the same on both databases."""

import datetime
import random
import time
from decimal import Decimal

import pytest
from django.db.models import Sum

from balikpapan.intake.uploads import confirm
from balikpapan.spreadsheets.cells import read_date
from industry.models import Business, BusinessYear, Certificate
from tests.factories import BusinessFactory
from tests.sheets import delimited, workbook, xlsx
from tests.spreadsheets.building import xls, xls_number, xls_text
from tests.trust.test_hostile_formulas import raw
from tests.trust.verdicts import Case, by_command, cell, check_every_list, checker

MONEY = "Nilai Investasi (Rp)"
WORKERS = "Tenaga Kerja"
CAPACITY = "Kapasitas Produksi (per Tahun)"
PERCENT = '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs>'


def money(value, verdict: str, *codes: str, **more) -> Case:
    stored = more.pop("rupiah", None)
    if stored is not None:
        more["stored"] = {"investment": stored}
    return cell(MONEY, value, verdict, *codes, **more)


def workers(value, verdict: str, *codes: str, **more) -> Case:
    stored = more.pop("count", None)
    if stored is not None:
        more["stored"] = {"workers_total": stored}
    return cell(WORKERS, value, verdict, *codes, **more)


def year_of(*rows, verdict: str, codes: tuple = (), **more) -> Case:
    return Case(list(rows), verdict, codes, **more)


CASES = [
    pytest.param(workers("1.029", "N", wording="1029", count=1029), id="case-84-indonesian"),
    pytest.param(workers("1,029", "H", "ambiguous_number"), id="case-84-ambiguous"),
    pytest.param(money("850,000", "H", "ambiguous_number"), id="case-84-ambiguous-money"),
    pytest.param(
        Case([["Nama Usaha", MONEY, "Tahun Data"], ["Amplang", "850,000", 2024],
              ["Roti", "1,250,000.00", 2024]], "N", tally=(2, 0, 0, 0, 0)),
        id="case-84-column-proves-english",
    ),
    *[pytest.param(money(text, verdict, rupiah=rupiah), id=f"case-85-{text}") for text, verdict, rupiah in (
        ("Rp 1.000.000,00", "A", 1_000_000), ("Rp1.000.000,-", "A", 1_000_000),
        ("1.000.000", "A", 1_000_000), ("1,000,000.00", "A", 1_000_000),
        ("1 000 000", "A", 1_000_000), ("12 jt", "A", 12_000_000), ("39.600.", "N", 39_600),
    )],
    *[pytest.param(money(text, "H", "out_of_range"), id=f"case-86-{number}")
      for number, text in enumerate(("(500)", "-500", "500-", "−500"))],
    pytest.param(cell("Lintang", "−1,25", "A"), id="case-86-minus-allowed"),
    pytest.param(workers(-1, "H", "out_of_range"), id="case-87-workers"),
    pytest.param(cell("Nilai Produksi (Rp)", -1, "H", "out_of_range"), id="case-87-production"),
    pytest.param(workers(0, "A", count=0), id="case-87-zero"),
    pytest.param(workers(1.7, "H", "not_whole"), id="case-88-fraction"),
    pytest.param(workers("1,7", "H", "not_whole"), id="case-88-fraction-text"),
    pytest.param(workers(100.000000001, "H", "not_whole"), id="case-88-nearly-whole"),
    pytest.param(workers(100.0, "A", count=100), id="case-88-whole-float"),
    pytest.param(cell("Ekspor (%)", "12,5%", "N"), id="case-89-text"),
    pytest.param(
        Case(lambda: raw("Ekspor (%)", '<c r="B2" s="1"><v>0.125</v></c>', styles=PERCENT), "N"),
        id="case-89-formatted",
    ),
    *[pytest.param(money(value, "H"), id=f"case-90-{number}") for number, value in enumerate(
        ("1e20", "1e308", "1e5000", "9" * 5000, "inf", "NaN", "Infinity", 1e20, 1e308, 10**15 + 1)
    )],
    pytest.param(
        Case(lambda: raw(MONEY, '<c r="B2"><v>1E5000</v></c>'), "H"), id="case-90-raw-1e5000"
    ),
    pytest.param(
        Case(lambda: raw(MONEY, f'<c r="B2"><v>{"9" * 5000}</v></c>'), "H"), id="case-90-raw-digits"
    ),
    pytest.param(money("99.999.999.999.999", "A", rupiah=99_999_999_999_999), id="case-91-large"),
    pytest.param(money(10**15, "A", rupiah=10**15), id="case-91-largest"),
    pytest.param(money("1.000.000,99", "W", "rounded", wording="1.000.001", rupiah=1_000_001), id="case-91-sen"),
    pytest.param(money("1.000.000,00", "A", rupiah=1_000_000), id="case-91-no-sen"),
    *[pytest.param(cell(heading, value, verdict, *codes, stored=stored), id=f"case-92-{number}")
      for number, (heading, value, verdict, codes, stored) in enumerate((
          # An xlsx keeps two digits more than Excel shows; what is shown is what is meant.
          (CAPACITY, 0.1 + 0.2, "A", [], {"capacity": Decimal("0.3")}),
          (CAPACITY, str(0.1 + 0.2).replace(".", ","), "H", ["too_precise"], {}),
          (CAPACITY, 0.3001, "H", ["too_precise"], {}),
          (CAPACITY, "1,0055", "H", ["too_precise"], {}),
          (CAPACITY, 1.005, "A", [], {"capacity": Decimal("1.005")}),
          (CAPACITY, "1,005", "H", ["ambiguous_number"], {}),
          ("Ekspor (%)", 1.005, "H", ["too_precise"], {}),
          ("Ekspor (%)", 1.05, "A", [], {"export_percent": Decimal("1.05")}),
      ))],
    pytest.param(
        Case([["Nama Usaha", "Nilai Investasi (Rp.000)", "Tahun Data"], ["Amplang", 30712.5, 2024]],
             "A", stored={"investment": 30_712_500}),
        id="case-93-thousands",
    ),
    pytest.param(
        Case([["Nama Usaha", "Nilai Investasi (Ribu Rp)", "Tahun Data"], ["Amplang", 5000, 2024]],
             "A", stored={"investment": 5_000_000}),
        id="case-93-ribu",
    ),
    pytest.param(
        Case([["Nama Usaha", "Nilai Investasi (juta)", "Tahun Data"], ["Amplang", 5, 2024]],
             "A", stored={"investment": 5_000_000}),
        id="case-93-juta",
    ),
    pytest.param(
        Case([["Nama Usaha", "Nilai Investasi", "Tahun Data"], ["Amplang", 5000, 2024]], "Q",
             wording="tidak menyebut satuan"),
        id="case-93-silent",
    ),
    *[pytest.param(workers(text, "H", "error_cell"), id=f"case-94-{text}")
      for text in ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "########")],
    pytest.param(
        Case(lambda: raw(WORKERS, '<c r="B2" t="e"><v>#DIV/0!</v></c>'), "H", ("error_cell",)),
        id="case-94-error-cell",
    ),
    pytest.param(workers("12 ", "A", count=12), id="case-95-space"),
    pytest.param(workers("'12", "A", count=12), id="case-95-apostrophe"),
    pytest.param(
        year_of(["Nama Usaha", WORKERS], ["Amplang", 3], verdict="Q", wording="tahun"),
        id="case-103-no-year",
    ),
    pytest.param(
        year_of(["DATA IKM TAHUN 2024"], ["Nama Usaha", WORKERS], ["Amplang", 3], verdict="N",
                codes=("year_from_title",)),
        id="case-103-year-of-title",
    ),
    pytest.param(
        year_of(["Nama Usaha", WORKERS, "Tahun Data"], ["Amplang", 3, datetime.date(2024, 5, 1)],
                verdict="H"),
        id="case-103-date-as-year",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_p49_numbers_are_read_exactly_or_held(case, desk):
    started = time.process_time()

    checker(case, desk)

    assert time.process_time() - started < 5


# Dates


def dated(value, verdict: str, *codes: str, day: datetime.date | None = None) -> tuple:
    return value, verdict, codes, day


TODAY = datetime.date(2026, 11, 24)

DATES = [
    pytest.param(*dated("17 Agustus 2021", "A", day=datetime.date(2021, 8, 17)), id="case-96-long"),
    pytest.param(*dated("17-Agt-21", "N", day=datetime.date(2021, 8, 17)), id="case-96-short"),
    pytest.param(*dated("Senin, 2 Mei 2022", "A", day=datetime.date(2022, 5, 2)), id="case-96-weekday"),
    pytest.param(*dated("17 August 2021", "A", day=datetime.date(2021, 8, 17)), id="case-96-english"),
    pytest.param(*dated("03/04/2021", "A", day=datetime.date(2021, 4, 3)), id="case-97-day-first"),
    pytest.param(*dated("13/04/2021", "A", day=datetime.date(2021, 4, 13)), id="case-97-only-day"),
    pytest.param(*dated("04/13/2021", "H"), id="case-97-month-first"),
    pytest.param(*dated("01-02-21", "N", day=datetime.date(2021, 2, 1)), id="case-98-two-digits"),
    pytest.param(*dated("01-02-0021", "H"), id="case-98-0021"),
    pytest.param(*dated("01-02-2201", "H"), id="case-98-2201"),
    pytest.param(*dated("00/00/0000", "H"), id="case-98-zeros"),
    pytest.param(*dated("29 Februari 2021", "H"), id="case-98-no-leap-year"),
    pytest.param(*dated("29 Februari 2024", "A", day=datetime.date(2024, 2, 29)), id="case-98-leap-year"),
    pytest.param(*dated(datetime.datetime(2021, 8, 17, 23, 59), "N", day=datetime.date(2021, 8, 17)), id="case-99-time"),
    pytest.param(*dated(datetime.datetime(2021, 8, 17), "A", day=datetime.date(2021, 8, 17)), id="case-99-midnight"),
    pytest.param(*dated(44425, "H", "not_a_date"), id="case-100-serial"),
    pytest.param(*dated("44425", "H", "not_a_date"), id="case-100-serial-text"),
    pytest.param(*dated("29-02-1900", "H"), id="case-102-never-was"),
    pytest.param(*dated("01-01-1899", "H"), id="case-102-before-1900"),
    pytest.param(*dated(60, "H"), id="case-102-serial-60"),
    pytest.param(*dated("2024", "H"), id="case-103-year-as-date"),
]  # fmt: skip


@pytest.fixture
def certified(db):
    """The business the certificates belong to."""
    return BusinessFactory(name="Amplang Siti", nib="9123456789012")


def certificate_sheet(value) -> list:
    return [["NIB", "Nama Usaha", "Jenis Sertifikat", "Nomor Sertifikat", "Tanggal Terbit"],
            ["9123456789012", "Amplang Siti", "Halal", "ID1", value]]  # fmt: skip


@pytest.mark.parametrize(("value", "verdict", "codes", "day"), DATES)
def test_p18_dates_mean_what_indonesians_wrote(value, verdict, codes, day, desk, certified):
    case = Case(certificate_sheet(value), verdict, codes, register="sertifikat")

    result = checker(case, desk)

    if day:
        confirm(result.upload, result.upload.by)
        assert Certificate.objects.get().issued_on == day


@pytest.mark.parametrize("zone", ["UTC", "Asia/Makassar", "Asia/Jayapura", "America/Adak"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_p18_dates_do_not_hang_on_zone_or_language(zone, language, settings, monkeypatch):
    settings.LANGUAGE_CODE, settings.TIME_ZONE = language, zone
    monkeypatch.setenv("TZ", zone)
    time.tzset()

    read = [read_date(param.values[0], today=TODAY).value for param in DATES]

    monkeypatch.undo()
    time.tzset()
    assert read == [param.values[3] for param in DATES]


def test_the_1904_system_gives_the_same_day(desk, certified):
    texts = [xls_text(row, column, str(text)) for row, line in enumerate(certificate_sheet("")) for column, text in enumerate(line) if text]  # fmt: skip
    number = 44425 - 1462
    content = xls(*texts, xls_number(1, 4, number, 18), is_1904=True)

    result = checker(Case(content, "A", name="lama.xls", register="sertifikat"), desk)
    confirm(result.upload, result.upload.by)

    assert Certificate.objects.get().issued_on == datetime.date(2021, 8, 17)


# Exact money


def test_p17_random_rupiah_are_exact_by_row_and_by_sum(desk):
    dice = random.Random(91)
    amounts = [dice.randrange(10 ** dice.randrange(1, 15)) for _ in range(1500)]
    shapes = [
        str,
        lambda n: f"Rp {n:,}".replace(",", "."),
        int,
        lambda n: f"{n:,},00".replace(",", ".", f"{n:,}".count(",")),
    ]
    rows = [["Nama Usaha", "Alamat", MONEY, "Tahun Data"]]
    rows += [
        ["Usaha", f"Jl. Contoh {n}", shapes[n % 4](amount), 2024]
        for n, amount in enumerate(amounts)
    ]

    result = checker(
        Case(rows, "WN", ("unit_slip",), answers={"duplicates": "separate", "near": "new"}), desk
    )
    confirm(result.upload, result.upload.by)

    stored = dict(BusinessYear.objects.values_list("business__address", "investment"))
    assert [stored[f"Jl. Contoh {n}"] for n in range(len(amounts))] == amounts
    assert BusinessYear.objects.aggregate(all=Sum("investment"))["all"] == sum(amounts)
    check_every_list(desk)


def test_every_list_opens_after_the_largest_figures(desk):
    rows = [["Nama Usaha", MONEY, "Nilai Produksi (Rp)", WORKERS, "Tahun Data"]]
    rows += [["Amplang Siti", 10**15, 10**15, 0, 2024], ["Roti Ani", 0, 0, 0, 2024]]
    result = checker(Case(rows, "A"), desk)
    confirm(result.upload, result.upload.by)

    check_every_list(desk)
    assert Business.objects.count() == 2


def test_the_same_cells_as_csv_and_in_several_sheets_give_the_same(desk):
    rows = [
        ["Nama Usaha", MONEY, "Tahun Data"],
        ["Amplang", "Rp 1.500.000,-", 2024],
        ["Roti", "850,000", 2024],
    ]
    results = [
        checker(Case(content, "H", ("ambiguous_number",), name=name), desk).tally
        for content, name in (
            (xlsx(rows), "a.xlsx"),
            (delimited(rows), "a.csv"),
            (workbook({"A": rows}), "b.xlsx"),
        )
    ]

    assert results == [(1, 0, 0, 1, 0)] * 3


@pytest.mark.parametrize("case", CASES[::9])
def test_the_command_gives_the_same_verdict(case, tmp_path, db):
    report = by_command(case, case.made(), tmp_path)

    assert report["exit"] == {"F": 3, "Q": 2}.get(case.verdict, 0)
    assert set(case.codes) <= {problem["code"] for problem in report["problems"]}
