"""What every cell reader shares: its answer, blank cells, erasing, formulas and error cells."""

import datetime
import functools
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any

from ..model import CellError, Formula, Percent
from .formatting import format_percent
from .masking import mask_long_ids


class _Erase:
    """The wish to empty a stored value, written "(kosongkan)" in the cell."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "(kosongkan)"

    def __reduce__(self) -> str:
        return "ERASE"


ERASE = _Erase()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about one cell; the caller adds sheet, row, column and heading."""

    severity: str  # "error", "warning" or "note"
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a cell was read as; None is blank or unreadable, ERASE empties the stored value.

    ``related`` is what the same cell states for other columns, as (what it is, raw cell): the
    "kg" of "1.000 kg", the last day of "17 - 19 Agustus 2024".
    """

    value: object = None
    findings: tuple[Finding, ...] = ()
    related: tuple[tuple[str, object], ...] = ()

    @property
    def has_error(self) -> bool:
        """Whether the cell holds its row back."""
        return any(finding.severity == "error" for finding in self.findings)


BLANK = Read()
ERASED = Read(ERASE)


def note(code: str, message: str) -> Finding:
    """Tells what was read how."""
    return Finding("note", code, message)


def warning(code: str, message: str) -> Finding:
    """Stored, but somebody should look at it."""
    return Finding("warning", code, message)


def refused(code: str, message: str) -> Read:
    """A cell that cannot be read; its row is held."""
    return Read(None, (Finding("error", code, message),))


#: Words that stand for "nothing known". "nihil" is not among them: in a revenue sheet it is a 0.
BLANK_WORDS = frozenset(
    {
        "n/a",
        "n.a",
        "tidak ada",
        "tdk ada",
        "tidak punya",
        "tidak memiliki",
        "tidak diketahui",
        "belum",
        "belum ada",
        "belum punya",
        "belum memiliki",
        "belum diisi",
        "belum diketahui",
        "belum pilih",
        "belum pilih komoditi",
        "tak terdefinisi",
        "tidak terdefinisi",
        "kosong",
        "(kosong)",
    }
)
LONGEST_BLANK_WORD = max(map(len, BLANK_WORDS)) + 8
#: What programs write for "no value"; exactly so, because Nan may be somebody's name.
MACHINE_BLANKS = frozenset({"NULL", "(null)", "<null>", "None", "NONE", "nan", "<NA>", "NaT"})
#: Blank as well where no text belongs.
_WORDS_FOR_NOTHING = MACHINE_BLANKS | {"null", "Null", "none"}
#: Significant digits of a number that Excel keeps and shows.
SHOWN_DIGITS = 15
#: A cell of nothing but these is blank as well: "-", "—", "*", "...".
_BLANK_MARKS = " \t\r\n\xa0-‐‑‒–—―−_.…*"
_ERROR_TEXT = re.compile(
    r"#{3,}|#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)", re.IGNORECASE
)


def visible(text: str) -> str:
    """The text without characters that show nothing (zero-width, direction marks, BOM)."""
    if text.isascii():
        return text
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def is_blank(value: object) -> bool:
    """Whether the cell says nothing, so that the stored value stays; a 0 is never blank."""
    if value is None:
        return True
    if not isinstance(value, str):
        return False
    text = visible(value).strip()
    if not text.strip(_BLANK_MARKS):
        return True
    if len(text) > LONGEST_BLANK_WORD:
        return False
    if text in MACHINE_BLANKS:
        return True
    return " ".join(text.split()).casefold().rstrip(". ") in BLANK_WORDS


def is_erasing(text: str) -> bool:
    """Whether the cell asks to empty the stored value."""
    return "".join(text.split()).casefold() == "(kosongkan)"


def quote(value: object, length: int = 40) -> str:
    """A cell's value as a message shows it: one line, shortened, a NIK never in full."""
    text = shown(value)
    if len(text) > 10 * length:
        text = text[: 10 * length]
    if not (isinstance(value, float) and "," in text):  # decimals are no NIK
        text = mask_long_ids(text)
    if not text.isprintable():
        # Each character is shown by one or more, so those behind would be cut off anyway.
        text = "".join(map(_visible_form, text[: length + 1]))
    if len(text) > length:
        text = text[: length - 1] + "…"
    return f'"{text}"'


def _visible_form(char: str) -> str:
    if char.isprintable():
        return char
    if char.isspace() and char not in "\x1c\x1d\x1e\x1f":
        return " "
    return f"[U+{ord(char):04X}]"


#: A moment is a day too, so it comes first.
_CLOCK = (
    (datetime.datetime, "%d-%m-%Y %H:%M"),
    (datetime.date, "%d-%m-%Y"),
    (datetime.time, "%H:%M"),
)


def shown(value: object) -> str:
    """A cell's value about as the office sees it in Excel."""
    match value:
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case Percent():
            number = number_of(value.value)
            return "persen" if number is None else f"{format_percent(number)}%"
        case Formula():
            return value.text if value.text.startswith("=") else f"={value.text}"
        case CellError():
            return value.code
        case int():
            return str(value) if abs(value) < 10**60 else "bilangan lebih dari 60 angka"
        case float():
            plain = f"{Decimal(repr(value)):f}" if 1e-9 < abs(value) < 1e16 else repr(value)
            return plain.removesuffix(".0").replace(".", ",")
        case datetime.date() | datetime.time():
            return value.strftime(next(form for kind, form in _CLOCK if isinstance(value, kind)))
    return str(value)


def number_of(value: object) -> Decimal | None:
    """The number that a number cell holds; None for any other cell and for infinities.

    A fraction is taken to the digits Excel shows: 3.3000000000000003 is 3.3.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        value = Decimal(f"{value:.{SHOWN_DIGITS}g}" if has_tail(value) else repr(value))
    elif isinstance(value, int) and abs(value) < 10**60:
        return Decimal(value)
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < 60:
        return value
    return None


def has_tail(number: float) -> bool:
    """Whether a fraction has digits behind those that Excel shows, as computed ones often do."""
    return not number.is_integer() and isfinite(number) and len(repr(number)) > SHOWN_DIGITS + 1


def cell_reader(read: Callable[..., Read], *, literal: bool = False) -> Callable[..., Read]:
    """Puts before a reader what holds for all of them; ``literal`` keeps "=…" as plain text."""

    @functools.wraps(read)
    def read_cell(value: object, *args: Any, **kwargs: Any) -> Read:
        if value is None:
            return BLANK
        if type(value) is int:
            return read(value, *args, **kwargs)
        if isinstance(value, str):
            settled = _settled(value, literal)
            return read(value, *args, **kwargs) if settled is None else settled
        if isinstance(value, Formula):
            if value.value is None:
                return refused(
                    "formula_without_value",
                    f"{quote(value)} adalah rumus yang belum dihitung. "
                    "Buka berkas di Excel, simpan, lalu unggah lagi.",
                )
            return by_formula(value, read_cell(value.value, *args, **kwargs))
        if isinstance(value, CellError):
            return _error_cell(value)
        return read(value, *args, **kwargs)

    return read_cell


def literal_reader(read: Callable[..., Read]) -> Callable[..., Read]:
    """Puts before a reader of texts what holds for all readers; "=…" stays literal text."""
    return cell_reader(read, literal=True)


def _settled(text: str, literal: bool) -> Read | None:
    if text.strip() in (MACHINE_BLANKS if literal else _WORDS_FOR_NOTHING):
        return Read(None, (note("read_as_blank", f"{quote(text)} dianggap kosong."),))
    if is_blank(text):
        return BLANK
    start = text.lstrip()[:1] if text.isascii() else visible(text).lstrip()[:1]
    if start == "(" and is_erasing(visible(text)):
        return ERASED
    if start == "#" and _ERROR_TEXT.fullmatch(text.strip()):
        return _error_cell(text)
    if start in ("=", "＝") and not literal:
        return refused(
            "formula_as_text",
            f"{quote(text)} adalah rumus yang tersimpan sebagai teks. Ganti dengan isinya.",
        )
    return None


def by_formula(formula: Formula, result: Read) -> Read:
    """What the stored result of a formula was read as, with the note that it is one."""
    used = note(
        "formula_used", f"{quote(formula)} adalah rumus; yang dipakai adalah hasil tersimpannya."
    )
    return Read(result.value, (*result.findings, used), result.related)


def _error_cell(value: object) -> Read:
    return refused(
        "error_cell",
        f"{quote(value)} adalah kesalahan rumus. Perbaiki rumusnya atau ketik nilainya.",
    )
