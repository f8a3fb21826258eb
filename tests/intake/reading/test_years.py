"""Of which year the figures are: as a column, the title, a tab or the answer says."""

import pytest

from industry.models import BusinessYear
from tests.intake.importing import asked, load, look, problems_of, tally
from tests.sheets import workbook

pytestmark = pytest.mark.django_db

HEADING = ["Nama Usaha", "Nama Pemilik", "Tahun Data", "Tenaga Kerja"]
ROW = ["Amplang Siti", "Siti Contoh", 2024, 3]


def figures(rows, **answers):
    load(rows, **answers)
    return BusinessYear.objects.get()


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
