"""Ways to lose a database in the middle of a confirmation, on either of the two."""

import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from urllib.parse import quote

from django.conf import settings
from django.db import OperationalError, connection, connections

#: Confirms one upload in a process of its own; says where it is, then waits to be killed.
_VICTIM = """
import sys, time
import django
django.setup()
from balikpapan.audit import bulk, rows
from balikpapan.intake import uploads
from balikpapan.intake.models import Upload

key, at = int(sys.argv[1]), int(sys.argv[2])
calls = []

def wait():
    print("di sini", flush=True)
    time.sleep(60)

def watched(write):
    def watching(*args):
        write(*args)
        calls.append(args)
        if len(calls) == at:
            wait()
    return watching

bulk.insert_rows, rows.take_in = watched(bulk.insert_rows), watched(rows.take_in)
upload = Upload.objects.get(pk=key)
uploads.confirm(upload, upload.by)
wait()
"""


#: A confirmation of IKM writes businesses, figures and two trails; on SQLite all of them are
#: laid ready first and then taken into three tables.
WRITES = {"sqlite": 7, "postgresql": 4}


def kill_during_confirm(upload, at: int) -> None:
    """SIGKILL after the ``at``-th write of a confirmation, or after its commit where 0.

    A negative ``at`` counts from the last write.
    """
    at = WRITES[connection.vendor] + 1 + at if at < 0 else at
    environment = os.environ | {
        "DATABASE_URL": address(),
        "DJANGO_SETTINGS_MODULE": "balikpapan.settings",
    }
    child = subprocess.Popen(
        [sys.executable, "-c", _VICTIM, str(upload.pk), str(at)],
        cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with child:
        said = child.stdout.readline()
        child.kill()
    assert said == "di sini\n"


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
def full_disk():
    """A database that has no room for one more page."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA page_count")
            pages = cursor.fetchone()[0]
            cursor.execute("PRAGMA freelist_count")
            # What tests before left free would do for a small upload.
            assert cursor.fetchone()[0] < 40
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
