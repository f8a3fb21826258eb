"""What the environment of the process says, read strictly; a bad value stops the program."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 50
SWITCHES = {"1": True, "true": True, "ya": True, "0": False, "false": False, "tidak": False}


class BadSetting(ImproperlyConfigured):
    """A setting the program refuses to run with, told to the administrator in one sentence."""


def read_switch(environ: Mapping[str, str], name: str, default: bool = False) -> bool:
    """An on/off setting such as ``HTTPS``."""
    text = environ.get(name, "").strip().lower()
    if not text:
        return default
    if text not in SWITCHES:
        raise BadSetting(
            f"Pengaturan {name} bernilai “{environ[name]}”, padahal hanya boleh 1 (ya) atau 0 (tidak)."
        )
    return SWITCHES[text]


def read_whole(
    environ: Mapping[str, str], name: str, default: int, least: int = 1, most: int = 10**9
) -> int:
    """A setting that is a whole number within bounds, such as ``PORT``."""
    text = environ.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise BadSetting(
            f"Pengaturan {name} bernilai “{environ[name]}”, padahal harus bilangan bulat "
            f"dari {least} sampai {most}."
        )
    return int(text)


def read_list(environ: Mapping[str, str], name: str, default: list[str]) -> list[str]:
    """A setting with several values parted by commas, such as ``ALLOWED_HOSTS``."""
    values = [value.strip() for value in environ.get(name, "").split(",")]
    return [value for value in values if value] or default


def read_secret_key(environ: Mapping[str, str], path: Path) -> str:
    """The key of sessions and signatures: from ``SECRET_KEY``, else kept in ``path``, made once."""
    if key := environ.get("SECRET_KEY", "").strip():
        return key
    try:
        if not path.exists():
            make_secret_key(path)
        key = path.read_text("ascii").strip()
    except (OSError, UnicodeError) as error:
        raise BadSetting(
            f"Kunci rahasia {path} tidak dapat dibuat atau dibaca ({error}). "
            "Perbaiki izin foldernya atau isi SECRET_KEY."
        ) from error
    if not key:
        raise BadSetting(f"Kunci rahasia {path} kosong; hapus berkas itu agar dibuatkan yang baru.")
    return key


def make_secret_key(path: Path) -> None:
    """Write a new key only its owner can read; the first of two processes wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)
