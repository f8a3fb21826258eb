"""One worksheet of an .xlsx: every cell with its value, formula, error and percent sign.

Rows as spreadsheet programs write them are read by one regular expression per set of columns,
which is many times faster than a parser and needs no memory; whatever that expression does not
cover to the last byte goes through the XML parser, as does everything around the rows.
"""

import datetime
import re

from .collecting import SheetDraft
from .guarded_xml import BLOCK, GuardedXml
from .number_formats import shown
from .ooxml_text import character_data, column_number, letters_of, shift_formula, unescape, utf8
from .refusal import damaged, too_big_inside, too_many_columns

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ROW = rb'<row r="([1-9][0-9]{0,6})"([^<>]{0,999}+)>(?:(?<=/>)|'
_CELL = (
    rb'(?:<c r="%s\1"((?: (?:s|t|cm|vm|ph)="\w*+")*+'
    rb"(?:/>|>(?:<f[^<>/]*+(?:/>|>[^<]*+</f>))?+"
    rb"(?:<v>[^<]*+</v>|<v/>|<is><t(?: xml:space=\"preserve\")?>[^<]*+</t></is>)?+</c>)))?+"
)
_PARTS = re.compile(
    rb"([^<>/]*+)(?:/>|>(?:<f([^<>/]*+)(?:/>|>([^<]*+)</f>))?+"
    rb"(?:<v>([^<]*+)</v>|(<v/>)|<is><t[^<>]*+>([^<]*+)</t></is>)?+</c>)"
)
_STYLE = re.compile(rb' s="([0-9]+)"')
_TYPE = re.compile(rb' t="(\w+)"')
_SHARED = re.compile(rb' si="([0-9]+)"')
_HIDDEN = re.compile(rb"\shidden\s*=\s*[\"'](?:1|true)[\"']")
_TRUE = ("1", "true", "on")
_VALUE_END = b"</v></c>"
_LAST_COLUMN = 16_384
_LONGEST_ROW = 32 * BLOCK
_MOST_LEARNED = 4_000  # columns compiled; an expression is not free


class WorksheetXml(GuardedXml):
    """Reads a worksheet part into its ``SheetDraft``."""

    namespaces = {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "",
        "http://purl.oclc.org/ooxml/spreadsheetml/main": "",
    }

    def __init__(self, sheet: SheetDraft, strings, styles, is_1904: bool):
        super().__init__()
        self.sheet = sheet
        self.strings = strings
        self.styles = styles
        self.is_1904 = is_1904
        sheet.convert = self.convert
        if styles.struck or strings.struck:
            sheet.is_struck = self.is_struck
        self.row = self.column = -1
        self.in_rows = False
        self._beside = None
        self._cell = None  # style, type, formula attributes, formula, text
        self._column_numbers: dict[str, int] = {}
        self._shared: dict[str, tuple[str, int, int]] = {}
        self._seen: set[int] = set()
        self._known: list[int] = []
        self._learned = 0
        self._match = None
        self._usual: dict[bytes, str | None] = {}

    # What the XML parser reports.

    def start(self, name, attributes):
        if name == "c" and self.in_rows:
            self._place(attributes.get("r"))
            self._cell = [attributes.get("s", "0"), attributes.get("t", "n"), None, None, None]
        elif name == "row" and self.in_rows:
            self._new_row(attributes.get("r"))
            if attributes.get("hidden") in _TRUE and self.row < self.sheet.book.max_rows:
                self.sheet.hidden_rows.add(self.row)
        elif name in ("v", "t", "f") and self._cell is not None:
            if name == "f":
                self._cell[2] = attributes
            self.collect()
        elif name == "rPh":
            self._cell, self._beside = None, self._cell
        elif name == "sheetData":
            self.in_rows = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in _TRUE:
            first, last = (int_of(attributes.get(key)) for key in ("min", "max"))
            self.sheet.hidden_columns.update(range(first - 1, min(last, _LAST_COLUMN)))

    def end(self, name):
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
                text = self._formula(formula.get("t"), formula.get("si", ""), text or "")
            if value is not None or text is not None:
                self.sheet.put(self.row, self.column, (style, kind, text, value))
        elif name == "rPh":
            self._cell = self._beside
        elif name == "sheetData":
            self.in_rows = False

    def _new_row(self, reference):
        self.row = self.row + 1 if reference is None else int_of(reference) - 1
        if not 0 <= self.row < 2_000_000:
            raise damaged()
        self.column = -1

    def _place(self, reference):
        if reference is None:
            self.column += 1
        else:
            found = _REFERENCE.fullmatch(reference)
            if not found or int(found[2]) == 0:
                raise damaged()
            self.row = int(found[2]) - 1
            self.column = self._number_of(found[1])
        if self.column >= _LAST_COLUMN:
            raise damaged()
        self._seen.add(self.column)

    def _number_of(self, letters: str) -> int:
        found = self._column_numbers.get(letters)
        if found is None:
            found = self._column_numbers[letters] = column_number(letters)
        return found

    def _merge(self, reference: str) -> None:
        corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
        if len(corners) != 2 or None in corners:
            return
        rows = sorted(int(corner[2]) - 1 for corner in corners)
        columns = sorted(self._number_of(corner[1]) for corner in corners)
        self.sheet.merges.append([rows[0], columns[0], rows[1], columns[1]])

    def _formula(self, kind, shared: str, text: str) -> str:
        """The text of a formula; one that is shared is written out for its own cell."""
        if kind != "shared":
            return text
        if text:
            self._shared[shared] = (text, self.row, self.column)
            return text
        if shared not in self._shared:
            return ""
        text, row, column = self._shared[shared]
        return shift_formula(text, self.row - row, self.column - column)

    # What a cell says.

    def convert(self, raw):
        """The value of a cell in the form that travels to the parent."""
        if type(raw) is bytes:
            head, _, tail = raw.partition(b"><v>")
            kind = self._usual.get(head)
            text = tail[: -len(_VALUE_END)]
            if kind is not None and len(text) < 16 and text.isdigit():
                if kind == "number":
                    return int(text)
                if int(text) < len(self.strings.strings):
                    return self.strings.strings[int(text)] or None
            raw = self.dissect(raw)
            if kind is None and raw[2] is None and tail:
                self._usual[head] = self._usual_kind(raw[0], raw[1])
        style, kind, formula, text = raw
        value = None if text is None else self._value(style, kind, text)
        if formula is not None:
            if value is None and kind == "str" and text is not None:
                value = ""
            return ["f", "=" + formula, value]
        return value

    def _usual_kind(self, style: str, kind: str) -> str | None:
        """``number`` or ``s`` where such cells need no closer look."""
        if kind == "n" and self._format_of(style) == "number":
            return "number"
        return "s" if kind == "s" else None

    def _format_of(self, style: str) -> str:
        index = int_of(style)
        return self.styles.kinds[index] if index < len(self.styles.kinds) else "number"

    def dissect(self, raw: bytes):
        """Style, type, formula and text of a cell that the regular expression found."""
        attributes, _, formula, value, empty, inline = _PARTS.fullmatch(raw).groups()
        style, kind = _STYLE.search(attributes), _TYPE.search(attributes)
        text = value if value is not None else inline
        if text is None and empty:
            text = b""
        return (
            style[1].decode() if style else "0",
            kind[1].decode() if kind else "n",
            None if formula is None else character_data(utf8(formula)),
            None if text is None else character_data(utf8(text)),
        )

    def _value(self, style: str, kind: str, text: str):
        if kind == "s":
            strings = self.strings.strings
            if not text.isdecimal() or int_of(text) >= len(strings):
                raise damaged()
            return strings[int_of(text)] or None
        if kind in ("str", "inlineStr"):
            return unescape(text) or None
        text = text.strip()
        if not text:
            return None
        if kind == "b":
            return text in _TRUE
        if kind == "e":
            return ["e", text]
        if kind == "d":
            return iso_moment(text)
        try:
            value = float(text)
        except ValueError:
            return text
        return shown(value, self._format_of(style), self.is_1904)

    def is_struck(self, raw) -> bool:
        """Whether the text of a cell is struck through, as a whole or in part."""
        style, kind, _, text = raw if type(raw) is tuple else self.dissect(raw)
        if int_of(style) in self.styles.struck:
            return True
        return kind == "s" and int_of(text) in self.strings.struck

    # The way around the parser.

    def read(self, stream):
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
                fast = self.in_rows and self.depth == 2 and self.encoding.upper() in ("", "UTF-8")
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
            self._rows(block[:cut])
            rest = block[cut:]
            fast = self.in_rows
        self.feed(rest)
        self.close()
        self.sheet.forget()
        return self

    def _rows(self, block: bytes) -> None:
        position, end = 0, len(block)
        run = []
        while position < end and self.depth == 2 and self.in_rows:
            found = self._match(block, position) if self._match else None
            if found:
                run.append(found.groups())
                position = found.end()
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
        if self._learned > _MOST_LEARNED or self._seen.issubset(self._known):
            return
        self._known = sorted(self._seen)[: self.sheet.book.max_columns]
        self._learned += len(self._known)
        cells = b"".join(_CELL % letters_of(column).encode() for column in self._known)
        self._match = re.compile(_ROW + cells + b"</row>)").match

    def _take(self, run: list[tuple], block: bytes) -> None:
        """Put rows that the expression covered into the sheet."""
        if not run:
            return
        numbers, attributes, *columns = zip(*run, strict=True)
        rows = [int(found) - 1 for found in numbers]
        if b"hidden" in block:
            self.sheet.hidden_rows.update(
                row
                for row, text in zip(rows, attributes, strict=True)
                if row < self.sheet.book.max_rows and _HIDDEN.search(text)
            )
        is_run = rows[-1] - rows[0] == len(rows) - 1 and rows == list(range(rows[0], rows[-1] + 1))
        shared = b't="shared"' in block
        for index, cells in zip(self._known, columns, strict=True):
            if not any(cells):
                continue
            if index >= self.sheet.book.max_columns:
                if any(self.convert(raw) is not None for raw in cells if raw):
                    raise too_many_columns(self.sheet.book.max_columns, self.sheet.name)
                continue
            column = self.sheet.column(index)
            if shared:
                cells = self._write_out(rows, index, cells)
            codes = self._in_bulk(column, cells) if column.is_scattered else None
            if codes is None:
                codes = list(map(column.__getitem__, cells))
            if is_run:
                self.sheet.put_run(rows[0], index, codes)
            else:
                for row, code in zip(rows, codes, strict=True):
                    self.sheet.put_run(row, index, [code])
        self.row = rows[-1]

    def _in_bulk(self, column, cells) -> range | None:
        """The codes of cells that all look alike but for their value; None where they do not."""
        head = cells[0].partition(b"><v>")[0] if cells[0] else b""
        kind = self._usual.get(head)
        if kind is None or None in cells or column.struck or self.sheet.is_struck:
            return None
        before = head + b"><v>"
        texts = b"".join(cells)[len(before) : -len(_VALUE_END)].split(_VALUE_END + before)
        if len(texts) != len(cells) or max(map(len, texts)) > 15:
            return None
        if not b"".join(texts).isdigit() or b"" in texts:
            return None
        values = list(map(int, texts))
        if kind == "s":
            strings = self.strings.strings
            if max(values) >= len(strings):
                raise damaged()
            values = [strings[index] for index in values]
            if "" in values:
                return None
        return column.list_anew(values)

    def _write_out(self, rows, index, cells):
        """Cells with a shared formula get the formula as it reads in their own row."""
        written = []
        for row, raw in zip(rows, cells, strict=True):
            if raw and b't="shared"' in raw:
                attributes = _PARTS.fullmatch(raw)[2]
                if attributes and (shared := _SHARED.search(attributes)):
                    style, kind, text, value = self.dissect(raw)
                    self.row, self.column = row, index
                    text = self._formula("shared", shared[1].decode(), text or "")
                    raw = (style, kind, text, value)
            written.append(raw)
        return written


def iso_moment(text: str):
    """A date stored as text in ISO form, as the strict variant of the format writes it."""
    try:
        found = datetime.datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return text
    found = found.replace(tzinfo=None)
    if found.time() == datetime.time():
        return ["d", found.date().isoformat()]
    return ["t", found.isoformat()]


def int_of(text) -> int:
    """A number in an attribute; 0 where it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
