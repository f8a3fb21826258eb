"""Phone cells: digits that start with 0, several numbers kept side by side."""

import re

from .identifiers import masked_value, zero_or_null
from .masking import is_masked, mask_phone
from .reading import Finding, Read, cell_reader, note, quote, visible, warning
from .texts import plain_number

_SEVERAL = re.compile(r"[/,;&|\n]| dan | atau ", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:(?:no|nomor|hp|wa|whatsapp|telp|tlp|telepon|telpon|tel|kantor)\b[ .:]*)+", re.IGNORECASE
)
_PUNCTUATION = str.maketrans("", "", " .-‐‑‒–—−()'’")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９＋", "0123456789+")
# The largest number of a MySQL integer: what old systems made of every mobile number.
_OVERFLOWN = "2147483647"

#: The lines among many that ``read_phone`` takes just as they stand.
PLAIN_PHONES = re.compile(r"^0[1-9][0-9]{7,12}$", re.MULTILINE)


@cell_reader
def read_phone(value: object) -> Read:
    """One phone number or several as text; what cannot be read is left blank with a warning."""
    if isinstance(value, str) and is_masked(value):
        return masked_value(value)
    if blank := zero_or_null(value):
        return blank
    if isinstance(value, str):
        text = visible(value).translate(_FULL_WIDTH)
    else:
        text = plain_number(value) or ""
    numbers, findings = _numbers_in(text) if len(text) <= 200 else ([], [])
    if not numbers:
        return _unreadable(value)
    joined = " / ".join(numbers)
    if len(numbers) > 1:
        findings.append(
            note("several_phones", f"{_shown(joined)} memuat {len(numbers)} nomor; semua disimpan.")
        )
    return Read(joined, tuple(findings))


def _numbers_in(text: str) -> tuple[list[str], list[Finding]]:
    """Each number once, with what is noted about it; none where one of them cannot be read."""
    numbers, findings = {}, []
    for part in _SEVERAL.split(text):
        digits = _LABEL.sub("", part.strip()).translate(_PUNCTUATION)
        if not digits:
            continue
        number, finding = _normalised(digits)
        if number is None:
            return [], []
        numbers[number] = True
        if finding:
            findings.append(finding)
    return list(numbers), findings


def _normalised(digits: str) -> tuple[str | None, Finding | None]:
    international = digits.startswith("+")
    digits = digits.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()) or digits == _OVERFLOWN:
        return None, None
    if digits.startswith("0062"):
        digits = digits[2:]
    if digits.startswith("62") and (international or len(digits) >= 11):
        number = "0" + digits[2:].removeprefix("0")
        finding = note("country_code", f"{_shown(number)}: kode negara +62 diganti 0.")
    elif international:
        return None, None
    elif digits[0] in "23456789" and 9 <= len(digits) <= 12:
        number = f"0{digits}"
        finding = note("restored_zero", f"{_shown(number)}: nol di depan dipulihkan.")
    elif digits[0] != "0" and 5 <= len(digits) <= 8:
        return digits, note("short_phone", f"{_shown(digits)} tidak memuat kode wilayah.")
    else:
        number, finding = digits, None
    if not 9 <= len(number) <= 14 or number[0] != "0" or number[1] == "0":
        return None, None
    return number, finding


def _shown(number: str) -> str:
    return quote(mask_phone(number))


def _unreadable(value: object) -> Read:
    finding = warning(
        "unreadable_phone",
        f"{quote(value)} bukan nomor telepon yang terbaca, jadi dikosongkan. "
        "Ketik ulang sebagai teks, misalnya 081234567890.",
    )
    return Read(None, (finding,))
