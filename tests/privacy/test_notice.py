"""The privacy notice names what the registers hold about persons, for everybody who signs in."""

import pytest
from django.urls import reverse

from balikpapan.privacy.notice import personal_kinds
from tests.cast import member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("group", ["Petugas", "Pimpinan", "Administrator"])
def test_the_notice_names_each_kind_of_personal_data_and_how_long_files_stay(
    client, group, settings
):
    settings.UPLOAD_KEEP_DAYS = 365
    client.force_login(member(group))

    page = client.get(reverse("admin:privacy_notice")).text

    for words in ("NIK pemilik", "nama pemilik", "nama peserta", "365 hari", "sesudah 7 hari"):
        assert " ".join(words.split()) in " ".join(page.split())


def test_what_is_masked_and_what_is_not_stand_apart():
    kinds = {kind["name"]: kind for kind in personal_kinds()}

    assert "NIK pemilik" in kinds["usaha IKM"]["masked"]
    assert "nama pemilik" in kinds["usaha IKM"]["others"]
    assert not set(kinds["usaha IKM"]["masked"]) & set(kinds["usaha IKM"]["others"])
