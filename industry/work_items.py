"""Handing out work on IKM data: who may take it, what is handed out, and what is still open."""

import datetime
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change
from balikpapan.audit.store import store

from .choices import WorkReason
from .gaps import lacking_of
from .models import Business, WorkItem
from .models.business_queries import BusinessQuerySet

#: So many IKM are handed out at a time: more is no list that anybody works off.
MOST_ASSIGNED = 500


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is to be done about some IKM, who sees to it, and until when."""

    reason: WorkReason
    year: int | None
    assignee: object
    due_on: datetime.date
    notes: str = ""


def workers() -> QuerySet:
    """The accounts in use that may change IKM and so can be given work on them."""
    accounts = get_user_model().objects.with_perm(
        "industry.change_business", backend="django.contrib.auth.backends.ModelBackend"
    )
    return accounts.filter(is_staff=True).order_by("first_name", "username")


def without_worker(items: QuerySet) -> QuerySet:
    """Those of the items whose assignee has left or may no longer change IKM."""
    return items.exclude(assignee__in=workers().order_by().values("pk"))


@trail_transaction()
def assign(businesses: BusinessQuerySet, task: Assignment, *, by, today: datetime.date) -> int:
    """Hands out the work on those of the IKM that need it; returns on how many.

    Work handed out before goes to the new person with the new day. Raises ValidationError where
    a rule is broken, FrozenYear never: nothing of the register itself is changed.
    """
    items = WorkItem.objects.kept().filter(reason=task.reason, year=task.year)
    lacking = lacking_of(businesses, task.reason, task.year, today)
    # Of more than are handed out at a time, those nobody has yet come first.
    has_item = Exists(items.filter(business=OuterRef("pk")))
    chosen = list(lacking.alias(has_item=has_item).order_by("has_item", "pk")[:MOST_ASSIGNED])
    present = {item.business_id: item for item in items.filter(business__in=chosen)}
    for business in chosen:
        item = present.get(business.pk) or WorkItem(
            business=business, reason=task.reason, year=task.year
        )
        item.assignee, item.due_on = task.assignee, task.due_on
        item.notes = task.notes or item.notes
        item.done_on = None
        store(item, by=by, channel=Change.Channel.FORM)
    return len(chosen)


def with_need(items: QuerySet, today: datetime.date) -> QuerySet:
    """Each of the items with ``is_needed``: its work is not done and the data still lack."""
    kinds = items.order_by().values_list("reason", "year").distinct()
    conditions = [
        When(
            Q(
                reason=reason,
                year=year,
                business__in=lacking_of(Business.objects.all(), reason, year, today).values("pk"),
            ),
            then=Value(True),
        )
        for reason, year in kinds
    ]
    need = Case(
        When(Q(done_on__isnull=False) | Q(archived_at__isnull=False), then=Value(False)),
        *conditions,
        default=Value(False),
        output_field=BooleanField(),
    )
    return items.annotate(is_needed=need)


def open_items(items: QuerySet, today: datetime.date) -> QuerySet:
    """Those of the items on which somebody still has to work."""
    return with_need(items.filter(archived_at=None, done_on=None), today).filter(is_needed=True)
