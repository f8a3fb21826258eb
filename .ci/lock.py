"""Lock the dependencies of pyproject.toml: ``python3 .ci/lock.py [--upgrade NAME ...]``.

Every pin that still satisfies pyproject.toml stays as it is; ``--upgrade NAME`` renews that package
alone, ``--upgrade`` without a name renews them all. Needs uv on the PATH.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = (
    "uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes "
    "--no-emit-index-url --no-annotate --no-header"
)
NO_UV = "uv tidak ditemukan. Pasang dahulu, misalnya: python3 -m pip install uv"


def dependency_hash(pyproject: str) -> str:
    """A short fingerprint of the dependency tables; a lock file older than them shows another."""
    tables = tomllib.loads(pyproject)
    wanted = [tables["project"]["dependencies"], tables["dependency-groups"]]
    return hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()[:16]


def lock(name: str, *options: str) -> None:
    """Write one lock file, its maker and the fingerprint on top."""
    with tempfile.TemporaryDirectory() as folder:
        # uv keeps the pins it reads in the file it is to write.
        pins = Path(folder, name)
        if (ROOT / name).exists():
            shutil.copyfile(ROOT / name, pins)
        command = [*COMPILE.split(), "--output-file", str(pins), *options]
        subprocess.run(command, cwd=ROOT, check=True)
        text = pins.read_text("utf-8")
    text = "".join(line for line in text.splitlines(True) if not line.startswith("#"))
    fingerprint = dependency_hash((ROOT / "pyproject.toml").read_text("utf-8"))
    head = f"# Dibuat oleh “python3 .ci/lock.py”; jangan disunting.\n# pyproject: {fingerprint}\n"
    (ROOT / name).write_text(head + text, "utf-8")


def upgrades(names: list[str] | None) -> list[str]:
    """What uv is told to renew: nothing, these packages, or all of them."""
    if names is None:
        return []
    return [f"--upgrade-package={name}" for name in names] or ["--upgrade"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", nargs="*", metavar="NAME")
    options = upgrades(parser.parse_args().upgrade)
    if shutil.which("uv") is None:
        sys.exit(NO_UV)
    lock("requirements.txt", *options)
    lock("requirements-dev.txt", "--group=dev", "--constraints=requirements.txt", *options)


if __name__ == "__main__":
    main()
