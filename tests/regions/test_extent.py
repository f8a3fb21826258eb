"""Coordinates of another place than the city are told, and stored all the same."""

import pytest

from tests.intake.importing import look, problems_of, tally

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("point", "warned"),
    [
        pytest.param((-1.2379, 116.8529), False, id="in the city"),
        pytest.param((-1.15, 117.01), False, id="at its eastern shore"),
        pytest.param((-0.954032, 131.303115), True, id="in Papua"),
        pytest.param((-0.5022, 117.1536), True, id="in Samarinda"),
        pytest.param((None, 131.303115), False, id="only one of the two"),
    ],
)
@pytest.mark.parametrize("register", ["ikm", "fasilitas"])
def test_coordinates_outside_the_city_are_a_warning(register, point, warned):
    name = {"ikm": "Nama Usaha", "fasilitas": "Nama Sarana"}[register]

    kind = ["Jenis", "Gedung"] if register == "fasilitas" else ["Alamat", "Jl. Uji 1"]
    rows = [[name, kind[0], "Latitude", "Longitude"], ["Uji", kind[1], *point]]
    outcome = look(rows, register)

    assert tally(outcome)[0] == 1
    assert bool(problems_of(outcome, "outside_city")) is warned
