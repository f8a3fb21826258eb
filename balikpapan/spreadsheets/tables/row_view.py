"""A row as its kind is decided: its words, numbers and bands, and what stands above it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from ..cells.reading import is_blank
from ..model import Cell
from .bands import (
    Band,
    BandNames,
    OpenBands,
    numbering_style,
    read_band,
    read_nested_bands,
)
from .headings import Vocabulary
from .kinds import Doubt
from .sums import RunningSums, SumLabel, number_in, stands_beside, sum_label
from .table import SheetTable, named_period, without_period
from .texts import text_of

#: A sum has its label among its first words.
_LABEL_WORDS = 12


@dataclass(frozen=True, slots=True)
class RowRules:
    """What a register knows of its rows; all sets hold names of fields.

    ``naming`` are the fields that make a row a record, ``identity`` those that tell one record
    from another, ``figures`` those that hold amounts, ``products`` those of which one record may
    have several, each in a line of its own.
    """

    naming: Collection[str]
    identity: Collection[str] = ()
    figures: Collection[str] = ()
    products: Collection[str] = ()
    #: The fields that name a further record of the row, such as a participant.
    children: Collection[str] = ()
    #: The fields of a row's year and month; "" in registers that have none.
    year: str = ""
    month: str = ""
    #: What tells the rows of one table from each other where its headings name the records.
    keys: Collection[str] = ()
    #: The field whose values may stand as titles above the rows; "" where there is none.
    sections: str = ""
    names: BandNames = field(default_factory=BandNames)
    vocabulary: Vocabulary | None = None


class TableShape:
    """Which columns of one table hold what; columns are zero-based indexes into the sheet."""

    def __init__(self, table: SheetTable, rules: RowRules) -> None:
        self.rules, self.table = rules, table
        columns = [column for column in table.columns if column.field]
        self.fields = {column.index: column.field for column in table.columns}
        self.mapped = {column.index for column in columns}
        self.names = [c.index for c in columns if c.field in rules.naming]
        if not self.names and table.is_wide:  # its rows go by what all members share
            shared = [c.index for c in columns if not c.member and c.field in rules.keys]
            self.names = shared[::-1]
        self.identity = {c.index for c in columns if c.field in rules.identity}
        self.figures = {c.index for c in columns if c.field in rules.figures}
        self.products = {c.index for c in columns if c.field in rules.products}
        self.children = {c.index for c in columns if c.field in rules.children}
        self.number = next((c.index for c in table.columns if c.running_number), None)
        #: The field that titles between the rows give to those below.
        self.titled = rules.sections if table.banded == rules.sections else ""
        self.years = {c.index for c in columns if c.field == rules.year}
        self.headings = {column.index: column.heading.split(" – ") for column in table.columns}
        self.enough = max(3, -(-len(self.mapped) * 6 // 10))
        first = self.names[:1]
        merges = [m for m in table.sheet.merges if m[2] >= table.first_row]
        self.wide_merges = {top for top, left, bottom, right in merges if right > left}
        #: Rows under a naming cell that is merged over several rows.
        self.under_name = {
            row
            for top, left, bottom, right in merges
            if left == right and left in first
            for row in range(top + 1, min(bottom, table.last_row) + 1)
        }


@dataclass(slots=True)
class Walk:
    """What is known while going down a table."""

    shape: TableShape
    sums: RunningSums
    bands: OpenBands = field(default_factory=OpenBands)
    signed: bool = False
    #: Whether section titles stand in the column of names.
    sectioned: bool = False
    #: Whether section titles stand under those of regions.
    nested_sections: bool = False
    #: Whether a recap below the list has begun.
    recap: bool = False
    #: Whether remarks under the table have begun.
    remarked: bool = False
    blanks: int = 0
    last_number: int | None = None
    #: Whether a record stands above, which a continuation could belong to.
    has_data: bool = False
    #: How many records stood above the last sum.
    last_sum: int = 0
    #: Whether the rows stand under a heading that nobody knows.
    other_table: bool = False
    #: The year and month that the last caption names, of the rows below it.
    period: dict[str, int] = field(default_factory=dict)
    #: How many records stood above the captions of the year and the month.
    period_positions: dict[str, int] = field(default_factory=dict)
    doubt: Doubt | None = None
    #: The bands of regions that were opened, each with how many records stood above it.
    regions: list[tuple[int, Band]] = field(default_factory=list)

    def adds_up(self, numbers: dict[int, float]) -> bool:
        """Whether the numbers are the sums of all rows, or since the last sum or an open band."""
        return self.sums.equal(numbers, self.places | {0})

    @property
    def places(self) -> set[int]:
        """How many records stood above the last sum and above each open band and caption."""
        return {self.last_sum, *self.bands.positions, *self.period_positions.values()}


class Row:
    """One row as it is looked at: its filled cells, and the words and numbers among them."""

    def __init__(self, index: int, cells: list[tuple[int, Cell]], walk: Walk):
        self.index, self.cells, self.walk, self.shape = index, cells, walk, walk.shape

    @cached_property
    def texts(self) -> list[tuple[int, str]]:
        return [(column, text) for column, cell in self.cells if (text := text_of(cell))]

    @cached_property
    def words(self) -> list[tuple[int, str]]:
        """The texts that are no numbers."""
        return [(c, text) for c, text in self.texts if any(map(str.isalpha, text))]

    @cached_property
    def figures(self) -> dict[int, float]:
        """The numbers other than 0 in the columns of amounts, by column."""
        shape = self.shape
        wanted = shape.figures or (shape.mapped - set(shape.names))
        return {
            column: number
            for column, cell in self.cells
            if column in wanted and (number := number_in(cell))
        }

    @cached_property
    def number(self) -> int | None:
        """The running number."""
        for column, cell in self.cells:
            if column == self.shape.number and (number := number_in(cell)) is not None:
                return int(number)
        return None

    @cached_property
    def filled(self) -> set[int]:
        return {column for column, _ in self.cells}

    @cached_property
    def is_next(self) -> bool:
        """Whether its running number is the one after the row before."""
        return self.number is not None and self.number == (self.walk.last_number or 0) + 1

    @cached_property
    def line(self) -> str:
        """All that the row says, as one text."""
        return " ".join(text_of(cell) or str(cell) for _, cell in self.cells)

    @cached_property
    def period(self) -> dict[str, int]:
        """The year and month that a caption names."""
        period = named_period(self.line)
        if "year" not in period and not self.shape.rules.month:
            return {}
        return {} if "month" in period and self._is_own_month() else period

    def _is_own_month(self) -> bool:
        """Whether all it says is the month in the column where the row below has its own."""
        column, below = self.cells[0][0], self.index + 1
        month = self.shape.rules.month
        if not month or len(self.cells) > 1 or self.shape.fields.get(column) != month:
            return False
        table = self.shape.table
        return below > table.last_row or not is_blank(table.sheet.columns[column][below])

    @cached_property
    def bands(self) -> list[Band]:
        """The bands that the words of this row are, however they stand in its cells."""
        numbered, words = self._numbering()
        if not words or len(words) > 3:
            return []
        names = self.shape.rules.names
        line = " ".join(words)
        whole = read_band(line, names, numbered)
        if whole and not whole.certain and self.period:
            whole = read_band(without_period(line), names, numbered) or whole
        elif whole is None and self.period:
            whole = read_band(without_period(line), names, numbered)
        if whole and whole.certain:
            return [whole]
        if nested := read_nested_bands(line, names, numbered):
            return nested
        if whole and len(words) == 1:
            return [whole]
        if len(words) > 1:
            first, *others = words
            read = [read_band(first, names, numbered), *(read_band(w, names) for w in others)]
            if all(band and band.certain and band.prefixed for band in read):
                return [band for band in read if band]
        style = numbering_style(numbered)
        if style in ("letter", "roman") and all(map(stands_beside, words[1:])):
            return [read_band(words[0], names, numbered) or Band("", words[0], style)]
        return []

    def _numbering(self) -> tuple[str, list[str]]:
        """The numbering in a cell of its own, and the other words."""
        words = [text for _, text in self.words]
        if self.words and self.words[0][0] == self.shape.number and numbering_style(words[0]):
            return words[0], words[1:]
        return ("" if self.number is None else str(self.number)), words

    @cached_property
    def label(self) -> tuple[int, SumLabel] | None:
        """The first words that announce a sum, and their column."""
        for column, text in self.words[:_LABEL_WORDS]:
            if label := sum_label(text):
                return column, label
        return None

    @cached_property
    def beside_label(self) -> list[str]:
        """What else the row of a label says in words."""
        names = self.shape.rules.names
        place = self.label[0] if self.label else None
        return [
            text
            for column, text in self.words
            if column != place
            and not stands_beside(text)
            and not (column == self.shape.number and numbering_style(text))
            and not ((band := read_band(text, names)) and band.certain)
        ]


def filled_cells(cells: Iterable[Cell], columns: Iterable[int]) -> list[tuple[int, Cell]]:
    """The cells of a row that say something, with their columns."""
    return [
        (column, cell) for column, cell in zip(columns, cells, strict=True) if not is_blank(cell)
    ]
