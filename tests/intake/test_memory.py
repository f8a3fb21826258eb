"""While a list is worked on Python looks for cycles less often, and as before when nobody works."""

import gc

import pytest

from balikpapan.intake.memory import rare_collections


def test_the_last_one_to_leave_restores_what_was_usual():
    usual = gc.get_threshold()

    with rare_collections():
        first = gc.get_threshold()
        with rare_collections():
            pass
        still = gc.get_threshold()

    assert first == still == (20_000, 20, 20)
    assert gc.get_threshold() == usual


def test_a_failure_restores_it_too():
    usual = gc.get_threshold()

    with pytest.raises(RuntimeError), rare_collections():
        raise RuntimeError("berkas rusak")

    assert gc.get_threshold() == usual
