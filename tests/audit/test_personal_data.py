"""What personal data look like to whoever may not see them."""

import pytest
from django.contrib.auth.models import AnonymousUser

from balikpapan.audit.models import ReadAccess
from balikpapan.audit.personal_data import (
    Extract,
    masked,
    may_see,
    record_exported,
    record_fetched,
    record_seen,
)
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


# The account of who saw what


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            lambda user: record_seen(user, Business, record=7, columns=["nik", "phone"]),
            ("seen", 7, 1, "nik, phone", "", ""),
        ),
        (
            lambda user: record_seen(user, Business, count=9, columns=["x" * 600]),
            ("seen", None, 9, "x" * 500, "", ""),
        ),
        (
            lambda user: record_exported(
                user, Business, Extract(3, ["nik"], "p" * 300, filters="arsip=" + "a" * 600)
            ),
            ("exported", None, 3, "nik", "arsip=" + "a" * 494, "p" * 200),
        ),
        (
            lambda user: record_fetched(user, Business, record=5, purpose="Diperiksa " * 30),
            ("fetched", 5, 1, "", "", ("Diperiksa " * 30)[:200]),
        ),
    ],
    ids=["seen", "seen in a list", "exported", "fetched"],
)
def test_p52_what_was_seen_or_taken_is_accounted_for(record, expected, petugas):
    record(petugas)
    record(AnonymousUser())
    record(None)

    accounts = list(ReadAccess.objects.order_by("pk"))
    assert [account.by for account in accounts] == [petugas, None, None]
    assert {account.model for account in accounts} == {"industry.business"}
    assert {(a.kind, a.record, a.count, a.columns, a.filter, a.purpose) for a in accounts} == {
        expected
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "sees"),
    [("petugas", True), ("verifikator", True), ("pimpinan", False), ("administrator", False)],
)
def test_personal_data_are_seen_by_whoever_works_on_the_records(who, sees, request):
    assert may_see(request.getfixturevalue(who)) == sees
