"""Telling how far the work on a long table has come."""

from collections.abc import Callable

#: Is told of so many more rows that are done.
Progress = Callable[[int], None]
#: After so many rows it is told.
STEP = 1024


def unheard(rows: int) -> None:
    """For whoever waits for the result itself."""
