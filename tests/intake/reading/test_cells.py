"""What a file says of itself: columns, totals, hidden parts; told, never guessed."""

import io

import pytest
from openpyxl import load_workbook

from balikpapan.intake.models import HeadingAlias
from industry.models import Business
from tests.intake.importing import asked, load, look, problems_of, tally
from tests.sheets import delimited, workbook, xlsx

pytestmark = pytest.mark.django_db

HEADING = ["Nama Usaha", "Nama Pemilik", "Tahun Data", "Tenaga Kerja"]
ROW = ["Amplang Siti", "Siti Contoh", 2024, 3]


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
