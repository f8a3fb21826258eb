"""A workbook whose child is still there: the parent's side of finding tables."""

import json
import pickle
from collections.abc import Sequence
from typing import Any

from ..model import Sheet, Workbook
from ..sandbox import Child
from ..tables.headings import Vocabulary
from ..tables.messages import table_from, table_message, take_rows
from ..tables.row_view import RowRules
from ..tables.table import SheetTable


class OpenedWorkbook:
    """A workbook and the child that has read it; every question is answered by the child.

    Each raises ``ChildFailed`` where the child ends over it.
    """

    def __init__(self, workbook: Workbook, child: Child) -> None:
        self.workbook, self._child = workbook, child
        self._numbers = {id(sheet): number for number, sheet in enumerate(workbook.sheets)}

    def tables_of(self, sheets: Sequence[Sheet], vocabulary: Vocabulary) -> list[list[SheetTable]]:
        """All tables of a register in each of these sheets."""
        answer = self._ask("tables", self._numbers_of(sheets), vocabulary)
        return [
            [table_from(message, sheet) for message in messages]
            for sheet, messages in zip(sheets, answer, strict=True)
        ]

    def without_headings(
        self, sheet: Sheet, vocabulary: Vocabulary, register: str
    ) -> tuple[SheetTable, dict[str, str]]:
        """The table of a sheet without known headings, and column letter -> field it may hold."""
        [number] = self._numbers_of([sheet])
        message, proposal = self._ask("without_headings", number, vocabulary, register)
        return table_from(message, sheet), proposal

    def owners_of(
        self, sheets: Sequence[Sheet], vocabularies: dict[str, Vocabulary]
    ) -> list[tuple[str | None, int]]:
        """The register each sheet is a list of, and how many of its columns are known."""
        answer = self._ask("owners", self._numbers_of(sheets), vocabularies)
        return [(register, count) for register, count in answer]

    def sort_rows(self, tables: Sequence[SheetTable], rules: RowRules) -> None:
        """Sorts the rows of the tables into data and rows left out with a reason."""
        numbers = self._numbers_of([table.sheet for table in tables])
        messages = list(zip(numbers, map(table_message, tables), strict=True))
        for table, message in zip(tables, self._ask("sorted_rows", messages, rules), strict=True):
            take_rows(table, message)
            table.write_copies()

    def _numbers_of(self, sheets: Sequence[Sheet]) -> list[int]:
        return [self._numbers[id(sheet)] for sheet in sheets]

    def _ask(self, act: str, *arguments: object) -> Any:
        [answer] = self._child.ask(pickle.dumps((act, arguments), pickle.HIGHEST_PROTOCOL))
        return json.loads(answer)
