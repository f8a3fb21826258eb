"""Rows of a file that say the same: found among very many without holding all that they say."""

from array import array
from collections.abc import Callable, Hashable, Sequence

from balikpapan.spreadsheets.paged_columns import is_long

#: Of a million different keys a seventeenth share a place with another by chance.
_PRINTS = 1 << 24


def find_twins(rows, indexes, of) -> dict[int, int]:
    """Rows that say the same in every mapped column as an earlier one: row -> that row."""
    groups = alike_rows(rows.values.values(), indexes, of)
    return {index: group[0] for group in groups for index in group[1:]}


def alike_rows(columns, indexes, of) -> list[Sequence[int]]:
    """The rows that say the same as others in all these columns, together in groups.

    ``of`` gives what two spellings of a text share. Column by column only the rows that are still
    alike are looked at, so that a sheet of different names costs one pass.
    """
    groups = [indexes]
    for values in columns:
        key = _spelled_alike(values, of)
        groups = [
            alike for group in groups for alike in group_rows(key, group, blank=True).values()
        ]
        if not groups:
            break
    return groups


def _spelled_alike(values, of):
    def key(index):
        value = values[index]
        shared = of(value)
        return value if shared is None else shared

    return key


def group_rows(key: Callable[[int], Hashable], indexes, *, blank=False) -> dict:
    """The rows that share their key with another; None is no key unless ``blank``."""
    if is_long(len(indexes)):
        indexes = _perhaps_shared(key, indexes, blank)
    first, groups = {}, {}
    for index in indexes:
        mine = key(index)
        if mine is None and not blank:
            continue
        earlier = first.setdefault(mine, index)
        if earlier != index:
            groups.setdefault(mine, [earlier]).append(index)
    return groups


def _perhaps_shared(key, indexes, blank):
    """Of very many rows those whose key may stand elsewhere too, without holding all the keys."""
    prints = array("q")
    for index in indexes:
        mine = key(index)
        prints.append(hash((index,)) if mine is None and not blank else hash(mine))
    seen = bytearray(_PRINTS)
    for found in prints:
        place = found % _PRINTS
        if seen[place] < 2:
            seen[place] += 1
    return [i for i, found in zip(indexes, prints, strict=True) if seen[found % _PRINTS] > 1]
