"""What every request passes on its way in and out."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from balikpapan.accounts import middleware
from balikpapan.accounts.passwords import give_password

pytestmark = pytest.mark.django_db

CHANGE = "admin:password_change"


@pytest.fixture
def person():
    return get_user_model().objects.create_superuser("rahma", password="lama-sekali-1")


@pytest.fixture
def login(client, person):
    client.force_login(person)
    return client


def is_open(client) -> bool:
    """Whether the door opens to this client's own page, the one for the password."""
    return client.get(reverse(CHANGE)).status_code == 200


def test_who_was_given_a_password_is_led_to_choosing_an_own_one(login, person):
    give_password(person)
    login.force_login(person)

    response = login.get(reverse("admin:index"))

    assert response.url == reverse(CHANGE)
    assert login.get(response.url).status_code == 200
    assert login.post(reverse("admin:logout")).status_code == 200


def test_after_choosing_one_every_page_opens(login, person):
    password = give_password(person)
    login.force_login(person)

    login.post(
        reverse(CHANGE),
        {
            "old_password": password,
            "new_password1": "kampung-baru-2024",
            "new_password2": "kampung-baru-2024",
        },
    )

    assert login.get(reverse("admin:index")).status_code == 200


def test_without_a_duty_every_page_opens(login):
    assert login.get(reverse("admin:index")).status_code == 200


@pytest.fixture
def later(monkeypatch):
    """Moves the clock the session is measured by."""
    now = timezone.now()

    def move(**by):
        nonlocal now
        now += timedelta(**by)
        monkeypatch.setattr(middleware.timezone, "now", lambda: now)

    move()
    return move


def test_p39_a_login_ends_after_an_hour_without_a_click(login, later):
    assert is_open(login)
    later(minutes=59)
    assert is_open(login)

    later(minutes=60)

    assert not is_open(login)


def test_p39_a_login_ends_after_a_working_day_of_clicks(login, later):
    for _ in range(16):
        assert is_open(login)
        later(minutes=30)

    assert not is_open(login)


def test_a_page_without_a_word_about_caching_is_not_kept(rf):
    response = middleware.NeverStored(lambda request: HttpResponse())(rf.get("/"))

    assert "no-store" in response["Cache-Control"]


def test_a_page_that_says_how_it_may_be_kept_is_believed(rf):
    cached = HttpResponse(headers={"Cache-Control": "max-age=60"})

    response = middleware.NeverStored(lambda request: cached)(rf.get("/"))

    assert response["Cache-Control"] == "max-age=60"


def test_a_visitor_without_an_account_has_no_session_to_end(rf):
    request = rf.get("/")
    request.user = AnonymousUser()

    response = middleware.SessionLimits(lambda request: HttpResponse("terbuka"))(request)

    assert response.content == b"terbuka"


@pytest.mark.parametrize("path", ["/", "/login/", "/tidak-ada/"])
def test_every_page_carries_the_defences_of_a_browser(client, path):
    headers = client.get(path).headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]
