"""What two texts share when an office would call them the same."""

import re
import unicodedata

from .reading import visible

# "P.T." and "PT." are one word, "Gn.Samarinda" is two.
_ABBREVIATION = re.compile(r"(?<![^\W\d_])([^\W\d_])\.(?=[^\W\d_](?![^\W\d_]))")
_POINT_IN_WORD = re.compile(r"\.['`]*[^\W\d_]")
_SILENT = re.compile(r"['’‘`´ʼ]")
_GAP = re.compile(r"[\s.,\-‐‑‒–—―_/\\:;\"“”()\[\]{}]+")
# What _GAP and _SILENT say of ASCII; most cells are ASCII, and one translation is far cheaper.
_ASCII_GAPS = str.maketrans(
    {**dict.fromkeys(' .,-_/\\:;"()[]{}\t\n\r\v\f\x1c\x1d\x1e\x1f', " "), "'": None, "`": None}
)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_MONEY = {
    "rp",
    "000",
    "rp000",
    "1000",
    "ribu",
    "ribuan",
    "juta",
    "jutaan",
    "miliar",
    "milyar",
    "rupiah",
    "idr",
    "dalam",
}
_COUNTS = {"orang", "org", "jiwa", "unit", "buah", "bh", "pcs", "%", "persen"}
_MEASURES = {
    "kg",
    "kilogram",
    "gram",
    "gr",
    "ton",
    "liter",
    "ltr",
    "m",
    "m2",
    "m3",
    "ha",
    "meter",
    "kwh",
    "kva",
    "c",
    "°c",
    "°",
    "derajat",
    "celcius",
    "celsius",
}
_PERIODS = {"hari", "bulan", "bln", "tahun", "thn", "th", "per", "x"}
_UNIT_WORDS = _MONEY | _COUNTS | _MEASURES | _PERIODS


def comparison_key(text: str) -> str:
    """The text without what does not tell things apart.

    Case, width and composition of letters, invisible characters and apostrophes do not count;
    spaces, points, commas, dashes, slashes, quotes and brackets count as one space.
    """
    if text.isascii():
        if text.isalnum():
            return text if text.isdigit() else text.lower()
        if not _POINT_IN_WORD.search(text):
            return " ".join(text.lower().translate(_ASCII_GAPS).split())
    text = unicodedata.normalize("NFKC", visible(text)).casefold()
    text = unicodedata.normalize("NFKC", visible(text))
    text = _ABBREVIATION.sub(r"\1", _SILENT.sub("", text))
    return " ".join(_GAP.sub(" ", text).split())


def heading_key(text: str) -> str:
    """The comparison key of a heading: its unit, "(Rp.000)" or "(orang)", and a "*" left out."""
    text = text.replace("_x000D_", " ").replace("*", " ")
    return comparison_key(_BRACKETS.sub(_without_unit, text))


def _without_unit(brackets: re.Match[str]) -> str:
    words = comparison_key(brackets[1]).split()
    return " " if words and all(word in _UNIT_WORDS for word in words) else brackets[0]
