"""What an office may choose in the environment, and what the program refuses."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLiteWrapper

from balikpapan.env import (
    SQLITE_OPTIONS,
    BadSetting,
    database_settings,
    options_as_variables,
    read_list,
    read_path,
    read_secret_key,
    read_switch,
    read_whole,
)

FILE = Path("/srv/register/balikpapan.sqlite3")


def manage(*words: str, **environ: str) -> subprocess.CompletedProcess:
    """One command in a process of its own, with these environment variables."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *words]
    return subprocess.run(
        command, env=os.environ | environ, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", True), ("ya", True), ("TRUE", True), ("0", False), ("tidak", False), ("", False)],
)
def test_a_switch_is_on_or_off(text, value):
    assert read_switch({"HTTPS": text}, "HTTPS") is value


def test_a_switch_that_is_neither_is_refused_by_name_and_value():
    with pytest.raises(BadSetting, match="HTTPS bernilai “mungkin”"):
        read_switch({"HTTPS": "mungkin"}, "HTTPS")


@pytest.mark.parametrize(("text", "value"), [("", 8000), ("1", 1), (" 65535 ", 65535)])
def test_a_whole_number_within_its_bounds_is_accepted(text, value):
    assert read_whole({"PORT": text}, "PORT", 8000, most=65535) == value


@pytest.mark.parametrize("text", ["0", "65536", "-1", "80.0", "delapan", "²"])
def test_a_number_out_of_bounds_or_no_number_is_refused(text):
    with pytest.raises(BadSetting, match="dari 1 sampai 65535"):
        read_whole({"PORT": text}, "PORT", 8000, most=65535)


@pytest.mark.parametrize(
    ("text", "path"), [("", None), ("  ", None), (" /data/sandi.txt ", Path("/data/sandi.txt"))]
)
def test_a_path_is_taken_without_the_blanks_around_it(text, path):
    assert read_path({"BACKUP_PASSPHRASE_FILE": text}, "BACKUP_PASSPHRASE_FILE") == path


def test_a_list_is_parted_by_commas_and_has_a_default():
    assert read_list({"ALLOWED_HOSTS": "a.example, b.example,"}, "ALLOWED_HOSTS", []) == [
        "a.example",
        "b.example",
    ]
    assert read_list({"ALLOWED_HOSTS": " "}, "ALLOWED_HOSTS", ["localhost"]) == ["localhost"]


def test_p58_the_secret_key_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "data" / "secret_key"

    key = read_secret_key({}, path)

    assert len(key) >= 64
    assert read_secret_key({}, path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_the_secret_key_of_the_environment_wins(tmp_path):
    assert read_secret_key({"SECRET_KEY": "k" * 60}, tmp_path / "secret_key") == "k" * 60
    assert not (tmp_path / "secret_key").exists()


def test_an_empty_secret_key_is_told_and_not_used(tmp_path):
    (tmp_path / "secret_key").touch()

    with pytest.raises(BadSetting, match="kosong; hapus berkas itu"):
        read_secret_key({}, tmp_path / "secret_key")


def test_a_secret_key_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "data").touch()

    with pytest.raises(BadSetting, match="tidak dapat dibuat atau dibaca"):
        read_secret_key({}, tmp_path / "data" / "secret_key")


def test_without_an_address_the_register_is_a_file_in_the_data_folder():
    database = database_settings("", FILE)

    assert database["NAME"] == str(FILE)
    assert database["OPTIONS"] == SQLITE_OPTIONS


def test_an_address_of_sqlite_keeps_the_same_promises():
    database = database_settings("sqlite:////srv/lain.sqlite3?timeout=1", FILE)

    assert database["NAME"] == "/srv/lain.sqlite3"
    assert database["OPTIONS"] == SQLITE_OPTIONS


def test_an_address_of_postgresql_is_read_with_its_options():
    database = database_settings("postgresql://ikm:rahasia@db/register?sslmode=require", FILE)

    assert (database["HOST"], database["NAME"]) == ("db", "register")
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["application_name"] == "balikpapan"
    assert database["CONN_HEALTH_CHECKS"]


def test_options_in_the_address_of_postgresql_stand_beside_the_limit_for_waiting():
    database = database_settings("postgresql://db/register?options=-c%20search_path%3Dikm", FILE)

    assert (
        database["OPTIONS"]["options"]
        == "-c lock_timeout=30s -c balikpapan.program=on -c search_path=ikm"
    )


@pytest.mark.parametrize(
    "url", ["mysql://a@b/c", "balikpapan", "sqlite://", "sqlite://:memory:", "postgresql://a@b:x/c"]
)
def test_any_other_address_is_refused_without_repeating_it(url):
    with pytest.raises(BadSetting, match="DATABASE_URL") as refused:
        database_settings(url, FILE)

    assert url not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("HTTPS", "mungkin", "HTTPS bernilai “mungkin”"),
        ("PORT", "99999", "PORT bernilai “99999”"),
        ("DATABASE_URL", "mysql://a@b/c", "DATABASE_URL hanya boleh"),
        ("DATA_DIR", __file__, "bukan folder"),
    ],
)
def test_a_bad_setting_stops_every_command_with_one_sentence(name, value, sentence):
    done = manage("check", **{name: value})

    assert done.returncode == 1
    assert done.stderr.startswith("Program tidak dapat berjalan: ")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_demonstration_never_opens_the_real_database(tmp_path):
    where = "from django.conf import settings as s; print(s.DATABASES['default']['NAME'])"

    done = manage(
        "shell", "--no-imports", "--command", where,
        DEMO="1", DATABASE_URL="postgresql://ikm@db/register", DATA_DIR=str(tmp_path),
    )  # fmt: skip

    assert done.stdout.strip() == str(tmp_path / "demo.sqlite3"), done.stderr


@pytest.mark.slow
def test_p56_the_deployment_check_is_clean_behind_https():
    done = manage(
        "check", "--deploy", "--fail-level=WARNING", HTTPS="1", ALLOWED_HOSTS="ikm.example"
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_p56_sqlite_reaches_the_disk_and_minds_its_keys(tmp_path):
    database = SQLiteWrapper(
        connections.databases["default"] | database_settings("", tmp_path / "register.sqlite3")
    )
    names = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")

    with contextlib.closing(database), database.cursor() as cursor:
        values = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    assert values == ["wal", 2, 1, 1]


@pytest.mark.slow
def test_the_static_files_are_complete_and_may_be_cached_for_ever(tmp_path):
    done = manage("collectstatic", "--no-input", DATA_DIR=str(tmp_path))

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "static" / "staticfiles.json").exists()


@pytest.mark.parametrize(
    ("argv", "variables"),
    [
        (["start", "--host", "0.0.0.0", "--port", "80"], {"HOST": "0.0.0.0"}),
        (["start", "--host=::"], {"HOST": "::"}),
        (["start", "--demo"], {"DEMO": "1"}),
        (["start"], {}),
        (["start", "--host"], {}),
        (["check", "--demo"], {}),
    ],
)
def test_the_options_of_start_reach_the_settings_as_variables(argv, variables):
    assert options_as_variables(["manage.py", *argv]) == variables
