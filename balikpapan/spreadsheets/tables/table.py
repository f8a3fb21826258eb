"""A table found in a sheet: its columns, its rows by kind, and what its titles say."""

import re
from array import array
from dataclasses import dataclass, field
from typing import cast

from ..addresses import column_letter
from ..cells.months import MONTH_WORDS, MONTHS, named_month, without_named_month
from ..model import Sheet
from ..paged_columns import Column
from .headings import money_unit
from .kinds import Doubt

_YEAR = re.compile(
    rf"(?:\b(?:tahun|thn|th)\b\.?(?:\s+(?:anggaran|data))?|\bt\.?a\.?|\b(?:{MONTH_WORDS})|\b(?:bulan|bln|periode)\W*(?:{'|'.join(MONTHS)}))\s*[:.]?\s*((?:19|20)\d\d)\b"
    r"(?!\s*[-–/]\s*(?:19|20)\d\d)",
    re.IGNORECASE,
)

#: A month, its year perhaps, and nothing else.
_MONTH_ALONE = re.compile(
    rf"\W*({MONTH_WORDS})(?:\W+(?:tahun\W*)?(?:19|20)\d\d)?\W*", re.IGNORECASE
)
#: What may stand before a year or a month that a caption is.
_BEFORE_PERIOD = re.compile(
    r"\b(?:data|untuk|per|posisi|periode|bulan|bln|s\W{0,2}d|sampai|dengan|hingga|akhir)\b|\W",
    re.IGNORECASE,
)
#: What a title says where it speaks of the unit of amounts.
_OF_AMOUNTS = re.compile(r"\bdalam\b|ribu|juta|\(\s*rp", re.IGNORECASE)
_UNIT_WORDS = re.compile(
    r"\b(?:dalam|rp|rupiah|idr|ribu(?:an)?|juta(?:an)?|mil[iy]ar(?:an)?|000)\b", re.IGNORECASE
)
_UNIT_ALONE = re.compile(
    r"[\W_]*(?:(?:angka|nilai|satuan|uang|semua|disajikan|dinyatakan|dalam|ket(?:erangan)?|rp|rupiah|"
    r"idr|ribu(?:an)?|juta(?:an)?|mil[iy]ar(?:an)?|0?00|penuh)\b[\W_]*)+",
    re.IGNORECASE,
)


@dataclass(slots=True)
class TableColumn:
    """One column of the table and what its heading was taken for."""

    index: int
    heading: str
    field: str | None = None
    others: tuple[str, ...] = ()
    unit: int | None = None  # what money is multiplied by, None where the heading is silent
    period: str | None = None
    year: int | None = None
    fuzzy: bool = False
    running_number: bool = False
    times: int = 1  # how often a year what it says comes: 12 for an amount of one month
    #: The field a misspelt heading may mean, for the user to say.
    suggestion: str | None = None
    #: The field whose value the heading states, and that value: the room "Chiller" over its kg.
    wide_field: str | None = None
    member: str = ""
    #: The amount whose values of all members a column adds up.
    adds_up: str | None = None
    #: Whether it is an amount in a wide table and does not say of which member.
    without_member: bool = False

    #: Whether another column is read instead of it, or none, as answered.
    left_out: bool = False

    @property
    def letter(self) -> str:
        return column_letter(self.index)

    @property
    def is_unknown(self) -> bool:
        """Whether it has a heading that nobody knows."""
        has_meaning = self.field or self.running_number or self.adds_up
        return bool(self.heading) and not has_meaning


@dataclass(frozen=True, slots=True)
class Ignored:
    """A row that is not data, with its kind and the reason people read; ``row`` is Excel's."""

    row: int
    reason: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class StatedValue:
    """What stands above a table about each of its rows.

    Where its headings say it, ``letter`` and ``heading`` are those of its first column and ``last``
    is the zero-based index of the last headed column of the whole sheet; a title has none. The text
    is "" as long as the user has yet to say it.
    """

    field: str
    text: str
    letter: str | None = None
    heading: str = ""
    last: int | None = None
    answered: bool = False

    @property
    def by_heading(self) -> bool:
        return self.last is not None


@dataclass(frozen=True, slots=True)
class SumRow:
    """A line that adds up the records above it; ``row`` is a zero-based index into the grid.

    It counts the records from one of ``starts`` up to ``end``, as positions among the table's rows.
    """

    row: int
    starts: tuple[int, ...]
    end: int


@dataclass(slots=True)
class SheetTable:
    """The register's table in one sheet; rows are zero-based indexes into the grid."""

    sheet: Sheet
    header_rows: list[int]
    columns: list[TableColumn]
    first_row: int
    last_row: int
    rows: "array[int]" = field(default_factory=lambda: array("I"))
    ignored: list[Ignored] = field(default_factory=list)
    bands: dict[int, dict[str, str]] = field(default_factory=dict)  # row -> field -> band's name
    totals: list[SumRow] = field(default_factory=list)
    continued: dict[int, int] = field(
        default_factory=dict
    )  # row of a further product -> its record
    doubtful: dict[int, Doubt] = field(default_factory=dict)  # data row -> why it may be no record
    far_rows: list[int] = field(default_factory=list)
    carried: dict[int, int] = field(default_factory=dict)  # column -> cells filled from a merge
    #: column -> rows it is not repeated in
    not_repeated: dict[int, int] = field(default_factory=dict)
    #: Cells that a merge fills: their column, the row whose cell they repeat, and their rows.
    copies: list[tuple[int, int, list[int]]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    #: Its first column and the one after its last, where it shares the rows with another table.
    span: tuple[int, int] = (0, 0)
    #: Rows it counts beyond its own: of its title and heading where it stands below another table,
    #: and of a table below it that is not read.
    lead: int = 0
    #: Whether its rows are those of a list above that may go on below another table.
    resumed: bool = False
    #: Whether the regions of its bands are those of the rows above them.
    turned: bool = False
    #: The member of a wide table that this part of it is about, or what its title says.
    stated: StatedValue | None = None
    #: What no column has and its title or the user says of all its rows.
    whole: list[StatedValue] = field(default_factory=list)
    #: The field whose values stand in bands between its rows, where no column has them.
    banded: str | None = None

    def __post_init__(self) -> None:
        if self.span == (0, 0):
            self.span = (0, len(self.sheet.columns))

    @property
    def row_count(self) -> int:
        """Rows from the first below the heading to the last that holds anything.

        The title and heading of a table below another one count as rows of the sheet.
        """
        return self.last_row - self.first_row + 1 + self.lead

    def write_copies(self) -> None:
        """Writes the words of merged cells into the rows they hold for."""
        for index, top, rows in self.copies:
            cells = cast(Column, self.sheet.columns[index])
            for row in rows:
                cells[row] = cells[top]

    def continues(self, above: "SheetTable") -> bool:
        """Whether it stands under the same heading as the table above it."""
        return (self.header_rows, self.span) == (above.header_rows, above.span)

    @property
    def wide_field(self) -> str | None:
        """The field whose values stand in the headings; None in a table like any other."""
        return next((c.wide_field for c in self.columns if c.wide_field), None)

    @property
    def is_wide(self) -> bool:
        """Whether what names its records stands above the rows instead of in them."""
        return bool(self.wide_field or self.stated or self.banded or self.whole)

    @property
    def fields(self) -> set[str]:
        """The fields its columns, headings, titles and bands give to a row."""
        given = {name for c in self.columns for name in (c.field, c.wide_field)}
        given |= {self.banded, self.stated.field if self.stated else None}
        given |= {value.field for value in self.whole}
        return {name for name in given if name}

    @property
    def asks_amounts(self) -> bool:
        """Whether members stand over numbers and nothing says what these are."""
        members = [c for c in self.columns if c.member]
        return bool(members) and not any(c.field for c in members)

    def column_of(self, name: str | None) -> TableColumn | None:
        """The column taken for a field; None where there is none, or no field is named."""
        named = (column for column in self.columns if name and column.field == name)
        return next(named, None)

    def title_year(self) -> int | None:
        """The one year the titles name ("TAHUN 2024"); None where they name none or several."""
        years = {int(year) for line in self.titles for year in _YEAR.findall(line)}
        return years.pop() if len(years) == 1 else None

    def title_unit(self) -> int | None:
        """The money unit a title gives to headings that say nothing ("Dalam Ribuan Rupiah")."""
        units = {unit for line in self.titles if (unit := named_unit(line))}
        return units.pop() if len(units) == 1 else None


def named_unit(text: str) -> int | None:
    """What a title says all amounts below it are multiplied by; None where it says nothing."""
    return money_unit(text) if _OF_AMOUNTS.search(text) else None


def is_unit(text: str) -> bool:
    """Whether a line says in what unit amounts are and nothing else: "(dalam jutaan rupiah)"."""
    return bool(_UNIT_ALONE.fullmatch(text)) and named_unit(text) is not None


def named_period(text: str) -> dict[str, int]:
    """The "year" and the "month" (1 to 12) that a caption names; neither where unsure.

    Figures "s/d bulan Mei" are of more months than one.
    """
    years = {int(year) for year in _YEAR.findall(text)}
    period = {"year": years.pop()} if len(years) == 1 else {}
    alone, named = _MONTH_ALONE.fullmatch(text), named_month(text)
    if alone:
        period["month"] = MONTHS[alone[1].lower()]
    elif named.month and not named.until:
        period["month"] = named.month
    return period


def without_period(text: str) -> str:
    """A title or caption without the year and the month it names."""
    if _MONTH_ALONE.fullmatch(text):
        return ""
    return " ".join(without_named_month(_YEAR.sub(" ", text)).split())


def is_period(text: str) -> bool:
    """Whether a text is nothing but a year or a month: "TAHUN 2023", "Bulan : Mei"."""
    return bool(named_period(text)) and not _BEFORE_PERIOD.sub("", without_period(text))


def retitled(titles: list[str], own: list[str]) -> list[str]:
    """The titles of a table below another, its own first; those above the first hold for it too.

    A title of its own that names the year replaces all others but those of the unit; one that names
    the unit takes it from them.
    """
    if any(_YEAR.search(line) for line in own):
        titles = [without_period(line) for line in titles if named_unit(line)]
    if any(map(named_unit, own)):
        titles = [_UNIT_WORDS.sub(" ", line) for line in titles if not is_unit(line)]
    return [*own, *titles]
