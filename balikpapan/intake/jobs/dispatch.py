"""Handing in, answering and storing from the pages: at once, or by the worker where it is much."""

from django.conf import settings

from balikpapan.spreadsheets.opening.row_estimate import estimated_rows

from .. import storage, undo, uploads, work
from ..answers import Answers
from ..models import StateChanged, Upload, Work
from .tasks import plan_upload, store_upload, undo_upload

#: Undoing more rows than this is the worker's.
UNDO_ROWS = 5_000


def receive(register, content, file_name, answers: Answers, user) -> Upload:
    """Keeps the file and plans it; a large one is planned behind the page."""
    if estimated_rows(content) <= settings.UPLOAD_BACKGROUND_ROWS:
        return uploads.receive(register, content, file_name, answers, user)[0]
    upload = uploads.keep(register, content, file_name, user)
    _plan_later(upload, answers, user)
    return upload


def answer(upload: Upload, answers: Answers, user) -> None:
    """Plans the kept file again with the user's answers; raises StateChanged as ``uploads`` does."""
    if is_large(upload):
        _plan_later(upload, answers, user)
    else:
        uploads.answer(upload, answers, user)


def confirm(upload: Upload, user) -> None:
    """Stores the previewed plan once; raises PlanChanged where that is known at once."""
    if not is_large(upload):
        uploads.confirm(upload, user)
    elif upload.status == Upload.Status.PLANNED and (
        job := work.begin(upload, Work.Task.STORE, by=user)
    ):
        store_upload.enqueue(job.pk)
    upload.refresh_from_db()


def reverse_upload(upload: Upload, user) -> None:
    """Undoes an upload as far as it can be; raises NotUndone where that is known at once."""
    written = upload.counts.get("new", 0) + upload.counts.get("changed", 0)
    if written <= UNDO_ROWS:
        undo.undo(upload, by=user)
        return
    if not undo.is_undoable(upload) or not (job := work.begin(upload, Work.Task.UNDO, by=user)):
        raise undo.NotUndone(Upload.Reason.NOT_STORED)
    undo_upload.enqueue(job.pk)
    upload.refresh_from_db()


def is_large(upload: Upload) -> bool:
    """Whether nobody should wait for this upload in front of the page."""
    rows = upload.counts.get("rows")
    if not rows:
        rows = estimated_rows(storage.original(upload.sha256) or b"")
    return rows > settings.UPLOAD_BACKGROUND_ROWS


def _plan_later(upload, answers, user):
    job = work.begin(upload, Work.Task.PLAN, by=user, answers=answers.as_json())
    if job is None:
        raise StateChanged
    plan_upload.enqueue(job.pk)
    upload.refresh_from_db()
