"""What a table of a report is, before anyone decides whether it goes on screen, sheet or paper."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from functools import cached_property

from balikpapan.spreadsheets.writing import as_cell

from .formats import PLACES, rounded, shown

UNITS = {"rupiah": "Rp", "percent": "%"}
KINDS = {"text", "number", "year", "date", *PLACES}


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column: its heading, what kind of value stands in it and in which unit.

    ``group`` is the heading above it, shared with neighbours of the same group. ``total`` says
    whether Jumlah adds it up: by itself only what is counted or paid, never a percent or a year.
    """

    label: str
    kind: str = "text"
    _: KW_ONLY
    group: str | None = None
    unit: str | None = None
    width: int | None = None  # in characters; otherwise as wide as its contents ask
    total: bool | None = None
    places: int | None = None

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no kind of column; choose from {sorted(KINDS)}")

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
        return self.kind in ("whole", "rupiah") if self.total is None else self.total


NUMBER_COLUMN = ReportColumn("No", "number")


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``links`` leads from a column's index to the list behind its figure.

    ``contributors`` tells, for a money column's index, how many businesses the figure is about: an
    edition for the public keeps silent about a few. A ``section`` row is a heading across the table and has one value; a ``subtotal`` row is not
    numbered and not added up.
    """

    values: Sequence
    links: Mapping[int, str] = field(default_factory=dict)
    kind: str = "row"
    contributors: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReportCell:
    """One cell of the finished table: what a spreadsheet stores and what a reader sees."""

    value: object
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


@dataclass(frozen=True)
class ReportTable:
    """One table of the office's report.

    ``rows`` are tuples of plain values or ``Row``; None is "unknown" and a word such as "n/a" may
    stand in a number column. ``totals``: left out, Jumlah is added up from the rows; a row of
    values takes its place; False means there is none. ``total_links`` leads from the sums that
    were added up to their records, by the column's index.
    """

    key: str
    title: str
    columns: Sequence[ReportColumn]
    rows: Iterable[Sequence | Row]
    _: KW_ONLY
    subtitle: Sequence[str] = ()
    totals: Sequence | Row | bool | None = None
    total_links: Mapping[int, str] = field(default_factory=dict)
    notes: Sequence[str] = ()
    source: str = ""
    number: int | None = None
    numbered: bool = True  # a No column is put in front

    def __post_init__(self):
        rows = tuple(row if isinstance(row, Row) else Row(tuple(row)) for row in self.rows)
        object.__setattr__(self, "rows", rows)
        object.__setattr__(self, "columns", tuple(self.columns))
        for place, row in enumerate(rows, 1):
            if len(row.values) != (1 if row.kind == "section" else len(self.columns)):
                raise ValueError(f"table {self.key!r}, row {place}: {len(row.values)} values")

    @property
    def name(self) -> str:
        """What the table is called in its book: "Tabel 9"."""
        return "Tabel" if self.number is None else f"Tabel {self.number}"

    @cached_property
    def all_columns(self) -> tuple[ReportColumn, ...]:
        """The columns as printed, the No column included."""
        return (NUMBER_COLUMN, *self.columns) if self.numbered else self.columns

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
        if self.totals is False or not self.rows:
            return None
        if self.totals not in (None, True):
            given = self.totals if isinstance(self.totals, Row) else Row(tuple(self.totals))
            return Row(given.values, given.links, "total", given.contributors)
        if not any(column.is_totalled for column in self.columns):
            return None
        plain = [row.values for row in self.rows if row.kind == "row"]
        sums = (
            _sum(values[index] for values in plain) if column.is_totalled else None
            for index, column in enumerate(self.columns)
        )
        sums = tuple(sums)
        return Row(sums, {i: link for i, link in self.total_links.items() if sums[i]}, "total")

    @property
    def lines(self) -> Iterator[Line]:
        """Every line under the headings, ready for any renderer; the last may be Jumlah."""
        number = 0
        for row in self.rows:
            number += row.kind == "row"
            yield self._line(row, number)
        if not self.rows:
            text = ReportCell(
                "Tidak ada data.", "Tidak ada data.", ReportColumn(""), span=len(self.all_columns)
            )
            yield Line("empty", [text])
        if self.total_row:
            yield self._line(self.total_row, number)

    def _line(self, row: Row, number: int) -> Line:
        if row.kind == "section":
            label = as_cell(row.values[0]) or ""
            return Line(
                "section",
                [
                    ReportCell(
                        label,
                        str(label),
                        ReportColumn(""),
                        row.links.get(0, ""),
                        len(self.all_columns),
                    )
                ],
            )
        cells = [
            ReportCell(
                rounded(value, column.kind, column.places),
                shown(value, column.kind, column.places),
                column,
                # Where nothing is shown, there is nothing to click.
                "" if value in (None, "") else row.links.get(index, ""),
            )
            for index, (value, column) in enumerate(zip(row.values, self.columns, strict=True))
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
            ReportCell(text, text, ReportColumn(""), link, span),
            *(
                ReportCell(None, "", c.column)
                if c.value is None and not c.column.is_totalled
                else c
                for c in cells[before:]
            ),
        ]


def _sum(values: Iterable) -> object:
    known = [value for value in values if value is not None and not isinstance(value, str)]
    return sum(known) if known else None
