"""The history of what no form brings back: accounts, uploads, editions, closed years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse

from .history import history_entry
from .masked_columns import for_reading
from .models import Change, Record

#: So many acts stand on one page.
SHOWN = 50
PAGE = "hal"


@dataclass(frozen=True, slots=True)
class Act:
    """One act: when, by whom, through which channel, what was done, and why."""

    at: datetime
    by: Any
    action: str
    contents: str = ""
    channel: str = ""
    reason: str = ""


def act_of(change: Change, contents: str = "") -> Act:
    """A change of the trail as an act."""
    return Act(
        change.at,
        change.by,
        change.get_action_display(),
        contents,
        change.get_channel_display(),
        change.reason,
    )


def acts_in_trail(record: Any, user: Any) -> list[Act]:
    """What the trail says of a record, newest first, as this user may read it."""
    changes = Change.objects.filter(model=record._meta.label_lower, record=record.pk)
    changes = changes.select_related("by").order_by("-pk")
    if not isinstance(record, Record):
        return [act_of(change) for change in changes]
    return [act_of(change, _words(history_entry(change, type(record), user))) for change in changes]


def _words(entry) -> str:
    return "; ".join(f"{line['label']}: {line['old']} → {line['new']}" for line in entry["lines"])


def acts_view(admin, request, object_id, extra_context=None):
    """The page that takes the place of Django's own history, whose log nobody here writes.

    Whoever may see the record reads it; there is nothing on it to bring back.
    """
    record = admin.get_object(request, object_id)
    if record is None:
        return admin._get_obj_does_not_exist_redirect(request, admin.opts, object_id)
    if not admin.has_view_or_change_permission(request, record):
        raise PermissionDenied
    return acts_page(admin, request, record, admin.acts_of(record, request.user), extra_context)


def acts_page(admin, request, record, acts: Sequence[Act], extra_context=None):
    """The acts on a record, newest first, for somebody who may see it."""
    for_reading([record], request.user, steps=2)
    context = {
        **admin.admin_site.each_context(request),
        "title": f"Riwayat: {record}",
        "object": record,
        "opts": admin.opts,
        "page": Paginator(acts, SHOWN).get_page(request.GET.get(PAGE)),
        **(extra_context or {}),
    }
    return TemplateResponse(request, "audit/acts.html", context)
