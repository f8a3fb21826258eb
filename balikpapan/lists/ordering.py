"""The order of a list by the names of its columns: their places change with the choice of columns."""

import re
from collections.abc import Sequence

_PART = re.compile(r"(-?)([0-9]{1,3})")


def named_order(order: str, columns: Sequence[str]) -> list[str]:
    """``-3.1`` of an address as ``["-status", "name"]``; parts that name no column are left out."""
    parts = (_PART.fullmatch(part) for part in order.split("."))
    places = [(part[1], int(part[2])) for part in parts if part]
    return [f"{sign}{columns[place]}" for sign, place in places if place < len(columns)]


def moved(names: Sequence[str], name: str, step: int) -> list[str]:
    """The names with one of them moved ``step`` places; it stops at either end."""
    if name not in names:
        return list(names)
    others = [other for other in names if other != name]
    others.insert(max(names.index(name) + step, 0), name)
    return others


def order_of(names: Sequence[str], columns: Sequence[str]) -> str:
    """The order of an address for these names; what is not shown orders nothing."""
    places = {name: place for place, name in enumerate(columns)}
    parts = [(name.startswith("-"), places.get(name.removeprefix("-"))) for name in names]
    return ".".join(f"{'-' if down else ''}{place}" for down, place in parts if place is not None)
