"""Destroying what is personal about one person: asked by one, done by another, and never undone.

What counts stays: the business, its figures and its place. Lists that wait to be fetched go all
together, for they can be made again. A log beside the data folder's backups
names what was destroyed by numbers alone; after a restore it is read again, so that an old backup
brings nobody back.
"""

import json
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import FileField, Model, Q
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

from .contents import Content, Item, in_words
from .mentions import TRAIL, Mention, erased_fields, mentions_of
from .models import Destruction, SubjectRequest
from .removal import Act, pictures_of, remove_mentions
from .subject import Dossier, dossier_of
from .written_nik import TAIL

ASK, APPROVE = "privacy.ask_destruction", "privacy.approve_destruction"
REASON = "pemusnahan data pribadi"
DONE = "Pemusnahan ini sudah dilakukan."
OTHER_PERSON = (
    "Pengajuan ini bukan tentang NIK itu, atau tidak ada lagi yang memuatnya. Periksa NIK-nya."
)
UNREADABLE = "Berkas asli ini tidak dapat dibaca program, jadi isinya tidak dicari."
STILL_THERE = "Masih tertulis sesudah pemusnahan. Ajukan sekali lagi, atau hapus sendiri."


class MoreSinceAskedError(ValidationError):
    """Since it was asked for, something new names the person; nothing was destroyed.

    ``items`` is what is new, the messages are the same for people to read.
    """

    def __init__(self, items: set[Item]):
        super().__init__(in_words(items))
        self.items = items


def log_file() -> Path:
    """The log of destructions; it lies in the data folder and in no backup.

    A demonstration has one of its own: the numbers of its records are other people's.
    """
    return settings.DATA_DIR / ("demo-pemusnahan.jsonl" if settings.DEMO else "pemusnahan.jsonl")


# Two persons


@transaction.atomic
def ask(nik: str, *, by, reason: str, request: SubjectRequest | None = None) -> Destruction:
    """The first person's part: what is to be destroyed is looked up and written down by number.

    ``request`` is the person's own, which then names these minutes.
    """
    if not by.has_perm(ASK):
        raise ValidationError("Akun ini tidak berhak mengajukan pemusnahan data pribadi.")
    if not reason.strip():
        raise ValidationError("Isi alasan pemusnahan, misalnya nomor suratnya.")
    dossier = dossier_of(nik)
    if dossier.is_empty:
        raise ValidationError("Tidak ada apa pun tentang NIK itu, jadi tidak ada yang dimusnahkan.")
    content = Content.of_dossier(dossier)
    destruction = Destruction.objects.create(
        hint=mask_value("nik", nik),
        records=content.records,
        files=content.files,
        mentions=content.mentions,
        reason=content.number.removed_from(reason.strip())[:200],
        asked_by=by,
    )
    if request is not None:
        request.destruction = destruction
        store(request, by=by, channel=Change.Channel.COMMAND)
    return destruction


def approve(
    destruction: Destruction, nik: str, *, by, including: Collection[Item] = ()
) -> dict[str, int]:
    """The second person's part: everything that names the person is destroyed; how much that was.

    The NIK is typed again, because the minutes do not have it, and looked up again: raises
    MoreSinceAskedError where there is more than was asked for and than ``including`` agrees to.
    Raises ValidationError where the person may not, is the one who asked, was not the first, or
    means somebody else.
    """
    if not by.has_perm(APPROVE):
        raise ValidationError("Akun ini tidak berhak menyetujui pemusnahan data pribadi.")
    if by.pk == destruction.asked_by_id:
        raise ValidationError("Yang menyetujui harus orang lain daripada yang mengajukan.")
    if Destruction.objects.filter(pk=destruction.pk).exclude(done_at=None).exists():
        raise ValidationError(DONE)
    dossier = dossier_of(nik)
    content = _content_now(destruction, dossier, including)
    destruction.records, destruction.files = content.records, content.files
    destruction.mentions = content.mentions
    # Before anything is gone: what is in the log is destroyed at the next start at the latest.
    _log(destruction, by)
    with transaction.atomic():
        waiting = Destruction.objects.filter(pk=destruction.pk, done_at=None)
        if not waiting.update(done_at=timezone.now(), done_by=by):
            raise ValidationError(DONE)
        emptied = empty(content, by=by)
        emptied.counts["lists"] = list_files.destroy_all()
        emptied.remaining += [*_unread(dossier), *_still_written(nik, emptied)]
        destruction.counts, destruction.remaining = emptied.counts, emptied.remaining
        destruction.save(
            update_fields=["records", "files", "mentions", "counts", "remaining"],
        )
    for sha256 in destruction.files:
        storage.forget(sha256)
    # Once more: a list begun before the commit has read what is gone only since then.
    list_files.destroy_all()
    return emptied.counts


def _content_now(destruction, dossier, including) -> Content:
    """What was asked for and what names the person by now."""
    asked, now = Content.of_minutes(destruction), Content.of_dossier(dossier)
    is_meant = destruction.hint == mask_value("nik", dossier.nik) and (
        asked.record_items() <= now.record_items()
        and (not asked.items() or asked.items() & now.items())
    )
    if not is_meant:
        raise ValidationError(OTHER_PERSON)
    if more := now.items() - asked.items() - set(including):
        raise MoreSinceAskedError(more)
    return now.with_items_of(asked)


def _unread(dossier: Dossier) -> list[list[str]]:
    label = Upload._meta.label_lower
    return [[str(Mention(label, upload.pk, "sha256")), UNREADABLE] for upload in dossier.unread]


def _still_written(nik, emptied) -> list[list[str]]:
    """What names the person after all, and is not among what remained."""
    named = {where for where, _ in emptied.remaining}
    left = map(str, mentions_of(nik, {}))
    return [[where, STILL_THERE] for where in left if where not in named]


# What goes


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
    act = Act(by, Change.Channel.COMMAND, REASON)
    for label, numbers in content.records.items():
        model = apps.get_model(label)
        for record in model._base_manager.filter(pk__in=numbers):
            _empty_record(record, emptied, by)
    mentions = content.all_mentions()
    removal = remove_mentions(mentions, content.number, act)
    emptied.counts["mentions"] = removal.texts
    emptied.counts["changes"] += removal.changes
    emptied.remaining += [*removal.remaining, *pictures_of(_rows(content, mentions))]
    for sha256 in content.files:
        emptied.counts["files"] += _empty_uploads(sha256)
    return emptied


def _rows(content, mentions) -> Iterator[Model]:
    """The records, and whatever mentions the person, where pictures may belong to it."""
    keys = {(label, pk) for label, numbers in content.records.items() for pk in numbers}
    keys |= {(mention.model, mention.pk) for mention in mentions if mention.model != TRAIL}
    for label, pk in sorted(keys, key=str):
        model = apps.get_model(label)
        if any(isinstance(column, FileField) for column in model._meta.concrete_fields):
            yield from model._base_manager.filter(pk=pk)


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
        "tail": destruction.hint[-TAIL:],
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
    content = Content.of_line(line)
    emptied = empty(content, by=None)
    # Cut short at the time, it is done only now; of an older backup nobody knows of it.
    waiting = Destruction.objects.filter(pk=line["number"], done_at=None).first()
    if waiting and Content.of_minutes(waiting).items() <= content.items():
        waiting.done_at, waiting.done_by_id, waiting.counts = (
            timezone.now(),
            line["by"],
            emptied.counts,
        )
        waiting.save(update_fields=["done_at", "done_by", "counts"])
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
