"""Promise 43: what stands in an address reaches no page as an error of ours, lists or others.

The lists are in ``tests/audit/test_long_lookups.py``.
"""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

from balikpapan.audit.models import Change, Record
from industry.models import Business
from tests.trust.test_p34_rights import (  # noqa: F401  ``world`` is a fixture
    addresses,
    arguments,
    path_of,
    sent,
    uploads_of,
    world,
)

pytestmark = pytest.mark.django_db

#: What any page reads from its address.
NAMES = [
    "banding",
    "bagian",
    "bulan",
    "edisi",
    "ganda",
    "hal",
    "halaman",
    "isi",
    "isian",
    "kecamatan",
    "kelompok",
    "kurang",
    "o",
    "p",
    "reason__exact",
    "skala",
    "status",
    "status__exact",
    "tahun",
    "tingkat",
    "umum",
    "year",
    "term",
    "page",
    "field",
    "text",
    "e",
    "_popup",
    "_to_field",
    "_changelist_filters",
]
TEXTS = [
    pytest.param({"q": "kata " * 2000, **dict.fromkeys(NAMES, "9" * 4400)}, id="digits and words"),
    # Only PostgreSQL cannot hold it.
    pytest.param(
        dict.fromkeys([*NAMES, "q"], "\x001"), id="nul", marks=pytest.mark.postgresql_only
    ),
]
#: Pages of every kind of record are tried with one of them.
ONE_OF_EACH = (Business, None)
ANSWERS = {200, 204, 302, 400, 403, 404, 405}


def register_contents() -> dict[str, list]:
    """Every record by number and version, and how long the trail is: looking changes none of it."""
    records = [model for model in apps.get_models() if issubclass(model, Record)]
    versions = {
        m: list(m._base_manager.order_by("pk").values_list("pk", "version")) for m in records
    }
    return {**versions, Change: [Change.objects.count()]}


@pytest.mark.parametrize("asked", TEXTS)
def test_p43_no_page_breaks_over_what_its_address_says(client, world, asked):  # noqa: F811
    client.raise_request_exception = False
    client.force_login(get_user_model().objects.create_superuser("pertama"))
    broken, before = {}, register_contents()
    for address in addresses():
        if address.name == "logout" or (
            address.page.startswith("*") and address.model not in ONE_OF_EACH
        ):
            continue
        upload, _ = uploads_of(address, world)[0]
        for part in arguments(address, world, upload)[:1]:
            path = path_of(address, part)
            answer = client.get(path, {**asked, **sent(address, "get")})
            if answer.status_code not in ANSWERS:
                broken[path] = answer.status_code

    assert broken == {}
    # Promise 41: no page changes the register because somebody looks at it.
    assert register_contents() == before
