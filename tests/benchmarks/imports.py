"""Importing IKM lists: ours against the stock library, on SQLite and on PostgreSQL, in one run.

    .venv/bin/python -m tests.benchmarks.imports --rows 10000 --stock-rows 1000

CPU seconds are those of the process, its children and the database's backend together. The
stock ``ModelResource`` reads one model of 17 columns; ours reads 25 columns into two models with
their trail. Stock times are scaled linearly from ``--stock-rows`` and say so.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main():
    """Measures both on both databases and prints the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--stock-rows", type=int, default=1_000)
    parser.add_argument("--times", type=int, default=3, help="ours; the median is shown")
    parser.add_argument("--one", choices=["ours", "stock"], help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(ours(chosen.rows) if chosen.one == "ours" else stock(chosen.rows)))
        return
    from tests.postgres import database_url

    for name in ("SQLite", "PostgreSQL"):
        with contextlib.ExitStack() as stack:
            runs = []
            for _ in range(chosen.times):
                url = stack.enter_context(database_url()) if name == "PostgreSQL" else ""
                runs.append(measured("ours", chosen.rows, url))
            url = stack.enter_context(database_url()) if name == "PostgreSQL" else ""
            slow = measured("stock", chosen.stock_rows, url)
        report(name, runs, slow, chosen.rows / chosen.stock_rows, chosen)


def measured(kind, rows, url) -> dict:
    """One measurement in a process and a database of its own."""
    with tempfile.TemporaryDirectory(prefix="ukur-") as folder:
        surroundings = {**os.environ, "DATA_DIR": folder, "DATABASE_URL": url}
        found = subprocess.run(
            [sys.executable, "-m", __spec__.name, "--one", kind, "--rows", str(rows)],
            cwd=ROOT,
            env=surroundings,
            check=True,
            capture_output=True,
            text=True,
        )
    return json.loads(found.stdout.splitlines()[-1])


def report(name, runs, slow, factor, chosen):
    """The ratios of one database."""
    print(f"\n{name}: {chosen.rows} baris, stok diukur pada {chosen.stock_rows} baris × {factor:g}")
    for what in ("new", "changed"):
        mine = statistics.median(run[what] for run in runs)
        theirs = slow[what] * factor
        statements = {run[f"{what}_statements"] for run in runs}
        print(
            f"  {what:8} kita {mine:7.2f} s   stok {theirs:8.2f} s   {theirs / mine:6.1f}x"
            f"   pernyataan {sorted(statements)}"
        )
    print(f"  memori puncak {max(run['peak'] for run in runs)} MiB")


def start():
    """Django on an empty database with the reference data."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "balikpapan.settings"
    import django

    django.setup()
    from django.core.management import call_command

    with contextlib.redirect_stdout(sys.stderr):
        call_command("migrate", verbosity=0)
        call_command("load_reference")
    from balikpapan.regions.models import Kelurahan

    return list(Kelurahan.objects.values_list("name", "kecamatan__name"))


class Meter:
    """CPU seconds of this process, its children and its PostgreSQL backend, and statements."""

    def __enter__(self):
        from django.db import connection

        self.statements = 0
        self._backend = backend()
        self._stack = contextlib.ExitStack()
        self._stack.enter_context(connection.execute_wrapper(self._count))
        self._before = self._spent()
        return self

    def __exit__(self, *exception):
        self.seconds = self._spent() - self._before
        self._stack.close()

    def _count(self, execute, sql, params, many, context):
        self.statements += 1
        return execute(sql, params, many, context)

    def _spent(self):
        import resource

        used = sum(
            getattr(resource.getrusage(who), part)
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
            for part in ("ru_utime", "ru_stime")
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


def ours(rows) -> dict:
    """Preview and confirm of new rows, then of the same list with every tenth changed."""
    import resource

    places = start()
    from balikpapan.intake.answers import Answers
    from balikpapan.intake.uploads import confirm, receive

    from .lists import ikm_list

    found = {}
    for what in ("new", "changed"):
        content = ikm_list(rows, places, changed=what == "changed")
        with Meter() as meter:
            upload, _ = receive("ikm", content, "daftar.xlsx", Answers())
            confirm(upload)
        expected = rows if what == "new" else -(-rows // 10)
        assert upload.counts[what] == expected, upload.counts
        found |= {what: meter.seconds, f"{what}_statements": meter.statements}
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


def stock(rows) -> dict:
    """The same through the stock resource: read, dry run, read again, import."""
    places = start()
    from import_export.fields import Field
    from import_export.formats.base_formats import XLSX
    from import_export.resources import ModelResource
    from import_export.widgets import ForeignKeyWidget

    from balikpapan.regions.models import Kecamatan, Kelurahan
    from industry.models import Business, IndustryGroup, Kbli

    from .lists import STOCK_HEADINGS, stock_list

    Kbli.objects.exclude(version_year=2020).delete()

    class StockResource(ModelResource):
        kelurahan = Field("kelurahan", "kelurahan", ForeignKeyWidget(Kelurahan, "name"))
        kecamatan = Field("kecamatan", "kecamatan", ForeignKeyWidget(Kecamatan, "name"))
        kbli = Field("kbli", "kbli", ForeignKeyWidget(Kbli, "code"))
        group = Field("group", "group", ForeignKeyWidget(IndustryGroup, "name"))

        class Meta:
            model = Business
            fields = STOCK_HEADINGS
            import_id_fields = ["nib"]
            clean_model_instances = True
            skip_unchanged = True

    found = {}
    for what in ("new", "changed"):
        content = stock_list(rows, places, changed=what == "changed")
        with Meter() as meter:
            for dry_run in (True, False):
                dataset = XLSX().create_dataset(content)
                result = StockResource().import_data(dataset, dry_run=dry_run)
                assert not result.has_errors(), result.base_errors
        found |= {what: meter.seconds, f"{what}_statements": meter.statements}
    return found


if __name__ == "__main__":
    main()
