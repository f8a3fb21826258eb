"""Lock the dependencies of pyproject.toml: ``python3 .ci/lock.py`` (needs uv on the PATH)."""

import hashlib
import json
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = (
    "uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes "
    "--no-emit-index-url --no-annotate --no-header"
)


def dependency_hash(pyproject: str) -> str:
    """A short fingerprint of the dependency tables; a lock file older than them shows another."""
    tables = tomllib.loads(pyproject)
    wanted = [tables["project"]["dependencies"], tables["dependency-groups"]]
    return hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()[:16]


def lock(name: str, *options: str) -> None:
    """Write one lock file, its maker and the fingerprint on top."""
    command = [*COMPILE.split(), *options]
    pins = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    fingerprint = dependency_hash((ROOT / "pyproject.toml").read_text("utf-8"))
    head = f"# Dibuat oleh “python3 .ci/lock.py”; jangan disunting.\n# pyproject: {fingerprint}\n"
    (ROOT / name).write_text(head + pins, "utf-8")


if __name__ == "__main__":
    lock("requirements.txt")
    lock("requirements-dev.txt", "--group", "dev", "--constraints", "requirements.txt")
