"""A register written by an earlier version migrates, keeps its contents and opens."""

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

REGISTER = Path(__file__).with_name("register_1_0.json")


@contextlib.contextmanager
def empty_database(folder: Path):
    """The address of a database of its own, of the kind the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'old.sqlite3'}"
        return
    name = f"upgrade_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def run(tmp_path, transactional_db):
    """Runs a command of the program on an empty database and returns what it printed."""
    with empty_database(tmp_path) as url:
        environment = os.environ | {
            "DATABASE_URL": url,
            "DATA_DIR": str(tmp_path / "data"),
            "DJANGO_SETTINGS_MODULE": "balikpapan.settings",
        }

        def run(*words, status=0):
            done = subprocess.run(
                [sys.executable, *words],
                cwd=settings.BASE_DIR,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == status, done.stdout + done.stderr
            return done.stdout

        yield run


#: Dies inside the tenth migration, when its tables are changed and nothing is committed.
KILLED = """
import os, signal
import django
django.setup()
from django.core.management import call_command
from django.db.migrations.migration import Migration

apply, made = Migration.apply, []

def applied(self, *args, **more):
    state = apply(self, *args, **more)
    made.append(self)
    if len(made) == 10:
        os.kill(os.getpid(), signal.SIGKILL)
    return state

Migration.apply = applied
call_command("migrate", verbosity=0)
"""


#: Several commands in one process, each as if it were called alone; what they print follows.
TOGETHER = """
import json, runpy, sys
from django.core.management import execute_from_command_line
for words in json.loads(sys.argv[1]):
    if words[0] == "-m":
        sys.argv = words[1:]
        runpy.run_module(words[1], run_name="__main__")
    else:
        execute_from_command_line(words)
"""


def together(run, *commands) -> list[str]:
    """The lines that these commands print, run one after the other."""
    return run("-c", TOGETHER, json.dumps(commands)).splitlines()


@pytest.mark.slow
def test_p31_a_register_of_version_1_0_migrates_keeps_all_and_opens(run, tmp_path):
    write, compare = (
        ["-m", "tests.upgrades.rows", act, str(REGISTER)] for act in ("write", "compare")
    )
    together(run, write, ["manage.py", "backup", str(tmp_path / "backups")])

    run("-c", KILLED, status=-9)
    run("manage.py", "migrate", "--verbosity=0")

    *_, differences, answers = together(
        run,
        ["manage.py", "load_reference"],
        compare,
        ["-m", "tests.upgrades.visit"],
    )
    # Every old value is stored as it was, and every page opens.
    assert json.loads(differences) == []
    statuses = json.loads(answers)
    assert {page: status for page, status in statuses.items() if status != 200} == {}
    # A backup made before the update comes back as the update left it.
    [backup] = (tmp_path / "backups").iterdir()
    run("manage.py", "restore", "--allow-faults", str(backup))
    assert json.loads(run(*compare)) == []
