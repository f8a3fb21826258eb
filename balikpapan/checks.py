"""Why the program refuses to run: each unsafe state is one Indonesian sentence."""

import logging
import stat
import sys
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from .env import SHORTEST_KEY, SQLITE

logger = logging.getLogger(__name__)

SAMPLE_KEYS = ("django-insecure", "changeme", "change-me", "secret", "rahasia", "ganti")
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "ceph", "afs"}
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@register(Tags.security)
def check_safety(app_configs, **kwargs):
    """The unsafe settings as Django checks, so that every command refuses them."""
    return [
        Error(reason, id="balikpapan.E001") for reason in unsafe_settings() + unfinished_restore()
    ]


def unsafe_settings() -> list[str]:
    """What is unsafe about the settings alone."""
    reasons = []
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_KEY or len(set(key)) < 10 or key.lower().startswith(SAMPLE_KEYS):
        reasons.append(
            f"SECRET_KEY terlalu pendek atau umum dikenal; isi dengan paling sedikit {SHORTEST_KEY} "
            "karakter acak, atau kosongkan agar dibuatkan."
        )
    if "*" in settings.ALLOWED_HOSTS and not settings.DEBUG:
        reasons.append(
            "ALLOWED_HOSTS berisi “*” sehingga alamat palsu diterima; sebutkan nama komputernya."
        )
    return reasons


def unfinished_restore() -> list[str]:
    """That a restored register has not taken its place yet, which ``start`` completes."""
    if not restore_journal().exists():
        return []
    return [
        "Pemulihan cadangan terhenti di tengah; jalankan “python3 manage.py start” agar diselesaikan."
    ]


def restore_journal() -> Path:
    """The file that stands in the folder while a restored register takes its place."""
    return settings.DATA_DIR / "pulih.json"


def unsafe_start(host: str) -> list[str]:
    """What is unsafe about serving on ``host`` with the files as they lie."""
    reasons = unsafe_settings()
    if settings.DEBUG and host not in LOOPBACK:
        reasons.append(
            f"DEBUG menyala sehingga tidak boleh dibuka di {host}; matikan DEBUG atau pakai "
            "HOST=127.0.0.1."
        )
    database = database_file()
    if database and on_network_share(database):
        reasons.append(
            f"Basis data {database} berada di folder jaringan, tempat SQLite dapat rusak; "
            "pindahkan DATA_DIR ke cakram komputer ini atau pakai PostgreSQL."
        )
    return reasons + exposed_files()


def database_file() -> Path | None:
    """The SQLite file of the register, or nothing on PostgreSQL."""
    database = settings.DATABASES["default"]
    return Path(database["NAME"]) if database["ENGINE"] == SQLITE else None


def exposed_files() -> list[str]:
    """Files others on this machine can read and whose permissions could not be put right."""
    reasons = []
    for path in private_files():
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
            if sys.platform != "win32" and mode & 0o077:
                path.chmod(mode & ~0o077)
                logger.warning("Izin berkas %s terlalu longgar dan sudah diperbaiki.", path)
        except FileNotFoundError:
            continue
        except OSError:
            reasons.append(
                f"Berkas {path} dapat dibaca pengguna lain dan izinnya tidak dapat diubah; "
                "jadikan pengguna yang menjalankan program ini pemiliknya."
            )
    return reasons


def private_files() -> list[Path]:
    """The files that hold secrets or personal data."""
    files = [settings.DATA_DIR / "secret_key"]
    if database := database_file():
        files += [database.with_name(database.name + end) for end in ("", "-wal", "-shm")]
    return files


def on_network_share(path: Path, mounts: Path = Path("/proc/mounts")) -> bool:
    """Whether the file lies on another computer, as far as this system can tell."""
    if str(path).startswith("\\\\"):
        return True
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    kinds = {}
    for line in lines:
        _, place, kind = line.split(" ")[:3]
        kinds[Path(place.replace("\\040", " "))] = kind
    home = next((place for place in path.resolve().parents if place in kinds), None)
    return kinds.get(home) in NETWORK_FILE_SYSTEMS


def newer_database() -> list[str]:
    """That a newer version of the program has changed the open database, when it has."""
    loader = MigrationLoader(connection)
    ours = {label for label, _ in loader.disk_migrations if is_ours(label)}
    unknown = sorted(
        f"{label}.{name}"
        for label, name in loader.applied_migrations
        if label in ours and (label, name) not in loader.disk_migrations
    )
    if not unknown:
        return []
    return [
        f"Basis data sudah dipakai versi program yang lebih baru ({', '.join(unknown)}); "
        "jalankan versi itu."
    ]


def unsafe_database() -> list[str]:
    """What is unsafe about the open database: too new for this program, or careless SQLite."""
    reasons = newer_database()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
            foreign_keys = cursor.execute("PRAGMA foreign_keys").fetchone()[0]
        if synchronous < 2 or not foreign_keys:
            reasons.append(
                "SQLite berjalan tanpa synchronous=FULL atau foreign_keys=ON; kembalikan "
                "pengaturan basis data seperti semula."
            )
    return reasons


def is_ours(label: str) -> bool:
    """Whether an app is part of the register, not of a library."""
    return apps.get_app_config(label).name.partition(".")[0] in (
        "balikpapan",
        "facilities",
        "industry",
    )
