"""Secrets of accounts as the database and its backups hold them: encrypted under the program's key."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

#: What parts this use of the key from others; the migration that sealed the first ones names it too.
PURPOSE = "accounts.second_factor"


def seal(secret: str) -> str:
    """The secret as a Fernet token, of 140 characters for one of 32."""
    return _boxes().encrypt(secret.encode()).decode()


def unseal(token: str) -> str | None:
    """The secret; None where another key sealed it, as after moving without the file of the key."""
    try:
        return _boxes().decrypt(token.encode()).decode()
    except InvalidToken:
        return None


def _boxes() -> MultiFernet:
    """The key of today first; those before it open only."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(secret_key: str) -> bytes:
    digest = salted_hmac(PURPOSE, "", secret=secret_key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
