"""The pages of accounts: what is saved is stored, and nobody changes an own right."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.urls import reverse

from balikpapan.accounts.models import PasswordDuty
from tests.cast import member
from tests.pages import filled, messages_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client, administrator):
    """The administrator at the keyboard."""
    client.force_login(administrator)
    return client


@pytest.fixture
def first(client):
    """The first account, which alone is a superuser, at the keyboard."""
    user = get_user_model().objects.create_superuser("pertama", password="kata-sandi-uji")
    client.force_login(user)
    return user


def group(name):
    return Group.objects.get(name=name)


def password_url(user):
    return reverse("admin:auth_user_new_password", args=[user.pk])


def told_password(response):
    """The password a page tells once."""
    [password] = re.findall(r": (\S+) — catat", " ".join(messages_of(response)))
    return password


def change(client, user, **typed):
    page = url(User, "change", user)
    data = {**filled(client.get(page)), **typed}
    return client.post(page, {k: v for k, v in data.items() if v is not None}, follow=True)


def groups_of(user):
    return set(User.objects.get(pk=user.pk).groups.values_list("name", flat=True))


def test_a_new_account_may_come_in_with_the_password_told_once(keeper, client, petugas):
    data = {"username": "budi", "first_name": "Budi", "groups": [group("Petugas").pk]}

    response = keeper.post(url(User, "add"), {**data, "is_active": "on"}, follow=True)

    user = User.objects.get(username="budi")
    assert (user.first_name, user.is_staff, user.is_superuser) == ("Budi", True, False)
    assert groups_of(user) == {"Petugas"}
    assert user.check_password(told_password(response))
    assert PasswordDuty.objects.filter(user=user).exists()
    assert "catat" not in keeper.get(url(User, "change", user)).content.decode()


def test_a_name_taken_already_is_told(keeper, petugas):
    response = keeper.post(url(User, "add"), {"username": petugas.username, "is_active": "on"})

    assert response.status_code == 200
    assert response.context["adminform"].form.errors["username"]
    assert User.objects.filter(username=petugas.username).count() == 1


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"first_name": "Siti"}, {"first_name": "Siti"}),
        ({"last_name": "Aminah"}, {"last_name": "Aminah"}),
        ({"first_name": ""}, {"first_name": ""}),
        ({"username": "siti.a"}, {"username": "siti.a"}),
        ({"is_active": None}, {"is_active": False}),
    ],
    ids=["first name", "last name", "cleared", "account name", "no longer here"],
)
def test_what_is_changed_in_an_account_is_stored(keeper, typed, stored):
    user = member("Petugas")
    User.objects.filter(pk=user.pk).update(first_name="Lama")

    response = change(keeper, user, **typed)

    user.refresh_from_db()
    assert response.redirect_chain
    assert {name: getattr(user, name) for name in stored} == stored
    assert user.is_staff
    assert groups_of(user) == {"Petugas"}


def test_an_account_made_active_again_comes_in(keeper):
    user = member("Petugas")
    User.objects.filter(pk=user.pk).update(is_active=False)

    change(keeper, user, is_active="on")

    user.refresh_from_db()
    assert user.is_active


@pytest.mark.parametrize("names", [["Verifikator"], ["Petugas", "Verifikator"], []])
def test_groups_are_given_and_taken(keeper, names):
    user = member("Petugas")
    member("Verifikator")

    change(keeper, user, groups=[group(name).pk for name in names])

    assert groups_of(user) == set(names)


@pytest.mark.parametrize("number", ["999", "9" * 40, "-1", "kata"])
def test_a_group_that_is_none_is_refused_in_the_form(keeper, number):
    user = member("Petugas")

    response = change(keeper, user, groups=[number])

    assert number in response.context["adminform"].form.errors["groups"][0]
    assert groups_of(user) == {"Petugas"}


def test_changing_an_account_keeps_its_password_and_tells_none(keeper):
    user = member("Petugas")
    user.set_password("kata-sandi-lama")
    user.save()

    response = change(keeper, user, first_name="Siti")

    user.refresh_from_db()
    assert user.check_password("kata-sandi-lama")
    assert "Kata sandi" not in " ".join(messages_of(response))
    assert not PasswordDuty.objects.exists()


# A forgotten password


def test_the_password_page_gives_a_new_one_that_has_to_be_replaced(keeper, client):
    user = member("Petugas")
    user.set_password("kata-sandi-lama")
    user.save()

    asked = keeper.get(password_url(user))
    user.refresh_from_db()
    unchanged = user.check_password("kata-sandi-lama")
    response = keeper.post(password_url(user), follow=True)

    user.refresh_from_db()
    assert (asked.status_code, unchanged) == (200, True)
    assert user.check_password(told_password(response))
    assert not user.check_password("kata-sandi-lama")
    assert PasswordDuty.objects.filter(user=user).exists()


@pytest.mark.parametrize("who", ["petugas", "verifikator", "pimpinan"])
def test_p37_nobody_else_gives_passwords(client, request, who, administrator):
    client.force_login(request.getfixturevalue(who))
    before = administrator.password

    answers = [client.get(password_url(administrator)), client.post(password_url(administrator))]

    administrator.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403, 403]
    assert administrator.password == before


def test_the_password_page_of_nobody_leads_back(keeper):
    response = keeper.get(reverse("admin:auth_user_new_password", args=[10**6]))

    assert response.status_code == 302


# One's own account, and the first one


def test_p37_an_administrator_changes_neither_the_own_account_nor_the_first(keeper, administrator):
    first = get_user_model().objects.create_superuser("pertama", password="kata-sandi-uji")

    for user in (administrator, first):
        before = User.objects.values().get(pk=user.pk)
        answers = [
            keeper.post(url(User, "change", user), {"username": "lain", "is_active": "on"}),
            keeper.post(password_url(user)),
        ]

        assert [answer.status_code for answer in answers] == [403, 403]
        assert User.objects.values().get(pk=user.pk) == before
    assert groups_of(administrator) == {"Administrator"}


def test_the_first_account_keeps_its_groups_and_stays_active(client, first):
    member("Petugas")
    first.groups.add(group("Petugas"))

    response = change(client, first, first_name="Ani", groups=[], is_active=None)

    first.refresh_from_db()
    assert response.redirect_chain
    assert (first.first_name, first.is_active, first.is_superuser) == ("Ani", True, True)
    assert groups_of(first) == {"Petugas"}


def test_no_account_is_deleted_and_no_group_changed(client, first):
    user = member("Petugas")

    answers = [
        client.post(url(User, "delete", user), {"post": "yes"}),
        client.post(url(Group, "change", group("Petugas")), {"name": "Lain"}),
        client.post(url(Group, "delete", group("Petugas")), {"post": "yes"}),
        client.get(url(Group, "add")),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403, 403]
    assert User.objects.filter(pk=user.pk).exists()
    assert Group.objects.filter(name="Petugas").exists()


@pytest.mark.parametrize("name", ["is_superuser", "user_permissions", "is_staff", "password"])
def test_p37_no_right_is_given_beside_the_groups(keeper, name):
    user = member("Petugas")
    before = User.objects.values("is_superuser", "is_staff", "password").get(pk=user.pk)

    change(keeper, user, first_name="Siti", **{name: "1"})

    assert User.objects.values("is_superuser", "is_staff", "password").get(pk=user.pk) == before
    assert not user.user_permissions.exists()
