"""How a personal value of each kind is shown to those who may not see it."""

import re
from collections.abc import Callable
from unicodedata import decimal

#: What stands for a value of which nothing may show; as a cell it reads as blank.
HIDDEN = "********"
#: The fields, in any register, that say who a person is or where to find them.
PERSONAL_KINDS = frozenset({"nik", "npwp", "phone", "email", "latitude", "longitude"})
#: A shorter identity number shows nothing: its last four places would be most of it.
_SHORTEST_SHOWN = 9
_SHORTEST_PHONE_SHOWN = 6

_MASKED = re.compile(r"[0-9 .,\-/]*[*•●xX]{3}[0-9*•●xX .,\-/]*")
# So many places in a row are a NIK, perhaps a mistyped one, wherever they stand and however they
# are parted; digits of full width count too.
_LONG_ID = re.compile(r"(?<!\d)\d(?:[ .,/\-–—'’\xa0]{0,2}[\dOlI]){13,}")
# A mobile number, or one of a city behind its code; an amount never begins with a zero.
_PHONE = re.compile(
    r"(?<![\d.,*])(?:(?:\+62|62|0)[ .\-()]{0,2}8\d(?:[ .\-]?\d){7,11}"
    r"|\(?(?:\+62[ .\-]?|0)[2-79]\d{1,2}(?:\)[ .\-]?|[ .\-])\d{3}(?:[ .\-]?\d){2,5})(?!\d)"
)
_EMAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
# What somebody looks for: a word with so many digits may be a NIK, NPWP or telephone number.
_TELLING = re.compile(r"(?:\d[ .\-/]?){5,}|\S+@\S+")
# What ``mask_free_text`` leaves of a number or an address.
_HOLDS_MASK = re.compile(r"\*{8,}|\d{4}\*{4}\d{3}")
_AMOUNT = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?")


def mask_value(kind: str, text: str) -> str:
    """A personal value as everybody else sees it; a blank text stays as it is.

    ``kind`` is the field: of ``nik`` and ``npwp`` the last four places show, of each number in
    ``phone`` the first four and last three. Of every other kind (e-mail, coordinates) nothing does.
    """
    if not text.strip():
        return text
    return _MASKS.get(kind, _mask_wholly)(text)


def mask(digits: str, keep: int = 4) -> str:
    """A number of which only the last ``keep`` places show: ``************8901``."""
    hidden = max(len(digits) - keep, 0)
    return "*" * hidden + digits[hidden:]


def mask_phone(text: str) -> str:
    """A phone number, or several, that only its owner recognises: ``0812****789``."""
    return " / ".join(_mask_one_phone(part.strip()) for part in text.split("/"))


def _mask_identity(number: str) -> str:
    number = number.strip()
    return mask(number) if len(number) >= _SHORTEST_SHOWN else "*" * max(len(number), 4)


def _mask_one_phone(phone: str) -> str:
    if len(phone) > 8:
        return f"{phone[:4]}****{phone[-3:]}"
    if len(phone) >= _SHORTEST_PHONE_SHOWN:
        return f"****{phone[-3:]}"
    return "****" if phone else ""


def _mask_wholly(_text: str) -> str:
    return HIDDEN


_MASKS: dict[str, Callable[[str], str]] = {
    "nik": _mask_identity,
    "npwp": _mask_identity,
    "phone": mask_phone,
}


def mask_long_ids(text: str) -> str:
    """The text with every number as long as a NIK masked to its last four."""
    return _LONG_ID.sub(_mask_unless_amount, text)


def replace_ids(text: str, digits: str, replacement: str) -> str:
    """The text with another word for every number as long as a NIK in which these digits stand."""

    def replaced(number: re.Match[str]) -> str:
        is_meant = digits in _digits(number) and not is_amount(number[0])
        return replacement if is_meant else number[0]

    return _LONG_ID.sub(replaced, text)


def _digits(number: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", number[0])
    return digits if digits.isascii() else "".join(str(decimal(digit)) for digit in digits)


def is_amount(number: str) -> bool:
    """Whether a number is grouped as amounts are: 1.234.567.890.000.100."""
    return _AMOUNT.fullmatch(number) is not None


def mask_free_text(text: str) -> str:
    """A text that people typed as everybody else reads it: without NIK, NPWP, phone and e-mail."""
    text = mask_long_ids(text)
    if "@" in text:
        text = _EMAIL.sub(HIDDEN, text)
    return _PHONE.sub(_mask_typed_phone, text)


def _mask_typed_phone(phone: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", phone[0])
    return phone[0] if _AMOUNT.fullmatch(phone[0]) else _mask_one_phone(digits)


def holds_mask(text: str) -> bool:
    """Whether a text is one that ``mask_free_text`` took something out of."""
    return "****" in text and _HOLDS_MASK.search(text) is not None


def _mask_unless_amount(number: re.Match[str]) -> str:
    return number[0] if is_amount(number[0]) else mask(number[0])


def is_masked(text: str) -> bool:
    """Whether the text is a number that one of our own exports has masked."""
    return _MASKED.fullmatch(text.strip()) is not None


def is_telling(text: str) -> bool:
    """Whether what somebody looks for may hold a number or an address of a person."""
    return _TELLING.search(text) is not None


def mask_telling(text: str) -> str:
    """What somebody looked for, without the numbers and addresses that may be a person's."""
    return _TELLING.sub(lambda word: _mask_identity(re.sub(r"\D", "", word[0]) or "****"), text)
