"""Verifying an IKM: an act of the verifikator on what somebody else has entered."""

from collections.abc import Collection, Iterable

from django.db.models import Q
from django.utils import timezone

from balikpapan.audit.models import Change
from balikpapan.audit.store import store

from .choices import BusinessStatus
from .models import Business, BusinessYear

VERIFY = "audit.verify_records"
#: The fields that say how far a record is verified; nobody else's word stands in them.
VERIFIED_FIELDS = frozenset(Business.verified_fields)
OWN_FIGURES = (
    "Data terakhir IKM ini Anda sendiri yang mengisi, jadi verifikasinya oleh orang lain. "
    "Status dan tanggal verifikasi dibiarkan."
)


#: So many businesses are asked about at a time.
ASKED = 500


def last_entered_by(keys: Iterable[int]) -> dict[int, int | None]:
    """Business -> the account that last changed what is verified: it, or its figures of any year."""
    keys, accounts = list(keys), {}
    for start in range(0, len(keys), ASKED):
        accounts |= _last_entered_by(keys[start : start + ASKED])
    return accounts


def _last_entered_by(keys):
    years = dict(
        BusinessYear.objects.filter(business__in=keys).order_by().values_list("pk", "business")
    )
    changes = Change.objects.filter(
        Q(model=Business._meta.label_lower, record__in=keys)
        | Q(model=BusinessYear._meta.label_lower, record__in=list(years))
    ).order_by("pk")
    accounts = {}
    rows = changes.values_list("model", "record", "after", "by")
    for model, record, after, by in rows.iterator(chunk_size=2000):
        if not set(after) <= VERIFIED_FIELDS:
            accounts[record if model == Business._meta.label_lower else years[record]] = by
    return accounts


def is_own(changed: Collection[str], entered_by: int | None, user) -> bool:
    """Whether verifying would be of the user's own data.

    ``changed`` names what the same act changes; figures among them are the user's, but for the
    closing year, without which no status says that a business ended. ``entered_by`` is the account
    that changed figures last.
    """
    stated = VERIFIED_FIELDS | ({"closed_year"} if "status" in changed else set())
    return bool(set(changed) - stated) or entered_by == user.pk


def verify(business: Business, *, by, channel) -> None:
    """Verifies one IKM today: an unverified one counts as active from now on.

    Raises ValidationError where the data are the user's own.
    """
    if business.status == BusinessStatus.UNVERIFIED:
        business.status = BusinessStatus.ACTIVE
    business.verified_on = timezone.localdate()
    store(business, by=by, channel=channel, reason="verifikasi")
