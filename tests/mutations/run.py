"""Shows that the tests of promises fail when the code breaks them.

``.venv/bin/python -m tests.mutations.run [NUMBER ...]`` applies each fault of the table, or those of
the promises named, on a copy of the checkout and runs its test there; the status is 1 where a test
did not notice its fault.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.mutations.table import MUTATIONS, Mutation

ROOT = Path(__file__).resolve().parent.parent.parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "data", "staticfiles", "__pycache__", ".*_cache")
#: pytest's exit status where tests ran and some failed.
TESTS_FAILED = 1


def main(promises: list[str]) -> int:
    """Runs the chosen mutations and prints a line for each; 0 where every fault was noticed."""
    chosen = [one for one in MUTATIONS if not promises or one.promise in promises]
    missed = 0
    with tempfile.TemporaryDirectory(prefix="mutasi-") as folder:
        copy = Path(folder, "checkout")
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        for mutation in chosen:
            began = time.monotonic()
            verdict = judge(mutation, copy)
            missed += verdict != "noticed"
            seconds = time.monotonic() - began
            print(f"{mutation.promise}  {verdict:8}  {seconds:5.0f} s  {mutation.file}", flush=True)
    print(f"{len(chosen) - missed} of {len(chosen)} faults noticed")
    return 1 if missed else 0


def judge(mutation: Mutation, copy: Path) -> str:
    """Whether the test noticed: "noticed" where the test fails on the fault, else "MISSED", or "BROKEN" where it cannot run."""
    place = copy / mutation.file
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace(mutation.old, mutation.new), encoding="utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", mutation.test],
            cwd=copy, capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        place.write_text(text, encoding="utf-8")
    if done.returncode == TESTS_FAILED and re.search(r"^FAILED ", done.stdout, re.MULTILINE):
        return "noticed"
    if done.returncode != 0:
        print(done.stdout[-2000:], done.stderr[-2000:])
        return "BROKEN"
    return "MISSED"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
