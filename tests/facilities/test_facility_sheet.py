"""The sheet of places: known by number, code or name; inside another place."""

import pytest

from facilities.models import Facility
from tests.factories import FacilityFactory, KelurahanFactory
from tests.intake.importing import export, load, look, problems_of, tally

pytestmark = pytest.mark.django_db

HEADING = ["Kode", "Nama Sarana", "Jenis", "Bagian dari", "Luas Lahan (M2)", "Tahun Dibangun"]


def test_a_place_is_stored_with_what_its_row_says():
    ward = KelurahanFactory(name="Uji Hilir")

    load(
        [
            [*HEADING, "Kelurahan", "Mulai Beroperasi", "Status"],
            ["SU", "Sentra Uji", "Sentra", None, "6.500", 2017, "Uji Hilir", "2 Mei 2018", "Aktif"],
        ],
        "fasilitas",
    )

    place = Facility.objects.get()
    assert (place.code, place.name, place.kind) == ("SU", "Sentra Uji", "centre")
    assert (place.land_area_m2, place.built_year, place.kelurahan) == (6500, 2017, ward)
    assert (str(place.operational_on), place.status) == ("2018-05-02", "operating")


def test_a_place_is_known_by_its_code_and_by_its_name():
    FacilityFactory(code="SU", name="Sentra Uji")
    FacilityFactory(name="Gudang Uji", kind="warehouse")

    upload = load(
        [
            HEADING,
            ["SU", "Sentra Uji Baru", "Sentra", None, None, None],
            [None, "gudang uji", "Gudang", "SU", None, 2020],
        ],
        "fasilitas",
    )

    assert tally(upload) == (0, 2, 0, 0, 0)
    assert Facility.objects.get(code="SU").name == "Sentra Uji Baru"
    warehouse = Facility.objects.get(kind="warehouse")
    assert (warehouse.parent.code, warehouse.built_year) == ("SU", 2020)


def test_a_parent_in_the_same_file_is_there_the_second_time():
    sheet = [
        HEADING,
        ["SU", "Sentra Uji", "Sentra", None, None, None],
        [None, "Gudang Uji", "Gudang", "SU", None, None],
    ]

    first, second = load(sheet, "fasilitas"), load(sheet, "fasilitas")

    assert tally(first) == (1, 0, 0, 1, 0)
    assert tally(second) == (1, 0, 1, 0, 0)
    assert Facility.objects.get(name="Gudang Uji").parent.code == "SU"


@pytest.mark.parametrize(
    ("kind", "held"),
    [
        pytest.param("Sentra", 0, id="known"),
        pytest.param("Warung", 1, id="unknown"),
        pytest.param(None, 1, id="missing for a new place"),
    ],
)
def test_a_new_place_has_a_kind(kind, held):
    outcome = look([HEADING, ["SU", "Sentra Uji", kind, None, None, None]], "fasilitas")

    assert outcome.counts["held"] == held


def test_a_kind_left_blank_keeps_the_stored_one_and_cannot_be_erased():
    FacilityFactory(code="SU", name="Sentra Uji")

    blank = look([HEADING, ["SU", "Sentra Uji", None, None, None, 2000]], "fasilitas")
    erased = look([HEADING, ["SU", "Sentra Uji", "(kosongkan)", None, None, 2000]], "fasilitas")

    assert tally(blank) == (0, 1, 0, 0, 0)
    assert tally(erased) == (0, 0, 0, 1, 0)


def test_two_places_of_one_name_are_a_doubt_told_in_their_own_word():
    FacilityFactory(name="Gudang", kind="warehouse")
    FacilityFactory(name="Gudang", kind="warehouse")

    outcome = look([HEADING, [None, "Gudang", "Gudang", None, None, 2020]], "fasilitas")

    [problem] = problems_of(outcome, "doubtful_match")
    assert "sarana yang sama" in problem.message


def test_the_exported_places_come_back_unchanged():
    centre = FacilityFactory(name="Sentra Uji", code="SU", land_area_m2="90000.50")
    FacilityFactory(name="Gudang", kind="warehouse", parent=centre)
    FacilityFactory(name="Gudang", kind="warehouse", parent=centre)

    outcome = look(export("fasilitas"), "fasilitas")

    assert tally(outcome) == (0, 0, 3, 0, 0)
