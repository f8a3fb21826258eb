"""What a number format of Excel makes of a number: a date, a percentage or just a number."""

import datetime
import re
from typing import Any

_BUILT_IN_DATES = {*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58}
_BUILT_IN_TIMES = {18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56}
_BUILT_IN_PERCENTS = {9, 10}
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[(?![hms]+\])[^\]]*\]|general|standard', re.I | re.S)
_ELAPSED = re.compile(r"\[[hms]+\]", re.I)
#: A cell that JSON cannot carry as it is: what it is and its text, such as ["d", "2024-08-17"].
Tagged = list[Any]
#: A cell as it travels to the parent process.
Sent = str | bool | int | float | Tagged | None
_LAST_SERIAL = 2958465  # 31 December 9999


def kind_of_format(number: int, code: str | None) -> str:
    """``date``, ``time``, ``percent`` or ``number``; ``code`` wins over the built-in number."""
    if code is None:
        if number in _BUILT_IN_DATES:
            return "date"
        if number in _BUILT_IN_TIMES:
            return "time"
        return "percent" if number in _BUILT_IN_PERCENTS else "number"
    plain = _LITERAL.sub("", code).split(";")[0].lower()
    if _ELAPSED.search(plain):
        return "number"
    if "%" in plain:
        return "percent"
    if any(letter in plain for letter in "dy"):
        return "date"
    if any(letter in plain for letter in "hs"):
        return "time"
    return "date" if "m" in plain else "number"


def moment(serial: float, kind: str, is_1904: bool) -> Tagged | None:
    """A serial as a tagged date, date with time, or time; None where it names no real day."""
    if not abs(serial) <= _LAST_SERIAL + 1:
        return None
    days, seconds = divmod(round(serial * 86_400_000), 86_400_000)
    clock = datetime.timedelta(milliseconds=seconds)
    if kind == "time" and days == 0:
        return ["h", (datetime.datetime.min + clock).time().isoformat()]
    # Day 60 of the 1900 system is 29 February 1900, which never was; day 0 is "00/01/1900".
    if not is_1904 and (days < 1 or days == 60) or days < 0:
        return None
    if days > _LAST_SERIAL - (1462 if is_1904 else 0):
        return None
    if is_1904:
        epoch = datetime.datetime(1904, 1, 1)
    else:
        epoch = datetime.datetime(1899, 12, 30 if days > 60 else 31)
    day = epoch + datetime.timedelta(days=days)
    if not seconds:
        return ["d", day.date().isoformat()]
    return ["t", (day + clock).isoformat()]


def number(text: str | float) -> int | float:
    """A stored number: whole ones as int as long as a float holds them exactly."""
    value = float(text)
    if -9007199254740992 < value < 9007199254740992 and value.is_integer():
        return int(value)
    return value


def shown(value: float, kind: str, is_1904: bool) -> Sent:
    """A stored number as its format presents it."""
    if kind == "number":
        return number(value)
    if kind == "percent":
        return ["p", value]
    return moment(value, kind, is_1904) or number(value)


def iso_moment(text: str) -> str | Tagged:
    """A date stored as text in ISO form; any other text stays what it is."""
    try:
        moment = datetime.datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return text
    moment = moment.replace(tzinfo=None)
    if moment.time() == datetime.time():
        return ["d", moment.date().isoformat()]
    return ["t", moment.isoformat()]
