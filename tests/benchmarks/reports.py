"""How long the reports take: the book for 100.000 IKM, the nominative list of 1.029 as PDF.

Run with ``python -m tests.benchmarks.reports``; nothing is kept.
"""

import datetime
import io
import os
import resource
import tempfile
import time

BUSINESSES = 100_000
LISTED = 1_029
TODAY = datetime.date(2025, 1, 15)


def timed(label: str, act) -> None:
    """Does it and prints how long it took and how much memory the process has held at most."""
    start, spent = time.perf_counter(), time.process_time()
    act()
    seconds, spent = time.perf_counter() - start, time.process_time() - spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{label:<44} {seconds:6.2f} s   CPU {spent:6.2f} s   puncak {peak:5.0f} MB")


def measure() -> None:
    """Fills an empty register and times what people wait for."""
    from django.core.management import call_command

    from balikpapan.reports import pdf, xlsx
    from balikpapan.yearbook.contents import yearbook
    from balikpapan.yearbook.extracts import TableRequest, single

    from .filling import fill

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    fill(LISTED)
    listed = single(TableRequest("daftar-ikm", 2024)).book
    timed(f"daftar {LISTED} IKM, PDF", lambda: pdf.write_book(listed, io.BytesIO()))
    fill(BUSINESSES - LISTED)
    made = []
    timed(f"buku {BUSINESSES} IKM, angka", lambda: made.append(yearbook(2024, today=TODAY)))
    timed("buku, Excel", lambda: xlsx.write_book(made[0], io.BytesIO()))
    timed("buku, PDF", lambda: pdf.write_book(made[0], io.BytesIO()))
    timed(
        "daftar 100.000 IKM di layar", lambda: single(TableRequest("daftar-ikm", 2024), limit=200)
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balikpapan.settings")
        import django

        django.setup()
        measure()
