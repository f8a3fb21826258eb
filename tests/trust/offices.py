"""A register in a folder of its own, to be backed up, lost and brought back."""

import contextlib
import os
import shutil
import threading

from django.conf import settings
from django.db import connection, connections

from industry.models import ProductUnit


def wipe() -> None:
    """The computer is broken: no table and no stored file is left."""
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        connection.close()
        for end in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name + end)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        connection.close()
    shutil.rmtree(settings.UPLOAD_DIR, ignore_errors=True)


def drop_replaced() -> None:
    """Forgets the registers that were kept when others took their place."""
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'sebelum%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP SCHEMA {name} CASCADE")


class Writer(threading.Thread):
    """Somebody who commits numbered rows until told to stop."""

    def __init__(self):
        super().__init__(daemon=True)
        self.committed, self.stopping, self.under_way = 0, threading.Event(), threading.Event()

    def run(self):
        try:
            while not self.stopping.is_set():
                ProductUnit.objects.create(name=f"satuan {self.committed + 1:06}")
                self.committed += 1
                if self.committed == 5:
                    self.under_way.set()
        finally:
            connections.close_all()

    def __enter__(self):
        self.start()
        assert self.under_way.wait(20)
        return self

    def __exit__(self, *exception):
        self.stopping.set()
        self.join(30)


def numbered() -> list[str]:
    """The rows a Writer has committed."""
    names = ProductUnit.objects.filter(name__startswith="satuan 0").order_by("pk")
    return list(names.values_list("name", flat=True))
