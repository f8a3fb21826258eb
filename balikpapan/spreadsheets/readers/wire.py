"""The child's side of the wire: cells gathered column by column and written compactly.

A column travels as its distinct values (JSON, special kinds tagged) and one code per row. Large
columns forget the values they have seen from time to time, so a value may be listed twice; that
costs a few bytes and keeps the memory flat.
"""

import json
import zlib
from array import array
from collections.abc import Callable, Sequence
from typing import Any

from ..errors import too_big_inside, too_many_columns, too_many_rows, too_wide
from .number_formats import Sent

#: The note on a workbook that was encrypted under a key everybody has: its code and its words.
WRITE_PROTECTED = (
    "write_protected",
    "Berkas dilindungi dari perubahan dengan kata sandi bawaan Excel; isinya dibaca seperti biasa.",
)

#: Distinct values a column remembers before it starts afresh.
REMEMBERED = 8192
#: A column with this many distinct values within twice as many rows is one where they never repeat.
SCATTERED = 1024
#: So many lists of values of one column stay as they are; those of a very long one are packed.
UNPACKED = 16
MAX_SHEETS = 1024


class ColumnDraft(dict[Any, int]):
    """Maps a raw cell to its code; an unknown one is converted and listed by the way."""

    def __init__(
        self,
        book: "BookDraft",
        convert: Callable[[Any], Sent],
        is_struck: Callable[[Any], bool] | None = None,
    ) -> None:
        super().__init__()
        self.book = book
        self.convert = convert
        self.is_struck = is_struck
        self.codes = array("I")
        self.struck: set[int] = set()
        self.written: list[bytes] = []
        self.packed: list[bytes] = []
        self.starts: list[int] = []  # of each part that was written: the code of its first value
        self.pending: list[object] = []
        self.is_scattered = False
        self.count = 1  # code 0 is the empty cell
        self[None] = 0

    def __missing__(self, raw: Any) -> int:
        value = self.convert(raw)
        if value is None:
            code = 0
        else:
            code = self.count
            self.count += 1
            self.pending.append(value)
            if self.is_struck and self.is_struck(raw):
                self.struck.add(code)
        if len(self) == SCATTERED and len(self.codes) < 2 * SCATTERED:
            self.is_scattered = True
        if len(self) >= REMEMBERED:
            self.clear()
            self[None] = 0
            self.flush()
        self[raw] = code
        return code

    def place(self, row: int, code: int) -> None:
        """Set the code of one row, with empty cells up to it."""
        if row >= len(self.codes):
            self.lengthen(row + 1)
        self.codes[row] = code

    def lengthen(self, height: int) -> None:
        """Add empty cells up to that height."""
        self.codes.frombytes(bytes(self.codes.itemsize * (height - len(self.codes))))

    def list_anew(self, values: list[Any]) -> range:
        """The codes of values that are listed without asking whether they were seen."""
        codes = range(self.count, self.count + len(values))
        self.count += len(values)
        self.pending += values
        if len(self.pending) >= REMEMBERED:
            self.flush()
        return codes

    def flush(self) -> None:
        """Writes the values listed since the last time."""
        if self.pending:
            text = dumps(self.pending)[1:-1]
            self.starts.append(self.count - len(self.pending))
            self.pending = []
            if len(self.written) < UNPACKED:
                self.written.append(text)
            else:
                self.packed.append(zlib.compress(text, 1))
            self.book.characters_left -= len(text)
            if self.book.characters_left < 0:
                raise too_big_inside()

    def listed_part(self, number: int) -> bytes:
        """The values of one part that was written, as JSON without brackets."""
        if number < len(self.written):
            return self.written[number]
        return zlib.decompress(self.packed[number - len(self.written)])

    def listed(self) -> bytes:
        """Every listed value as one JSON list, the empty cell first."""
        self.flush()
        return b"[%b]" % b",".join([b"null", *self.written, *map(zlib.decompress, self.packed)])


class SheetDraft:
    """One sheet while it is being read; refuses what goes beyond the limits."""

    def __init__(self, book: "BookDraft", name: str, kind: str, visibility: str):
        self.book = book
        self.name = name
        self.kind = kind
        self.visibility = visibility
        self.columns: list[ColumnDraft] = []
        self.merges: list[list[int]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.commented = 0
        self.struck = 0
        self.delimited = False
        self.field_counts = array("H")
        self.convert: Callable[[Any], Sent] = _as_it_is
        self.is_struck: Callable[[Any], bool] | None = None

    def column(self, index: int) -> ColumnDraft:
        """The column of that number, made when it is first needed."""
        if index >= self.book.max_columns:
            raise too_many_columns(self.book.max_columns, self.name)
        while len(self.columns) <= index:
            self.columns.append(ColumnDraft(self.book, self.convert, self.is_struck))
        return self.columns[index]

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Remember a merged range."""
        if len(self.merges) >= self.book.max_rows:
            raise too_big_inside()
        self.merges.append([top, left, bottom, right])

    def put(self, row: int, index: int, raw: Any) -> None:
        """Set one cell, in whatever order cells come."""
        column = self.column(index)
        code = column[raw]
        if not code:
            return
        self.claim(row, len(column.codes))
        column.place(row, code)

    def put_run(self, first_row: int, index: int, codes: Sequence[int]) -> None:
        """Set cells of one column in consecutive rows, empty ones included."""
        last = len(codes)
        if not any(codes):
            return
        if first_row + last > self.book.max_rows:
            while not codes[last - 1]:
                last -= 1
        column = self.columns[index]
        have = len(column.codes)
        self.claim(first_row + last - 1, have)
        if first_row == have:
            column.codes.extend(codes[:last])
            return
        for row, code in enumerate(codes[:last], first_row):
            if code:
                column.place(row, code)

    def claim(self, row: int, have: int) -> None:
        """Ask the book for the room up to ``row`` in a column that has ``have`` rows."""
        if row >= self.book.max_rows:
            raise too_many_rows(self.book.max_rows)
        if row >= have:
            self.book.cells_left -= row + 1 - have
            if self.book.cells_left < 0:
                raise too_wide(self.name)

    def finish(self) -> None:
        """Cut empty columns and rows at the end and make all columns equally long."""
        for column in self.columns:
            if column.struck:
                self.struck += sum(map(column.struck.__contains__, column.codes))
            column.clear()
            column.flush()
            while column.codes and not column.codes[-1]:
                column.codes.pop()
        while self.columns and not self.columns[-1].codes:
            self.columns.pop()
        height = max((len(column.codes) for column in self.columns), default=0)
        self.book.area += height * len(self.columns)
        if self.book.area > self.book.max_cells:
            raise too_wide(self.name)
        for column in self.columns:
            column.lengthen(height)
        self.hidden_rows = {row for row in self.hidden_rows if row < height}
        self.hidden_columns = {index for index in self.hidden_columns if index < len(self.columns)}
        self.book.rows += height
        if self.book.rows > self.book.max_rows:
            raise too_many_rows(self.book.max_rows)


class BookDraft:
    """The workbook while it is being read, with the limits it must keep."""

    def __init__(self, max_rows: int, max_columns: int, max_cells: int):
        self.max_rows = max_rows
        self.max_columns = max_columns
        self.max_cells = self.cells_left = max_cells
        self.characters_left = max(64 << 20, max_rows * 512)
        self.rows = self.area = 0
        #: So many rows of each sheet are wanted; 0 for all.
        self.sample_rows = 0
        self.sheets: list[SheetDraft] = []
        self.notes: list[tuple[str, str, str]] = []

    def sheet(self, name: str, kind: str = "worksheet", visibility: str = "visible") -> SheetDraft:
        if len(self.sheets) >= MAX_SHEETS:
            raise too_big_inside()
        draft = SheetDraft(self, name, kind, visibility)
        self.sheets.append(draft)
        return draft

    def note(self, code: str, message: str, severity: str = "note") -> None:
        self.notes.append((code, message, severity))

    def ship(self, send: Callable[[bytes], None]) -> None:
        """Send every sheet (its description, then values and codes of each column), then notes."""
        for sheet in self.sheets:
            send(
                dumps(
                    {
                        "name": sheet.name,
                        "kind": sheet.kind,
                        "visibility": sheet.visibility,
                        "merges": sheet.merges,
                        "hidden_rows": sorted(sheet.hidden_rows),
                        "hidden_columns": sorted(sheet.hidden_columns),
                        "commented": sheet.commented,
                        "struck": sheet.struck,
                        "delimited": sheet.delimited,
                        "field_counts": list(sheet.field_counts),
                        "columns": len(sheet.columns),
                    }
                )
            )
            for column in sheet.columns:
                send(column.listed())
                send(column.codes.tobytes())
        send(dumps({"notes": self.notes}))


def _as_it_is(raw: Any) -> Sent:
    sent: Sent = raw
    return sent


def dumps(value: object) -> bytes:
    """Compact JSON in plain ASCII, so that no character can disturb the wire."""
    return json.dumps(value, separators=(",", ":")).encode("ascii")
