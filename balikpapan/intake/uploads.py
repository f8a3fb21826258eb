"""What happens to a file from the moment it is handed in: kept, planned, stored once."""

import zipfile
import zlib
from functools import partial

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from balikpapan.audit.bulk import BulkWriter, ChangeSource
from balikpapan.audit.models import Change
from balikpapan.audit.store import FrozenYear, StaleRecord
from balikpapan.spreadsheets.cells import Finding

from . import storage
from . import work as working
from .answers import Answers, by_heading, is_letter
from .memory import rare_collections
from .models import SavedMapping, Upload
from .permissions import Permissions
from .pipeline import Outcome, examine, make_plan, planner, quiet
from .planning.apply import NotAllStored, carry_out, make_ready
from .planning.plan import HELD
from .problems import Problems
from .remembered_words import remember_words
from .resources import REGISTERS

#: How long a preview may wait for its confirmation.
PREVIEW_HOURS = 24


CHANGED_MEANWHILE = (
    "Data berubah sejak pratinjau ini dibuat, jadi belum ada yang disimpan. "
    "Periksa pratinjau yang baru, lalu simpan."
)


class PlanChanged(Exception):
    """The register changed since the preview; the upload has been planned afresh."""


def receive(register, content, file_name, answers: Answers, user=None) -> tuple[Upload, Outcome]:
    """Keeps the file, plans it and records the upload; nothing of the register is written."""
    upload = keep(register, content, file_name, user)
    return upload, _work_out(upload, lambda: content, answers, user)


def keep(register, content, file_name, user=None) -> Upload:
    """Keeps the file and opens its record."""
    return Upload.objects.create(
        register=register,
        file_name=shortened(file_name),
        sha256=storage.keep_original(content),
        size=len(content),
        by=user,
        status=Upload.Status.NEEDS_ANSWER,
    )


def answer(upload: Upload, answers: Answers, user=None, work=None) -> Outcome:
    """Plans the kept file again with the user's answers; ``work`` is the worker's, if it does it."""
    if not storage.is_whole(upload.sha256):
        upload.status = Upload.Status.REFUSED
        upload.reason = "Isi berkas sudah tidak ada. Unggah berkasnya sekali lagi."
        _save(upload, work)
        return Outcome(upload.register, upload.file_name, "refused", upload.reason)
    read = partial(storage.original, upload.sha256)
    return _work_out(upload, read, answers, user, work)


def _work_out(upload, read, answers, user, work=None):
    tell = partial(working.say, work) if work else quiet
    standing = _standing(upload, user, Change.objects.newest())
    outcome = examine(upload.register, read(), upload.file_name, answers, tell)
    storage.keep_samples(upload, outcome.samples)
    _notice_repetition(upload, outcome)
    tell("Membandingkan dengan data tersimpan")
    make_plan(outcome, answers, user)
    if outcome.plan:
        tell("Menyiapkan pratinjau")
        standing = standing if outcome.plan.repeatable else None
        storage.keep_cells(upload, outcome.rows, outcome.plan, outcome.problems, standing)
    _record(upload, outcome, answers, work)
    return outcome


@transaction.atomic
def _save(upload, work):
    """Keeps the outcome, unless the work on it was cancelled or given up meanwhile."""
    if work:
        working.finish(work)
    upload.save()


def _notice_repetition(upload, outcome):
    """The same bytes again are told, with who and when."""
    earlier = (
        Upload.objects.filter(
            sha256=upload.sha256, register=upload.register, status=Upload.Status.STORED
        )
        .exclude(pk=upload.pk)
        .select_related("by")
        .first()
    )
    if earlier:
        who = earlier.by.get_username() if earlier.by else "perintah"
        when = timezone.localtime(earlier.stored_at)
        message = f"Berkas ini sudah diunggah oleh {who} pada {when:%d-%m-%Y %H:%M}."
        outcome.problems.add(Finding("warning", "same_file", message), sheet="semua")


def _record(upload, outcome, answers, work):
    upload.status = outcome.status
    upload.reason = outcome.reason[:1000]
    upload.answers = answers.as_json()
    upload.sheets = outcome.sheets_json()
    upload.questions = [
        q.as_json() | {"blocking": q.blocking, "columns": list(q.columns)}
        for q in outcome.questions
    ]
    upload.counts = outcome.counts
    upload.told = dict(outcome.problems.counts)
    upload.fingerprint = outcome.plan.fingerprint if outcome.plan else ""
    upload.headings = outcome.headings
    _save(upload, work)


@rare_collections()
def confirm(upload: Upload, user=None, channel=Change.Channel.UPLOAD, work=None) -> Upload:
    """Stores the previewed plan once, in one transaction.

    Pressed again it returns the upload with the first result. Raises PlanChanged where the
    register has changed since the preview: nothing is stored and a fresh preview is ready.
    ``work`` is the worker's, where it does it.
    """
    tell = partial(working.say, work) if work else quiet
    waiting = Upload.Status.WORKING if work else Upload.Status.PLANNED
    if upload.status != waiting:
        return upload
    # With four eyes another person confirms what the uploader's rights allow.
    whose = upload.by or user
    if not storage.is_whole(upload.sha256):
        # The bytes that were previewed are gone or altered, so what they say proves nothing.
        answer(upload, Answers.from_json(upload.answers), whose, work)
        raise PlanChanged
    answers = Answers.from_json(upload.answers)
    # Planned before the transaction begins, so that others can go on writing meanwhile; as long as
    # the newest change stands, so does the plan.
    state = Change.objects.newest()
    tell("Menyusun kembali rencana")
    try:
        plan = _plan_again(upload, answers, whose, state)
    except (OSError, ValueError, zipfile.BadZipFile, zlib.error) as failure:
        # Only the working file is broken, or of an earlier version; the original is whole and is read once more.
        answer(upload, answers, whose, work)
        raise PlanChanged from failure
    tell("Menyimpan semua baris sekaligus")
    resource = REGISTERS[upload.register]()
    source = ChangeSource(channel=channel, by=user.pk if user else None, upload=upload.pk)
    try:
        with BulkWriter(source) as writer:
            stands = plan.fingerprint == upload.fingerprint
            if stands:
                make_ready(writer, plan, resource)
            with transaction.atomic():
                # One statement decides which press was first.
                taken = Upload.objects.filter(
                    pk=upload.pk, status=waiting, sha256=upload.sha256
                ).update(status=Upload.Status.STORED)
                if not taken:
                    upload.refresh_from_db()
                    return upload
                if work:
                    working.finish(work)
                _one_at_a_time()
                if not stands or state != Change.objects.newest():
                    raise PlanChanged
                upload.status = Upload.Status.STORED
                upload.counts = plan.counts
                upload.result = carry_out(writer, plan, resource)
                upload.stored_at, upload.stored_by = timezone.now(), user
                upload.save()
                _remember_mapping(upload, answers, user)
                remember_words(upload.register, answers, by=user, channel=channel)
    except (PlanChanged, StaleRecord, FrozenYear, IntegrityError, NotAllStored) as failure:
        upload.refresh_from_db()
        answer(upload, answers, whose, work)
        raise PlanChanged from failure
    return upload


def _plan_again(upload, answers, user, state):
    """The plan of the kept cells; where nothing has changed, without matching every row again."""
    with storage.KeptCells(upload) as kept:
        rows = kept.rows()
        stands = kept.frame["standing"] and kept.frame["standing"] == _standing(upload, user, state)
        matches, actions = (kept.matches(), kept.actions()) if stands else (None, [])
    work = planner(upload.register, rows, answers, Problems(), user)
    if matches is None:
        return work.plan()
    rows.held = {index for index, action in enumerate(actions) if action == HELD}
    return work.plan_again(matches, actions)


def _standing(upload, user, state):
    """What a plan depends on besides its cells: the register and the user's rights.

    None while another session is writing: what it commits may carry a lower number than the last
    change seen, so that number would not betray it.
    """
    if not Change.objects.is_settled():
        return None
    return [state, *Permissions.of(REGISTERS[upload.register](), user).as_json()]


def _one_at_a_time():
    """Two confirmations never overlap; SQLite's write lock does the same by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(6471)")


def _remember_mapping(upload, answers, user):
    if not upload.headings:
        return
    headings = {c["heading"] for sheet in upload.sheets if sheet["read"] for c in sheet["columns"]}
    letters = {name: field for name, field in answers.mapping.items() if name not in headings}
    mapping = {**answers.mapping, **by_heading(letters, upload.sheets)}
    mapping = {name: f for name, f in mapping.items() if name in headings or not is_letter(name)}
    if mapping:
        SavedMapping.objects.update_or_create(
            register=upload.register,
            headings=upload.headings,
            defaults={"mapping": mapping, "by": user},
        )


def shortened(file_name: str) -> str:
    """A file's own name without folders, at most 200 characters."""
    name = file_name.replace("\\", "/").rpartition("/")[2].replace("\x00", "")
    return name if len(name) <= 200 else f"{name[:150]}…{name[-40:]}"


def discard(upload: Upload, reason: str) -> None:
    """A plan nobody may store any more; the file and what was found in it stay on record."""
    Upload.objects.filter(pk=upload.pk, status=Upload.Status.PLANNED).update(
        status=Upload.Status.REFUSED, reason=reason
    )
    upload.refresh_from_db()
