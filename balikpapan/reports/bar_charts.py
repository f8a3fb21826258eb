"""What the charts of a book show: figures of its tables, as the tables of this very book print them.

A chart holds no figures of its own. What a table for the public hides, its chart cannot draw.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .formats import UNKNOWN, shown
from .matching import ColumnKeys
from .suppression import HIDDEN
from .tables import ReportColumn, ReportTable


@dataclass(frozen=True, slots=True)
class ChartSource:
    """Which figures are drawn: one bar for each of ``values`` in every row of the table ``table``.

    ``label`` is the column that names a row. ``unit`` stands beside the title; figures are divided
    by ``divisor`` and written with ``places`` decimals. ``is_standing`` asks for columns side by
    side, as for years; otherwise the bars lie below each other.
    """

    table: str
    title: str
    label: ReportColumn
    values: Sequence[ReportColumn]
    unit: str
    divisor: int = 1
    places: int = 0
    is_standing: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its figure as it is drawn, None where there is none, and the text beside it."""

    value: Decimal | None
    text: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """A chart ready to be drawn: the names of its series, and each row's label with its bars."""

    number: int
    source: ChartSource
    table: ReportTable
    series: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Bar]]]

    @property
    def name(self) -> str:
        """What the chart is called in its book: "Gambar 1"."""
        return f"Gambar {self.number}"

    @property
    def title(self) -> str:
        """The title with the unit of its figures."""
        return f"{self.source.title} ({self.source.unit})"

    @property
    def highest(self) -> Decimal:
        """The largest figure; 1 where there is none above 0."""
        values = [bar.value for _, bars in self.rows for bar in bars if bar.value is not None]
        return max([*values, Decimal(0)]) or Decimal(1)

    @property
    def description(self) -> str:
        """The whole chart in words, for who cannot see it."""
        several = len(self.series) > 1
        rows = [
            f"{label} "
            + ", ".join(
                f"{name.lower()} {bar.text}" if several else bar.text
                for name, bar in zip(self.series, bars, strict=True)
            )
            for label, bars in self.rows
        ]
        return f"Grafik batang. {self.title}: {'; '.join(rows)}."

    @property
    def source_line(self) -> str:
        """Where the figures stand, and what a bar without a number means."""
        texts = {bar.text for _, bars in self.rows for bar in bars}
        unknown = f" Tanda {UNKNOWN}: tidak diketahui." if UNKNOWN in texts else ""
        return f"Sumber: {self.table.name}.{unknown}"


def charts_of(
    sources: Sequence[ChartSource], tables: Sequence[ReportTable], year: int
) -> list[BarChart]:
    """The charts of tables about ``year``; one is left out whose table or columns are not there."""
    by_key = {table.key: table for table in tables}
    charts: list[BarChart] = []
    for source in sources:
        table = by_key.get(source.table)
        keys = ColumnKeys(table, year) if table else None
        names = [
            keys.of(column, year) if keys else None for column in (source.label, *source.values)
        ]
        if table is None or None in names or not table.body:
            continue
        rows = _rows(source, table, [name for name in names if name])
        labels = [column.label for column in source.values]
        charts.append(BarChart(len(charts) + 1, source, table, labels, rows))
    return charts


def _rows(
    source: ChartSource, table: ReportTable, names: Sequence[str]
) -> list[tuple[str, list[Bar]]]:
    label, *values = names
    return [
        (
            shown(table.value(row, label), source.label.kind),
            [_bar(table.value(row, name), source) for name in values],
        )
        for row in table.body
    ]


def _bar(value: object, source: ChartSource) -> Bar:
    if not isinstance(value, int | Decimal):
        return Bar(None, HIDDEN if value == HIDDEN else UNKNOWN)
    figure = Decimal(value) / source.divisor
    kind = "decimal" if source.places else "whole"
    return Bar(figure, shown(figure, kind, source.places))
