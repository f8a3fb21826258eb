"""The file of a backup: a ZIP with its manifest, one part per table and the stored files.

The ZIP's comment is the SHA-256 of all bytes before it, so that a truncated or altered file is
noticed as a whole; the manifest names the SHA-256 of every part besides. An encrypted backup is a ZIP
too: ``key.age`` opens with the pass phrase and holds the identity that opens ``data.age``, which is
the backup. Both are ordinary age files.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyrage

from .errors import DamagedBackup, NewerBackup, WrongPassphrase

FORMAT = 1
MANIFEST = "manifest.json"
KEY, DATA = "key.age", "data.age"
_CHUNK = 1024 * 1024
_DIGEST_LENGTH = 64
NO_BACKUP = "Berkas ini bukan cadangan register, atau rusak; pakai cadangan yang lain."


@dataclass(frozen=True)
class TablePart:
    """One table of the backup: its columns in their order, its rows and their SHA-256."""

    name: str
    columns: list[str]
    rows: int
    sha256: str

    @property
    def member(self) -> str:
        """Where the rows lie in the ZIP."""
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True)
class FilePart:
    """One stored file: its path below the folder of uploads, its size in bytes and its SHA-256."""

    path: str
    size: int
    sha256: str

    @property
    def member(self) -> str:
        """Where the bytes lie in the ZIP."""
        return f"files/{self.path}"


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    created_at: str
    database: str
    migrations: list[tuple[str, str]]
    chain_head: str
    tables: list[TablePart] = field(default_factory=list)
    files: list[FilePart] = field(default_factory=list)
    #: Originals of uploads that were gone or altered when the backup was made.
    missing: list[str] = field(default_factory=list)
    sequences: dict[str, int] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(table.rows for table in self.tables)

    @property
    def fingerprint(self) -> dict[str, tuple[int, str]]:
        """Table -> rows and SHA-256, as ``tables.fingerprint`` gives it."""
        return {table.name: (table.rows, table.sha256) for table in self.tables}

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> "Manifest":
        """The manifest as it was written; raises NewerBackup for a later format."""
        if entry.get("format", 0) > FORMAT:
            raise NewerBackup(
                "Cadangan ini memakai format yang lebih baru; pulihkan dengan versi program yang "
                "membuatnya."
            )
        return cls(
            **entry
            | {
                "migrations": [tuple(pair) for pair in entry["migrations"]],
                "tables": [TablePart(**part) for part in entry["tables"]],
                "files": [FilePart(**part) for part in entry["files"]],
            }
        )


class ArchiveWriter:
    """Writes the parts of a backup into a ZIP that is there completely or not at all."""

    def __init__(self, archive: zipfile.ZipFile):
        self._archive = archive

    def add_table(self, name: str, columns: list[str], lines: Iterable[bytes]) -> TablePart:
        """Writes the rows of one table, compressed."""
        count, sha256 = 0, hashlib.sha256()
        info = self._info(f"tables/{name}.jsonl", zipfile.ZIP_DEFLATED)
        with self._archive.open(info, "w", force_zip64=True) as stream:
            for line in lines:
                sha256.update(line)
                stream.write(line)
                count += 1
        return TablePart(name, columns, count, sha256.hexdigest())

    def add_file(self, path: Path, name: str) -> FilePart:
        """Writes one stored file as it is; raises FileNotFoundError where it has gone meanwhile."""
        size, sha256 = 0, hashlib.sha256()
        with path.open("rb") as source:
            info = self._info(f"files/{name}", zipfile.ZIP_STORED)
            with self._archive.open(info, "w", force_zip64=True) as stream:
                while chunk := source.read(_CHUNK):
                    sha256.update(chunk)
                    stream.write(chunk)
                    size += len(chunk)
        return FilePart(name, size, sha256.hexdigest())

    def add_manifest(self, manifest: Manifest) -> None:
        """Writes the manifest; the last part, because it names all others."""
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
        self._archive.writestr(self._info(MANIFEST, zipfile.ZIP_DEFLATED), text)

    def _info(self, name, compression):
        info = zipfile.ZipInfo(name)
        info.compress_type = compression
        info.external_attr = 0o600 << 16
        return info


@contextlib.contextmanager
def written(path: Path, passphrase: str = "", work: Path | None = None) -> Iterator[ArchiveWriter]:
    """The writer of a new backup; the file appears under its name when all is on the disk.

    ``work`` is the folder for what is not encrypted yet; nothing of it stays there.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.ExitStack() as closing:
        final = closing.enter_context(_unnamed(path.parent))
        plain = closing.enter_context(_unnamed(work or path.parent)) if passphrase else final
        with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            archive.comment = b"0" * _DIGEST_LENGTH
            yield ArchiveWriter(archive)
        _seal(plain)
        if passphrase:
            _encrypt(plain, final, passphrase)
            _seal(final)
        _sync(final)
        os.replace(final, path)
    sync_folder(path.parent)


@contextlib.contextmanager
def _unnamed(folder):
    """A new file (0600) with a passing name, gone afterwards unless it was given another."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".cadangan-", suffix=".sementara")
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _seal(path):
    """Writes the SHA-256 of all that stands before the comment into the comment."""
    with path.open("r+b") as stream:
        digest = _digest_before_comment(stream, path.stat().st_size)
        stream.seek(-_DIGEST_LENGTH, os.SEEK_END)
        stream.write(digest)


def _digest_before_comment(stream, size):
    sha256, left = hashlib.sha256(), size - _DIGEST_LENGTH
    stream.seek(0)
    while left > 0 and (chunk := stream.read(min(_CHUNK, left))):
        sha256.update(chunk)
        left -= len(chunk)
    return sha256.hexdigest().encode()


def _sync(path):
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Makes a renaming in a folder last; Windows has no such thing."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _encrypt(plain, final, passphrase):
    identity = pyrage.x25519.Identity.generate()
    with zipfile.ZipFile(final, "w", zipfile.ZIP_STORED) as outer:
        outer.comment = b"0" * _DIGEST_LENGTH
        outer.writestr(KEY, pyrage.passphrase.encrypt(str(identity).encode(), passphrase))
        with plain.open("rb") as source, outer.open(DATA, "w", force_zip64=True) as target:
            pyrage.encrypt_io(source, target, [identity.to_public()])


# Reading


class Backup:
    """A backup whose every byte has been checked."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest):
        self._archive = archive
        self.manifest = manifest

    @property
    def size(self) -> int:
        """The bytes of all parts, unpacked."""
        return sum(info.file_size for info in self._archive.infolist())

    def lines(self, table: TablePart) -> Iterator[bytes]:
        """The rows of one table."""
        with self._archive.open(table.member) as stream:
            yield from stream

    def unpack(self, file: FilePart, folder: Path) -> None:
        """Writes one stored file below ``folder`` (0600), durably."""
        path = folder / file.path
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with self._archive.open(file.member) as source, open(handle, "wb") as target:
            shutil.copyfileobj(source, target, _CHUNK)
            target.flush()
            os.fsync(target.fileno())


def is_encrypted(path: Path) -> bool:
    """Whether a pass phrase is needed; raises DamagedBackup where the file is no backup."""
    try:
        with zipfile.ZipFile(path) as archive:
            return KEY in archive.namelist()
    except (OSError, zipfile.BadZipFile) as error:
        raise DamagedBackup(NO_BACKUP) from error


@contextlib.contextmanager
def opened(path: Path, passphrase: str, work: Path) -> Iterator[Backup]:
    """The backup, once all of it has been read and found whole; ``work`` takes what is decrypted."""
    with contextlib.ExitStack() as closing:
        try:
            _check_seal(path)
            if is_encrypted(path):
                plain = closing.enter_context(_unnamed(work))
                _decrypt(path, plain, passphrase)
                path = plain
                _check_seal(path)
            archive = closing.enter_context(zipfile.ZipFile(path))
            manifest = Manifest.from_json(json.loads(archive.read(MANIFEST)))
            _check_parts(archive, manifest)
        except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as error:
            raise DamagedBackup(NO_BACKUP) from error
        yield Backup(archive, manifest)


def _check_seal(path):
    size = path.stat().st_size
    with path.open("rb") as stream:
        digest = _digest_before_comment(stream, size)
        stream.seek(max(0, size - _DIGEST_LENGTH))
        if stream.read() != digest:
            raise DamagedBackup(
                f"Berkas {path.name} terpotong atau berubah sejak dibuat, atau bukan cadangan "
                "register; salin lagi dari tempat asalnya atau pakai cadangan yang lain."
            )


def _decrypt(path, plain, passphrase):
    with zipfile.ZipFile(path) as outer:
        try:
            key = pyrage.passphrase.decrypt(outer.read(KEY), passphrase)
        except pyrage.DecryptError as error:
            raise WrongPassphrase(
                "Kata sandi cadangan salah; coba lagi, atau pakai cadangan lain yang kata sandinya "
                "diketahui."
            ) from error
        identity = pyrage.x25519.Identity.from_str(key.decode())
        with outer.open(DATA) as source, plain.open("wb") as target:
            try:
                pyrage.decrypt_io(source, target, [identity])
            except pyrage.DecryptError as error:
                raise DamagedBackup(NO_BACKUP) from error


def _check_parts(archive, manifest):
    parts = {part.member: part for part in (*manifest.tables, *manifest.files)}
    if {*parts, MANIFEST} != set(archive.namelist()):
        raise DamagedBackup(NO_BACKUP)
    for member, part in parts.items():
        if not _is_below(member):
            raise DamagedBackup(NO_BACKUP)
        with archive.open(member) as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != part.sha256:
                raise DamagedBackup(
                    f"Isi {member} dalam cadangan ini berubah; pakai cadangan yang lain."
                )


def _is_below(member):
    """Whether a path stays in its folder: a forged backup writes nowhere else."""
    parts = member.replace("\\", "/").split("/")
    return not any(part in ("", ".", "..") or ":" in part for part in parts)
