"""Date cells: day first, Indonesian and English months, Excel dates only from dates."""

import datetime
import enum
import re
from dataclasses import dataclass

from ..model import Percent
from .months import MONTHS
from .reading import (
    ERASE,
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

EARLIEST = datetime.date(1900, 1, 1)
LATEST = datetime.date(2100, 12, 31)
# Excel counts days from 1900 and believes in 29 February 1900: its first two months are not dates.
_FIRST_SOUND_CELL = datetime.date(1900, 3, 1)

_WEEKDAY_NAMES = (
    "senin monday mon sen",
    "selasa tuesday tue sel",
    "rabu wednesday wed rab",
    "kamis thursday thu kam",
    "jumat jum'at friday fri jum",
    "sabtu saturday sat sab",
    "minggu ahad sunday sun min",
)
_WEEKDAYS = {name: day for day, names in enumerate(_WEEKDAY_NAMES) for name in names.split()}

_TIME = re.compile(
    r"[T ,]+(?:pukul |jam )?([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,][0-9]+)?)?"
    r" ?(?:am|pm|wita|wib|wit|z|[+-][0-9]{2}:?[0-9]{2})?$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"([^\W\d_]+(?:'[^\W\d_]+)?)[,.]? ?(?=[^\W_])")
_NUMERIC = re.compile(r"([0-9]{1,2}) ?[-/. ] ?([0-9]{1,2}) ?[-/. ] ?([0-9]{1,4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_NAMED = re.compile(r"([0-9]{1,2})[-/., ]*([^\W\d_]+)\.?[-/., ]*([0-9]{1,4})")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? ?([0-9]{1,2}),? ([0-9]{4})")

_MONTH_ALONE = re.compile(
    r"(?:(?:bulan|bln)\b\.?\s*)?([^\W\d_]{1,12})\.?\W{0,4}(?:(?:19|20)[0-9]{2})?", re.IGNORECASE
)
_ENDLESS = re.compile(
    r"(?:berlaku )?(?:seumur hidup|selamanya|tidak terbatas|tak terbatas|tanpa batas(?: waktu)?|"
    r"tidak ada batas(?: waktu)?|selama (?:usaha|perusahaan|masih|menjalankan)\b.*)",
    re.IGNORECASE,
)


class DateOrder(enum.Enum):
    """What the first number of a date such as 3/4/2024 is in one column."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    UNKNOWN = "unknown"  # the column shows both, and nobody has said which


@dataclass(frozen=True, slots=True)
class DateManner:
    """How the dates of one column are read.

    ``today`` settles the century of a two-digit year: the nearest past, or where ``is_until`` (the
    column says until when something is valid) the present one. ``doubts_cells`` where Excel may
    have taken month-first texts for day-first dates, so that a date cell may be turned round.
    """

    today: datetime.date
    order: DateOrder = DateOrder.DAY_FIRST
    is_until: bool = False
    doubts_cells: bool = False


def read_date(
    value: object,
    *,
    today: datetime.date,
    order: DateOrder = DateOrder.DAY_FIRST,
    is_until: bool = False,
    doubts_cells: bool = False,
) -> Read:
    """A calendar day, read as ``DateManner`` explains; "seumur hidup" empties an until-column."""
    return read_date_in(value, DateManner(today, order, is_until, doubts_cells))


@cell_reader
def read_date_in(value: object, manner: DateManner) -> Read:
    """A calendar day in a column of this manner."""
    if isinstance(value, datetime.datetime):
        clock = value.time()
        dropped = clock != datetime.time()
        findings = (_time_dropped(value, clock),) if dropped else ()
        return _from_date_cell(value, value.date(), findings, manner)
    if isinstance(value, datetime.date):
        return _from_date_cell(value, value, (), manner)
    if not isinstance(value, str):
        return _number_not_date(value) if number_of(value) is not None else _not_a_date(value)
    if manner.is_until and len(value) <= 80 and _ENDLESS.fullmatch(" ".join(value.split())):
        message = f"{quote(value)} dibaca tanpa batas waktu; tanggalnya dikosongkan."
        return Read(ERASE, (note("no_expiry", message),))
    return _from_text(value, manner)


def _from_date_cell(
    value: object, day: datetime.date, findings: tuple[Finding, ...], manner: DateManner
) -> Read:
    if day < _FIRST_SOUND_CELL or day > LATEST:
        return _out_of_range(value)
    if manner.doubts_cells and day.day <= 12 and day.day != day.month:
        turned = day.replace(day=day.month, month=day.day)
        return _ambiguous(value, day, turned)
    return Read(day, findings)


def _from_text(text: str, manner: DateManner) -> Read:
    if len(text) > 80:
        return _not_a_date(text)
    plain = " ".join(visible(text).replace("–", "-").replace("’", "'").split()).removeprefix("'")
    findings = []
    if plain.replace(".", "").replace(",", "").isdigit() and _parts(plain) is None:
        return _number_not_date(text)
    if clock := _TIME.search(plain):
        if int(clock[1]) > 23 or int(clock[2]) > 59:
            return _not_a_date(text)
        if int(clock[1]) or int(clock[2]) or int(clock[3] or 0):
            findings.append(_time_dropped(text, f"{clock[1]}:{clock[2]}"))
        plain = plain[: clock.start()].strip()
    weekday = None
    if (word := _WEEKDAY.match(plain)) and word[1].casefold() in _WEEKDAYS:
        weekday = _WEEKDAYS[word[1].casefold()]
        plain = plain[word.end() :]
    read = _from_parts(text, plain, manner)
    if not isinstance(read.value, datetime.date):
        return read
    if weekday is not None and read.value.weekday() != weekday:
        findings.append(
            warning("implausible", f"{quote(text)}: nama harinya tidak cocok dengan tanggalnya.")
        )
    return Read(read.value, (*findings, *read.findings)) if findings else read


def _parts(plain: str) -> tuple[int, int, str] | None:
    """Day, month and the year as written."""
    if match := _YEAR_FIRST.fullmatch(plain):
        return int(match[3]), int(match[2]), match[1]
    if match := _NUMERIC.fullmatch(plain):
        return int(match[1]), int(match[2]), match[3]
    if (match := _NAMED.fullmatch(plain)) and match[2].casefold() in MONTHS:
        return int(match[1]), MONTHS[match[2].casefold()], match[3]
    if (match := _MONTH_FIRST.fullmatch(plain)) and match[1].casefold() in MONTHS:
        return int(match[2]), MONTHS[match[1].casefold()], match[3]
    return None


def _from_parts(text: str, plain: str, manner: DateManner) -> Read:
    """The day that a text without time and weekday names."""
    parts = _parts(plain)
    if parts is None or len(parts[2]) not in (2, 4):
        return _not_a_date(text)
    day, month, year = parts
    if manner.order is DateOrder.DAY_FIRST or not _NUMERIC.fullmatch(plain):
        return _calendar_day(text, day, month, year, manner)
    if manner.order is DateOrder.UNKNOWN:
        if day <= 12 and month <= 12 and day != month:
            read, turned = (
                _calendar_day(text, *order, year, manner) for order in ((day, month), (month, day))
            )
            if not isinstance(read.value, datetime.date):
                return read
            return _ambiguous(text, read.value, turned.value)
        return _calendar_day(text, day, month, year, manner)
    if day > 12:  # the one order in which it is a day at all
        return _calendar_day(text, day, month, year, manner)
    read = _calendar_day(text, month, day, year, manner)
    if read.value is None or day == month:
        return read
    swapped = note("month_first", f"{quote(text)} dibaca {read.value:%d-%m-%Y} (bulan dahulu).")
    return Read(read.value, (*read.findings, swapped))


def _calendar_day(text: str, day: int, month: int, year: str, manner: DateManner) -> Read:
    findings: tuple[Finding, ...] = ()
    full_year = int(year)
    try:
        if len(year) == 2:
            full_year += manner.today.year - manner.today.year % 100
            if not manner.is_until and datetime.date(full_year, month, day) > manner.today:
                full_year -= 100
        date = datetime.date(full_year, month, day)
    except ValueError:
        if 12 < month <= 31 and 1 <= day <= 12:
            return refused(
                "ambiguous_date",
                f"{quote(text)} ditulis bulan dahulu. Tulis hari dahulu, misalnya 31/12/2024.",
            )
        return refused(
            "not_a_date",
            f"{quote(text)} tidak ada di kalender. Isi tanggal, misalnya 17/08/2024.",
        )
    if not EARLIEST <= date <= LATEST:
        return _out_of_range(text)
    if len(year) == 2:
        findings = (
            note("two_digit_year", f"{quote(text)} dibaca {date:%d-%m-%Y} (tahun {full_year})."),
        )
    return Read(date, findings)


def _ambiguous(value: object, first: object, second: object) -> Read:
    return refused(
        "ambiguous_date",
        f"{quote(value)} dapat berarti {first:%d-%m-%Y} atau {second:%d-%m-%Y}, sebab kolom ini juga memuat tanggal "
        "yang ditulis bulan dahulu. Tulis bulannya dengan huruf, misalnya 17 Agustus 2024.",
    )


def _time_dropped(value: object, clock: object) -> Finding:
    return note(
        "time_dropped",
        f"{quote(value)} dibaca sebagai tanggal saja; pukul {str(clock)[:5]} dilepas.",
    )


def _number_not_date(value: object) -> Read:
    return refused(
        "not_a_date",
        f"{quote(value)} adalah angka, bukan tanggal. Isi tanggal lengkap, misalnya 17/08/2024.",
    )


def _not_a_date(value: object) -> Read:
    month = _MONTH_ALONE.fullmatch(value.strip()) if isinstance(value, str) else None
    if month and month[1].casefold() in MONTHS:
        return refused(
            "not_a_date",
            f"{quote(value)} hanya menyebut bulannya. Tulis juga harinya, misalnya 17 Mei 2024.",
        )
    kind = "adalah persen, bukan tanggal" if isinstance(value, Percent) else "bukan tanggal"
    return refused("not_a_date", f"{quote(value)} {kind}. Isi tanggal, misalnya 17/08/2024.")


def _out_of_range(value: object) -> Read:
    return refused(
        "out_of_range",
        f"{quote(value)} di luar batas; tanggal seharusnya di antara tahun "
        f"{EARLIEST.year} dan {LATEST.year}. "
        "Periksa tahunnya.",
    )
