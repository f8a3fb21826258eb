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
    start = time.perf_counter()
    act()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{label:<44} {seconds:6.2f} s   puncak {peak:5.0f} MB")


def fill(count: int) -> None:
    """So many IKM over the real kelurahan and kelompok, each with its figures of the year."""
    from django.db import transaction

    from balikpapan.audit.bulk import NewRecord, Origin, create_many
    from balikpapan.regions.models import Kelurahan
    from industry.models import Business, BusinessYear, IndustryGroup, Kbli

    wards = list(Kelurahan.objects.values_list("pk", "kecamatan_id"))
    groups = list(IndustryGroup.objects.values_list("pk", flat=True))
    activities = list(Kbli.objects.values_list("pk", flat=True))
    with transaction.atomic():
        for first in range(0, count, 10_000):
            places = range(first, min(first + 10_000, count))
            businesses = [
                {
                    "name": f"Usaha Contoh {n}",
                    "owner_name": f"Pemilik Contoh {n}",
                    "address": f"Jalan Contoh Raya Nomor {n}",
                    "kelurahan_id": wards[n % len(wards)][0],
                    "kecamatan_id": wards[n % len(wards)][1],
                    "group_id": groups[n % len(groups)],
                    "kbli_id": activities[n % len(activities)],
                    "phone": f"0812{n:08}",
                    "products": "Amplang, kerupuk, dan olahan ikan",
                    "founded_year": 2000 + n % 25,
                    "listed_year": 2020,
                    "status": "active",
                }
                for n in places
            ]
            ids = create_many(Business, [NewRecord(v, 0) for v in businesses], Origin("command"))
            figures = [
                {
                    "business_id": key,
                    "year": 2024,
                    "workers_total": key % 40,
                    "investment": key * 10_000,
                    "production_value": key * 20_000,
                }
                for key in ids
            ]
            create_many(BusinessYear, [NewRecord(v, 0) for v in figures], Origin("command"))


def measure() -> None:
    """Fills an empty register and times what people wait for."""
    from django.core.management import call_command

    from balikpapan.reports import pdf, xlsx
    from balikpapan.single_tables import single
    from balikpapan.yearbook import yearbook

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    fill(LISTED)
    listed = single("daftar-ikm", 2024).book
    timed(f"daftar {LISTED} IKM, PDF", lambda: pdf.write_book(listed, io.BytesIO()))
    fill(BUSINESSES - LISTED)
    made = []
    timed(f"buku {BUSINESSES} IKM, angka", lambda: made.append(yearbook(2024, today=TODAY)))
    timed("buku, Excel", lambda: xlsx.write_book(made[0], io.BytesIO()))
    timed("buku, PDF", lambda: pdf.write_book(made[0], io.BytesIO()))
    timed("daftar 100.000 IKM di layar", lambda: single("daftar-ikm", 2024, limit=200))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balikpapan.settings")
        import django

        django.setup()
        measure()
