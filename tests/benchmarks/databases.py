"""Runs a measurement on a fresh register of each database, in a process of its own."""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
YEARS = (2021, 2022, 2023, 2024)


def on_each_database(
    module: str, about: str, measure: Callable[[int, int], None], *, businesses: int, times: int
) -> None:
    """Asks ``module`` again in a child per database; the child calls ``measure(businesses, times)``.

    ``about`` is the help of the command; the two numbers are the defaults of its options.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--businesses", type=int, default=businesses)
    parser.add_argument("--times", type=int, default=times)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="only this one")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.here:
        measure(chosen.businesses, chosen.times)
        return
    from tests.postgres import database_url

    for name in [chosen.database] if chosen.database else ["sqlite", "postgresql"]:
        with contextlib.ExitStack() as stack:
            url = stack.enter_context(database_url()) if name == "postgresql" else ""
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="ukur-"))
            print(f"{name}: {chosen.businesses} IKM × {len(YEARS)} tahun", flush=True)
            command = [sys.executable, "-m", module, "--here"]
            command += [f"--businesses={chosen.businesses}", f"--times={chosen.times}"]
            surroundings = {**os.environ, "DATA_DIR": folder, "DATABASE_URL": url}
            subprocess.run(command, cwd=ROOT, env=surroundings, check=True)
