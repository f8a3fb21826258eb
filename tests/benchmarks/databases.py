"""Runs a measurement on a fresh register of each database, in a process of its own."""

import argparse
import contextlib
import itertools
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
YEARS = (2021, 2022, 2023, 2024)


def on_each_database(
    module: str,
    about: str,
    measure: Callable[[int, int], None],
    *,
    businesses: Sequence[int],
    times: int,
) -> None:
    """Asks ``module`` again in a child per database and size, which calls ``measure(size, times)``.

    ``about`` is the help of the command; sizes and times are the defaults of its options.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--businesses", type=int, nargs="+", default=businesses)
    parser.add_argument("--times", type=int, default=times)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="only this one")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.here:
        measure(*chosen.businesses, chosen.times)
        return
    from tests.postgres import database_url

    names = [chosen.database] if chosen.database else ["sqlite", "postgresql"]
    for name, size in itertools.product(names, chosen.businesses):
        with contextlib.ExitStack() as stack:
            url = stack.enter_context(database_url()) if name == "postgresql" else ""
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="ukur-"))
            load = os.getloadavg()[0]
            print(f"{name}: {size} IKM × {len(YEARS)} tahun (beban {load:.1f})", flush=True)
            command = [sys.executable, "-m", module, "--here"]
            command += [f"--businesses={size}", f"--times={chosen.times}"]
            surroundings = {**os.environ, "DATA_DIR": folder, "DATABASE_URL": url}
            subprocess.run(command, cwd=ROOT, env=surroundings, check=True)
