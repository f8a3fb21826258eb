"""What the worker does for one upload."""

from django_tasks import task

from . import working
from .answers import Answers
from .models import Work
from .uploads import CHANGED_MEANWHILE, PlanChanged, answer, confirm


@task()
def plan_upload(work_id: int) -> None:
    """Reads and plans the file of an upload."""
    _carry_out(work_id, _plan)


@task()
def store_upload(work_id: int) -> None:
    """Stores the previewed plan of an upload."""
    _carry_out(work_id, _store)


def _carry_out(work_id, act):
    work = Work.objects.select_related("upload__by", "by").filter(pk=work_id).first()
    if work is None or not working.start(work):
        return
    try:
        act(work)
    except working.Cancelled:
        return
    except BaseException:
        working.abandon(work, working.FAILED)
        raise


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
