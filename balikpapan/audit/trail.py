"""One entry of the trail, digested and part of this transaction's link."""

import secrets

from .chain import link_number
from .digests import SALT_BYTES, digest_of
from .models import Change


def trace(change: Change) -> Change:
    """Writes a change that is not stored yet into the trail, inside a ``trail_transaction``."""
    change.salt, change.link = secrets.token_bytes(SALT_BYTES), link_number()
    change.digest = digest_of(change)
    change.save(force_insert=True)
    return change
