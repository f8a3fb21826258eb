"""Units of measure that say the same in another size: tonnes for kilograms, hectares for m²."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

#: Unit kept -> other units of it, in lower case, each with how many of the kept one it is.
_OTHERS: dict[str, dict[str, Decimal]] = {
    "kg": {
        **dict.fromkeys(("ton", "tons", "tonase"), Decimal(1000)),
        **dict.fromkeys(("kuintal", "kwintal", "kw", "ku"), Decimal(100)),
        **dict.fromkeys(("gram", "gr"), Decimal("0.001")),
    },
    "m2": {
        **dict.fromkeys(("ha", "hektar", "hektare"), Decimal(10_000)),
        **dict.fromkeys(("km2", "km²"), Decimal(1_000_000)),
    },
    "km": dict.fromkeys(("m", "meter"), Decimal("0.001")),
    "m": {"km": Decimal(1000), "cm": Decimal("0.01")},
}
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_STATED = re.compile(r"\b(?:dalam|satuan)\W+(\w+[²2]?)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+[²2]?")
_NO_UNITS: Mapping[str, Decimal] = {}


def other_units(units: Iterable[str]) -> Mapping[str, Decimal]:
    """The other units a column kept in one of ``units`` may be written in, with their size."""
    return next((_OTHERS[unit] for unit in units if unit in _OTHERS), _NO_UNITS)


def stated_unit(heading: str, titles: Iterable[str], units: tuple[str, ...]) -> str | None:
    """The other unit that the heading of a column states, or else a title; None for the kept one.

    A title speaks of figures only in brackets or after "dalam" and "satuan".
    """
    others = other_units(units)
    if not others:
        return None
    for words in (_of_heading(heading), (word for title in titles for word in _of_title(title))):
        for word in words:
            if word in others or word in units:
                return word if word in others else None
    return None


def _of_heading(heading: str) -> Iterator[str]:
    for part in reversed(heading.casefold().split(" – ")):
        for bracketed in _BRACKETED.findall(part):
            yield from _WORD.findall(bracketed)
        words = _WORD.findall(part)
        if len(words) > 1 and len(words[-1]) > 1:
            yield words[-1]


def _of_title(title: str) -> Iterator[str]:
    title = title.casefold()
    for bracketed in _BRACKETED.findall(title):
        words = _WORD.findall(bracketed)
        yield from words[:2] if len(words) < 3 else ()
    yield from _STATED.findall(title)
