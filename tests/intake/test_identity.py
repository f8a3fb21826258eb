"""Which stored business a row speaks of: number, NIB, NIK and name, then likeness, else a doubt."""

import pytest

from balikpapan.audit.changes import archive
from balikpapan.audit.models import Change
from industry.models import Business, BusinessYear
from tests.factories import BusinessFactory, BusinessYearFactory
from tests.intake.importing import asked, load, look, tally, told

pytestmark = pytest.mark.django_db

NIB, OTHER_NIB = "0123456789012", "9120001234567"
NIK, OTHER_NIK = "6471010101800001", "6471010101800002"
WEAK = ["Nama Usaha", "Nama Pemilik", "Alamat", "No. HP"]
AMPLANG = ["Amplang Siti", "Siti Contoh", "Jl. Contoh 1", "081255500001"]


def stored(**values):
    """The business the rows below speak of."""
    given = {
        "name": "Amplang Siti",
        "owner_name": "Siti Contoh",
        "address": "Jl. Contoh 1",
        "phone": "081255500001",
    }
    return BusinessFactory(**{**given, **values})


def number(business):
    return business.number


# The exact rungs


def test_the_register_number_decides_before_everything_else():
    business = stored(nib=NIB)
    stored(name="Roti Ani", nib=OTHER_NIB)

    outcome = look([["Nomor Register", "Nama Usaha"], [number(business), "Amplang Bu Siti"]])

    assert tally(outcome) == (0, 1, 0, 0, 0)
    assert outcome.plan.changed[0].after == {"name": "Amplang Bu Siti"}


def test_a_register_number_nobody_has_holds_the_row():
    outcome = look([["Nomor Register", "Nama Usaha"], ["IKM-000777", "Amplang"]])

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert len(told(outcome, "unknown_number")) == 1


def test_the_nib_decides_although_name_and_owner_changed():
    business = stored(nib=NIB)

    outcome = look([["Nama Usaha", "Pemilik", "NIB"], ["Amplang Jaya", "Rumi", NIB]])

    assert outcome.plan.matches.target == [business.pk]


def test_nik_and_name_decide_where_there_is_no_nib():
    business = stored(nik=NIK, owner_name="")

    outcome = look([["Nama Usaha", "NIK"], ["AMPLANG  siti", NIK]])

    assert outcome.plan.matches.target == [business.pk]


def test_one_owner_may_have_two_businesses_under_one_nik():
    stored(nik=NIK, owner_name="", phone="", address="")

    outcome = look([["Nama Usaha", "NIK"], ["Batik Rumi", NIK]])

    assert tally(outcome) == (1, 0, 0, 0, 0)


def test_a_register_number_with_the_nib_of_another_business_is_held_and_never_a_crash():
    first, second = stored(), stored(name="Roti Ani", nib=OTHER_NIB)

    outcome = look([["Nomor Register", "Nama Usaha", "NIB"], [number(first), "Amplang", OTHER_NIB]])

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert set(outcome.plan.matches.candidates[0]) == {first.pk, second.pk}


def test_the_nib_of_one_business_with_the_nik_and_name_of_another_is_doubtful():
    first, second = stored(nib=NIB, nik=OTHER_NIK), stored(name="Roti Ani", nik=NIK)

    outcome = look([["Nama Usaha", "NIB", "NIK"], ["Roti Ani", NIB, NIK]])

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert set(outcome.plan.matches.candidates[0]) == {first.pk, second.pk}


# Likeness


def test_name_and_every_column_both_sides_fill_make_a_match():
    business = stored(phone="")

    outcome = look([WEAK, ["amplang siti", "SITI CONTOH", "Jl Contoh 1", "0812-5550-0001"]])

    assert outcome.plan.matches.target == [business.pk]
    assert outcome.plan.changed[0].after["phone"] == "081255500001"


def test_a_name_alone_matches_where_the_sheet_has_nothing_else():
    business = stored()

    outcome = look([["Nama Usaha", "Tahun Berdiri"], ["Amplang Siti", 2019]])

    assert outcome.plan.matches.target == [business.pk]


def test_a_name_alone_does_not_match_where_the_sheet_knows_more_of_others():
    business = stored()

    outcome = look([WEAK, ["Roti Ani", "Ani", None, None], ["Amplang Siti", None, None, None]])

    assert business.pk not in outcome.plan.matches.target


def test_a_name_without_any_common_column_is_another_business():
    stored(owner_name="", address="", phone="081255500001")

    outcome = look([["Nama Usaha", "Pemilik"], ["Amplang Siti", "Rumi"]])

    assert tally(outcome) == (1, 0, 0, 0, 0)


def test_of_two_alike_the_one_with_equal_figures_is_meant():
    first, second = stored(), stored()
    BusinessYearFactory(business=first, year=2024, workers_total=3, investment=None)
    BusinessYearFactory(business=second, year=2024, workers_total=8, investment=None)

    outcome = look([[*WEAK, "Tahun Data", "Tenaga Kerja"], [*AMPLANG, 2024, 8]])

    assert outcome.plan.matches.target == [second.pk]


def test_of_two_alike_without_equal_figures_neither_is_taken():
    first, second = stored(), stored()

    outcome = look([WEAK, AMPLANG])

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert outcome.plan.matches.candidates == {0: [first.pk, second.pk]}


def test_different_nibs_are_different_businesses_however_alike():
    stored(nib=NIB)

    outcome = look([[*WEAK, "NIB"], [*AMPLANG, OTHER_NIB]])

    assert tally(outcome) == (1, 0, 0, 0, 0)


# Near


NEAR = {
    "another phone": ["Amplang Siti", "Siti Contoh", "Jl. Contoh 1", "081255500099"],
    "another address": ["Amplang Siti", "Siti Contoh", "Jl. Contoh 9", "081255500001"],
    "another owner, same phone": ["Amplang Siti", "Rumi", "Jl. Contoh 1", "081255500001"],
    "one letter more": ["Amplangg Siti", "Siti Contoh", "Jl. Contoh 1", "081255500001"],
    "one letter changed": ["Amplank Siti", "Siti Contoh", None, None],
    "same phone and owner, another name": ["Roti Ani", "Siti Contoh", None, "081255500001"],
}
FAR = {
    "another name and phone": ["Roti Ani", "Siti Contoh", "Jl. Contoh 1", "081255500099"],
    "two letters changed": ["Amplank Sita", "Siti Contoh", None, None],
    "another owner and phone": ["Amplang Siti", "Rumi", "Jl. Lain 5", "081255500099"],
}


@pytest.mark.parametrize("row", NEAR.values(), ids=NEAR)
def test_a_near_match_is_held_and_asked_about(row):
    business = stored()

    outcome = look([WEAK, row])

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert asked(outcome) == ["near"]
    assert outcome.plan.matches.candidates == {0: [business.pk]}
    assert business.number in told(outcome, "doubtful_match")[0].message


@pytest.mark.parametrize("row", FAR.values(), ids=FAR)
def test_what_is_not_near_is_new_without_a_question(row):
    stored()

    outcome = look([WEAK, row])

    assert tally(outcome) == (1, 0, 0, 0, 0)
    assert asked(outcome) == []


def test_a_short_name_one_letter_apart_is_another_business():
    stored(name="Rumah")

    outcome = look([["Nama Usaha", "Pemilik"], ["Rumas", "Siti Contoh"]])

    assert tally(outcome) == (1, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("answer", "counts"),
    [("hold", (0, 0, 0, 1, 0)), ("update", (0, 1, 0, 0, 0)), ("new", (1, 0, 0, 0, 0))],
)
def test_one_answer_decides_about_every_near_row(answer, counts):
    stored()

    outcome = look([WEAK, NEAR["another phone"]], near=answer)

    assert tally(outcome) == counts
    assert asked(outcome) == []


def test_a_single_row_can_be_decided_against_the_answer_for_the_file():
    business = stored()
    rows = [WEAK, NEAR["another phone"], NEAR["one letter more"]]

    outcome = look(rows, near="hold", decisions={"Data!2": f"update:{business.pk}"})

    assert tally(outcome) == (0, 1, 0, 1, 0)


# Archived


@pytest.mark.parametrize("row", [AMPLANG, NEAR["another phone"]], ids=["alike", "near"])
def test_a_row_of_an_archived_business_is_held_and_names_it(row):
    business = stored(archived=True)

    outcome = look([WEAK, row])

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert business.number in told(outcome, "archived_match")[0].message


@pytest.mark.parametrize(
    ("heading", "field", "value"), [("NIB", "nib", NIB), ("Nomor Register", None, None)]
)
def test_an_exact_match_with_an_archived_business_is_held(heading, field, value):
    business = stored(archived=True, **({field: value} if field else {}))

    outcome = look([["Nama Usaha", heading], ["Amplang Lain", value or business.number]])

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert told(outcome, "archived_match")[0].severity == "error"


def test_a_kept_business_is_preferred_to_its_archived_double():
    stored(archived=True)
    business = stored()

    outcome = look([WEAK, AMPLANG])

    assert outcome.plan.matches.target == [business.pk]


# Inside one file


def test_rows_equal_in_every_column_are_taken_once():
    outcome = look([["No", *WEAK], [1, *AMPLANG], [2, "AMPLANG SITI", *AMPLANG[1:]]])

    assert tally(outcome) == (1, 0, 0, 0, 1)


def test_a_nib_twice_holds_both_rows_whatever_is_answered():
    rows = [["Nama Usaha", "NIB"], ["Amplang Siti", NIB], ["Roti Ani", NIB]]

    outcome = look(rows, duplicates="separate")

    assert tally(outcome) == (0, 0, 0, 2, 0)
    assert {problem.field for problem in told(outcome, "double_in_file")} == {"nib"}


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


def test_of_very_many_alike_a_message_names_a_few_and_counts_the_rest():
    rows = [[*WEAK, "Tenaga Kerja"], *([*AMPLANG, number] for number in range(1, 51))]

    outcome = look(rows, year=2024)

    assert tally(outcome) == (0, 0, 0, 50, 0)
    first, *_, last = told(outcome, "double_in_file")
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
    [doubt] = told(held, "double_in_file")
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


def test_restoring_the_archived_business_lets_its_row_pass(petugas):
    business = stored()
    archive(business, by=petugas, door=Change.Door.FORM)
    held = look([WEAK, AMPLANG])
    business.archived_at = None
    business.save()

    outcome = look([WEAK, AMPLANG])

    assert tally(held)[3] == 1
    assert tally(outcome) == (0, 0, 1, 0, 0)
