"""The pass phrase of a backup: the office's file first, else a person, who types a new one twice."""

import getpass

import pytest
from django.core.management import CommandError

from balikpapan.backup import daily
from balikpapan.env import BadSetting
from balikpapan.management.commands import backup, restore

LONG_ENOUGH = "dua belas ya"


@pytest.fixture
def typed(monkeypatch):
    """What a person types, answer by answer; too few answers fail."""
    answers = []
    monkeypatch.setattr(getpass, "getpass", lambda prompt: answers.pop(0))
    return answers


def test_the_file_of_the_office_answers_for_making_and_for_restoring(tmp_path, settings, typed):
    settings.BACKUP_PASSPHRASE_FILE = tmp_path / "sandi.txt"
    settings.BACKUP_PASSPHRASE_FILE.write_text(" pendek\n")

    assert daily.passphrase_of_office() == "pendek"
    assert backup.chosen_passphrase() == "pendek"
    assert restore.asked_passphrase() == "pendek"


@pytest.mark.parametrize("content", [None, b" \n", b"\xff"])
def test_a_file_that_gives_no_pass_phrase_is_a_bad_setting(content, tmp_path, settings):
    settings.BACKUP_PASSPHRASE_FILE = tmp_path / "sandi.txt"
    if content is not None:
        settings.BACKUP_PASSPHRASE_FILE.write_bytes(content)

    with pytest.raises(BadSetting, match="BACKUP_PASSPHRASE_FILE"):
        daily.passphrase_of_office()


def test_without_a_file_a_new_pass_phrase_is_typed_twice_and_an_old_one_once(settings, typed):
    settings.BACKUP_PASSPHRASE_FILE = None

    typed[:] = [LONG_ENOUGH, LONG_ENOUGH]
    assert backup.chosen_passphrase() == LONG_ENOUGH
    assert typed == []
    typed[:] = ["lama"]
    assert restore.asked_passphrase() == "lama"


def test_a_pass_phrase_too_short_or_typed_in_two_ways_is_refused(settings, typed):
    settings.BACKUP_PASSPHRASE_FILE = None

    typed[:] = [LONG_ENOUGH[:-1]] * 2
    with pytest.raises(CommandError, match="paling sedikit 12 karakter"):
        backup.chosen_passphrase()
    typed[:] = [LONG_ENOUGH, LONG_ENOUGH + "h"]
    with pytest.raises(CommandError, match="tidak sama"):
        backup.chosen_passphrase()
