"""Recognising what a column's heading means: the field, the money unit, the capacity period."""

import difflib
import re
from dataclasses import dataclass, field

from ..cells.keys import comparison_key, heading_key

#: Columns that number the rows; they carry nothing of the register.
RUNNING_NUMBER = frozenset({"no", "nomor", "no urut", "nomor urut", "nr", "nomer"})

_THOUSANDS = re.compile(
    r"\bribu(an)?\b|\b(rp|idr)\W{0,3}0\W{0,2}00\b|(^|[(\s])\W?000\b", re.IGNORECASE
)
_MILLIONS = re.compile(r"\bjuta(an)?\b|\bjt\b|\brp\W{0,3}000\W?000\b", re.IGNORECASE)
_BILLIONS = re.compile(r"\bmil[iy]ar(an)?\b", re.IGNORECASE)
_RUPIAH = re.compile(r"\b(rp|rupiah|idr)\b", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?:\bper\s*|/\s*|\bse)(tahun|thn|th|bulan|bln|hari)\b|\b(tahunan|bulanan|harian)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:\b(?:tahun|thn|th|ta)\b\.?\s*)?\b((?:19|20)\d\d)\b", re.IGNORECASE)
_PERIODS = {"t": "tahun", "b": "bulan", "h": "hari"}
_BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]")
_UNIT_TAIL = re.compile(r"\b(dalam|rp|idr|rupiah|000|ribu(an)?|juta(an)?|m2|orang|org|ton)\b")
#: A misspelt heading must share this much with a known one.
_CLOSE = 0.86


def money_unit(text: str) -> int | None:
    """What an amount under this heading or title is multiplied by; None where it says nothing."""
    if _MILLIONS.search(text):
        return 1_000_000
    if _BILLIONS.search(text):
        return 1_000_000_000
    if _THOUSANDS.search(text):
        return 1000
    return 1 if _RUPIAH.search(text) else None


def period(text: str) -> str | None:
    """The period a heading speaks of: "hari", "bulan" or "tahun"."""
    found = _PERIOD.search(text)
    return _PERIODS[(found[1] or found[2])[0].lower()] if found else None


def heading_year(text: str) -> int | None:
    """The one year a heading names ("Omzet 2023"); None where it names none or several."""
    years = {int(year) for year in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


@dataclass(slots=True)
class Recognised:
    """A heading and what it was taken for; ``field`` is None for an unknown one."""

    field: str | None
    others: tuple[str, ...] = ()  # what it may mean where another column is the better ``field``
    fuzzy: bool = False
    running_number: bool = False


@dataclass(slots=True)
class Vocabulary:
    """The headings one register knows: spelling -> fields, the likeliest first."""

    aliases: dict[str, tuple[str, ...]]
    money: frozenset[str] = frozenset()
    #: A table is this register's only if it has a column for one field of each group.
    required: tuple[frozenset[str], ...] = ()
    #: What the required columns are called when they are missing.
    required_label: str = ""
    _seen: dict[tuple[str, bool], Recognised] = field(default_factory=dict)

    def find(self, text: str, *, near: bool = True) -> Recognised:
        """What the heading means, exactly or, where ``near``, by a near spelling."""
        seen = self._seen.get((text, near))
        if seen is None:
            seen = self._seen[text, near] = self._find(text, near)
        return seen

    def _find(self, text, near):
        found = self._find_whole(text, near)
        if found.field is None or found.fuzzy:
            without_year = self._find_whole(_YEAR.sub(" ", text), near)
            if without_year.field and not (found.fuzzy and without_year.fuzzy):
                return without_year
        return found

    def _find_whole(self, text, near):
        key = heading_key(text)
        if not key:
            return Recognised(None)
        if key in RUNNING_NUMBER:
            return Recognised(None, running_number=True)
        for spelling in _spellings(text, key):
            if spelling in self.aliases:
                fields = self.aliases[spelling]
                return Recognised(fields[0], fields[1:])
        without_period = heading_key(_PERIOD.sub(" ", text))
        if near and len(without_period) >= 5:
            close = difflib.get_close_matches(without_period, self.aliases, n=1, cutoff=_CLOSE)
            if close and len(close[0]) >= 5:
                fields = self.aliases[close[0]]
                return Recognised(fields[0], fields[1:], fuzzy=True)
        return Recognised(None)

    def find_joined(self, parts: list[str], *, near: bool = True) -> Recognised:
        """What a heading over several rows means: all together, without its groups, then either."""
        if len(parts) > 1:
            for outermost in range(len(parts)):
                found = self.find(" ".join(parts[outermost:]), near=near)
                if found.field and not found.fuzzy:
                    return found
            joined, child = self.find(" ".join(parts), near=near), self.find(parts[-1], near=near)
            if comparison_key(_UNIT_TAIL.sub(" ", heading_key(parts[-1]))):
                return joined if joined.field else child
        return self.find(parts[0], near=near)

    def missing(self, fields) -> bool:
        """Whether a table with these fields cannot be this register's."""
        return any(not group & set(fields) for group in self.required)


def _spellings(text, key):
    """The heading as it stands, then without what may be left out of it."""
    yield key
    without_period = heading_key(_PERIOD.sub(" ", text))
    yield without_period
    yield heading_key(_BRACKETED.sub(" ", text))
    yield heading_key(_BRACKETED.sub(" ", _PERIOD.sub(" ", text)))
    yield comparison_key(_UNIT_TAIL.sub(" ", without_period))
    yield comparison_key(text)
