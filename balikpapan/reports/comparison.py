"""One table of two years side by side: what changed, and by how much."""

from collections.abc import Iterator

from .ratios import difference, growth
from .tables import ReportColumn, ReportTable, Row

PERCENT = ("percent",)


def comparable(table: ReportTable) -> bool:
    """Whether its rows are the same things in another year; rows that are years are not."""
    has_years = any(column.kind == "year" for column in table.columns)
    return not has_years and any(column.is_figure for column in table.columns)


def compared(now: ReportTable, before: ReportTable, year: int, base: int) -> list[ReportTable]:
    """One table per figure: that of ``base``, that of ``year``, difference and growth."""
    columns = [index for index, column in enumerate(now.columns) if column.is_figure]
    return [of_one_figure(now, before, index, year, base) for index in columns]


def of_one_figure(
    now: ReportTable, before: ReportTable, index: int, year: int, base: int
) -> ReportTable:
    """The lines of both tables for one of their figures."""
    column = now.columns[index]
    first = next(i for i, each in enumerate(now.columns) if each.is_figure)
    name = f"{column.group} – {column.label}" if column.group else column.heading
    shape = {"kind": column.kind, "unit": column.unit, "places": column.places, "total": False}
    label, kind, rest = now.columns[0].label, shape.pop("kind"), shape
    earlier = dict(lines_of(before, index, first))
    lines = dict(lines_of(now, index, first))
    # Lines that only the earlier year had follow at the end of the table.
    keys = [*lines, *(key for key in earlier if key not in lines)]
    rows, section = [], None
    nothing = (None, "")
    for key in keys:
        place, words, style = key
        if place != section and style == "row":
            section = place
            if place:
                rows.append(Row((place,), kind="section"))
        pair = (earlier.get(key, nothing), lines.get(key, nothing))
        rows.append(line_of(words, *pair, style, kind))
    total = rows.pop() if rows and rows[-1].kind == "total" else False
    growth_column = [] if kind in PERCENT else [ReportColumn("Pertumbuhan", "percent")]
    return ReportTable(
        f"{now.key}-{index}",
        f"{now.title.removesuffix(f' tahun {year}')}: {name}",
        [
            ReportColumn(label),
            ReportColumn(str(base), kind, **rest),
            ReportColumn(str(year), kind, **rest),
            ReportColumn("Selisih", kind, **rest),
            *growth_column,
        ],
        rows,
        subtitle=[f"Tahun {base} dan {year}"],
        totals=total,
        notes=["Pertumbuhan = selisih : angka tahun dasar × 100; kosong bila dasarnya nol."],
        source=now.source,
        number=now.number,
        numbered=now.numbered,
    )


def line_of(
    words: str, before: tuple[object, str], now: tuple[object, str], style: str, kind: str
) -> Row:
    """One line of a comparison; a word in place of a figure compares with nothing.

    Both figures come with the list behind them. What is worked out from the two leads to the
    records of the year compared with, or of the reported one where that has none.
    """
    figures = [None if isinstance(value, str) else value for value, _ in (before, now)]
    values = (words, before[0], now[0], difference(figures[1], figures[0]))
    if kind not in PERCENT:
        values = (*values, growth(figures[1], figures[0]))
    base = before[1] or now[1]
    links = {1: before[1], 2: now[1], 3: base, 4: base}
    return Row(values, {i: link for i, link in links.items() if link}, style)


def lines_of(
    table: ReportTable, index: int, first: int
) -> Iterator[tuple[tuple, tuple[object, str]]]:
    """Each line's section, words and kind, with the figure and the list behind it."""
    section = ""
    for row in [*table.rows, *([table.total_row] if table.total_row else [])]:
        if row.kind == "section":
            section = str(row.values[0])
            continue
        words = " ".join(str(value) for value in row.values[:first] if value not in (None, ""))
        place = "" if row.kind == "total" else section
        words = words or ("Jumlah" if row.kind == "total" else "")
        yield (place, words, row.kind), (row.values[index], row.links.get(index, ""))
