"""Passwords given out by the program, and the duty to replace them."""

import secrets

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction

from .models import PasswordDuty

CONSONANTS = "bdgjklmnprst"
VOWELS = "aiueo"


def readable_password() -> str:
    """A random password that can be read out over a desk: about 67 bits."""
    words = [
        "".join(secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(3))
        for _ in range(3)
    ]
    return "-".join([*words, str(secrets.randbelow(9000) + 1000)])


@transaction.atomic
def give_password(user) -> str:
    """A new password for a forgotten or first one; its owner must replace it at once."""
    password = readable_password()
    user.set_password(password)
    user.save()
    PasswordDuty.objects.get_or_create(user=user)
    return password


@transaction.atomic
def create_first_administrator() -> tuple[str, str] | None:
    """The name and password of the first account, or nothing when the register has a superuser."""
    users = get_user_model().objects
    if users.filter(is_superuser=True).exists():
        return None
    user = users.create(username="administrator", is_staff=True, is_superuser=True)
    return user.username, give_password(user)


class NewPasswordValidator:
    """A password that was given out is replaced by another one, and then the duty ends."""

    def validate(self, password, user=None):
        if has_duty(user) and user.check_password(password):
            raise ValidationError(
                "Kata sandi baru sama dengan yang diberikan kepada Anda; pilih yang lain.",
                code="password_unchanged",
            )

    def get_help_text(self):
        return "Kata sandi yang diberikan kepada Anda harus diganti dengan yang lain."

    def password_changed(self, password, user=None):
        PasswordDuty.objects.filter(user=user).delete()


def has_duty(user) -> bool:
    """Whether this person must choose a new password first."""
    return bool(user and user.pk) and PasswordDuty.objects.filter(user=user).exists()
