"""Section H: the program killed, its database locked or lost, the disk full."""

import errno
import os

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.urls import reverse

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change
from balikpapan.audit.trail import trace
from balikpapan.intake import confirmation, storage
from balikpapan.intake.confirmation import PlanChanged
from balikpapan.intake.models import Upload
from balikpapan.intake.planning.apply import make_ready
from balikpapan.intake.uploads import confirm
from industry.models import Business, BusinessYear
from tests.factories import BusinessFactory
from tests.intake.importing import hand_in
from tests.sheets import delimited
from tests.trust.outages import (
    connection_lost_while_writing,
    full_disk,
    kill_during_confirm,
    locked_database,
)
from tests.trust.previews import logged_in, people, press
from tests.trust.verdicts import check_every_list, fingerprint

real_database = pytest.mark.django_db(transaction=True)


@real_database
@pytest.mark.slow
@pytest.mark.parametrize(
    ("step", "stored"),
    [
        pytest.param("balikpapan.intake.confirmation:make_ready", 0, id="prepared"),
        pytest.param("written:industry_business", 0, id="businesses"),
        pytest.param("written:audit_change", 0, id="trail"),
        pytest.param("written:industry_businessyear", 0, id="figures"),
        pytest.param("balikpapan.intake.uploads:confirm", 50, id="after-commit"),
    ],
)
def test_p02_a_killed_program_has_stored_all_or_nothing_and_says_which(step, stored, typist):
    upload = hand_in(people(50), user=typist)

    kill_during_confirm(upload, step)

    upload = Upload.objects.get()
    assert Business.objects.count() == BusinessYear.objects.count() == stored
    assert Change.objects.count() == 2 * stored
    assert upload.status == ("stored" if stored else "planned")
    confirm(upload, typist)
    assert Business.objects.count() == 50
    check_every_list(logged_in(get_user_model().objects.create_superuser("penguji")))


def outage_is_told(response, word: str = "") -> None:
    """503 in Indonesian, with the reason and the promise that nothing is half-written."""
    text = check_503(response)
    assert word in text
    assert "setengah jadi" in text


def check_503(response) -> str:
    text = response.content.decode()
    assert response.status_code == 503
    assert 'lang="id"' in text
    assert "Traceback" not in text
    assert response.headers["Retry-After"]
    return text


@real_database
def test_others_go_on_writing_while_rows_are_laid_ready(typist, monkeypatch):
    upload = hand_in(people(3), user=typist)
    other, written = connection.copy(), []

    def laid_ready(*args):
        make_ready(*args)
        with other.cursor() as cursor:
            if other.vendor == "sqlite":
                cursor.execute("PRAGMA busy_timeout = 0")
            cursor.execute("UPDATE auth_user SET first_name = 'Sari'")
        written.append(staged_tables())

    monkeypatch.setattr(confirmation, "make_ready", laid_ready)
    confirm(upload, typist)
    other.close()

    assert len(written) == 1
    assert bool(written[0]) == (connection.vendor == "sqlite")
    assert get_user_model().objects.get(pk=typist.pk).first_name == "Sari"
    assert Business.objects.count() == 3
    assert staged_tables() == []


@real_database
def test_a_refused_confirmation_leaves_nothing_beside_the_register(typist, monkeypatch):
    upload = hand_in(people(3), user=typist)

    def meanwhile(*args):
        make_ready(*args)
        # The confirmation that is under way would now make this business twice.
        BusinessFactory(nib=f"91{1:011}")
        with trail_transaction():
            trace(Change(model="industry.business", record=1, version=1, channel="form"))

    with monkeypatch.context() as patch:
        patch.setattr(confirmation, "make_ready", meanwhile)
        with pytest.raises(PlanChanged):
            confirm(upload, typist)

    assert staged_tables() == []
    assert Business.objects.count() == 1


def staged_tables() -> list[str]:
    """The temporary tables of this connection; PostgreSQL needs none."""
    if connection.vendor == "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_temp_master WHERE type = 'table'")
        return [name for (name,) in cursor.fetchall()]


@real_database
def test_p03_a_locked_database_is_a_503_and_the_next_try_works(typist):
    upload = hand_in(people(3), user=typist)
    browser = logged_in(typist)
    before = fingerprint()

    with locked_database():
        outage_is_told(press(browser, upload), "sibuk")
    assert fingerprint() == before

    assert press(browser, upload).status_code == 302
    assert Business.objects.count() == 3


@real_database
def test_p03_a_lost_connection_is_a_503_and_the_next_try_works(typist):
    upload = hand_in(people(3), user=typist)
    browser = logged_in(typist)
    before = fingerprint()
    with connection_lost_while_writing():
        response = press(browser, upload)
    assert response.status_code == 503
    connection.close()
    assert fingerprint() == before

    assert press(browser, upload).status_code == 302
    assert Business.objects.count() == 3


@real_database
def test_p04_a_full_database_disk_is_a_503_and_works_again_with_room(typist):
    upload = hand_in(people(400), user=typist)
    browser = logged_in(typist)
    before = fingerprint()

    with full_disk():
        outage_is_told(press(browser, upload), "penuh")
    assert fingerprint() == before
    assert Upload.objects.get().status == "planned"

    assert press(browser, upload).status_code == 302
    assert Business.objects.count() == 400


def test_p04_a_full_upload_folder_is_a_503_and_leaves_no_half_file(petugas, monkeypatch, settings):
    from django.core.files.uploadedfile import SimpleUploadedFile

    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    browser = logged_in(petugas)
    page = reverse("admin:intake_upload_new", args=["ikm"])
    file = delimited([["Nama Usaha", "Merek"], ["Cakram penuh", "x"]])
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        response = browser.post(page, {"file": SimpleUploadedFile("a.csv", file)})

    outage_is_told(response, "penuh")
    assert Upload.objects.count() == 0
    assert not [path for path in storage.folder(storage.digest(file)).rglob("*") if path.is_file()]
    assert browser.post(page, {"file": SimpleUploadedFile("a.csv", file)}).status_code == 302


def test_a_mistake_of_the_program_is_still_a_500(petugas, monkeypatch):
    upload = hand_in(people(1), user=petugas)

    def mistaken(*args):
        raise ValueError("salah")

    monkeypatch.setattr(confirmation, "carry_out", mistaken)

    response = press(logged_in(petugas), upload)

    assert response.status_code == 500
    assert "Kesalahan 500" in response.content.decode()
    assert Business.objects.count() == 0
