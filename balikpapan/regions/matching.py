"""Recognising a kelurahan or kecamatan as offices spell it: exactly, never by "contains"."""

import difflib
import re
import unicodedata

from .models import Kecamatan, Kelurahan

_PREFIX = re.compile(r"^(kelurahan|kel\.?|desa|kecamatan|kec\.?)\s+", re.IGNORECASE)
_CITY = re.compile(r"^(?:bpn|bpp|bppn|b\.?\s?papan)\b\.?\s*(?=\S)", re.IGNORECASE)
_GUNUNG = re.compile(r"\bgn\b\.?", re.IGNORECASE)
_PARTED = re.compile(r"[/,;(]")
_CITY_PARTS = {"balikpapan", "kotabalikpapan", "kalimantantimur", "kaltim"}


def region_key(text):
    """What two spellings of one region share: case, spaces, dots ignored, ``Gn.`` = Gunung, ``Bpn`` = Balikpapan."""
    text = _PREFIX.sub("", unicodedata.normalize("NFC", text).strip())
    text = _GUNUNG.sub("gunung", _CITY.sub("balikpapan ", text)).casefold()
    return "".join(letter for letter in text if letter.isalnum())


def _named_parts(text):
    """What is left of "Manggar Balikpapan" or "Gunung Samarinda / Kampung Timur" to be proposed."""
    for part in _PARTED.split(text):
        key = region_key(part)
        yield key
        for city in _CITY_PARTS:
            yield key.removesuffix(city)


class RegionNames:
    """All names of kecamatan and kelurahan at hand, loaded once per upload."""

    def __init__(self):
        self.kecamatan = {}
        self.kelurahan = {}
        self.kecamatan_of = {}
        self.names = {"kecamatan": {}, "kelurahan": {}}
        for key, name in Kecamatan.objects.kept().values_list("id", "name"):
            self.kecamatan[region_key(name)] = key
            self.names["kecamatan"][key] = name
        # "Timur" alone stands for Balikpapan Timur in a kecamatan column, but not in an address.
        self.short = {
            region_key(name.removeprefix("Balikpapan ")): key
            for key, name in self.names["kecamatan"].items()
        }
        rows = Kelurahan.objects.kept().values_list("id", "name", "kecamatan_id", "aliases")
        for key, name, kecamatan, aliases in rows:
            self.kecamatan_of[key] = kecamatan
            self.names["kelurahan"][key] = name
            for spelling in [name, *aliases.split(";")]:
                if spelling.strip():
                    self.kelurahan[region_key(spelling)] = key

    def find(self, kind, text):
        """The id of the region called so, or None."""
        key = region_key(text)
        region = getattr(self, kind).get(key)
        return self.short.get(key) if region is None and kind == "kecamatan" else region

    def suggest(self, kind, text):
        """The official name that looks most like a misspelt one, or None."""
        spellings, key = getattr(self, kind), region_key(text)
        close = difflib.get_close_matches(key, spellings, n=1, cutoff=0.75)
        if not close:
            close = [part for part in _named_parts(text) if part in spellings][:1]
        return self.names[kind][spellings[close[0]]] if close else None

    def in_address(self, address):
        """The kelurahan and kecamatan an address ends with, or (None, None).

        Only the last parts count, and each must be exactly a name of this city: an address in
        another city whose kelurahan happens to share a name stays untouched.
        """
        parts = [region_key(part) for part in address.split(",")]
        while parts and parts[-1] in _CITY_PARTS:
            parts.pop()
        if len(parts) < 2:
            return None, None
        kecamatan = self.kecamatan.get(parts[-1])
        if kecamatan is None:
            kelurahan = self.kelurahan.get(parts[-1])
            return kelurahan, self.kecamatan_of.get(kelurahan)
        kelurahan = self.kelurahan.get(parts[-2]) if len(parts) > 2 else None
        if kelurahan and self.kecamatan_of[kelurahan] != kecamatan:
            return None, None
        return kelurahan, kecamatan
