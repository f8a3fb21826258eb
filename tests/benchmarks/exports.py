"""Exporting the IKM register: ours against the stock library and against the query alone.

    .venv/bin/python -m tests.benchmarks.exports --rows 100000 --stock-rows 1000

Ours writes every column of both models; the query alone reads the same columns and keeps nothing.
The stock library exports the fields of one of them; its time is scaled linearly and says so. The
nominative list is the signed document of the yearly report with letterhead, sums and row heights.
"""

import argparse
import contextlib
import json
import os
import statistics
import sys
import tempfile

from .imports import Meter, alone, person, start


def main():
    """Measures all three on both databases and prints the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--stock-rows", type=int, default=1_000)
    parser.add_argument("--times", type=int, default=3, help="median shown")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="only this one")
    parser.add_argument("--one", choices=["prepare", *KINDS], help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        start(prepare=chosen.one == "prepare")
        if chosen.one == "prepare":
            furnish(chosen.rows)
        else:
            print(json.dumps(measure(KINDS[chosen.one])))
        return
    from tests.postgres import database_url

    for name in [chosen.database] if chosen.database else ["sqlite", "postgresql"]:
        runs = {}
        for rows, kinds in (
            (chosen.rows, ("query", "ours", "nominative")),
            (chosen.stock_rows, ("stock",)),
        ):
            with contextlib.ExitStack() as stack:
                url = stack.enter_context(database_url()) if name == "postgresql" else ""
                folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="ukur-"))
                around = {**os.environ, "DATA_DIR": folder, "DATABASE_URL": url}
                alone(["--one", "prepare", "--rows", str(rows)], around, __spec__.name)
                for kind in kinds:
                    times = chosen.times if kind != "stock" else 1
                    measured = [alone(["--one", kind], around, __spec__.name) for _ in range(times)]
                    runs[kind] = {
                        what: statistics.median(run[what] for run in measured)
                        for what in measured[0]
                    }
        report(name, runs, chosen)


def report(name, runs, chosen):
    """The ratios of one database."""
    mine, least = runs["ours"]["seconds"], runs["query"]["seconds"]
    factor = chosen.rows / chosen.stock_rows
    theirs = runs["stock"]["seconds"] * factor
    print(
        f"{name}: {chosen.rows} baris: kita {mine:.2f} s, {runs['ours']['peak']:.0f} MiB   kueri saja "
        f"{least:.2f} s, kita {mine / least:.1f}x   stok {theirs:.1f} s (diukur pada "
        f"{chosen.stock_rows} baris × {factor:g}) = {theirs / mine:.1f}x"
    )
    listed = runs["nominative"]
    print(f"  daftar nominatif {listed['seconds']:.2f} s, {listed['peak']:.0f} MiB")


def furnish(rows):
    """Imports an invented list of this length."""
    from balikpapan.intake.answers import Answers
    from balikpapan.intake.uploads import confirm, receive
    from balikpapan.regions.models import Kelurahan

    from .lists import ikm_list

    places = list(Kelurahan.objects.values_list("name", "kecamatan__name"))
    confirm(receive("ikm", ikm_list(rows, places), "daftar.xlsx", Answers())[0])
    person()


def measure(kind) -> dict:
    """What one export costs."""
    import resource

    with Meter() as meter:
        kind()
    return {
        "seconds": meter.seconds,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def ours():
    """The register as a workbook, personal data included."""
    from balikpapan.intake.exports.rows import export_rows, write_export
    from balikpapan.intake.resources import REGISTERS
    from industry.models import Business

    with tempfile.TemporaryFile() as stream:
        sheet = REGISTERS["ikm"]()
        rows = export_rows(sheet, Business.objects.kept(), year=2024, personal=True)
        write_export(stream, sheet, rows, "xlsx")


def nominative():
    """The nominative list as the worker makes it."""
    from balikpapan.yearbook.contents import NOMINATIVE
    from balikpapan.yearbook.extracts import TableRequest, write_nominative

    with tempfile.TemporaryFile() as stream:
        write_nominative(TableRequest(NOMINATIVE, 2024), stream, personal=True)


def query():
    """The columns of the export read and forgotten."""
    from balikpapan.intake.exports.rows import export_columns
    from balikpapan.intake.resources import REGISTERS
    from industry.models import Business, BusinessYear

    paths = {False: [], True: []}
    for column in export_columns(REGISTERS["ikm"]()).values():
        path = column.path
        paths[column.child].extend(path if isinstance(path, tuple) else [path])
    for model, child in ((Business, False), (BusinessYear, True)):
        rows = model.objects.kept().order_by("id").values_list("id", *paths[child])
        for _ in rows.iterator(5000):
            pass


def stock():
    """The stock library's export page."""
    from django.contrib.auth import get_user_model

    from .stock import download

    download(get_user_model().objects.get())


KINDS = {"ours": ours, "query": query, "stock": stock, "nominative": nominative}

if __name__ == "__main__":
    sys.exit(main())
