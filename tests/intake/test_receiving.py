"""An upload is saved whole: its file, its plan and its record, or a word about what failed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, OperationalError
from django.urls import reverse

from balikpapan.intake import storage, uploads
from balikpapan.intake.answers import Answers
from balikpapan.intake.models import Upload
from balikpapan.intake.uploads import answer, confirm, discard, receive
from industry.models import Business
from tests.intake.importing import hand_in, load
from tests.pages import upload_url
from tests.sheets import xlsx
from tests.trust.previews import logged_in, people

pytestmark = pytest.mark.django_db


def breaking(error):
    def broken(*args, **kwargs):
        raise error

    return broken


@pytest.mark.parametrize("step", ["examine", "make_plan", "_record"])
@pytest.mark.parametrize(
    ("error", "code"),
    [
        pytest.param(RuntimeError("salah"), "failed", id="a mistake"),
        pytest.param(OperationalError("disk I/O error"), "outage", id="an outage"),
    ],
)
def test_a_file_whose_reading_breaks_off_is_kept_and_can_be_tried_again(
    step, error, code, petugas, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(uploads, step, breaking(error))
        with pytest.raises(type(error)):
            receive("ikm", xlsx(people(2)), "data.xlsx", Answers(), petugas)

    upload = Upload.objects.get()
    assert (upload.status, upload.reason_code) == ("refused", code)
    assert storage.is_whole(upload.sha256)
    browser = logged_in(petugas)
    assert "Coba lagi" in browser.get(upload_url("change", upload)).content.decode()
    browser.post(upload_url("retry", upload))
    assert Upload.objects.get().status == "planned"


def test_where_the_disk_is_full_no_half_file_stays(petugas, monkeypatch):
    monkeypatch.setattr(storage.os, "fsync", breaking(OSError(28, "No space left on device")))
    before = set(storage.folder(storage.digest(xlsx(people(1)))).parent.rglob("*"))

    with pytest.raises(OSError, match="No space"):
        receive("ikm", b"Nama Usaha\nAmplang\n", "data.csv", Answers(), petugas)

    folder = storage.folder(storage.digest(b"Nama Usaha\nAmplang\n"))
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert before == set(storage.folder(storage.digest(xlsx(people(1)))).parent.rglob("*"))
    assert not Upload.objects.exists()


def test_an_answer_that_breaks_off_leaves_the_preview_as_it_was(petugas, monkeypatch):
    upload = hand_in(people(2), user=petugas)
    before = Upload.objects.values().get()
    files = {path.name for path in storage.folder(upload.sha256).iterdir()}
    monkeypatch.setattr(uploads, "_record", breaking(DatabaseError("hilang")))

    with pytest.raises(DatabaseError):
        answer(upload, Answers(near="new"), petugas)

    assert Upload.objects.values().get() == before
    assert {path.name for path in storage.folder(upload.sha256).iterdir()} == files
    monkeypatch.undo()
    confirm(Upload.objects.get(), petugas)
    assert Business.objects.count() == 2


def test_a_plan_nobody_may_store_says_why_by_code_and_sentence(petugas):
    upload = hand_in(people(2), user=petugas)

    discard(upload, Upload.Reason.HELD_ROWS)

    upload = Upload.objects.get()
    assert (upload.status, upload.reason_code) == ("refused", "held_rows")
    page = logged_in(petugas).get(upload_url("change", upload)).content.decode()
    assert "Ada baris yang ditahan" in page
    assert "held_rows" not in page


def test_what_is_stored_is_never_discarded(petugas):
    upload = load(people(2), user=petugas)

    discard(upload, Upload.Reason.HELD_ROWS)

    assert Upload.objects.get().status == "stored"


def test_a_refused_file_gives_its_reason_by_code(petugas):
    browser = logged_in(petugas)
    page = reverse("admin:intake_upload_new", args=["ikm"])

    browser.post(page, {"file": SimpleUploadedFile("a.xlsx", b"%PDF-1.7")})

    upload = Upload.objects.get()
    assert (upload.status, upload.reason_code) == ("refused", "unreadable")
    assert "PDF" in upload.reason
