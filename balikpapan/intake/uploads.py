"""What happens to a file from the moment it is handed in: kept, planned, stored once."""

from contextlib import suppress
from functools import partial

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.formats import date_format

from balikpapan.audit.models import Change
from balikpapan.errors import outage
from balikpapan.spreadsheets.cells import Finding
from balikpapan.spreadsheets.cells.masking import mask_long_ids

from . import storage, work, working_file
from .answers import Answers
from .confirmation import OVERTAKEN, Confirmation, PlanChanged, standing
from .memory import rare_collections
from .models import StateChanged, Upload
from .pipeline import Outcome, examine, make_plan, quiet
from .problems import WHOLE_FILE, Problems
from .questions import given_answers, without_effect
from .resources import REGISTERS

Status = Upload.Status


def receive(
    register, content, file_name, answers: Answers, user=None, problems: Problems | None = None
) -> tuple[Upload, Outcome]:
    """Keeps the file, plans it and records the upload; nothing of the register is written.

    Where the reading breaks off, the upload says so and can be tried again.
    """
    upload = keep(register, content, file_name, user)
    try:
        return upload, _work_out(upload, lambda: content, answers, user, problems=problems)
    except Exception as failure:
        reason = Upload.Reason.FAILED if outage(failure) is None else Upload.Reason.OUTAGE
        # A database that has just failed may not answer; what matters is that failure.
        with suppress(DatabaseError, StateChanged):
            upload.change_state(status=Status.REFUSED, reason_code=reason, reason=reason.label)
        raise


def keep(register, content, file_name, user=None) -> Upload:
    """Keeps the file and opens its record; a NIK in its name is masked before anybody reads it."""
    sha256 = storage.keep_original(content)
    try:
        return Upload.objects.create(
            register=register,
            file_name=mask_long_ids(shortened(file_name)),
            sha256=sha256,
            size=len(content),
            by=user,
            status=Status.NEEDS_ANSWER,
        )
    except Exception:
        # Where the database does not answer, ``purge_uploads`` deletes the bytes another day.
        with suppress(DatabaseError):
            if not Upload.objects.filter(sha256=sha256).exists():
                storage.forget(sha256)
        raise


def answer(upload: Upload, answers: Answers, user=None, job=None) -> Outcome:
    """Plans the kept file again with the user's answers.

    ``job`` is the worker's, where it does it. Raises StateChanged where the upload was changed
    meanwhile: stored, say, or answered in another tab.
    """
    if not storage.is_whole(upload.sha256):
        gone = Upload.Reason.FILE_GONE
        _change_state(upload, job, status=Status.REFUSED, reason_code=gone, reason=gone.label)
        return Outcome(upload.register, upload.file_name, Status.REFUSED, gone.label, gone)
    read = partial(storage.original, upload.sha256)
    return _work_out(upload, read, answers, user, job)


def _work_out(upload, read, answers, user, job=None, problems=None):
    tell = partial(work.say, job) if job else quiet
    before = standing(REGISTERS[upload.register](), user, Change.objects.newest())
    given = given_answers(answers)
    outcome = examine(upload.register, read(), upload.file_name, answers, tell, problems)
    storage.keep_samples(upload, outcome.samples)
    _notice_repetition(upload, outcome)
    tell("Membandingkan dengan data tersimpan")
    make_plan(outcome, answers, user)
    _name_unused(outcome, given, answers)
    working_sha256, former = "", upload.working_sha256
    if outcome.plan:
        tell("Menyiapkan pratinjau")
        before = before if outcome.plan.repeatable else None
        working_sha256 = working_file.keep_cells(
            upload, outcome.rows, outcome.plan, outcome.problems, before
        )
    try:
        _record(upload, outcome, answers, working_sha256, job)
    except BaseException:  # somebody was first, and his plan counts
        if working_sha256:
            working_file.drop(upload, working_sha256)
        raise
    working_file.drop(upload, former)
    return outcome


@transaction.atomic
def _change_state(upload, job, **values):
    """Keeps the outcome, unless the work on it was cancelled or given up meanwhile."""
    if job:
        work.finish(job)
    upload.change_state(**values)


def _notice_repetition(upload, outcome):
    """A file handed in before, byte for byte, is named with who and when."""
    earlier = (
        Upload.objects.filter(sha256=upload.sha256, register=upload.register, status=Status.STORED)
        .exclude(pk=upload.pk)
        .select_related("by")
        .first()
    )
    if earlier:
        who = earlier.by.get_username() if earlier.by else "perintah"
        when = timezone.localtime(earlier.stored_at)
        message = (
            f"Berkas ini sudah diunggah oleh {who} pada {date_format(when, 'DATETIME_FORMAT')}."
        )
        outcome.problems.add(Finding("warning", "same_file", message), WHOLE_FILE)


def _name_unused(outcome, given, answers):
    """An answer that decided nothing is named, so that nobody takes it for obeyed."""
    if outcome.status != Status.PLANNED:
        return
    for sentence in without_effect(given, answers, outcome):
        outcome.problems.add(Finding("warning", "unused_answer", sentence), WHOLE_FILE)


def _record(upload, outcome, answers, working_sha256, job):
    _change_state(
        upload,
        job,
        status=outcome.status,
        reason_code=outcome.reason_code,
        reason=outcome.reason[:1000],
        other_register=outcome.other_register,
        answers=answers.as_json(),
        sheets=outcome.sheets_json(),
        questions=[q.as_json() | {"columns": list(q.columns)} for q in outcome.questions],
        counts=outcome.counts,
        problem_counts=dict(outcome.problems.counts),
        fingerprint=outcome.plan.fingerprint if outcome.plan else "",
        working_sha256=working_sha256,
        headings=outcome.headings,
    )


@rare_collections()
def confirm(upload: Upload, user=None, channel=Change.Channel.UPLOAD, job=None) -> Upload:
    """Stores the previewed plan once, in one transaction.

    Pressed again it returns the upload with the first result. Raises PlanChanged where the plan
    is another one on the register as it is now: nothing is stored and a fresh preview is ready.
    ``job`` is the worker's, where it does it.
    """
    waiting = Status.WORKING if job else Status.PLANNED
    if upload.status != waiting:
        return upload
    # With four eyes another person confirms what the uploader's rights allow.
    owner = upload.by or user
    answers = Answers.from_json(upload.answers)
    try:
        # Bytes that are gone or altered since the preview prove nothing.
        if not storage.is_whole(upload.sha256):
            raise PlanChanged
        Confirmation(upload, answers, owner, user, channel, job).run()
    except (StateChanged, PlanChanged, working_file.WorkingFileBroken, *OVERTAKEN) as failure:
        read = upload.revision
        upload.refresh_from_db()
        if upload.status == Status.STORED:  # by another press, which was first
            return upload
        if upload.revision == read:
            # Where only the working file is broken, the original is whole and is read once more.
            with suppress(StateChanged):  # another tab makes a fresh preview by itself
                answer(upload, answers, owner, job)
        raise PlanChanged from failure
    return upload


def shortened(file_name: str) -> str:
    """A file's own name without folders, at most 200 characters."""
    name = file_name.replace("\\", "/").rpartition("/")[2].replace("\x00", "")
    return name if len(name) <= 200 else f"{name[:150]}…{name[-40:]}"


def discard(upload: Upload, reason: Upload.Reason, sentence: str = "") -> None:
    """A plan nobody may store any more; the file and what was found in it stay on record.

    ``sentence`` says more than the reason's own where there is more to say.

    Raises StateChanged where it is stored already, or planned anew.
    """
    if upload.status == Status.PLANNED:
        upload.change_state(
            status=Status.REFUSED, reason_code=reason, reason=(sentence or reason.label)[:1000]
        )
