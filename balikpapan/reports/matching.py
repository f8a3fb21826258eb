"""Which column and which row of another year's table, or of an earlier edition's, are meant.

Columns and rows are the same where their keys are. Tables stored before there were keys are read
by words: a column by its group and label, a row by its section and the words in its label columns.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .tables import ReportColumn, ReportTable, Row

#: Group and label under which tables without keys hold a column that is called otherwise since, by
#: the keys of table and column. Tables with keys need no line here.
WORDS_BEFORE_KEYS = {("sentra", "occupancy"): ("", "Hunian")}
YEAR = re.compile(r"\b(?:19|20|21)\d\d\b")

#: What tells a row from the others of its table: its key, or its section, words and kind.
RowIdentity = str | tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row under its section, with the words that name it on paper."""

    section: str
    words: str
    row: Row


class ColumnKeys:
    """Under which keys a table, perhaps stored before columns had keys, holds its columns."""

    def __init__(self, table: ReportTable, year: int) -> None:
        self.table_key = table.key
        self.given = {column.key for column in table.columns if column.has_own_key}
        self.by_words = {
            words_of(column, year): column.key for column in table.columns if not column.has_own_key
        }

    def of(self, column: ReportColumn, year: int) -> str | None:
        """The key of this column of a table about ``year``; None where the table lacks it."""
        if column.key in self.given:
            return column.key
        earlier_words = WORDS_BEFORE_KEYS.get((self.table_key, column.key))
        by_words = self.by_words.get(words_of(column, year))
        return by_words or (self.by_words.get(earlier_words) if earlier_words else None)


@dataclass(frozen=True)
class TablePair:
    """A table beside an earlier one of the same key: which of its columns and rows are the same.

    ``year`` and ``base`` are the years the two speak of, equal for two editions of one year.
    """

    now: ReportTable
    before: ReportTable
    year: int
    base: int

    @cached_property
    def columns(self) -> dict[str, str]:
        """The key in the earlier table of every column both have, by its key in the later one."""
        keys = ColumnKeys(self.before, self.base)
        pairs = {column.key: keys.of(column, self.year) for column in self.now.columns}
        return {key: earlier for key, earlier in pairs.items() if earlier}

    @cached_property
    def rows(self) -> list[tuple[Entry | None, Entry | None]]:
        """Every row of the later table with that of the earlier one, then what only that has."""
        labels = [key for key in label_columns(self.now) if key in self.columns]
        has_keys = all(any(row.key for row in table.all_rows) for table in (self.now, self.before))
        later = identified(self.now, labels, has_keys)
        earlier = identified(self.before, [self.columns[key] for key in labels], has_keys)
        return [
            *((entry, earlier.get(identity)) for identity, entry in later.items()),
            *((None, entry) for identity, entry in earlier.items() if identity not in later),
        ]


def words_of(column: ReportColumn, year: int) -> tuple[str, str]:
    """Group and label of a column, the years in it counted from the year of its table."""
    return (relative(column.group or "", year), relative(column.label, year))


def relative(words: str, year: int) -> str:
    """The words with every year as its distance: "Terbit tahun 2024" in 2024 is "… +0"."""
    return YEAR.sub(lambda match: f"{int(match[0]) - year:+d}", words)


def label_columns(table: ReportTable) -> list[str]:
    """The keys of the columns before the first figure: what a row is called."""
    keys = []
    for column in table.columns:
        if column.is_figure:
            break
        keys.append(column.key)
    return keys


def identified(
    table: ReportTable, labels: Sequence[str], has_keys: bool
) -> dict[RowIdentity, Entry]:
    """The rows and Jumlah by key where ``has_keys``, by words where one table has none."""
    often: Counter[tuple[str, str, str]] = Counter()
    rows: dict[RowIdentity, Entry] = {}
    for entry in entries(table, labels):
        if has_keys and entry.row.key and entry.row.key not in rows:
            rows[entry.row.key] = entry
            continue
        words = (entry.section, entry.words, entry.row.kind)
        # Two lines of the same words are told apart by their order.
        often[words] += 1
        if often[words] > 1:
            entry = replace(entry, words=f"{entry.words} ({often[words]})")
        rows[(*words, often[words])] = entry
    return rows


def entries(table: ReportTable, labels: Sequence[str]) -> Iterator[Entry]:
    """Every line with figures, the last may be Jumlah."""
    section = ""
    for row in table.all_rows:
        if row.kind == "section":
            [section] = map(str, row.values)
            continue
        words = [table.value(row, key) for key in labels]
        written = " ".join(str(word) for word in words if word not in (None, ""))
        yield Entry(section, written, row)
    if table.total_row:
        yield Entry("", "Jumlah", table.total_row)
