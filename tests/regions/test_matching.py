"""Recognising a kelurahan or kecamatan as offices spell it: exactly, never by "contains"."""

import pytest

from balikpapan.audit.models import Change
from balikpapan.audit.store import archive
from balikpapan.regions.matching import RegionNames, region_key
from balikpapan.regions.models import Kelurahan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def name_of(kind, key):
    return key and RegionNames().names[kind][key]


@pytest.mark.parametrize(
    "spelling",
    [
        "Gunung Samarinda",
        "GN. SAMARINDA",
        "gn samarinda",
        "Gunung  Samarinda.",
        "Kel. Gn.Samarinda",
    ],
)
def test_spellings_of_one_ward_share_a_key(spelling):
    assert region_key(spelling) == region_key("Gunung Samarinda")


@pytest.mark.parametrize("spelling", ["Gunung Samarinda Baru", "Samarinda", "Gunung Sari", "Gng"])
def test_another_ward_does_not_share_it(spelling):
    assert region_key(spelling) != region_key("Gunung Samarinda")


@pytest.mark.parametrize(
    ("kind", "text", "name"),
    [
        ("kecamatan", "Balikpapan Timur", "Balikpapan Timur"),
        ("kecamatan", "Kec. Balikpapan Timur", "Balikpapan Timur"),
        ("kecamatan", "TIMUR", "Balikpapan Timur"),
        ("kecamatan", "Balikpapan", None),
        ("kecamatan", "Timur Laut", None),
        ("kelurahan", "Manggar", "Manggar"),
        ("kelurahan", "Manggar Baru", "Manggar Baru"),
        ("kelurahan", "Manggar Sari", None),
        ("kelurahan", "Mangga", None),
        ("kelurahan", "", None),
    ],
)
def test_a_region_is_found_whole_or_not_at_all(kind, text, name):
    assert name_of(kind, RegionNames().find(kind, text)) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mangar", "Manggar"),
        ("Manggar Balikpapan", "Manggar"),
        ("Gunung Samarinda / Kampung Timur", "Gunung Samarinda"),
        ("Manggar Sekali", None),
        ("Xyz", None),
    ],
)
def test_a_misspelt_region_is_suggested_never_taken(text, name):
    names = RegionNames()

    assert names.find("kelurahan", text) is None
    assert names.suggest("kelurahan", text) == name


def test_a_spelling_the_staff_added_is_known():
    ward = Kelurahan.objects.get(name="Lamaru")
    Kelurahan.objects.filter(pk=ward.pk).update(aliases="Lemaro; Lamarau")

    assert RegionNames().find("kelurahan", "LAMARAU") == ward.pk


def test_an_archived_ward_is_not_recognised():
    ward = Kelurahan.objects.get(name="Lamaru")
    archive(ward, by=None, channel=Change.Channel.FORM)

    assert RegionNames().find("kelurahan", "Lamaru") is None


@pytest.mark.parametrize(
    ("address", "ward", "district"),
    [
        ("Jl. A 1, Manggar, Balikpapan Timur", "Manggar", "Balikpapan Timur"),
        ("Jl. A 1, Manggar, Balikpapan Timur, Balikpapan", "Manggar", "Balikpapan Timur"),
        ("Jl. A 1, Manggar, Kaltim", "Manggar", "Balikpapan Timur"),
        ("Jl. A 1, Balikpapan Timur", None, "Balikpapan Timur"),
        ("Jl. A 1, Manggar, Balikpapan Kota", None, None),
        ("Jl. A 1, Timur", None, None),
        ("Jl. A 1, Manggar, Palaran, Samarinda", None, None),
        ("Jl. A 1, Mekar Sari, Palaran", None, None),
        ("Manggar", None, None),
        ("Jl. Manggar, Harapan Baru", None, None),
    ],
)
def test_an_address_tells_its_ward_by_its_last_parts_alone(address, ward, district):
    place = RegionNames().in_address(address)

    assert (name_of("kelurahan", place[0]), name_of("kecamatan", place[1])) == (ward, district)


def test_all_names_are_loaded_in_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        RegionNames()
