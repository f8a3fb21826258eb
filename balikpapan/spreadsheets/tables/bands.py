"""Bands: the lines between the rows that name a kecamatan, kelurahan or group of industries."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from .table import without_period

#: The words offices put before the name, and the field the name belongs to.
_PREFIXES = {
    "kecamatan": "kecamatan", "kec": "kecamatan", "kelurahan": "kelurahan", "kel": "kelurahan",
    "desa": "kelurahan", "bidang": "group", "cabang": "group", "kelompok": "group",
    "sektor": "group", "komoditi": "group", "komoditas": "group",
}  # fmt: skip
_ENUMERATION = re.compile(r"\(?([A-Z]|[IVXL]{1,5}|\d{1,3})\s*[.):\-]+\s*(?=\S)")
_LONE_ENUMERATION = re.compile(r"\(?([A-Z]|[IVXL]{1,5}|\d{1,3})\s*[.):]*")
_PREFIX = re.compile(
    rf"({'|'.join(_PREFIXES)})\b\.?(?:\s+(?:usaha|industri))?\s*[:.=\-–]*\s*(?=\S)", re.IGNORECASE
)
_COUNT = re.compile(
    r"\W*\b\d[\d.]*\s*(?:(?:ikm|umkm|unit|usaha|industri|perusahaan|pelaku|orang|buah|baris)\b\s*)+"
    r"\W*$|\s*\(\s*\d+\s*\)\W*$|\s+[-–:=]\s*\d+\W*$",
    re.IGNORECASE,
)
#: What stands before the region in the title of a part of a list: "DATA IKM DI KECAMATAN ...".
_LIST_TITLE = re.compile(
    r"(?:rekap(?:itulasi)?|daftar|data|laporan|tabel)\b\D{0,60}?"
    r"(?=\b(?:kecamatan|kec|kelurahan|kel|desa)\b)",
    re.IGNORECASE,
)
#: Where a line names a second region: "Kel. Manggar, Kec. Balikpapan Timur".
_SECOND = re.compile(
    r"(?<=\w)[\s,;/()\-–]+(?=(?:kecamatan|kec|kelurahan|kel)\b\.?\s*[:.=]?\s*\S)", re.IGNORECASE
)
#: A misspelt name must share this much with a known one.
_NEAR = 0.8
_GUNUNG = re.compile(r"\bgn\b\.?", re.IGNORECASE)
#: Longer texts are sentences.
_LONGEST = 100


def band_key(text: str) -> str:
    """What two spellings of one region or group share: letters and digits alone."""
    return "".join(filter(str.isalnum, _GUNUNG.sub("gunung", text).casefold()))


@dataclass(slots=True)
class BandNames:
    """The names that bands may bear, with the field each belongs to.

    ``names`` are known wherever they stand alone; ``short`` only after their field's own word, as
    "Timur" is a kecamatan only in "Kecamatan Timur". Both go by ``band_key``.
    """

    names: dict[str, tuple[str, str]] = field(default_factory=dict)  # key -> (field, name)
    short: dict[tuple[str, str], str] = field(default_factory=dict)  # (field, key) -> name

    def add(self, field_name: str, name: str, spellings: Iterable[str] = ()) -> None:
        """Makes a region or group known by its name and other spellings."""
        for spelling in (name, *spellings):
            if key := band_key(spelling):
                self.names.setdefault(key, (field_name, name))

    def of_other_fields(self, fields: Iterable[str]) -> "BandNames":
        """The names without those that belong to one of these fields."""
        left_out = set(fields)
        names = {key: pair for key, pair in self.names.items() if pair[0] not in left_out}
        return BandNames(names, {k: v for k, v in self.short.items() if k[0] not in left_out})

    def is_near(self, field_name: str, text: str) -> bool:
        """Whether the text is a misspelling of a name of the field."""
        keys = [key for key, (owner, _) in self.names.items() if owner == field_name]
        return bool(difflib.get_close_matches(band_key(text), keys, n=1, cutoff=_NEAR))

    def find(self, field_name: str, text: str) -> str | None:
        """The name this text means as a value of the field, or None."""
        key = band_key(text)
        owner, name = self.names.get(key, ("", ""))
        return name if owner == field_name else self.short.get((field_name, key))


@dataclass(frozen=True, slots=True)
class Band:
    """One band: the field it gives to its rows, the name, and how certain that is."""

    field: str  # "kecamatan", "kelurahan", "group"; empty for a caption that gives nothing
    name: str
    style: str = ""  # of its numbering: "letter", "roman", "digit"
    #: Whether the name is one that the register knows.
    certain: bool = False
    #: Whether a word such as "Kecamatan" stands before the name.
    prefixed: bool = False


def read_band(text: str, names: BandNames, numbered: str = "") -> Band | None:
    """The band a line's whole text is, or None for any other text.

    ``numbered`` is the numbering that stands in a cell of its own.
    """
    if not text or len(text) > _LONGEST:
        return None
    style = numbering_style(numbered) if numbered else ""
    if enumeration := _ENUMERATION.match(text):
        style, text = style or numbering_style(enumeration[1]), text[enumeration.end() :]
    if title := _LIST_TITLE.match(text):
        band = read_band(without_period(text[title.end() :]), names, numbered)
        return replace(band, style=style) if band and band.certain else None
    bare = _COUNT.sub("", text).strip(" .:;-–=")
    if prefix := _PREFIX.match(bare):
        field_name, rest = _PREFIXES[prefix[1].lower()], bare[prefix.end() :].strip(" .:;-–=/")
        if name := names.find(field_name, rest) or names.find(field_name, bare):
            return Band(field_name, name, style, certain=True, prefixed=True)
        if nested := _PREFIX.match(rest):  # "Kelurahan/Desa: Manggar", "Kel. Kec. Timur"
            inner = rest[nested.end() :]
            for other in (_PREFIXES[nested[1].lower()], field_name):
                if name := names.find(other, inner):
                    return Band(other, name, style, certain=True, prefixed=True)
        return Band(field_name, rest, style, prefixed=True) if rest else None
    if match := names.names.get(band_key(bare)):
        return Band(*match, style, certain=True)
    return None


def is_list_title(text: str) -> bool:
    """Whether a line is the title of the list of a region: "DATA IKM KECAMATAN ..."."""
    return bool(_LIST_TITLE.match(text))


def read_nested_bands(text: str, names: BandNames, numbered: str = "") -> list[Band]:
    """The bands of a line that names a region and the one it lies in, the outer one first.

    Empty where a part of the line is no known region.
    """
    parts = [part.strip(" ,;/()") for part in _SECOND.split(text)] if len(text) <= _LONGEST else []
    bands = [read_band(part, names, numbered) for part in parts]
    certain_bands = [band for band in bands if band and band.certain and band.prefixed]
    if len(bands) < 2 or len(certain_bands) < len(bands):
        return []
    return sorted(certain_bands, key=lambda band: band.field != "kecamatan")


def numbering_style(text: str) -> str:
    """How a line is numbered: "roman", "letter" or "digit"; empty where it is not."""
    match = _LONE_ENUMERATION.fullmatch(text.strip())
    if not match:
        return ""
    if match[1].isdigit():
        return "digit"
    return "roman" if re.fullmatch(r"[IVXL]{2,5}|[IV]", match[1]) else "letter"


@dataclass(slots=True)
class OpenBands:
    """The bands that hold for the rows below, the outermost first."""

    stack: list[Band] = field(default_factory=list)
    #: How many records stood above each of them.
    positions: list[int] = field(default_factory=list)

    def open(self, band: Band, position: int) -> None:
        """Ends the bands of the same or a lower level, then nests the new one."""
        fields = [outer.field for outer in self.stack]
        styles = [outer.style for outer in self.stack]
        if not band.field and not band.style:
            self.stack.clear()  # a caption without rank may end anything
        elif band.field and band.field in fields:
            del self.stack[fields.index(band.field) :]
        elif band.field == "kecamatan" and "kelurahan" in fields:
            del self.stack[fields.index("kelurahan") :]
        elif band.style and band.style in styles:
            del self.stack[styles.index(band.style) :]
        del self.positions[len(self.stack) :]
        self.stack.append(band)
        self.positions.append(position)

    def values(self) -> dict[str, str]:
        """What the open bands give to a row: field -> name."""
        return {band.field: band.name for band in self.stack if band.field}
