"""One program at a time on the folder of a register; whoever comes second is told."""

import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from balikpapan.server import locks

HOLD = """
import fcntl, os, sys
handle = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT, 0o600)
fcntl.flock(handle, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """An empty folder that does not exist yet."""
    settings.DATA_DIR = tmp_path / "data"
    return settings.DATA_DIR


def test_a_second_start_on_one_folder_says_who_runs_already():
    with (
        locks.held(locks.START),
        pytest.raises(CommandError, match=r"sudah dijalankan \(proses \d+, sejak .*\)"),
    ):
        call_command("start", port=0)


def test_a_second_start_on_an_empty_folder_makes_nothing(folder):
    with locks.held(locks.START), pytest.raises(CommandError, match="sudah dijalankan"):
        call_command("start", port=0)

    assert [path.name for path in folder.iterdir()] == ["start.kunci"]


@pytest.mark.parametrize("name", [locks.START, locks.WORKER])
def test_nothing_is_restored_while_start_or_the_worker_runs(name, tmp_path):
    backup = tmp_path / "a.zip"
    backup.write_bytes(b"PK\5\6" + b"\0" * 18)

    with locks.held(name), pytest.raises(CommandError, match="sedang dipakai"):
        call_command("restore", str(backup))


def test_nothing_is_restored_while_a_command_runs_and_commands_run_together():
    with (
        locks.held(locks.COMMANDS, shared=True),
        locks.held(locks.COMMANDS, shared=True),
        pytest.raises(locks.FolderInUse),
        locks.whole_folder_held(),
    ):
        pass

    with locks.whole_folder_held():
        pass


def test_no_command_begins_while_the_register_is_replaced():
    with (
        locks.held(locks.COMMANDS),
        pytest.raises(CommandError, match="sedang dipulihkan atau dipindah"),
    ):
        call_command("load_reference")


def test_a_killed_program_holds_nothing(folder):
    folder.mkdir()
    command = [sys.executable, "-c", HOLD, str(locks.lock_file(locks.START))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout.readline() == b"held\n"
        with pytest.raises(locks.FolderInUse), locks.held(locks.START):
            pass
        program.kill()
        program.wait()

    with locks.held(locks.START):
        pass
