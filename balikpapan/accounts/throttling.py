"""Guessing passwords: slowed per account and address, stopped per address for strangers to it."""

import logging

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from balikpapan.audit.models import Change

from .trail import account_named, trace_entry

logger = logging.getLogger(__name__)

# A whole office may share one address, yet nobody there mistypes twenty times in a quarter hour.
MOST_FAILURES_PER_ADDRESS = 20


class Throttle(AxesDatabaseHandler):
    """Also stops an address that tries many accounts, a few times each.

    An account that has been let in from the address before is counted by itself alone: who guesses
    at one desk of an office shuts nobody out at another.
    """

    def is_locked(self, request, credentials=None):
        if super().is_locked(request, credentials):
            return True
        return self.address_is_locked(request) and not is_at_home(request, credentials)

    def address_is_locked(self, request) -> bool:
        """Whether this address failed too often lately, under whatever names."""
        since = timezone.now() - settings.AXES_COOLOFF_TIME
        failures = AccessAttempt.objects.filter(
            ip_address=request.axes_ip_address, attempt_time__gte=since
        ).aggregate(total=Sum("failures_since_start"))["total"]
        return (failures or 0) >= MOST_FAILURES_PER_ADDRESS

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        was_locked = request is not None and self.is_locked(request, credentials)
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is not None and not was_locked:
            self._trace(request, credentials)
        if request is not None:
            logger.warning(
                "Gagal masuk: akun %s dari alamat %s.",
                credentials.get("username"),
                request.axes_ip_address,
            )

    def _trace(self, request, credentials):
        """The failure, and the wait it brings; guesses made while waiting do not fill the trail."""
        account = account_named(credentials.get("username"))
        if account is None:
            return
        trace_entry(account, Change.Action.FAILED, request.axes_ip_address)
        if self.is_locked(request, credentials):
            trace_entry(account, Change.Action.LOCKED, request.axes_ip_address)


def is_at_home(request, credentials) -> bool:
    """Whether this account has been let in from this address before."""
    username = (credentials or {}).get("username")
    if not username:
        return False
    before = AccessLog.objects.filter(username=username, ip_address=request.axes_ip_address)
    return before.exists()
