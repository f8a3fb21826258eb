"""What the bands of a table say of the rows below them."""

from balikpapan.spreadsheets.cells import Finding, quote
from balikpapan.spreadsheets.tables.table import SheetTable

from ..declarations import SheetColumn
from .column_reader import reader_of
from .context import ReadingContext

#: What captions may name instead of a band's region or group.
PERIODS = ("year", "month")


def fill_from_bands(context: ReadingContext, table: SheetTable, start: int) -> None:
    """A row takes the region and the group of the bands above it where its own are blank.

    A name that nobody knows is counted among the unknown words and told once for all its rows.
    """
    if not table.bands:
        return
    bands = _Bands(context)
    for position, row in enumerate(table.rows):
        for name, text in table.bands.get(row, {}).items():
            bands.fill(start + position, name, text)


class _Bands:
    """The names of one table's bands as the values of columns, each looked up once."""

    def __init__(self, context: ReadingContext) -> None:
        self._context, self._rows = context, context.rows
        self._columns = context.resource.columns()
        self._names = context.resource.band_names(context.options)
        #: (column, name) -> its official name and value, as ``_read`` gives them.
        self._values: dict[tuple[str, str], tuple[str | None, object]] = {}
        self._unknown: set[tuple[str, str]] = set()

    def fill(self, index: int, name: str, text: str) -> None:
        if name in PERIODS:
            self._fill_period(index, name, int(text))
            return
        column = self._columns.get(name)
        if column is None:
            return
        if name == self._context.resource.sections:
            self._fill_from_title(index, name, column, text)
            return
        if (name, text) not in self._values:
            self._values[name, text] = self._read(name, column, text)
        official, value = self._values[name, text]
        if official is None:
            self._tell(index, name, column, text)
        elif name == "kecamatan" and official:
            self._rows.bands[index] = official
        elif name in ("kelurahan", self._context.resource.naming):
            target = self._rows.fill(name)
            target[index] = value if target[index] is None else target[index]
        elif value is not None:
            self._rows.fill_soft(column.target)[index] = value

    def _fill_from_title(self, index: int, name: str, column: SheetColumn, text: str) -> None:
        """What the title of a section names, read as a cell of its column; an error holds the row."""
        target = self._rows.fill(name)
        if target[index] is not None:
            return
        read = reader_of(name, column, self._context, self._context.reading())(text)
        target[index] = read.value
        for finding in read.findings if read.has_error else ():
            self._rows.tell(self._context.problems, index, name, finding, text)

    def _fill_period(self, index: int, name: str, number: int) -> None:
        """The year or the month of a caption, where the row has no cell of its own that says it."""
        resource = self._context.resource
        name = resource.year_column or "" if name == "year" else name
        if name in self._columns and not (name == resource.year_column and resource.year_choices):
            target = self._rows.fill(name)
            target[index] = number if target[index] is None else target[index]

    def _read(self, name: str, column: SheetColumn, text: str) -> tuple[str | None, object]:
        """The official name, "" for none at all and None for an unknown one, with its value."""
        official = self._names.find(name, text)
        if official is None:
            official = self._context.options["words"].meaning(name, text)
        if not official:
            return official, None
        return official, reader_of(name, column, self._context, self._context.reading())(text).value

    def _tell(self, index: int, name: str, column: SheetColumn, text: str) -> None:
        if self._rows.column(name)[index] is not None:
            return
        options, widget = self._context.options, column.widget
        place = self._rows.place(index)
        options["words"].add(name, column, text, place, options, holds=False)
        if (name, text) in self._unknown:
            return
        self._unknown.add((name, text))
        close = widget.suggest(text, options)
        remedy = f"Mungkin maksudnya {close}." if close else "Periksa ejaannya."
        message = (
            f"{quote(text)} pada judul bagian di atas baris ini bukan {widget.what} yang dikenal, "
            f"jadi {widget.what}nya dikosongkan. {remedy}"
        )
        finding = Finding("warning", widget.code, message)
        self._rows.tell(self._context.problems, index, name, finding, text)
