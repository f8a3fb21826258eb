"""Cells that say from when until when: "17 - 19 Agustus 2024", "17 s.d. 19 Agustus 2024"."""

import calendar
import datetime
import re

from .dates import DateManner, read_date_in
from .months import read_month
from .reading import Finding, Read, cell_reader, is_blank, note, quote, refused, visible

_BETWEEN = re.compile(
    r"\s*(?:\bs\s*[./]?\s*d\b\.?|\bsampai(?:\s+dengan)?\b|\bsd\b\.?|\bhingga\b|"
    r"(?<=[0-9A-Za-z])\s*[-\u2013\u2014]\s*(?=[0-9A-Za-z]))\s*",
    re.IGNORECASE,
)
_DAY_NAME = r"(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad)"
#: "Senin - Rabu, " before the days themselves.
_WEEKDAYS = re.compile(
    rf"^{_DAY_NAME}\s*(?:-|–|s\.?/?d\.?|sampai(?:\s+dengan)?|dan|&)\s*{_DAY_NAME}\s*[,/]?\s*",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?:berlaku\s+)?(?:s\s*[./]?\s*d\b\.?|sampai(?:\s+dengan)?\b|hingga\b)\s*(?:tanggal\s+|tgl\.?\s+)?",
    re.IGNORECASE,
)
_NAMES_MONTH = re.compile(r"^[^\W\d_]")
#: What the first day may leave to the second: its month and its year.
_TAILS = (
    re.compile(r"[0-9]{1,2}(?P<tail>[-/. ]+(?:[0-9]{1,2}|[^\W\d_]+)\.?[-/., ]+[0-9]{2,4})"),
    re.compile(r"[0-9]{1,2}[-/. ]+(?:[0-9]{1,2}|[^\W\d_]+)\.?(?P<tail>[-/., ]+[0-9]{2,4})"),
)


@cell_reader
def read_date_range(value: object, manner: DateManner, *, months: bool = False) -> Read:
    """A day; where the cell names two, the first, with the second as its related ``end``.

    Where ``months``, a month of a year alone ("Mei 2024") is its first and its last day.
    """
    single = read_date_in(value, manner)
    if not isinstance(value, str) or not single.has_error or len(value) > 120:
        return single
    text = _WEEKDAYS.sub("", " ".join(visible(value).split()))
    if months and (days := _days_of_month(text)):
        return _range(value, *days)
    for parting in _BETWEEN.finditer(text):
        head, end_text = text[: parting.start()].strip(), text[parting.end() :].strip()
        if is_blank(head) or is_blank(end_text):
            continue
        if two_months := _months(head, end_text):
            return _range(value, *two_months)
        end = read_date_in(end_text, manner)
        start = _start(head, end_text, manner)
        if start is None or not isinstance(end.value, datetime.date):
            continue
        if not isinstance(start.value, datetime.date):
            continue
        if start.value > end.value:
            return refused(
                "range_reversed",
                f"{quote(value)}: tanggal selesainya mendahului tanggal mulainya. "
                "Periksa kedua tanggalnya.",
            )
        return _range(value, start.value, end.value, (*start.findings, *end.findings))
    return single


def _range(
    value: object, first: datetime.date, last: datetime.date, findings: tuple[Finding, ...] = ()
) -> Read:
    message = f"{quote(value)} dibaca mulai {first:%d-%m-%Y}, selesai {last:%d-%m-%Y}."
    return Read(first, (*findings, note("date_range", message)), (("end", last),))


@cell_reader
def read_until(value: object, manner: DateManner) -> Read:
    """The last day of something: "s/d 17 Agustus 2028" and the end of a range are that day."""
    single = read_date_in(value, manner)
    if not isinstance(value, str) or not single.has_error or len(value) > 120:
        return single
    text = " ".join(visible(value).split())
    lead = _UNTIL.match(text)
    if lead:
        last = read_date_in(text[lead.end() :].strip(" :"), manner)
        day, findings = last.value, last.findings
    else:
        period = read_date_range(value, manner)
        day, findings = dict(period.related).get("end"), single.findings[:0]
    if not isinstance(day, datetime.date):
        return single
    return Read(day, (*findings, note("until", f"{quote(value)} dibaca sampai {day:%d-%m-%Y}.")))


def _days_of_month(text: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of a month that a text names with its year: "Mei 2024"."""
    month = read_month(text)
    year = dict(month.related).get("year")
    if (
        not isinstance(month.value, int)
        or not isinstance(year, int)
        or not _NAMES_MONTH.search(text)
    ):
        return None
    first = datetime.date(year, month.value, 1)
    return first, first.replace(day=calendar.monthrange(year, month.value)[1])


def _months(head: str, end_text: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of two months: "Jan 2023 - Des 2023", "Juli - Desember 2024"."""
    first, last = read_month(head), read_month(end_text)
    end_year = dict(last.related).get("year")
    start_year = dict(first.related).get("year", end_year)
    numbers = (start_year, first.value, end_year, last.value)
    if not _NAMES_MONTH.search(head) or not all(isinstance(n, int) for n in numbers):
        return None
    year, month, last_year, last_month = (int(str(number)) for number in numbers)
    start = datetime.date(year, month, 1)
    days = calendar.monthrange(last_year, last_month)[1]
    end = datetime.date(last_year, last_month, days)
    return (start, end) if start < end else None


def _start(head: str, end_text: str, manner: DateManner) -> Read | None:
    """The first day, completed by month and year of the second where it leaves them out."""
    candidates = [head]
    for tail in _TAILS:
        if shape := tail.fullmatch(end_text):
            candidates.append(f"{head}{shape['tail']}")
    for text in candidates:
        read = read_date_in(text, manner)
        if read.value is not None and not read.has_error:
            return read
    return None
