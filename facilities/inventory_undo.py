"""Taking the results of an inventory back as one act: what finishing wrote, and what was tapped."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change
from balikpapan.audit.reversal import Reversal, plan_reversal, revert
from balikpapan.audit.store import store

from .models import Asset, ConditionCheck, InventoryEntry, InventorySession

#: Who may archive results takes back those of others too.
OVERSEE = "facilities.delete_inventoryentry"
UNDO_REASON = "Pembatalan hasil inventarisasi"


class UndoScope(StrEnum):
    """How much of a session is taken back."""

    FINISHING = "finishing"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class SessionChanges:
    """What one person may take back of a session: changes of the register, and of what was tapped."""

    finishing: QuerySet
    entries: QuerySet

    def of(self, scope: UndoScope) -> QuerySet:
        """The changes that a scope takes back."""
        return self.finishing if scope is UndoScope.FINISHING else self.finishing | self.entries

    @property
    def scopes(self) -> list[UndoScope]:
        """The scopes in which there is something to take back."""
        some = [UndoScope.FINISHING] if self.finishing.exists() else []
        return [*some, UndoScope.EVERYTHING] if some or self.entries.exists() else []


def session_changes(session: InventorySession, user) -> SessionChanges:
    """The changes of a session that the user made, or of everybody for whoever may archive them."""
    allowed = Q() if user.has_perm(OVERSEE) else Q(by=user.pk)
    changes = Change.objects.filter(allowed)
    end = finishing_change(session)
    written = Q(link=end.link) & _of_session(session) if end else Q(pk=None)
    tapped = session.entries.filter(archived_at=None).values("pk")
    return SessionChanges(
        finishing=changes.filter(written),
        entries=changes.filter(model=InventoryEntry._meta.label_lower, record__in=tapped),
    )


def _of_session(session) -> Q:
    """Changes of the session, of what it counted, and of the checks of its day."""
    assets = session.entries.values("asset")
    checks = ConditionCheck.objects.filter(checked_on=session.held_on, asset__in=assets)
    return (
        Q(model=label_of(session), record=session.pk)
        | Q(model=Asset._meta.label_lower, record__in=assets)
        | Q(model=ConditionCheck._meta.label_lower, record__in=checks.values("pk"))
    )


def finishing_change(session: InventorySession) -> Change | None:
    """The change that finished a session, last of what finishing wrote; None while it is open.

    A session that was recorded as finished has none, because nothing was written by finishing it.
    """
    if session.finished_on is None:
        return None
    ends = Change.objects.filter(
        model=label_of(session),
        record=session.pk,
        action=Change.Action.CHANGED,
        after__has_key="finished_on",
    )
    return ends.order_by("-pk").first()


def label_of(session: InventorySession) -> str:
    """How the trail names the model of a session."""
    return session._meta.label_lower


def plan_undo(session: InventorySession, scope: UndoScope, user) -> Reversal:
    """What taking back would restore, archive and leave; the session itself is reopened besides."""
    changes = session_changes(session, user).of(scope)
    return plan_reversal(changes.exclude(model=label_of(session)))


@trail_transaction()
def undo_session(session: InventorySession, scope: UndoScope, *, by) -> Reversal:
    """Takes the results back and opens the session again; what was edited since is left.

    Raises StaleRecord where somebody has changed a record since it was looked at.
    """
    reversal = plan_undo(session, scope, by)
    was_finished = session_changes(session, by).finishing.exists()
    revert(reversal, by=by, reason=UNDO_REASON)
    if was_finished:
        session.finished_on = None
        store(session, by=by, channel=Change.Channel.FORM, reason=UNDO_REASON)
    return reversal
