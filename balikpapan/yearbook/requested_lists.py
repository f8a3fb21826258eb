"""The nominative list of many IKM: asked for on a page, made by the worker, fetched from its page.

The task is its own record: who asked, for which year and which IKM; its number is that of the file.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django_tasks import TaskContext, TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from balikpapan.audit import personal_data
from balikpapan.intake import work
from balikpapan.reports import list_files

from .contents import NOMINATIVE
from .extracts import VIEW, TableRequest, may_open, write_nominative
from .forms import SelectionForm


@task(takes_context=True)
def make_list(context: TaskContext, *, user: int, year: int, choice: dict[str, str]) -> dict:
    """Writes the list for a user, as far as that user may see it when it is made.

    Returns how many IKM it holds and whether their personal data are legible in it.
    """
    asker = get_user_model().objects.get(pk=user)
    if not (asker.has_perm(VIEW) and may_open(asker, NOMINATIVE)):
        raise PermissionDenied
    personal = asker.has_perm(personal_data.EXPORT)
    request = TableRequest(NOMINATIVE, year, SelectionForm(choice, year=year).selection)
    with list_files.written(UUID(str(context.task_result.id))) as stream:
        count = write_nominative(request, stream, personal=personal)
    return {"count": count, "personal": personal}


def ask_for(user, year: int, choice: dict[str, str]) -> UUID:
    """The number of the task that makes this list; one not yet finished is not begun anew."""
    asked: dict[str, Any] = {"user": user.pk, "year": year, "choice": choice}
    for waiting in _tasks().exclude(status__in=_ENDED):
        if waiting.args_kwargs["kwargs"] == asked and not is_lost(waiting):
            return waiting.pk
    return UUID(str(make_list.enqueue(**asked).id))


_ENDED = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)


def _tasks():
    return DBTaskResult.objects.filter(task_path=make_list.module_path)


def is_lost(asked: DBTaskResult) -> bool:
    """Whether the worker that had begun is no more; the next one will close the task."""
    return bool(asked.worker_ids) and work.has_ended(asked.worker_ids[-1])


@dataclass(frozen=True, slots=True)
class RequestedList:
    """A list somebody asked for, as its page shows it; ``count`` is 0 until it is made."""

    task: UUID
    year: int
    choice: dict[str, str]
    is_waiting: bool
    is_working: bool
    has_failed: bool
    count: int
    is_personal: bool

    @property
    def is_there(self) -> bool:
        """Whether the file can be fetched; after a day it is gone."""
        return self.is_made and list_files.path_of(self.task).exists()

    @property
    def is_made(self) -> bool:
        return not (self.is_waiting or self.is_working or self.has_failed)

    @property
    def needs_worker(self) -> bool:
        """Whether it waits though no worker runs."""
        return self.is_waiting and not work.worker_runs()


def requested_list(user, task_id: UUID) -> RequestedList | None:
    """The list of this number where this very user asked for it; None otherwise."""
    asked = _tasks().filter(pk=task_id).first()
    if asked is None or asked.args_kwargs["kwargs"]["user"] != user.pk:
        return None
    stated, result = asked.args_kwargs["kwargs"], asked.return_value or {}
    lost = asked.status == TaskResultStatus.RUNNING and is_lost(asked)
    return RequestedList(
        task=asked.pk,
        year=stated["year"],
        choice=stated["choice"],
        is_waiting=asked.status == TaskResultStatus.READY,
        is_working=asked.status == TaskResultStatus.RUNNING and not lost,
        has_failed=lost or asked.status == TaskResultStatus.FAILED,
        count=result.get("count", 0),
        is_personal=result.get("personal", False),
    )
