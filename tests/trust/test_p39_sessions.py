"""Promise 39: a log-in ends when it should, and an old cookie opens nothing."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import member

pytestmark = pytest.mark.django_db

PASSWORD = "lampu-kayu-sungai-42"


@pytest.fixture
def person():
    user = member("Petugas", "rahma")
    user.set_password(PASSWORD)
    user.save()
    return user


def logged_in(client) -> Client:
    """The browser after the log-in page."""
    response = client.post(
        reverse("admin:login"), {"username": "rahma", "password": PASSWORD, "next": "/"}
    )
    assert response.status_code == 302, response.content.decode()
    return client


def opens(client) -> bool:
    return client.get(reverse("admin:industry_business_changelist")).status_code == 200


def test_p39_a_log_in_gets_a_number_of_its_own_and_a_guarded_cookie(client, person):
    client.get(reverse("admin:login"))
    client.session["sebelum"] = 1
    client.session.save()
    before = client.session.session_key

    logged_in(client)

    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie.value != before
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""  # it ends with the browser


def leave(client, person):
    client.post(reverse("admin:logout"))


def change_password(client, person):
    person.set_password("kapal-merah-pasir-77")
    person.save()


def deactivate(client, person):
    person.is_active = False
    person.save()


def take_group(client, person):
    person.groups.remove(Group.objects.get(name="Petugas"))


@pytest.mark.parametrize(
    "end", [leave, change_password, deactivate, take_group], ids=lambda end: end.__name__
)
def test_p39_an_old_cookie_opens_nothing(client, person, end):
    cookie = logged_in(client).cookies[settings.SESSION_COOKIE_NAME].value
    assert opens(client)

    end(client, person)

    replayed = Client()
    replayed.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert not opens(replayed)


def test_a_log_in_is_remembered_for_eight_hours_and_no_longer(client, person):
    before = timezone.now()

    logged_in(client)

    lasts = Session.objects.get(pk=client.session.session_key).expire_date - before
    assert timedelta(hours=8) - timedelta(minutes=1) < lasts < timedelta(hours=8, minutes=1)
