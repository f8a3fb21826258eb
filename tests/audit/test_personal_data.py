"""What personal data look like to whoever may not see them."""

import pytest

from balikpapan.audit.personal_data import masked
from industry.models import Business


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("nik", "6471010101808901", "************8901"),
        ("npwp", "012345678901234", "***********1234"),
        ("phone", "081234567789", "0812****789"),
        ("phone", "081234567789 / 0542123456", "0812****789 / 0542****456"),
        ("email", "siti@contoh.example", "********"),
        ("email", "a@b.id", "********"),
        ("latitude", -1.25, "********"),
        ("nik", "12345", "*****"),
        ("phone", "12345", "****"),
        ("nik", "", ""),
        ("latitude", None, None),
    ],
)
def test_a_value_is_masked_and_a_blank_stays_blank(field, value, shown):
    assert masked(field, value) == shown


def test_the_personal_fields_of_a_business_are_the_six_of_the_law():
    assert set(Business.personal_fields) == {
        "nik", "npwp", "phone", "email", "latitude", "longitude",
    }  # fmt: skip
