"""One value given to many IKM at once: looked at first, then written in one transaction."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.constraints import NotJudged, judge, plain_values
from balikpapan.audit.models import Change
from balikpapan.audit.reversal import Reversal, plan_reversal, revert
from balikpapan.audit.store import StaleRecord, store

from .models import Business
from .verifying import OWN_FIGURES, VERIFIED_FIELDS, VERIFY, is_own, last_entered_by

#: So many are changed at a time, each by the one way a record is written.
MOST_EDITED = 500
UNDO_REASON = "pembatalan perubahan sekaligus"


class Refusal(Enum):
    """Why an IKM is left as it is, where no rule of its record says so itself."""

    ARCHIVED = "diarsipkan"
    CHANGED = "diubah orang sejak daftar itu dibuka; buka lagi daftarnya"
    NOT_VERIFIER = "statusnya hanya diubah oleh yang berhak memverifikasi"


@dataclass(slots=True)
class BulkPlan:
    """What becomes of the IKM chosen: which change, which are so already, which are left and why."""

    changing: list[Business] = field(default_factory=list)
    same: list[Business] = field(default_factory=list)
    refused: list[tuple[Business, str]] = field(default_factory=list)


def plan_bulk_edit(versions: Mapping[int, int], values: Mapping[str, object], user) -> BulkPlan:
    """Sorts the IKM of ``versions`` (key -> the version their list showed) by what would happen.

    ``values`` maps attributes (``group_id``) to what they are to hold. Those that change hold it
    already; nothing is stored. The database is asked as often for many as for one.
    """
    plan = BulkPlan()
    records = Business.objects.filter(pk__in=versions).order_by("name", "pk")
    asks_status = bool(VERIFIED_FIELDS.intersection(values))
    accounts = last_entered_by(versions) if asks_status else {}
    for record in records.select_related("kelurahan"):
        changed = _changed_by(record, values)
        refusal = _refusal(record, versions[record.pk], changed, accounts, user)
        if not refusal and changed:
            before = {name: getattr(record, name) for name in changed}
            for name in changed:
                setattr(record, name, values[name])
            if refusal := _broken_rule(record, changed):
                for name, value in before.items():
                    setattr(record, name, value)
        if refusal:
            plan.refused.append((record, refusal))
        else:
            (plan.changing if changed else plan.same).append(record)
    return plan


def _changed_by(record, values) -> list[str]:
    """The attributes that would hold something else; a closing year on record is not replaced."""
    changed = [name for name, value in values.items() if getattr(record, name) != value]
    return [name for name in changed if name != "closed_year" or record.closed_year is None]


def _refusal(record, version, changed, accounts, user) -> str:
    """Why this record may not be changed now; blank where it may."""
    touches_status = bool(VERIFIED_FIELDS.intersection(changed))
    rules = (
        (Refusal.ARCHIVED.value, record.archived_at is not None),
        (Refusal.CHANGED.value, record.version != version),
        (Refusal.NOT_VERIFIER.value, touches_status and not user.has_perm(VERIFY)),
        (OWN_FIGURES, touches_status and is_own(changed, accounts.get(record.pk), user)),
    )
    return next((sentence for sentence, applies in rules if applies), "")


def _broken_rule(record, changed) -> str:
    """The rule of the record that its new values break, told without asking the database."""
    values = plain_values(record)
    for names, condition, message in Business.cross_checks():
        with suppress(NotJudged):  # storing will tell
            if names.intersection(changed) and judge(condition, values) is False:
                return str(message)
    return next((str(message) for _, message in Business.all_faults(values)), "")


@trail_transaction()
def apply_bulk_edit(records: Iterable[Business], *, by) -> list[Change]:
    """Stores the records of a plan that change, all or none; returns their changes, of one link.

    Raises ValidationError where a rule is broken, StaleRecord where somebody was first.
    """
    changes = []
    for record in records:
        try:
            changes.append(store(record, by=by, channel=Change.Channel.BULK))
        except StaleRecord:
            raise
        except ValidationError as refusal:
            raise ValidationError(f"{record}: {' '.join(refusal.messages)}") from refusal
    return [change for change in changes if change is not None]


def changes_of(link: int, user) -> QuerySet:
    """What one bulk edit changed, for whoever made it or checks what others do; else nothing."""
    changes = Change.objects.filter(
        link=link, model=Business._meta.label_lower, channel=Change.Channel.BULK
    )
    if user.has_perm(VERIFY):
        return changes
    return changes.filter(by=user.pk).exclude(after__has_key="status")


@trail_transaction()
def undo_bulk_edit(changes: QuerySet, *, by) -> Reversal:
    """Takes a bulk edit back; what was edited since is left. Raises StaleRecord as ``revert`` does."""
    reversal = plan_reversal(changes)
    revert(reversal, by=by, reason=UNDO_REASON)
    return reversal
