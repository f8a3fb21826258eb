"""Which stored business a row speaks of: number, NIB, NIK and name, then likeness, else a doubt."""

import pytest

from balikpapan.audit.models import Change
from balikpapan.audit.store import archive
from balikpapan.intake.matching.stored import RegisterColumn
from industry.models import Business
from tests.factories import BusinessFactory, BusinessYearFactory, KelurahanFactory
from tests.intake.importing import asked, load, look, problems_of, tally

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("any_length")]

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
    assert len(problems_of(outcome, "unknown_number")) == 1


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
    assert business.number in problems_of(outcome, "doubtful_match")[0].message


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


def test_a_decision_for_a_record_that_is_not_there_holds_its_row():
    stored()

    outcome = look([WEAK, NEAR["another phone"]], decisions={"Data!2": "update:999999"})

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert problems_of(outcome, "unknown_number")


def test_a_decision_for_an_archived_record_holds_its_row():
    business = stored(archived=True)

    outcome = look([WEAK, AMPLANG], decisions={"Data!2": f"update:{business.pk}"})

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert business.number in problems_of(outcome, "archived_match")[0].message


# Archived


@pytest.mark.parametrize("row", [AMPLANG, NEAR["another phone"]], ids=["alike", "near"])
def test_p26_a_row_of_an_archived_business_is_held_and_names_it(row):
    business = stored(archived=True)

    outcome = look([WEAK, row])

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert business.number in problems_of(outcome, "archived_match")[0].message


@pytest.mark.parametrize(
    ("heading", "field", "value"), [("NIB", "nib", NIB), ("Nomor Register", None, None)]
)
def test_an_exact_match_with_an_archived_business_is_held(heading, field, value):
    business = stored(archived=True, **({field: value} if field else {}))

    outcome = look([["Nama Usaha", heading], ["Amplang Lain", value or business.number]])

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert problems_of(outcome, "archived_match")[0].severity == "error"


def test_a_kept_business_is_preferred_to_its_archived_double():
    stored(archived=True)
    business = stored()

    outcome = look([WEAK, AMPLANG])

    assert outcome.plan.matches.target == [business.pk]


def test_restoring_the_archived_business_lets_its_row_pass(petugas):
    business = stored()
    archive(business, by=petugas, channel=Change.Channel.FORM)
    held = look([WEAK, AMPLANG])
    business.archived_at = None
    business.save()

    outcome = look([WEAK, AMPLANG])

    assert tally(held)[3] == 1
    assert tally(outcome) == (0, 0, 1, 0, 0)


def test_of_an_attribute_only_those_records_stand_that_have_a_value():
    column = RegisterColumn([1, 2, 3], {1: 0, 2: 1, 3: 2}, ["a", None, ""])

    assert list(column.items()) == [(1, "a"), (3, "")]
    assert [column.get(key) for key in (1, 2, 9, None)] == ["a", None, None, None]


def test_a_region_that_the_address_tells_says_which_of_two_is_meant():
    here, there = (
        KelurahanFactory(name=name, kecamatan__name=f"Kota {name}") for name in ("Ujian", "Cobaan")
    )
    for ward in (here, there):
        BusinessFactory(name="Amplang Siti", owner_name="", phone="", address="", kelurahan=ward)
    business = Business.objects.get(kelurahan=there)
    headings = ["Nama Usaha", "Alamat", "Kelurahan", "Merek"]

    load([headings, ["Amplang Siti", "Jl. Uji 1, Cobaan, Kota Cobaan", None, "dari alamat"]])
    business.refresh_from_db()
    assert business.brand == "dari alamat"

    load([headings, ["Amplang Siti", None, "Cobaan", "dari kolom"]])
    business.refresh_from_db()
    assert business.brand == "dari kolom"
    assert Business.objects.count() == 2
