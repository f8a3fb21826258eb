"""Time, memory and cells allowed to a file grow with the rows that are allowed to it."""

import pytest

from balikpapan.spreadsheets.opening.limits import Limits

MIB = 1 << 20


@pytest.mark.parametrize(
    ("rows", "seconds", "memory", "cells", "inflated"),
    [
        (1, 20, 512 * MIB + 1024, 1_000_000, 640 * MIB),
        (200_000, 20, 512 * MIB + 204_800_000, 12_800_000, 640 * MIB),
        (200_001, 21, 512 * MIB + 204_801_024, 12_800_064, 640 * MIB),
        (1_000_000, 100, 512 * MIB + 1_024_000_000, 64_000_000, 2_560_000_000),
    ],
)
def test_what_a_file_may_take_follows_from_its_rows(rows, seconds, memory, cells, inflated):
    limits = Limits(max_rows=rows)

    assert (limits.cpu_seconds, limits.memory) == (seconds, memory)
    assert (limits.max_cells, limits.max_inflated) == (cells, inflated)


def test_time_and_memory_that_are_given_hold_whatever_the_rows():
    limits = Limits(max_rows=1_000_000, seconds=1.5, memory_bytes=7)

    assert (limits.cpu_seconds, limits.memory) == (2, 7)
