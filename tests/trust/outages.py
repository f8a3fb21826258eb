"""Ways to lose a database in the middle of a confirmation, on either of the two."""

import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from urllib.parse import quote

from django.conf import settings
from django.db import OperationalError, connection, connections

from tests.trust.steps import at_step

#: Waits to be killed once a step is made, then does what it is there for.
_VICTIM = """
import sys, time
import django
django.setup()
from tests.trust.steps import at_step
step, what = sys.argv[1], sys.argv[2:]

def stop_there():
    print("di sini", flush=True)
    time.sleep(60)

from django.core.management import call_command
with at_step(step, stop_there):
    if what[0] == "worker":
        call_command("worker", interval=0.1, startup_delay=False)
    elif what[0] == "confirm":
        from balikpapan.intake import uploads
        upload = uploads.Upload.objects.get(pk=what[1])
        uploads.confirm(upload, upload.by)
    else:
        call_command(*what)
"""


def kill_during_confirm(upload, step: str) -> None:
    """SIGKILL right after a step of a confirmation that runs in a process of its own."""
    _kill_at(step, "confirm", str(upload.pk))


def kill_command(step: str, *command: str) -> None:
    """SIGKILL right after a step of a management command."""
    _kill_at(step, *command)


def kill_worker(step: str) -> None:
    """Has a real worker take up what waits, and kills it right after a step."""
    _kill_at(step, "worker")


def run_worker() -> None:
    """A real worker that does all that waits and ends."""
    child = subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--batch", "--no-startup-delay"],
        cwd=settings.BASE_DIR, env=_environment(), stdin=subprocess.PIPE,
    )  # fmt: skip
    with child:  # it ends with the pipe to it, so that stays open for as long as it works
        assert child.wait(60) == 0


def _kill_at(step, *what):
    child = subprocess.Popen(
        [sys.executable, "-c", _VICTIM, step, *what], cwd=settings.BASE_DIR,
        env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with child:
        line = child.stdout.readline()
        child.kill()
    assert line == "di sini\n"


def _environment():
    return os.environ | {
        "DATABASE_URL": address(),
        "DJANGO_SETTINGS_MODULE": "balikpapan.settings",
    }


def address() -> str:
    """The database of this test as a ``DATABASE_URL``."""
    made = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{made['NAME']}"
    place = f"{made['HOST']}:{made['PORT']}" if made["PORT"] else made["HOST"]
    person = quote(made["USER"]) + (f":{quote(made['PASSWORD'])}" if made["PASSWORD"] else "")
    host = quote(place, safe=":" if made["PORT"] else "")
    return f"postgresql://{person}@{host}/{made['NAME']}"


def press_together(acts: list) -> list:
    """Runs these at the same moment, each with a connection of its own; results or errors."""
    barrier = threading.Barrier(len(acts))
    results = [None] * len(acts)

    def run(place, act):
        barrier.wait()
        try:
            results[place] = act()
        except Exception as error:  # noqa: BLE001  the test looks at it
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


@contextmanager
def locked_database():
    """Another program holds what this one needs, longer than it is ready to wait."""
    other = connection.copy()
    other.connect()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA busy_timeout = 50")
        else:
            cursor.execute("SET lock_timeout = 50")
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
            if connection.vendor == "postgresql":
                cursor.execute("LOCK TABLE intake_upload IN EXCLUSIVE MODE")
        yield
    finally:
        with other.cursor() as cursor:
            cursor.execute("ROLLBACK")
        other.close()
        connection.close()


@contextmanager
def held_row(table: str, key: int):
    """Another program holds one row, longer than this one is ready to wait; PostgreSQL only."""
    other = connection.copy()
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR UPDATE", [key])
        yield
    finally:
        other.close()
        connection.close()


@contextmanager
def full_disk():
    """A database that has no room for one more page."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # What tests before left free would do for a small upload.
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA page_count")
            pages = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages}")
        else:
            cursor.execute(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100'; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER no_room AFTER INSERT ON industry_business "
                "EXECUTE FUNCTION no_room()"
            )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA max_page_count = 1073741823")
            else:
                cursor.execute("DROP TRIGGER no_room ON industry_business")
                cursor.execute("DROP FUNCTION no_room")


def end_this_connection() -> None:
    """What a restart of the server does to whoever is connected; SQLite can lose its disk."""
    if connection.vendor == "sqlite":
        raise OperationalError("disk I/O error")
    other = connection.copy()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    other.close()


@contextmanager
def connection_lost_while_writing():
    """The connection ends when the trail of whoever stores something is about to be written."""
    place = "staged" if connection.vendor == "sqlite" else "written"
    with at_step(f"{place}:audit_change", end_this_connection, before=True):
        yield


@contextmanager
def deadlock(table: str, key: int):
    """Another program holds what a confirmation wants next, and then wants what that one holds.

    PostgreSQL ends whoever has waited so long that it looks for such a ring: the confirmation,
    for it waits first and looks much sooner.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET deadlock_timeout = '1s'")
        cursor.execute("SELECT pg_backend_pid()")
        victim = cursor.fetchone()[0]
    held = threading.Event()
    thread = threading.Thread(target=_hold_and_want, args=[held, victim, table, key])
    thread.start()
    assert held.wait(10)
    try:
        yield
    finally:
        thread.join(30)


def _hold_and_want(held, victim, table, key):
    watching = connections["default"].copy()
    holding = connections["default"].copy()
    with watching.cursor() as watch, holding.cursor() as hold:
        hold.execute("SET deadlock_timeout = '60s'")
        hold.execute("SET lock_timeout = '20s'")
        hold.execute("BEGIN")
        # Reading goes on; only who writes businesses waits.
        hold.execute("LOCK TABLE industry_business IN SHARE ROW EXCLUSIVE MODE")
        held.set()
        for _ in range(500):
            watch.execute(
                "SELECT 1 FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'",
                [victim],
            )
            if watch.fetchone():
                hold.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR UPDATE", [key])
                break
            time.sleep(0.02)
        hold.execute("ROLLBACK")
    watching.close()
    holding.close()
