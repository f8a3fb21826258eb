"""The sheet of activities: a row per participant, or per activity."""

import pytest

from balikpapan.intake.undo import undo
from industry.models import Business, Participation, Programme
from tests.factories import (
    BusinessFactory,
    ClosedYearFactory,
    ParticipationFactory,
    ProgrammeFactory,
)
from tests.intake.importing import asked, export, load, look, problems_of, tally

pytestmark = pytest.mark.django_db

ACTIVITY = ["Tahun", "Jenis", "Nama Kegiatan", "Mulai", "Selesai", "Tempat", "Anggaran (Rp)"]
PEOPLE = ["Tahun", "Jenis", "Nama Kegiatan", "Nama Usaha", "Nama Peserta"]


def test_an_activity_is_stored_with_what_its_row_says():
    load(
        [
            ACTIVITY,
            [2024, "Bimtek", "Kemasan", "3 Mei 2024", "5 Mei 2024", "Aula", "25.000.000"],
        ],
        "pembinaan",
    )

    programme = Programme.objects.get()
    assert (programme.year, programme.kind, programme.name) == (2024, "training", "Kemasan")
    assert (str(programme.start_on), str(programme.end_on)) == ("2024-05-03", "2024-05-05")
    assert (programme.place, programme.budget) == ("Aula", 25_000_000)
    assert not Participation.objects.exists()


def test_participants_share_their_activity():
    first = BusinessFactory(name="Amplang Contoh")
    second = BusinessFactory(name="Batik Contoh", nib="1234567890123")

    upload = load(
        [
            [*PEOPLE, "NIB", "Nomor Register"],
            [2024, "Pelatihan", "Kemasan", "amplang contoh", "Siti", None, None],
            [2024, "Pelatihan", "Kemasan", None, "Ani", "1234567890123", None],
            [2024, "Pelatihan", "kemasan", None, "Budi", None, second.number],
            [2024, "Pelatihan", "Kemasan", None, "Peserta Umum", None, None],
        ],
        "pembinaan",
    )

    assert tally(upload) == (4, 0, 0, 0, 0)
    assert Programme.objects.count() == 1
    assert list(Participation.objects.order_by("id").values_list("business", "person")) == [
        (first.pk, "Siti"),
        (second.pk, "Ani"),
        (second.pk, "Budi"),
        (None, "Peserta Umum"),
    ]


def test_an_unknown_business_is_kept_as_a_name_with_a_warning():
    sheet = [
        PEOPLE,
        [2024, "Pelatihan", "Kemasan", "Kerupuk Baru", "Siti"],
        [2024, "Pelatihan", "Kemasan", "Tempe Baru", None],
    ]

    outcome = look(sheet, "pembinaan")
    load(sheet, "pembinaan")

    assert [problem.severity for problem in problems_of(outcome, "unknown_record")] == [
        "warning"
    ] * 2
    people = Participation.objects.order_by("id").values_list("person", flat=True)
    assert list(people) == ["Siti (Kerupuk Baru)", "Tempe Baru"]
    assert not Business.objects.exists()


def test_namesakes_are_told_apart_by_their_owner_or_held():
    BusinessFactory(name="Tahu Contoh", owner_name="Siti")
    BusinessFactory(name="Tahu Contoh", owner_name="Budi")

    outcome = look(
        [
            PEOPLE,
            [2024, "Pelatihan", "Kemasan", "Tahu Contoh", "Siti"],
            [2024, "Pelatihan", "Kemasan", "Tahu Contoh", "Orang Lain"],
        ],
        "pembinaan",
    )

    assert tally(outcome) == (1, 0, 0, 1, 0)
    assert "IKM-" in problems_of(outcome, "doubtful_match")[0].message


def test_an_unknown_register_number_holds_the_row():
    outcome = look(
        [
            ["Tahun", "Jenis", "Nama Kegiatan", "Nomor Register"],
            [2024, "Pelatihan", "Kemasan", "IKM-999999"],
        ],
        "pembinaan",
    )

    assert tally(outcome) == (0, 0, 0, 1, 0)


def test_a_second_budget_for_one_activity_is_held():
    outcome = look(
        [
            [*PEOPLE, "Anggaran (Rp)"],
            [2024, "Pelatihan", "Kemasan", None, "Siti", 1_000_000],
            [2024, "Pelatihan", "Kemasan", None, "Ani", None],
            [2024, "Pelatihan", "Kemasan", None, "Budi", 2_000_000],
        ],
        "pembinaan",
    )

    assert tally(outcome) == (2, 0, 0, 1, 0)
    assert problems_of(outcome, "double_in_file")[0].field == "budget"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Pelatihan Kemasan", "training"),
        ("Bimbingan Teknis Halal", "training"),
        ("Pameran Produk IKM", "market"),
        ("Bantuan Alat Pengemas", "assistance"),
    ],
)
def test_the_kind_follows_from_the_name_where_no_column_says_it(name, kind):
    sheet = [["Tahun", "Nama Kegiatan", "Nama Peserta"], [2024, name, "Siti"]]

    outcome = look(sheet, "pembinaan")
    load(sheet, "pembinaan")

    assert Programme.objects.get().kind == kind
    assert len(problems_of(outcome, "kind_from_name")) == 1


def test_an_activity_of_no_known_kind_is_held():
    outcome = look(
        [["Tahun", "Nama Kegiatan", "Nama Peserta"], [2024, "Rapat", "Siti"]], "pembinaan"
    )

    assert tally(outcome) == (0, 0, 0, 1, 0)


def test_a_sheet_without_a_year_asks_for_it():
    outcome = look(
        [["Jenis", "Nama Kegiatan", "Tempat"], ["Bimtek", "Kemasan", "Aula"]], "pembinaan"
    )

    assert asked(outcome) == ["year"]
    assert "anggaran" in outcome.questions[0].about


def test_a_closed_year_does_not_freeze_activities():
    ClosedYearFactory(year=2024)

    outcome = look([PEOPLE, [2024, "Pelatihan", "Kemasan", None, "Siti"]], "pembinaan")

    assert tally(outcome) == (1, 0, 0, 0, 0)


def test_a_participant_added_later_changes_nothing_else():
    sheet = [PEOPLE, [2024, "Pelatihan", "Kemasan", None, "Siti"]]
    load(sheet, "pembinaan")

    upload = load([*sheet, [2024, "Pelatihan", "Kemasan", None, "Ani"]], "pembinaan")

    assert tally(upload) == (0, 1, 1, 0, 0)
    assert Programme.objects.get().version == 1


def test_the_exported_activities_come_back_unchanged():
    programme = ProgrammeFactory()
    ParticipationFactory(programme=programme, person="Siti", result="Lulus")
    ParticipationFactory(programme=programme, business=None, person="Peserta Umum")
    ParticipationFactory(programme=programme)
    ProgrammeFactory(place="Aula")

    assert tally(look(export("pembinaan"), "pembinaan")) == (0, 0, 4, 0, 0)


@pytest.mark.parametrize(
    ("heading", "cells", "stored_name", "person"),
    [
        pytest.param(["Nama Usaha"], ["Amplang Siti"], "Amplang Siti", "", id="by its name"),
        pytest.param(
            ["Nama Usaha", "Nama Peserta"],
            ["Amplang Siti", "Siti Contoh"],
            "Siti Contoh (Amplang Siti)",
            "Siti Contoh",
            id="by name and person",
        ),
        pytest.param(
            ["NIB", "Nama Peserta"],
            ["9123456789012", "Siti Contoh"],
            "Siti Contoh",
            "Siti Contoh",
            id="by its NIB",
        ),
    ],
)
def test_a_participant_kept_by_name_is_linked_once_the_business_is_recorded(
    heading, cells, stored_name, person, petugas
):
    sheet = [["Tahun", "Nama Kegiatan", *heading], [2024, "Pelatihan kemasan", *cells]]
    load(sheet, "pembinaan")
    participant = Participation.objects.get()
    assert (participant.business, participant.person) == (None, stored_name)
    business = BusinessFactory(name="Amplang Siti", nib="9123456789012")

    again = look(sheet, "pembinaan")
    upload = load(sheet, "pembinaan", petugas)

    assert tally(again) == (0, 1, 0, 0, 0)
    participant.refresh_from_db()
    assert (participant.business, participant.person) == (business, person)
    assert Participation.objects.count() == 1
    assert tally(look(sheet, "pembinaan")) == (0, 0, 1, 0, 0)
    undo(upload, by=petugas)
    participant.refresh_from_db()
    assert (participant.business, participant.person) == (None, stored_name)


def test_a_participant_kept_by_name_is_linked_to_one_row_only():
    one = [["Tahun", "Nama Kegiatan", "Nama Usaha"], [2024, "Pelatihan kemasan", "Amplang Siti"]]
    load(one, "pembinaan")
    first = BusinessFactory(name="Amplang Siti")
    second = BusinessFactory(name="Amplang Siti", owner_name="Lain")
    heading = ["Tahun", "Nama Kegiatan", "Nomor Register", "Nama Usaha"]
    rows = [
        [2024, "Pelatihan kemasan", business.number, "Amplang Siti"] for business in (first, second)
    ]

    load([heading, *rows], "pembinaan")

    people = Participation.objects.order_by("id").values_list("business", "person")
    assert list(people) == [(first.pk, ""), (second.pk, "")]
