"""Rows held because of where their cells stand: shifted to the right, or like no record."""

from balikpapan.spreadsheets import cells
from balikpapan.spreadsheets.addresses import column_letter
from balikpapan.spreadsheets.cells import Finding, is_blank
from balikpapan.spreadsheets.tables.kinds import DOUBT_MESSAGES
from balikpapan.spreadsheets.tables.table import SheetTable

from ..problems import Place, Problems
from ..resources import SheetResource
from .sheet_rows import SheetRows


def hold_shifted(table: SheetTable, start: int, rows: SheetRows, problems: Problems) -> None:
    """A csv row longer than its heading has likely been cut at a separator inside some cell.

    Where its record has no more fields than the heading's, no separator is too many: the cell only
    stands to the right of the table, and that is noted.
    """
    if not table.sheet.delimited or not table.header_rows:
        return
    counts = table.sheet.field_counts
    heading_fields = max(counts[row - 1] for row in table.header_rows)
    last = max((c.index for c in table.columns if c.heading), default=0)
    if table.stated and table.stated.last is not None:  # its other members stand beside it
        last = max(last, table.stated.last)
    for index in range(last + 1, len(table.sheet.columns)):
        source = table.sheet.columns[index]
        longer = [i for i, row in enumerate(table.rows) if not is_blank(source[row])]
        if len(longer) > len(table.rows) // 2:
            continue  # a column without a heading, not a few broken rows
        for position in longer:
            sheet, row = rows.place(start + position)
            value = source[table.rows[position]]
            is_shifted = counts[table.rows[position]] > heading_fields
            place = Place(sheet, row, column_letter(index))
            problems.add(_beyond_heading(value, is_shifted), place, value)
            if is_shifted:
                rows.held.add(start + position)


def _beyond_heading(value: object, is_shifted: bool) -> Finding:
    place = f"{cells.quote(value)} terletak di luar judul kolom"
    if not is_shifted:
        return Finding("note", "beyond_heading", f"{place}; sel itu tidak dibaca.")
    return Finding(
        "error",
        "beyond_heading",
        f"{place}; mungkin pemisah ada di dalam salah satu sel. Beri tanda kutip pada sel itu "
        "atau hapus kelebihannya.",
    )


def hold_doubtful(
    table: SheetTable, start: int, rows: SheetRows, resource: SheetResource, problems: Problems
) -> None:
    """Rows that look like a band, a sum or another table wait for somebody who knows."""
    for position, row in enumerate(table.rows if table.doubtful else ()):
        index = start + position
        if row in table.doubtful and not rows.is_decided_new(index):
            rows.doubtful.add(index)
            if not rows.is_aside(index):
                finding = Finding("error", "doubtful_row", DOUBT_MESSAGES[table.doubtful[row]])
                rows.tell(problems, index, resource.naming, finding)
