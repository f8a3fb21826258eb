"""What the sheets of a workbook were found to be: their tables, or why they are not read."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from balikpapan.spreadsheets.cells import heading_key
from balikpapan.spreadsheets.model import Sheet
from balikpapan.spreadsheets.tables.kinds import RowKind
from balikpapan.spreadsheets.tables.table import Ignored, SheetTable, TableColumn

from ..answers import Question
from .unread import UNREAD_REASONS, Unread


@dataclass(slots=True)
class SheetLayout:
    """One sheet of the workbook: the tables to read in it, or why it is not read."""

    sheet: Sheet
    tables: list[SheetTable] = field(default_factory=list)
    unread: Unread | None = None
    detail: str = ""
    #: Tables in which a needed column was not found; the user may name it.
    incomplete: list[SheetTable] = field(default_factory=list)
    #: The name of the other register it is a list of, where that is plain.
    owner: str = ""
    #: Tables below those that are read, and why they are not.
    left_out: list[tuple[SheetTable, str]] = field(default_factory=list)

    @property
    def table(self) -> SheetTable | None:
        """The first table, which names the columns of the sheet."""
        return self.tables[0] if self.tables else None

    @property
    def columns(self) -> list[TableColumn]:
        """The columns of its first table, of a wide one those of all members."""
        if self.table is None or not self.table.stated or not self.table.stated.by_heading:
            return self.table.columns if self.table else []
        header_rows = self.table.header_rows
        members = [table for table in self.tables if table.header_rows == header_rows]
        by_place = {column.index: column for table in members for column in table.columns}
        return [by_place[index] for index in sorted(by_place)]

    def all_columns(self) -> Iterable[TableColumn]:
        """Every column of every table, those that members of a wide table share once."""
        listed = set()
        for table in self.tables:
            for column in table.columns:
                if id(column) not in listed:
                    listed.add(id(column))
                    yield column

    def leave_out(self, table: SheetTable, unread: Unread, detail: str = "") -> None:
        """Takes a table out; without any other the sheet is not read, for this reason.

        The rows of a table below others stand among the ignored ones of the sheet.
        """
        self.tables = [other for other in self.tables if other is not table]
        above = [other for other in self.tables if other.last_row < table.first_row]
        if not self.tables:
            self.unread, self.detail = unread, detail
        elif above:
            reason = UNREAD_REASONS[unread].format(detail)
            self.left_out.append((table, reason))
            rows = range(table.first_row, table.last_row + 1)
            lines = [Ignored(row + 1, f"tabel lain: {reason}", RowKind.OTHER_TABLE) for row in rows]
            above[-1].ignored += [*table.ignored, *lines]
            above[-1].lead += table.row_count

    @property
    def reason(self) -> str:
        """The sentence people read about a sheet that is not read."""
        return UNREAD_REASONS[self.unread].format(self.detail) if self.unread else ""

    @property
    def read(self) -> bool:
        return bool(self.tables)


@dataclass(slots=True)
class Layout:
    """All sheets with their tables, the answers applied, and what still has to be asked."""

    sheets: list[SheetLayout]
    questions: list[Question] = field(default_factory=list)
    refusal: str = ""
    #: Whether the tables have no known heading, so that their columns are only proposed.
    proposed: bool = False

    @property
    def other_register(self) -> str:
        """The register whose list the file is, where none of its sheets is one of this register."""
        return next((item.owner for item in self.sheets if item.owner), "")

    @property
    def tables(self) -> list[SheetTable]:
        return [table for layout in self.sheets for table in layout.tables]

    def forget_cells(self) -> None:
        """Lets go of the raw cells once they are read; those of a long list fill the memory."""
        for item in self.sheets:
            item.sheet.columns = []

    def headings_key(self) -> str:
        """What two files with the same set of headings share; mappings are remembered by it.

        Letters that stand for missing headings are no likeness: such a file is always asked about.
        """
        if not all(table.header_rows for table in self.tables):
            return ""
        return headings_digest(c.heading for table in self.tables for c in table.columns)


def headings_digest(headings: Iterable[str]) -> str:
    """What stands for a set of headings, whatever their order and spelling."""
    keys = sorted({heading_key(heading) for heading in headings if heading})
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()
