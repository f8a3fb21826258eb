"""Text cells: cleaned of what nobody can see, otherwise kept as typed."""

import datetime
import re
import unicodedata

from ..model import Percent
from .formatting import format_percent, format_whole
from .masking import holds_mask
from .reading import (
    BLANK_WORDS,
    LONGEST_BLANK_WORD,
    MACHINE_BLANKS,
    Finding,
    Read,
    is_blank,
    literal_reader,
    note,
    number_of,
    quote,
    refused,
    warning,
)

# Excel writes a control character inside a cell as _x000D_.
_EXCEL_ESCAPE = re.compile(r"_x00([01][0-9A-Fa-f]|7F|7f)_")
_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
# Inside an emoji made of several, the joiner is part of what is seen.
_EMOJI_JOINER = re.compile(
    "(?<=[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d(?=[\u2600-\u27bf\U0001f000-\U0001faff])"
)
_KEPT_JOINER = "\uffff"  # no text holds it at this point
_INVISIBLE_NAMES = {
    "\u00ad": "tanda hubung lunak",
    "\u200b": "spasi tanpa lebar",
    "\u200c": "pemisah tanpa lebar",
    "\u200d": "penggabung tanpa lebar",
    "\u200e": "tanda kiri-ke-kanan",
    "\u200f": "tanda kanan-ke-kiri",
    "\u202a": "pembalik arah teks",
    "\u202b": "pembalik arah teks",
    "\u202c": "pembalik arah teks",
    "\u202d": "pembalik arah teks",
    "\u202e": "pembalik arah teks",
    "\u2060": "perekat kata",
    "\ufeff": "BOM",
}


@literal_reader
def _read_text(value: object, *, max_length: int | None = None, lines: bool = False) -> Read:
    if not isinstance(value, str):
        return _from_other_cell(value, max_length)
    text, findings = clean(value, lines=lines)
    if text is None:
        return Read(None, findings)
    if not text or is_blank(text):
        return Read(None, findings)
    if holds_mask(text):
        note_of_mask = note("masked_value", f"{quote(text)} tersamar; nilai tersimpan tetap.")
        return Read(None, (*findings, note_of_mask))
    if max_length is not None and len(text) > max_length:
        return _too_long(text, max_length)
    return Read(text, findings)


def read_text(value: object, *, max_length: int | None = None, lines: bool = False) -> Read:
    """A text as typed, in one line unless ``lines``; invisible characters are taken out."""
    # Nearly all cells of a register are short clean words; they need nothing of the below.
    if (
        type(value) is str
        and value[:1].isalpha()
        and value.isascii()
        and value.isprintable()
        and "  " not in value
        and value[-1] != " "
        and "_x" not in value
        and "****" not in value
        and (max_length is None or len(value) <= max_length)
        and value not in MACHINE_BLANKS
        and (len(value) > LONGEST_BLANK_WORD or value.casefold().rstrip(". ") not in BLANK_WORDS)
    ):
        return Read(value)
    return _read_text(value, max_length=max_length, lines=lines)


def plain_texts(max_length: int | None = None) -> re.Pattern[str]:
    """The lines among many that ``read_text`` takes just as they stand; all others it must see."""
    length = "" if max_length is None else f"(?=.{{1,{max_length}}}$)"
    # Any case of a machine's blank goes the long way round, which knows the exact ones.
    blank = "|".join(map(re.escape, sorted(BLANK_WORDS | MACHINE_BLANKS)))
    # So does a star, with which masked numbers are written.
    shape = rf"^{length}(?!(?:{blank})[. ]*$)[A-Za-z][!-)+-^`-~]*(?: [!-)+-^`-~]+)*$"
    return re.compile(shape, re.MULTILINE | re.IGNORECASE | re.ASCII)


def clean(text: str, *, lines: bool = False) -> tuple[str | None, tuple[Finding, ...]]:
    """The text tidied and what was done to it; None where it holds characters no text may hold."""
    typed = text
    if "_x" in text:
        text = _EXCEL_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
    broken = set() if text.isprintable() else {char for char in text if _is_broken(char)}
    if broken:
        names = ", ".join(sorted(f"U+{ord(char):04X}" for char in broken)[:5])
        return None, refused(
            "bad_characters",
            f"{quote(typed)} memuat karakter kendali ({names}) yang tidak boleh disimpan. "
            "Ketik ulang isi selnya.",
        ).findings
    findings = []
    visible_text = text if text.isascii() else _EMOJI_JOINER.sub(_KEPT_JOINER, text)
    invisible: list[str] = []
    if not text.isascii():
        invisible = list(dict.fromkeys(c for c in visible_text if unicodedata.category(c) == "Cf"))
    if invisible:
        visible_text = "".join(char for char in visible_text if char not in invisible)
        names = ", ".join(_name(char) for char in invisible[:5])
        findings.append(
            note(
                "invisible_removed",
                f"{quote(typed)} memuat karakter tak terlihat; yang dibuang: {names}.",
            )
        )
    text = visible_text.replace(_KEPT_JOINER, "\u200d")
    if "\ufffd" in text:
        findings.append(
            warning(
                "bad_characters",
                f"{quote(typed)} memuat huruf yang sudah rusak (�). Ketik ulang bila perlu.",
            )
        )
    text = unicodedata.normalize("NFC", text)
    rows = [" ".join(row.split()) for row in _LINE_BREAK.split(text.strip())]
    if lines:
        return "\n".join(rows), tuple(findings)
    rows = [row for row in rows if row]
    if len(rows) > 1:
        findings.append(note("line_break", f"{quote(typed)} berisi ganti baris; dijadikan spasi."))
    return " ".join(rows), tuple(findings)


def plain_number(value: object) -> str | None:
    """The digits of a number cell as text, without ".0"; None where Excel may have lost some."""
    number = number_of(value)
    if number is None or number.copy_abs() >= 10**15:
        return None
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def became_a_date(value: object) -> Read | None:
    """The refusal of a text or id cell that Excel has turned into a date or into TRUE/FALSE."""
    if isinstance(value, bool):
        return refused(
            "not_text",
            f"{quote(value)} berupa BENAR/SALAH; Excel mengubah nilai menjadi logika. "
            "Format kolom sebagai Teks lalu ketik ulang.",
        )
    if isinstance(value, (datetime.date, datetime.time)):
        return refused(
            "not_text",
            f"{quote(value)} berupa tanggal atau jam; Excel mengubah nilai menjadi tanggal. "
            "Format kolom sebagai Teks lalu ketik ulang.",
        )
    return None


def _from_other_cell(value: object, max_length: int | None) -> Read:
    refusal = became_a_date(value)
    if refusal:
        return refusal
    if isinstance(value, Percent):
        number = number_of(value.value)
        text = None if number is None else f"{format_percent(number)}%"
    else:
        text = plain_number(value)
    if text is None:
        return refused(
            "id_as_number",
            f"{quote(value)} berupa angka; Excel hanya menyimpan 15 angka. "
            "Format kolom sebagai Teks lalu ketik ulang.",
        )
    if max_length is not None and len(text) > max_length:
        return _too_long(text, max_length)
    return Read(text)


def _too_long(text: str, max_length: int) -> Read:
    return refused(
        "too_long",
        f"{quote(text)} terlalu panjang: {format_whole(len(text))} huruf, "
        f"paling banyak {format_whole(max_length)}. Pendekkan isinya.",
    )


def _is_broken(char: str) -> bool:
    if char.isprintable():
        return False
    category = unicodedata.category(char)
    if category == "Cc":
        return char not in "\t\n\r\v\f\x85"
    return category == "Cs" or ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF


def _name(char: str) -> str:
    name = _INVISIBLE_NAMES.get(char)
    code = f"U+{ord(char):04X}"
    return f"{code} ({name})" if name else code
