"""Passwords the program gives out, and what they demand of their owner."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from balikpapan.accounts.passwords import (
    create_first_administrator,
    give_password,
    has_duty,
    readable_password,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _real_hash(settings):
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[1:]


@pytest.fixture
def person():
    return get_user_model().objects.create_user("rahma", password="lama-sekali-1", is_staff=True)


def test_p60_the_first_account_is_an_administrator_who_must_choose_a_password():
    name, password = create_first_administrator()

    user = get_user_model().objects.get()
    assert (user.username, user.is_superuser, user.is_staff) == (name, True, True)
    assert user.check_password(password)
    assert user.password.startswith("argon2")
    assert has_duty(user)


def test_there_is_only_one_first_account():
    create_first_administrator()

    assert create_first_administrator() is None
    assert get_user_model().objects.count() == 1


def test_given_passwords_differ_and_pass_our_own_rules(person):
    given = {readable_password() for _ in range(50)}

    assert len(given) == 50
    for password in given:
        validate_password(password, person)


def test_a_given_password_replaces_the_old_one_and_must_be_replaced(person):
    password = give_password(person)

    assert person.check_password(password)
    assert not person.check_password("lama-sekali-1")
    assert has_duty(person)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("balikpapan2024", "kata, nama"),
        ("Dkumkmp12345", "kata, nama"),
        ("qwertyuiop12", "mudah ditebak"),
        ("asdfghjkl;123", "deretan tombol"),
        ("P@ssw0rd2024", "kata, nama"),
        ("rahma-rahma-1", "mudah ditebak"),
        ("17-08-1945", "tanggal"),
        ("abcabcabcabc", "diulang"),
    ],
)
def test_a_password_that_is_guessed_at_once_is_refused_with_what_makes_it_so(person, password, why):
    with pytest.raises(ValidationError, match=why):
        validate_password(password, person)


@pytest.mark.parametrize(
    "password",
    ["kampung-baru-2024", "ombak pagi sepeda", "sungai-wain-tenang-5", "x" * 5 + "Kq7!vR"],
)
def test_a_password_of_unrelated_words_is_accepted(person, password):
    validate_password(password, person)


def test_the_given_password_cannot_be_kept(person):
    password = give_password(person)

    with pytest.raises(ValidationError, match="sama dengan yang diberikan"):
        validate_password(password, person)


def test_another_password_is_accepted_and_ends_the_duty(person):
    give_password(person)

    validate_password("kampung-baru-2024", person)
    person.set_password("kampung-baru-2024")
    person.save()

    assert not has_duty(person)


def test_a_stronger_hash_of_the_same_password_does_not_end_the_duty(person):
    password = give_password(person)
    person.password = make_password(password, hasher="pbkdf2_sha256")
    person.save()

    assert person.check_password(password)

    assert person.password.startswith("argon2")
    assert has_duty(person)
