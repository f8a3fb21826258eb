"""A demonstration is entered by one click, at its own computer alone; a real register never is."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from balikpapan.accounts.groups import GROUPS, PETUGAS, load_groups
from balikpapan.audit.models import Change

pytestmark = pytest.mark.django_db
ADDRESS = "/peragaan/masuk/"
HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}


@pytest.fixture(autouse=True)
def demonstration(settings):
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["*"]
    load_groups()


def is_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_is_tried_by_one_click(client, group):
    response = client.post(ADDRESS, {"group": group, "next": "/industry/business/"}, **HERE)

    user = get_user_model().objects.get()
    assert (response.status_code, response["Location"]) == (302, "/industry/business/")
    assert [g.name for g in user.groups.all()] == [group]
    assert not user.has_usable_password()
    assert not user.is_superuser
    assert set(Change.objects.values_list("action", flat=True)) == {"created", "entered"}
    assert client.get("/", **HERE).status_code == 200


@pytest.mark.parametrize(
    ("sent", "place", "status"),
    [
        pytest.param({}, {"REMOTE_ADDR": "192.168.1.20"}, 403, id="another computer"),
        pytest.param({}, {"HTTP_HOST": "register.balikpapan.go.id"}, 403, id="another name"),
        pytest.param({}, {"HTTP_X_FORWARDED_FOR": "192.168.1.20"}, 403, id="through a proxy"),
        pytest.param({"group": "Superuser"}, {}, 403, id="no group"),
        pytest.param({"group": PETUGAS, "next": "//other.example/"}, {}, 302, id="elsewhere"),
    ],
)
def test_from_elsewhere_or_to_elsewhere_nobody_is_led(client, sent, place, status):
    response = client.post(ADDRESS, {"group": PETUGAS, **sent}, **{**HERE, **place})

    assert response.status_code == status
    assert is_in(client) is (status == 302)
    assert status == 403 or response["Location"] == "/"


def test_nobody_is_let_in_through_the_proxy_that_https_stands_for(client, settings):
    settings.HTTPS = True

    assert client.post(ADDRESS, {"group": PETUGAS}, **HERE).status_code == 403
    assert not is_in(client)


def test_it_takes_a_button_pressed_on_our_own_page(client):
    forged = Client(enforce_csrf_checks=True)

    assert client.get(ADDRESS, **HERE).status_code == 403
    assert forged.post(ADDRESS, {"group": PETUGAS}, **HERE).status_code == 403
    assert not is_in(client)
    assert not is_in(forged)


@pytest.mark.parametrize("demo", [True, False])
def test_a_real_register_neither_shows_nor_answers_it(client, settings, demo):
    settings.DEMO = demo

    page = client.get(reverse("admin:login"), **HERE).content.decode()
    elsewhere = client.get(reverse("admin:login"), **{**HERE, "REMOTE_ADDR": "10.0.0.9"})
    answer = client.post(ADDRESS, {"group": PETUGAS}, **HERE)

    assert (ADDRESS in page) is demo
    assert ADDRESS not in elsewhere.content.decode()
    assert answer.status_code == (302 if demo else 404)
    assert get_user_model().objects.exists() is demo
