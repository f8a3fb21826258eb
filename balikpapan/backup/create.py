"""Making a backup: one snapshot of the tables, then the stored files, into one file."""

import contextlib
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils import timezone

from .archive import ArchiveWriter, Manifest, opened, written
from .checking import chain_head
from .sequences import read_sequences
from .snapshot import snapshot
from .tables import migrations_of, models_of, read_lines, stored_fields

#: The worker's sign of life and files that are only just being written.
_PASSING = re.compile(r"worker|tmp[^/]*|\..*")
_ORIGINAL = re.compile(r"[0-9a-f]{2}/([0-9a-f]{64})/original")
BEFORE_MIGRATION = "-sebelum-migrasi"


@dataclass(frozen=True)
class Made:
    """A finished backup: where it lies and what it holds."""

    path: Path
    manifest: Manifest


def new_path(folder: Path, suffix: str = "") -> Path:
    """A name for a backup made now; the date in it is what the keep rule goes by."""
    return folder / f"balikpapan-{timezone.localtime():%Y%m%d-%H%M%S}{suffix}.zip"


def create(path: Path, passphrase: str = "", *, with_files: bool = True) -> Made:
    """Backs up the whole register into ``path``, verified by reading it again.

    Raises BackupError where the database is damaged, OSError where there is no room.
    """
    settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    with snapshot(settings.DATA_DIR) as alias, written(path, passphrase, settings.DATA_DIR) as new:
        manifest = _write_tables(new, alias)
        if with_files:
            _write_files(new, settings.UPLOAD_DIR, manifest)
        new.add_manifest(manifest)
    # What cannot be read back is no backup.
    with opened(path, passphrase, settings.DATA_DIR):
        return Made(path, manifest)


def _write_tables(new: ArchiveWriter, alias: str) -> Manifest:
    models = models_of(alias)
    manifest = Manifest(
        created_at=timezone.localtime().isoformat(timespec="seconds"),
        database=connections[alias].vendor,
        migrations=migrations_of(alias),
        chain_head=chain_head(alias),
        sequences=read_sequences(models, alias),
    )
    for model in models:
        columns = [field.column for field in stored_fields(model)]
        # Where the disk is full the cursor is closed before its connection is.
        with contextlib.closing(read_lines(model, alias)) as lines:
            manifest.tables.append(new.add_table(model._meta.db_table, columns, lines))
    return manifest


def _write_files(new: ArchiveWriter, folder: Path, manifest: Manifest) -> None:
    """Every stored file; an original whose bytes are not what its name says is named."""
    for path in stored_files(folder):
        name = path.relative_to(folder).as_posix()
        try:
            part = new.add_file(path, name)
        except FileNotFoundError:
            continue  # a preview that was given up meanwhile
        original = _ORIGINAL.fullmatch(name)
        if original and original[1] != part.sha256:
            manifest.missing.append(name)
        manifest.files.append(part)


def stored_files(folder: Path) -> list[Path]:
    """The files of the register below ``folder``: originals, previews, logos and editions."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(path for path in files if not _PASSING.fullmatch(path.name))


def files_digest(folder: Path) -> str:
    """One SHA-256 over all stored files and their names."""
    sha256 = hashlib.sha256()
    for path in stored_files(folder):
        sha256.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        with path.open("rb") as stream:
            sha256.update(hashlib.file_digest(stream, "sha256").digest())
    return sha256.hexdigest()


def describe(made: Made, tell: Callable[[str], None]) -> None:
    """What the person who made a backup is told."""
    manifest = made.manifest
    mib = made.path.stat().st_size / 1024**2
    size = f"{mib:.1f}".replace(".", ",")
    tell(f"Cadangan: {made.path} ({size} MiB)")
    tell(f"{manifest.rows} baris dalam {len(manifest.tables)} tabel, {len(manifest.files)} berkas.")
    if manifest.chain_head:
        tell(f"Ujung rantai jejak: {manifest.chain_head}")
    if manifest.missing:
        tell(
            f"Peringatan: {len(manifest.missing)} berkas unggahan berubah sejak disimpan; jalankan "
            "check_data."
        )
