"""How long list, form, save, each report table and an undo take, beside the stock admin's pages.

    .venv/bin/python -m tests.benchmarks.pages
    .venv/bin/python -m tests.benchmarks.pages --businesses 1029 --database sqlite

The whole request is measured, from the middleware to the last byte, on registers of 1.029, 10.000
and 100.000 IKM with four years of figures each, the last of them from one upload. The middle of
several is shown, as a clock and as CPU seconds of this process and the database's backend
together. The stock admin has the fields, inlines and choices of ours (``stock_pages``). Undoing is
measured without the worker behind it.
"""

import os
import statistics
from urllib.parse import urlencode

import django

from .databases import YEARS, on_each_database
from .stock_settings import stock_settings

FORM = "application/x-www-form-urlencoded"
#: The stock admin has its own templates and boxes besides its own pages.
STOCK = stock_settings("tests.benchmarks.stock_pages")


def main():
    """Fills an empty register on each database and asks for its pages."""
    about = __doc__.splitlines()[0]
    sizes = [1_029, 10_000, 100_000]
    on_each_database(__spec__.name, about, measure, businesses=sizes, times=9)


def measure(businesses, times):
    """Every page of one register."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "balikpapan.settings"
    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client, override_settings

    from balikpapan.server.memory import keep_loaded_objects

    from .filling import fill

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill(businesses, YEARS[:-1])
    upload = uploaded_figures(YEARS[-1])
    with connection.cursor() as cursor:
        # What PostgreSQL does by itself within minutes of a large import.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    head = get_user_model().objects.create_superuser("kepala", password=None)
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(head)
    browser.get("/")
    # As the server does before its first page.
    keep_loaded_objects()
    measure_register(browser, times, "")
    with override_settings(**STOCK):
        measure_register(browser, times, "stok: ")
    measure_tables(browser, 1 if businesses > 10_000 else 3)
    measure_undo(browser, upload, head)


def uploaded_figures(year):
    """One upload with the figures of every IKM for a year."""
    from django.db import transaction

    from balikpapan.audit.bulk import ChangeSource, NewRecord, create_many
    from balikpapan.intake.models import Upload
    from industry.models import Business, BusinessYear

    keys = list(Business.objects.order_by("pk").values_list("pk", flat=True))
    upload = Upload.objects.create(
        register="ikm-tahunan",
        file_name="daftar.xlsx",
        sha256="0" * 64,
        size=1,
        status=Upload.Status.STORED,
        counts={"rows": len(keys), "new": len(keys), "changed": 0},
    )
    figures = [
        {"business_id": key, "year": year, "workers_total": key % 40, "investment": key * 10_000}
        for key in keys
    ]
    with transaction.atomic():
        source = ChangeSource("upload", upload=upload.pk)
        create_many(BusinessYear, [NewRecord(values, 0) for values in figures], source)
    return upload


def measure_register(browser, times, prefix):
    """List, search, form and save of one IKM after another."""
    from industry.models import Business
    from tests.pages import url

    records = list(Business.objects.order_by("pk")[: times + 1])
    listed = url(Business, "changelist")
    runs = {
        "daftar": [],
        "cari": [],
        "halaman terakhir": [],
        "formulir": [],
        "simpan": [],
        "simpan juga baris": [],
    }
    last = (Business.objects.count() - 1) // 50 + 1
    for record in records:
        page = url(Business, "change", record)
        runs["daftar"].append(asked(browser, listed))
        runs["cari"].append(asked(browser, f"{listed}?{urlencode({'q': 'Contoh 77'})}"))
        runs["halaman terakhir"].append(asked(browser, f"{listed}?p={last}"))
        runs["formulir"].append(asked(browser, page))
        runs["simpan"].append(saved(browser, page))
        runs["simpan juga baris"].append(saved(browser, page, "years-1-workers_total"))
    for label, run in runs.items():
        # The first request also loads templates and addresses; no reader meets it twice.
        show(prefix + label, run[1:])


def measure_tables(browser, times):
    """Each table of the book on a page of its own."""
    from balikpapan.yearbook.contents import ABOUT_IKM, OTHERS

    spent = {}
    browser.get(f"/laporan/{YEARS[-1]}/aset/")
    for key in [*ABOUT_IKM, *OTHERS]:
        runs = [asked(browser, f"/laporan/{YEARS[-1]}/{key}/") for _ in range(times)]
        show(f"tabel {key}", runs)
        spent[key] = statistics.median(meter.seconds for meter in runs)
    whole = asked(browser, f"/laporan/{YEARS[-1]}/")
    show("seluruh buku", [whole])


def measure_undo(browser, upload, user):
    """The page before an undo, and the undo of every row of the upload."""
    from balikpapan.intake.undo import undo

    from .imports import Meter

    address = f"/intake/upload/{upload.pk}/undo/"
    show("sebelum dibatalkan", [asked(browser, address) for _ in range(2)][1:])
    with Meter() as meter:
        undo(upload, by=user)
    show("dibatalkan", [meter])


def asked(browser, address):
    """What one page costs."""
    from .imports import Meter

    with Meter() as meter:
        answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return meter


def saved(browser, page, figure=None):
    """What it costs to save a form in which one box was typed over, and a figure of a row below."""
    from django.test.utils import setup_test_environment, teardown_test_environment

    from tests.pages import filled

    from .imports import Meter

    # The test client keeps a page's context only while Django's own signals are watched.
    setup_test_environment()
    data = {**filled(browser.get(page)), "brand": f"Merek {os.urandom(4).hex()}"}
    teardown_test_environment()
    if figure:
        data[figure] = str(int(data.get(figure, 0)) + 1)
    with Meter() as meter:
        # A form without a file is sent like this by every browser.
        answer = browser.post(page, urlencode(data), FORM)
    assert answer.status_code == 302, answer.status_code
    return meter


def show(label, runs):
    """One line: clock, CPU, statements."""
    wall = 1000 * statistics.median(meter.wall for meter in runs)
    spent = 1000 * statistics.median(meter.seconds for meter in runs)
    least = 1000 * min(meter.seconds for meter in runs)
    print(
        f"  {label:24} {wall:8.1f} ms, CPU {spent:8.1f} ms (terendah {least:.1f}), "
        f"{runs[-1].statements} kueri",
        flush=True,
    )


if __name__ == "__main__":
    main()
