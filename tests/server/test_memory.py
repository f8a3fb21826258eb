"""What a server loads at its start is not looked through again while people wait for pages."""

import gc

import pytest

from balikpapan.server.memory import keep_loaded_objects

pytestmark = pytest.mark.one_database


def test_what_was_loaded_is_out_of_the_search_for_cycles():
    before = gc.get_freeze_count()
    try:
        keep_loaded_objects()

        assert gc.get_freeze_count() > before + 100_000
        assert len(gc.get_objects()) < 10_000
    finally:
        gc.unfreeze()
