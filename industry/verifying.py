"""Verifying an IKM: an act of the verifikator on what somebody else has entered."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from balikpapan.audit.models import Change
from balikpapan.audit.store import store

from .choices import BusinessStatus
from .models import Business, BusinessYear

VERIFY = "audit.verify_records"
#: The fields that say how far a record is verified; nobody else's word stands in them.
VERIFIED_FIELDS = frozenset({"status", "verified_on"})
OWN_FIGURES = (
    "Data terakhir IKM ini Anda sendiri yang mengisi, jadi verifikasinya oleh orang lain. "
    "Status dan tanggal verifikasi dibiarkan."
)


def last_entered_by(business: Business) -> int | None:
    """The account that last changed what is verified: the business or its figures of any year."""
    years = BusinessYear.objects.filter(business=business).values_list("pk", flat=True)
    changes = Change.objects.filter(
        Q(model=Business._meta.label_lower, record=business.pk)
        | Q(model=BusinessYear._meta.label_lower, record__in=list(years))
    ).order_by("-pk")
    for change in changes.iterator(chunk_size=50):
        if not set(change.after) <= VERIFIED_FIELDS:
            return change.by_id
    return None


def check_verifier(business: Business, user, changed: Collection[str] = ()) -> None:
    """Raises ValidationError where the user verifies what is the user's own.

    ``changed`` names the fields that the same form changes; figures among them are the user's.
    """
    if set(changed) - VERIFIED_FIELDS or last_entered_by(business) == user.pk:
        raise ValidationError(OWN_FIGURES)


def verify(business: Business, *, by, channel) -> None:
    """Verifies one IKM today: an unverified one counts as active from now on."""
    check_verifier(business, by)
    if business.status == BusinessStatus.UNVERIFIED:
        business.status = BusinessStatus.ACTIVE
    business.verified_on = timezone.localdate()
    store(business, by=by, channel=channel, reason="verifikasi")
