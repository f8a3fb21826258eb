"""Recognising what a column's heading means: the field, the money unit, the capacity period."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from ..cells.keys import comparison_key, heading_key

if TYPE_CHECKING:  # it reads headings
    from .wide_headings import WideField

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
#: Each of its words must share this much with the word in the same place.
_CLOSE_WORD = 0.7
#: Near spellings are dear to look for: so many headings of one file are tried, none longer.
NEAR_LOOKUPS = 150
#: So many different texts of one file are looked up; a list has far fewer, a trap has millions.
LOOKUPS = 15_000
LONGEST_NEAR = 60
_NUMBERING = re.compile(r"^\s*\(?(?:\d{1,2}|[A-Za-z]|[IVX]{1,4})\s*[.)]\s*(?=\D)")
#: Words in brackets that make the column another one.
_CHANGING = re.compile(
    r"\b(tetap|kontrak|harian|honorer|lokal|asing|mutasi|bahan bakar|keluarga|dibayar|musiman)\b",
    re.IGNORECASE,
)
#: What forms and questionnaires add to the name of a column without changing what it means.
_POLITE = re.compile(
    r"\b(?:ber)?apa(?:kah)?\b|\b(?:anda|bapak|ibu|saudara|silakan|mohon|tulis(?:kan)?|isi(?:kan)?|"
    r"lengkap|aktif|yang (?:bisa|dapat) dihubungi)\b|\bsesuai (?:ktp|nib|kk)\b|\btempat usaha\b|[?!:]",
    re.IGNORECASE,
)
#: Workers by the day are a kind of workers, not a number of workers a day.
_KIND_OF_WORKERS = re.compile(
    r"\b(?:tenaga kerja|karyawan|pekerja|pegawai|tk)\b.*\b(?:harian|bulanan|tahunan|borongan)\b",
    re.IGNORECASE,
)
_BOTH_SEXES = re.compile(
    r"\(\s*(?:L|LK|laki\W{0,3}laki)\s*(?:/|,|\+|&|dan)?\s*(?:P|PR|perempuan)\s*\)", re.IGNORECASE
)
#: What offices write short in a heading, and the whole word.
_SHORT = {
    "nm": "nama", "almt": "alamat", "tlp": "telp", "telpon": "telp",
    "telepon": "telp", "inv": "investasi", "jml": "jumlah", "jlh": "jumlah", "jmlh": "jumlah",
    "jns": "jenis", "kap": "kapasitas", "prod": "produksi", "ush": "usaha", "thn": "tahun",
    "th": "tahun", "sat": "satuan", "pmlk": "pemilik", "perush": "perusahaan", "nomor": "no",
    "nomer": "no", "naker": "tenaga kerja",
}  # fmt: skip


def money_unit(text: str) -> int | None:
    """What an amount under this heading or title is multiplied by; None where it says nothing."""
    if _MILLIONS.search(text):
        return 1_000_000
    if _BILLIONS.search(text):
        return 1_000_000_000
    if _THOUSANDS.search(text):
        return 1000
    return 1 if _RUPIAH.search(text) else None


def names_both_sexes(text: str) -> bool:
    """Whether a heading says that its cells hold the counts of both sexes: "TK (L/P)"."""
    return _BOTH_SEXES.search(text) is not None


def period(text: str) -> str | None:
    """The period a heading speaks of: "hari", "bulan" or "tahun"."""
    match = _PERIOD.search(text)
    return _PERIODS[(match[1] or match[2])[0].lower()] if match else None


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
    #: The field a misspelt heading is near to, where only the user can say that it means it.
    suggestion: str | None = None


@dataclass(slots=True)
class Vocabulary:
    """The headings one register knows: spelling -> fields, the likeliest first."""

    aliases: dict[str, tuple[str, ...]]
    money: frozenset[str] = frozenset()
    #: A table is this register's only if it has a column for one field of each group.
    required: tuple[frozenset[str], ...] = ()
    #: What the required columns are called when they are missing.
    required_label: str = ""
    #: Fields that a misspelt heading is only suggested for: amounts, dates, years, choices.
    confirmed: frozenset[str] = frozenset()
    #: Fields whose values may stand in the headings.
    wide: tuple["WideField", ...] = ()
    #: Fields that one value may fill in all rows of a table.
    whole: frozenset[str] = frozenset()
    _seen: dict[tuple[str, bool], Recognised] = field(default_factory=dict)
    _near_left: int = NEAR_LOOKUPS
    _left: int = LOOKUPS
    _first_words: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        starts = {spelling[:3] for spelling in (*self.aliases, *RUNNING_NUMBER)}
        self._first_words = frozenset(starts)

    def may_know(self, text: str) -> bool:
        """Whether the text begins like some heading; a cheap look before ``find``."""
        return text[:3].lower() in self._first_words or not text[:3].isalpha()

    def find(self, text: str, *, similar: bool = True) -> Recognised:
        """What the heading means, exactly or, where ``similar``, by a similar spelling."""
        seen = self._seen.get((text, similar))
        if seen is None:
            if self._left <= 0:
                return Recognised(None)
            self._left -= 1
            seen = self._seen[text, similar] = self._find(text, similar)
        return seen

    def _find(self, text: str, similar: bool) -> Recognised:
        match = self._find_whole(text, similar)
        bare = _YEAR.sub(" ", text) if match.field is None or match.fuzzy else text
        if bare != text:
            without_year = self._find_whole(bare, similar)
            if without_year.field and not (match.fuzzy and without_year.fuzzy):
                return without_year
        return match

    def _find_whole(self, text: str, similar: bool) -> Recognised:
        spellings = _spellings(text)
        key = spellings[0]
        if not key:
            return Recognised(None)
        if RUNNING_NUMBER.intersection(spellings[:2]):
            return Recognised(None, running_number=True)
        for spelling in spellings:
            if spelling in self.aliases:
                fields = self.aliases[spelling]
                return Recognised(fields[0], fields[1:])
        if not similar or _KIND_OF_WORKERS.search(text):
            return Recognised(None)
        return self._find_near(heading_key(_PERIOD.sub(" ", text)))

    def _find_near(self, key: str) -> Recognised:
        """A misspelling: the same number of words, each almost the same, of one field only."""
        if not 5 <= len(key) <= LONGEST_NEAR or self._near_left <= 0 or _CHANGING.search(key):
            return Recognised(None)
        self._near_left -= 1
        words = key.count(" ")
        alike = [
            spelling
            for spelling in self.aliases
            if len(spelling) >= 5
            and abs(len(spelling) - len(key)) <= 3
            and spelling.count(" ") == words
        ]
        close = [
            spelling
            for spelling in difflib.get_close_matches(key, alike, n=3, cutoff=_CLOSE)
            if _same_words(key, spelling)
        ]
        if not close:
            return Recognised(None)
        fields = self.aliases[close[0]]
        if len({self.aliases[spelling][0] for spelling in close}) > 1:
            return Recognised(None, suggestion=fields[0])
        if self.confirmed.intersection(fields):
            return Recognised(None, suggestion=fields[0])
        return Recognised(fields[0], fields[1:], fuzzy=True)

    def find_joined(self, parts: list[str], *, similar: bool = True) -> Recognised:
        """What a heading over several rows means: all together, without its groups, then either."""
        if self._left <= 0:
            return Recognised(None)
        if len(parts) > 1:
            for outermost in range(len(parts)):
                match = self.find(" ".join(parts[outermost:]), similar=similar)
                if match.field and not match.fuzzy:
                    return match
            joined, child = (
                self.find(" ".join(parts), similar=similar),
                self.find(parts[-1], similar=similar),
            )
            if comparison_key(_UNIT_TAIL.sub(" ", heading_key(parts[-1]))):
                return joined if joined.field else child
        return self.find(parts[0], similar=similar)

    def missing(self, fields: set[str]) -> bool:
        """Whether a table with these fields cannot be this register's."""
        return any(not group & set(fields) for group in self.required)


def _same_words(key: str, spelling: str) -> bool:
    ours, theirs = key.split(), spelling.split()
    return len(ours) == len(theirs) and all(
        difflib.SequenceMatcher(None, a, b).ratio() >= _CLOSE_WORD
        for a, b in zip(ours, theirs, strict=True)
    )


def _in_full(key: str) -> Iterator[str]:
    """A heading without its shortened words, and without the unit behind them as well."""
    words = key.split()
    if not any(word in _SHORT for word in words):
        return
    full = " ".join(_SHORT.get(word, word) for word in words)
    yield full
    yield comparison_key(_UNIT_TAIL.sub(" ", full))


@lru_cache(maxsize=4096)  # a text is looked up in the headings of every register
def _spellings(text: str) -> tuple[str, ...]:
    """The heading as it stands, then without what may be left out of it."""
    return tuple(dict.fromkeys(_spelled(text)))


def _spelled(text: str) -> Iterator[str]:
    yield heading_key(text)
    text = _NUMBERING.sub("", text, count=1)
    yield heading_key(text)
    if _KIND_OF_WORKERS.search(text):
        return
    without_period = heading_key(_PERIOD.sub(" ", text))
    yield without_period
    if not _CHANGING.search(text):
        yield heading_key(_BOTH_SEXES.sub(" ", text))
        yield heading_key(_BRACKETED.sub(" ", text))
        yield heading_key(_BRACKETED.sub(" ", _PERIOD.sub(" ", text)))
    yield comparison_key(_UNIT_TAIL.sub(" ", without_period))
    yield comparison_key(text)
    yield from _in_full(without_period)
    if _POLITE.search(text) and not _CHANGING.search(text):
        asked = _POLITE.sub(" ", text)
        yield heading_key(asked)
        yield comparison_key(_UNIT_TAIL.sub(" ", heading_key(_PERIOD.sub(" ", asked))))
