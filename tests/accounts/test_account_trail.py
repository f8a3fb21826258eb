"""What happens to accounts stands in the trail that records have, and on the page of the account."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from balikpapan.accounts.passwords import create_first_administrator
from balikpapan.audit.models import Change
from balikpapan.audit.verification import verify_chain
from tests.pages import filled, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client, administrator):
    """The administrator at the keyboard."""
    client.force_login(administrator)
    return client


def acts(user):
    trail = Change.objects.filter(model="auth.user", record=user.pk).order_by("id")
    return list(trail.values_list("action", flat=True))


def try_to_enter(client, user, password):
    return client.post(reverse("admin:login"), {"username": user.username, "password": password})


def test_p24_a_new_account_its_groups_and_a_reset_are_traced(keeper, administrator, petugas):
    data = {"username": "budi", "first_name": "Budi", "is_active": "on"}
    groups = [Group.objects.get(name="Petugas").pk]
    keeper.post(url(User, "add"), {**data, "groups": groups})
    user = User.objects.get(username="budi")
    page = url(User, "change", user)
    typed = filled(keeper.get(page)) | {"groups": []}
    keeper.post(page, typed)
    keeper.post(page, typed)
    keeper.post(reverse("admin:auth_user_new_password", args=[user.pk]))

    assert acts(user) == ["created", "changed", "reset"]
    created, changed, reset = Change.objects.filter(record=user.pk, model="auth.user").order_by(
        "id"
    )
    assert created.after["groups"] == ["Petugas"]
    assert (changed.before, changed.after) == ({"groups": ["Petugas"]}, {"groups": []})
    assert {created.by, changed.by, reset.by} == {administrator}
    assert verify_chain() == []
    shown = keeper.get(page).content.decode()
    assert "Riwayat akun" in shown
    assert "kelompok: Petugas → –" in shown
    assert "Diberi kata sandi baru" in shown


def test_p24_who_came_in_who_failed_and_who_waits_is_traced_with_the_address(client, petugas):
    petugas.set_password("kata-sandi-uji-panjang")
    petugas.save()
    for _ in range(7):
        try_to_enter(client, petugas, "salah")
    assert acts(petugas) == ["failed"] * 5 + ["locked"]

    client.force_login(petugas)
    assert acts(petugas)[-1] == "locked"
    assert verify_chain() == []


def test_p24_a_log_in_is_traced(client, petugas):
    petugas.set_password("kata-sandi-uji-panjang")
    petugas.save()

    try_to_enter(client, petugas, "kata-sandi-uji-panjang")

    [entry] = Change.objects.filter(model="auth.user")
    assert (entry.action, entry.by, entry.after) == ("entered", petugas, {"address": "127.0.0.1"})


def test_p24_a_name_that_is_no_account_fills_no_trail(client, db):
    client.post(reverse("admin:login"), {"username": "siapa", "password": "salah"})

    assert not Change.objects.exists()


def test_p24_the_first_account_is_traced_as_the_programs_own(db):
    create_first_administrator()

    change = Change.objects.get(model="auth.user")
    assert (change.action, change.by, change.channel) == ("created", None, "system")
