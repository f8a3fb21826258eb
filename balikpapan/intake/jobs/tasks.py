"""What the worker does for one upload."""

import time
from contextlib import suppress
from itertools import chain, repeat

from django.db import InterfaceError, OperationalError, connection
from django_tasks import task

from balikpapan.errors import outage

from .. import work
from ..answers import Answers
from ..confirmation import PlanChanged
from ..models import Upload, Work
from ..undo import NotUndone, undo
from ..uploads import answer, confirm


@task()
def plan_upload(work_id: int) -> None:
    """Reads and plans the file of an upload."""
    _carry_out(work_id, _plan)


@task()
def store_upload(work_id: int) -> None:
    """Stores the previewed plan of an upload."""
    _carry_out(work_id, _store)


@task()
def undo_upload(work_id: int) -> None:
    """Takes back what a stored upload wrote."""
    _carry_out(work_id, _undo)


def _carry_out(work_id, act):
    job = _insisting(lambda: _take(work_id))
    if job is None:
        return
    try:
        act(job)
    except work.Cancelled:
        return
    except BaseException as failure:
        reasons = Upload.Reason
        reason = reasons.FAILED if outage(failure) is None else reasons.OUTAGE
        _insisting(lambda: work.abandon(job, reason))
        raise


def _take(work_id):
    job = Work.objects.select_related("upload__by", "by").filter(pk=work_id).first()
    return job if job and work.start(job) else None


def _insisting(act):
    """Does it as soon as the database answers; until then a worker has nothing else to do."""
    waits = chain((0, 1, 5), repeat(20))
    while True:
        time.sleep(next(waits))
        with suppress(OperationalError, InterfaceError):
            return act()
        connection.close()  # a lost one is never found again


def _plan(job):
    upload = job.upload
    answer(upload, Answers.from_json(job.answers), upload.by, job)


def _undo(job):
    work.say(job, "Mengembalikan nilai lama")
    try:
        undo(job.upload, by=job.by, job=job)
    except NotUndone as refusal:
        # The upload is as it was, and its page says why.
        work.abandon(job, refusal.reason)


def _store(job):
    upload = job.upload
    try:
        confirm(upload, job.by, job=job)
    except PlanChanged:
        # The fresh preview carries the reason, for nobody waits here to be told.
        reason = Upload.Reason.PLAN_CHANGED
        fresh = Upload.objects.filter(pk=upload.pk, status=Upload.Status.PLANNED)
        fresh.update(reason_code=reason, reason=reason.label)
