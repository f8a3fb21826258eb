"""A workbook as data: its lines as they stand on the sheet, each with what must become of it."""

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape

from openpyxl import Workbook, load_workbook

from balikpapan.audit.store import traced_fields
from tests.sheets import delimited, workbook
from tests.spreadsheets import building

#: What every record has, whatever its row says.
SILENT = {
    "id", "version", "created_at", "updated_at", "archived_at", "listed_year", "source_key",
}  # fmt: skip
#: Records that a register keeps about the names in its rows; no sheet has rows of them.
SECONDARY_MODELS = {"industry.revenuesource"}
#: The references that offices write as a code.
BY_CODE = {"kbli", "centre", "facility", "account"}


@dataclass(frozen=True)
class Line:
    """One line of a sheet: nothing is expected of a title or a heading."""

    cells: list
    stored: tuple[dict, ...] = ()
    codes: tuple[str, ...] = ()
    reason: str = ""


def recorded(cells: list, *records: dict) -> Line:
    """A row that is stored as these records, each with everything it says."""
    return Line(cells, stored=records)


def held(cells: list, *codes: str) -> Line:
    """A row of which nothing is stored, with the codes of its errors."""
    return Line(cells, codes=codes)


def left(cells: list, reason: str) -> Line:
    """A row that is no data, with the reason it is left out for."""
    return Line(cells, reason=reason)


@dataclass(frozen=True)
class Computed:
    """A formula and the value its program last worked out; None where it never did."""

    formula: str
    value: object = None


@dataclass
class ExpectedWorkbook:
    """A workbook with its whole truth: what is asked, stored, held, left out and not read."""

    register: str
    #: The lines of the one sheet «Data», or of every sheet by name; plain lists are no data.
    sheets: list | dict[str, list]
    asks: tuple[str, ...] = ()
    answers: dict = field(default_factory=dict)
    refused: str = ""  # part of the reason; nothing is stored
    unread: dict[str, str] = field(default_factory=dict)  # sheet -> part of the reason
    unknown: tuple[str, ...] = ()  # the headings that have no place
    notes: set[str] = field(default_factory=set)  # codes that must be told, beside the errors
    before: Callable[[], object] | None = None  # what the register already holds
    form: str = "xlsx"  # or xls, ods, csv
    delimiter: str = ";"
    encoding: str = "utf-8-sig"
    merge: Iterable[str] | dict[str, Iterable[str]] = ()
    hidden: tuple[str, ...] = ()
    edit: Callable[[Workbook], object] | None = None  # what only a spreadsheet program can do
    patch: tuple[str, str] | None = None  # what no program would write
    counted_twice: int = 0  # rows that count twice, because a second table shares them

    @property
    def lines(self) -> dict[str, list[Line]]:
        """Every sheet's lines, by the name it is read under."""
        name = "CSV" if self.form == "csv" else "Data"
        sheets = self.sheets if isinstance(self.sheets, dict) else {name: self.sheets}
        return {
            name: [line if isinstance(line, Line) else Line(line) for line in lines]
            for name, lines in sheets.items()
        }

    @property
    def file_name(self) -> str:
        return f"data.{self.form}"

    @property
    def content(self) -> bytes:
        """The file itself."""
        rows = {name: [line.cells for line in lines] for name, lines in self.lines.items()}
        if self.form == "csv":
            [only] = rows.values()
            return delimited(only, delimiter=self.delimiter, encoding=self.encoding)
        if self.form == "ods":
            return building.ods("".join(_table(name, lines) for name, lines in rows.items()))
        if self.form == "xls":
            [only] = rows.values()
            return building.xls(*_records(only))
        return self._xlsx(rows)

    def _xlsx(self, rows):
        merge = self.merge if isinstance(self.merge, dict) else {"Data": self.merge}
        computed = {}
        for name, lines in rows.items():
            for number, cells in enumerate(lines, 1):
                for column, value in enumerate(cells):
                    if isinstance(value, Computed):
                        computed[f"{chr(65 + column)}{number}"] = value
            rows[name] = [
                [None if isinstance(value, Computed) else value for value in cells]
                for cells in lines
            ]
        content = workbook(rows, merge=merge, hidden=self.hidden)
        if self.edit or computed:
            book = load_workbook(io.BytesIO(content))
            for place, formula in computed.items():
                book.active[place] = f"={formula.formula}"
            if self.edit:
                self.edit(book)
            stream = io.BytesIO()
            book.save(stream)
            content = stream.getvalue()
        for place, formula in computed.items():
            content = _with_value(content, place, formula.value)
        return _patched(content, *self.patch) if self.patch else content


def values_of(record, related=()) -> dict:
    """Everything a stored record says, references by code or name.

    Its business or activity is named only where that is not stored ``related`` it.
    """
    values = {}
    for model_field in traced_fields(type(record)):
        value = getattr(record, model_field.name)
        if model_field.name in SILENT or value in (None, "", model_field.get_default()):
            continue
        if model_field.remote_field:
            if value in related:
                continue
            value = (model_field.name in BY_CODE and value.code) or getattr(
                value, "name", str(value)
            )
        # Shown as they compare: the exact decimal of a file's 607.2 is 607.200.
        values[model_field.name] = float(value) if isinstance(value, Decimal) else value
    return values


def _patched(content, pattern, replacement):
    """The workbook with its first sheet's XML altered."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    changed, count = re.subn(pattern, replacement, sheet, count=1)
    assert count == 1, pattern
    return building.zip_of({**parts, "xl/worksheets/sheet1.xml": changed})


def _with_value(content, place, value):
    if value is None:
        return content
    kind = "" if isinstance(value, int | float) else ' t="e"' if value[0] == "#" else ' t="str"'
    formula = rf'<c r="{place}"([^>]*)>(<f>.*?</f>)<v ?/>'
    return _patched(content, formula, rf'<c r="{place}"\1{kind}>\2<v>{value}</v>')


def _table(name, rows):
    lines = "".join(
        f"<table:table-row>{''.join(map(_cell, cells))}</table:table-row>" for cells in rows
    )
    return f'<table:table table:name="{name}">{lines}</table:table>'


def _cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
    elif isinstance(value, datetime.date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def _records(rows):
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if isinstance(value, str):
                yield building.xls_text(row, column, value)
            elif value is not None:
                yield building.xls_number(row, column, value)
