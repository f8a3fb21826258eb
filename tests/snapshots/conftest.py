"""The world of the snapshots, shared by the tests of a module."""

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from . import clock
from .world import build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The register of the snapshots, for all pages of a module; taken back at its end."""
    atomic = transaction.atomic()
    # As for the cases of Django's tests: what asks to be outermost is within this one all the same.
    atomic._from_testcase = True
    with django_db_blocker.unblock(), clock.stopped(), atomic:
        world = build()
        for group, person in world.people.items():
            browser = Client()
            browser.force_login(person)
            world.sessions[group] = browser.cookies[settings.SESSION_COOKIE_NAME].value
        yield world
        transaction.set_rollback(True)
