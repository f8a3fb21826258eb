"""Where an upload's bytes are kept, outside anything the web server serves.

The original lies under its SHA-256; what is worked out from it lies beside it.
"""

import contextlib
import datetime
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from io import BufferedRandom
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings

if TYPE_CHECKING:
    from .models import Upload


_SHA256 = re.compile(r"[0-9a-f]{64}")


def folder(sha256: str) -> Path:
    """The folder of one file's bytes and everything worked out from them."""
    return Path(settings.UPLOAD_DIR) / sha256[:2] / sha256


def digest(content: bytes) -> str:
    """The SHA-256 a file is known by."""
    return hashlib.sha256(content).hexdigest()


def keep_original(content: bytes) -> str:
    """Stores the bytes as they came, readable by this program only; returns their SHA-256."""
    sha256 = digest(content)
    with written(folder(sha256) / "original") as stream:
        stream.write(content)
    return sha256


def original(sha256: str) -> bytes | None:
    """The bytes as they came, or None where they are gone or altered."""
    return (folder(sha256) / "original").read_bytes() if is_whole(sha256) else None


def is_whole(sha256: str) -> bool:
    """Whether the bytes are still there, just as they came."""
    try:
        with (folder(sha256) / "original").open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


@contextlib.contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """A file that is there completely or not at all, closed to other accounts (0600)."""
    with unnamed(path.parent) as (stream, name):
        yield stream
        stream.flush()
        os.fsync(stream.fileno())
        stream.close()  # Windows renames no file that is open
        os.replace(name, path)


@contextlib.contextmanager
def unnamed(parent: Path) -> Iterator[tuple[BufferedRandom, str]]:
    """A new file and its passing name; gone afterwards unless it was given another."""
    # Python gives the folders above the rights of everybody's files.
    for place in (parent.parent, parent):
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=parent)
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield stream, name
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)


def written_at(sha256: str) -> datetime.datetime | None:
    """When the bytes were last handed in, or None where they are gone."""
    try:
        seconds = (folder(sha256) / "original").stat().st_mtime
    except FileNotFoundError:
        return None
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)


def stored() -> Iterator[str]:
    """The SHA-256 of every file that has a folder, whatever is left in it."""
    for place in sorted(Path(settings.UPLOAD_DIR).glob("[0-9a-f][0-9a-f]/*")):
        if _SHA256.fullmatch(place.name):
            yield place.name


def forget(sha256: str) -> None:
    """Deletes the bytes and the typed cells; what was counted stays in the database."""
    shutil.rmtree(folder(sha256), ignore_errors=True)


def keep_samples(upload: "Upload", samples: dict[str, str]) -> None:
    """Stores what the columns of an upload hold as long as it is asked about them."""
    path = _samples_path(upload)
    if samples:
        with written(path) as stream:
            stream.write(json.dumps(samples, ensure_ascii=False).encode())
    else:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()


def samples(upload: "Upload") -> dict[str, str]:
    """Column letter -> its first values; empty where nothing is asked about the columns."""
    try:
        by_letter: dict[str, str] = json.loads(_samples_path(upload).read_bytes())
    except FileNotFoundError:
        return {}
    return by_letter


def _samples_path(upload: "Upload") -> Path:
    return folder(upload.sha256) / f"{upload.pk}.samples.json"
