"""Promise 29: while a restored register takes its place, nobody works on half of it."""

import pytest

from balikpapan.backup import renaming
from balikpapan.backup.restore import finish_interrupted
from balikpapan.checks import check_safety, restore_journal


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    renaming.write_down(restore_journal(), "20261126-100000", [])


def test_p29_every_command_refuses_while_a_restore_is_unfinished():
    assert ["start" in fault.msg for fault in check_safety(None)] == [True]


@pytest.mark.django_db
def test_p29_start_finishes_it_once():
    assert finish_interrupted()
    assert not finish_interrupted()
    assert check_safety(None) == []
