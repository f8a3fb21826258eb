"""Equal rows of a file, looked for among very many without holding all their cells."""

from array import array
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from balikpapan.spreadsheets.paged_columns import is_long

from ..reading.sheet_rows import SheetRows

#: Of a million different keys a seventeenth share a place with another by chance.
_HASHES = 1 << 24


def find_twins(
    rows: SheetRows, indexes: Sequence[int], key_of: Callable[[Any], Any]
) -> dict[int, int]:
    """Rows that equal an earlier one in every mapped column: row -> that row."""
    groups = alike_rows(rows.values.values(), indexes, key_of)
    return {index: group[0] for group in groups for index in group[1:]}


def alike_rows(
    columns: Iterable[Sequence[Any]], indexes: Sequence[int], key_of: Callable[[Any], Any]
) -> list[Sequence[int]]:
    """The rows that equal others in all these columns, together in groups.

    ``key_of`` gives what two spellings of a text share. Column by column only the rows that are
    still alike are looked at, so that a sheet of different names costs one pass.
    """
    groups: list[Sequence[int]] = [indexes]
    for values in columns:
        key = _spelled_alike(values, key_of)
        groups = [
            alike for group in groups for alike in group_rows(key, group, blank=True).values()
        ]
        if not groups:
            break
    return groups


def _spelled_alike(
    values: Sequence[Any], key_of: Callable[[Any], Any]
) -> Callable[[int], Hashable]:
    def key(index: int) -> Any:
        value = values[index]
        shared = key_of(value)
        return value if shared is None else shared

    return key


def group_rows(
    key: Callable[[int], Hashable], indexes: Sequence[int], *, blank: bool = False
) -> dict[Any, list[int]]:
    """The rows that share their key with another; None is no key unless ``blank``."""
    if is_long(len(indexes)):
        indexes = _perhaps_shared(key, indexes, blank)
    first: dict[Any, int] = {}
    groups: dict[Any, list[int]] = {}
    for index in indexes:
        mine = key(index)
        if mine is None and not blank:
            continue
        earlier = first.setdefault(mine, index)
        if earlier != index:
            groups.setdefault(mine, [earlier]).append(index)
    return groups


def _perhaps_shared(
    key: Callable[[int], Hashable], indexes: Sequence[int], blank: bool
) -> list[int]:
    """Of very many rows those whose key may stand elsewhere too, without holding all the keys."""
    hashes = array("q")
    for index in indexes:
        mine = key(index)
        hashes.append(hash((index,)) if mine is None and not blank else hash(mine))
    counts = bytearray(_HASHES)
    for number in hashes:
        place = number % _HASHES
        if counts[place] < 2:
            counts[place] += 1
    return [i for i, number in zip(indexes, hashes, strict=True) if counts[number % _HASHES] > 1]
