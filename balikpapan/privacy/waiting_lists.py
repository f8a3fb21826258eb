"""Lists that were made for somebody and wait to be fetched, as far as they name one person."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django_tasks_db.models import DBTaskResult

from balikpapan.reports import list_files

from .places import Place, holds_nik, places_where


@dataclass(frozen=True, slots=True)
class WaitingList:
    """One list: the number of the task that made it, when it was written, and for which account."""

    task: UUID
    at: datetime
    by: str


def lists_naming(nik: str, words: set[str]) -> dict[WaitingList, list[Place]]:
    """The waiting lists in which the NIK stands, or one of the words alone in a cell.

    A list that cannot be read any more counts as one that names the person.
    """

    def is_meant(cell):
        return cell in words or holds_nik(cell, nik)

    naming = {}
    for path in list_files.waiting():
        try:
            content, written_at = path.read_bytes(), path.stat().st_mtime
        except FileNotFoundError:  # past its day at this very moment
            continue
        places = places_where(content, path.name, is_meant)
        if places is None or places:
            task = UUID(path.stem)
            at = datetime.fromtimestamp(written_at, UTC)
            naming[WaitingList(task, at, _asked_by(task))] = places or []
    return naming


def _asked_by(task: UUID) -> str:
    made = DBTaskResult.objects.filter(pk=task).first()
    number = made.args_kwargs["kwargs"].get("user") if made else None
    account = get_user_model().objects.filter(pk=number).first()
    return account.get_username() if account else ""
