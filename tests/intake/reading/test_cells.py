"""What a file says of itself: units, years, columns, totals, hidden parts; told, never guessed."""

import io

import pytest
from openpyxl import load_workbook

from balikpapan.intake.models import HeadingAlias
from industry.models import Business, BusinessYear
from tests.intake.importing import asked, load, look, problems_of, tally
from tests.sheets import delimited, workbook, xlsx

pytestmark = pytest.mark.django_db

HEADING = ["Nama Usaha", "Nama Pemilik", "Tahun Data", "Tenaga Kerja"]
ROW = ["Amplang Siti", "Siti Contoh", 2024, 3]


def figures(rows, **answers):
    load(rows, **answers)
    return BusinessYear.objects.get()


# Units


@pytest.mark.parametrize(
    ("heading", "rupiah"),
    [
        ("Nilai Investasi (Rp)", 5),
        ("Nilai Investasi (Rp.000)", 5_000),
        ("Nilai Investasi (Rp 000)", 5_000),
        ("Nilai Investasi (Ribu Rp)", 5_000),
        ("Nilai Investasi (dalam ribuan rupiah)", 5_000),
        ("Nilai Investasi (juta)", 5_000_000),
        ("Nilai Investasi (Rp. Juta)", 5_000_000),
    ],
)
def test_the_unit_in_a_heading_multiplies(heading, rupiah):
    assert figures([["Nama Usaha", "Tahun", heading], ["Amplang", 2024, 5]]).investment == rupiah


def test_the_unit_in_the_title_holds_for_silent_headings_and_is_noted():
    rows = [["DATA IKM (Dalam Ribuan Rupiah)"], ["Nama Usaha", "Tahun", "Nilai Investasi"]]

    outcome = look([*rows, ["Amplang", 2024, 5]])

    assert asked(outcome) == []
    assert outcome.plan.new_children[0].values["investment"] == 5_000
    assert problems_of(outcome, "unit_from_title")


@pytest.mark.parametrize(
    ("amount", "suggestion"), [(5_000_000, "rupiah"), (5_000, "ribu"), (5, "juta")]
)
def test_a_silent_money_heading_is_asked_about_with_a_suggestion(amount, suggestion):
    rows = [["Nama Usaha", "Tahun", "Nilai Investasi"], ["Amplang", 2024, amount]]

    outcome = look(rows)

    assert outcome.status == "needs_answer"
    assert [question.suggestion for question in outcome.questions] == [suggestion]


def test_silent_columns_of_different_magnitude_are_asked_about_one_by_one():
    rows = [["Nama Usaha", "Tahun", "Investasi", "Omzet"], ["Amplang", 2024, 5_000_000, 9_000]]

    outcome = look(rows)

    assert asked(outcome) == ["unit", "unit"]


def test_silent_columns_of_one_size_are_one_question():
    heading = ["Nama Usaha", "Tahun", "Investasi", "Nilai Produksi", "Omzet"]

    outcome = look([heading, ["Amplang", 2024, 12_000, 640_000, 0]])

    [question] = outcome.questions
    assert (question.columns, question.suggestion) == (tuple(heading[2:]), "ribu")


def test_amounts_typed_as_text_suggest_a_unit_too():
    rows = [["Nama Usaha", "Tahun", "Investasi"], ["Amplang", "2024", "12.500"]]

    outcome = look(delimited(rows), name="ikm.csv")

    assert [question.suggestion for question in outcome.questions] == ["ribu"]


def test_a_unit_is_answered_for_a_heading_wherever_it_stands():
    sheets = {
        "Timur": [["Nama Usaha", "Tahun", "Investasi", "Omzet"], ["Amplang", 2024, 5_000, 9]],
        "Barat": [["Nama Usaha", "Tahun", "Omzet", "Investasi"], ["Roti", 2024, 8, 7_000]],
    }

    first, second = look(workbook(sheets)).questions
    units = dict.fromkeys(first.columns, "juta") | dict.fromkeys(second.columns, "ribu")
    outcome = look(workbook(sheets), units=units)

    figures = [child.values for child in outcome.plan.new_children]
    assert [f["investment"] for f in figures] == [5_000_000, 7_000_000]
    assert [f["turnover"] for f in figures] == [9_000_000, 8_000_000]


def test_a_silent_heading_on_every_sheet_is_one_question():
    sheets = {
        "Timur": [["Nama Usaha", "Tahun", "Investasi"], ["Amplang", 2024, 5_000]],
        "Barat": [["Nama Usaha", "Tahun", "Investasi"], ["Roti", 2024, 700_000]],
    }

    assert asked(look(workbook(sheets))) == ["unit"]


def test_a_silent_money_column_without_amounts_is_not_asked_about():
    rows = [["Nama Usaha", "Tahun", "Investasi"], ["Amplang", 2024, "-"], ["Roti", 2024, None]]

    assert asked(look(rows)) == []


# Years


@pytest.mark.parametrize(
    "title", ["TAHUN 2024", "DATA IKM KOTA BALIKPAPAN TAHUN 2024", "per Desember 2024", "T.A. 2024"]
)
def test_the_year_of_the_title_is_taken_and_noted(title):
    outcome = look([[title], ["Nama Usaha", "Tenaga Kerja"], ["Amplang", 3]])

    assert outcome.plan.new_children[0].values["year"] == 2024
    assert problems_of(outcome, "year_from_title")


def test_a_title_with_two_years_is_asked_about():
    rows = [["TAHUN 2023 DAN TAHUN 2024"], ["Nama Usaha", "Tenaga Kerja"], ["Amplang", 3]]

    assert asked(look(rows)) == ["year"]


def test_an_answered_year_overrules_neither_a_title_nor_a_tab_nor_a_column():
    titled = [["TAHUN 2024"], ["Nama Usaha", "Tenaga Kerja"], ["Amplang", 3]]
    tabbed = workbook({"2023": titled[1:]})

    assert look(titled, year=2022).plan.new_children[0].values["year"] == 2024
    assert look(tabbed, year=2022).plan.new_children[0].values["year"] == 2023
    assert look([HEADING, ROW], year=2022).plan.new_children[0].values["year"] == 2024


def test_an_answered_year_dates_the_blank_cells_of_a_column_alone():
    rows = [HEADING, ["Amplang", "Siti", None, 3], ["Roti", "Ani", 2018, 4], ["Kue", "Adi", "-", 2]]

    before = look(rows)
    after = look(rows, year=2021)

    [question] = before.questions
    assert (before.status, question.key) == ("needs_answer", "year")
    assert question.about.startswith("2 baris tanpa tahun.")
    assert [child.values["year"] for child in after.plan.new_children] == [2021, 2018, 2021]
    assert "2 baris" in problems_of(after, "year_answered")[0].message


def test_a_few_rows_without_a_year_are_held_while_the_rest_goes_on():
    outcome = look([HEADING, ["Amplang", "Siti", None, 3], ROW])

    assert (outcome.status, asked(outcome), tally(outcome)) == (
        "planned",
        ["year"],
        (1, 0, 0, 1, 0),
    )


def test_tabs_named_by_their_year_date_their_rows():
    rows = [["Nama Usaha", "Tenaga Kerja"], ["Amplang", 3]]

    outcome = look(workbook({"2021": rows, "IKM 2022": rows, "2019-2020": rows}), year=2023)

    assert [child.values["year"] for child in outcome.plan.new_children] == [2021, 2022, 2023]
    assert len(problems_of(outcome, "year_from_tab")) == 2


def test_rows_without_figures_need_no_year_though_there_is_a_column_for_it():
    rows = [HEADING, ["Amplang", "Siti", None, None], ["Roti", "Ani", 2018, 4]]

    assert asked(look(rows)) == []


def test_a_list_without_figures_needs_no_year():
    outcome = look([["Nama Usaha", "Nama Pemilik"], ["Amplang", "Siti"]])

    assert (asked(outcome), tally(outcome)) == ([], (1, 0, 0, 0, 0))


@pytest.mark.parametrize("year", ["(kosongkan)", "dua ribu", 1800])
def test_a_year_that_is_none_holds_its_row_and_never_breaks(year):
    rows = [[*HEADING, "KBLI"], [*ROW[:2], year, 3, "10794"], ["Roti", "Ani", 2024, 3, "10794"]]

    assert tally(look(rows)) == (1, 0, 0, 1, 0)


# Columns


def test_two_columns_for_one_field_are_a_question_answered_by_their_letters():
    rows = [["Nama Usaha", "Alamat", "Alamat Usaha"], ["Amplang", "Jl. Satu", "Jl. Dua"]]

    outcome = look(rows)
    load(rows, mapping={"B": ""})

    assert asked(outcome) == ["columns"]
    assert Business.objects.get().address == "Jl. Dua"


def test_an_unknown_heading_with_content_is_listed():
    outcome = look([[*HEADING, "Warna", "Kosong"], [*ROW, "merah", None]])

    assert [problem.heading for problem in problems_of(outcome, "unknown_heading")] == ["Warna"]


def test_a_misspelt_heading_is_taken_and_noted():
    outcome = look([["Nama Usaha", "Nama Pemiliik"], ["Amplang", "Siti"]])

    assert outcome.plan.new[0].values["owner_name"] == "Siti"
    [problem] = problems_of(outcome, "fuzzy_heading")
    assert problem.heading == "Nama Pemiliik"
    assert "dibaca sebagai «Nama Pemilik»" in problem.message


def test_the_staff_can_teach_a_heading():
    HeadingAlias.objects.create(register="ikm", heading="Juragan", field="owner_name")

    outcome = look([["Nama Usaha", "JURAGAN"], ["Amplang", "Siti"]])

    assert outcome.plan.new[0].values["owner_name"] == "Siti"


# Rows


def test_a_wrong_total_is_told_and_a_right_one_is_not():
    rows = [HEADING, ROW, ["Roti Ani", "Ani", 2024, 5]]

    wrong = look([*rows, ["JUMLAH", None, None, 9]])
    right = look([*rows, ["JUMLAH", None, None, 8]])

    [problem] = problems_of(wrong, "total_mismatch")
    assert (problem.row, problem.column, problem.severity) == (4, "D", "warning")
    assert problems_of(right, "total_mismatch") == []


def test_hidden_rows_and_columns_are_read_with_a_warning():
    book = load_workbook(io.BytesIO(xlsx([HEADING, ROW])))
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    stream = io.BytesIO()
    book.save(stream)

    outcome = look(stream.getvalue())

    assert tally(outcome) == (1, 0, 0, 0, 0)
    assert problems_of(outcome, "hidden_rows")[0].severity == "warning"
    assert problems_of(outcome, "hidden_columns")[0].severity == "warning"


def test_a_merged_ward_stands_in_every_row_it_covers(reference):
    rows = [["Kelurahan", "Nama Usaha", "Pemilik"], ["Manggar", "Amplang", "Siti"]]
    content = xlsx([*rows, [None, "Roti", "Ani"], [None, "Kue", "Dewi"]], merge=["A2:A4"])

    load(content)

    assert Business.objects.filter(kelurahan__name="Manggar").count() == 3


SHAPES = {
    "plain": [HEADING, ROW],
    "blanks between": [HEADING, ROW, [], [], ["Roti", "Ani", 2024, 1], [None, " "]],
    "heading again": [HEADING, ROW, HEADING, ["Roti", "Ani", 2024, 1]],
    "number row": [HEADING, ["(1)", "(2)", "(3)", "(4)"], ROW],
    "twins and doubles": [HEADING, ROW, ROW, [*ROW[:3], 9], [*ROW[:3], 8]],
    "errors": [HEADING, [None, "Siti", 2024, 3], ["Roti", "Ani", "x", "y"], ROW],
    "remarks": [HEADING, ROW, ["Jumlah", None, None, 3], ["Sumber: pendataan"]],
    "only a heading": [HEADING],
    "signature": [HEADING, ROW, [], [None, None, "Balikpapan, 2 Januari 2025"], [None, "NIP. 1"]],
}


@pytest.mark.parametrize("rows", SHAPES.values(), ids=SHAPES)
def test_every_row_is_accounted_for(rows):
    outcome = look(rows)

    assert sum(tally(outcome)) == outcome.counts["rows"]
    if outcome.status == "planned":
        filled = [i for i, row in enumerate(rows) if any(str(c or "").strip() for c in row)]
        below = outcome.sheets_json()[0]["header_rows"][-1] + ("(1)" in rows[1])
        assert outcome.counts["rows"] == filled[-1] + 1 - below


def test_rows_are_counted_over_all_sheets_that_are_read():
    content = workbook({"A": [HEADING, ROW], "B": [HEADING, ["Roti", "Ani", 2024, 1], [], ROW]})

    outcome = look(content)

    assert outcome.counts["rows"] == 4
    assert tally(outcome) == (2, 0, 0, 0, 2)


# Numbers


def test_a_column_that_proves_english_is_read_as_english_throughout():
    rows = [["Nama Usaha", "Tahun", "Investasi (Rp)"], ["Amplang", 2024, "1,234,567"]]

    alone = look([*rows[:1], ["Roti", 2024, "850,000"]])
    proved = look([*rows, ["Roti", 2024, "850,000"]])

    assert problems_of(alone, "ambiguous_number")[0].severity == "error"
    assert [child.values["investment"] for child in proved.plan.new_children] == [
        1_234_567,
        850_000,
    ]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_of_any_kind_is_the_same_list(delimiter, encoding):
    rows = [HEADING, ["Kafé Siti", "Siti Contoh", 2024, 3]]

    load(delimited(rows, delimiter=delimiter, encoding=encoding), name="data.csv")

    assert Business.objects.get().name == "Kafé Siti"


# Regions


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize(
    ("values", "stored", "severity"),
    [
        (("Manggar", None), ("Manggar", "Balikpapan Timur"), None),
        (("MANGGAR", "Balikpapan Timur"), ("Manggar", "Balikpapan Timur"), None),
        (("Manggar", "Balikpapan Kota"), ("Manggar", "Balikpapan Timur"), "warning"),
        ((None, "Timur"), (None, "Balikpapan Timur"), None),
        (("Gn. Samarinda", None), ("Gunung Samarinda", "Balikpapan Utara"), None),
    ],
)
def test_the_ward_decides_and_the_district_follows(values, stored, severity):
    outcome = look([["Nama Usaha", "Kelurahan", "Kecamatan"], ["Amplang", *values]])
    load([["Nama Usaha", "Kelurahan", "Kecamatan"], ["Amplang", *values]])

    place = Business.objects.values_list("kelurahan__name", "kecamatan__name").get()
    assert place == stored
    assert [p.severity for p in problems_of(outcome, "region_conflict")] == (
        [severity] * bool(severity)
    )


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize("ward", ["Mangar", "Loa Janan", "Manggar Sekali"])
def test_a_ward_nobody_knows_holds_the_row(ward):
    outcome = look([["Nama Usaha", "Kelurahan"], ["Amplang", ward]])

    [problem] = problems_of(outcome, "unknown_region")
    assert problem.severity == "error"
    assert ("Manggar" in problem.message.partition("bukan")[2]) is (ward == "Mangar")


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize(
    ("address", "ward"),
    [
        ("Jl. Contoh 5, Manggar, Balikpapan Timur", "Manggar"),
        ("Jl. Contoh 5, Kel. Manggar, Kec. Balikpapan Timur, Kota Balikpapan", "Manggar"),
        ("Jl. Contoh 5 RT 1, Manggar", "Manggar"),
        ("Jl. Contoh 5, Manggar, Balikpapan Kota", None),
        ("Jl. Manggar 5", None),
        ("Jl. Contoh 5, Mekar Sari, Loa Janan", None),
        ("Manggar, Loa Janan", None),
    ],
)
def test_an_address_gives_its_ward_only_where_it_says_so_exactly(address, ward):
    load([["Nama Usaha", "Alamat"], ["Amplang", address]])

    business = Business.objects.get()
    assert business.address == address
    assert (business.kelurahan and business.kelurahan.name) == ward


@pytest.mark.usefixtures("reference")
def test_an_address_never_overrules_the_district_the_sheet_states():
    rows = [
        ["Nama Usaha", "Alamat", "Kecamatan"],
        ["Amplang", "Jl. Contoh 5, Manggar, Balikpapan Timur", "Balikpapan Kota"],
    ]

    outcome = look(rows)
    load(rows)

    business = Business.objects.get()
    assert (business.kelurahan, business.kecamatan.name) == (None, "Balikpapan Kota")
    assert problems_of(outcome, "region_conflict")[0].field == "address"
