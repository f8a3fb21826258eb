"""Numbers of persons, shown without giving them away."""

import re

_MASKED = re.compile(r"[0-9 .,\-/]*[*•●xX]{3}[0-9*•●xX .,\-/]*")
# So many places in a row are a NIK, perhaps a mistyped one, wherever they stand.
_LONG_ID = re.compile(r"(?<![0-9])[0-9](?:[ -]?[0-9OlI]){13,}")


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
    return _LONG_ID.sub(lambda found: mask(found[0]), text)


def is_masked(text: str) -> bool:
    """Whether the text is a number that one of our own exports has masked."""
    return _MASKED.fullmatch(text.strip()) is not None
