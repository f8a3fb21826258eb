"""Put small faults into the lines of a change and name those that no test notices.

``python3 .ci/mutate.py [BASE] [--tests PATH ...]`` looks at the Python lines changed since ``BASE``
(default: ``main``, on main itself the commit before). Every file is judged by the tests that
mirror it, or by those named. Works on a copy, so that the checkout is never touched. Needs
cosmic-ray on the PATH; it is not among the locked packages, because a part of it comes as source
only and the environment is made from wheels.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
NO_TOOL = "cosmic-ray tidak ditemukan. Pasang dahulu, misalnya: pipx install cosmic-ray"
PACKAGES = ("balikpapan/", "industry/", "facilities/")
SECONDS = 300


def git(*words: str, folder: Path = ROOT) -> str:
    """What git answers in a checkout."""
    return subprocess.run(
        ["git", *words], cwd=folder, check=True, capture_output=True, text=True
    ).stdout


def changed_files(base: str) -> list[str]:
    """The program's own Python files that differ from ``base``, without migrations."""
    names = git("diff", "--name-only", "--diff-filter=d", base).splitlines()
    return [
        name
        for name in names
        if name.startswith(PACKAGES) and name.endswith(".py") and "/migrations/" not in name
    ]


def tests_of(name: str) -> str:
    """The tests that mirror a file: its own module's, else the nearest folder that has some."""
    path = Path("tests", *Path(name).parts[1 if name.startswith("balikpapan/") else 0 :])
    own = path.with_name(f"test_{path.name}")
    for place in (own, *path.parents):
        if (ROOT / place).exists():
            return str(place)
    return "tests"


def copy_of_checkout(folder: Path, base: str) -> Path:
    """A clone with the same uncommitted lines, in the environment of this checkout."""
    copy = folder / "copy"
    git("clone", "--quiet", "--local", str(ROOT), str(copy))
    if change := git("diff", "--binary", "HEAD"):
        subprocess.run(["git", "apply"], cwd=copy, input=change, text=True, check=True)
    git("branch", "--force", "before-the-change", git("rev-parse", base).strip(), folder=copy)
    (copy / ".venv").symlink_to(ROOT / ".venv")
    return copy


def survivors(copy: Path, name: str, tests: str) -> str:
    """The faults in one file that its tests let pass, as cosmic-ray reports them."""
    command = f"{PYTHON} -m pytest -x -q -p no:cacheprovider {tests}"
    config, session = copy.parent / "mutate.toml", copy.parent / "session.sqlite"
    session.unlink(missing_ok=True)
    config.write_text(
        "[cosmic-ray]\n"
        f"module-path = {json.dumps(name)}\n"
        f"timeout = {SECONDS}.0\n"
        "excluded-modules = []\n"
        f"test-command = {json.dumps(command)}\n"
        '[cosmic-ray.distributor]\nname = "local"\n'
        '[cosmic-ray.filters.git-filter]\nbranch = "before-the-change"\n',
        "utf-8",
    )
    run(copy, "cosmic-ray", "init", config, session)
    run(copy, "cr-filter-git", "--config", config, session)
    run(copy, "cosmic-ray", "exec", config, session)
    return run(copy, "cr-report", "--surviving-only", "--show-diff", session)


def run(copy: Path, program: str, *words: object) -> str:
    """One step of cosmic-ray in the copy."""
    command = [program, *map(str, words)]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{program}: {done.stderr}")
    return done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", nargs="?", default="")
    parser.add_argument("--tests", nargs="*", default=[])
    options = parser.parse_args()
    base = options.base or ("main" if git("diff", "--name-only", "main") else "HEAD~1")
    if shutil.which("cosmic-ray") is None:
        sys.exit(NO_TOOL)
    with tempfile.TemporaryDirectory(prefix="mutate-") as folder:
        copy = copy_of_checkout(Path(folder), base)
        for name in changed_files(base):
            tests = " ".join(options.tests) or tests_of(name)
            print(f"== {name}, dinilai oleh {tests}", flush=True)
            print(survivors(copy, name, tests), flush=True)


if __name__ == "__main__":
    main()
