"""Guessing passwords: slowed per account and address, stopped per address."""

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

# A whole office may share one address, yet nobody there mistypes twenty times in a quarter hour.
MOST_FAILURES_PER_ADDRESS = 20


class Throttle(AxesDatabaseHandler):
    """Also stops an address that tries many accounts, a few times each."""

    def is_locked(self, request, credentials=None):
        return super().is_locked(request, credentials) or self.address_is_locked(request)

    def address_is_locked(self, request) -> bool:
        """Whether this address failed too often lately, under whatever names."""
        since = timezone.now() - settings.AXES_COOLOFF_TIME
        failures = AccessAttempt.objects.filter(
            ip_address=request.axes_ip_address, attempt_time__gte=since
        ).aggregate(total=Sum("failures_since_start"))["total"]
        return (failures or 0) >= MOST_FAILURES_PER_ADDRESS
