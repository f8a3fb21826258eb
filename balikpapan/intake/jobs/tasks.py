"""What the worker does for one upload."""

import time
from contextlib import suppress
from itertools import chain, repeat

from django.db import InterfaceError, OperationalError, connection
from django_tasks import task

from balikpapan.errors import outage

from .. import work as working
from ..answers import Answers
from ..models import Work
from ..uploads import CHANGED_MEANWHILE, PlanChanged, answer, confirm


@task()
def plan_upload(work_id: int) -> None:
    """Reads and plans the file of an upload."""
    _carry_out(work_id, _plan)


@task()
def store_upload(work_id: int) -> None:
    """Stores the previewed plan of an upload."""
    _carry_out(work_id, _store)


def _carry_out(work_id, act):
    work = _insisting(lambda: _take(work_id))
    if work is None:
        return
    try:
        act(work)
    except working.Cancelled:
        return
    except BaseException as failure:
        reason = working.FAILED if outage(failure) is None else working.OUTAGE
        _insisting(lambda: working.abandon(work, reason))
        raise


def _take(work_id):
    work = Work.objects.select_related("upload__by", "by").filter(pk=work_id).first()
    return work if work and working.start(work) else None


def _insisting(act):
    """Does it as soon as the database answers; until then a worker has nothing else to do."""
    waits = chain((0, 1, 5), repeat(20))
    while True:
        time.sleep(next(waits))
        with suppress(OperationalError, InterfaceError):
            return act()
        connection.close()  # a lost one is never found again


def _plan(work):
    upload = work.upload
    answer(upload, Answers.from_json(work.answers), upload.by, work)


def _store(work):
    upload = work.upload
    try:
        confirm(upload, work.by, work=work)
    except PlanChanged:
        # The fresh preview carries the reason, for nobody waits here to be told.
        type(upload).objects.filter(pk=upload.pk, status=upload.Status.PLANNED).update(
            reason=CHANGED_MEANWHILE
        )
