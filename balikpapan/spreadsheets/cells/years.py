"""Year cells: four digits, or what offices write where the year of an event belongs."""

import datetime
import re

from .dates import EARLIEST, LATEST, DateManner, read_date_in
from .months import read_month
from .reading import (
    Finding,
    Read,
    cell_reader,
    note,
    number_of,
    quote,
    refused,
    visible,
    warning,
)

_YEAR = re.compile(
    r"(?P<word>(?:tahun|thn|th|ta|t\.a)\b[.:]? ?:? ?)?(?P<year>[0-9]{4})(?P<tail>[.,]0{1,2})?(?P<mark> ?\*+\)?)?",
    re.IGNORECASE,
)
#: Words that leave the year as it is, before the year of an event.
_SINCE = re.compile(
    r"(?:(?:mulai|sejak|dari|berdiri|didirikan|dibangun|dibeli|perolehan|pembelian|pada|di)\b[ :]*)+",
    re.IGNORECASE,
)
#: Words and signs that say the year is only about right.
_ABOUT = re.compile(
    r"(?:±|\+/-|\+-|~|≈|(?:sekitar|kira\W?kira|kurang lebih|lebih kurang|lk\b\.?|k\.?l\b\.?|"
    r"awal|pertengahan|akhir|tengah)\b) ?",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\D*(?:19|20)[0-9]{2}\)? ?(?:[-–—/,;&+]|s\W{0,2}d\W?|sampai(?: dengan)?|hingga|dan|atau) ?"
    r"(?:(?:tahun|thn|th)\b\.? ?)?(?:(?:19|20)?[0-9]{2}|sekarang|kini)\D*",
    re.IGNORECASE,
)
#: A date cell in these years holds a year that was typed into a cell formatted as a date.
_TYPED_AS_DAY = (datetime.date(1905, 1, 1), datetime.date(1905, 12, 31))
_FIRST_DAY = datetime.date(1899, 12, 30)


@cell_reader
def read_year(
    value: object,
    *,
    low: int = EARLIEST.year,
    high: int = LATEST.year,
    of_event: DateManner | None = None,
) -> Read:
    """A year of four digits.

    The year of an event, such as a foundation, is read from its date or month as well, noted, and
    from words like "sejak" or "±"; ``of_event`` tells how its dates are read. Where figures belong to the year, a
    month or a day would make those of a part of it the whole year's, so it is refused.
    """
    year, findings = _plain_year(value)
    if year is None and of_event:
        read = _year_of_event(value, of_event)
        if not isinstance(read.value, int):
            return read
        year, findings = read.value, read.findings
    if year is None:
        return _not_a_year(value)
    if not low <= year <= high:
        return refused(
            "out_of_range",
            f"{quote(value)} di luar batas; tahun seharusnya di antara {low} dan {high}. "
            "Periksa tahunnya.",
        )
    return Read(year, findings)


def _plain(text: str) -> str:
    return " ".join(visible(text).split()).removeprefix("'").rstrip(".")


def _plain_year(value: object) -> tuple[int | None, tuple[Finding, ...]]:
    """A year that stands alone, perhaps behind its word; None for anything else."""
    if not isinstance(value, str):
        number = number_of(value)
        return (int(number) if number is not None and number == int(number) else None), ()
    shape = _YEAR.fullmatch(_plain(value))
    if shape is None:
        return None, ()
    year = int(shape["year"])
    is_bare = not shape["word"] and not shape["mark"]
    return year, () if is_bare else (_dropped(value, year),)


def _dropped(value: object, year: int) -> Finding:
    return note("unit_dropped", f"{quote(value)} dibaca {year}.")


def _year_of_event(value: object, manner: DateManner) -> Read:
    """The year of a day, of a month, or behind words that say since when or about when."""
    if isinstance(value, datetime.date):
        return _of_date_cell(value)
    if not isinstance(value, str):
        return _not_a_year(value)
    text = _SINCE.sub("", _plain(value), count=1)
    rest = _ABOUT.sub("", text, count=1) if _ABOUT.match(text) else text
    year = _plain_year(rest)[0]
    if year is not None and rest != text:
        message = f"{quote(value)} dibaca {year}; tahunnya hanya perkiraan."
        return Read(year, (warning("approximate_year", message),))
    if year is not None:
        return Read(year, (_dropped(value, year),))
    month = dict(read_month(text).related).get("year")
    if isinstance(month, int):
        return Read(month, (_dropped(value, month),))
    day = read_date_in(text, manner).value
    return _of_day(value, day) if isinstance(day, datetime.date) else _not_a_year(value)


def _of_date_cell(value: datetime.date) -> Read:
    day = value.date() if isinstance(value, datetime.datetime) else value
    if _TYPED_AS_DAY[0] <= day <= _TYPED_AS_DAY[1]:
        year = (day - _FIRST_DAY).days
        return refused(
            "not_a_year",
            f"{quote(value)} mungkin angka {year} dalam sel berformat tanggal. Ubah format selnya "
            "menjadi Umum, lalu ketik ulang tahunnya.",
        )
    return _of_day(value, day)


def _of_day(value: object, day: datetime.date) -> Read:
    message = f"{quote(value)} dibaca tahun {day.year}; tanggal dan bulannya tidak disimpan."
    return Read(day.year, (note("year_of_date", message),))


def _not_a_year(value: object) -> Read:
    if isinstance(value, datetime.date):
        advice = f"bukan tahun, melainkan tanggal. Isi empat angka, misalnya {value.year}."
    elif isinstance(value, str) and _SEVERAL.fullmatch(_plain(value)):
        advice = "menyebut lebih dari satu tahun. Isi satu tahun saja, misalnya 2024."
    else:
        advice = "bukan tahun. Isi empat angka, misalnya 2024."
    return refused("not_a_year", f"{quote(value)} {advice}")
