"""What the terminal prints of the commands that keep the register running, whole, for each way they end."""

import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from balikpapan.backup import archive, create, daily
from balikpapan.backup.archive import FilePart, Manifest, TablePart
from balikpapan.backup.errors import BackupError, DamagedBackup
from balikpapan.data_checks import nightly
from balikpapan.management import office
from balikpapan.management.commands import check_data, move_database, restore, start
from balikpapan.server import locks
from tests.factories import BusinessFactory
from tests.trust.damages import lost_trigger

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LONG_ENOUGH, TOO_SHORT = "sungai-wain1", "sungai-wain"


@pytest.fixture
def backups(terminal, monkeypatch):
    """Backups that are written down, not made."""
    made = []

    def make(path: Path, passphrase: str = ""):
        made.append((path, passphrase))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"cadangan")
        manifest = Manifest("2025-01-02T03:04:05", "sqlite", [], "123-abc")
        manifest.tables.extend(TablePart(name, [], 5, "") for name in ("usaha", "wilayah"))
        manifest.files.append(FilePart("aa/original", 1, "f" * 64))
        manifest.missing.extend(["aa/original"] * bool(passphrase))
        return create.Made(path, manifest)

    monkeypatch.setattr(create, "create", make)
    monkeypatch.setattr(daily, "create", make)
    return made


def test_a_backup_is_made_or_refused(terminal, backups, monkeypatch):
    terminal.types("backup")
    terminal.types("backup FOLDER/lain")
    terminal.types("backup --daily")
    terminal.types("backup --encrypt", TOO_SHORT)
    terminal.types("backup --encrypt", LONG_ENOUGH, LONG_ENOUGH[::-1])
    terminal.types("backup --encrypt", LONG_ENOUGH, LONG_ENOUGH)
    monkeypatch.setattr(daily, "passphrase_of_office", lambda: "dari berkas")
    terminal.types("backup --encrypt")
    terminal.types("backup")
    monkeypatch.setattr(create, "create", refusing(BackupError("Basis data rusak.")))
    terminal.types("backup")
    monkeypatch.setattr(create, "create", refusing(OSError(28, "No space left on device")))
    terminal.types("backup")
    monkeypatch.setattr(settings, "DEMO", True)
    terminal.types("backup")

    terminal.compares("backup")
    assert [passphrase for _, passphrase in backups] == ["", "", "", LONG_ENOUGH, "dari berkas", ""]
    assert backups[1][0].parent == terminal.folder / "lain"
    assert {path.parent for path, _ in backups[2:]} == {settings.BACKUP_DIR}


def refusing(error):
    """What stands in for work that cannot be done."""

    def refuse(*arguments, **options):
        raise error

    return refuse


def test_a_register_is_restored_or_not(terminal, monkeypatch):
    (terminal.folder / "cadangan.zip").write_bytes(b"")
    asked = []

    def succeed(path, passphrase, tell, *, allow_faults):
        asked.append((path.name, passphrase, allow_faults))
        tell("Dibaca.")
        return path.with_name("lama")

    monkeypatch.setattr(restore, "restore", succeed)
    monkeypatch.setattr(archive, "is_encrypted", lambda path: False)
    terminal.types("restore FOLDER/tiada.zip")
    terminal.types("restore FOLDER/cadangan.zip")
    monkeypatch.setattr(archive, "is_encrypted", lambda path: True)
    terminal.types("restore FOLDER/cadangan.zip --allow-faults", "sungai")
    monkeypatch.setattr(restore, "restore", refusing(DamagedBackup("Berkasnya terpotong.")))
    terminal.types("restore FOLDER/cadangan.zip", "sungai")
    with locks.held(locks.START):
        terminal.passing[r"\(\w+ \d+[^)]*\)"] = "(PEMEGANG)"
        terminal.types("restore FOLDER/cadangan.zip", "sungai")
        terminal.types("move_database sqlite:///lain.sqlite3")
    monkeypatch.setattr(move_database, "move", lambda url, tell: tell(f"Ke {url}."))
    terminal.types("move_database sqlite:///lain.sqlite3")
    monkeypatch.setattr(move_database, "move", refusing(BackupError("Tujuannya berisi.")))
    terminal.types("move_database sqlite:///lain.sqlite3")
    monkeypatch.setattr(settings, "DEMO", True)
    terminal.types("restore FOLDER/cadangan.zip")
    terminal.types("move_database sqlite:///lain.sqlite3")

    terminal.compares("restore")
    assert asked == [("cadangan.zip", "", False), ("cadangan.zip", "sungai", True)]


def test_the_register_is_started_or_refused(terminal, monkeypatch):
    monkeypatch.setattr(start, "prepare", lambda host, tell: tell("Menyiapkan."))
    monkeypatch.setattr(start, "serve", lambda listener: None)
    monkeypatch.setattr(start, "reachable_names", lambda host: [host, "kantor"])
    terminal.passing[r":\d+/"] = ":PORT/"
    terminal.passing[r"\(\w+ \d+[^)]*\)"] = "(PEMEGANG)"
    terminal.types("start --port 0")
    terminal.types("start --demo")
    terminal.types("start --port banyak")
    with locks.held(locks.START):
        terminal.types("start --port 0")
    monkeypatch.setattr(settings, "DEBUG", True)
    monkeypatch.setattr(settings, "SECRET_KEY", "rahasia")
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["*"])
    terminal.types("start --host 0.0.0.0 --port 0")
    terminal.compares("start")


def test_the_folder_is_shared_and_a_newer_register_left_alone(terminal, monkeypatch):
    terminal.passing[r"\(\w+ \d+[^)]*\)"] = "(PEMEGANG)"
    with locks.held(locks.COMMANDS):
        terminal.types("purge_uploads")
    with monkeypatch.context() as patch:
        patch.setattr(office, "newer_database", lambda: ["Basis data lebih baru."])
        terminal.types("purge_uploads")
    terminal.types("purge_uploads --dry-run")
    terminal.types("purge_uploads")
    terminal.compares("shared")


def test_what_the_product_brings_is_loaded_once(terminal):
    terminal.types("load_reference")
    terminal.types("load_reference")
    terminal.types("load_reference --verbosity 0")
    BusinessFactory()
    terminal.types("load_demo")
    terminal.compares("loading")


def test_the_data_are_examined(terminal, monkeypatch):
    noted = []
    monkeypatch.setattr(nightly, "note", noted.append)
    terminal.types("check_data --list")
    terminal.types("check_data --only trail_protected")
    terminal.types("check_data --only entah")
    lost_trigger()
    terminal.types("check_data --only trail_protected --only pages")
    monkeypatch.setattr(check_data, "head", lambda: "7-abcdef")
    terminal.types("check_data --only trail_protected --json")
    assert noted == []
    terminal.types("check_data --quick")
    assert noted == []
    terminal.types("check_data")
    terminal.compares("check_data")
    assert len(noted) == 1


def test_a_command_that_is_not_there_is_told(terminal):
    for line in ("cadangkan", "bakcup", "check-data"):
        terminal.types(line)
    terminal.compares("unknown")


def test_the_tests_run_on_both_databases(terminal, monkeypatch):
    runs = []

    def run_tests(command, **options):
        runs.append(command[command.index("--durations=10") + 1 :])
        return subprocess.CompletedProcess(command, {2: 1}.get(len(runs), 0))

    monkeypatch.setattr(subprocess, "run", run_tests)
    terminal.types("test")
    terminal.types("test tests/regions -x")
    terminal.compares("test")
    assert runs == [
        ["--database=sqlite", "--promises"],
        ["--database=postgresql", "--only-database", "--promises"],
        ["--database=sqlite", "tests/regions", "-x"],
        ["--database=postgresql", "--only-database", "tests/regions", "-x"],
    ]
