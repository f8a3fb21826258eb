"""Importing IKM lists: ours, the stock library twice and the floor, on SQLite and PostgreSQL, in one run.

    .venv/bin/python -m tests.benchmarks.imports --rows 10000 --stock-rows 1000
    .venv/bin/python -m tests.benchmarks.imports --rows 1000000 --stock-rows 0 --times 1

CPU seconds are those of the process, its children and the database's backend together; every
measurement has a process of its own, and the memory is the peak of that process and of the child
that reads the file, added up. The stock library goes through its own two pages, as its
documentation shows them, and reads one model of 17 columns; beside it stands the library with all
it offers for speed, which validates no row. Ours reads 25 columns into two models with their trail
and shows the same two pages. The floor reads and writes what differs, without protection, trail or
page. Stock times are scaled linearly from ``--stock-rows`` and say so. Statements are those of the
import, not of the pages around it.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCENES = ("new", "changed")
#: As an office would set them that has lists of a million rows.
LIMITS = {"UPLOAD_MAX_ROWS": "1048576", "UPLOAD_MAX_MIB": "400"}


def main():
    """Measures all four on both databases and prints the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--stock-rows", type=int, default=1_000, help="0 leaves the stock out")
    parser.add_argument("--times", type=int, default=3, help="ours and the floor; median shown")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="only this one")
    parser.add_argument("--one", choices=["prepare", *KINDS], help=argparse.SUPPRESS)
    parser.add_argument("--scene", choices=SCENES, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        start(prepare=chosen.one == "prepare")
        if chosen.one == "prepare":
            make_lists(chosen.rows)
        else:
            print(json.dumps(measure(KINDS[chosen.one], chosen.rows, chosen.scene)))
        return
    from tests.postgres import database_url

    for name in [chosen.database] if chosen.database else ["sqlite", "postgresql"]:
        runs = {kind: [] for kind in KINDS}
        kinds = [(kind, chosen.rows) for kind in ("ours", "floor") for _ in range(chosen.times)]
        if chosen.stock_rows:
            kinds += [("stock", chosen.stock_rows), ("tuned", chosen.stock_rows)]
        for kind, rows in kinds:
            with contextlib.ExitStack() as stack:
                url = stack.enter_context(database_url()) if name == "postgresql" else ""
                folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="ukur-"))
                surroundings = {**os.environ, "DATA_DIR": folder, "DATABASE_URL": url, **LIMITS}
                alone(["--one", "prepare", "--rows", str(rows)], surroundings)
                order = ["--one", kind, "--rows", str(rows), "--scene"]
                runs[kind].append({s: alone([*order, s], surroundings) for s in SCENES})
        report(name, runs, chosen)


def alone(order, surroundings, module=__spec__.name) -> dict | None:
    """One measurement in a process of its own."""
    command = [sys.executable, "-m", module, *order]
    result = subprocess.run(
        command, cwd=ROOT, env=surroundings, check=True, stdout=subprocess.PIPE, text=True
    )
    lines = result.stdout.splitlines()
    return json.loads(lines[-1]) if lines else None


def report(name, runs, chosen):
    """The ratios of one database."""
    factor = chosen.rows / chosen.stock_rows if chosen.stock_rows else 0
    print(f"\n{name}: {chosen.rows} baris; stok diukur pada {chosen.stock_rows} baris × {factor:g}")
    for scene in SCENES:

        def middle(kind, what, scene=scene):
            return statistics.median(run[scene][what] for run in runs[kind])

        mine, least = middle("ours", "seconds"), middle("floor", "seconds")
        stock, tuned = (
            middle(kind, "seconds") * factor if factor else 0 for kind in ("stock", "tuned")
        )
        memory, reader = middle("ours", "peak"), middle("ours", "child_peak")
        print(
            f"  {scene:8} kita {mine:6.2f} s (pratinjau {middle('ours', 'preview'):.2f}, simpan "
            f"{middle('ours', 'confirm'):.2f}; jam {middle('ours', 'preview_wall'):.2f} dan "
            f"{middle('ours', 'confirm_wall'):.2f}, transaksi {middle('ours', 'locked'):.2f})   "
            f"stok {stock:8.2f} s = {stock / mine:.1f}x, tanpa pemeriksaan baris {tuned:8.2f} s = "
            f"{tuned / mine:.1f}x   alas {least:5.2f} s, kita {mine / least:.2f}x   pernyataan "
            f"{middle('ours', 'statements'):.0f}   memori {memory + reader:.0f} MiB (halaman "
            f"{memory:.0f}, pembaca {reader:.0f}), alas "
            f"{middle('floor', 'peak') + middle('floor', 'child_peak'):.0f} MiB"
        )


def start(*, prepare):
    """Django, and where wanted the reference data in an empty database."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "balikpapan.settings"
    import django

    django.setup()
    from django.conf import settings

    # The manifest exists only where static files were collected, which measures nothing.
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    if prepare:
        from django.core.management import call_command

        with contextlib.redirect_stdout(sys.stderr):
            call_command("migrate", verbosity=0)
            call_command("load_reference")
    else:
        from balikpapan.server.memory import keep_loaded_objects

        # As in the server that receives a list.
        keep_loaded_objects()


def measure(kind, rows, scene) -> dict:
    """What one import costs."""
    import resource

    from balikpapan.regions.models import Kelurahan

    places = list(Kelurahan.objects.values_list("name", "kecamatan__name"))
    with reader_peaks() as readers:
        result = kind(rows, places, changed=scene == "changed")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return result | {"peak": peak, "child_peak": max(readers, default=0)}


@contextlib.contextmanager
def reader_peaks() -> Iterator[list[int]]:
    """The peak of every child that reads a file, in MiB, as the system counts it for it alone.

    What the system says of ended children begins with the memory of whoever started them.
    """
    from balikpapan.spreadsheets.sandbox import Child

    peaks, leave = [], Child.__exit__

    def measured(child, *exception):
        status = Path(f"/proc/{child._process.pid}/status").read_text()
        peaks.extend(
            int(line.split()[1]) // 1024 for line in status.splitlines() if "VmHWM" in line
        )
        leave(child, *exception)

    Child.__exit__ = measured
    try:
        yield peaks
    finally:
        Child.__exit__ = leave


class Meter:
    """CPU seconds of this process, its children and its PostgreSQL backend, and statements."""

    def __enter__(self):
        from django.db import connection

        self.statements, self.wall = 0, time.monotonic()
        self.locked, self._begun = 0.0, None
        self._backend = backend()
        self._stack = contextlib.ExitStack()
        self._stack.enter_context(connection.execute_wrapper(self._count))
        self._before = self._spent()
        return self

    def __exit__(self, *exception):
        self.seconds = self._spent() - self._before
        self.wall = time.monotonic() - self.wall
        self._stack.close()

    def _count(self, execute, sql, params, many, context):
        self.statements += 1
        try:
            return execute(sql, params, many, context)
        finally:
            if sql.startswith("BEGIN"):
                self._begun = time.monotonic()

    def stop_waiting(self):
        """The last transaction is over: how long it lasted."""
        self.locked = time.monotonic() - self._begun if self._begun else 0.0

    def _spent(self):
        import resource

        used = sum(
            getattr(resource.getrusage(who), child)
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
            for child in ("ru_utime", "ru_stime")
        )
        if self._backend:
            fields = Path(f"/proc/{self._backend}/stat").read_text().rpartition(")")[2].split()
            used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return used


def backend():
    """The process of the server that works for this connection."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def person():
    """Who uploads: the pages of both ask who it is."""
    from django.contrib.auth import get_user_model

    result = get_user_model().objects.filter(username="pengukur").first()
    return result or get_user_model().objects.create_superuser("pengukur")


def ours(rows, places, *, changed) -> dict:
    """Preview and confirm, each with its page."""
    from django.test import Client
    from django.urls import reverse

    from balikpapan.intake.models import Upload
    from balikpapan.intake.uploads import confirm

    user = person()
    content = received(rows, places, changed=changed)
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    # The server has answered before; its first page alone finds addresses and templates.
    assert client.get(reverse("admin:index")).status_code == 200
    with Meter() as preview:
        upload = hand_in(content.pop(), rows, user)
        asked = preview.statements
        page = reverse("admin:intake_upload_change", args=[upload.pk])
        assert client.get(page).status_code == 200
    # Another request, hours later, knows the upload by its number only.
    upload = Upload.objects.get(pk=upload.pk)
    with Meter() as storing:
        confirm(upload, user)
        storing.stop_waiting()
        asked += storing.statements
        assert client.get(page).status_code == 200
    expected = -(-rows // 10) if changed else rows
    assert upload.counts["changed" if changed else "new"] == expected, upload.counts
    return {
        "seconds": preview.seconds + storing.seconds,
        "preview": preview.seconds,
        "confirm": storing.seconds,
        "preview_wall": preview.wall,
        "confirm_wall": storing.wall,
        "locked": storing.locked,
        "statements": asked,
    }


def make_lists(rows):
    """The lists as they will come; made beforehand, so that no memory of it is counted."""
    from django.conf import settings

    from balikpapan.regions.models import Kelurahan

    from .lists import ikm_list

    places = list(Kelurahan.objects.values_list("name", "kecamatan__name"))
    for scene in SCENES:
        content = ikm_list(rows, places, changed=scene == "changed")
        (settings.DATA_DIR / f"{scene}.xlsx").write_bytes(content)


def received(rows, places, *, changed) -> list[bytes]:
    """The list as it comes."""
    from django.conf import settings

    scene = "changed" if changed else "new"
    return [(settings.DATA_DIR / f"{scene}.xlsx").read_bytes()]


def hand_in(content, rows, user):
    """A short list is planned while the page waits; a long one is kept, and the worker plans it."""
    from django.conf import settings

    from balikpapan.intake.answers import Answers
    from balikpapan.intake.uploads import answer, keep, receive

    if rows <= settings.UPLOAD_BACKGROUND_ROWS:
        return receive("ikm", content, "daftar.xlsx", Answers(), user)[0]
    upload = keep("ikm", content, "daftar.xlsx", user)
    del content
    answer(upload, Answers(), user)
    return upload


def floor(rows, places, *, changed) -> dict:
    """One unprotected pass over the same list."""
    from django.db import transaction

    from .floor import pass_once

    content = received(rows, places, changed=changed).pop()
    with Meter() as meter, transaction.atomic():
        pass_once(content)
    return {"seconds": meter.seconds, "statements": meter.statements}


def stock(rows, places, *, changed, where="admin") -> dict:
    """The stock library's own preview and confirm."""
    from .lists import stock_list
    from .stock import first_page, pages

    content, user = stock_list(rows, places, changed=changed), person()
    first_page(user, where=where)
    with Meter() as meter:
        pages(content, user, where=where)
    return {"seconds": meter.seconds, "statements": meter.statements}


#: The stock library tuned as its documentation says.
tuned = partial(stock, where="tuned")

KINDS = {"ours": ours, "floor": floor, "stock": stock, "tuned": tuned}

if __name__ == "__main__":
    main()
