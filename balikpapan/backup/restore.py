"""Bringing a backup back: verified, loaded beside, checked, and only then put in place."""

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from balikpapan.checks import restore_journal
from balikpapan.env import database_settings

from . import renaming
from .archive import Backup, Manifest, opened
from .checking import check_replacement, faults_of
from .create import create
from .errors import BackupError, DamagedBackup, NewerBackup
from .renaming import Renaming
from .replacement import Replacement, refuse_unless_empty, replacement
from .sequences import write_sequences
from .tables import digest, models_of, read_lines, stored_fields, stored_models, write_lines

Tell = Callable[[str], None]
#: Tables with their indexes and logs take some times what their rows take as text.
_ROOM = 3
MIB = 1024**2


def restore(path: Path, passphrase: str, tell: Tell, *, allow_faults: bool = False) -> str:
    """Puts a backup in the place of the register; returns where the replaced one is kept.

    Raises BackupError before anything is touched, also where ``check_data`` finds faults that were
    in the register already, unless these are allowed. The caller holds the locks of the folder.
    """
    finish_interrupted()
    work = work_folder()
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700, parents=True)
    stamp = f"{timezone.localtime():%Y%m%d-%H%M%S}"
    place = replacement(connections["default"].settings_dict, stamp)
    try:
        tell("Memeriksa cadangan.")
        with opened(path, passphrase, work) as backup:
            _refuse_newer(backup.manifest)
            _refuse_without_room(backup.size)
            tell(f"Memuat {backup.manifest.rows} baris dan {len(backup.manifest.files)} berkas.")
            uploads = work / settings.UPLOAD_DIR.name
            uploads.mkdir(mode=0o700)
            for file in backup.manifest.files:
                backup.unpack(file, uploads)
            load(backup, place)
            head = backup.manifest.chain_head
        tell("Memeriksa data yang dimuat.")
        if objection := check_replacement(work, place.url, head):
            if not allow_faults:
                raise BackupError(
                    f"Isi cadangan tidak lulus pemeriksaan data:\n{objection}\nPakai cadangan lain, "
                    "atau ulangi dengan --allow-faults bila yang ini tetap harus dipakai."
                )
            tell(objection)
        _swap(place, stamp, uploads)
    except BaseException:
        if not restore_journal().exists():
            place.discard()
            shutil.rmtree(work, ignore_errors=True)
        raise
    return str(place.replaced)


def work_folder() -> Path:
    """Where the files of a backup wait until they take their place."""
    return settings.DATA_DIR / "pulih"


def _swap(place: Replacement, stamp: str, uploads: Path) -> None:
    place.bring_to_rest()
    earlier = settings.UPLOAD_DIR.with_name(f"{settings.UPLOAD_DIR.name}-sebelum-{stamp}")
    folders = [
        Renaming(str(settings.UPLOAD_DIR), str(earlier)),
        Renaming(str(uploads), str(settings.UPLOAD_DIR)),
    ]
    renaming.write_down(restore_journal(), stamp, [*place.renamings(), *folders])
    finish_interrupted()


def finish_interrupted() -> bool:
    """Finishes a swap that a kill has interrupted; whether there was one."""
    swap = renaming.read(restore_journal())
    if swap is None:
        return False
    stamp, steps = swap
    replacement(connections["default"].settings_dict, stamp).swap()
    for step in steps:
        step.carry_out()
    restore_journal().unlink()
    shutil.rmtree(work_folder(), ignore_errors=True)
    return True


def move(url: str, tell: Tell) -> None:
    """Copies the register into an empty database of either kind; the old one stays as it is."""
    stamp = f"{timezone.localtime():%Y%m%d-%H%M%S}"
    place = replacement(database_settings(url, settings.DATABASE_FILE), stamp)
    refuse_unless_empty(place)
    path = settings.DATA_DIR / f".pindah-{stamp}.zip"
    try:
        tell("Menyalin basis data.")
        create(path, with_files=False)
        with opened(path, "", settings.DATA_DIR) as backup:
            load(backup, place)
        place.bring_to_rest()
        place.swap()
        for step in place.renamings():
            step.carry_out()
    except BaseException:
        place.discard()
        raise
    finally:
        path.unlink(missing_ok=True)


def load(backup: Backup, place: Replacement) -> None:
    """Makes the tables as they were, fills them, proves them equal, and brings them up to date."""
    manifest = backup.manifest
    _refuse_newer(manifest)
    with place.opened() as alias:
        executor = MigrationExecutor(connections[alias])
        state = executor.migrate(_targets(executor, manifest))
        current = not MigrationExecutor(connections[alias]).migration_plan(
            executor.loader.graph.leaf_nodes()
        )
        models = {
            model._meta.db_table: model
            for model in (stored_models() if current else stored_models(state.apps))
        }
        _fill(backup, models, alias)
        write_sequences(list(models.values()), alias, manifest.sequences)
        _prove_equal(manifest, models, alias)
        if faults := faults_of(alias):
            raise DamagedBackup(f"Isi cadangan tidak utuh: {'; '.join(faults)}.")
        # Also what only follows a migration: permissions, triggers.
        call_command("migrate", database=alias, interactive=False, verbosity=0)
        write_sequences(models_of(alias), alias, manifest.sequences)


def _targets(executor, manifest):
    """The last migrations of those the backup had; making these makes all before them."""
    nodes = executor.loader.graph.node_map
    applied = {pair for pair in manifest.migrations if pair in nodes}
    return sorted(
        pair for pair in applied if not any(child.key in applied for child in nodes[pair].children)
    )


def _fill(backup, models, alias):
    if {table.name for table in backup.manifest.tables} != set(models):
        raise DamagedBackup("Tabel dalam cadangan tidak sama dengan tabel versinya.")
    connection = connections[alias]
    with connection.constraint_checks_disabled(), transaction.atomic(using=alias):
        for table in backup.manifest.tables:
            model = models[table.name]
            if table.columns != [field.column for field in stored_fields(model)]:
                raise DamagedBackup(
                    f"Kolom {table.name} dalam cadangan tidak sama dengan versinya."
                )
            # A migration may bring rows of its own; what counts is the backup.
            if model._base_manager.using(alias).exists():
                model._base_manager.using(alias).all().delete()
            write_lines(model, alias, backup.lines(table))


def _prove_equal(manifest: Manifest, models, alias):
    for table in manifest.tables:
        if digest(read_lines(models[table.name], alias)) != (table.rows, table.sha256):
            raise DamagedBackup(f"Isi {table.name} yang dimuat tidak sama dengan cadangannya.")


def _refuse_newer(manifest: Manifest) -> None:
    # Without a connection: the register in use may be damaged, which is why somebody restores.
    delivered = MigrationLoader(None).disk_migrations
    if unknown := sorted(set(manifest.migrations) - set(delivered)):
        names = ", ".join(f"{app}.{name}" for app, name in unknown[:3])
        raise NewerBackup(
            f"Cadangan ini dibuat versi program yang lebih baru ({names}); pasang versi itu dahulu, "
            "lalu pulihkan."
        )


def _refuse_without_room(size: int) -> None:
    free = shutil.disk_usage(settings.DATA_DIR).free
    needed = size * _ROOM
    if free < needed:
        raise BackupError(
            f"Ruang di {settings.DATA_DIR} kurang: perlu {needed // MIB + 1} MiB, tersisa "
            f"{free // MIB} MiB. Kosongkan cakram lalu ulangi."
        )
