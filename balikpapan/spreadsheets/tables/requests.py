"""The child's side of finding tables: it has the sheets at hand and answers what it is asked.

Whatever somebody puts into a file, the time and memory it takes to look for tables in it are those
of a process that can be ended.
"""

import json
import pickle
from collections.abc import Callable, Sequence
from typing import Any

from ..model import Sheet
from .detect import headerless_table
from .further_tables import tables_of
from .guess_columns import propose
from .headings import Vocabulary
from .merged_cells import copy_merged
from .messages import Message, rows_message, table_from, table_message
from .owners import owner_of
from .progress import Progress, unheard
from .row_view import RowRules
from .rows import sort_rows


class TableFinder:
    """Finds tables in the sheets of one file; sheets go by their number, the first is 0.

    ``passed`` and ``sorted`` hear of how many rows a search for headings has gone through, and how
    many have got their kind.
    """

    def __init__(
        self, sheets: Sequence[Sheet], passed: Progress = unheard, sorted: Progress = unheard
    ) -> None:
        self.sheets, self._passed, self._sorted = sheets, passed, sorted

    def answer(self, request: bytes, send: Callable[[bytes], None]) -> None:
        """Does what the parent asks, which is trusted, and sends the result as JSON."""
        name, arguments = pickle.loads(request)
        act: Callable[..., object] = getattr(self, name)
        send(json.dumps(act(*arguments), separators=(",", ":")).encode("ascii"))

    def tables(self, numbers: Sequence[int], vocabulary: Vocabulary) -> list[list[Message]]:
        """The tables of each of these sheets."""
        return [
            [
                table_message(table)
                for table in tables_of(self.sheets[number], vocabulary, self._passed)
            ]
            for number in numbers
        ]

    def without_headings(
        self, number: int, vocabulary: Vocabulary, register: str
    ) -> tuple[Message, dict[str, str]]:
        """The table of a sheet without known headings, and the fields its columns may hold."""
        table = headerless_table(self.sheets[number], vocabulary)
        return table_message(table), propose(table, register)

    def owners(
        self, numbers: Sequence[int], vocabularies: dict[str, Vocabulary]
    ) -> list[tuple[str | None, int]]:
        """Whose list each sheet is, by whose headings, and how many of its columns are known."""
        return [owner_of(self.sheets[number], vocabularies) for number in numbers]

    def sorted_rows(self, tables: list[tuple[int, Message]], rules: RowRules) -> list[Message]:
        """What becomes of the rows of tables, each given with the number of its sheet."""
        answers: list[Any] = []
        for number, message in tables:
            table = table_from(message, self.sheets[number])
            copy_merged(table, sort_rows(table, rules, self._sorted))
            answers.append(rows_message(table))
        return answers
