"""Texts and official numbers, stored as they are typed."""

import functools
import re
from typing import Any

from balikpapan.spreadsheets import cells

from .cell import CellWidget, Reader, Reading


class Text(CellWidget):
    """Plain text, stored as typed but for trimming."""

    def __init__(self, *, lines: bool = False) -> None:
        super().__init__()
        self.lines = lines

    def reader(self, model_field: Any, reading: Reading) -> Reader:
        length = getattr(model_field, "max_length", None)
        return functools.partial(cells.read_text, max_length=length, lines=self.lines)

    def plain_texts(self, model_field: Any) -> re.Pattern[str] | None:
        return cells.plain_texts(getattr(model_field, "max_length", None))


class Digits(CellWidget):
    """An official number: text of digits, never a number cell."""

    def __init__(self, what: str, lengths: tuple[int, ...]) -> None:
        super().__init__()
        self.what, self.lengths = what, lengths

    def reader(self, model_field: Any, reading: Reading) -> Reader:
        return functools.partial(cells.read_digits, lengths=self.lengths, what=self.what)

    def plain_texts(self, model_field: Any) -> re.Pattern[str] | None:
        return cells.plain_digits(self.lengths, self.what)


class Phone(CellWidget):
    """One or several telephone numbers."""

    def reader(self, model_field: Any, reading: Reading) -> Reader:
        return cells.read_phone

    def plain_texts(self, model_field: Any) -> re.Pattern[str] | None:
        return cells.PLAIN_PHONES


class Code(CellWidget):
    """A structured code such as a kode rekening, kept as text."""

    def __init__(self, pattern: re.Pattern[str], what: str) -> None:
        super().__init__()
        self.pattern, self.what = pattern, what

    def reader(self, model_field: Any, reading: Reading) -> Reader:
        return functools.partial(cells.read_code, pattern=self.pattern, what=self.what)


class RegisterNumber(CellWidget):
    """IKM-000123, the number a record carries in every export."""

    def __init__(self, prefix: str, what: str) -> None:
        super().__init__()
        self.prefix = prefix
        self.hint = f"Jangan diubah; kosongkan untuk {what} baru."
        self.shape = re.compile(rf"\s*(?:{prefix}\W*)?0*(\d{{1,9}})\s*", re.IGNORECASE)

    def reader(self, model_field: Any, reading: Reading) -> Reader:
        def read(value: Any) -> cells.Read:
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

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return f"{self.prefix}-{value:06d}" if value else ""
