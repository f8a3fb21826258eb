"""``DATABASE_URL`` as Django's database settings; both databases keep their promises the same way."""

from pathlib import Path

import dj_database_url

from .env import BadSetting

# Every commit reaches the disk, and a writer waits its turn instead of failing when it upgrades.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
    "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
}
# Whoever waits for a row that another program holds is told after so long, not never.
POSTGRESQL_WAIT = "-c lock_timeout=30s"
SQLITE = "django.db.backends.sqlite3"
KNOWN = ("sqlite://", "postgres://", "postgresql://")


def database_settings(url: str, file: Path) -> dict:
    """Settings of the one database the register lives in; without an address SQLite in ``file``."""
    if not url:
        return sqlite_settings(file)
    if not url.startswith(KNOWN):
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
    own = f"{POSTGRESQL_WAIT} {given.get('options', '')}".strip()
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
