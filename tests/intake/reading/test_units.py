"""In what unit money is written: as the heading, the title or the answer says."""

import pytest

from industry.models import BusinessYear
from tests.intake.importing import asked, load, look, problems_of
from tests.sheets import delimited, workbook

pytestmark = pytest.mark.django_db


def figures(rows, **answers):
    load(rows, **answers)
    return BusinessYear.objects.get()


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
