"""Passwords given out by the program, and the duty to replace them."""

import secrets

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change

from .models import PasswordDuty
from .trail import Actor, trace_created

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


@trail_transaction()
def create_first_administrator() -> tuple[str, str] | None:
    """The name and password of the first account, or nothing when the register has a superuser."""
    users = get_user_model().objects
    if users.filter(is_superuser=True).exists():
        return None
    user = users.create(username="administrator", is_staff=True, is_superuser=True)
    password = give_password(user)
    trace_created(user, Actor(channel=Change.Channel.SYSTEM))
    return user.username, password


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


#: What people here put into a password first.
OFFICE_WORDS = ["balikpapan", "dkumkmp", "dinas", "industri", "koperasi", "ikm", "umkm", "petugas"]
OFFICE_WORDS += ["verifikator", "pimpinan", "administrator", "admin", "sandi", "rahasia", "kaltim"]
#: Guesses a password must stand, as a power of ten: 3 of 4 is ten to the eighth and more.
LEAST_SCORE = 3
#: zxcvbn looks at no more than this many characters.
LONGEST_JUDGED = 72
#: Kind of pattern -> what makes a password that is made of it easy to guess.
PATTERNS = {
    "dictionary": "kata, nama, atau kata sandi yang sering dipakai",
    "spatial": "deretan tombol papan ketik",
    "repeat": "huruf atau kata yang diulang",
    "sequence": "deretan huruf atau angka yang berurutan",
    "regex": "tahun",
    "date": "tanggal",
}


class GuessableValidator:
    """A password made of known words, names, years and key rows is guessed in no time."""

    def validate(self, password, user=None):
        # Its lists of words take 13 MiB of every process, and few processes change a password.
        from zxcvbn import zxcvbn

        judged = zxcvbn(password[:LONGEST_JUDGED], user_inputs=[*OFFICE_WORDS, *names_of(user)])
        if judged["score"] >= LEAST_SCORE:
            return
        kinds = dict.fromkeys(part["pattern"] for part in judged["sequence"])
        made_of = ", ".join(PATTERNS[kind] for kind in kinds if kind in PATTERNS)
        of = f", karena tersusun dari {made_of}" if made_of else ""
        raise ValidationError(
            f"Kata sandi ini mudah ditebak{of}. Pakai tiga kata yang tidak berkaitan, atau kalimat "
            "pendek yang hanya Anda ingat.",
            code="password_guessable",
        )

    def get_help_text(self):
        return (
            "Kata sandi tidak boleh mudah ditebak: nama, tahun, deretan tombol, dan kata umum "
            "seperti «balikpapan2024» ditolak."
        )


def names_of(user) -> list[str]:
    """The names a person is known by, which are tried first."""
    if user is None:
        return []
    return [part for part in (user.username, *user.get_full_name().split()) if part]


def has_duty(user) -> bool:
    """Whether this person must choose a new password first."""
    return bool(user and user.pk) and PasswordDuty.objects.filter(user=user).exists()
