"""The one place where backup and restore ask whether the data is sound."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands
from django.db import connections

from balikpapan.audit.chain import head
from balikpapan.audit.models import Link


def chain_head(alias: str) -> str:
    """The head of the trail's chain in the open database; empty where there is no link yet."""
    if Link._meta.db_table not in connections[alias].introspection.table_names():
        return ""
    newest = head(alias)
    return str(newest) if newest.position else ""


def faults_of(alias: str) -> list[str]:
    """What the database itself knows to be wrong with what was loaded into it."""
    connection = connections[alias]
    try:
        connection.check_constraints()
    except Exception as error:  # noqa: BLE001  each backend raises its own
        return [str(error)]
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(3)")
        return [row[0] for row in cursor.fetchall() if row[0] != "ok"]


def check_replacement(data_dir: Path, url: str, printed_head: str = "") -> str:
    """Runs ``check_data`` on a register that lies beside this one; what it objects to, or nothing.

    ``printed_head`` is the head that the trail must still contain. A process of its own, because
    the program knows only one register at a time.
    """
    if "check_data" not in get_commands():
        return ""
    environ = os.environ | {
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": url,
        "SECRET_KEY": settings.SECRET_KEY,
    }
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "check_data"]
    if printed_head:
        command += ["--head", printed_head]
    done = subprocess.run(
        command, env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return "" if done.returncode == 0 else (done.stdout + done.stderr).strip()
