"""How many IKM are likely doubles, counted again only where a write can have changed it."""

from django.core.cache import cache

from balikpapan.audit.models import Change
from industry.models import Business
from industry.models.business_queries import LIKELY_DOUBLES

#: What likely doubles are known by; whoever changes something else of an IKM makes and ends none.
COMPARED = frozenset(name for shared in LIKELY_DOUBLES for name in shared.names)
KEY = "likely-doubles"
DAY = 24 * 60 * 60
#: So many changes are looked through; a count costs less than more of them.
MOST_READ = 500


def count_likely_doubles() -> int:
    """The number of IKM that may be recorded twice, as the register stands now.

    Counting goes through all IKM three times. The number is kept with the newest change that was
    there, and stands for as long as no later change is about what doubles are known by.
    """
    newest = Change.objects.newest()
    # Asked before counting: what is written meanwhile has a later number.
    settled = Change.objects.is_settled()
    counted_at, total = cache.get(KEY, (None, None))
    if counted_at is None or counted_at > newest or _may_differ(counted_at, newest):
        total = Business.objects.likely_doubles().count()
    if settled and newest:
        cache.set(KEY, (newest, total), DAY)
    return total


def _may_differ(counted_at: int, newest: int) -> bool:
    """Whether a change after the count is about what likely doubles are known by."""
    since = Change.objects.filter(pk__gt=counted_at, pk__lte=newest).order_by("pk")
    changes = list(since.values_list("model", "action", "before", "after")[: MOST_READ + 1])
    return len(changes) > MOST_READ or any(
        model == Business._meta.label_lower
        and (action != Change.Action.CHANGED or not COMPARED.isdisjoint({**before, **after}))
        for model, action, before, after in changes
    )
