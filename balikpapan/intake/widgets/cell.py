"""What every widget is: how a cell of one column is read and written, and what reading rests on."""

import difflib
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from import_export.widgets import Widget

from balikpapan.spreadsheets import cells

from ..sheet_rules import Options


@dataclass(slots=True)
class Reading:
    """What the reader of one column has to know about its upload."""

    multiplier: int = 1
    times: int = 1  # how often a year the amount comes; it is multiplied after it was read
    scale: Decimal = Decimal(1)  # how many of the kept unit of measure is one of the heading's
    english: bool = False  # commas part thousands
    decimal_comma: bool = False  # commas begin decimals
    priced: bool = False  # "Rp" is printed before every amount
    both_sexes: bool = False  # the heading says that a cell holds the counts of both
    marked_unit: int | None = None  # of amounts that carry a unit of their own, where answered
    periods: dict[str, int] = field(default_factory=dict)  # "bulan" -> how often, where answered
    date_order: cells.DateOrder | None = None
    doubts_date_cells: bool = False
    today: Any = None
    options: dict[str, Any] = field(default_factory=dict)


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

    def reader(self, model_field: Any, reading: Reading) -> Reader:
        """The function that reads one cell of this column."""
        raise NotImplementedError

    def plain_texts(self, model_field: Any) -> re.Pattern[str] | None:
        """A pattern of the lines that are read just as they stand, or None.

        Most columns hold nothing else, and one search over all their cells is many times cheaper
        than reading each; a cell it does not find goes through ``reader``.
        """
        return None

    def plain_numbers(self, model_field: Any, reading: Reading) -> PlainNumbers | None:
        """(low, high, conversion) of the whole numbers that need no closer reading, or None."""
        return None

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """One cell by itself, as django-import-export asks for it; errors raise ValueError."""
        result = self.reader(None, Reading())(value)
        if result.has_error:
            raise ValueError(result.findings[0].message)
        return None if result.value is cells.ERASE else result.value

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return "" if value is None else value

    def choices(self) -> list[str] | None:
        """The closed list a template offers as a drop-down, or None."""
        return None

    #: The codes by which ``reader`` says that a word is not on the column's closed list.
    word_codes: frozenset[str] = frozenset()

    def known_words(self, options: Options) -> list[str]:
        """The words of the column's closed list as the office writes them; none for open columns."""
        return []

    def knows(self, word: str, model_field: Any, options: Options) -> bool:
        """Whether a word is on the closed list, in any spelling the office accepts."""
        result = self.reader(model_field, Reading(options=options))(word)
        return result.value is not None and not result.has_error

    def suggest(self, text: str, options: Options) -> str | None:
        """The word of the closed list that looks most like an unknown one, or None."""
        words = {cells.comparison_key(word): word for word in self.known_words(options)}
        close = difflib.get_close_matches(cells.comparison_key(text), words, n=1, cutoff=0.75)
        return words[close[0]] if close else None


def bounds_of(model_field: Any) -> dict[str, Any]:
    """The ``low`` and ``high`` that a model field allows, as far as it names them."""
    low, high = getattr(model_field, "low", None), getattr(model_field, "high", None)
    return {name: bound for name, bound in (("low", low), ("high", high)) if bound is not None}


def limits_of(model_field: Any) -> tuple[int, int]:
    """Whole numbers that certainly lie within the column's bounds."""
    bounds = {"low": 0, "high": -1} if model_field is None else bounds_of(model_field)
    return math.ceil(bounds.get("low", 0)), math.floor(bounds.get("high", 10**9))
