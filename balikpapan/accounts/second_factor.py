"""A second thing to know at the log-in: a code that changes every half minute (RFC 6238)."""

import hmac
import secrets
import time

import pyotp
import segno
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change

from .models import RecoveryCode, SecondFactor
from .sealing import seal, unseal
from .trail import Actor, trace_account

OFF, OPTIONAL, REQUIRED = "off", "optional", "required"
#: Whoever checks others or keeps the accounts may have a code.
FOR_WHOM = ("audit.verify_records", "auth.change_user")
ISSUER = "Register Industri Balikpapan"
#: So long a code lasts, in seconds; the one before and the one after count too, for clocks differ.
STEP, DRIFT = 30, 1
RECOVERY_CODES = 10
#: Letters and digits that nobody confuses when they are read from paper: 48 bits in ten of them.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def is_offered(user) -> bool:
    """Whether this person may set up a code."""
    return settings.SECOND_FACTOR != OFF and any(user.has_perm(right) for right in FOR_WHOM)


def is_missing(user) -> bool:
    """Whether this person must set up a code before anything else."""
    return (
        settings.SECOND_FACTOR == REQUIRED
        and is_offered(user)
        and not SecondFactor.objects.filter(user=user).exists()
    )


def is_asked(user) -> bool:
    """Whether the log-in of this person asks for a code."""
    return settings.SECOND_FACTOR != OFF and SecondFactor.objects.filter(user=user).exists()


def new_secret() -> str:
    """A secret of 160 bits, as the applications take it."""
    return pyotp.random_base32()


def address_of(secret: str, user) -> str:
    """What an application reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.get_username(), issuer_name=ISSUER)


def qr_code(secret: str, user) -> str:
    """The QR code as SVG for a page; nothing of it leaves this computer."""
    code = segno.make(address_of(secret, user), error="m")
    return code.svg_inline(scale=4, light="#fff", svgclass="qr-code", lineclass=None)


def step_of(secret: str, code: str) -> int | None:
    """The half minute, counted from 1970, whose code this is; None where it is none of now."""
    totp, now = pyotp.TOTP(secret), int(time.time()) // STEP
    steps = range(now - DRIFT, now + DRIFT + 1)
    return next((s for s in steps if hmac.compare_digest(totp.at(s * STEP), code)), None)


def set_up(user, secret: str, step: int) -> list[str]:
    """Gives the account a code and returns the recovery codes, which are nowhere kept as such.

    ``step`` is the half minute whose code has shown that the application has the secret.
    """
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    with trail_transaction():
        SecondFactor.objects.create(user=user, secret=seal(secret), last_step=step)
        for code in codes:
            RecoveryCode.objects.create(user=user, digest=_digest(user, code))
        trace_account(user, Change.Action.CODE_SET, Actor(user))
    return codes


def take_off(user, actor: Actor) -> None:
    """Takes the code off an account, so that its password alone lets in again."""
    with trail_transaction():
        RecoveryCode.objects.filter(user=user).delete()
        SecondFactor.objects.filter(user=user).delete()
        trace_account(user, Change.Action.CODE_RESET, actor)


def is_right(user, typed: str) -> bool:
    """Whether the code is right and has not been used; it counts as used from now on."""
    code = "".join(char for char in typed.casefold() if char.isalnum())
    with transaction.atomic():
        return _use_step(user, code) or _use_recovery_code(user, code)


def _use_step(user, code):
    factor = SecondFactor.objects.filter(user=user).first()
    secret = unseal(factor.secret) if factor else None
    step = step_of(secret, code) if secret and code.isascii() else None
    if step is None:
        return False
    # One statement decides which of two log-ins with one code was first.
    return SecondFactor.objects.filter(user=user, last_step__lt=step).update(last_step=step) == 1


def _use_recovery_code(user, code):
    return RecoveryCode.objects.filter(user=user, digest=_digest(user, code)).delete()[0] == 1


def _recovery_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def _digest(user, code: str) -> str:
    plain = f"{user.pk}:{code.replace('-', '')}"
    return salted_hmac("accounts.recovery", plain, algorithm="sha256").hexdigest()
