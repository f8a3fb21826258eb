"""A reset password or a new right over personal data is told to every verifikator, once."""

import pytest
from django.contrib.auth.management.commands import changepassword
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from balikpapan.accounts.models import AnnouncementsRead
from balikpapan.accounts.passwords import give_password
from balikpapan.accounts.trail import Actor, trace_account, trace_created
from balikpapan.audit.models import Change
from tests.cast import member
from tests.pages import filled, url

pytestmark = pytest.mark.django_db

PAGES = ["admin:index", "admin:industry_business_changelist"]


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def announced(client, page="admin:index") -> list[str]:
    entries = client.get(reverse(page)).context.get("announcements", list)
    return [entry["text"] for entry in entries()]


def set_groups(keeper, user, *names, **typed):
    page = url(User, "change", user)
    groups = [Group.objects.get(name=name).pk for name in names]
    keeper.post(page, {**filled(keeper.get(page)), **typed, "groups": groups})


def test_resets_and_new_rights_are_announced_to_every_verifikator_until_read(
    administrator, verifikator, pimpinan, petugas
):
    other, keeper = member("Verifikator", "rekan"), as_user(administrator)
    keeper.post(reverse("admin:auth_user_new_password", args=[petugas.pk]))
    set_groups(keeper, pimpinan, "Pimpinan", "Petugas")
    set_groups(keeper, petugas, "Petugas", first_name="Budi")
    set_groups(keeper, petugas)

    reader, expected = (
        as_user(verifikator),
        [
            "Akun petugas diberi kata sandi baru.",
            "Akun pimpinan mendapat hak atas data pribadi (Petugas).",
        ],
    )
    for page in PAGES:
        assert announced(reader, page) == expected
    text = reader.get(reverse("admin:index")).text
    assert "Oleh administrator." in text
    up_to = text.split('name="up_to" value="')[1].split('"')[0]
    address = reverse("admin:announcements_read")
    answer = reader.post(address, {"up_to": up_to, "next": "/industry/business/"})

    assert answer["Location"] == "/industry/business/"
    assert announced(reader) == []
    assert announced(as_user(other)) == expected
    for user in (member("Petugas", "lain"), pimpinan, administrator):
        assert announced(as_user(user)) == []
    set_groups(keeper, petugas, "Verifikator")
    assert announced(reader) == ["Akun petugas mendapat hak atas data pribadi (Verifikator)."]


def test_only_a_verifikator_dismisses_and_never_more_than_there_is(verifikator, petugas):
    address = reverse("admin:announcements_read")

    assert as_user(petugas).post(address, {"up_to": "1"}).status_code == 403
    assert as_user(verifikator).get(address).status_code == 403
    assert as_user(verifikator).post(address, {"up_to": "x"}).status_code == 400
    answer = as_user(verifikator).post(address, {"up_to": "9" * 15, "next": "//lain.example/"})

    assert answer["Location"] == reverse("admin:index")
    assert AnnouncementsRead.objects.get().change == Change.objects.newest()


def test_a_page_asks_one_question_more_however_much_is_announced(
    administrator, verifikator, petugas
):
    keeper, reader = as_user(administrator), as_user(verifikator)
    reader.get(reverse("admin:privacy_notice"))

    def questions():
        with CaptureQueriesContext(connection) as caught:
            reader.get(reverse("admin:privacy_notice"))
        return len(caught)

    few = questions()
    for _ in range(12):
        keeper.post(reverse("admin:auth_user_new_password", args=[petugas.pk]))

    assert questions() == few
    assert len(announced(reader)) == 10


def test_ones_own_new_password_is_traced_and_not_announced(verifikator, petugas):
    client = Client()
    given = give_password(petugas)
    client.force_login(petugas)
    new = "tiga-kuda-renang-malam-42"
    typed = {"old_password": given, "new_password1": new, "new_password2": new}

    client.post(reverse("admin:password_change"), typed)

    entry = Change.objects.get(model="auth.user", record=petugas.pk)
    assert (entry.action, entry.by, entry.after) == ("password", petugas, {})
    assert announced(as_user(verifikator)) == []


def test_a_password_set_on_the_server_is_traced_and_announced(verifikator, petugas, monkeypatch):
    new = "tiga-kuda-renang-malam-42"
    monkeypatch.setattr(changepassword.getpass, "getpass", lambda *_, **__: new)

    call_command("changepassword", "petugas", verbosity=0)

    petugas.refresh_from_db()
    assert petugas.check_password(new)
    entry = Change.objects.get(model="auth.user", record=petugas.pk)
    assert (entry.action, entry.by, entry.channel) == ("reset", None, "command")
    assert announced(as_user(verifikator)) == ["Akun petugas diberi kata sandi baru."]


def test_a_group_that_sees_no_personal_data_is_no_news(administrator, verifikator, petugas):
    keeper = as_user(administrator)

    set_groups(keeper, petugas, "Petugas", "Pimpinan")
    set_groups(keeper, petugas, "Petugas", "Administrator")

    assert announced(as_user(verifikator)) == []


def test_who_may_log_in_again_and_who_may_do_all_is_announced(administrator, verifikator, petugas):
    keeper, reader = as_user(administrator), as_user(verifikator)
    set_groups(keeper, petugas, "Petugas", is_active="")
    assert announced(reader) == []

    set_groups(keeper, petugas, "Petugas", is_active="on")
    trace_account(
        petugas, "changed", Actor(), before={"is_superuser": False}, after={"is_superuser": True}
    )

    assert announced(reader) == [
        "Akun petugas boleh masuk lagi.",
        "Akun petugas menjadi administrator utama, dengan semua hak.",
    ]


def test_ones_own_new_account_is_no_news_to_its_owner_only(verifikator):
    newcomer = member("Verifikator", "baru")
    trace_created(newcomer, Actor(channel=Change.Channel.SYSTEM))

    assert announced(as_user(newcomer)) == []
    assert announced(as_user(verifikator)) == [
        "Akun baru mendapat hak atas data pribadi (Verifikator)."
    ]


def test_what_another_does_to_ones_own_account_is_news(administrator, verifikator):
    newcomer = member("Verifikator", "baru")
    trace_created(newcomer, Actor(channel=Change.Channel.SYSTEM))

    set_groups(as_user(administrator), newcomer, "Verifikator", "Petugas")

    assert announced(as_user(newcomer)) == ["Akun baru mendapat hak atas data pribadi (Petugas)."]
