"""A NIK as people write it: whole or in groups, in digits of any width, in a text or an address."""

import itertools
import re
import unicodedata
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlencode

from balikpapan.spreadsheets.cells.masking import is_amount, replace_ids

NIK_DIGITS = 16
#: A NIK's last places; with the field they tell which number of a text is meant, and nobody's name.
TAIL = 4
#: Stands where the NIK stood; shorter than it, and no mask, so that the text can still be edited.
REMOVED = "[NIK dihapus]"
#: What stands between two digits of one number at most: no letter, and no digit.
_BETWEEN = r"[\W_]{0,3}"
_WHOLE = re.compile(rf"(?<!\d)\d(?:{_BETWEEN}\d){{{NIK_DIGITS - 1}}}(?!\d)")


def ascii_digits(text: str) -> str:
    """The text, sign for sign, with every decimal digit of another script as an ASCII one."""
    if text.isascii():
        return text
    return "".join(
        sign if (value := unicodedata.decimal(sign, None)) is None else str(value) for sign in text
    )


def only_digits(text: str) -> str:
    """The digits of a text alone, as ASCII."""
    return re.sub(r"\D", "", ascii_digits(text))


class WrittenNik:
    """One NIK of 16 digits; every other number is left alone."""

    def __init__(self, nik: str):
        self._pattern = re.compile(_BETWEEN.join(nik))

    def stands_in(self, value: Any) -> bool:
        """Whether it stands in a text, or in any text or number of what JSON holds."""
        if isinstance(value, dict):
            return any(self.stands_in(part) for part in itertools.chain(value, value.values()))
        if isinstance(value, list):
            return any(self.stands_in(part) for part in value)
        if isinstance(value, bool) or value is None:
            return False
        text = ascii_digits(str(value))
        return self._is_in(text) or ("%" in text and self._is_in(ascii_digits(unquote_plus(text))))

    def _is_in(self, text):
        return self._pattern.search(text) is not None

    def removed_from(self, text: str) -> str:
        """The text with ``REMOVED`` wherever the NIK stands."""
        return _outside_and_inside_addresses(text, self._removed)

    def _removed(self, text):
        return _replaced(text, self._pattern.finditer(ascii_digits(text)))


class NikEnding:
    """A NIK of which only its last places are left: a number as long that ends so is taken for it."""

    def __init__(self, tail: str):
        self.tail = tail

    def stands_in(self, value: Any) -> bool:
        """Whether a number that may be the NIK stands in a text or is one."""
        text = str(value)
        return self.removed_from(text) != text

    def removed_from(self, text: str) -> str:
        """The text with ``REMOVED`` for each number that may be the NIK."""
        return _outside_and_inside_addresses(text, self._removed)

    def _removed(self, text):
        numbers = [
            number
            for number in _WHOLE.finditer(ascii_digits(text))
            if only_digits(number[0]).endswith(self.tail) and not is_amount(number[0])
        ]
        return _replaced(text, numbers) if numbers else replace_ids(text, self.tail, REMOVED)


def _replaced(text, matches):
    parts, end = [], 0
    for match in matches:
        parts += [text[end : match.start()], REMOVED]
        end = match.end()
    return "".join([*parts, text[end:]])


def _outside_and_inside_addresses(text: str, removed: Callable[[str], str]) -> str:
    """What a browser has written as %20 or %EF%BC%91 counts as the sign it stands for."""
    text = removed(text)
    if "%" not in text:
        return text
    plain = unquote_plus(text)
    if removed(plain) == plain:
        return text
    pairs = parse_qsl(text, keep_blank_values=True)
    if not pairs:
        return removed(plain)
    return urlencode([(removed(name), removed(value)) for name, value in pairs])
