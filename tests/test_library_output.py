"""What commands of the libraries write while they run is Indonesian, and so is what they ask."""

import ast
import getpass
import inspect
from importlib import import_module

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from balikpapan.accounts.models import PasswordDuty
from balikpapan.audit.models import Change
from balikpapan.management.library_output import in_indonesian
from balikpapan.management.terminal import OfficeUtility
from tests.english import english_words

#: Commands that an office meets: when it updates, when a password is lost, when it looks around.
MODULES = [
    "django.core.management.commands.migrate",
    "django.core.management.commands.showmigrations",
    "django.core.management.commands.check",
    "django.contrib.auth.management.commands.changepassword",
    "django.contrib.sessions.management.commands.clearsessions",
    "axes.management.commands.axes_reset",
    "axes.management.commands.axes_reset_logs",
    "axes.management.commands.axes_reset_username",
]
#: Pieces of a sentence that is translated as a whole.
PIECES = {"(none)", "9, from 9"}


@pytest.fixture(autouse=True)
def open_connections(monkeypatch):
    """A command of the terminal closes the database at its end; the one of a test stays open."""
    monkeypatch.setattr(connections, "close_all", lambda: None)


def written(module):
    """Every sentence a module writes or refuses with, a value standing in for what differs."""
    for node in ast.walk(ast.parse(inspect.getsource(import_module(module)))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name not in ("write", "CommandError"):
            continue
        for part in ast.walk(ast.Module(node.args, [])):
            if isinstance(part, ast.JoinedStr):
                values = (getattr(v, "value", "") for v in part.values)
                yield "".join(v if isinstance(v, str) else "9" for v in values)
            elif isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value.replace("%s", "9")


@pytest.mark.parametrize("module", MODULES)
def test_every_sentence_of_a_command_for_the_office_is_translated(module):
    texts = set(written(module)) - PIECES

    assert texts
    assert [text for text in texts if english_words(in_indonesian(text))] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("migrate", "Tabel sudah sesuai; tidak ada yang diubah."),
        ("migrate --plan", "Tabel sudah sesuai; tidak ada yang akan diubah."),
        ("check", "Pemeriksaan pengaturan tidak menemukan masalah (0 didiamkan)."),
        ("axes_reset", "Tidak ada percobaan masuk yang tercatat."),
    ],
)
def test_a_command_answers_in_indonesian(line, answer, capsys):
    OfficeUtility(["manage.py", *line.split()]).execute()

    text = capsys.readouterr().out
    assert answer in text
    assert english_words(text) == set()


def test_the_steps_of_migrate_are_told_in_indonesian(capsys):
    migrate = OfficeUtility(["manage.py"]).fetch_command("migrate")
    assert isinstance(migrate, Migrate)
    migrate.verbosity = 1
    for action in ("apply", "unapply"):
        migrate.migration_progress_callback(f"{action}_start", "industry.0001_initial")
        migrate.migration_progress_callback(f"{action}_success", "industry.0001_initial")

    assert capsys.readouterr().out == (
        "  Menerapkan industry.0001_initial … selesai\n  Menarik industry.0001_initial … selesai\n"
    )


@pytest.mark.parametrize("line", ["migrate tidak_ada", "migrate industry 9999", "check -t tidak"])
@pytest.mark.django_db
def test_a_command_of_a_library_refuses_in_indonesian(line, capsys):
    with pytest.raises(SystemExit):
        OfficeUtility(["manage.py", *line.split()]).execute()

    refusal = capsys.readouterr().err
    assert refusal.startswith("Tidak ada ")
    assert english_words(refusal) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["backup folder", "showmigrations"])
def test_unsafe_settings_are_refused_in_indonesian_by_every_command(command, settings, capsys):
    settings.SECRET_KEY = "changeme"
    with pytest.raises(SystemExit):
        OfficeUtility(["manage.py", *command.split()]).execute()

    refusal = capsys.readouterr().err
    assert refusal.startswith("Pemeriksaan pengaturan menemukan masalah:")
    assert "SECRET_KEY terlalu pendek" in refusal
    assert english_words(refusal) == set()


@pytest.mark.django_db
def test_a_password_is_asked_for_and_replaced_in_indonesian(monkeypatch, capsys):
    user = get_user_model().objects.create_user("sari")
    asked = []
    answers = iter(["satu", "dua", "kain-perahu-9127-senja", "kain-perahu-9127-senja"])
    monkeypatch.setattr(getpass, "getpass", lambda prompt: (asked.append(prompt), next(answers))[1])
    OfficeUtility(["manage.py", "changepassword", "sari"]).execute()

    user.refresh_from_db()
    text = capsys.readouterr().out
    assert user.check_password("kain-perahu-9127-senja")
    assert "Kedua kata sandi tidak sama. Ketik sekali lagi." in text
    assert "Kata sandi akun sari sudah diganti." in text
    assert [prompt.strip() for prompt in asked] == ["Kata sandi:", "Sekali lagi:"] * 2
    assert english_words(text) == set()


@pytest.mark.django_db
def test_another_administrator_gets_a_password_to_replace_and_is_on_record(capsys):
    OfficeUtility(["manage.py", "createsuperuser", "--username", "wulan"]).execute()
    text = capsys.readouterr().out
    with pytest.raises(CommandError, match="Nama akun ini sudah dipakai."):
        call_command("createsuperuser", username="wulan")
    with pytest.raises(CommandError, match="hanya huruf, angka"):
        call_command("createsuperuser", username="dua kata")

    user = get_user_model().objects.get()
    password = text.split("Kata sandi:")[1].split()[0]
    assert (user.is_superuser, user.is_staff, user.check_password(password)) == (True, True, True)
    assert PasswordDuty.objects.get().user == user
    assert Change.objects.filter(action="created", channel="command", record=user.pk).count() == 1
    assert english_words(text) == set()
