"""Undoing a finished import: the reversal of everything that one upload wrote."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from balikpapan.audit.models import Change
from balikpapan.audit.reversal import Reversal, plan_reversal, revert

from .models import Upload


class NotUndone(Exception):
    """Why an upload cannot be undone; nothing was changed."""


def undo_lists(upload: Upload) -> Reversal:
    """What an undo would restore, archive and leave, on the data as it is now."""
    return plan_reversal(Change.objects.filter(upload=upload.pk))


@transaction.atomic
def undo(upload: Upload, *, by) -> Reversal:
    """Undoes a stored upload once; raises NotUndone where it is not stored any more."""
    taken = Upload.objects.filter(pk=upload.pk, status=Upload.Status.STORED).update(
        status=Upload.Status.UNDONE, undone_at=timezone.now(), undone_by=by
    )
    if not taken:
        raise NotUndone("Unggahan ini sudah dibatalkan atau belum tersimpan.")
    reversal = undo_lists(upload)
    try:
        with transaction.atomic():
            revert(reversal, by=by, reason=f"Pembatalan unggahan {upload.pk}")
    except IntegrityError as taken_since:
        raise NotUndone(
            "Nilai lama sebuah catatan, misalnya NIB, kini dipakai catatan lain, jadi tidak ada "
            "yang dibatalkan. Ubah catatan lain itu lebih dahulu, lalu batalkan lagi."
        ) from taken_since
    upload.refresh_from_db()
    return reversal
