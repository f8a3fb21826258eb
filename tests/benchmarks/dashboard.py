"""How long the first page takes with 100.000 IKM and four years of figures, on both databases.

    .venv/bin/python -m tests.benchmarks.dashboard

The whole request is measured, from the middleware to the last byte: once after a write, when no
kept figures stand, and once more when they do. The middle of several is shown, as a clock and as
CPU seconds of this process and the database's backend together.
"""

import os
import statistics

from .databases import YEARS, on_each_database


def main():
    """Fills an empty register on each database and asks for the first page."""
    about = __doc__.splitlines()[0]
    on_each_database(__spec__.name, about, measure, businesses=[100_000], times=9)


def measure(businesses, times):
    """The first page after a write and again, as often as asked for."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "balikpapan.settings"
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from balikpapan.audit.store import store
    from industry.models import Business

    from .filling import fill
    from .imports import Meter

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill(businesses, YEARS)
    with connection.cursor() as cursor:
        # What PostgreSQL does by itself within minutes of a large import.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    head = get_user_model().objects.create_superuser("kepala", password=None)
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(head)
    runs = {"sesudah penulisan": [], "diminta lagi": []}
    for number in range(times + 1):
        business = Business.objects.order_by("pk")[number]
        business.notes = f"Dilihat {number} kali."
        store(business, by=head, channel="form")
        for run in runs.values():
            with Meter() as meter:
                answer = browser.get("/")
            assert answer.status_code == 200, answer.status_code
            run.append(meter)
    for label, run in runs.items():
        # The first request also loads templates and addresses; no reader meets it twice.
        wall = 1000 * statistics.median(meter.wall for meter in run[1:])
        spent = 1000 * statistics.median(meter.seconds for meter in run[1:])
        print(f"  {label:18} {wall:6.1f} ms, CPU {spent:6.1f} ms, {run[-1].statements} kueri")


if __name__ == "__main__":
    main()
