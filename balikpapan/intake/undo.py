"""Undoing a finished import: the reversal of everything that one upload wrote."""

from django.db import IntegrityError
from django.utils import timezone

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change
from balikpapan.audit.reversal import Reversal, plan_reversal, revert
from balikpapan.audit.reversal_preview import ReversalPreview, preview_reversal
from balikpapan.audit.store import FrozenYear, StaleRecord

from . import work
from .models import StateChanged, Upload, Work

Status, Reason = Upload.Status, Upload.Reason


class NotUndone(Exception):
    """Why an upload cannot be undone; nothing was changed."""

    def __init__(self, reason: Upload.Reason):
        self.reason = reason
        super().__init__(reason.label)


def is_undoable(upload: Upload) -> bool:
    """Whether something of the upload may still be taken back."""
    return upload.status == Status.STORED or (
        upload.status == Status.UNDONE and bool(upload.undone.get("left"))
    )


def undo_lists(upload: Upload) -> Reversal:
    """What an undo would restore, archive and leave, on the data as it is now."""
    return plan_reversal(Change.objects.filter(upload=upload.pk))


def undo_preview(upload: Upload, most: int) -> ReversalPreview:
    """The counts of those lists and no more than ``most`` records of each."""
    return preview_reversal(Change.objects.filter(upload=upload.pk), most)


def undo(upload: Upload, *, by, job: Work | None = None) -> Reversal:
    """Takes back what can be taken back of an upload, in one transaction.

    What has to be left can be taken back later, once nothing stands in its way. Raises NotUndone
    where nothing can be, or where the upload is not stored any more. ``job`` is the worker's,
    where it does it.
    """
    if job is None and not is_undoable(upload):
        raise NotUndone(Reason.NOT_STORED)
    try:
        with trail_transaction():
            if job:
                work.finish(job)
            reversal = _undo(upload, by)
    except NotUndone:
        upload.refresh_from_db()
        raise
    except tuple(PREVENTED) as failure:
        upload.refresh_from_db()
        reasons = (reason for kind, reason in PREVENTED.items() if isinstance(failure, kind))
        raise NotUndone(next(reasons)) from failure
    upload.refresh_from_db()
    return reversal


#: What may come between while the reversal is written, and how it is told.
PREVENTED = {
    StateChanged: Reason.NOT_STORED,
    IntegrityError: Reason.OLD_VALUE_TAKEN,
    StaleRecord: Reason.UNDO_OVERTAKEN,
    FrozenYear: Reason.UNDO_OVERTAKEN,
}


def _undo(upload, by):
    before = upload.undone
    upload.change_state(
        status=Status.UNDONE,
        reason_code="",
        reason="",
        undone_at=timezone.now(),
        undone_by_id=by.pk if by else None,
    )
    reversal = undo_lists(upload)
    counts = reversal.counts
    if not counts["restored"] and not counts["archived"]:
        raise NotUndone(Reason.NOTHING_TO_UNDO)
    revert(reversal, by=by, reason=f"Pembatalan unggahan {upload.pk}")
    for name in ("restored", "archived"):
        counts[name] += before.get(name, 0)
    Upload.objects.filter(pk=upload.pk).update(undone=counts)
    return reversal
