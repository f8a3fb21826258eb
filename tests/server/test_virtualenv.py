"""The environment a machine with nothing but Python gets."""

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from balikpapan.server import virtualenv

LOCK = """
# a comment
alpha-beta==1.2 \\
    --hash=sha256:00
gamma[extra]==3.0 \\
    --hash=sha256:00
winonly==1.0 ; sys_platform == 'win32' \\
    --hash=sha256:00
"""
INSTALLED = ["Alpha_Beta-1.2", "gamma-3.0"]


@pytest.fixture
def root(tmp_path):
    """A program folder with lock files and nothing made yet."""
    (tmp_path / "manage.py").touch()
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text(LOCK)
    return tmp_path


def finish(root: Path, *locks: str):
    """A ``.venv`` as a successful run leaves it."""
    own = root / ".venv"
    packages = virtualenv.packages_of(own)
    for stem in INSTALLED:
        (packages / f"{stem}.dist-info").mkdir(parents=True, exist_ok=True)
    virtualenv.python_of(own).parent.mkdir(parents=True)
    virtualenv.python_of(own).touch()
    lines = [virtualenv.python_line(), *(virtualenv.lock_line(root / name) for name in locks)]
    (own / virtualenv.STAMP).write_text("\n".join(lines))
    return own


def pins(tmp_path, installed: list[str]) -> bool:
    lock = tmp_path / "requirements.txt"
    lock.write_text(LOCK)
    for stem in installed:
        (tmp_path / "packages" / f"{stem}.dist-info").mkdir(parents=True)
    return virtualenv.has_pins(tmp_path / "packages", lock)


@pytest.mark.parametrize(
    "installed",
    [
        pytest.param(INSTALLED, id="as locked, the package of another system absent"),
        pytest.param([*INSTALLED, "winonly-1.0", "more-9"], id="more than locked"),
    ],
)
def test_packages_at_the_locked_versions_are_accepted(tmp_path, installed):
    assert pins(tmp_path, installed)


@pytest.mark.parametrize(
    "installed",
    [
        pytest.param([], id="nothing"),
        pytest.param(["Alpha_Beta-1.2"], id="one missing"),
        pytest.param(["Alpha_Beta-1.2", "gamma-2.9"], id="one older"),
        pytest.param([*INSTALLED, "winonly-0.9"], id="the package of another system older"),
    ],
)
def test_packages_that_differ_from_the_lock_are_refused(tmp_path, installed):
    assert not pins(tmp_path, installed)


@pytest.mark.parametrize(("version", "accepted"), [("2.4", True), ("2.5", True), ("2.3", False)])
def test_a_package_may_be_pinned_apart_for_older_and_newer_pythons(tmp_path, version, accepted):
    lock = tmp_path / "requirements.txt"
    lock.write_text(
        "delta==2.4 ; python_full_version < '3.12'\ndelta==2.5 ; python_full_version >= '3.12'\n"
    )
    (tmp_path / "packages" / f"delta-{version}.dist-info").mkdir(parents=True)

    assert virtualenv.has_pins(tmp_path / "packages", lock) is accepted


def test_a_finished_environment_is_current(root):
    own = finish(root, "requirements.txt")

    assert virtualenv.is_current(own, root / "requirements.txt")


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda own, lock: shutil.rmtree(own), id="not made"),
        pytest.param(lambda own, lock: (own / virtualenv.STAMP).unlink(), id="half made"),
        pytest.param(lambda own, lock: lock.write_text(LOCK + "delta==1\n"), id="lock changed"),
        pytest.param(lambda own, lock: virtualenv.python_of(own).unlink(), id="Python removed"),
        pytest.param(
            lambda own, lock: (own / virtualenv.STAMP).write_text(
                f"python 3.10\n{virtualenv.lock_line(lock)}"
            ),
            id="made with another Python",
        ),
        pytest.param(
            lambda own, lock: shutil.rmtree(virtualenv.packages_of(own)), id="packages removed"
        ),
    ],
)
def test_an_environment_that_is_not_whole_is_not_current(root, spoil):
    own = finish(root, "requirements.txt")

    spoil(own, root / "requirements.txt")

    assert not virtualenv.is_current(own, root / "requirements.txt")


@pytest.fixture
def steps(monkeypatch):
    """What would be made and started, without doing it, as seen by a bare Python."""
    taken = []
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    monkeypatch.setattr(virtualenv, "make", lambda own, lock: taken.append(lock.name))
    monkeypatch.setattr(virtualenv, "start_again", lambda own: taken.append("again"))
    return taken


def test_a_bare_python_makes_the_environment_and_starts_again_in_it(root, steps):
    virtualenv.ensure_environment(root, ["manage.py", "check"])

    assert steps == ["requirements.txt", "again"]


def test_a_bare_python_only_starts_again_when_the_environment_is_current(root, steps):
    finish(root, "requirements.txt")

    virtualenv.ensure_environment(root, ["manage.py", "check"])

    assert steps == ["again"]


def test_the_test_command_needs_the_development_set(root, steps):
    finish(root, "requirements.txt")

    virtualenv.ensure_environment(root, ["manage.py", "test"])

    assert steps == ["requirements-dev.txt", "again"]


def test_inside_a_current_environment_the_command_just_runs(root, steps, monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(finish(root, "requirements.txt")))

    virtualenv.ensure_environment(root, ["manage.py", "check"])

    assert steps == []


def test_another_virtual_environment_with_the_locked_versions_is_accepted(root, steps, monkeypatch):
    other = finish(root, "requirements.txt").rename(root / "other")
    monkeypatch.setattr(sys, "prefix", str(other))
    monkeypatch.setattr(
        virtualenv.sysconfig, "get_path", lambda *names, **more: environment_packages(other)
    )

    virtualenv.ensure_environment(root, ["manage.py", "check"])

    assert steps == []


def environment_packages(own: Path) -> str:
    return str(next(own.glob("**/site-packages")))


def test_a_broken_environment_is_named_instead_of_started_for_ever(root, steps, monkeypatch):
    finish(root, "requirements.txt")
    monkeypatch.setenv(virtualenv.AGAIN, "1")

    with pytest.raises(SystemExit, match="rusak; hapus folder itu"):
        virtualenv.ensure_environment(root, ["manage.py", "check"])

    assert steps == []


@pytest.mark.parametrize(
    ("complaint", "sentence"),
    [
        ("ERROR: No matching distribution found for x", "sambungkan komputer ke internet"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "tidak sama dengan yang dikunci"),
        ("ERROR: no space left", "no space left"),
    ],
)
def test_packages_that_cannot_be_installed_end_in_one_sentence(
    root, monkeypatch, complaint, sentence
):
    failed = subprocess.CompletedProcess([], 1, "", complaint)
    monkeypatch.setattr(virtualenv, "run_in", lambda *words: failed)

    with pytest.raises(SystemExit, match=sentence) as stopped:
        virtualenv.install(root / ".venv", root / "requirements.txt")

    assert "\n" not in str(stopped.value)


def test_a_python_without_ensurepip_is_told_what_to_install(root, monkeypatch):
    monkeypatch.setattr(virtualenv.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(SystemExit, match="apt install python3-venv"):
        virtualenv.make(root / ".venv", root / "requirements.txt")


def test_two_commands_at_once_wait_for_each_other(root):
    order = []

    def second():
        with virtualenv.one_at_a_time(root / "manage.py"):
            order.append("second")

    waiting = threading.Thread(target=second)
    with virtualenv.one_at_a_time(root / "manage.py"):
        waiting.start()
        waiting.join(0.2)
        order.append("first")
    waiting.join()

    assert order == ["first", "second"]


MANAGE = """
import sys
sys.path.insert(0, {path!r})
from pathlib import Path
from balikpapan.server.virtualenv import ensure_environment
ensure_environment(Path(__file__).resolve().parent, sys.argv)
print(sys.prefix)
"""


@pytest.mark.slow
def test_a_bare_python_ends_up_in_a_repaired_environment(root):
    for name in ("requirements.txt", "requirements-dev.txt"):
        (root / name).write_text("")
    project = str(Path(virtualenv.__file__).parents[2])
    (root / "manage.py").write_text(MANAGE.format(path=project))
    # What a killed run leaves: a folder without the stamp.
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / ".venv" / "bin" / "rest").touch()
    command = [sys._base_executable, str(root / "manage.py"), "check"]

    first, second = (
        subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2)
    )

    assert first.stdout.strip() == second.stdout.strip() == str(root / ".venv")
    assert "hanya sekali" in first.stderr
    assert second.stderr == ""
    assert not (root / ".venv" / "bin" / "rest").exists()
