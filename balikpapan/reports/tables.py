"""What a table of a report is, before anyone decides whether it goes on screen, sheet or paper."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from functools import cached_property
from typing import Any

from balikpapan.spreadsheets.writing import as_cell

from .formats import PLACES, rounded, shown

UNITS = {"rupiah": "Rp", "percent": "%"}
KINDS = {"text", "number", "year", "date", *PLACES}


#: What a key begins with that was made of a column's words, for want of one given to it.
FROM_WORDS = "label:"


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column: its key, its heading, what kind of value stands in it and in which unit.

    ``key`` names the column within its table for good: links, sums, editions and comparisons find
    it by that, wherever it stands and whatever its heading says. ``group`` is the heading above
    it, shared with neighbours of the same group. ``total`` says whether Jumlah adds it up: by
    itself only what is counted or paid, never a percent or a year.
    """

    label: str
    kind: str = "text"
    _: KW_ONLY
    key: str = ""
    group: str | None = None
    unit: str | None = None
    width: int | None = None  # in characters; otherwise as wide as its contents ask
    total: bool | None = None
    places: int | None = None
    is_code: bool = False  # a number of goods, papers or an account, and never of a person

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no kind of column; choose from {sorted(KINDS)}")
        if not self.key:
            words = f"{self.group} – {self.label}" if self.group else self.label
            object.__setattr__(self, "key", FROM_WORDS + words)

    @property
    def has_own_key(self) -> bool:
        """Whether the key was given to the column rather than made of its words."""
        return not self.key.startswith(FROM_WORDS)

    @property
    def heading(self) -> str:
        """The label with its unit: "Target (Rp)"."""
        unit = UNITS.get(self.kind, "") if self.unit is None else self.unit
        return f"{self.label} ({unit})" if unit else self.label

    @property
    def is_figure(self) -> bool:
        """Whether its values stand to the right, figure under figure."""
        return self.kind in PLACES

    @property
    def is_totalled(self) -> bool:
        """Whether Jumlah adds its values up."""
        return self.kind in ("whole", "rupiah") if self.total is None else self.total


NUMBER_COLUMN = ReportColumn("No", "number", key="number")
#: The column of a cell that stands across several.
ACROSS = ReportColumn("", key="across")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its values by the key of their column, or in the order of the columns.

    ``links`` leads from a column's key to the list behind its figure. ``contributors`` tells, for
    the key of a column, how many businesses the figure is about: an edition for the public keeps
    silent about a few. ``key`` names what the row is about, so that it is the same row under
    another name. ``cells`` says of which figure and of which row's businesses a column speaks,
    where its own key and that of the row do not. A ``section`` row is a heading across the table and has one value; a
    ``subtotal`` row is not numbered and not added up.
    """

    values: Sequence[Any] | Mapping[str, Any]
    links: Mapping[str, str] = field(default_factory=dict)
    kind: str = "row"
    contributors: Mapping[str, int] = field(default_factory=dict)
    key: str = ""
    cells: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReportCell:
    """One cell of the finished table: what a spreadsheet stores and what a reader sees."""

    value: Any
    text: str
    column: ReportColumn
    link: str = ""
    span: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One finished line: row, section, subtotal, total or empty."""

    kind: str
    cells: Sequence[ReportCell]


@dataclass(frozen=True, slots=True)
class Heading:
    """One cell of the heading rows; ``column`` is its index counted from the left."""

    label: str
    column: int
    across: int = 1
    down: int = 1


Values = Sequence[Any] | Mapping[str, Any] | Row


@dataclass(frozen=True)
class ReportTable:
    """One table of the office's report.

    ``rows`` are plain values, in the order of the columns or by their keys, or ``Row``; None is
    "unknown" and a word such as "n/a" may stand in a number column. ``totals``: left out, Jumlah
    is added up from the rows; a row of values takes its place; False means there is none.
    ``total_links`` leads from the sums that were added up to their records, by the column's key.

    Raises ValueError where a row does not fit the columns, or two columns have one key.
    """

    key: str
    title: str
    columns: Sequence[ReportColumn]
    rows: Iterable[Values]
    _: KW_ONLY
    subtitle: Sequence[str] = ()
    totals: Values | bool | None = None
    total_links: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()
    source: str = ""
    number: int | None = None
    part: str = ""  # a letter, where several tables share a number
    numbered: bool = True  # a No column is put in front

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(self.columns))
        if len(self.places) != len(self.columns):
            raise ValueError(f"table {self.key!r}: two columns have one key")
        rows = tuple(self._aligned(row, place) for place, row in enumerate(self.rows, 1))
        object.__setattr__(self, "rows", rows)
        self._check_keys("total_links", self.total_links)
        if not isinstance(self.totals, bool | None):
            object.__setattr__(self, "totals", replace(self._aligned(self.totals), kind="total"))

    def _aligned(self, given: Values, place: int | str = "Jumlah") -> Row:
        """The row with its values in the order of the columns."""
        row = given if isinstance(given, Row) else Row(given)
        values = row.values
        if isinstance(values, Mapping):
            if values.keys() != self.places.keys():
                wrong = ", ".join(sorted(values.keys() ^ self.places.keys()))
                raise ValueError(f"table {self.key!r}, row {place}: lacks or does not know {wrong}")
            values = [values[key] for key in self.places]
        if len(values) != (1 if row.kind == "section" else len(self.columns)):
            raise ValueError(f"table {self.key!r}, row {place}: {len(values)} values")
        self._check_keys(f"row {place}", [*row.links, *row.contributors])
        return replace(row, values=tuple(values))

    def _check_keys(self, what: str, keys: Iterable[str]) -> None:
        if unknown := set(keys) - self.places.keys():
            raise ValueError(f"table {self.key!r}, {what}: no column {sorted(unknown)}")

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each column stands, by its key."""
        return {column.key: place for place, column in enumerate(self.columns)}

    def value(self, row: Row, key: str) -> Any:
        """What a row of this table says in the column of this key."""
        assert not isinstance(row.values, Mapping)
        return row.values[self.places[key]]

    @property
    def body(self) -> list[Row]:
        """The rows that are neither headings nor sums."""
        return [row for row in self.all_rows if row.kind == "row"]

    @property
    def all_rows(self) -> Sequence[Row]:
        """The rows as they stand under the headings, Jumlah left out."""
        return self.rows  # type: ignore[return-value]

    @property
    def name(self) -> str:
        """What the table is called in its book: "Tabel 9", or "Tabel 4a" of two of one number."""
        return "Tabel" if self.number is None else f"Tabel {self.number}{self.part}"

    @property
    def heading(self) -> str:
        """The line above the title: "TABEL 4a"."""
        return self.name.replace("Tabel", "TABEL")

    @cached_property
    def all_columns(self) -> tuple[ReportColumn, ...]:
        """The columns as printed, the No column included."""
        return (NUMBER_COLUMN, *self.columns) if self.numbered else tuple(self.columns)

    @cached_property
    def headings(self) -> list[list[Heading]]:
        """One heading row, or two where columns share a group."""
        columns = self.all_columns
        if not any(column.group for column in columns):
            return [[Heading(column.heading, index) for index, column in enumerate(columns)]]
        upper, lower = [], []
        for index, column in enumerate(columns):
            if not column.group:
                upper.append(Heading(column.heading, index, down=2))
                continue
            lower.append(Heading(column.heading, index))
            last = upper[-1] if upper else None
            if (
                last
                and last.label == column.group
                and last.column + last.across == index
                and last.down == 1
            ):
                upper[-1] = Heading(column.group, last.column, last.across + 1)
            else:
                upper.append(Heading(column.group, index))
        return [upper, lower]

    @cached_property
    def total_row(self) -> Row | None:
        """The Jumlah row, given or added up; None where there is nothing to add."""
        if self.totals is False or not self.all_rows:
            return None
        if isinstance(self.totals, Row):
            return self.totals
        if not any(column.is_totalled for column in self.columns):
            return None
        sums = {
            column.key: _sum(self.value(row, column.key) for row in self.body)
            if column.is_totalled
            else None
            for column in self.columns
        }
        links = {key: link for key, link in self.total_links.items() if sums[key]}
        return Row(tuple(sums.values()), links, "total")

    @property
    def lines(self) -> Iterator[Line]:
        """Every line under the headings, ready for any renderer; the last may be Jumlah."""
        number = 0
        for row in self.all_rows:
            number += row.kind == "row"
            yield self._line(row, number)
        if not self.all_rows:
            text = "Tidak ada data."
            yield Line("empty", [ReportCell(text, text, ACROSS, span=len(self.all_columns))])
        if self.total_row:
            yield self._line(self.total_row, number)

    def sum_line(self, values: Mapping[str, Any]) -> Line:
        """The Jumlah line of sums that were added up elsewhere, by the key of their column."""
        sums = tuple(values.get(column.key) for column in self.columns)
        return self._line(Row(sums, kind="total"), 0)

    def _line(self, row: Row, number: int) -> Line:
        assert not isinstance(row.values, Mapping)
        if row.kind == "section":
            label = as_cell(row.values[0]) or ""
            cell = ReportCell(label, str(label), ACROSS, span=len(self.all_columns))
            return Line("section", [cell])
        cells = [
            ReportCell(
                rounded(value, column.kind, column.places),
                shown(value, column.kind, column.places),
                column,
                # Where nothing is shown, there is nothing to click.
                "" if value in (None, "") else row.links.get(column.key, ""),
            )
            for value, column in zip(row.values, self.columns, strict=True)
        ]
        if row.kind in ("total", "subtotal"):
            return Line(row.kind, self._labelled(cells, "Jumlah"))
        if self.numbered:
            cells.insert(0, ReportCell(number, str(number), NUMBER_COLUMN))
        return Line(row.kind, cells)

    def _labelled(self, cells: list[ReportCell], label: str) -> list[ReportCell]:
        """The cells of a sum, its label merged over the text columns before the first figure."""
        before = next((i for i, cell in enumerate(cells) if cell.column.is_figure), len(cells))
        words = [cell for cell in cells[:before] if cell.text]
        span = before + self.numbered
        if not span:
            return cells
        text = words[0].text if words else label
        link = words[0].link if words else ""
        # A total of figures nobody adds up (percent, say) is blank rather than unknown.
        return [
            ReportCell(text, text, ACROSS, link, span),
            *(
                ReportCell(None, "", c.column)
                if c.value is None and not c.column.is_totalled
                else c
                for c in cells[before:]
            ),
        ]


def _sum(values: Iterable[Any]) -> Any:
    """The sum of the figures among the values; None where there is none."""
    figures = [value for value in values if value is not None and not isinstance(value, str)]
    return sum(figures) if figures else None
