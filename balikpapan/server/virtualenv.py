"""The program's own environment: ``.venv`` with exactly the locked packages, standard library only.

A machine with nothing but Python runs every command: the first one makes the environment, a
later one repairs it when it is half made or older than the lock file.
"""

import contextlib
import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path

RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"
STAMP = "lengkap.txt"
# Tells a process that it was started again, so that a broken environment cannot loop.
AGAIN = "BALIKPAPAN_VENV_STARTED"
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)(\s*;)?", re.MULTILINE)
OFFLINE = (
    "No matching distribution",
    "Could not find a version",
    "Connection",
    "Temporary failure",
)


def ensure_environment(root: Path, argv: list[str]) -> None:
    """Return when this Python has the locked packages; else go on in ``.venv``."""
    lock = root / (DEVELOPMENT if argv[1:2] == ["test"] else RUNTIME)
    own = root / ".venv"
    again = os.environ.pop(AGAIN, "")
    if sys.prefix != sys.base_prefix:
        if os.path.realpath(sys.prefix) == os.path.realpath(own):
            ready = is_current(own, lock)
        else:
            ready = has_pins(Path(sysconfig.get_path("purelib")), lock)
        if ready:
            return
    if again:
        sys.exit(f"Lingkungan {own} rusak; hapus folder itu lalu ulangi perintahnya.")
    if not is_current(own, lock):
        with one_at_a_time(root / "manage.py"):
            # Another process may have made it while this one waited.
            if not is_current(own, lock):
                make(own, lock)
    start_again(own)


def is_current(own: Path, lock: Path) -> bool:
    """Whether ``.venv`` was finished for this lock file and this Python, and is still whole."""
    try:
        stamp = (own / STAMP).read_text("utf-8").splitlines()
    except OSError:
        return False
    return (
        python_line() in stamp
        and lock_line(lock) in stamp
        and python_of(own).exists()
        and has_pins(packages_of(own), lock)
    )


def has_pins(packages: Path, lock: Path) -> bool:
    """Whether a folder of packages holds every pinned version; names of folders tell it fast."""
    try:
        stems = [
            name[: -len(".dist-info")]
            for name in os.listdir(packages)
            if name.endswith(".dist-info")
        ]
    except OSError:
        return False
    installed = {plain(name): version for name, _, version in (s.rpartition("-") for s in stems)}
    pins: dict[str, set[str]] = {}
    required = set()
    for name, version, marker in PIN.findall(lock.read_text("utf-8")):
        # One package may be pinned once for older and once for newer Pythons.
        pins.setdefault(plain(name), set()).add(version)
        if not marker:
            required.add(plain(name))
    # A pin with a marker may belong to another system: absent is fine, older is not.
    return all(
        installed[name] in versions if name in installed else name not in required
        for name, versions in pins.items()
    )


def make(own: Path, lock: Path) -> None:
    """Make or update ``.venv``; the stamp comes last, so that a killed run is seen next time."""
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit(
            "Python di komputer ini belum lengkap; jalankan “apt install python3-venv” dahulu."
        )
    runtime = lock.with_name(RUNTIME)
    try:
        # The development set only adds to an environment that is otherwise right.
        fresh = not is_current(own, runtime)
        (own / STAMP).unlink(missing_ok=True)
        if fresh:
            say("Menyiapkan lingkungan Python di folder .venv; hanya sekali, sekitar satu menit.")
            venv.EnvBuilder(clear=True, symlinks=os.name != "nt").create(own)
            run_in(own, "ensurepip", "--upgrade").check_returncode()
        else:
            say("Menambah paket untuk pengujian ke folder .venv.")
        install(own, lock)
        lines = {python_line(), lock_line(lock), lock_line(runtime)}
        draft = own / f"{STAMP}.baru"
        draft.write_text("\n".join(sorted(lines)) + "\n", "utf-8")
        draft.replace(own / STAMP)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"Folder {own} tidak dapat disiapkan: {error}.")
    except KeyboardInterrupt:
        sys.exit("Dihentikan; penyiapan diulang pada perintah berikutnya.")


def install(own: Path, lock: Path) -> None:
    """Install the locked packages by their hashes, or say in one sentence why not."""
    quietly = ["--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2"]
    locked = ["--only-binary", ":all:", "--require-hashes", "-r", str(lock)]
    done = run_in(own, "pip", "install", *quietly, *locked)
    if done.returncode == 0:
        return
    errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
    if "DO NOT MATCH THE HASHES" in done.stderr:
        sys.exit("Paket yang diunduh tidak sama dengan yang dikunci, sehingga tidak dipasang.")
    if any(word in done.stderr for word in OFFLINE):
        sys.exit(
            "Paket Python tidak dapat diunduh; sambungkan komputer ke internet untuk penyiapan "
            "pertama ini lalu ulangi perintahnya."
        )
    sys.exit(f"Paket Python tidak dapat dipasang: {errors[-1] if errors else done.returncode}.")


def run_in(own: Path, module: str, *options: str) -> subprocess.CompletedProcess:
    """Run a module with the environment's Python and keep what it says."""
    command = [str(python_of(own)), "-m", module, *options]
    # Open files are passed on: should this process be killed, its child still holds the lock.
    return subprocess.run(command, capture_output=True, text=True, check=False, close_fds=False)


@contextlib.contextmanager
def one_at_a_time(file: Path) -> Iterator[None]:
    """Hold the lock on a file that always exists; a second command waits for the first."""
    with open(file, "rb") as handle:
        if os.name == "nt":
            import msvcrt

            while True:
                with contextlib.suppress(OSError):
                    msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl

            os.set_inheritable(handle.fileno(), True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def start_again(own: Path) -> None:
    """Run the same command line with the Python of ``.venv``; this process becomes it."""
    os.environ[AGAIN] = "1"
    command = [str(python_of(own)), *sys.orig_argv[1:]]
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    # Windows cannot replace a process; Ctrl-C reaches the child by itself.
    with subprocess.Popen(command) as child:
        while True:
            try:
                sys.exit(child.wait())
            except KeyboardInterrupt:
                continue


def python_of(own: Path) -> Path:
    """The interpreter inside an environment."""
    return own / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def packages_of(own: Path) -> Path:
    """The folder of packages inside an environment."""
    base = {"base": str(own), "platbase": str(own)}
    return Path(sysconfig.get_path("purelib", "venv", vars=base))


def python_line() -> str:
    """The stamp's line about the Python it was made with."""
    return f"python {sys.version_info.major}.{sys.version_info.minor}"


def lock_line(lock: Path) -> str:
    """The stamp's line about a lock file."""
    return f"{lock.name} {hashlib.sha256(lock.read_bytes()).hexdigest()}"


def plain(name: str) -> str:
    """A package name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def say(sentence: str) -> None:
    """Tell the person at the keyboard, without mixing into a command's output."""
    print(sentence, file=sys.stderr, flush=True)
