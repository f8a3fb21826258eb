"""Numbers that are names: NIK, NIB, NPWP, account and item codes. They are text, never amounts."""

import re

from .masking import is_masked, mask_value
from .reading import (
    Finding,
    Read,
    cell_reader,
    is_blank,
    note,
    number_of,
    quote,
    refused,
    visible,
    warning,
)
from .texts import became_a_date, clean, plain_number

SCIENTIFIC = re.compile(r"[+-]?[0-9]+([.,][0-9]+)? ?e ?[+-]?[0-9]+", re.IGNORECASE)
_SEPARATORS = str.maketrans("", "", " \t\r\n\xa0\u202f.,-‐‑‒–—−/'’‘`´")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_AS_TEXT = "Format kolom sebagai Teks lalu ketik ulang."


@cell_reader
def read_digits(value: object, *, lengths: tuple[int, ...], what: str) -> Read:
    """An identity number of fixed length as text; what Excel may have damaged is refused."""
    refusal = became_a_date(value)
    if refusal:
        return refusal
    if isinstance(value, str):
        return _digits_of_text(value, lengths, what)
    return _digits_of_number(value, lengths, what)


def plain_digits(lengths: tuple[int, ...], what: str) -> re.Pattern[str]:
    """The lines among many that ``read_digits`` takes just as they stand."""
    if what == "NIK":  # province, day (women + 40) and month must look sound
        day, month = "(?:[04][1-9]|[1256][0-9]|[37][01])", "(?:0[1-9]|1[0-2])"
        return re.compile(
            rf"^(?!00)[0-9]{{6}}{day}{month}[0-9]{{2}}(?!0000)[0-9]{{4}}$", re.MULTILINE
        )
    shapes = "|".join(f"[0-9]{{{length}}}" for length in lengths)
    return re.compile(rf"^(?!0+$)(?:{shapes})$", re.MULTILINE)


@cell_reader
def read_code(value: object, *, pattern: re.Pattern[str], what: str) -> Read:
    """An account, item or activity code as text that fits ``pattern``."""
    refusal = became_a_date(value)
    if refusal:
        return refusal
    if not isinstance(value, str):
        plain = plain_number(value) if isinstance(value, int) else None
        if plain is not None and pattern.fullmatch(plain):
            return Read(plain)
        return refused(
            "id_as_number",
            f"{quote(value)} berupa angka; nol atau titik pada {what} hilang di Excel. {_AS_TEXT}",
        )
    text, findings = clean(value)
    if text is None:
        return Read(None, findings)
    if text.startswith("'"):
        text = text[1:].strip()
    if pattern.fullmatch(text):
        return Read(text, findings)
    shorter = text.rstrip(". ")
    if shorter != text and pattern.fullmatch(shorter):
        dropped = note("stray_mark", f"{quote(value)} dibaca {shorter} tanpa titik di ujungnya.")
        return Read(shorter, (*findings, dropped))
    if SCIENTIFIC.fullmatch(text):
        return _scientific(value, what)
    return refused("bad_code", f"{quote(value)} bukan {what}. Periksa angka dan titiknya.")


def masked_value(value: object) -> Read:
    """A number masked by one of our own exports: it keeps what is stored."""
    return Read(None, (note("masked_value", f"{quote(value)} tersamar; nilai tersimpan tetap."),))


def zero_or_null(value: object) -> Read | None:
    """The blank that "0" or "null" means where an identity number or a phone should stand."""
    if isinstance(value, str):
        is_empty = value.strip(" '0") == "" or value.strip().casefold() in ("null", "nil")
    else:
        is_empty = number_of(value) == 0
    if not is_empty:
        return None
    return Read(None, (note("read_as_blank", f"{quote(value)} dianggap kosong."),))


def _digits_of_text(value: str, lengths: tuple[int, ...], what: str) -> Read:
    if is_masked(value):
        return masked_value(value)
    if blank := zero_or_null(value):
        return blank
    plain = visible(value).strip()
    if SCIENTIFIC.fullmatch(plain):
        return _scientific(value, what)
    digits = plain.translate(_FULL_WIDTH).translate(_SEPARATORS)
    if is_blank(digits):
        return refused("id_not_digits", f"{quote(value)} bukan {what}. Isi dengan angka saja.")
    shown = _shown(digits, what)
    if not (digits.isascii() and digits.isdigit()):
        return refused(
            "id_not_digits",
            f"{shown} memuat huruf atau tanda; {what} hanya terdiri atas angka. "
            "Periksa huruf O dan l yang mirip angka.",
        )
    if len(digits) not in lengths:
        return _wrong_length(shown, len(digits), lengths, what)
    findings = _warnings(digits, shown, what)
    if digits != value:
        tidied = note("separators_removed", f"{shown} dibaca tanpa spasi dan tanda baca.")
        findings = (tidied, *findings)
    return Read(digits, findings)


def _digits_of_number(value: object, lengths: tuple[int, ...], what: str) -> Read:
    if blank := zero_or_null(value):
        return blank
    number = number_of(value)
    if number is None or number < 0 or number != number.to_integral_value():
        return refused("id_not_digits", f"{quote(value)} bukan {what}. Isi dengan angka saja.")
    digits = f"{number.to_integral_value():f}"
    shown = _shown(digits, what)
    # Excel keeps fifteen digits: a longer number is damaged even where it looks right.
    if len(digits) > 15 or min(lengths) > 15:
        return refused(
            "id_as_number",
            f"{shown}: {what} berupa angka; Excel hanya menyimpan 15 angka. {_AS_TEXT}",
        )
    if len(digits) not in lengths:
        return _wrong_length(shown, len(digits), lengths, what)
    finding = note("id_from_number", f"{shown}: {what} dari sel angka, dibaca sebagai teks.")
    return Read(digits, (finding, *_warnings(digits, shown, what)))


def _wrong_length(shown: str, length: int, lengths: tuple[int, ...], what: str) -> Read:
    wanted = " atau ".join(str(length) for length in lengths)
    if length + 1 in lengths and what != "NIK":  # no province begins with 0
        advice = f"Nol di depan mungkin hilang. {_AS_TEXT}"
    else:
        advice = "Periksa kembali nomornya."
    return refused(
        "id_wrong_length",
        f"{shown} terdiri atas {length} angka, padahal {what} harus {wanted} angka. {advice}",
    )


def _scientific(value: object, what: str) -> Read:
    return refused(
        "id_scientific",
        f"{quote(value)} adalah notasi ilmiah; sebagian angka {what} sudah hilang. {_AS_TEXT}",
    )


def _warnings(digits: str, shown: str, what: str) -> tuple[Finding, ...]:
    """What looks wrong inside a NIK; never a reason to refuse it."""
    if what != "NIK" or len(digits) != 16:
        return ()
    day, month = int(digits[6:8]), int(digits[8:10])
    sound = (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12
    if sound and digits[:2] != "00" and digits[12:] != "0000":
        return ()
    return (warning("implausible", f"{shown}: susunan NIK tidak lazim. Cocokkan dengan KTP."),)


def _shown(digits: str, what: str) -> str:
    # An NPWP of a person is their NIK; only the NIB is public.
    return quote(digits if what == "NIB" else mask_value("nik", digits))
