"""A code beside the password: set up by its owner, asked at the log-in, used once, taken off."""

import re
from importlib import import_module
from types import SimpleNamespace

import pyotp
import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from balikpapan.accounts import second_factor
from balikpapan.accounts.models import RecoveryCode, SecondFactor
from balikpapan.accounts.sealing import unseal
from balikpapan.audit.models import Change
from balikpapan.audit.verification import verify_chain
from tests.cast import member
from tests.pages import messages_of, url

pytestmark = pytest.mark.django_db

PASSWORD = "tiga-kuda-renang-malam-42"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PAGE = "/kode-masuk/"


@pytest.fixture
def clock(monkeypatch):
    """The time of this computer, which a test moves on by steps of half a minute."""
    state = {"now": 1_800_000_000}
    monkeypatch.setattr(second_factor.time, "time", lambda: state["now"])
    return state


@pytest.fixture
def owner(verifikator):
    """A verifikator with a known password."""
    verifikator.set_password(PASSWORD)
    verifikator.save()
    return verifikator


def code_at(clock, steps=0):
    return pyotp.TOTP(SECRET).at(clock["now"] + 30 * steps)


def enter(user, code="", password=PASSWORD):
    """A log-in at a new browser: whether it let in, and the page."""
    client = Client()
    typed = {"username": user.username, "password": password, "code": code}
    page = client.post(reverse("admin:login"), typed)
    return "_auth_user_id" in client.session, page


def acts(user):
    trail = Change.objects.filter(model="auth.user", record=user.pk).order_by("id")
    return list(trail.values_list("action", flat=True))


@pytest.fixture
def equipped(owner, clock):
    """The owner with a code set up a minute ago."""
    second_factor.set_up(owner, SECRET, clock["now"] // 30 - 2)
    return owner


def test_a_code_is_set_up_with_the_password_and_shows_recovery_codes_once(client, owner, clock):
    client.force_login(owner)
    page = client.get(PAGE)
    secret = page.context["secret"]
    code = pyotp.TOTP(secret).at(clock["now"])

    assert "<svg" in page.text
    assert "http" not in page.text.split("<svg")[1].split("</svg>")[0].replace(
        "http://www.w3.org/2000/svg", ""
    )
    for typed in ({"password": "salah", "code": code}, {"password": PASSWORD, "code": "000000"}):
        client.post(PAGE, typed)
        assert not SecondFactor.objects.exists()
    done = client.post(PAGE, {"password": PASSWORD, "code": code})
    again = client.get(PAGE)

    codes = re.findall(r"<code>(\w{5}-\w{5})</code>", done.text)
    assert len(set(codes)) == 10
    assert not RecoveryCode.objects.filter(digest__in=codes).exists()
    assert not any(code in again.text for code in (*codes, secret))
    assert "tersisa: 10" in again.text
    assert acts(owner)[-1] == "code_set"
    assert verify_chain() == []
    assert not enter(owner, code)[0]  # the code that set it up is used


def test_the_log_in_asks_for_the_code_and_takes_it_once(equipped, clock):
    missing, page = enter(equipped)
    assert not missing
    assert "memakai kode masuk" in page.text
    assert not AccessAttempt.objects.exists()
    assert enter(equipped, code_at(clock))[0]

    used, page = enter(equipped, code_at(clock))
    earlier = enter(equipped, code_at(clock, -1))[0]

    assert (used, earlier) == (False, False)
    assert "sudah dipakai" in page.text
    assert not enter(equipped, code_at(clock, 3))[0]
    clock["now"] += 30
    assert enter(equipped, code_at(clock))[0]
    assert enter(equipped, code_at(clock, 1))[0]  # a telephone whose clock is ahead
    assert acts(equipped).count("failed") == 3


def test_a_code_does_not_replace_the_password(equipped, clock):
    assert not enter(equipped, code_at(clock), password="salah")[0]
    assert enter(equipped, code_at(clock))[0]


def test_a_recovery_code_lets_in_once(owner, clock):
    first, second, *_ = second_factor.set_up(owner, SECRET, 0)

    assert enter(owner, first)[0]
    assert not enter(owner, first)[0]
    assert enter(owner, second.replace("-", " ").upper())[0]
    assert RecoveryCode.objects.filter(user=owner).count() == 8


def test_guessing_codes_is_slowed_like_guessing_passwords(equipped, clock):
    pages = [enter(equipped, "000000")[1] for _ in range(5)]

    assert pages[-1].status_code == 429
    let_in, page = enter(equipped, code_at(clock))
    assert (let_in, page.status_code) == (False, 429)
    assert acts(equipped)[-1] == "locked"


@pytest.mark.parametrize("setting", ["off", "optional", "required"])
def test_the_setting_says_who_is_asked_and_who_must(owner, petugas, clock, settings, setting):
    settings.SECOND_FACTOR = setting
    client, other = Client(), Client()
    client.force_login(owner)
    other.force_login(petugas)

    index = client.get(reverse("admin:index"))
    page = client.get(PAGE)

    assert index.headers.get("Location") == (PAGE if setting == "required" else None)
    assert page.status_code == (403 if setting == "off" else 200)
    assert (reverse("admin:second_factor") in page.text) is (setting != "off")
    assert other.get(reverse("admin:index")).status_code == 200
    assert other.get(PAGE).status_code == 403
    second_factor.set_up(owner, SECRET, 0)
    assert client.get(reverse("admin:index")).status_code == 200
    assert enter(owner)[0] is (setting == "off")
    assert ("Kode masuk" in Client().get(reverse("admin:login")).text) is (setting != "off")


def test_an_administrator_takes_a_code_off_and_that_is_traced_and_announced(
    equipped, administrator, petugas
):
    keeper, stranger, reader = Client(), Client(), Client()
    keeper.force_login(administrator)
    stranger.force_login(petugas)
    address = reverse("admin:auth_user_take_off_code", args=[equipped.pk])

    assert stranger.post(address).status_code == 403
    assert "Lepas kode masuk" in keeper.get(url(User, "change", equipped)).text
    assert "Semua verifikator diberi tahu" in keeper.get(address).text
    assert SecondFactor.objects.exists()
    answer = keeper.post(address, follow=True)

    assert "dilepas" in " ".join(messages_of(answer))
    assert not SecondFactor.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert acts(equipped)[-1] == "code_reset"
    assert enter(equipped)[0]
    other = User.objects.create_user("rekan", is_staff=True, is_superuser=True)
    User.objects.filter(pk=other.pk).update(date_joined="2020-01-01T00:00:00Z")
    reader.force_login(User.objects.get(pk=other.pk))
    assert "Kode masuk akun verifikator dilepas." in reader.get(reverse("admin:index")).text


def test_no_copy_of_the_database_tells_the_secret_of_a_code(equipped, clock, settings):
    stored = SecondFactor.objects.get().secret
    assert SECRET not in stored
    assert unseal(stored) == SECRET

    # A new key opens nothing of the old one, unless that is named as an earlier one.
    old, settings.SECRET_KEY = settings.SECRET_KEY, "kunci-baru-" * 6
    assert unseal(stored) is None
    assert not enter(equipped, code_at(clock))[0]
    settings.SECRET_KEY_FALLBACKS = [old]
    assert enter(equipped, code_at(clock))[0]


def test_codes_from_before_are_sealed_by_the_upgrade(equipped, clock):
    SecondFactor.objects.update(secret=SECRET)
    migration = import_module("balikpapan.accounts.migrations.0004_sealed_second_factor")
    editor = SimpleNamespace(connection=connection)

    migration.seal(apps, editor)

    assert unseal(SecondFactor.objects.get().secret) == SECRET
    assert enter(equipped, code_at(clock))[0]
    migration.unseal(apps, editor)
    assert SecondFactor.objects.get().secret == SECRET


def test_a_code_that_is_lost_is_taken_off_on_the_server_which_is_traced_and_announced(
    equipped, capsys
):
    other = member("Verifikator", "rekan")
    User.objects.filter(pk=other.pk).update(date_joined="2020-01-01T00:00:00Z")
    reader = Client()
    reader.force_login(User.objects.get(pk=other.pk))

    call_command("reset_code", equipped.username)
    call_command("reset_code", equipped.username)

    assert not SecondFactor.objects.exists()
    change = Change.objects.filter(action="code_reset").get()
    assert (change.record, change.by, change.channel) == (equipped.pk, None, "command")
    assert enter(equipped)[0]
    assert "Kode masuk akun verifikator dilepas." in reader.get(reverse("admin:index")).text
    assert "tidak memakai kode masuk" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Tidak ada akun aktif"):
        call_command("reset_code", "siapa")
