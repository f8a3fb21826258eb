"""A second, independent count of the rows of a file: expat over the zip, never our own readers."""

import csv
import io
import posixpath
import re
import zipfile
from xml.parsers import expat

import xlrd

_LONE_NUMBER = re.compile(r"[(\[]?\d{1,2}(?:\.0)?[)\]]?(?:\s*=.*)?")

#: sheet name -> Excel row -> the texts of its filled cells, in order
Filled = dict[str, dict[int, list[str]]]


def count_rows(content: bytes, sheets: list[dict]) -> int:
    """Rows from below the heading to the last filled one, over all sheets the report calls read."""
    filled = filled_rows(content)
    total = 0
    for sheet in sheets:
        if not sheet["read"]:
            continue
        rows = filled[sheet["name"]]
        first = max(sheet["header_rows"], default=_first_with_two(rows) - 1) + 1
        if _is_number_row(rows.get(first, [])):
            first += 1
        total += max(max(rows, default=0) - first + 1, 0)
    return total


def filled_rows(content: bytes) -> Filled:
    """Every filled row of every sheet of an xlsx, ods, xls or csv."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "content.xml" in archive.namelist():
                return _of_ods(archive)
            return _of_xlsx(archive)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _of_xls(content)
    return {"CSV": _of_csv(content)}


def _first_with_two(rows):
    return next((row for row, texts in sorted(rows.items()) if len(texts) > 1), 1)


def _is_number_row(texts):
    if len(texts) < 2 or not all(_LONE_NUMBER.fullmatch(text.strip()) for text in texts):
        return False
    numbers = [int(re.search(r"\d+", text)[0]) for text in texts]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _parse(content, start, end=None, text=None):
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attrs: start(name.rpartition(" ")[2], attrs)
    if end:
        parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
    if text:
        parser.CharacterDataHandler = text
    parser.Parse(content, True)


def _of_xlsx(archive) -> Filled:
    sheets, targets = [], {}

    def workbook(name, attrs):
        if name == "sheet":
            rid = next(value for key, value in attrs.items() if key.endswith(" id"))
            sheets.append((attrs["name"], rid))

    def relation(name, attrs):
        if name == "Relationship":
            targets[attrs["Id"]] = posixpath.normpath(posixpath.join("/xl", attrs["Target"]))

    _parse(archive.read("xl/workbook.xml"), workbook)
    _parse(archive.read("xl/_rels/workbook.xml.rels"), relation)
    names = set(archive.namelist())
    strings = (
        _shared_strings(archive.read("xl/sharedStrings.xml"))
        if "xl/sharedStrings.xml" in names
        else []
    )
    rows_by_sheet = {}
    for name, rid in sheets:
        part = targets.get(rid, "").lstrip("/")
        rows_by_sheet[name] = _sheet_rows(archive.read(part), strings) if part in names else {}
    return rows_by_sheet


def _shared_strings(content):
    strings, parts = [], []

    def start(name, attrs):
        if name == "si":
            parts.clear()

    def end(name):
        if name == "si":
            strings.append("".join(parts))

    _parse(content, start, end, parts.append)
    return strings


class _SheetCells:
    """The filled cells of one worksheet of an xlsx, as expat meets them."""

    def __init__(self, strings):
        self.rows = {}
        self._strings = strings
        self._row, self._type, self._text = 0, "", []
        self._is_formula = self._is_inside = False

    def start(self, name, attrs):
        if name == "row":
            self._row = int(attrs.get("r", self._row + 1))
        elif name == "c":
            self._type, self._text, self._is_formula = attrs.get("t", "n"), [], False
        elif name in ("v", "t"):
            self._is_inside = True
        elif name == "f":
            self._is_formula = True

    def end(self, name):
        if name in ("v", "t"):
            self._is_inside = False
        elif name == "c":
            text = "".join(self._text)
            if self._type == "s" and text:
                text = self._strings[int(text)]
            if text.strip() or self._is_formula:
                self.rows.setdefault(self._row, []).append(text)

    def text(self, piece):
        if self._is_inside:
            self._text.append(piece)


def _sheet_rows(content, strings):
    cells = _SheetCells(strings)
    _parse(content, cells.start, cells.end, cells.text)
    return cells.rows


class _OdsCells:
    """The filled cells of every table of an ods, as expat meets them."""

    def __init__(self):
        self.sheets = {}
        self._sheet, self._row, self._repeat, self._cells, self._text = "", 0, 1, [], None

    def start(self, name, attrs):
        plain = {key.rpartition(" ")[2]: value for key, value in attrs.items()}
        if name == "table":
            self._sheet, self._row = plain["name"], 0
            self.sheets[self._sheet] = {}
        elif name == "table-row":
            self._cells, self._repeat = [], int(plain.get("number-rows-repeated", 1))
        elif name == "table-cell":
            self._text = [plain.get("value", "") or plain.get("date-value", "")]
        elif name == "s" and self._text is not None:
            self._text.append(" ")

    def end(self, name):
        if name == "table-cell":
            text = "".join(self._text)
            if text.strip():
                self._cells.append(text)
            self._text = None
        elif name == "table-row":
            last = self._row + self._repeat
            for row in range(self._row + 1, last + 1) if self._cells else ():
                self.sheets[self._sheet][row] = self._cells
            self._row = last

    def text(self, piece):
        if self._text is not None:
            self._text.append(piece)


def _of_ods(archive) -> Filled:
    cells = _OdsCells()
    _parse(archive.read("content.xml"), cells.start, cells.end, cells.text)
    return cells.sheets


def _of_xls(content) -> Filled:
    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
    return {
        sheet.name: {
            row + 1: texts
            for row in range(sheet.nrows)
            if (texts := [str(v) for v in sheet.row_values(row) if str(v).strip()])
        }
        for sheet in book.sheets()
    }


def _of_csv(content):
    text = _decoded(content)
    lines = text.splitlines(keepends=True)
    delimiter = max(";\t,", key=text.count)
    if announced := re.match(r'"?sep=(.)"?\s*$', lines[0] if lines else "", re.IGNORECASE):
        delimiter, text = announced[1], text[len(lines[0]) :]
    skipped = 1 if announced else 0
    csv.field_size_limit(2**31 - 1)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return {
        number - skipped: texts
        for number, record in enumerate(records, 1 + skipped)
        if (texts := [value for value in record if value.strip()])
    }


def _decoded(content):
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    if content.count(0, 0, 200) > 50:
        return content.decode("utf-16-le" if content[1] == 0 else "utf-16-be")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")
