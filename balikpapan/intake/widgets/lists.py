"""Words of closed lists: choices, months, and records called by their names."""

import functools
from collections.abc import Callable, Iterable
from typing import Any

from balikpapan.spreadsheets import cells

from ..sheet_rules import Options
from .cell import CellWidget, Reader, Reading

#: The record of a name, or None; and the name that looks most like another one.
Find = Callable[[str], object]
Suggest = Callable[[str], str | None]
Lookup = Callable[[Options], tuple[Find, Suggest]]


class Choice(CellWidget):
    """One word of a closed list; other spellings may be named beside the labels."""

    word_codes = frozenset({"unknown_choice"})

    def __init__(self, choices: Any, what: str, spellings: dict[str, str] | None = None) -> None:
        super().__init__()
        self.enum, self.what = choices, what
        self.words = {label: value for value, label in choices.choices}
        self.words.update({str(value): value for value in choices.values})
        self.words.update(spellings or {})

    def reader(self, model_field: Any, reading: Reading) -> Reader:
        labels = {value: label for value, label in self.enum.choices if value}
        return functools.partial(
            cells.read_choice, choices=self.words, what=self.what, labels=labels
        )

    def known_words(self, options: Options) -> list[str]:
        return self.choices()

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return dict(self.enum.choices).get(value, "")

    def choices(self) -> list[str]:
        return list(self.enum.labels)


class MonthName(Choice):
    """A month, in any spelling, by number or inside a date; stored as 1 to 12.

    ``year`` names the column of the year that may stand beside it.
    """

    def __init__(self, choices: Any, what: str, *, year: str) -> None:
        super().__init__(choices, what)
        self.related = {"year": year}

    def reader(self, model_field: Any, reading: Reading) -> Reader:
        return cells.read_month


class Named(CellWidget):
    """A record of another list, called by its name; ``find`` and ``suggest`` look it up.

    ``lookup(options)`` is given what the resource prepared for this upload and returns the two
    functions, ``names(options)`` the names of all records; an unknown name is an error with a suggestion, or a warning where ``lenient``.
    """

    def __init__(
        self,
        what: str,
        lookup: Lookup,
        *,
        names: Callable[[Options], Iterable[str]] | None = None,
        lenient: bool = False,
        code: str = "unknown_choice",
    ) -> None:
        super().__init__()
        self.what, self.lookup, self.lenient, self.code = what, lookup, lenient, code
        self.names = names or (lambda options: ())
        self.word_codes = frozenset({code})

    def known_words(self, options: Options) -> list[str]:
        return sorted(self.names(options))

    def suggest(self, text: str, options: Options) -> str | None:
        return self.lookup(options)[1](text) or super().suggest(text, options)

    def reader(self, model_field: Any, reading: Reading) -> Reader:
        find, suggest = self.lookup(reading.options)

        def read(value: Any) -> cells.Read:
            text = cells.read_text(value)
            if not isinstance(text.value, str) or text.has_error:
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

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return "" if value is None else str(value)


class Region(Named):
    """A kelurahan or kecamatan called by any spelling the office accepts."""

    def __init__(self, kind: str) -> None:
        def lookup(options: Options) -> tuple[Find, Suggest]:
            names = options["regions"]
            return (lambda text: names.find(kind, text)), (lambda text: names.suggest(kind, text))

        super().__init__(
            kind,
            lookup,
            names=lambda options: options["regions"].names[kind].values(),
            code="unknown_region",
        )
