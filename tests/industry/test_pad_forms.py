"""The monthly PAD forms, kept so that twelve of them add up to one year."""

import datetime

import pytest

from industry.models import Revenue, RevenueAccount
from tests.factories import RevenueFactory
from tests.intake.importing import export, hand_in, load, look, problems_of, tally
from tests.pages import upload_url
from tests.sheets import workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounts(db):
    """The accounts the forms name."""
    for code in ("4.1.02", "4.1.02.02", "4.1.02.02.12", "4.1.02.02.20"):
        RevenueAccount.objects.create(code=code, name=f"Rekening {code}")


def form(month, *rows, title="LAPORAN REALISASI PAD (Rp)", tab="PAD"):
    """The two-row form: target of the year, this month, last month, until now."""
    start = 5
    content = [
        ["PEMERINTAH KOTA BALIKPAPAN"],
        [title],
        [month],
        [],
        [
            "NO",
            "KODE REKENING",
            "JENIS PENERIMAAN",
            "TARGET APBD",
            "REALISASI",
            None,
            None,
            "%",
            "LEBIH/KURANG",
        ],
        [None, None, None, None, "BULAN INI", "BULAN LALU", "S/D BLN INI", None, None],
        list(range(1, 10)),
        *([number, *row] for number, row in enumerate(rows, 1)),
    ]
    single = [f"{letter}{start}:{letter}{start + 1}" for letter in "ABCDHI"]
    return workbook({tab: content}, merge={tab: [*single, f"E{start}:G{start}"]})


RENT = ["4.1.02.02.20", "Sewa unit uji"]


def stored():
    rows = Revenue.objects.order_by("month", "source_name")
    return sorted(((r.month or 0), r.source_name, r.stage, r.target, r.realised) for r in rows)


def test_a_month_and_the_target_of_its_year_are_kept_apart(accounts):
    content = form(
        "BULAN MARET 2024", [*RENT, "120.000.000,00", "9.000.000", "17.000.000", "26.000.000"]
    )

    upload = load(content, "pad")

    assert tally(upload)[:4] == (1, 0, 0, 0)
    assert stored() == [
        (0, "Sewa unit uji", "original", 120_000_000, None),
        (3, "Sewa unit uji", "original", None, 9_000_000),
    ]
    assert {row.account.code for row in Revenue.objects.all()} == {"4.1.02.02.20"}


def test_twelve_forms_add_up_to_one_year(accounts):
    for name in ("JANUARI", "FEBRUARI", "MARET"):
        load(form(f"BULAN {name} 2024", [*RENT, 120_000_000, 10_000_000, None, None]), "pad")

    [row] = Revenue.objects.by_source(2024)
    assert (row["target_sum"], row["realised_sum"]) == (120_000_000, 30_000_000)


def test_the_same_form_again_changes_nothing_and_a_new_target_does(accounts):
    content = form("BULAN MARET 2024", [*RENT, 120_000_000, 10_000_000, None, None])
    load(content, "pad")

    same = look(content, "pad")
    higher = form("BULAN MARET 2024", [*RENT, 150_000_000, 10_000_000, None, None])
    shown = look(higher, "pad").plan.differences
    other = load(higher, "pad")

    assert tally(same)[:4] == (0, 0, 1, 0)
    assert tally(other)[:4] == (0, 1, 0, 0)
    assert shown == {0: [("year_target", 120_000_000, 150_000_000)]}
    assert Revenue.objects.get(month=None).target == 150_000_000
    assert Revenue.objects.get(month=3).version == 1


def test_a_sheet_per_month_shares_one_target(accounts):
    heading = ["Uraian", "Target Tahunan (Rp)", "Realisasi (Rp)"]
    content = workbook(
        {
            name: [[f"TAHUN 2024 BULAN {name.upper()}"], heading, ["Sewa", 100, amount]]
            for name, amount in (("Januari", 10), ("Februari", 20))
        }
    )

    load(content, "pad")

    assert stored() == [
        (0, "Sewa", "original", 100, None),
        (1, "Sewa", "original", None, 10),
        (2, "Sewa", "original", None, 20),
    ]


def test_two_targets_for_one_year_are_held(accounts):
    heading = ["Uraian", "Bulan", "Target Tahunan (Rp)", "Realisasi (Rp)", "Tahun"]

    outcome = look([heading, ["Sewa", 1, 100, 10, 2024], ["Sewa", 2, 200, 10, 2024]], "pad")

    assert tally(outcome) == (1, 0, 0, 1, 0)


def test_the_balai_form_has_stage_month_and_account(accounts):
    heading = ["Tahun", "Tahapan", "Bulan", "Rekening", "Uraian", "Target (Rp)", "Realisasi (Rp)"]

    load([heading, [2024, "pergeseran", "Maret", "4.1.02.02.20", "Sewa", 100, 90]], "pad")

    assert stored() == [(3, "Sewa", "shifted", 100, 90)]


@pytest.mark.parametrize(
    ("title", "stage", "noted"),
    [
        ("APBD PERUBAHAN, BULAN OKTOBER 2024", "revised", 1),
        ("APBD-P BULAN OKTOBER 2024", "revised", 1),
        ("ANGGARAN PERGESERAN BULAN OKTOBER 2024", "shifted", 1),
        ("APBD MURNI BULAN OKTOBER 2024", "original", 0),
        ("APBD PENETAPAN BULAN OKTOBER 2024", "original", 0),
    ],
)
def test_the_stage_comes_from_the_title_which_is_noted_where_it_is_not_the_usual_one(
    title, stage, noted, accounts
):
    content = form(title, [*RENT, 100, 10, None, None])
    notes = problems_of(look(content, "pad"), "stage_from_title")

    load(content, "pad")

    assert {row[2] for row in stored()} == {stage}
    assert len(notes) == noted


@pytest.mark.parametrize(
    ("to_date", "warned"), [pytest.param(30, 0, id="adds up"), pytest.param(31, 1, id="does not")]
)
def test_until_now_is_last_month_and_this_month(accounts, to_date, warned):
    outcome = look(form("BULAN MARET 2024", [*RENT, 100, 10, 20, to_date]), "pad")

    assert tally(outcome)[:4] == (1, 0, 0, 0)
    assert len(problems_of(outcome, "total_mismatch")) == warned


def test_this_month_without_its_name_is_held_with_the_remedy(accounts):
    outcome = look(form("TAHUN 2024", [*RENT, 100, 10, 20, 30]), "pad")

    assert tally(outcome)[:4] == (0, 0, 0, 1)
    assert "BULAN MARET 2024" in problems_of(outcome, "month_unknown")[0].message


def test_a_figure_until_a_month_is_the_year_so_far():
    sheet = [
        ["REALISASI S/D BULAN MARET 2024"],
        ["Uraian", "Target (Rp)", "Realisasi (Rp)"],
        ["Sewa", 100, 30],
    ]

    load(sheet, "pad")

    assert stored() == [(0, "Sewa", "original", 100, 30)]
    assert Revenue.objects.get().as_of == datetime.date(2024, 3, 31)


def test_a_group_of_accounts_is_its_sum_and_no_source(accounts):
    content = form(
        "BULAN MARET 2024",
        ["4", "Pendapatan Daerah", 300, 50, None, None],
        ["4.1.02", "Retribusi Daerah", 300, 30, None, None],
        ["4.1.02.02", "Retribusi Jasa Usaha", 300, 30, None, None],
        ["4.1.02.02.12", "Kios", 100, 10, None, None],
        ["4.1.02.02.20", "Sewa", 200, 20, None, None],
        ["", "JUMLAH", 300, 30, None, None],
    )

    outcome = look(content, "pad")
    load(content, "pad")

    assert tally(outcome) == (2, 0, 0, 0, 4)
    assert {row[1] for row in stored()} == {"Kios", "Sewa"}
    # Only the first row states another sum than its two sources.
    assert [problem.row for problem in problems_of(outcome, "total_mismatch")] == [8]
    [table] = outcome.layout.tables
    reasons = {entry.row: entry.reason for entry in table.ignored if entry.row < 11}
    assert reasons == dict.fromkeys((8, 9, 10), "baris induk, jumlah dari rinciannya")


def test_groups_are_sums_of_their_own_period_only(accounts):
    heading = ["Tahun", "Kode Rekening", "Uraian", "Realisasi (Rp)"]
    rows = [
        [year, code, name, amount * year]
        for year in (2023, 2024)
        for code, name, amount in (
            ("4.1.02.02", "Retribusi Jasa Usaha", 30),
            ("4.1.02.02.12", "Kios", 10),
            ("4.1.02.02.20", "Sewa", 20),
        )
    ]

    outcome = look([heading, *rows, [2025, "4.1.02.02", "Retribusi Jasa Usaha", 7]], "pad")

    assert tally(outcome) == (5, 0, 0, 0, 2)
    assert problems_of(outcome, "total_mismatch") == []


# The same without codes

LEDGER = ["Tahun", "Uraian", "Target (Rp)", "Realisasi (Rp)"]
LISTED = [
    [2024, "Pendapatan asli daerah", 700, 70],
    [2024, "Jasa usaha", 300, 30],
    [2024, "Kios", 100, 10],
    [2024, "Sewa", 200, 20],
    [2024, "Cold storage", 400, 40],
]


def test_a_sum_without_a_code_is_known_by_the_total_of_the_office():
    outcome = look([LEDGER, *LISTED, ["", "JUMLAH", 700, 70]], "pad")

    assert tally(outcome) == (3, 0, 0, 0, 3)
    assert problems_of(outcome, "total_mismatch") == []


def test_a_source_the_total_counts_is_no_sum_even_if_two_others_come_to_as_much():
    outcome = look([LEDGER, *LISTED[1:], ["", "JUMLAH", 1000, 100]], "pad")

    assert tally(outcome) == (4, 0, 0, 0, 1)
    assert problems_of(outcome, "total_mismatch") == []


@pytest.mark.parametrize(
    ("decision", "counts"),
    [
        pytest.param("", (2, 0, 0, 1, 0), id="asked"),
        pytest.param("skip", (2, 0, 0, 0, 1), id="a sum"),
        pytest.param("new", (3, 0, 0, 0, 0), id="a source"),
    ],
)
def test_a_sum_without_code_and_total_waits_for_a_decision(decision, counts):
    sheet = [LEDGER, *LISTED[1:4]]

    outcome = look(sheet, "pad", decisions={"Data!2": decision} if decision else {})

    assert tally(outcome) == counts
    assert len(problems_of(outcome, "perhaps_sum")) == counts[3]


def test_the_page_of_held_rows_asks_about_a_likely_sum(client, petugas):
    upload = hand_in([LEDGER, *LISTED[1:4]], "pad", petugas)
    client.force_login(petugas)

    text = client.get(upload_url("held", upload)).content.decode()
    client.post(upload_url("held", upload), {"decide:Data!2": "skip"})

    assert "Catatan tersendiri, catat baru" in text
    assert "jumlah baris 3 «Kios» sampai baris 4 «Sewa»" in text
    upload.refresh_from_db()
    assert tally(upload) == (2, 0, 0, 0, 1)


def test_rows_that_merely_follow_are_no_sum():
    other = [LEDGER[1:], ["Kios", 300, 30], ["Sewa", 100, 10], ["Gedung", 150, 20]]
    years = [LEDGER, [2024, "Sewa", 30, 30], [2023, "Sewa", 10, 10], [2022, "Sewa", 20, 20]]
    pair = [LEDGER, [2024, "Sewa", 30, 30], [2024, "Kios", 30, 30]]

    assert tally(look(other, "pad", year=2024)) == (3, 0, 0, 0, 0)
    assert tally(look(years, "pad")) == (3, 0, 0, 0, 0)
    assert tally(look(pair, "pad")) == (2, 0, 0, 0, 0)


def test_a_month_beside_a_figure_for_the_whole_year_is_held(accounts):
    RevenueFactory(year=2024, source_name="Sewa unit uji", target=None, realised=90)

    outcome = look(form("BULAN MARET 2024", [*RENT, None, 10, None, None]), "pad")

    assert tally(outcome)[:4] == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        pytest.param(330_280_000, "naik 129%", id="doubled"),
        pytest.param(60_000_000, "turun 58%", id="halved"),
        pytest.param(180_000_000, None, id="grown as usual"),
    ],
)
def test_a_year_unlike_the_one_before_is_asked_about(amount, words):
    RevenueFactory(year=2023, source_name="Sewa", target=None, realised=144_000_000)

    outcome = look(
        [["Tahun", "Uraian", "Realisasi (Rp)"], [2024, "sewa", amount]],
        "pad",
    )

    problems = problems_of(outcome, "implausible")
    assert tally(outcome)[0] == 1
    assert [words in problem.message for problem in problems] == ([True] if words else [])


def test_the_exported_figures_come_back_unchanged(accounts):
    load(form("BULAN MARET 2024", [*RENT, 120, 10, None, None]), "pad")
    RevenueFactory(year=2023)

    assert tally(look(export("pad"), "pad")) == (0, 0, 3, 0, 0)


@pytest.mark.django_db
def test_a_month_over_target_and_realisation_holds_both():
    months = ["Sumber Penerimaan", "Januari", None, "Februari", None]
    parts = [None, "Target", "Realisasi", "Target", "Realisasi"]
    rows = [["PAD TAHUN 2023"], months, parts, ["Sewa kios uji", 10, 20, 30, 40]]

    load(rows, "pad", unit="rupiah")

    stored = Revenue.objects.order_by("month").values_list("year", "month", "target", "realised")
    assert list(stored) == [(2023, 1, 10, 20), (2023, 2, 30, 40)]
    assert tally(look([rows[0], months[:2], ["Parkir uji", 20]], "pad", unit="rupiah"))[0] == 1
