"""One table of two years side by side: what changed, and by how much."""

from collections.abc import Iterator

from .ratios import difference, growth
from .tables import Column, Row, Table

PERCENT = ("percent",)


def comparable(table: Table) -> bool:
    """Whether its rows are the same things in another year; rows that are years are not."""
    has_years = any(column.kind == "year" for column in table.columns)
    return not has_years and any(column.is_figure for column in table.columns)


def compared(now: Table, before: Table, year: int, base: int) -> list[Table]:
    """One table per figure: that of ``base``, that of ``year``, difference and growth."""
    columns = [index for index, column in enumerate(now.columns) if column.is_figure]
    return [of_one_figure(now, before, index, year, base) for index in columns]


def of_one_figure(now: Table, before: Table, index: int, year: int, base: int) -> Table:
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
    for key in keys:
        place, words, style = key
        if place != section and style == "row":
            section = place
            if place:
                rows.append(Row((place,), kind="section"))
        rows.append(line_of(words, earlier.get(key), lines.get(key), style, kind))
    total = rows.pop() if rows and rows[-1].kind == "total" else False
    growth_column = [] if kind in PERCENT else [Column("Pertumbuhan", "percent")]
    return Table(
        f"{now.key}-{index}",
        f"{now.title}: {name}",
        [
            Column(label),
            Column(str(base), kind, **rest),
            Column(str(year), kind, **rest),
            Column("Selisih", kind, **rest),
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


def line_of(words: str, before: object, now: object, style: str, kind: str) -> Row:
    """One line of a comparison; a word in place of a figure compares with nothing."""
    numbers = [None if isinstance(value, str) else value for value in (before, now)]
    values = (words, before, now, difference(numbers[1], numbers[0]))
    if kind not in PERCENT:
        values = (*values, growth(numbers[1], numbers[0]))
    return Row(values, kind=style)


def lines_of(table: Table, index: int, first: int) -> Iterator[tuple[tuple, object]]:
    """Each line's section, words and kind, with the figure."""
    section = ""
    for row in [*table.rows, *([table.total_row] if table.total_row else [])]:
        if row.kind == "section":
            section = str(row.values[0])
            continue
        words = " ".join(str(value) for value in row.values[:first] if value not in (None, ""))
        place = "" if row.kind == "total" else section
        words = words or ("Jumlah" if row.kind == "total" else "")
        yield (place, words, row.kind), row.values[index]
