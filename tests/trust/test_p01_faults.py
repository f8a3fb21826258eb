"""Promises 1 to 5: whatever fails while storing, all is stored or nothing, and the page says which."""

import errno
import os
import resource
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from balikpapan.audit.models import Change
from balikpapan.backup.snapshot import in_place_of_default
from balikpapan.env import database_settings
from industry.models import Business, BusinessYear
from tests.cast import member
from tests.intake.importing import hand_in
from tests.sheets import delimited
from tests.trust.outages import address
from tests.trust.previews import logged_in, people, press
from tests.trust.servers import OwnServer
from tests.trust.steps import at_step
from tests.trust.verdicts import fingerprint

pytestmark = pytest.mark.django_db(transaction=True)

STEPS = [
    pytest.param("balikpapan.intake.confirmation:make_ready", id="prepared"),
    pytest.param("written:industry_business", id="businesses"),
    pytest.param("written:audit_change", id="trail"),
    pytest.param("written:industry_businessyear", id="figures"),
    pytest.param("balikpapan.intake.confirmation:carry_out", id="before commit"),
]


def no_success(page) -> str:
    """The text of a page that promises nothing was stored."""
    text = page.content.decode()
    assert page.status_code == 503
    assert "Tidak ada perubahan setengah jadi yang tersimpan" in text
    assert "erhasil" not in text
    return text


def counted(other) -> tuple[int, ...]:
    """What another connection counts."""
    with other.cursor() as cursor:
        numbers = []
        for model in (Business, BusinessYear, Change):
            cursor.execute(f"SELECT COUNT(*) FROM {model._meta.db_table}")
            numbers.append(cursor.fetchone()[0])
    return tuple(numbers)


@pytest.mark.parametrize("step", STEPS)
def test_p01_a_fault_while_storing_leaves_nothing_and_the_next_try_stores_once(step, typist):
    upload, browser = hand_in(people(30), user=typist), logged_in(typist)
    before = fingerprint()

    def full():
        raise OSError(errno.ENOSPC, "No space left on device")

    with at_step(step, full):
        page = press(browser, upload)

    assert "penuh" in no_success(page)
    assert fingerprint() == before
    assert press(browser, upload).status_code == 302
    assert (Business.objects.count(), BusinessYear.objects.count()) == (30, 30)


def test_p05_the_numbers_of_the_page_are_those_another_connection_counts(typist):
    upload, browser = hand_in(people(7), user=typist), logged_in(typist)
    other = connection.copy()

    page = browser.get(press(browser, upload).url)

    upload.refresh_from_db()
    assert counted(other) == (7, 7, 14)
    assert upload.counts["new"] == 7
    assert "7" in page.content.decode()
    other.close()


@contextmanager
def read_only_disk():
    """A disk that a system has made read-only because it fails."""
    if connection.vendor == "sqlite":
        on, off = "PRAGMA query_only = ON", "PRAGMA query_only = OFF"
    else:
        on = "SET default_transaction_read_only = on"
        off = "SET default_transaction_read_only = off"
    with connection.cursor() as cursor:
        cursor.execute(on)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(off)


def test_p04_a_disk_that_turns_read_only_is_told_and_loses_nothing(typist):
    upload, browser = hand_in(people(3), user=typist), logged_in(typist)
    before = fingerprint()

    with read_only_disk():
        page = press(browser, upload)

    assert "hanya dapat dibaca" in no_success(page)
    assert fingerprint() == before
    assert press(browser, upload).status_code == 302
    assert Business.objects.count() == 3


def small_files():
    """No file of this process may grow beyond 64 KiB."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))


@pytest.mark.slow
def test_p04_a_limit_on_the_size_of_files_is_told_and_loses_nothing(tmp_path):
    if connection.vendor == "postgresql":
        return  # the server of the tests is not ours to limit; a full one is tried with its code
    file = tmp_path / "data.csv"
    file.write_bytes(delimited(people(400)))
    before = fingerprint()
    command = [sys.executable, "manage.py", "import_sheet", "ikm", str(file)]
    environ = os.environ | {"DATABASE_URL": address()}

    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environ, preexec_fn=small_files,
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode not in (0, 2, 3), done.stdout
    assert "Traceback" not in done.stderr
    assert "Tidak ada yang tersimpan setengah jadi" in done.stderr
    assert fingerprint() == before
    call_command("import_sheet", "ikm", file)
    assert Business.objects.count() == 400


@pytest.mark.slow
@pytest.mark.postgresql_only
def test_p03_a_server_that_stops_at_once_in_the_middle_loses_nothing():
    with (
        tempfile.TemporaryDirectory(prefix="pg-") as folder,
        OwnServer(Path(folder)) as server,
        in_place_of_default(database_settings(server.url, Path(folder, "x"))),
    ):
        call_command("migrate", verbosity=0)
        typist = member("Petugas")
        upload, browser = hand_in(people(30), user=typist), logged_in(typist)
        before = fingerprint()

        def restart():
            server.stop()
            server.start()
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")

        with at_step("written:industry_business", restart):
            page = press(browser, upload)

        no_success(page)
        connection.close()
        assert fingerprint() == before
        assert press(browser, upload).status_code == 302
        assert (Business.objects.count(), Change.objects.count()) == (30, 60)


def test_p01_no_fault_of_the_program_is_taken_for_an_outage():
    from balikpapan.errors import outage

    assert outage(ValueError("salah")) is None
    assert outage(DatabaseError("salah")) is None
    assert outage(OSError(errno.ENOENT, "tidak ada")) is None
