"""How a sheet calls a place or a cold-storage room: by its code or its name."""

import difflib

from balikpapan.intake.widgets import Named
from balikpapan.spreadsheets.cells import comparison_key

from ..choices import ChamberPurpose
from ..models import Chamber, Facility


class Called:
    """Records by every way of calling them; a word that fits two of them calls neither."""

    def __init__(self):
        self._records, self._shown = {}, {}

    def add(self, word: str, record: int) -> None:
        """One more word for a record."""
        key = comparison_key(word)
        if key:
            self._records.setdefault(key, set()).add(record)
            self._shown[key] = word

    @property
    def names(self) -> list[str]:
        """Every word that calls one record."""
        return [self._shown[key] for key, records in self._records.items() if len(records) == 1]

    @property
    def first_names(self) -> list[str]:
        """One word for each record that has one of its own: the first that calls it alone."""
        first: dict[int, str] = {}
        for key, records in self._records.items():
            if len(records) == 1:
                [record] = records
                first.setdefault(record, self._shown[key])
        return list(first.values())

    def find(self, text: str) -> int | None:
        """The one record called so, or None."""
        records = self._records.get(comparison_key(text), ())
        return next(iter(records)) if len(records) == 1 else None

    def suggest(self, text: str) -> str | None:
        """The word that looks most like an unknown one."""
        key = comparison_key(text)
        several = self._records.get(key, ())
        close = difflib.get_close_matches(key, self._records, n=1, cutoff=0.7)
        return self._shown[close[0]] if close and not several else None


def places(kind: str | None = None) -> Called:
    """Every place kept, or every one of a kind, by code and by name."""
    called = Called()
    facilities = Facility.objects.kept()
    facilities = facilities.filter(kind=kind) if kind else facilities
    for key, code, name in facilities.values_list("id", "code", "name"):
        called.add(code, key)
        called.add(name, key)
    return called


def chambers() -> Called:
    """Every cold-storage room, by its name, by name and place, and by what it is for."""
    called = Called()
    rows = Chamber.objects.kept().values_list("id", "name", "purpose", "facility__name")
    for key, name, purpose, place in rows:
        called.add(name, key)
        called.add(f"{name} ({place})", key)
        for word in PURPOSE_WORDS[purpose]:
            called.add(word, key)
            called.add(f"Ruang {word}", key)
    return called


def room_words() -> list[str]:
    """What rooms are called by what they are for, whatever rooms there are."""
    return [word for words in PURPOSE_WORDS.values() for word in words]


PURPOSE_WORDS = {
    ChamberPurpose.CHILL: (
        "Pendinginan",
        "Pendingin",
        "Penyimpanan",
        "Chiller",
        "Chilling",
        "Cold Room",
    ),
    ChamberPurpose.FREEZE: (
        "Pembekuan",
        "Pembeku",
        "Freezer",
        "Freezing",
        "ABF",
        "Air Blast Freezer",
    ),
}


class Place(Named):
    """A facility, called by code or name; an export writes its code where it has one."""

    def __init__(self, what="sarana", among="facilities", **kwargs):
        super().__init__(what, _lookup(among), names=_names(among), **kwargs)

    def render(self, value, obj=None, **kwargs):
        return (value[0] or value[1] or "") if isinstance(value, tuple) else super().render(value)


class Room(Named):
    """A cold-storage room; an export names its place too, because two may have one name."""

    def __init__(self):
        super().__init__("ruang cold storage", _lookup("chambers"), names=_names("chambers"))

    def render(self, value, obj=None, **kwargs):
        return f"{value[0]} ({value[1]})" if isinstance(value, tuple) else super().render(value)


def _names(name):
    return lambda options: options[name].names


def _lookup(name):
    def lookup(options):
        return options[name].find, options[name].suggest

    return lookup
