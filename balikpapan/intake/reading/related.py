"""What one cell states for another column: the unit of "1.000 kg", the end of "17 - 19 Mei"."""

from collections.abc import Callable
from dataclasses import dataclass

from balikpapan.spreadsheets.cells import ERASE, Finding, quote

from ..declarations import SheetColumn
from ..problems import Problems
from ..sheet_rules import Options
from ..widgets import Reader
from .sheet_rows import SheetRows
from .words import unknown_word


@dataclass(frozen=True, slots=True)
class RelatedCell:
    """A raw cell found inside the cell of another column."""

    index: int  # of its row
    source: str  # the column it was found in
    target: str  # the column it belongs to
    raw: object


def fill_related(
    cells: list[RelatedCell],
    columns: dict[str, SheetColumn],
    reader_of: Callable[[str], Reader],
    rows: SheetRows,
    options: Options,
    problems: Problems,
) -> None:
    """Writes related cells into the columns they belong to where those are blank.

    ``reader_of(name)`` is the function that reads a cell of that column. A column that says
    something else holds the row: one of the two is wrong.
    """
    readers = {}
    for cell in cells:
        column = columns[cell.target]
        if cell.target not in readers:
            readers[cell.target] = reader_of(cell.target)
        read = readers[cell.target](cell.raw)
        for finding in read.findings:
            if finding.code in column.widget.word_codes:
                named = (cell.target, column)
                finding = unknown_word(rows, cell.index, named, cell.raw, finding, options)
            rows.tell(problems, cell.index, cell.source, finding, cell.raw)
        values = rows.fill(cell.target)
        own = values[cell.index]
        if read.value is None or own is ERASE:
            continue
        if own is None:
            values[cell.index] = read.value
        elif own != read.value:
            message = (
                f"{quote(cell.raw)} di sel ini berbeda dari isi kolom «{column.column_name}». "
                "Samakan keduanya, atau tulis angkanya saja."
            )
            finding = Finding("error", "related_conflict", message)
            rows.tell(problems, cell.index, cell.source, finding, cell.raw)
