"""A worker that begins after another was lost: nothing hangs, nothing is done twice."""

import errno
import os
import subprocess
import threading
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult

from balikpapan.intake import work
from balikpapan.intake.answers import Answers
from balikpapan.intake.jobs import dispatch
from balikpapan.intake.jobs.recovery import recover
from balikpapan.intake.models import Upload, Work
from balikpapan.management.commands.worker import show_life
from tests.sheets import xlsx

ROWS = [["Nama Usaha"], *([f"Amplang {n}"] for n in range(8))]


@pytest.fixture(autouse=True)
def few_rows_are_many(settings, tmp_path):
    settings.UPLOAD_BACKGROUND_ROWS = 5
    settings.UPLOAD_DIR = tmp_path / "uploads"


@pytest.fixture
def upload(petugas):
    return dispatch.receive("ikm", xlsx(ROWS), "data.xlsx", Answers(), petugas)


def ended(**parts) -> str:
    """This worker, but for one part of its identity."""
    names = ("host", "boot", "process", "began")
    return ":".join({**dict(zip(names, work.identity().split(":"), strict=True)), **parts}.values())


def claimed(worker: str) -> None:
    task = DBTaskResult.objects.get()
    task.claim(worker)


# Who is who


@pytest.mark.parametrize(
    ("worker", "gone"),
    [
        pytest.param(ended(), False, id="itself"),
        pytest.param(ended(began="1"), True, id="its number was given out anew"),
        pytest.param(ended(boot="00000000"), True, id="the computer was started anew"),
        pytest.param(ended(host="lain"), False, id="of another computer nobody knows"),
        pytest.param("kantor:1", False, id="named by an earlier version"),
    ],
)
def test_a_worker_is_known_by_more_than_its_number(worker, gone):
    assert work.has_ended(worker) is gone


def test_a_process_that_has_ended_is_known_to_be_gone():
    child = subprocess.Popen(["sleep", "60"])
    identity = ended(process=str(child.pid), began=work._began(child.pid))
    assert not work.has_ended(identity)

    child.kill()
    child.wait()

    assert work.has_ended(identity)


def test_an_identity_fits_wherever_it_is_written(monkeypatch):
    monkeypatch.setattr(work.socket, "gethostname", lambda: "h" * 64)

    assert len(work.identity()) <= 64


# What is left behind


@pytest.mark.django_db
def test_work_begun_by_a_lost_worker_of_the_same_number_is_closed(upload):
    claimed(ended(began="1"))
    Work.objects.update(worker=ended(began="1"), heartbeat_at=upload.at)

    recover()

    upload.refresh_from_db()
    assert upload.reason_code == Upload.Reason.STOPPED
    assert not Work.objects.exists()
    task = DBTaskResult.objects.get()
    assert (task.status, task.exception_class_path.rpartition(".")[2]) == (
        "FAILED",
        "WorkerEndedError",
    )


@pytest.mark.django_db
def test_work_claimed_and_not_begun_is_done_by_the_next_worker(upload):
    claimed(ended(began="1"))

    recover()

    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "READY"]
    assert DBTaskResult.objects.get(status="READY").args_kwargs["args"] == [Work.objects.get().pk]


@pytest.mark.django_db
def test_work_that_never_came_into_the_queue_is_put_there(upload):
    DBTaskResult.objects.all().delete()

    recover()
    recover()

    assert DBTaskResult.objects.get().args_kwargs["args"] == [Work.objects.get().pk]


@pytest.mark.django_db
def test_p31_a_job_that_waited_through_an_update_is_done_by_the_new_version(upload):
    DBTaskResult.objects.update(task_path="balikpapan.intake.tasks.read_upload")

    recover()

    task = DBTaskResult.objects.get(status="READY")
    assert task.args_kwargs["args"] == [Work.objects.get().pk]
    task.task.call(*task.args_kwargs["args"])
    upload.refresh_from_db()
    assert (upload.status, upload.counts["new"]) == ("planned", 8)


@pytest.mark.django_db
def test_work_of_a_living_worker_is_left_to_it(upload):
    claimed(work.identity())
    Work.objects.update(worker=work.identity(), heartbeat_at=upload.at)

    recover()

    assert DBTaskResult.objects.get().status == "RUNNING"
    assert Work.objects.exists()


# A full disk


def test_the_sign_of_life_needs_no_room(monkeypatch):
    work.sign()
    os.utime(work._sign(), (1, 1))
    assert not work.worker_runs()

    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    work.sign()

    assert work.worker_runs()


def test_the_worker_goes_on_signing_after_one_sign_has_failed(monkeypatch):
    signs, stopped = [], threading.Event()

    def sign():
        signs.append(1)
        if len(signs) == 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        stopped.set()

    monkeypatch.setattr(work, "sign", sign)
    monkeypatch.setattr(work, "SIGN_SECONDS", 0.01)
    show_life(stopped)

    assert len(signs) == 2
