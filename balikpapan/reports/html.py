"""A table or a book on screen, and the book as one HTML file to keep."""

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from balikpapan.charts import ChartPoint, bars, grouped

from .bar_charts import Bar, BarChart
from .book import ReportBook
from .logos import media_type, read_logo
from .tables import ReportCell, ReportTable

STYLESHEET = Path(__file__).resolve().parents[1] / "static" / "office" / "reports.css"


def render_book(book: ReportBook) -> SafeString:
    """The whole book as one file that needs nothing else: styles and crest are inside."""
    context = {**book_context(book), "styles": mark_safe(STYLESHEET.read_text("utf-8"))}
    return render_to_string("reports/document.html", context)


def book_context(book: ReportBook, *, links: bool = False) -> dict:
    """What ``reports/book.html`` needs; a file that leaves the office has no links into it."""
    logo = read_logo(book.letterhead)
    return {
        "book": book,
        "logo": f"data:{media_type(logo)};base64,{b64encode(logo).decode()}" if logo else "",
        "signatures": list(zip(book.signatories, book.lines_above_names, strict=True)),
        "charts": [chart_context(chart) for chart in book.charts],
        "tables": [table_context(table, links=links) for table in book.tables],
    }


def chart_context(chart: BarChart) -> dict:
    """The chart as its template shows it: the drawing, its key, and what it shows in words."""
    title = f"{chart.name}: {chart.title}"
    if chart.source.is_standing or len(chart.series) > 1:
        drawing = grouped(title, [(label, _marks(chart, label, row)) for label, row in chart.rows])
    else:
        drawing = bars(
            title, [ChartPoint(label, bar.value, bar.text) for label, [bar] in chart.rows]
        )
    count = len(chart.series)
    return {
        "chart": chart,
        "drawing": drawing,
        "key": [(count - place, name) for place, name in enumerate(chart.series)] * (count > 1),
    }


def _marks(chart: BarChart, label: str, row: Sequence[Bar]) -> list[ChartPoint]:
    return [
        ChartPoint(f"{label} {name.lower()}", bar.value, bar.text)
        for name, bar in zip(chart.series, row, strict=True)
    ]


def table_context(table: ReportTable, *, links: bool = True) -> dict:
    """The table as its template walks it: heading rows, column numbers, bodies, foot."""
    bodies, foot = [[]], None
    for line in table.lines:
        cells = [_cell_context(cell, links) for cell in line.cells]
        label = cells[_label_index(table, line)]
        label["is_label"] = line.kind != "empty" and bool(label["text"])
        row = {"kind": line.kind, "cells": cells}
        if line.kind == "total":
            foot = row
        elif line.kind == "section" and bodies[-1]:
            bodies.append([row])
        else:
            bodies[-1].append(row)
    return {
        "key": table.key,
        "name": table.name,
        "number": table.number,
        "title": table.title,
        "subtitle": table.subtitle,
        "headings": table.headings,
        "numbers": range(1, len(table.all_columns) + 1),
        "bodies": bodies,
        "foot": foot,
        "notes": table.notes,
        "source": table.source,
    }


def _label_index(table: ReportTable, line) -> int:
    """Which cell names its row: the first, or the one after its running number."""
    return 1 if line.kind == "row" and table.numbered and len(line.cells) > 1 else 0


def _cell_context(cell: ReportCell, links: bool) -> dict:
    # Only paths of our own site: whatever else a link might hold stays text.
    link = cell.link if links and cell.link.startswith(("/", "?")) and cell.link[1:2] != "/" else ""
    return {
        "text": cell.text,
        "link": link,
        "span": cell.span,
        "kind": "figure" if cell.column.is_figure else cell.column.kind,
        "is_label": False,
    }
