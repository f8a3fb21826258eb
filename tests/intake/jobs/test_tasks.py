"""Large uploads: the worker reads and stores them while the page tells how far it is."""

import io
import os
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from balikpapan.intake import uploads
from balikpapan.intake import work as upload_work
from balikpapan.intake.answers import Answers
from balikpapan.intake.jobs import dispatch, tasks
from balikpapan.intake.models import Upload, Work
from balikpapan.spreadsheets.opening.row_estimate import estimated_rows
from industry.models import Business
from tests.factories import BusinessFactory
from tests.pages import upload_url
from tests.sheets import delimited, xlsx

pytestmark = pytest.mark.django_db

ROWS = [["Nama Usaha", "Nama Pemilik"], *([f"Amplang {n}", f"Ibu Contoh {n}"] for n in range(8))]


@pytest.fixture(autouse=True)
def few_rows_are_many(settings, tmp_path):
    settings.UPLOAD_BACKGROUND_ROWS = 5
    settings.UPLOAD_DIR = tmp_path / "uploads"


@pytest.fixture
def at_once(settings):
    """The worker does at once what it is given."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def waiting(settings):
    """Nobody takes up the work."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def typist(client, petugas):
    """A petugas at the keyboard."""
    client.force_login(petugas)
    return client


def give(client, rows=ROWS):
    file = SimpleUploadedFile("data.xlsx", xlsx(rows))
    address = reverse("admin:intake_upload_new", args=["ikm"])
    return client.post(address, {"file": file}, follow=True)


def press(client, upload):
    return client.post(
        upload_url("confirm", upload), {"fingerprint": upload.fingerprint}, follow=True
    )


def shown(page):
    """What the page says, in one line."""
    return " ".join(page.content.decode().split())


def silent_for(minutes, **more):
    """A worker has begun and has not been heard of since."""
    Work.objects.update(
        heartbeat_at=timezone.now() - timedelta(minutes=minutes), worker="kantor:1", **more
    )


# The way through


def test_a_large_file_is_planned_and_stored_by_the_worker(typist, at_once):
    preview = give(typist)
    upload = Upload.objects.get()
    assert preview.context["stores_something"]
    assert (upload.status, upload.counts["new"]) == ("planned", 8)

    press(typist, upload)

    upload.refresh_from_db()
    assert (upload.status, Business.objects.count()) == ("stored", 8)
    assert upload.stored_by == upload.by
    assert not Work.objects.exists()


def test_a_small_file_is_planned_in_front_of_the_page(typist, waiting):
    give(typist, ROWS[:4])

    assert Upload.objects.get().status == "planned"


def test_the_page_shows_the_work_without_a_script_too(typist, waiting):
    page = give(typist)

    text = page.content.decode()
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in text
    assert "<progress" in text
    assert "Belum ada yang disimpan" in text


def test_without_a_worker_the_page_says_so(typist, waiting):
    assert "Pekerja latar tidak berjalan" in shown(give(typist))


def test_with_a_worker_the_work_waits_its_turn(typist, waiting):
    upload_work.sign()

    assert "Menunggu giliran" in shown(give(typist))


def test_the_script_learns_how_far_the_work_is(typist, waiting):
    give(typist)
    upload, work = Upload.objects.get(), Work.objects.get()
    upload_work.start(work)
    upload_work.say(work, "Membaca sel")

    progress = typist.get(upload_url("progress", upload)).json()

    assert (progress["working"], progress["phase"]) == (True, "Membaca sel")
    assert (progress["done"], progress["total"]) == (1, 6)


def test_the_script_learns_that_the_work_is_done(typist, at_once):
    give(typist)

    assert not typist.get(upload_url("progress", Upload.objects.get())).json()["working"]


def test_only_the_uploader_cancels_the_work_or_has_it_done_again(
    client, verifikator, petugas, waiting
):
    upload = dispatch.receive("ikm", xlsx(ROWS), "data.xlsx", Answers(), petugas)
    client.force_login(verifikator)

    assert client.get(upload_url("progress", upload)).status_code == 200
    assert client.post(upload_url("cancel", upload)).status_code == 404
    assert client.post(upload_url("retry", upload)).status_code == 404
    assert Work.objects.exists()


# Storing once


def test_two_presses_are_one_piece_of_work(typist, petugas, waiting):
    upload, _ = uploads.receive("ikm", xlsx(ROWS), "data.xlsx", Answers(), petugas)

    press(typist, upload)
    press(typist, upload)

    assert Work.objects.get().task == Work.Task.STORE


def test_the_same_work_is_never_begun_twice(petugas, waiting):
    upload, _ = uploads.receive("ikm", xlsx(ROWS), "data.xlsx", Answers(), petugas)
    dispatch.confirm(upload, petugas)
    work = Work.objects.get()

    tasks.store_upload.call(work.pk)
    tasks.store_upload.call(work.pk)

    assert Business.objects.count() == 8


def test_work_given_up_stores_nothing_even_when_its_worker_wakes_again(petugas, waiting):
    upload, _ = uploads.receive("ikm", xlsx(ROWS), "data.xlsx", Answers(), petugas)
    dispatch.confirm(upload, petugas)
    work = Work.objects.select_related("upload").get()
    upload_work.start(work)
    upload_work.abandon(work, Upload.Reason.STOPPED)

    with pytest.raises(upload_work.Cancelled):
        uploads.confirm(work.upload, petugas, job=work)

    upload.refresh_from_db()
    assert (upload.status, Business.objects.count()) == ("planned", 0)


def test_giving_up_leaves_a_result_that_was_just_kept(petugas, waiting):
    upload, _ = uploads.receive("ikm", xlsx(ROWS), "data.xlsx", Answers(), petugas)
    dispatch.confirm(upload, petugas)
    work = Work.objects.get()
    Upload.objects.filter(pk=upload.pk).update(status=Upload.Status.STORED)

    assert upload_work.abandon(work, Upload.Reason.STOPPED)
    assert not upload_work.abandon(work, Upload.Reason.STOPPED)

    upload.refresh_from_db()
    assert (upload.status, upload.reason_code) == ("stored", "")


def test_a_register_changed_meanwhile_gets_a_fresh_preview_with_the_reason(
    typist, petugas, waiting
):
    rows = [["Nama Usaha", "NIB"], *([f"Amplang {n}", f"12345678900{n:02d}"] for n in range(8))]
    upload, _ = uploads.receive("ikm", xlsx(rows), "data.xlsx", Answers(), petugas)
    dispatch.confirm(upload, petugas)
    BusinessFactory(name="Amplang 3", nib="1234567890003")

    tasks.store_upload.call(Work.objects.get().pk)

    upload.refresh_from_db()
    assert (upload.status, Business.objects.count()) == ("planned", 1)
    assert "Data berubah sejak pratinjau" in shown(typist.get(upload_url("change", upload)))


# Cut short


def test_work_is_cancelled_between_two_phases(typist, petugas, waiting):
    upload, _ = uploads.receive("ikm", xlsx(ROWS), "data.xlsx", Answers(), petugas)
    dispatch.confirm(upload, petugas)
    work = Work.objects.get()
    upload_work.start(work)
    assert work.steps == 3

    typist.post(upload_url("cancel", upload), follow=True)

    with pytest.raises(upload_work.Cancelled):
        upload_work.say(work, "Menyimpan")
    upload.refresh_from_db()
    assert (upload.status, upload.reason_code) == ("planned", Upload.Reason.CANCELLED)


def test_a_killed_worker_leaves_a_file_that_can_be_tried_again(typist, waiting, settings):
    give(typist)
    upload = Upload.objects.get()
    silent_for(3)

    page = typist.get(upload_url("change", upload))

    assert page.context["upload"].status == "refused"
    assert "Belum ada yang disimpan" in shown(page)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    typist.post(upload_url("retry", upload))
    upload.refresh_from_db()
    assert (upload.status, upload.counts["new"]) == ("planned", 8)


def test_a_worker_killed_while_storing_leaves_the_preview(typist, petugas, waiting):
    upload, _ = uploads.receive("ikm", xlsx(ROWS), "data.xlsx", Answers(), petugas)
    dispatch.confirm(upload, petugas)
    silent_for(3)

    page = typist.get(upload_url("change", upload))

    assert page.context["stores_something"]
    assert Upload.Reason.STOPPED.label in shown(page)


@pytest.mark.parametrize(
    ("minutes", "signed", "given_up"),
    [(1, False, 0), (3, False, 1), (3, True, 0)],
    ids=["heard of lately", "silent", "silent in long work, but alive"],
)
def test_only_work_of_a_dead_worker_is_given_up(petugas, waiting, minutes, signed, given_up):
    dispatch.receive("ikm", xlsx(ROWS), "data.xlsx", Answers(), petugas)
    silent_for(minutes)
    if signed:
        upload_work.sign()
        Work.objects.update(worker=upload_work.signed())

    assert upload_work.reap() == given_up


def test_a_worker_that_stopped_signing_does_not_run():
    upload_work.sign()
    assert upload_work.worker_runs()

    long_ago = timezone.now().timestamp() - 120
    os.utime(upload_work._sign(), (long_ago, long_ago))

    assert not upload_work.worker_runs()
    upload_work.sign_off()
    assert upload_work.signed() == ""


def test_a_fault_of_the_program_gives_the_upload_back(petugas, waiting, monkeypatch):
    upload = dispatch.receive("ikm", xlsx(ROWS), "data.xlsx", Answers(), petugas)
    monkeypatch.setattr("balikpapan.intake.uploads.make_plan", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        tasks.plan_upload.call(Work.objects.get().pk)

    upload.refresh_from_db()
    assert (upload.status, upload.reason_code) == ("refused", Upload.Reason.FAILED)


def test_only_a_file_cut_short_can_be_tried_again(typist, at_once):
    give(typist, [["Bukan", "Tabel"], *(["x", "y"] for _ in range(9))])
    upload = Upload.objects.get()

    typist.post(upload_url("retry", upload))

    upload.refresh_from_db()
    assert upload.status == "refused"
    assert upload.reason_code not in Upload.RETRIED


# Estimating


@pytest.mark.parametrize("count", [10, 3000])
def test_the_rows_of_a_workbook_are_estimated(count):
    rows = [[f"Usaha {n}", n] for n in range(count)]

    assert abs(estimated_rows(xlsx(rows)) - count) <= count // 10
    assert estimated_rows(delimited(rows)) == count


def test_a_file_that_is_no_workbook_is_left_to_the_guard():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("surat.txt", "x")

    assert estimated_rows(stream.getvalue()) == 0
    assert estimated_rows(b"PK\x03\x04 rusak") == 0
    assert estimated_rows(b"") == 0
