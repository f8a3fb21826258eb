import datetime

import pytest
from django.db import connection
from django.utils import timezone

from balikpapan.demo import load_demo
from balikpapan.reference_data import load_reference
from tests.taken_back import taken_back

from .edges import add_edges
from .questions import TODAY


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The invented register as it is on one day, for all tests of a module; they only read it."""
    moment = datetime.datetime.combine(TODAY, datetime.time(9), timezone.get_default_timezone())
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, taken_back():
        patch.setattr(timezone, "now", lambda: moment)
        with connection.cursor() as cursor:
            # Records have the same numbers whatever was written and undone before.
            cursor.execute("UPDATE sqlite_sequence SET seq = 0")
        load_reference()
        load_demo(TODAY)
        add_edges(TODAY)
        yield
