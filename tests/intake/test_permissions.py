"""With four eyes wanted, somebody else stores what one has handed in."""

import pytest
from django.urls import reverse

from balikpapan.intake.answers import Answers
from balikpapan.intake.models import Upload
from balikpapan.intake.uploads import receive
from industry.models import Business
from tests.cast import member
from tests.sheets import xlsx

pytestmark = pytest.mark.django_db

ROWS = [["Nama Usaha", "Nama Pemilik"], ["Amplang Siti", "Siti Contoh"]]


@pytest.fixture
def handed_in(reference, petugas):
    upload, _ = receive("ikm", xlsx(ROWS), "daftar.xlsx", Answers(), petugas)
    return upload


def press(client, user, upload):
    client.force_login(user)
    address = reverse("admin:intake_upload_confirm", args=[upload.pk])
    return client.post(address, {"fingerprint": upload.fingerprint})


def test_the_uploader_does_not_store_and_a_colleague_does(client, handed_in, petugas, settings):
    settings.FOUR_EYES = True
    colleague = member("Petugas", "rekan")

    refused = press(client, petugas, handed_in)
    stored_by_uploader = Business.objects.count()
    press(client, colleague, handed_in)

    assert (refused.status_code, stored_by_uploader) == (403, 0)
    handed_in.refresh_from_db()
    assert handed_in.status == Upload.Status.STORED
    assert handed_in.stored_by == colleague
    assert Business.objects.count() == 1


def test_without_the_setting_the_uploader_stores_and_a_colleague_does_not(
    client, handed_in, petugas
):
    refused = press(client, member("Petugas", "rekan"), handed_in)
    stored_by_colleague = Business.objects.count()
    press(client, petugas, handed_in)

    assert (refused.status_code, stored_by_colleague) == (404, 0)
    assert Business.objects.count() == 1
