"""Destroying what is personal about one person: asked by one, done by another, and never undone.

What counts stays: the business, its figures and its place. Lists that wait to be fetched go all
together, for they can be made again. A log beside the data folder's backups
names what was destroyed by numbers alone; after a restore it is read again, so that an old backup
brings nobody back.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from balikpapan.audit.erasure import erase
from balikpapan.audit.models import Change, Record
from balikpapan.audit.store import store
from balikpapan.intake import storage
from balikpapan.intake.models import Upload
from balikpapan.intake.retention import OPEN
from balikpapan.reports import list_files
from balikpapan.spreadsheets.cells import mask_value
from balikpapan.spreadsheets.cells.masking import mask_long_ids

from .models import Destruction, SubjectRequest
from .subject import Dossier, dossier_of

ASK, APPROVE = "privacy.ask_destruction", "privacy.approve_destruction"
REASON = "pemusnahan data pribadi"
DONE = "Pemusnahan ini sudah dilakukan."


def log_file() -> Path:
    """The log of destructions; it lies in the data folder and in no backup.

    A demonstration has one of its own: the numbers of its records are other people's.
    """
    return settings.DATA_DIR / ("demo-pemusnahan.jsonl" if settings.DEMO else "pemusnahan.jsonl")


# Two persons


@transaction.atomic
def ask(nik: str, *, by, reason: str, request: SubjectRequest | None = None) -> Destruction:
    """The first person's part: what is to be destroyed is found and written down by number.

    ``request`` is the person's own, which then names these minutes.
    """
    if not by.has_perm(ASK):
        raise ValidationError("Akun ini tidak berhak mengajukan pemusnahan data pribadi.")
    if not reason.strip():
        raise ValidationError("Isi alasan pemusnahan, misalnya nomor suratnya.")
    dossier = dossier_of(nik)
    if dossier.is_empty:
        raise ValidationError("Tidak ada apa pun tentang NIK itu, jadi tidak ada yang dimusnahkan.")
    destruction = Destruction.objects.create(
        hint=mask_value("nik", nik),
        records=dossier.keys,
        files=files_of(dossier),
        reason=reason.strip()[:200],
        asked_by=by,
    )
    if request is not None:
        request.destruction = destruction
        store(request, by=by, channel=Change.Channel.COMMAND)
    return destruction


def files_of(dossier: Dossier) -> list[str]:
    """The SHA-256 of each workbook that names the person."""
    return sorted({upload.sha256 for upload in dossier.uploads})


def approve(destruction: Destruction, *, by) -> dict[str, int]:
    """The second person's part: everything written down is destroyed; how much that was.

    Raises ValidationError where the person may not, is the one who asked, or was not the first.
    """
    if not by.has_perm(APPROVE):
        raise ValidationError("Akun ini tidak berhak menyetujui pemusnahan data pribadi.")
    if by.pk == destruction.asked_by_id:
        raise ValidationError("Yang menyetujui harus orang lain daripada yang mengajukan.")
    if Destruction.objects.filter(pk=destruction.pk).exclude(done_at=None).exists():
        raise ValidationError(DONE)
    # Before anything is gone: what is in the log is destroyed at the next start at the latest.
    _log(destruction, by)
    with transaction.atomic():
        waiting = Destruction.objects.filter(pk=destruction.pk, done_at=None)
        if not waiting.update(done_at=timezone.now(), done_by=by):
            raise ValidationError(DONE)
        counts = empty(destruction.records, destruction.files, by=by)
        counts["lists"] = list_files.destroy_all()
        Destruction.objects.filter(pk=destruction.pk).update(counts=counts)
    for sha256 in destruction.files:
        storage.forget(sha256)
    # Once more: a list begun before the commit has read what is gone only since then.
    list_files.destroy_all()
    return counts


# What goes


def empty(records: Mapping[str, list[int]], files: Iterable[str], *, by) -> dict[str, int]:
    """Empties the personal fields of these records, their trail, and what uploads say beside."""
    counts = {"records": 0, "changes": 0, "files": 0}
    for label, numbers in records.items():
        model = apps.get_model(label)
        names = erased_fields(model)
        for record in model._base_manager.filter(pk__in=numbers):
            counts["records"] += _empty_record(record, names, by)
        changes = Change.objects.filter(model=label, record__in=numbers)
        counts["changes"] += erase(
            changes, set(names), by=by, channel=Change.Channel.COMMAND, reason=REASON
        )
    for sha256 in files:
        counts["files"] += _empty_uploads(sha256)
    return counts


def erased_fields(model: type[Record]) -> list[str]:
    """What tells who a person is: the fields that are masked, and those that name or find one."""
    return [*model.personal_fields, *model.identifying_fields]


def _empty_record(record, names, by):
    for name in names:
        column = record._meta.get_field(name)
        setattr(record, name, None if column.null else "")
    return store(record, by=by, channel=Change.Channel.COMMAND, reason=REASON) is not None


def _empty_uploads(sha256):
    """Uploads keep their counts; their answers and names are rid of anything like a NIK."""
    uploads = Upload.objects.filter(Q(sha256=sha256), Q(purged_at=None) | Q(status__in=OPEN))
    for upload in uploads:
        gone = Upload.Reason.FILE_GONE
        ended = {"status": Upload.Status.REFUSED, "reason_code": gone, "reason": gone.label}
        upload.change_state(
            **(ended if upload.status in OPEN else {}),
            purged_at=timezone.now(),
            working_sha256="",
            file_name=mask_long_ids(upload.file_name),
            answers=json.loads(mask_long_ids(json.dumps(upload.answers, ensure_ascii=False))),
        )
    return len(uploads)


# The log, and after a restore


def _log(destruction, by):
    line = {
        "number": destruction.pk,
        "by": by.pk,
        "at": timezone.now().isoformat(),
        "records": destruction.records,
        "files": destruction.files,
    }
    handle = os.open(log_file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as stream:
        stream.write(json.dumps(line) + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def logged() -> Iterator[dict]:
    """The destructions of the log, oldest first; a line that broke off was never carried out."""
    try:
        lines = log_file().read_text("utf-8").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            yield json.loads(line)
        except ValueError:
            continue


@transaction.atomic
def _replay_one(line) -> bool:
    counts = empty(line["records"], line["files"], by=None)
    # Cut short at the time, it is done only now; of an older backup nobody knows of it.
    Destruction.objects.filter(pk=line["number"], done_at=None, files=line["files"]).update(
        done_at=timezone.now(), done_by=line["by"], counts=counts
    )
    return any(counts.values())


def replay() -> int:
    """Destroys again what a restored backup brought back; how many destructions that concerned."""
    concerned = 0
    for line in logged():
        is_concerned = _replay_one(line)
        for sha256 in line["files"]:
            storage.forget(sha256)
        # Older lists are past their day in any case.
        if is_concerned or datetime.fromisoformat(line["at"]) > timezone.now() - list_files.KEEP:
            list_files.destroy_all()
        concerned += is_concerned
    return concerned
