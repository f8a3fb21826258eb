"""Every environment variable an office may set, read strictly once; a bad value stops the program."""

import argparse
import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 50
SWITCHES = {"1": True, "true": True, "ya": True, "0": False, "false": False, "tidak": False}
# Every commit reaches the disk, and a writer waits its turn instead of failing when it upgrades.
# With the 2 MB that SQLite holds of itself, an import of ten thousand rows read 25.000 pages again.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
    "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; "
    "PRAGMA cache_size=-16000; PRAGMA temp.cache_size=-16000;",
}
# Whoever waits for a row that another program holds is told after so long, not never; and the
# triggers of the registers know a session of the program by its own setting, as they do on SQLite
# by recursive_triggers.
POSTGRESQL_SESSION = "-c lock_timeout=30s -c balikpapan.program=on"
SQLITE = "django.db.backends.sqlite3"
SCHEMES = ("sqlite://", "postgres://", "postgresql://")


class BadSetting(ImproperlyConfigured):
    """A setting the program refuses to run with, told to the administrator in one sentence."""


def read_switch(environ: Mapping[str, str], name: str, default: bool = False) -> bool:
    """An on/off setting such as ``HTTPS``."""
    text = environ.get(name, "").strip().lower()
    if not text:
        return default
    if text not in SWITCHES:
        raise BadSetting(
            f"Pengaturan {name} bernilai “{environ[name]}”, padahal hanya boleh 1 (ya) atau 0 (tidak)."
        )
    return SWITCHES[text]


def read_whole(
    environ: Mapping[str, str], name: str, default: int, least: int = 1, most: int = 10**9
) -> int:
    """A setting that is a whole number within bounds, such as ``PORT``."""
    text = environ.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise BadSetting(
            f"Pengaturan {name} bernilai “{environ[name]}”, padahal harus bilangan bulat "
            f"dari {least} sampai {most}."
        )
    return int(text)


def read_path(environ: Mapping[str, str], name: str) -> Path | None:
    """A setting that names a file, such as ``BACKUP_PASSPHRASE_FILE``."""
    text = environ.get(name, "").strip()
    return Path(text).absolute() if text else None


def read_choice(environ: Mapping[str, str], name: str, options: Sequence[str]) -> str:
    """One of several words; the first of them where nothing is set."""
    text = environ.get(name, "").strip().lower() or options[0]
    if text not in options:
        raise BadSetting(
            f"Pengaturan {name} bernilai “{environ[name]}”, padahal hanya boleh {', '.join(options)}."
        )
    return text


def read_keep_rule(environ: Mapping[str, str], name: str) -> tuple[int, int, int]:
    """How many days, weeks and months keep a backup each, as in ``14,8,24``."""
    text = environ.get(name, "").strip()
    if not text:
        return (14, 8, 24)
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 3 or not all(p.isascii() and p.isdigit() and int(p) < 10_000 for p in parts):
        raise BadSetting(
            f"Pengaturan {name} bernilai “{environ[name]}”, padahal harus tiga bilangan: hari, "
            "minggu, dan bulan, misalnya 14,8,24."
        )
    days, weeks, months = map(int, parts)
    return (days, weeks, months)


def read_list(environ: Mapping[str, str], name: str, default: list[str]) -> list[str]:
    """A setting with several values parted by commas, such as ``ALLOWED_HOSTS``."""
    values = [value.strip() for value in environ.get(name, "").split(",")]
    return [value for value in values if value] or default


def read_secret_key(environ: Mapping[str, str], path: Path) -> str:
    """The key of sessions and signatures: from ``SECRET_KEY``, else kept in ``path``, made once."""
    if key := environ.get("SECRET_KEY", "").strip():
        return key
    try:
        if not path.exists():
            make_secret_key(path)
        key = path.read_text("ascii").strip()
    except (OSError, UnicodeError) as error:
        raise BadSetting(
            f"Kunci rahasia {path} tidak dapat dibuat atau dibaca ({error}). "
            "Perbaiki izin foldernya atau isi SECRET_KEY."
        ) from error
    if not key:
        raise BadSetting(f"Kunci rahasia {path} kosong; hapus berkas itu agar dibuatkan yang baru.")
    return key


def make_secret_key(path: Path) -> None:
    """Write a new key only its owner can read; the first of two processes wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)


def database_settings(url: str, file: Path) -> dict:
    """Settings of the one database the register lives in; without an address SQLite in ``file``."""
    if not url:
        return sqlite_settings(file)
    if not url.startswith(SCHEMES):
        # The address itself may hold a password, so no message repeats it.
        raise BadSetting(
            "DATABASE_URL hanya boleh sqlite:////folder/berkas.sqlite3 atau "
            "postgresql://pengguna:sandi@komputer/basisdata."
        )
    try:
        parsed = dj_database_url.parse(url)
    except ValueError as error:
        raise BadSetting("DATABASE_URL tidak dapat dibaca; periksa penulisannya.") from error
    name = parsed["NAME"]
    if not name or name == ":memory:":
        raise BadSetting("DATABASE_URL tidak menyebut nama basis data.")
    if parsed["ENGINE"] == SQLITE:
        return sqlite_settings(Path(name).absolute())
    given = parsed.get("OPTIONS", {})
    own = f"{POSTGRESQL_SESSION} {given.get('options', '')}".strip()
    return parsed | {
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "balikpapan", "connect_timeout": 10}
        | given
        | {"options": own},
    }


def sqlite_settings(path: Path) -> dict:
    """Settings of a database in one file."""
    return {
        "ENGINE": SQLITE,
        "NAME": str(path),
        "OPTIONS": dict(SQLITE_OPTIONS),
        # In memory all threads would share one connection, which no server does.
        "TEST": {"NAME": str(path.with_name("test.sqlite3"))},
    }


def options_as_variables(argv: Sequence[str]) -> dict[str, str]:
    """What ``start`` was told by its options, as the environment variables they stand for.

    Settings are read before a command sees its options, and the worker that ``start`` begins
    reads them too.
    """
    if argv[1:2] != ["start"]:
        return {}
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--host")
    parser.add_argument("--demo", action="store_const", const="1")
    try:
        options, _ = parser.parse_known_args(argv[2:])
    except argparse.ArgumentError:
        return {}  # an option without its value: the command itself says so
    return {name.upper(): value for name, value in vars(options).items() if value is not None}
