"""Handing in, answering and storing from the pages: at once, or by the worker where it is much."""

from django.conf import settings

from balikpapan.spreadsheets.opening.row_estimate import estimated_rows

from .. import storage, uploads
from .. import work as working
from ..answers import Answers
from ..models import Upload, Work
from .tasks import plan_upload, store_upload


def receive(register, content, file_name, answers: Answers, user) -> Upload:
    """Keeps the file and plans it; a large one is planned behind the page."""
    if estimated_rows(content) <= settings.UPLOAD_BACKGROUND_ROWS:
        return uploads.receive(register, content, file_name, answers, user)[0]
    upload = uploads.keep(register, content, file_name, user)
    _plan_later(upload, answers, user)
    return upload


def answer(upload: Upload, answers: Answers, user) -> None:
    """Plans the kept file again with the user's answers."""
    if is_large(upload):
        _plan_later(upload, answers, user)
    else:
        uploads.answer(upload, answers, user)


def confirm(upload: Upload, user) -> None:
    """Stores the previewed plan once; raises PlanChanged where that is known at once."""
    if not is_large(upload):
        uploads.confirm(upload, user)
    elif upload.status == Upload.Status.PLANNED and (
        work := working.begin(upload, Work.Task.STORE, by=user)
    ):
        store_upload.enqueue(work.pk)
    upload.refresh_from_db()


def is_large(upload: Upload) -> bool:
    """Whether nobody should wait for this upload in front of the page."""
    rows = upload.counts.get("rows")
    if not rows:
        rows = estimated_rows(storage.original(upload.sha256) or b"")
    return rows > settings.UPLOAD_BACKGROUND_ROWS


def _plan_later(upload, answers, user):
    work = working.begin(upload, Work.Task.PLAN, by=user, answers=answers.as_json())
    if work:
        plan_upload.enqueue(work.pk)
    upload.refresh_from_db()
