"""A pytest plugin: the migrated SQLite database of an earlier run is where the next one begins.

Migrating from nothing takes longer than most files of tests. A copy serves only the migrations that
made it, and what follows a migration (permissions, triggers) runs on it as ever. CI begins with
nothing, as does ``-p no:cacheprovider``.
"""

import hashlib
import os
import shutil
from pathlib import Path

import django
import pytest
from django.db.backends.sqlite3.creation import DatabaseCreation

ROOT = Path(__file__).parents[1]
PACKAGES = ("balikpapan", "industry", "facilities")
#: What the migrations call besides themselves.
CALLED = ("balikpapan/audit/triggers.py",)


def digest_of(root: Path) -> str:
    """What decides about an empty migrated database: Django and every file of a migration."""
    files = [path for package in PACKAGES for path in (root / package).rglob("migrations/*.py")]
    sha256 = hashlib.sha256(django.get_version().encode())
    for path in sorted([*files, *(root / name for name in CALLED)]):
        sha256.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes())
    return sha256.hexdigest()


def save(creation: DatabaseCreation, copy: Path) -> None:
    """Keeps the database that was just migrated, in place of the copies for other migrations."""
    draft = copy.with_suffix(f".{os.getpid()}")
    draft.unlink(missing_ok=True)
    with creation.connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(draft)])
    draft.replace(copy)
    for other in set(copy.parent.glob("*.sqlite3")) - {copy}:
        other.unlink(missing_ok=True)


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    """Wraps how Django makes the test database; PostgreSQL has another class for it."""
    if os.environ.get("CI") or not hasattr(config, "cache"):
        return
    copy = config.cache.mkdir("migrated") / f"{digest_of(ROOT)}.sqlite3"
    make = DatabaseCreation.create_test_db

    def create_test_db(self, verbosity=1, autoclobber=False, serialize=True, keepdb=False):
        is_copied = copy.exists()
        if is_copied:
            shutil.copyfile(copy, self._get_test_db_name())
        name = make(self, verbosity, autoclobber, serialize, keepdb or is_copied)
        if not is_copied:
            save(self, copy)
        return name

    DatabaseCreation.create_test_db = create_test_db
    config.add_cleanup(lambda: setattr(DatabaseCreation, "create_test_db", make))
