"""What only the office knows of its figures: asked once per file, answered by a code."""

import pytest

from industry.models import Business, BusinessYear
from tests.intake.importing import asked, export, load, look, problems_of, tally
from tests.sheets import workbook

pytestmark = pytest.mark.django_db


def figures(field):
    return list(BusinessYear.objects.order_by("business__name").values_list(field, flat=True))


# Periods

MONTHLY = [["Nama Usaha", "Tahun", "Omzet per Bulan (Rp)"], ["Amplang", 2024, 5_000_000]]
DAILY = [["Nama Usaha", "Tahun", "Omzet per hari (Rp.000)"], ["Amplang", 2024, 50]]


def test_money_of_a_month_is_asked_about_and_never_stored_as_a_years():
    outcome = look(MONTHLY)

    [question] = outcome.questions
    assert (outcome.status, question.name) == ("needs_answer", "period:bulan")
    assert (question.options, question.suggestion) == (["x12", "leave"], "x12")
    assert "«Omzet per Bulan (Rp)»" in question.about


@pytest.mark.parametrize(
    ("rows", "option", "turnover"),
    [
        pytest.param(MONTHLY, "x12", 60_000_000, id="times 12"),
        pytest.param(DAILY, "x300", 15_000_000, id="times the working days"),
    ],
)
def test_the_amount_of_a_period_is_multiplied_as_answered(rows, option, turnover):
    load(rows, chosen={"period": option})

    assert BusinessYear.objects.get().turnover == turnover


def test_the_amount_of_a_period_can_be_left_out():
    outcome = look(MONTHLY, chosen={"period:bulan": "leave"})

    assert problems_of(outcome, "period_left_out")
    assert list(outcome.plan.new_children) == []


def test_amounts_written_as_text_are_multiplied_as_well_as_their_sum():
    rows = [*MONTHLY, ["Roti", 2024, "Rp 2.000.000"], ["JUMLAH", None, 7_000_000]]

    outcome = look(rows, chosen={"period": "x12"})

    assert [c.values["turnover"] for c in outcome.plan.new_children] == [60_000_000, 24_000_000]
    assert not problems_of(outcome, "total_mismatch")


OWN_PERIODS = [
    ["Nama Usaha", "Tahun", "Omzet (Rp)"],
    ["Amplang", 2024, "5 jt/bulan"],
    ["Roti", 2024, "200 ribu per hari"],
    ["Sate", 2024, "60 juta/tahun"],
    ["Kopi", 2024, 1_000_000],
]


def test_amounts_with_a_period_of_their_own_are_asked_about_once_for_each():
    outcome = look([*OWN_PERIODS, ["Kue", 2024, "1 jt per hari"]])

    month, day = outcome.questions
    assert month.about.startswith("1 sel di kolom C «Omzet (Rp)» menyebut per bulan")
    assert day.about.startswith("2 sel di kolom C «Omzet (Rp)» menyebut per hari")
    assert (month.name, month.options, month.suggestion) == (
        "period:bulan",
        ["x12", "leave"],
        "x12",
    )
    assert (day.name, day.options, day.suggestion) == ("period:hari", ["xHARI", "leave"], None)
    assert (outcome.status, outcome.counts["held"]) == ("planned", 3)


@pytest.mark.parametrize(
    ("chosen", "turnovers"),
    [
        ({"period:bulan": "x12", "period:hari": "x300"}, [60_000_000, 60_000_000]),
        ({"period:bulan": "leave", "period:hari": "x300"}, [60_000_000]),
        ({"period": "x12"}, [60_000_000]),  # twelve times is no answer about days
        ({"period": "leave"}, []),
    ],
)
def test_amounts_with_a_period_of_their_own_are_read_as_answered(chosen, turnovers):
    load(OWN_PERIODS, chosen=chosen)

    assert sorted(figures("turnover")) == [1_000_000, *turnovers, 60_000_000]


def test_under_the_heading_of_a_month_the_same_period_needs_no_answer_and_another_is_held():
    rows = [
        ["Nama Usaha", "Tahun", "Omzet per bulan (Rp)"],
        ["Amplang", 2024, "5 jt/bulan"],
        ["Roti", 2024, "60 jt/tahun"],
    ]

    outcome = look(rows, chosen={"period": "x12"})

    assert [c.values["turnover"] for c in outcome.plan.new_children] == [60_000_000]
    assert (asked(outcome), outcome.counts["held"]) == ([], 1)


def test_capacity_of_a_month_keeps_its_own_period():
    rows = [["Nama Usaha", "Tahun", "Kapasitas per bulan"], ["Amplang", 2024, 5]]

    assert asked(look(rows)) == []


# Workers

WORKERS = [
    ["Nama Usaha", "Tahun", "Tenaga Kerja (L)", "Tenaga Kerja (P)"],
    ["Amplang", 2018, None, 3],
    ["Roti", 2018, None, 4],
]


def test_a_sheet_that_fills_one_column_of_workers_is_asked_about():
    outcome = look(WORKERS)

    [question] = outcome.questions
    assert (outcome.status, question.key) == ("needs_answer", "workers")
    assert question.options == ["total", "zero", "leave"]
    assert question.suggestion == "total"
    assert question.about.startswith("2 baris mengisi kolom «Tenaga Kerja (P)» saja")


@pytest.mark.parametrize(
    ("option", "stored"),
    [
        ("total", [(None, None, 3), (None, None, 4)]),
        ("zero", [(0, 3, 3), (0, 4, 4)]),
        ("leave", [(None, 3, None), (None, 4, None)]),
    ],
)
def test_one_column_of_workers_is_read_as_answered(option, stored):
    load(WORKERS, chosen={"workers": option})

    names = ("workers_male", "workers_female", "workers_total")
    assert list(zip(*map(figures, names), strict=True)) == stored


def test_rows_that_fill_both_columns_keep_what_they_say():
    rows = [*WORKERS, ["Sate", 2018, 1, 1]]

    load(rows, chosen={"workers": "total"})

    assert (figures("workers_total"), figures("workers_male")) == ([3, 4, 2], [None, None, 1])


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([WORKERS[0], *([f"Usaha {n}", 2018, 1, 2] for n in range(30)), WORKERS[1]],
                     id="one row of many"),
        pytest.param([[*WORKERS[0], "Jumlah Tenaga Kerja"], ["Amplang", 2018, None, 3, 5]],
                     id="a column of its own for the total"),
        pytest.param([[*WORKERS[0][:2], WORKERS[0][3]], ["Amplang", 2018, 3]], id="women only"),
    ],
)  # fmt: skip
def test_workers_are_not_asked_about_without_need(rows):
    assert asked(look(rows)) == []


@pytest.mark.parametrize(
    ("complete", "blank", "keys"),
    [(18, 0, ["workers"]), (19, 0, []), (18, 40, ["workers"])],
    ids=["a tenth", "less than a tenth", "a tenth of those that are filled"],
)
def test_workers_are_asked_about_where_a_tenth_of_the_filled_rows_has_one_count(
    complete, blank, keys
):
    both = [[f"Usaha {n}", 2018, 1, 2] for n in range(complete)]
    none = [[f"Kedai {n}", 2018, None, None] for n in range(blank)]

    assert asked(look([*WORKERS, *both, *none])) == keys


# Zeros

ZEROS = [
    ["Nama Usaha", "Tahun", "Tenaga Kerja", "Nilai Investasi (Rp)"],
    *([f"Usaha {number}", 2018, 0, 0] for number in (1, 2)),
    ["Usaha 3", 2018, 2, 5_000_000],
]


def test_many_rows_of_zeros_are_asked_about():
    outcome = look(ZEROS)

    [question] = outcome.questions
    assert (outcome.status, question.key) == ("needs_answer", "zeros")
    assert question.options == ["zero", "blank"]
    assert question.about.startswith("2 baris berisi 0")


@pytest.mark.parametrize(
    ("option", "invested"), [("zero", [0, 0, 5_000_000]), ("blank", [5_000_000])]
)
def test_zeros_are_read_as_answered(option, invested):
    load(ZEROS, chosen={"zeros": option})

    assert Business.objects.count() == 3
    assert figures("investment") == invested


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([ZEROS[0], *([f"Usaha {n}", 2018, 2, 0] for n in range(30))], id="one figure"),
        pytest.param([ZEROS[0], *([f"Usaha {n}", 2018, 2, 5] for n in range(3, 33)), ZEROS[1]],
                     id="one row of many"),
        pytest.param([ZEROS[0][:3], *(row[:3] for row in ZEROS[1:])], id="a single column"),
    ],
)  # fmt: skip
def test_single_zeros_are_figures(rows):
    assert asked(look(rows)) == []


# Questions that stand together


def test_the_year_and_the_doubtful_figures_are_asked_at_once():
    rows = [
        ["Nama Usaha", "Tahun", *WORKERS[0][2:], "Nilai Investasi"],
        *([f"Usaha {number}", None, None, 2, 5_000_000] for number in range(3)),
        *([f"Usaha {number}", None, None, 0, 0] for number in range(3, 5)),
    ]

    assert asked(look(rows)) == ["unit", "year", "zeros", "workers"]


# Sheets

HEADING = ["Nama Usaha", "Nama Pemilik", "Tahun Data", "Nilai Investasi (Rp)"]
FINAL = [
    HEADING,
    ["Amplang", "Siti", 2018, 5_000],
    ["Roti", "Ani", 2018, 6_000],
    ["Sate", "Adi", 2018, 7_000],
]
FOOD = [HEADING, ["Amplang", "Siti", 2018, 5_000], ["Sate", "Adi", 2018, 7_500]]


def test_a_sheet_that_repeats_another_is_asked_about():
    outcome = look(workbook({"final": FINAL, "makanan": FOOD}))

    [question] = outcome.questions
    assert (outcome.status, question.key, question.suggestion) == ("needs_answer", "sheets", "main")
    assert question.options == ["main", "all"]
    assert "«makanan» mengulang 2 dari 2 barisnya dari lembar «final»" in question.about


@pytest.mark.parametrize(
    ("rows", "is_asked"),
    [
        ([["Amplang", "Siti"], ["Roti", "Ani"]], True),
        ([["Amplang", "Siti"], ["Roti", "Ani"], ["Tahu", "Eko"], ["Tempe", "Eka"]], True),
        ([["Amplang", "Siti"], ["Roti", "Ani"], *([f"Lain {n}", "Eko"] for n in range(3))], False),
        ([["Amplang", "Siti"]], False),
        ([["Amplang"], ["Roti"], ["Sate"]], False),
    ],
    ids=["all", "half", "less than half", "one row", "names alone"],
)
def test_from_two_rows_two_columns_and_half_of_it_on_a_sheet_repeats_another(rows, is_asked):
    heading = ["Nama Usaha", "Nama Pemilik"]
    main = [[*heading, "Produk"], *([name, owner, "kue"] for name, owner, *_ in FINAL[1:])]
    main += [["Kue", "Tuti", "kue"], ["Teh", "Titi", "kue"], ["Kopi", "Tata", "kue"]]

    outcome = look(workbook({"utama": main, "lain": [heading[: len(rows[0])], *rows]}))

    assert ("sheets" in [question.key for question in outcome.questions]) == is_asked


def test_the_main_sheet_alone_is_read_as_answered():
    content = workbook({"final": FINAL, "makanan": FOOD})

    outcome = look(content, chosen={"sheets": "main"})

    assert tally(outcome) == (3, 0, 0, 0, 0)
    reasons = {sheet["name"]: sheet["reason"] for sheet in outcome.sheets_json()}
    assert reasons["makanan"] == "mengulang lembar «final», menurut jawaban"


def test_all_sheets_are_read_as_answered():
    outcome = look(workbook({"final": FINAL, "makanan": FOOD}), chosen={"sheets": "all"})

    assert tally(outcome) == (2, 0, 0, 2, 1)


def test_a_sheet_that_only_adds_permits_completes_the_main_one():
    permits = [["Nama Usaha", "Nama Pemilik", "NIB"], ["Amplang", "Siti", "1234567890123"],
               ["Sate", "Adi", "1234567890124"]]  # fmt: skip
    content = workbook({"final": [row[:3] for row in FINAL], "izin": permits})

    question = look(content).questions[0]
    load(content, chosen={"sheets": "add"})

    assert (question.options, question.suggestion) == (["main", "add", "all"], "add")
    nibs = Business.objects.order_by("name").values_list("nib", flat=True)
    assert list(nibs) == ["1234567890123", "", "1234567890124"]


def test_tabs_of_different_years_repeat_nothing():
    rows = [row[:2] + row[3:] for row in FINAL]

    assert asked(look(workbook({"2021": rows, "2022": rows}))) == []


def test_a_line_that_goes_on_with_the_record_above_needs_no_year():
    rows = [
        ["No", "Nama Usaha", "Nama Produk", "Tahun Data", "Kapasitas", "Satuan"],
        [1, "Tahu Uji", "tahu", 2018, 10, None],
        [None, None, "tempe", None, 5, None],
        [2, "Roti Uji", "roti", None, 4, None],
    ]

    question = look(rows).questions[0]
    load(rows, year=2021)

    assert question.about.startswith("1 baris tanpa tahun")
    assert figures("year") == [2021, 2018]
    assert Business.objects.get(name="Tahu Uji").products == "tahu; tempe"


def test_an_export_of_stored_zeros_is_not_asked_about_again():
    load(ZEROS, chosen={"zeros": "zero"})

    outcome = look(export(year=2018))

    assert (asked(outcome), tally(outcome)) == ([], (0, 0, 3, 0, 0))


def test_rows_that_fill_now_one_column_of_workers_now_the_other_mean_zero_in_the_other():
    rows = [
        WORKERS[0],
        *([f"Usaha {n}", 2018, *((2, None) if n % 2 else (None, 3))] for n in range(6)),
    ]

    [question] = look(rows).questions
    load(rows, chosen={"workers": "zero"})

    assert (question.key, question.suggestion) == ("workers", "zero")
    assert sorted(figures("workers_total")) == [2, 2, 2, 3, 3, 3]


# Cells with a unit of their own

MARKED = [
    ["Nama Usaha", "Tahun", "Nilai Investasi (Rp.000)"],
    ["Amplang", 2024, 5_000],
    ["Roti", 2024, "Rp 27.700"],
    ["Sate", 2024, "5 jt"],
]


def test_cells_with_a_unit_under_a_multiplying_heading_are_one_question_for_their_column():
    outcome = look(MARKED)

    [question] = outcome.questions
    assert (question.name, question.blocking, tally(outcome)) == ("unit:C", False, (1, 0, 0, 2, 0))
    assert question.options == ["rupiah", "ribu", "juta"]
    assert question.about.startswith("2 sel di kolom C «Nilai Investasi (Rp.000)»")


@pytest.mark.parametrize(("unit", "bread"), [("ribu", 27_700_000), ("rupiah", 27_700)])
@pytest.mark.parametrize("name", ["C", "Nilai Investasi (Rp.000)"])
def test_cells_with_a_unit_of_their_own_are_read_as_answered(name, unit, bread):
    load(MARKED, units={name: unit})

    assert figures("investment") == [5_000_000, bread, 5_000_000]
