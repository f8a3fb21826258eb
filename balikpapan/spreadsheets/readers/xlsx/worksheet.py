"""One worksheet of an .xlsx: every cell with its value, formula, error and percent sign.

Rows as spreadsheet programs write them are read by one regular expression per set of columns,
which is many times faster than a parser and needs no memory; whatever that expression does not
cover to the last byte goes through the XML parser, as does everything around the rows.
"""

import re
from collections.abc import Callable, Sequence
from typing import IO, Any, Self

from ...addresses import column_index, column_letter
from ...errors import damaged, too_big_inside, too_many_columns
from ..safe_xml import BLOCK, GuardedXml, passed_over
from ..wire import SheetDraft
from .cells import CELL, TRUE, CellReader, RawCell, dissect, shared_formula
from .strings import MAIN, SharedFormulas, int_of

_END_OF_ROWS = b"</sheetData>"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ROW = rb'<row r="([1-9][0-9]{0,6})"([^<>]{0,999}+)>(?:(?<=/>)|'
_HIDDEN = re.compile(rb"\shidden\s*=\s*[\"'](?:1|true)[\"']")
_LAST_COLUMN = 16_384
_LAST_ROW = 2_000_000
_LONGEST_ROW = 32 * BLOCK
_MOST_LEARNED = 4_000  # columns compiled; an expression is not free


class WorksheetXml(GuardedXml):
    """Reads a worksheet part into its ``SheetDraft``."""

    namespaces = MAIN

    def __init__(self, sheet: SheetDraft, cells: CellReader):
        super().__init__()
        self.sheet = sheet
        self.cells = cells
        sheet.convert = cells.value
        sheet.is_struck = cells.is_struck if cells.has_struck else None
        self.row = self.column = -1
        self.in_rows = False
        # Style, type, formula attributes, formula, text.
        self._cell: list[Any] | None = None
        self._outer_cell: list[Any] | None = None
        self._formulas = SharedFormulas()
        self._column_numbers: dict[str, int] = {}
        self._seen: set[int] = set()
        self._matched_columns: list[int] = []
        self._learned = 0
        self._match: Callable[[bytes, int], re.Match[bytes] | None] | None = None

    def read(self, stream: IO[bytes]) -> Self:
        rest = b""
        fast = True
        while block := stream.read(BLOCK):
            block, rest = rest + block, b""
            if fast and not self.in_rows:
                at = block.find(b"<sheetData>") + 11
                if at < 11:
                    # The tag may straddle two blocks.
                    at = max(len(block) - 10, 0)
                    self.feed(block[:at])
                    rest = block[at:]
                    continue
                self.feed(block[:at])
                block = block[at:]
                fast = self.in_rows and self.depth == 2 and self.is_utf8
            # A comment, CDATA section or instruction is for the parser alone.
            fast = fast and b"<!" not in block and b"<?" not in block
            if not fast:
                self.feed(block)
                continue
            cut = block.rfind(b"</row>") + 6
            if cut < 6:
                if b"</sheetData>" not in block:
                    if len(block) > _LONGEST_ROW:
                        raise too_big_inside()
                    rest = block
                    continue
                cut = len(block)
            if wanted := self.sheet.book.sample_rows:
                cut = min(cut, _end_of_row(block, wanted - self.row))
            self._read_rows(block[:cut])
            rest = block[cut:]
            fast = self.in_rows
            if fast and 0 < self.sheet.book.sample_rows <= self.row:
                rest = passed_over(stream, rest, _END_OF_ROWS)  # merged ranges follow
                fast = False
        self.feed(rest)
        self.close()
        return self

    # What the XML parser reports.

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c" and self.in_rows:
            self._place(attributes.get("r"))
            self._cell = [attributes.get("s", "0"), attributes.get("t", "n"), None, None, None]
        elif name == "row" and self.in_rows:
            self._new_row(attributes.get("r"))
            if attributes.get("hidden") in TRUE and self.row < self.sheet.book.max_rows:
                self.sheet.hidden_rows.add(self.row)
        elif name in ("v", "t", "f") and self._cell is not None:
            if name == "f":
                self._cell[2] = attributes
            self.collect()
        elif name == "rPh":
            self._cell, self._outer_cell = None, self._cell
        elif name == "sheetData":
            self.in_rows = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in TRUE:
            first, last = (int_of(attributes.get(key)) for key in ("min", "max"))
            self.sheet.hidden_columns.update(range(first - 1, min(last, _LAST_COLUMN)))

    def end(self, name: str) -> None:
        cell = self._cell
        if name in ("v", "t", "f") and cell is not None and self.text is not None:
            if name == "f":
                cell[3] = self.collected()
            else:
                cell[4] = (cell[4] or "") + self.collected()
        elif name == "c" and cell is not None:
            self._cell = None
            style, kind, formula, text, value = cell
            if formula is not None:
                text = text or ""
                if formula.get("t") == "shared":
                    shared = formula.get("si", "")
                    text = self._formulas.text(shared, text, self.row, self.column)
            if value is not None or text is not None:
                self.sheet.put(self.row, self.column, (style, kind, text, value))
        elif name == "rPh":
            self._cell = self._outer_cell
        elif name == "sheetData":
            self.in_rows = False

    def _new_row(self, reference: str | None) -> None:
        self.row = self.row + 1 if reference is None else int_of(reference) - 1
        if not 0 <= self.row < _LAST_ROW:
            raise damaged()
        self.column = -1

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
        else:
            place = _REFERENCE.fullmatch(reference)
            if not place or int(place[2]) == 0:
                raise damaged()
            self.row = int(place[2]) - 1
            self.column = self._number_of(place[1])
        if self.column >= _LAST_COLUMN:
            raise damaged()
        self._seen.add(self.column)

    def _number_of(self, letters: str) -> int:
        index = self._column_numbers.get(letters)
        if index is None:
            index = self._column_numbers[letters] = column_index(letters)
        return index

    def _merge(self, reference: str) -> None:
        corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
        places = [(int(corner[2]) - 1, corner[1]) for corner in corners if corner]
        if len(corners) != 2 or len(places) != 2:
            return
        rows = sorted(row for row, _ in places)
        columns = sorted(self._number_of(letters) for _, letters in places)
        self.sheet.merge(rows[0], columns[0], rows[1], columns[1])

    # The way around the parser.

    def _read_rows(self, block: bytes) -> None:
        """Read rows by the expression where it covers them, else by the parser."""
        position, end = 0, len(block)
        run: list[tuple[bytes, ...]] = []
        while position < end and self.depth == 2 and self.in_rows:
            row = self._match(block, position) if self._match else None
            if row:
                run.append(row.groups())
                position = row.end()
                continue
            self._take(run, block)
            run = []
            odd = block.find(b"</row>", position) + 6
            odd = end if odd < 6 else odd
            self.feed(block[position:odd])
            position = odd
            self._learn()
        self._take(run, block)
        self.feed(block[position:])

    def _learn(self) -> None:
        """Widen the expression by the columns that the last row had."""
        if self._learned > _MOST_LEARNED or self._seen.issubset(self._matched_columns):
            return
        self._matched_columns = sorted(self._seen)[: self.sheet.book.max_columns]
        self._learned += len(self._matched_columns)
        cells = b"".join(
            rb'(?:<c r="%s\1"(%s))?+' % (column_letter(column).encode(), CELL)
            for column in self._matched_columns
        )
        self._match = re.compile(_ROW + cells + b"</row>)").match

    def _take(self, run: list[tuple[bytes, ...]], block: bytes) -> None:
        """Put rows that the expression covered into the sheet."""
        if not run:
            return
        numbers, attributes, *columns = zip(*run, strict=True)
        rows = [int(number) - 1 for number in numbers]
        most = self.sheet.book.max_rows
        if b"hidden" in block:
            self.sheet.hidden_rows.update(
                row
                for row, text in zip(rows, attributes, strict=True)
                if row < most and _HIDDEN.search(text)
            )
        is_run = rows == list(range(rows[0], rows[0] + len(rows)))
        has_shared = b't="shared"' in block
        for index, cells in zip(self._matched_columns, columns, strict=True):
            if any(cells):
                codes = self._codes(rows, index, cells, has_shared)
                if is_run:
                    self.sheet.put_run(rows[0], index, codes)
                else:
                    for row, code in zip(rows, codes, strict=True):
                        self.sheet.put_run(row, index, [code])
        self.row = rows[-1]

    def _codes(
        self, rows: list[int], index: int, cells: Sequence[bytes | None], has_shared: bool
    ) -> Sequence[int]:
        """The codes of the cells of one column."""
        if index >= self.sheet.book.max_columns:
            if any(self.cells.value(raw) is not None for raw in cells if raw):
                raise too_many_columns(self.sheet.book.max_columns, self.sheet.name)
            return [0] * len(cells)
        column = self.sheet.column(index)
        if has_shared:
            return [
                column[self._written_out(row, index, raw)]
                for row, raw in zip(rows, cells, strict=True)
            ]
        if column.is_scattered and not self.sheet.is_struck:
            values = self.cells.values(cells)
            if values:
                return column.list_anew(values)
        return list(map(column.__getitem__, cells))

    def _written_out(self, row: int, index: int, raw: bytes | None) -> RawCell | None:
        """A cell with a shared formula gets the formula as it reads in its own row."""
        shared = shared_formula(raw)
        if shared is None or raw is None:
            return raw
        style, kind, text, value = dissect(raw)
        return style, kind, self._formulas.text(shared, text or "", row, index), value


def _end_of_row(block: bytes, number: int) -> int:
    """Where that many rows of a block end, at least one; its length where it has fewer."""
    *rows, rest = block.split(b"</row>", max(1, number))
    return len(block) - len(rest) if rows else len(block)
