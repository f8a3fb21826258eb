"""The world of the snapshots, shared by the tests of a module."""

import pytest
from django.conf import settings
from django.test import Client

from tests.taken_back import taken_back

from . import clock
from .world import build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The register of the snapshots, for all pages of a module; taken back at its end."""
    with django_db_blocker.unblock(), clock.stopped(), taken_back():
        world = build()
        for group, person in world.people.items():
            browser = Client()
            browser.force_login(person)
            world.sessions[group] = browser.cookies[settings.SESSION_COOKIE_NAME].value
        yield world
