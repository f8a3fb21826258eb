"""How a cell of each column is read and written: thin covers over the pure readers.

``reader`` gives the function that reads one cell of one column of one upload; it is called once
per distinct value. ``clean`` and ``render`` serve django-import-export's own vocabulary.
"""

import difflib
import functools
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from import_export.widgets import Widget

from balikpapan.audit.fields import FIRST_YEAR, LAST_YEAR
from balikpapan.spreadsheets import cells


@dataclass(slots=True)
class Reading:
    """What the reader of one column has to know about its upload."""

    multiplier: int = 1
    times: int = 1  # how often a year the amount comes; it is multiplied after it was read
    english: bool = False  # commas part thousands
    decimal_comma: bool = False  # commas begin decimals
    priced: bool = False  # "Rp" is printed before every amount
    marked_unit: int | None = None  # of amounts that carry a unit of their own, where answered
    periods: dict[str, int] = field(default_factory=dict)  # "bulan" -> how often, where answered
    date_order: cells.DateOrder | None = None
    doubts_date_cells: bool = False
    today: object = None
    options: dict = field(default_factory=dict)


#: The least and the most of the whole numbers read as they stand, and what is made of each.
PlainNumbers = tuple[int, int, Callable[[int], object] | None]
#: Reads one cell of one column.
Reader = Callable[[object], cells.Read]


class CellWidget(Widget):
    """A column's cell; ``kind`` is how exports and templates format it."""

    kind = "text"
    hint = ""
    #: What a cell may state for other columns, and the names of those: {"unit": "capacity_unit"}.
    related: dict[str, str] = {}

    def reader(self, model_field, reading):
        """The function that reads one cell of this column."""
        raise NotImplementedError

    def plain_texts(self, model_field):
        """A pattern of the lines that are read just as they stand, or None.

        Most columns hold nothing else, and one search over all their cells is many times cheaper
        than reading each; a cell it does not find goes through ``reader``.
        """
        return

    def plain_numbers(self, model_field: Any, reading: Reading) -> PlainNumbers | None:
        """(low, high, conversion) of the whole numbers that need no closer reading, or None."""
        return

    def clean(self, value, row=None, **kwargs):
        """One cell by itself, as django-import-export asks for it; errors raise ValueError."""
        result = self.reader(None, Reading())(value)
        if result.has_error:
            raise ValueError(result.findings[0].message)
        return None if result.value is cells.ERASE else result.value

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else value

    def choices(self):
        """The closed list a template offers as a drop-down, or None."""
        return

    #: The codes by which ``reader`` says that a word is not on the column's closed list.
    word_codes: frozenset[str] = frozenset()

    def known_words(self, options) -> list[str]:
        """The words of the column's closed list as the office writes them; none for open columns."""
        return []

    def knows(self, word: str, model_field, options) -> bool:
        """Whether a word is on the closed list, in any spelling the office accepts."""
        result = self.reader(model_field, Reading(options=options))(word)
        return result.value is not None and not result.has_error

    def suggest(self, text: str, options) -> str | None:
        """The word of the closed list that looks most like an unknown one, or None."""
        words = {cells.comparison_key(word): word for word in self.known_words(options)}
        close = difflib.get_close_matches(cells.comparison_key(text), words, n=1, cutoff=0.75)
        return words[close[0]] if close else None


def _bounds(model_field):
    low, high = getattr(model_field, "low", None), getattr(model_field, "high", None)
    return {name: bound for name, bound in (("low", low), ("high", high)) if bound is not None}


def _limits(model_field):
    """Whole numbers that certainly lie within the column's bounds."""
    bounds = {"low": 0, "high": -1} if model_field is None else _bounds(model_field)
    return math.ceil(bounds.get("low", 0)), math.floor(bounds.get("high", 10**9))


class Text(CellWidget):
    """Plain text, stored as typed but for trimming."""

    def __init__(self, *, lines=False):
        super().__init__()
        self.lines = lines

    def reader(self, model_field, reading):
        length = getattr(model_field, "max_length", None)
        return functools.partial(cells.read_text, max_length=length, lines=self.lines)

    def plain_texts(self, model_field):
        return cells.plain_texts(getattr(model_field, "max_length", None))


class Whole(CellWidget):
    """A whole number of people or things."""

    kind = "whole"

    def reader(self, model_field, reading):
        return functools.partial(cells.read_whole, english=reading.english, **_bounds(model_field))

    def plain_numbers(self, model_field, reading):
        return *_limits(model_field), None


class Money(CellWidget):
    """Rupiah, multiplied by what the heading says."""

    kind = "rupiah"

    def reader(self, model_field, reading):
        read = functools.partial(
            cells.read_money,
            notation=cells.MoneyNotation(
                reading.multiplier,
                reading.english,
                reading.priced,
                reading.marked_unit,
                reading.periods,
            ),
            **_bounds(model_field),
        )
        return read if reading.times == 1 else functools.partial(_read_often, read, reading.times)

    def plain_numbers(self, model_field, reading):
        low, high = _limits(model_field)
        times = reading.multiplier * reading.times
        return -(-low // times), high // times, times.__mul__ if times != 1 else None


def _read_often(read, times, value):
    """An amount of a month or a day as the amount of a year."""
    result = read(value)
    if not isinstance(result.value, int):
        return result
    return cells.Read(result.value * times, result.findings)


class Measure(CellWidget):
    """A measured amount with a few decimals; ``units`` may stand behind the figure."""

    kind = "decimal"

    def __init__(self, units=(), *, related=None):
        super().__init__()
        self.units, self.related = units, related or {}

    def reader(self, model_field, reading):
        manner = {
            "limits": cells.DecimalLimits(
                getattr(model_field, "decimal_places", 3),
                getattr(model_field, "max_digits", None),
                **_bounds(model_field),
            ),
            "english": reading.english,
            "decimal_comma": reading.decimal_comma,
        }
        if self.related:
            return functools.partial(cells.read_quantity, **manner)
        return functools.partial(cells.read_decimal, unit_words=self.units, **manner)

    def plain_numbers(self, model_field, reading):
        low, high = _limits(model_field)
        digits = getattr(model_field, "max_digits", None)
        places = getattr(model_field, "decimal_places", 3)
        return low, high if digits is None else min(high, 10 ** (digits - places) - 1), Decimal


class Percentage(CellWidget):
    """A share between 0 and 100."""

    kind = "percent"

    def reader(self, model_field, reading):
        return functools.partial(
            cells.read_percent, english=reading.english, decimal_comma=reading.decimal_comma
        )


class Degrees(CellWidget):
    """A coordinate in decimal degrees."""

    kind = "decimal"

    def reader(self, model_field, reading):
        return functools.partial(cells.read_coordinate, **_bounds(model_field))


class Year(CellWidget):
    """A calendar year; ``months`` where a month may stand before it ("Maret 2020")."""

    kind = "year"

    def __init__(self, *, months=False):
        super().__init__()
        self.months = months

    def reader(self, model_field, reading):
        return functools.partial(cells.read_year, months=self.months, **_bounds(model_field))

    def plain_numbers(self, model_field, reading):
        low, high = _limits(model_field)
        return max(low, FIRST_YEAR), min(high, LAST_YEAR), None


class Date(CellWidget):
    """A day, written day first unless its column is known to be month first.

    ``is_until`` where something is valid until that day; ``end`` names the column of the last day,
    which a cell such as "17 - 19 Agustus 2024" states too.
    """

    kind = "date"

    def __init__(self, *, is_until=False, end=None):
        super().__init__()
        self.is_until = is_until
        self.related = {"end": end} if end else {}

    def reader(self, model_field, reading):
        order = reading.date_order or cells.DateOrder.DAY_FIRST
        manner = cells.DateManner(
            reading.today, order, self.is_until, doubts_cells=reading.doubts_date_cells
        )
        read = cells.read_date_range if self.related else cells.read_date_in
        return functools.partial(read, manner=manner)


class Choice(CellWidget):
    """One word of a closed list; other spellings may be named beside the labels."""

    word_codes = frozenset({"unknown_choice"})

    def __init__(self, choices, what, spellings=None):
        super().__init__()
        self.enum, self.what = choices, what
        self.words = {label: value for value, label in choices.choices}
        self.words.update({str(value): value for value in choices.values})
        self.words.update(spellings or {})

    def reader(self, model_field, reading):
        labels = {value: label for value, label in self.enum.choices if value}
        return functools.partial(
            cells.read_choice, choices=self.words, what=self.what, labels=labels
        )

    def known_words(self, options):
        return self.choices()

    def render(self, value, obj=None, **kwargs):
        return dict(self.enum.choices).get(value, "")

    def choices(self):
        return list(self.enum.labels)


class MonthName(Choice):
    """A month, in any spelling, by number or inside a date; stored as 1 to 12."""

    def reader(self, model_field, reading):
        return cells.read_month


class Digits(CellWidget):
    """An official number: text of digits, never a number cell."""

    def __init__(self, what, lengths):
        super().__init__()
        self.what, self.lengths = what, lengths

    def reader(self, model_field, reading):
        return functools.partial(cells.read_digits, lengths=self.lengths, what=self.what)

    def plain_texts(self, model_field):
        return cells.plain_digits(self.lengths, self.what)


class Phone(CellWidget):
    """One or several telephone numbers."""

    def reader(self, model_field, reading):
        return cells.read_phone

    def plain_texts(self, model_field):
        return cells.PLAIN_PHONES


class Code(CellWidget):
    """A structured code such as a kode rekening, kept as text."""

    def __init__(self, pattern, what):
        super().__init__()
        self.pattern, self.what = pattern, what

    def reader(self, model_field, reading):
        return functools.partial(cells.read_code, pattern=self.pattern, what=self.what)


class Named(CellWidget):
    """A record of another list, called by its name; ``find`` and ``suggest`` look it up.

    ``lookup(options)`` is given what the resource prepared for this upload and returns the two
    functions, ``names(options)`` the names of all records; an unknown name is an error with a suggestion, or a warning where ``lenient``.
    """

    def __init__(self, what, lookup, *, names=None, lenient=False, code="unknown_choice"):
        super().__init__()
        self.what, self.lookup, self.lenient, self.code = what, lookup, lenient, code
        self.names = names or (lambda options: ())
        self.word_codes = frozenset({code})

    def known_words(self, options):
        return sorted(self.names(options))

    def suggest(self, text, options):
        return self.lookup(options)[1](text) or super().suggest(text, options)

    def reader(self, model_field, reading):
        find, suggest = self.lookup(reading.options)

        def read(value):
            text = cells.read_text(value)
            if text.value is None or text.value is cells.ERASE or text.has_error:
                return text
            record = find(text.value)
            if record is not None:
                return cells.Read(record, text.findings)
            close = suggest(text.value)
            remedy = f"Mungkin maksudnya {close}." if close else "Periksa ejaannya."
            dropped = " Sel ini dikosongkan." if self.lenient else ""
            message = f'"{text.value[:60]}" bukan {self.what} yang dikenal.{dropped} {remedy}'
            severity = "warning" if self.lenient else "error"
            return cells.Read(None, (*text.findings, cells.Finding(severity, self.code, message)))

        return read

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)


class Region(Named):
    """A kelurahan or kecamatan called by any spelling the office accepts."""

    def __init__(self, kind):
        def lookup(options):
            names = options["regions"]
            return (lambda text: names.find(kind, text)), (lambda text: names.suggest(kind, text))

        super().__init__(
            kind,
            lookup,
            names=lambda options: options["regions"].names[kind].values(),
            code="unknown_region",
        )


class RegisterNumber(CellWidget):
    """IKM-000123, the number a record carries in every export."""

    def __init__(self, prefix, what):
        super().__init__()
        self.prefix = prefix
        self.hint = f"Jangan diubah; kosongkan untuk {what} baru."
        self.shape = re.compile(rf"\s*(?:{prefix}\W*)?0*(\d{{1,9}})\s*", re.IGNORECASE)

    def reader(self, model_field, reading):
        def read(value):
            text = cells.read_text(value)
            if not isinstance(text.value, str) or text.has_error:
                return text
            if blank := cells.zero_or_null(text.value):
                return blank
            match = self.shape.fullmatch(text.value)
            if match:
                return cells.Read(int(match[1]))
            message = f'"{text.value[:40]}" bukan nomor register. Isi seperti {self.prefix}-000123.'
            return cells.Read(None, (cells.Finding("error", "bad_number", message),))

        return read

    def render(self, value, obj=None, **kwargs):
        return f"{self.prefix}-{value:06d}" if value else ""
