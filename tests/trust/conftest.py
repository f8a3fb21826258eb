"""The desk at which hostile files are handed in."""

import pytest
from django.contrib.auth import get_user_model


@pytest.fixture
def desk(client, db):
    """A browser in which somebody who may do everything has logged in."""
    client.force_login(get_user_model().objects.create_superuser("penguji"))
    return client
