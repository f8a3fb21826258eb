"""Rows of one file that speak of one business: twins, possible doubles, and its several years."""

import pytest

from industry.models import Business, BusinessYear
from tests.factories import BusinessFactory
from tests.intake.importing import asked, load, look, problems_of, tally

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("any_length")]

NIB, OTHER_NIB = "0123456789012", "9120001234567"
NIK = "6471010101800001"
WEAK = ["Nama Usaha", "Nama Pemilik", "Alamat", "No. HP"]
AMPLANG = ["Amplang Siti", "Siti Contoh", "Jl. Contoh 1", "081255500001"]


def stored():
    """The business the rows below speak of."""
    name, owner, address, phone = AMPLANG
    return BusinessFactory(name=name, owner_name=owner, address=address, phone=phone)


def test_rows_equal_in_every_column_are_taken_once():
    outcome = look([["No", *WEAK], [1, *AMPLANG], [2, "AMPLANG SITI", *AMPLANG[1:]]])

    assert tally(outcome) == (1, 0, 0, 0, 1)


def test_a_nib_twice_holds_both_rows_whatever_is_answered():
    rows = [["Nama Usaha", "NIB"], ["Amplang Siti", NIB], ["Roti Ani", NIB]]

    outcome = look(rows, duplicates="separate")

    assert tally(outcome) == (0, 0, 0, 2, 0)
    assert {problem.field for problem in problems_of(outcome, "double_in_file")} == {"nib"}


def test_nik_and_name_twice_hold_both_rows():
    rows = [["Nama Usaha", "NIK", "Produk"], ["Amplang", NIK, "kue"], ["Amplang", NIK, "roti"]]

    assert tally(look(rows, duplicates="separate")) == (0, 0, 0, 2, 0)


@pytest.mark.parametrize(
    ("answer", "counts", "questions"),
    [
        (None, (0, 0, 0, 2, 0), ["duplicates"]),
        ("hold", (0, 0, 0, 2, 0), []),
        ("separate", (2, 0, 0, 0, 0), []),
    ],
)
def test_the_same_business_with_other_figures_is_one_question_for_the_file(
    answer, counts, questions
):
    rows = [[*WEAK, "Tenaga Kerja"], [*AMPLANG, 2], [*AMPLANG, 5]]

    outcome = look(rows, year=2024, duplicates=answer)

    assert tally(outcome) == counts
    assert asked(outcome) == questions
    assert [question.options for question in outcome.questions] == [
        ["hold", "separate"] for _ in questions
    ]


@pytest.mark.parametrize(
    ("answer", "counts", "questions"),
    [
        (None, (1, 0, 0, 2, 0), ["duplicates"]),
        ("separate", (3, 0, 0, 0, 0), []),
    ],
)
def test_a_row_that_only_leaves_cells_blank_may_be_the_fuller_one_again(answer, counts, questions):
    fuller, blank = AMPLANG, ["Amplang Siti", "Siti Contoh", None, "081255500001"]
    other = ["Amplang Siti", "Siti Contoh", "Jl. Contoh 2", "081255500009"]
    rows = [[*WEAK, "Tenaga Kerja"], [*fuller, 2], [*blank, 5], [*other, 3]]

    outcome = look(rows, year=2024, duplicates=answer)

    assert tally(outcome) == counts
    assert asked(outcome) == questions


def test_namesakes_with_a_nib_each_are_two_businesses():
    outcome = look([[*WEAK, "NIB"], [*AMPLANG, NIB], [*AMPLANG, OTHER_NIB]])

    assert (tally(outcome), asked(outcome)) == ((2, 0, 0, 0, 0), [])


def test_a_nib_beside_a_blank_one_does_not_make_two_businesses():
    outcome = look([[*WEAK, "NIB"], [*AMPLANG, NIB], [*AMPLANG, None]])

    assert (tally(outcome)[0], asked(outcome)) == (0, ["duplicates"])


def test_of_very_many_alike_a_message_names_a_few_and_counts_the_rest():
    rows = [[*WEAK, "Tenaga Kerja"], *([*AMPLANG, number] for number in range(1, 51))]

    outcome = look(rows, year=2024)

    assert tally(outcome) == (0, 0, 0, 50, 0)
    first, *_, last = problems_of(outcome, "double_in_file")
    assert "dengan baris 3, 4, 5, 6, 7 dan 44 baris lainnya" in first.message
    assert "dengan baris 2, 3, 4, 5, 6 dan 44 baris lainnya" in last.message


# Two years in one file


def two_years(first, second, extra=()):
    heading = [*WEAK, *extra, "Tahun Data", "Tenaga Kerja"]
    return [heading, [*first, 2023, 2], [*second, 2024, 4]]


ONE_BUSINESS = {
    "likeness": (two_years(AMPLANG, AMPLANG)),
    "NIB": two_years([*AMPLANG, NIB], ["Amplang Jaya", "Siti", None, None, NIB], ["NIB"]),
    "NIK and name": two_years(
        [*AMPLANG, NIK], ["Amplang Siti", "Siti Contoh", None, "081255500077", NIK], ["NIK"]
    ),
    "NIB in one year only": two_years([*AMPLANG, None], [*AMPLANG, NIB], ["NIB"]),
    "a phone in one year only": two_years([*AMPLANG[:3], None], AMPLANG),
    "a phone in one year, the address in the other": two_years(
        ["Amplang Siti", "Siti Contoh", None, "081255500001"], [*AMPLANG[:3], None]
    ),
}


@pytest.mark.parametrize("rows", ONE_BUSINESS.values(), ids=ONE_BUSINESS)
def test_one_identity_with_two_years_is_one_business(rows):
    load(rows)

    assert Business.objects.count() == 1
    assert list(BusinessYear.objects.order_by("year").values_list("year", "workers_total")) == [
        (2023, 2),
        (2024, 4),
    ]


def test_a_business_whose_cells_fill_over_three_years_stays_one():
    heading = [*WEAK, "Tahun Data", "Tenaga Kerja"]
    name, owner, address, phone = AMPLANG

    load(
        [
            heading,
            [name, owner, None, phone, 2023, 2],
            [name, owner, address, phone, 2024, 4],
            [name, owner, None, None, 2022, 1],
        ]
    )

    assert Business.objects.count() == 1
    assert BusinessYear.objects.count() == 3


def test_a_next_year_that_fits_two_businesses_is_held():
    heading = [*WEAK, "Tahun Data", "Tenaga Kerja"]
    first, second = AMPLANG, [*AMPLANG[:2], "Jl. Contoh 2", "081255500002"]
    either = [*AMPLANG[:2], None, None]
    rows = [heading, [*either, 2024, 7], [*first, 2023, 2], [*second, 2023, 4]]

    held, separate = look(rows), look(rows, duplicates="separate")

    assert (tally(held), tally(separate)) == ((2, 0, 0, 1, 0), (3, 0, 0, 0, 0))
    [doubt] = problems_of(held, "double_in_file")
    assert (doubt.row, "mungkin usaha yang sama dengan baris 3, 4" in doubt.message) == (2, True)


def test_two_identities_with_two_years_are_two_businesses():
    load(two_years(AMPLANG, ["Roti Ani", "Ani Contoh", "Jl. Contoh 2", "081255500002"]))

    assert Business.objects.count() == 2


def test_two_years_of_a_stored_business_are_two_changes_of_one_record():
    stored()

    load(two_years(AMPLANG, AMPLANG))

    assert Business.objects.count() == 1
    assert BusinessYear.objects.count() == 2


def test_two_rows_of_one_year_never_write_one_record():
    business = stored()
    rows = [
        ["Nomor Register", *WEAK, "Tahun Data", "Tenaga Kerja"],
        [business.number, *AMPLANG, 2024, 2],
        [business.number, "Amplang Jaya", None, None, None, 2024, 4],
    ]

    outcome = look(rows)

    assert tally(outcome) == (0, 0, 0, 2, 0)
