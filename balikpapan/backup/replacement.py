"""A register made beside the one in use, and the moment it takes its place.

On SQLite it is a second file in the folder of the first, on PostgreSQL a second schema in the
same database. Until ``swap`` nothing of the register in use is touched.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

from django.db import connections

from balikpapan.env import SQLITE

from .errors import BackupError
from .renaming import Renaming
from .snapshot import connection_to, in_place_of_default

SCHEMA = "pulih_baru"
ENDINGS = ("-wal", "-shm", "")


class SqliteReplacement:
    """A new file beside the one that ``settings`` names."""

    def __init__(self, settings: dict, stamp: str):
        self._settings = settings
        self._file = Path(settings["NAME"])
        self._new = self._file.with_name(self._file.name + ".pulih")
        self.replaced = self._file.with_name(f"{self._file.stem}-sebelum-{stamp}.sqlite3")

    @property
    def url(self) -> str:
        """The address of the new register."""
        return f"sqlite:///{self._new}"

    def is_empty(self) -> bool:
        """Whether there is no register yet."""
        return not self._file.exists() or not self._file.stat().st_size

    @contextlib.contextmanager
    def opened(self) -> Iterator[str]:
        """A new, empty database as the one of the program; yields its alias."""
        self.discard()
        self._new.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._new.touch(mode=0o600)
        with in_place_of_default({**self._settings, "NAME": str(self._new)}) as alias:
            yield alias

    def discard(self) -> None:
        """Removes what an earlier attempt has left."""
        for end in ENDINGS:
            self._new.with_name(self._new.name + end).unlink(missing_ok=True)

    def renamings(self) -> list[Renaming]:
        """What has to be renamed, in order; the log of the old file never meets the new one."""
        keep = [Renaming(str(self._file) + end, str(self.replaced) + end) for end in ENDINGS]
        return [*keep, Renaming(str(self._new), str(self._file))]

    def bring_to_rest(self) -> None:
        """Brings both files to rest, so that each is complete without its log."""
        connections["default"].close()
        for path in (self._file, self._new):
            if path.exists():
                _checkpoint(path)

    def swap(self) -> None:
        """The renamings are all there is to do."""


def _checkpoint(path):
    import sqlite3

    # A damaged file has no log to bring home; it is kept together with its own.
    with (
        contextlib.suppress(sqlite3.DatabaseError),
        contextlib.closing(sqlite3.connect(path, timeout=20)) as connection,
    ):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class PostgresqlReplacement:
    """A new schema beside the one in use, in the database that ``settings`` name."""

    def __init__(self, settings: dict, stamp: str):
        self._settings = settings
        self.replaced = f"sebelum_{stamp}".replace("-", "_")

    @property
    def url(self) -> str:
        """The address of the new register."""
        s = self._settings
        place = quote(s["HOST"] or "", safe="")
        person = quote(s["USER"] or "", safe="")
        if s["PASSWORD"]:
            person += ":" + quote(s["PASSWORD"], safe="")
        port = f":{s['PORT']}" if s["PORT"] else ""
        query = urlencode({"options": f"-c search_path={SCHEMA}"}, quote_via=quote)
        return f"postgresql://{person}@{place}{port}/{quote(s['NAME'])}?{query}"

    def is_empty(self) -> bool:
        """Whether there is no table yet."""
        with self._cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() LIMIT 1")
            return cursor.fetchone() is None

    @contextlib.contextmanager
    def _cursor(self):
        with contextlib.closing(connection_to(self._settings)) as owner, owner.cursor() as cursor:
            yield cursor

    @contextlib.contextmanager
    def opened(self) -> Iterator[str]:
        """A new, empty schema as the one of the program; yields its alias."""
        with self._cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
            cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        options = dict(self._settings.get("OPTIONS", {}))
        options["options"] = f"{options.get('options', '')} -c search_path={SCHEMA}".strip()
        with in_place_of_default({**self._settings, "OPTIONS": options}) as alias:
            yield alias

    def discard(self) -> None:
        """Removes what an earlier attempt has left."""
        with self._cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")

    def renamings(self) -> list[Renaming]:
        """Nothing on the disk changes its name."""
        return []

    def bring_to_rest(self) -> None:
        """Nothing stands between a schema and its place."""
        connections["default"].close()

    def swap(self) -> None:
        """The two schemas change their names in one transaction; done already is done."""
        with self._cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [SCHEMA])
            if cursor.fetchone() is None:
                return
            cursor.execute("SELECT current_schema()")
            current = cursor.db.ops.quote_name(cursor.fetchone()[0])
            cursor.execute("BEGIN")
            cursor.execute(f"ALTER SCHEMA {current} RENAME TO {self.replaced}")
            cursor.execute(f"ALTER SCHEMA {SCHEMA} RENAME TO {current}")
            # Extensions lend their operators to the register in use.
            cursor.execute(
                "SELECT extname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace "
                "WHERE nspname = %s",
                [self.replaced],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER EXTENSION "{name}" SET SCHEMA {current}')
            for grant in _grants(cursor, self.replaced, current):
                cursor.execute(grant)
            cursor.execute("COMMIT")


#: The rights of other roles on a schema, on its tables and sequences, and on those still to come.
_RIGHTS = """
WITH old AS (SELECT oid, nspacl, nspowner FROM pg_namespace WHERE nspname = %(old)s),
rights(form, acl, owner) AS (
    SELECT 'GRANT {right} ON SCHEMA {new} TO {role}', nspacl, nspowner FROM old
    UNION ALL
    SELECT format(
        'GRANT {right} ON %%s {new}.%%I TO {role}',
        CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, relname
    ), relacl, relowner
    FROM pg_class, old WHERE relnamespace = old.oid AND relkind IN ('r', 'S')
    UNION ALL
    SELECT format(
        'ALTER DEFAULT PRIVILEGES FOR ROLE %%I IN SCHEMA {new} GRANT {right} ON %%s TO {role}',
        pg_get_userbyid(defaclrole),
        CASE defaclobjtype WHEN 'S' THEN 'SEQUENCES' ELSE 'TABLES' END
    ), defaclacl, defaclrole
    FROM pg_default_acl, old WHERE defaclnamespace = old.oid AND defaclobjtype IN ('r', 'S')
)
SELECT form, privilege_type, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(
    pg_get_userbyid(grantee)) END
FROM rights, aclexplode(acl) WHERE grantee <> owner
"""


def _grants(cursor, old, new):
    """What gives the roles the rights on the new schema that they had on the old one."""
    cursor.execute(_RIGHTS, {"old": old})
    rows = cursor.fetchall()
    cursor.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace "
        "WHERE quote_ident(nspname) = quote_ident(current_schema()) AND relkind IN ('r', 'S')"
    )
    present = {name for (name,) in cursor.fetchall()}
    for form, right, role in rows:
        # What a migration has taken away meanwhile has no rights any more.
        name = form.partition("{new}.")[2].partition(" ")[0].strip('"')
        if not name or name in present:
            yield form.format(right=right, new=new, role=role)


Replacement = SqliteReplacement | PostgresqlReplacement


def replacement(settings: dict, stamp: str) -> Replacement:
    """The place beside the register that these settings name."""
    kind = SqliteReplacement if settings["ENGINE"] == SQLITE else PostgresqlReplacement
    return kind(settings, stamp)


def refuse_unless_empty(place: Replacement) -> None:
    """Raises BackupError where a register would be lost."""
    if not place.is_empty():
        raise BackupError(
            "Basis data tujuan sudah berisi tabel; kosongkan atau sebut basis data lain."
        )
