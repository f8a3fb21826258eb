"""Destroying personal data in the trail without breaking its chain.

A change keeps its digest, which its link was made over; its contents and salt are replaced, after
which nobody can find out what they were. What remains has a digest of its own, and the destruction
is itself traced, so that nobody hides an alteration behind it.
"""

import secrets
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction

from . import triggers
from .chain import trail_transaction
from .digests import SALT_BYTES, digest_of
from .models import Change, Erasure
from .trail import trace

#: The label under which the trail names a destruction.
MODEL = Erasure._meta.label_lower


def erase(changes: Iterable[Change], names: set[str], *, by, channel, reason: str) -> int:
    """Takes the values of these attributes out of the changes; how many changes that were.

    On PostgreSQL only the role that owns the trail may. Two persons, minutes and the log outside
    the backup are the caller's matter.
    """

    def without(change):
        for values in (change.before, change.after):
            values.update(dict.fromkeys(_filled(values, names)))

    return rewrite(changes, without, by=by, channel=channel, reason=reason)


@transaction.atomic
def rewrite(
    changes: Iterable[Change], alter: Callable[[Change], Any], *, by, channel, reason: str
) -> int:
    """Lets ``alter`` change what is in the changes; how many of them it did change.

    It may touch their values before and after and their reason. The rights are those of ``erase``.
    """
    concerned = [change for change in changes if _is_altered(change, alter)]
    if not concerned:
        return 0
    with trail_transaction(), triggers.lifted():
        for change in concerned:
            change.salt = secrets.token_bytes(SALT_BYTES)
            Change.objects.filter(pk=change.pk).update(
                before=change.before, after=change.after, reason=change.reason, salt=change.salt
            )
            _record(change, by, channel, reason)
    return len(concerned)


def _is_altered(change, alter) -> bool:
    contents = dict(change.before), dict(change.after), change.reason
    alter(change)
    return contents != (change.before, change.after, change.reason)


def _filled(values, names):
    """Which of the names have a value here; a blank says nothing about anybody."""
    return {name for name in names & values.keys() if values[name] not in (None, "")}


def _record(change, by, channel, reason):
    digest = digest_of(change)
    erasure, made = Erasure.objects.update_or_create(change=change.pk, defaults={"digest": digest})
    previous = Change.objects.filter(model=MODEL, record=erasure.pk).count()
    trace(
        Change(
            model=MODEL,
            record=erasure.pk,
            version=previous + 1,
            action=Change.Action.CREATED if made else Change.Action.CHANGED,
            after={"change": change.pk, "digest": digest.hex()},
            by=by,
            channel=channel,
            reason=reason,
        )
    )
