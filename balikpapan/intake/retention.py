"""How long the files of uploads are kept: previews some days, originals as the office decides.

What was counted, the SHA-256, the columns and who did it stay in the database for good.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from . import storage, working_file
from .models import StateChanged, Upload

logger = logging.getLogger(__name__)

#: How long a preview may wait for its confirmation: over a weekend and a holiday.
PREVIEW_HOURS = 7 * 24

Status = Upload.Status
#: States in which somebody or something still has to do with the file.
OPEN = (Status.NEEDS_ANSWER, Status.WORKING, Status.PLANNED)
#: Bytes younger than this may belong to an upload that is being recorded.
JUST_NOW = timedelta(days=1)


def expired_previews(now: datetime) -> Iterator[Upload]:
    """The previews nobody has stored or answered for ``PREVIEW_HOURS``."""
    waiting = (Status.NEEDS_ANSWER, Status.PLANNED)
    before = now - timedelta(hours=PREVIEW_HOURS)
    yield from Upload.objects.filter(status__in=waiting, at__lt=before)


def expire_previews(now: datetime | None = None) -> int:
    """Ends the previews nobody came back to and deletes their typed cells; how many there were."""
    count = 0
    for upload in expired_previews(now or timezone.now()):
        reason = Upload.Reason.PREVIEW_EXPIRED
        working_sha256 = upload.working_sha256
        try:
            upload.change_state(
                status=Status.EXPIRED,
                reason_code=reason,
                reason=reason.label,
                working_sha256="",
            )
        except StateChanged:  # somebody came back at this very moment
            continue
        working_file.drop(upload, working_sha256)
        count += 1
    if count:
        logger.info("%s pratinjau yang tidak dilanjutkan dinyatakan kedaluwarsa.", count)
    return count


def is_due() -> bool:
    """Whether a preview or a file is past its time."""
    now = timezone.now()
    if next(expired_previews(now), None) is not None or purgeable(now):
        return True
    return next(unrecorded(now), None) is not None


def unrecorded(now: datetime) -> Iterator[str]:
    """The SHA-256 of bytes no upload tells of: the database was lost at that very moment."""
    hashes = set(Upload.objects.values_list("sha256", flat=True).distinct())
    for sha256 in storage.stored():
        written = storage.written_at(sha256)
        if sha256 not in hashes and written is not None and now - written >= JUST_NOW:
            yield sha256


def purgeable(now: datetime) -> list[str]:
    """The SHA-256 of each file that every upload of it is done with, and that for long enough.

    One open or younger upload of the same bytes keeps them for all.
    """
    before = now - timedelta(days=settings.UPLOAD_KEEP_DAYS)
    last = Greatest("at", Coalesce("stored_at", "at"), Coalesce("undone_at", "at"))
    files = (
        Upload.objects.order_by("sha256")
        .values("sha256")
        .annotate(last=Max(last), purged=Max("purged_at"))
        .filter(last__lt=before)
    )
    open_ones = set(
        Upload.objects.filter(status__in=OPEN).values_list("sha256", flat=True).distinct()
    )
    return [
        file["sha256"]
        for file in files
        if file["sha256"] not in open_ones
        and (file["purged"] is None or file["purged"] < file["last"])
    ]


def purge(sha256: str, now: datetime) -> bool:
    """Deletes one file's bytes and all that was worked out from them, unless they just came in.

    Bytes handed in again are written anew before their upload is recorded, so young ones stay.
    """
    written = storage.written_at(sha256)
    if written is not None and now - written < JUST_NOW:
        return False
    Upload.objects.filter(sha256=sha256).exclude(status__in=OPEN).update(purged_at=now)
    storage.forget(sha256)
    return True


def purge_uploads(now: datetime | None = None) -> int:
    """Deletes every file that is past its time; how many there were."""
    now = now or timezone.now()
    count = sum(purge(sha256, now) for sha256 in (*purgeable(now), *unrecorded(now)))
    if count:
        logger.info("Isi %s berkas unggahan dihapus karena masa simpannya lewat.", count)
    return count
