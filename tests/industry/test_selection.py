"""What a report's choice of IKM is called in the line under its title."""

import pytest

from industry.models import IndustryGroup
from industry.reports.selection import EVERYTHING, Selection
from tests.factories import KecamatanFactory

PARTS = {
    "kecamatan": (KecamatanFactory.build(name="Balikpapan Uji"), "Kecamatan Balikpapan Uji"),
    "group": (IndustryGroup(name="Pangan"), "Kelompok Pangan"),
    "scale": ("small", "Skala kecil"),
    "status": ("active", "Status aktif"),
}


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.django_db
def test_every_part_of_the_choice_is_named(reference, name):
    value, words = PARTS[name]

    assert Selection(**{name: value}).words(2024) == [words]


@pytest.mark.django_db
def test_several_parts_share_one_line_and_none_has_no_line(reference):
    chosen = {name: value for name, (value, _) in PARTS.items()}

    assert Selection(**chosen).words(2024) == ["; ".join(words for _, words in PARTS.values())]
    assert EVERYTHING.words(2024) == []
