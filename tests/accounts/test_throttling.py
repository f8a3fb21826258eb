"""Guessing passwords is slowed, and nobody is locked out by others."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import get_hasher
from django.urls import reverse
from django.utils import timezone

from balikpapan.accounts.throttling import MOST_FAILURES_PER_ADDRESS

pytestmark = pytest.mark.django_db

PASSWORD = "kampung-baru-2024"
HOME, OFFICE = "203.0.113.7", "192.0.2.10"


@pytest.fixture(autouse=True)
def person():
    return get_user_model().objects.create_superuser("rahma", password=PASSWORD)


def try_to_enter(client, password, username="rahma", address=HOME, **headers) -> int:
    data = {"username": username, "password": password}
    return client.post(reverse("admin:login"), data, REMOTE_ADDR=address, **headers).status_code


def test_the_fifth_wrong_password_is_answered_with_a_wait_in_indonesian(client):
    statuses = [try_to_enter(client, "salah") for _ in range(5)]

    assert statuses == [200, 200, 200, 200, 429]
    page = client.post(
        reverse("admin:login"), {"username": "rahma", "password": PASSWORD}, REMOTE_ADDR=HOME
    )
    assert page.status_code == 429
    assert "ditahan selama 15 menit" in page.text


def test_four_wrong_passwords_and_the_right_one_open_the_door(client):
    for _ in range(4):
        try_to_enter(client, "salah")

    assert try_to_enter(client, PASSWORD) == 302


def test_p40_the_owner_enters_from_another_address_while_someone_guesses(client):
    for _ in range(6):
        try_to_enter(client, "salah", address=HOME)

    assert try_to_enter(client, PASSWORD, address=OFFICE) == 302


def test_p40_a_forged_address_does_not_give_more_guesses(client):
    statuses = [
        try_to_enter(client, "salah", headers={"X-Forwarded-For": f"198.51.100.{number}"})
        for number in range(6)
    ]

    assert statuses[4:] == [429, 429]


def test_p40_an_address_that_tries_many_accounts_is_stopped(client):
    for number in range(MOST_FAILURES_PER_ADDRESS):
        assert try_to_enter(client, "salah", username=f"orang{number}") == 200

    assert try_to_enter(client, PASSWORD) == 429
    assert try_to_enter(client, PASSWORD, address=OFFICE) == 302


def test_the_wait_ends_after_a_quarter_of_an_hour(client):
    for number in range(MOST_FAILURES_PER_ADDRESS):
        try_to_enter(client, "salah", username=f"orang{number}")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))

    assert try_to_enter(client, PASSWORD) == 302


def test_p40_who_has_been_let_in_from_an_address_is_not_shut_out_by_guessing_there(client):
    assert try_to_enter(client, PASSWORD, address=OFFICE) == 302
    for number in range(MOST_FAILURES_PER_ADDRESS):
        try_to_enter(client, "salah", username=f"orang{number}", address=OFFICE)

    assert try_to_enter(client, PASSWORD, username="lain", address=OFFICE) == 429
    assert try_to_enter(client, PASSWORD, address=OFFICE) == 302


def test_p40_a_failed_log_in_is_written_down_with_who_and_from_where(client, caplog):
    try_to_enter(client, "salah", username="budi")

    assert f"Gagal masuk: akun budi dari alamat {HOME}." in caplog.text
    assert "salah" not in caplog.text.replace("Gagal", "")


def test_p40_an_unknown_name_costs_the_hashing_that_a_wrong_password_costs(client, monkeypatch):
    get_user_model().objects.create_user("pindah", password=PASSWORD, is_active=False)
    hasher, hashed = type(get_hasher()), []
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda *words: hashed.append(1) or encode(*words))

    counts = []
    for name in ("rahma", "pindah", "tidak-ada"):
        hashed.clear()
        assert try_to_enter(client, "salah", username=name) == 200
        counts.append(len(hashed))

    assert counts == [1, 1, 1]


def test_guessing_the_old_password_at_an_open_desk_is_slowed(client, person):
    client.force_login(person)
    page = reverse("admin:password_change")
    new = {"new_password1": "sungai-wain-tenang-5", "new_password2": "sungai-wain-tenang-5"}

    statuses = [
        client.post(page, {"old_password": f"salah{number}", **new}).status_code
        for number in range(5)
    ]

    assert statuses == [200, 200, 200, 200, 429]
    assert client.post(page, {"old_password": PASSWORD, **new}).status_code == 429
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_the_right_old_password_makes_way_for_the_new_one(client, person):
    client.force_login(person)
    new = {"new_password1": "sungai-wain-tenang-5", "new_password2": "sungai-wain-tenang-5"}

    answer = client.post(reverse("admin:password_change"), {"old_password": PASSWORD, **new})

    assert answer.url == reverse("admin:password_change_done")
    person.refresh_from_db()
    assert person.check_password("sungai-wain-tenang-5")
