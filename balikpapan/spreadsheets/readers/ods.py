"""An .ods workbook: the cells of content.xml, with what a spreadsheet program hides in it."""

import re
from typing import IO, Self
from zipfile import ZipFile

from ..errors import damaged, too_many_rows
from .number_formats import Sent, iso_moment, number
from .safe_xml import BLOCK, GuardedXml, passed_over
from .wire import BookDraft, SheetDraft

#: Type, stored value, shown text, formula and style of a cell.
RawCell = tuple[str | None, str | None, str, str | None, str | None]
_TIME = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,](\d+))?S")
_REFERENCE = re.compile(r"\[([^\[\]]*)\]")
_MOST_REPEATED = 1 << 24
_END_OF_ROW, _END_OF_TABLE = b"</table:table-row>", b"</table:table>"
#: So much is looked at in search of where the rows wanted of a sheet end.
_PIECE = 1 << 16
#: A longer piece without the end of a row is left to the parser.
_LONGEST_ROW = 32 * BLOCK


class ContentXml(GuardedXml):
    """Reads content.xml into a ``BookDraft``, sheet by sheet."""

    namespaces = {
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
        "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
        "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
        "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
    }

    def __init__(self, book: BookDraft) -> None:
        super().__init__()
        self.book = book
        self.sheet: SheetDraft | None = None
        self.has_external = False
        self._table_depth = 0
        self._row = self._column = self._repeat = 0
        self._cells: list[tuple[int, int, RawCell]] = []
        self._cell: dict[str, str] | None = None
        self._cell_depth = 0
        self._note_depth = 0
        self._pieces: list[str] = []
        self._style = ""
        self._hidden_tables: set[str] = set()
        self._struck_styles: set[str] = set()

    def read(self, stream: IO[bytes]) -> Self:
        if not self.book.sample_rows:
            return super().read(stream)
        rest = b""
        while block := stream.read(_PIECE):
            block = rest + block
            cut = block.rfind(_END_OF_ROW) + len(_END_OF_ROW)
            if cut < len(_END_OF_ROW):  # of another prefix, or no row yet
                cut = len(block) if len(block) > _LONGEST_ROW else 0
            self.feed(block[:cut])
            rest = block[cut:]
            if self._has_enough():
                rest = passed_over(stream, rest, _END_OF_TABLE)
        self.feed(rest)
        self.close()
        return self

    def _has_enough(self) -> bool:
        """Whether the rows wanted of a sheet are read, and its next row would come now."""
        is_between = self.sheet is not None and self.depth == self._table_depth
        return is_between and self._cell is None and self._row >= self.book.sample_rows

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.sheet is not None and self._cell is not None:
            self._start_in_cell(self.sheet, name, attributes)
        elif self.sheet is not None:
            self._start_in_table(self.sheet, name, attributes)
        elif name == "table:table" and self.depth == 4:
            self._start_table(attributes)
        elif name == "style:style":
            self._style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self._hidden_tables.add(self._style)
        elif attributes.get("style:text-line-through-style", "none") != "none":
            self._struck_styles.add(self._style)

    def _start_table(self, attributes: dict[str, str]) -> None:
        is_hidden = attributes.get("table:style-name") in self._hidden_tables
        sheet = self.sheet = self.book.sheet(
            attributes.get("table:name", ""), visibility="hidden" if is_hidden else "visible"
        )
        sheet.convert = convert
        if self._struck_styles:
            sheet.is_struck = lambda raw: raw[4] in self._struck_styles
        self._table_depth = self.depth
        self._row = self._column = 0

    def _start_in_table(self, sheet: SheetDraft, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table-row":
            self._repeat = repeated(attributes, "table:number-rows-repeated")
            self._column = 0
            self._cells = []
            if attributes.get("table:visibility") in ("collapse", "filter"):
                last = min(self._row + self._repeat, self.book.max_rows)
                sheet.hidden_rows.update(range(self._row, last))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell = attributes
            self._cell_depth = self.depth
            self._pieces = []
        elif name == "table:table-column":
            count = repeated(attributes, "table:number-columns-repeated")
            if attributes.get("table:visibility") in ("collapse", "filter"):
                last = min(self._column + count, self.book.max_columns)
                sheet.hidden_columns.update(range(self._column, last))
            self._column += count
        elif name == "table:table-source":
            self.has_external = True

    def _start_in_cell(self, sheet: SheetDraft, name: str, attributes: dict[str, str]) -> None:
        if name == "office:annotation" and not self._note_depth:
            self._note_depth = self.depth
            sheet.commented += 1
        elif self._note_depth:
            return
        elif name == "text:p" and self.depth == self._cell_depth + 1:
            self._pieces.append("\n" if self._pieces else "")
            self.collect()
        elif self.text is not None:
            if name == "text:s":
                self.text.append(" " * min(repeated(attributes, "text:c"), 32_767))
            elif name == "text:tab":
                self.text.append("\t")
            elif name == "text:line-break":
                self.text.append("\n")

    def end(self, name: str) -> None:
        sheet, cell = self.sheet, self._cell
        if sheet is not None and cell is not None:
            if self._note_depth:
                if self.depth < self._note_depth:
                    self._note_depth = 0
            elif self.depth < self._cell_depth:
                self._end_cell(sheet, cell)
            elif name == "text:p" and self.depth == self._cell_depth and self.text is not None:
                self._pieces.append(self.collected())
        elif name == "table:table-row" and sheet is not None:
            self._end_row(sheet)
        elif name == "table:table" and sheet is not None and self.depth < self._table_depth:
            sheet.finish()
            self.sheet, self._table_depth = None, 0

    def _end_cell(self, sheet: SheetDraft, cell: dict[str, str]) -> None:
        self._cell = None
        count = repeated(cell, "table:number-columns-repeated")
        kind = cell.get("office:value-type")
        formula = cell.get("table:formula")
        text = "".join(self._pieces)
        if formula and not kind and self._pieces:
            kind = "string"  # LibreOffice leaves out the type where the result is an empty text
        if kind or formula or text:
            stored = (
                cell.get("office:value")
                or cell.get("office:date-value")
                or cell.get("office:time-value")
                or cell.get("office:boolean-value")
            )
            if kind == "string":
                stored = text or cell.get("office:string-value", "")
            if cell.get("calcext:value-type") == "error":
                kind, stored = "error", text
            raw = (kind, stored, text, formula, cell.get("table:style-name"))
            self._cells.append((self._column, count, raw))
        rows = cell.get("table:number-rows-spanned", "1")
        columns = cell.get("table:number-columns-spanned", "1")
        if (rows, columns) != ("1", "1") and rows.isdecimal() and columns.isdecimal():
            bottom = self._row + int(rows[:7]) - 1
            right = self._column + int(columns[:7]) - 1
            sheet.merge(self._row, self._column, bottom, right)
        self._column += count

    def _end_row(self, sheet: SheetDraft) -> None:
        if self._cells and self._row + self._repeat > self.book.max_rows:
            raise too_many_rows(self.book.max_rows)
        for first, count, raw in self._cells:
            for index in range(first, first + count):
                for row in range(self._row, self._row + self._repeat):
                    sheet.put(row, index, raw)
        self._row += self._repeat


def read_opendocument(archive: ZipFile, book: BookDraft) -> None:
    """Read every sheet of an .ods into ``book``."""
    content = ContentXml(book)
    for name in archive.namelist():
        with archive.open(name) as stream:
            if name == "content.xml":
                content.read(stream)
            elif name in ("styles.xml", "settings.xml", "META-INF/manifest.xml"):
                GuardedXml().read(stream)
            else:
                while stream.read(1 << 20):
                    pass
    if content.has_external:
        book.note(
            "external_links",
            "Berkas memuat tautan ke buku kerja lain; tautan diabaikan, nilai tersimpan yang dibaca.",
        )


def convert(raw: RawCell) -> Sent:
    """The value of a cell in the form that travels to the parent."""
    kind, stored, text, formula, _ = raw
    value = _value(kind, stored, text)
    if formula is None:
        return None if value == "" else value
    return ["f", "=" + _REFERENCE.sub(_plain_reference, formula.partition("=")[2]), value]


def _plain_reference(match: re.Match[str]) -> str:
    """``[.A1:.B2]`` as a user knows it: ``A1:B2``."""
    reference: str = match[1]
    return reference.removeprefix(".").replace(":.", ":")


def _value(kind: str | None, stored: str | None, text: str) -> Sent:
    if kind is None:
        return text or None
    if kind == "error":
        return ["e", text]
    if kind == "string":
        return stored
    if stored is None:
        return text or None
    if kind == "boolean":
        return stored == "true"
    if kind == "date":
        return iso_moment(stored)
    if kind == "time":
        return _clock(stored)
    try:
        return ["p", float(stored)] if kind == "percentage" else number(stored)
    except ValueError:
        return text or stored


def _clock(stored: str) -> Sent:
    """A time of day; a duration of a day and more stays a number of days."""
    clock = _TIME.fullmatch(stored)
    if not clock:
        return stored
    hours, minutes, seconds, fraction = clock.groups()
    if int(hours) < 24 and int(minutes) < 60 and int(seconds) < 60:
        tail = f".{(fraction + '000000')[:6]}" if fraction and int(fraction) else ""
        return ["h", f"{int(hours):02}:{int(minutes):02}:{int(seconds):02}{tail}"]
    return number((int(hours) * 3600 + int(minutes) * 60 + int(seconds)) / 86_400)


def repeated(attributes: dict[str, str], key: str) -> int:
    """How often a row, column or blank is repeated."""
    count = attributes.get(key, "1")
    if not count.isdecimal() or len(count) > 9 or int(count) > _MOST_REPEATED:
        raise damaged()
    return int(count)
