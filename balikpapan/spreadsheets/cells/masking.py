"""Numbers of persons, shown without giving them away."""

import re

_MASKED = re.compile(r"[0-9 .,\-/]*[*•●xX]{3}[0-9*•●xX .,\-/]*")
# So many places in a row are a NIK, perhaps a mistyped one, wherever they stand and however they
# are parted; digits of full width count too.
_LONG_ID = re.compile(r"(?<!\d)\d(?:[ .,/\-–—'’\xa0]{0,2}[\dOlI]){13,}")
_AMOUNT = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?")


def mask(digits: str, keep: int = 4) -> str:
    """A number of which only the last few places show: ``************8901``."""
    hidden = max(len(digits) - keep, 0)
    return "*" * hidden + digits[hidden:]


def mask_phone(text: str) -> str:
    """A phone number, or several, that only its owner recognises: ``0812****789``."""
    return " / ".join(_mask_one_phone(part.strip()) for part in text.split("/"))


def _mask_one_phone(phone: str) -> str:
    if len(phone) > 8:
        return f"{phone[:4]}****{phone[-3:]}"
    return f"****{phone[-3:]}" if phone else ""


def mask_long_ids(text: str) -> str:
    """The text with every number as long as a NIK masked to its last four."""
    return _LONG_ID.sub(_mask_unless_amount, text)


def _mask_unless_amount(found: re.Match) -> str:
    return found[0] if _AMOUNT.fullmatch(found[0]) else mask(found[0])


def is_masked(text: str) -> bool:
    """Whether the text is a number that one of our own exports has masked."""
    return _MASKED.fullmatch(text.strip()) is not None
