"""Months as offices write them: by name, shortened, by number, or inside a date."""

import datetime
import difflib
import re
from typing import NamedTuple

from .reading import Read, cell_reader, note, number_of, quote, refused, visible

#: The months as the office's forms and reports print them; the first is January.
MONTH_NAMES = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
#: The full names in lower case, as an alternative of a regular expression.
MONTH_WORDS = "|".join([*map(str.lower, MONTH_NAMES), "pebruari", "nopember"])
_SPELLINGS = (
    "januari january jan janu",
    "februari february pebruari feb peb febr pebr",
    "maret march mar mrt mart",
    "april apr apl",
    "mei may",
    "juni june jun",
    "juli july jul",
    "agustus august agu agt agst ags aug agust agus",
    "september sept sep septem sepember",
    "oktober october okt oct okto",
    "november nopember nov nop",
    "desember december des dec dese",
)
#: Every spelling of a month in lower case, and the month's number from 1 to 12.
MONTHS = {name: month for month, names in enumerate(_SPELLINGS, 1) for name in names.split()}
_NAMED = re.compile(
    r"(?P<until>s\W{0,2}d\b\.?|sampai(?:\s+dengan)?|hingga)?\s*(?:akhir\s+)?"
    rf"\b(?:bulan|bln|periode)\s*:?\s*(?P<month>{'|'.join(MONTHS)})\b",
    re.IGNORECASE,
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN_MONTHS = {numeral: month for month, numeral in enumerate(_ROMAN, 1)}
_SHAPE = re.compile(
    r"(?:(?:bulan|bln)\b[. :]*)?(?:ke[- ]?)?"
    r"(?:(?P<number>0?[1-9]|1[0-2])|(?P<name>[^\W\d_]+))\.?"
    r"(?:[ ,./'-]*(?P<year>(?:19|20)[0-9]{2}|(?<=[-' /])[0-9]{2}))?",
    re.IGNORECASE,
)
_DATE = re.compile(r"[0-9]{1,2}[-/. ](?P<month>[0-9]{1,2})[-/. ](?P<year>[0-9]{4})")


def month_number(word: str) -> int | None:
    """The month, 1 to 12, that a single word names in any spelling, a Roman numeral included."""
    key = word.strip(" .").casefold()
    return MONTHS.get(key) or _ROMAN_MONTHS.get(key)


class NamedMonth(NamedTuple):
    """The month, 1 to 12, that a text speaks of; ``until`` where it says "s/d"."""

    month: int | None
    until: bool = False


def named_month(text: str) -> NamedMonth:
    """The one month that a title or a caption names after "bulan"; None where it names several."""
    matches = list(_NAMED.finditer(text))
    if len({MONTHS[match["month"].casefold()] for match in matches}) != 1:
        return NamedMonth(None)
    return NamedMonth(MONTHS[matches[0]["month"].casefold()], bool(matches[0]["until"]))


def without_named_month(text: str) -> str:
    """The text without the months that ``named_month`` looks for."""
    return _NAMED.sub(" ", text)


@cell_reader
def read_month(value: object) -> Read:
    """A month from 1 to 12; a year beside it becomes its related ``year``, noted.

    A date cell says its year where it is the first of a month: typed as "Jan 24", it would be the
    24th of the year it was typed in.
    """
    if isinstance(value, datetime.date):
        return _noted(value, value.month, value.year if value.day == 1 else None)
    if not isinstance(value, str):
        number = number_of(value)
        if number is not None and number in range(1, 13):
            return Read(int(number))
        return _not_a_month(value)
    text = " ".join(visible(value).split()).removeprefix("'")
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        date = _DATE.fullmatch(text)
        if date and int(date["month"]) in range(1, 13):
            return _noted(value, int(date["month"]), int(date["year"]))
        return _not_a_month(value)
    month = int(shape["number"]) if shape["number"] else month_number(shape["name"])
    if month is None:
        return _not_a_month(value)
    if not shape["year"]:
        return Read(month)
    year = int(shape["year"])
    return _noted(value, month, year if year > 99 else 2000 + year)


def _noted(value: object, month: int, year: int | None) -> Read:
    name = f"{MONTH_NAMES[month - 1]} {year or ''}".strip()
    finding = note("read_as_month", f"{quote(value)} dibaca bulan {name}.")
    return Read(month, (finding,), (("year", year),) if year else ())


def _not_a_month(value: object) -> Read:
    advice = ""
    if isinstance(value, str) and len(value) < 20:
        similar = difflib.get_close_matches(value.casefold(), MONTHS, n=1, cutoff=0.7)
        advice = f"Mungkin maksudnya {MONTH_NAMES[MONTHS[similar[0]] - 1]}. " if similar else ""
    return refused(
        "unknown_choice",
        f"{quote(value)} bukan bulan yang dikenal. {advice}Isi nama bulannya, misalnya Agustus, "
        "atau angka 1 sampai 12.",
    )
