"""The desk at which hostile files are handed in."""

import pytest
from django.contrib.auth import get_user_model


@pytest.fixture
def desk(client, db):
    """A browser in which somebody who may do everything has logged in."""
    client.force_login(get_user_model().objects.create_superuser("penguji"))
    return client


@pytest.fixture(autouse=True)
def judged_at_once(settings):
    """A verdict is wanted in the answer, however large the file; the worker has its own tests."""
    settings.UPLOAD_BACKGROUND_ROWS = 2_000_000


@pytest.fixture
def typist():
    """Somebody who uploads; needs the database the test has chosen."""
    from tests.cast import member

    return member("Petugas")
