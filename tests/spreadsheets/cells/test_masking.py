"""What personal values look like to those who may not see them."""

import pytest

from balikpapan.spreadsheets.cells.masking import HIDDEN, is_masked, mask_value
from balikpapan.spreadsheets.cells.reading import is_blank


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        pytest.param("nik", "6471010101808901", "************8901", id="nik"),
        pytest.param("npwp", "012345678901234", "***********1234", id="npwp"),
        pytest.param("nik", "12345", "*****", id="short nik"),
        pytest.param("npwp", "12", "****", id="very short npwp"),
        pytest.param("phone", "081234567789", "0812****789", id="phone"),
        pytest.param(
            "phone", "081234567789 / 422546", "0812****789 / ****546", id="two phones, one local"
        ),
        pytest.param("phone", "12345", "****", id="short phone"),
        pytest.param("email", "a@b.id", HIDDEN, id="short e-mail"),
        pytest.param("email", "siti.contoh@contoh.example", HIDDEN, id="e-mail"),
        pytest.param("latitude", "-1,237927", HIDDEN, id="latitude"),
        pytest.param("longitude", "116,852852", HIDDEN, id="longitude"),
        pytest.param("whatever_comes", "Siti", HIDDEN, id="a kind without a mask of its own"),
        pytest.param("nik", "", "", id="blank"),
        pytest.param("email", " ", " ", id="spaces"),
    ],
)
def test_a_personal_value_is_masked_by_its_kind(kind, text, shown):
    assert mask_value(kind, text) == shown


@pytest.mark.parametrize("kind", ["nik", "npwp", "phone", "email", "latitude"])
@pytest.mark.parametrize("length", range(1, 20))
def test_a_mask_never_shows_all_and_never_comes_back_as_a_value(kind, length):
    text = "1234567890123456789"[:length]

    shown = mask_value(kind, text)

    assert text not in shown
    assert is_masked(shown) or is_blank(shown)
