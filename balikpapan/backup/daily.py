"""The daily backup: made by the worker, thinned by the keep rule, its result for the first page."""

import json
import logging
import os
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from balikpapan.env import BadSetting
from balikpapan.errors import outage

from .create import Made, create, new_path
from .errors import BackupError
from .retention import made_at, surplus

logger = logging.getLogger(__name__)

DUE_AFTER = timedelta(hours=23)
#: Older than this, the first page warns.
OLD_AFTER = timedelta(days=2)
LITTLE_ROOM = 0.10


@dataclass(frozen=True)
class Result:
    """How the last attempt ended; ``error`` is an Indonesian sentence, empty where it succeeded."""

    at: str
    error: str = ""


@dataclass(frozen=True)
class Status:
    """What the first page says about backups and the disk."""

    latest: datetime | None
    error: str
    free_share: float

    @property
    def is_old(self) -> bool:
        """Whether the newest backup is older than two days, or there is none."""
        return self.latest is None or timezone.now() - self.latest > OLD_AFTER

    @property
    def has_little_room(self) -> bool:
        """Whether less than a tenth of the disk is free."""
        return self.free_share < LITTLE_ROOM


def is_due() -> bool:
    """Whether the last successful backup was made a day ago, or never."""
    latest = latest_backup(settings.BACKUP_DIR)
    return latest is None or timezone.now() - latest >= DUE_AFTER


def make_daily(suffix: str = "") -> Made:
    """Makes a backup in the folder of backups and notes how it ended; raises what went wrong."""
    folder = settings.BACKUP_DIR
    try:
        made = create(new_path(folder, suffix), passphrase_of_office())
    except Exception as error:
        _note(Result(timezone.now().isoformat(), _sentence(error)))
        raise
    _note(Result(timezone.now().isoformat()))
    for name in surplus((path.name for path in folder.iterdir()), settings.BACKUP_KEEP):
        (folder / name).unlink(missing_ok=True)
    return made


def _sentence(error):
    if isinstance(error, BackupError | BadSetting):
        return str(error)
    return outage(error) or "Kesalahan program; rinciannya ada di catatan program (log)."


def passphrase_of_office() -> str:
    """The pass phrase for backups made without a person: from a file, or none."""
    path = settings.BACKUP_PASSPHRASE_FILE
    if path is None:
        return ""
    try:
        text = path.read_text("utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise BadSetting(
            f"BACKUP_PASSPHRASE_FILE {path} tidak dapat dibaca; perbaiki berkasnya."
        ) from error
    if not text:
        raise BadSetting(f"BACKUP_PASSPHRASE_FILE {path} kosong; isi kata sandinya.")
    return text


def latest_backup(folder: Path) -> datetime | None:
    """When the newest backup of the folder was made, as its name says."""
    try:
        moments = [moment for name in os.listdir(folder) if (moment := made_at(name))]
    except OSError:
        return None
    return timezone.make_aware(max(moments)) if moments else None


def status() -> Status:
    """The age and result of the daily backup, and the room on the fuller of the disks it needs."""
    try:
        result = Result(**json.loads(_result_file().read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        result = Result("")
    folders = [folder for folder in (settings.DATA_DIR, settings.BACKUP_DIR) if folder.exists()]
    usages = [shutil.disk_usage(folder) for folder in folders]
    free_share = min((usage.free / usage.total for usage in usages), default=1.0)
    return Status(latest_backup(settings.BACKUP_DIR), result.error, free_share)


def _result_file():
    return settings.DATA_DIR / "cadangan.json"


def _note(result):
    try:
        path = _result_file()
        draft = path.with_suffix(".baru")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
            json.dump(asdict(result), stream)
        os.replace(draft, path)
    except OSError:
        logger.exception("Hasil pencadangan tidak dapat dicatat.")
