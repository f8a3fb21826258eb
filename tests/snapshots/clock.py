"""A clock that stands still, and is set on by hand."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.template import defaulttags
from django.utils import timezone

#: The morning at which the register of the snapshots is looked at.
BEGIN = datetime.datetime(2026, 3, 10, 1, 30, tzinfo=datetime.UTC)


class StoppedTime(datetime.datetime):
    """A datetime whose "now" is what somebody has set."""

    moment = BEGIN

    @classmethod
    def now(cls, tz=None):
        return StoppedTime.moment.astimezone(tz)


def set_on(**duration) -> None:
    """Sets the stopped clock on by so much: ``hours=1``."""
    StoppedTime.moment += datetime.timedelta(**duration)


@contextmanager
def stopped() -> Iterator[None]:
    """Django's clock stands at ``BEGIN``."""
    StoppedTime.moment = BEGIN
    with pytest.MonkeyPatch.context() as patch:
        # Defaults of fields hold the function itself, so what that function asks is replaced.
        patch.setattr(timezone, "datetime", StoppedTime)
        patch.setattr(defaulttags, "datetime", StoppedTime)
        yield
