"""Destroying what is personal about one person: asked by one, done by another, and never undone.

What counts stays: the business, its figures and its place. Lists that wait to be fetched go all
together, for they can be made again. A log beside the data folder's backups
names what was destroyed by numbers alone; after a restore it is read again, so that an old backup
brings nobody back.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from balikpapan.audit.erasure import erase
from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from balikpapan.intake import storage
from balikpapan.intake.models import Upload
from balikpapan.intake.retention import OPEN
from balikpapan.reports import list_files
from balikpapan.spreadsheets.cells import mask_value
from balikpapan.spreadsheets.cells.masking import mask_long_ids

from .mentions import TAIL, Masking, Mention, erased_fields, mask_mentions
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
        mentions=[mention.line for mention in dossier.mentions],
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
        emptied = empty(Content.of(destruction), by=by)
        emptied.counts["lists"] = list_files.destroy_all()
        destruction.counts, destruction.remaining = emptied.counts, emptied.remaining
        Destruction.objects.filter(pk=destruction.pk).update(
            counts=emptied.counts, remaining=emptied.remaining
        )
    for sha256 in destruction.files:
        storage.forget(sha256)
    # Once more: a list begun before the commit has read what is gone only since then.
    list_files.destroy_all()
    return emptied.counts


# What goes


@dataclass(frozen=True)
class Content:
    """What one destruction is about, by numbers alone, as the minutes and the log have it.

    ``tail`` is how the NIK ends, by which it is told from other numbers of one text.
    """

    records: Mapping[str, list[int]]
    files: list[str]
    mentions: list[list]
    tail: str

    @classmethod
    def of(cls, destruction):
        """What the minutes say."""
        tail = destruction.hint[-TAIL:]
        return cls(destruction.records, destruction.files, destruction.mentions, tail)

    @classmethod
    def of_line(cls, line):
        """What a line of the log says; an older one knows of no mentions."""
        mentions, tail = line.get("mentions", []), line.get("tail", "")
        return cls(line["records"], line["files"], mentions, tail)


@dataclass
class Emptied:
    """How much was emptied, and [where, why] of each place that could not be."""

    counts: dict[str, int]
    remaining: list[list[str]]


def empty(content: Content, *, by) -> Emptied:
    """Empties the personal fields of the records, their trail, the mentions and the uploads.

    What a closed year or another rule keeps from being written is left and named.
    """
    emptied = Emptied({"records": 0, "changes": 0, "files": 0, "mentions": 0}, [])
    for label, numbers in content.records.items():
        model = apps.get_model(label)
        for record in model._base_manager.filter(pk__in=numbers):
            _empty_record(record, emptied, by)
    masking = _mask(content, by)
    emptied.counts["mentions"] = masking.texts
    emptied.counts["changes"] += masking.changes
    emptied.remaining += masking.remaining
    for sha256 in content.files:
        emptied.counts["files"] += _empty_uploads(sha256)
    return emptied


def _empty_record(record, emptied, by):
    names = erased_fields(type(record))
    for name in names:
        column = record._meta.get_field(name)
        setattr(record, name, None if column.null else "")
    try:
        with transaction.atomic():
            change = store(record, by=by, channel=Change.Channel.COMMAND, reason=REASON)
            changes = _erase_trail(record, names, by)
    except ValidationError as refusal:
        where = Mention(record._meta.label_lower, record.pk, names[0])
        emptied.remaining.append([str(where), " ".join(refusal.messages)])
    else:
        emptied.counts["records"] += change is not None
        emptied.counts["changes"] += changes


def _erase_trail(record, names, by):
    changes = Change.objects.of(record)
    return erase(changes, set(names), by=by, channel=Change.Channel.COMMAND, reason=REASON)


def _mask(content, by) -> Masking:
    mentions = [Mention(*line) for line in content.mentions]
    details = {"by": by, "channel": Change.Channel.COMMAND, "reason": REASON}
    return mask_mentions(mentions, content.tail, **details)


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
        "mentions": destruction.mentions,
        "tail": Content.of(destruction).tail,
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
    emptied = empty(Content.of_line(line), by=None)
    # Cut short at the time, it is done only now; of an older backup nobody knows of it.
    Destruction.objects.filter(pk=line["number"], done_at=None, files=line["files"]).update(
        done_at=timezone.now(), done_by=line["by"], counts=emptied.counts
    )
    return any(emptied.counts.values())


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
