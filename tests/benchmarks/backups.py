"""How long a backup and a restore of a full register take, on both databases.

    .venv/bin/python -m tests.benchmarks.backups

A register of 12.500 IKM with three years of figures each, 50.000 records and their trail, is backed
up, lost and brought back; what came back has the fingerprint of what was there. Shown are seconds by
the clock and CPU seconds of this process and its children (``check_data`` is one), without the
database's.
"""

import os
import shutil
import tempfile
import time
from pathlib import Path

from .databases import on_each_database

YEARS = (2022, 2023, 2024)


class Clock:
    """Seconds of one act, by the clock and of this process and its children."""

    def __enter__(self):
        self.wall, self.seconds = time.monotonic(), cpu_seconds()
        return self

    def __exit__(self, *exception):
        self.wall = time.monotonic() - self.wall
        self.seconds = cpu_seconds() - self.seconds

    def __str__(self):
        return f"{self.wall:6.1f} s, CPU {self.seconds:6.1f} s"


def cpu_seconds() -> float:
    """CPU seconds so far of this process and of the children that have ended."""
    return sum(os.times()[:4])


def main():
    """Fills an empty register on each database, backs it up and restores it."""
    about = __doc__.splitlines()[0]
    on_each_database(__spec__.name, about, measure, businesses=(12_500,), times=1)


def measure(businesses, times):
    """One backup, plain and encrypted, and one restore."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "balikpapan.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from balikpapan.backup.create import create
    from balikpapan.backup.restore import restore
    from balikpapan.backup.tables import fingerprint
    from tests.trust.offices import wipe

    from .filling import fill

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    fill(businesses, YEARS)
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder:
            with Clock() as plain:
                made = create(Path(folder, "a.zip"))
            with Clock() as encrypted:
                create(Path(folder, "b.zip"), "kata sandi kantor")
            size = made.path.stat().st_size / 1024**2
            wipe()
            shutil.rmtree(settings.UPLOAD_DIR, ignore_errors=True)
            with Clock() as back:
                restore(made.path, "", lambda line: None)
        assert fingerprint() == made.manifest.fingerprint
        print(f"  {made.manifest.rows} baris, {size:.1f} MiB")
        for label, meter in (("cadangan", plain), ("terenkripsi", encrypted), ("pulih", back)):
            print(f"  {label:12} {meter}", flush=True)


if __name__ == "__main__":
    main()
