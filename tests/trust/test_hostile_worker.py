"""Section H behind the pages: the worker killed, its database locked, lost, its clock changed."""

import datetime
import time

import pytest
from django.db import OperationalError
from django.utils import timezone

from balikpapan.audit import bulk
from balikpapan.audit.models import Change
from balikpapan.intake import work as upload_work
from balikpapan.intake.answers import Answers
from balikpapan.intake.jobs import dispatch, tasks
from balikpapan.intake.models import Upload, Work
from industry.models import Business
from tests.intake.importing import hand_in
from tests.pages import upload_url
from tests.sheets import xlsx
from tests.trust.outages import (
    connection_lost_while_writing,
    deadlock,
    kill_worker,
    locked_database,
    run_worker,
)
from tests.trust.previews import logged_in, people, press
from tests.trust.verdicts import check_page, fingerprint

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 50


@pytest.fixture(autouse=True)
def few_rows_are_many(settings):
    settings.UPLOAD_BACKGROUND_ROWS = 5
    yield
    upload_work.sign_off()


def give(user) -> Upload:
    """A file that waits for the worker to read it."""
    return dispatch.receive("ikm", xlsx(people(ROWS)), "data.xlsx", Answers(), user)


def page_of(upload, user) -> str:
    return check_page(logged_in(user).get(upload_url("change", upload)))


def stored() -> tuple[int, int]:
    return Business.objects.count(), Change.objects.count()


# Killed


@pytest.mark.slow
@pytest.mark.parametrize(
    "step",
    [
        pytest.param("balikpapan.intake.work:start", id="begun"),
        pytest.param("balikpapan.intake.pipeline:read_cells", id="cells"),
        pytest.param("balikpapan.intake.working_file:keep_cells", id="preview-kept"),
    ],
)
def test_a_worker_killed_while_reading_leaves_a_file_that_can_be_tried_again(step, typist):
    upload = give(typist)

    kill_worker(step)

    text = page_of(upload, typist)
    assert Upload.Reason.STOPPED.label in text
    assert stored() == (0, 0)
    logged_in(typist).post(upload_url("retry", upload))
    run_worker()
    upload.refresh_from_db()
    assert (upload.status, upload.counts["new"]) == ("planned", ROWS)
    assert f"Simpan {ROWS} baris baru" in page_of(upload, typist)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("step", "expected"),
    [
        pytest.param("written:industry_business", 0, id="businesses"),
        pytest.param("written:industry_businessyear", 0, id="figures"),
        pytest.param("balikpapan.intake.jobs.tasks:confirm", ROWS, id="after-commit"),
    ],
)
def test_a_worker_killed_while_storing_has_stored_all_or_nothing_and_says_which(
    step, expected, typist
):
    upload = hand_in(people(ROWS), user=typist)
    press(logged_in(typist), upload)

    kill_worker(step)

    text = page_of(upload, typist)
    upload.refresh_from_db()
    assert stored() == (expected, 2 * expected)
    assert upload.status == ("stored" if expected else "planned")
    assert (Upload.Reason.STOPPED.label in text) == (not expected)
    press(logged_in(typist), upload)
    run_worker()
    upload.refresh_from_db()
    assert (upload.status, *stored()) == ("stored", ROWS, 2 * ROWS)
    assert not Work.objects.exists()


# Locked, deadlocked, lost


def test_a_lost_connection_is_told_on_the_page_and_the_worker_goes_on(typist):
    upload = hand_in(people(ROWS), user=typist)
    press(logged_in(typist), upload)
    before = fingerprint()

    with connection_lost_while_writing(), pytest.raises(OperationalError):
        tasks.store_upload.call(Work.objects.get().pk)

    assert fingerprint() == before
    assert Upload.Reason.OUTAGE.label in page_of(upload, typist)
    again(upload, typist)


def test_a_locked_database_is_told_on_the_page_as_soon_as_it_answers(typist, monkeypatch):
    upload = hand_in(people(ROWS), user=typist)
    press(logged_in(typist), upload)
    work, before = Work.objects.get(), fingerprint()
    lock = locked_database()

    def let_go(seconds, waited=[]):  # noqa: B006  it counts its own calls
        waited.append(seconds)
        if len(waited) == 2:  # the first wait is none, and the lock is still held then
            lock.__exit__(None, None, None)

    def begin(upload, *args, **more):
        lock.__enter__()
        return real(upload, *args, **more)

    real = tasks.confirm
    monkeypatch.setattr(tasks, "confirm", begin)
    monkeypatch.setattr(tasks.time, "sleep", let_go)
    with pytest.raises(OperationalError):
        tasks.store_upload.call(work.pk)

    monkeypatch.undo()
    assert fingerprint() == before
    assert Upload.Reason.OUTAGE.label in page_of(upload, typist)
    again(upload, typist)


def again(upload, user):
    """An upload whose worker died, tried once more, is stored."""
    upload.refresh_from_db()
    assert upload.status == "planned"
    press(logged_in(user), upload)
    tasks.store_upload.call(Work.objects.get().pk)
    assert stored() == (ROWS, 2 * ROWS)


@pytest.mark.postgresql_only
def test_the_victim_of_a_deadlock_is_told_and_the_next_try_works(typist):
    upload = hand_in(people(3), user=typist)
    browser = logged_in(typist)
    before = fingerprint()

    with deadlock("intake_upload", upload.pk):
        response = press(browser, upload)

    assert response.status_code == 503
    assert "sibuk" in response.content.decode()
    assert "setengah jadi" in response.content.decode()
    assert fingerprint() == before
    assert press(browser, upload).status_code == 302
    assert Business.objects.count() == 3


# The clock


@pytest.fixture
def clock(monkeypatch):
    """Puts the clock of the computer forward or back."""
    now, seconds = timezone.now, time.time

    def put(**by):
        shift = datetime.timedelta(**by)
        monkeypatch.setattr(timezone, "now", lambda: now() + shift)
        monkeypatch.setattr(time, "time", lambda: seconds() + shift.total_seconds())

    return put


@pytest.mark.parametrize("minutes", [-60, 59])
def test_a_clock_put_forward_or_back_between_preview_and_confirm_changes_nothing(
    minutes, typist, clock
):
    upload = hand_in(people(3), user=typist)
    browser = logged_in(typist)
    browser.get(upload_url("change", upload))

    clock(minutes=minutes)
    response = press(browser, upload)

    assert response.status_code == 302
    assert stored() == (3, 6)
    check_page(browser.get(response.url))


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_put_forward_or_back_during_the_work_ends_in_all_or_nothing(
    hours, typist, clock, monkeypatch
):
    upload = hand_in(people(ROWS), user=typist)
    press(logged_in(typist), upload)
    upload_work.sign()
    real = bulk.insert_rows

    def meanwhile(*args):
        clock(hours=hours)
        real(*args)

    monkeypatch.setattr(bulk, "insert_rows", meanwhile)
    tasks.store_upload.call(Work.objects.get().pk)

    upload.refresh_from_db()
    assert (upload.status, *stored()) == ("stored", ROWS, 2 * ROWS)


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_worker_lost_before_the_clock_was_changed_is_given_up_all_the_same(hours, typist, clock):
    upload = give(typist)
    Work.objects.update(heartbeat_at=timezone.now(), worker="kantor:1")

    clock(hours=hours)

    assert Upload.Reason.STOPPED.label in page_of(upload, typist)
