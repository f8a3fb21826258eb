"""The unsafe states the program refuses to run in."""

from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.exceptions import TooManyFieldsSent
from django.core.management import load_command_class
from django.db.migrations.recorder import MigrationRecorder
from django.http import QueryDict

from balikpapan.checks import on_network_share, unsafe_database, unsafe_settings, unsafe_start
from balikpapan.env import sqlite_settings


@pytest.fixture
def folder(settings, tmp_path, monkeypatch):
    """A data folder with a key and a database in it, as a run leaves them."""
    settings.DATA_DIR = tmp_path
    database = sqlite_settings(tmp_path / "register.sqlite3")
    monkeypatch.setitem(settings.DATABASES, "default", database)
    for name in ("secret_key", "register.sqlite3", "register.sqlite3-wal"):
        (tmp_path / name).touch(0o600)
    return tmp_path


def test_a_made_key_and_named_hosts_are_accepted(folder):
    assert unsafe_start("127.0.0.1") == []
    assert unsafe_start("0.0.0.0") == []


@pytest.mark.parametrize("key", ["pendek", "a" * 80, "django-insecure-" + "Ab3$xYz9_pQ" * 6])
def test_p56_a_short_or_known_key_is_refused(settings, key):
    settings.SECRET_KEY = key

    assert "SECRET_KEY terlalu pendek" in unsafe_settings()[0]


def test_p56_every_host_is_refused_unless_developing(settings):
    settings.ALLOWED_HOSTS = ["*"]

    assert "ALLOWED_HOSTS berisi “*”" in unsafe_settings()[0]
    settings.DEBUG = True
    assert unsafe_settings() == []


def test_p56_unsafe_settings_are_refused_by_every_command(settings):
    settings.SECRET_KEY = "pendek"

    assert "balikpapan.E001" in [message.id for message in run_checks()]


def test_debug_stays_on_this_computer(settings, folder):
    settings.DEBUG = True

    assert unsafe_start("127.0.0.1") == []
    assert "matikan DEBUG" in unsafe_start("0.0.0.0")[0]


@pytest.mark.parametrize("name", ["secret_key", "register.sqlite3", "register.sqlite3-wal"])
def test_a_file_others_can_read_is_put_right(folder, name):
    (folder / name).chmod(0o644)

    assert unsafe_start("127.0.0.1") == []
    assert (folder / name).stat().st_mode & 0o777 == 0o600


def test_p56_a_file_that_cannot_be_put_right_is_refused(folder, monkeypatch):
    def refuse(path, mode):
        raise PermissionError

    (folder / "secret_key").chmod(0o644)
    monkeypatch.setattr(Path, "chmod", refuse)

    assert "secret_key dapat dibaca pengguna lain" in unsafe_start("127.0.0.1")[0]


@pytest.mark.parametrize(
    ("path", "shared"),
    [
        ("/srv/kantor/register.sqlite3", True),
        ("/srv/kantor lama/register.sqlite3", True),
        ("/srv/register.sqlite3", False),
        (r"\\server\kantor\register.sqlite3", True),
    ],
)
def test_p56_sqlite_on_a_network_share_is_recognised(tmp_path, path, shared):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "disk / ext4 rw 0 0\nnas:/k /srv/kantor nfs4 rw 0 0\n//nas/l /srv/kantor\\040lama cifs rw 0 0\n"
    )

    assert on_network_share(Path(path), mounts) is shared


def test_a_system_that_does_not_list_its_mounts_is_believed(tmp_path):
    assert not on_network_share(Path("/srv/register.sqlite3"), tmp_path / "none")


@pytest.mark.django_db
def test_p32_a_database_of_a_newer_program_is_refused():
    assert unsafe_database() == []

    MigrationRecorder.Migration.objects.create(app="accounts", name="9999_later")

    assert "accounts.9999_later" in unsafe_database()[0]


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["export_sheet", "import_sheet", "load_reference", "backup"])
def test_p32_a_command_writes_nothing_into_a_newer_database(command, tmp_path, capsys):
    MigrationRecorder.Migration.objects.create(app="accounts", name="9999_later")
    file = str(tmp_path / "ikm.xlsx")
    words = {
        "export_sheet": ["ikm", file],
        "import_sheet": ["ikm", file],
        "backup": [str(tmp_path)],
    }.get(command, [])

    with pytest.raises(SystemExit):
        load_command_class("balikpapan", command).run_from_argv(["manage.py", command, *words])

    assert "versi program yang lebih baru" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_form_may_have_five_thousand_fields_and_not_one_more():
    assert len(QueryDict("&".join("a=1" for _ in range(5_000))).getlist("a")) == 5_000
    with pytest.raises(TooManyFieldsSent):
        QueryDict("&".join("a=1" for _ in range(5_001)))
