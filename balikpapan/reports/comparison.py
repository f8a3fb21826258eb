"""One table of two years side by side: what changed, and by how much."""

from .matching import Entry, TablePair
from .ratios import difference, growth
from .tables import ReportColumn, ReportTable, Row

PERCENT = ("percent",)


def comparable(table: ReportTable) -> bool:
    """Whether its rows are the same things in another year; rows that are years are not."""
    has_years = any(column.kind == "year" for column in table.columns)
    return not has_years and any(column.is_figure for column in table.columns)


def compared(now: ReportTable, before: ReportTable, year: int, base: int) -> list[ReportTable]:
    """One table per figure: that of ``base``, that of ``year``, difference and growth."""
    pair = TablePair(now, before, year, base)
    return [of_one_figure(pair, column) for column in now.columns if column.is_figure]


def of_one_figure(pair: TablePair, column: ReportColumn) -> ReportTable:
    """The lines of both tables for one of their figures."""
    now, year, base = pair.now, pair.year, pair.base
    name = f"{column.group} – {column.label}" if column.group else column.heading
    rows, section = [], ""
    for later, earlier in pair.rows:
        entry = later or earlier
        if entry.section != section and entry.row.kind == "row":
            section = entry.section
            if section:
                rows.append(Row((section,), kind="section"))
        rows.append(line_of(pair, column, later, earlier))
    sums = [row for row in rows if row.kind == "total"]
    figure = {"unit": column.unit, "places": column.places, "total": False}
    columns = [
        ReportColumn(now.columns[0].label, key="label"),
        ReportColumn(str(base), column.kind, key="base", **figure),
        ReportColumn(str(year), column.kind, key="now", **figure),
        ReportColumn("Selisih", column.kind, key="difference", **figure),
    ]
    if column.kind not in PERCENT:
        columns.append(ReportColumn("Pertumbuhan", "percent", key="growth"))
    return ReportTable(
        f"{now.key}-{column.key}",
        f"{now.title.removesuffix(f' tahun {year}')}: {name}",
        columns,
        [row for row in rows if row.kind != "total"],
        subtitle=[f"Tahun {base} dan {year}"],
        totals=sums[0] if sums else False,
        notes=["Pertumbuhan = selisih : angka tahun dasar × 100; tanda – bila dasarnya nol."],
        source=now.source,
        number=now.number,
        part=now.part,
        numbered=now.numbered,
    )


def line_of(
    pair: TablePair, column: ReportColumn, later: Entry | None, earlier: Entry | None
) -> Row:
    """One line of a comparison; a word in place of a figure compares with nothing.

    Both figures come with the list behind them. What is worked out from the two leads to the
    records of the year compared with, or of the reported one where that has none.
    """
    now, link_now = figure_of(pair.now, later, column.key)
    base, link_base = figure_of(pair.before, earlier, pair.columns.get(column.key))
    amounts = [None if isinstance(value, str) else value for value in (base, now)]
    entry = later or earlier
    values = {
        "label": entry.words,
        "base": base,
        "now": now,
        "difference": difference(amounts[1], amounts[0]),
    }
    links = {"base": link_base, "now": link_now, "difference": link_base or link_now}
    if column.kind not in PERCENT:
        values["growth"] = growth(amounts[1], amounts[0])
        links["growth"] = links["difference"]
    links = {key: link for key, link in links.items() if link}
    return Row(values, links, entry.row.kind, key=entry.row.key)


def figure_of(table: ReportTable, entry: Entry | None, key: str | None) -> tuple[object, str]:
    """A figure and the list behind it; unknown where the table has no such row or column."""
    if entry is None or key is None:
        return None, ""
    return table.value(entry.row, key), entry.row.links.get(key, "")
