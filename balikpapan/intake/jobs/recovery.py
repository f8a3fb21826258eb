"""What a worker finds when it begins: tasks and work that an earlier one has left."""

from django.core.exceptions import SuspiciousOperation
from django_tasks_db.models import DBTaskResult

from .. import work
from ..models import Work
from .tasks import plan_upload, store_upload, undo_upload

TASKS = {
    Work.Task.PLAN: plan_upload,
    Work.Task.STORE: store_upload,
    Work.Task.UNDO: undo_upload,
}
PATHS = {task.module_path for task in TASKS.values()}


class WorkerEndedError(Exception):
    """The worker that had begun this task is no more."""


def recover() -> None:
    """Closes what a worker that is gone had begun; what nobody has begun is done by this one."""
    work.reap()
    waiting = set(Work.objects.filter(heartbeat_at=None).values_list("pk", flat=True))
    handed_over = set()
    for task in DBTaskResult.objects.ready() | DBTaskResult.objects.running():
        lost = task.worker_ids and work.has_ended(task.worker_ids[-1])
        # An update may have moved the function that an earlier version was to call.
        if lost or not _is_callable(task):
            # What was not begun yet is put into the queue anew below.
            task.set_failed(WorkerEndedError())
        elif task.task_path in PATHS:
            handed_over.update(task.args_kwargs["args"])
    # Killed between the two, a page leaves work behind that no task stands for.
    for job in Work.objects.filter(pk__in=waiting - handed_over):
        TASKS[job.task].enqueue(job.pk)


def _is_callable(task):
    try:
        return bool(task.task)
    except (ImportError, SuspiciousOperation):
        return False
