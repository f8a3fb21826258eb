"""What is to be done, for one person: only what the person may do, each number with its list."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.urls import reverse

from balikpapan.audit.models import ClosedYear
from balikpapan.intake.models import Upload
from balikpapan.intake.permissions import may, may_view_model, viewable_registers
from balikpapan.intake.resources import REGISTERS
from balikpapan.reports.links import list_of
from industry.choices import BusinessStatus
from industry.models import Business, WorkItem
from industry.work_items import open_items, without_worker

from .data import Board, Figure


@dataclass(frozen=True)
class Asked:
    """Whose work is asked for, and the figures the person's first page has anyway."""

    user: object
    board: Board


def work_for(user, board: Board) -> list[Figure]:
    """The work that waits for this person, without what there is none of.

    A figure without a value is one act, such as closing a year.
    """
    asked = Asked(user, board)
    figures = [
        figure
        for right, ask in WORK
        if right is None or user.has_perm(right)
        for figure in ask(asked)
    ]
    return [figure for figure in figures if figure.value != 0]


def _own_items(asked: Asked) -> Iterator[Figure]:
    items = open_items(WorkItem.objects.filter(assignee=asked.user.pk), asked.board.today)
    days = list(items.values_list("due_on", flat=True))
    late = sum(day < asked.board.today for day in days)
    note = f"{late} lewat tenggat" if late else ""
    yield Figure("tugas saya", len(days), list_of(WorkItem, milik="saya", keadaan="terbuka"), note)


def _items_without_worker(asked: Asked) -> Iterator[Figure]:
    items = open_items(without_worker(WorkItem.objects.all()), asked.board.today)
    link = list_of(WorkItem, milik="tanpa", keadaan="terbuka")
    yield Figure("tugas yang petugasnya tidak dapat mengerjakannya lagi", items.count(), link)


def _own_uploads(asked: Asked) -> Iterator[Figure]:
    if not any(may(asked.user, "import", name) for name in REGISTERS):
        return
    waiting = Upload.objects.waiting().filter(by=asked.user.pk, register__in=_viewed(asked))
    status = ",".join(Upload.WAITING)
    yield Figure(
        "unggahan saya menunggu jawaban atau penyimpanan",
        waiting.count(),
        list_of(Upload, by__id__exact=asked.user.pk, status__in=status),
    )
    held = Upload.objects.with_held_rows().filter(register__in=_viewed(asked))
    yield Figure("unggahan dengan baris ditahan", held.count(), list_of(Upload, ditahan="ya"))


def _viewed(asked: Asked) -> list[str]:
    return viewable_registers(partial(may_view_model, asked.user))


def _incomplete(asked: Asked) -> Iterator[Figure]:
    if health := asked.board.health:
        count = health.total.value - health.complete.value
        yield Figure("IKM yang datanya belum lengkap", count, list_of(Business, lengkap="belum"))


def _unverified(asked: Asked) -> Iterator[Figure]:
    status = BusinessStatus.UNVERIFIED
    count = Business.objects.kept().filter(status=status).count()
    link = list_of(Business, status__exact=status.value)
    yield Figure("IKM menunggu verifikasi", count, link)


def _doubles(asked: Asked) -> Iterator[Figure]:
    if asked.board.health:
        doubles = asked.board.health.doubles
        yield Figure("IKM mungkin tercatat ganda", doubles.value, doubles.link)


def _certificates(asked: Asked) -> Iterator[Figure]:
    if asked.board.certificates:
        soon = asked.board.certificates.soon
        yield Figure(f"sertifikat {soon.label}", soon.value, soon.link)


def _upkeep(asked: Asked) -> Iterator[Figure]:
    if asked.board.upkeep:
        yield asked.board.upkeep.overdue


def _open_year(asked: Asked) -> Iterator[Figure]:
    year = asked.board.today.year - 1
    if asked.board.is_empty or ClosedYear.objects.kept().filter(year=year).exists():
        return
    address = reverse("admin:audit_closedyear_close")
    yield Figure(f"tahun {year} belum ditutup", None, f"{address}?year={year}")


#: The right a piece of work asks for, and what tells how much of it there is.
WORK: tuple[tuple[str | None, Callable[[Asked], Iterator[Figure]]], ...] = (
    ("industry.change_workitem", _own_items),
    ("industry.add_workitem", _items_without_worker),
    (None, _own_uploads),
    ("industry.change_business", _incomplete),
    ("audit.verify_records", _unverified),
    ("industry.merge_business", _doubles),
    ("industry.change_certificate", _certificates),
    ("facilities.change_maintenance", _upkeep),
    ("audit.close_year", _open_year),
)
