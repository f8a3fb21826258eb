"""How long a list, a form and saving one of its fields take, on both databases.

    .venv/bin/python -m tests.benchmarks.pages

The whole request is measured, from the middleware to the last byte, on a register of 1.029 IKM
with four years of figures each. The middle of several is shown, as a clock and as CPU seconds of
this process and the database's backend together.
"""

import os
import statistics

from .databases import YEARS, on_each_database


def main():
    """Fills an empty register on each database and asks for its pages."""
    about = __doc__.splitlines()[0]
    on_each_database(__spec__.name, about, measure, businesses=1_029, times=15)


def measure(businesses, times):
    """List, form and save of one IKM after another."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "balikpapan.settings"
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import setup_test_environment

    from industry.models import Business

    from .filling import fill
    from .imports import Meter

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill(businesses, YEARS)
    from tests.pages import filled, url

    head = get_user_model().objects.create_superuser("kepala", password=None)
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(head)
    runs = {"daftar": [], "formulir": [], "simpan": []}
    for record in Business.objects.order_by("pk")[: times + 1]:
        page = url(Business, "change", record)
        steps = {
            "daftar": lambda: browser.get(url(Business, "changelist")),
            "formulir": lambda page=page: browser.get(page),
        }
        for label, step in steps.items():
            with Meter() as meter:
                answer = step()
            assert answer.status_code == 200, answer.status_code
            runs[label].append(meter)
        # The test client keeps a page's context only while Django's own signals are watched.
        setup_test_environment()
        data = {**filled(browser.get(page)), "brand": "Merek Baru"}
        _unwatch()
        with Meter() as meter:
            answer = browser.post(page, data)
        assert answer.status_code == 302, answer.status_code
        runs["simpan"].append(meter)
    for label, run in runs.items():
        # The first request also loads templates and addresses; no reader meets it twice.
        wall = 1000 * statistics.median(meter.wall for meter in run[1:])
        spent = 1000 * statistics.median(meter.seconds for meter in run[1:])
        print(f"  {label:10} {wall:6.1f} ms, CPU {spent:6.1f} ms, {run[-1].statements} kueri")


def _unwatch():
    from django.test.utils import teardown_test_environment

    teardown_test_environment()


if __name__ == "__main__":
    main()
