"""The charts of a book as charts of the workbook itself, above the figures they draw."""

from collections.abc import Sequence

import xlsxwriter

from balikpapan.spreadsheets.writing import as_cell, fitting

from .bar_charts import BarChart
from .formats import rounded
from .tables import ReportCell, ReportColumn
from .xlsx_layout import Span, lines_of
from .xlsx_page import Page, number_format

SHEET = "Gambar"
LABEL_WIDTH, VALUE_WIDTH, GAP_WIDTH = 26, 17, 4  # characters
LEAST_WIDTH = 54  # of a chart with its figures
CHART_ROWS = 22
PIXELS_A_ROW = 20
INK, PALE = "#1F4E79", "#5B7FA3"
FONT = {"name": "Arial", "size": 9, "color": "black"}


def chart_widths(charts: Sequence[BarChart]) -> list[int]:
    """The columns of the sheet: label and values of every chart, with a gap between two."""
    widths: list[int] = []
    for chart in charts:
        widths += [GAP_WIDTH] if widths else []
        values = [VALUE_WIDTH] * len(chart.series)
        widths += [max(LABEL_WIDTH, LEAST_WIDTH - sum(values)), *values]
    return widths


def write_charts(workbook: xlsxwriter.Workbook, page: Page, charts: Sequence[BarChart]) -> None:
    """All charts side by side on one page, each above its figures and what it shows in words."""
    first, top = 0, page.row + 1
    bottom = top
    for chart in charts:
        span = first, first + len(chart.series)
        page.row = top
        _write_chart(workbook, page, chart, span)
        first, bottom = span[1] + 2, max(bottom, page.row)
    page.row = bottom
    page.sheet.print_area(0, 0, page.row, page.last)
    page.sheet.fit_to_pages(1, 1)


def _write_chart(workbook, page: Page, chart: BarChart, span: Span) -> None:
    first, last = span
    width = sum(page.widths[first : last + 1])
    for text, look in ((chart.name.upper(), "title"), (chart.title, "subtitle")):
        page.make_room(page.row, lines_of(text, width))
        page.text(text, look, first=first, last=last, valign="top")
        page.row += 1
    place = page.row
    page.row += CHART_ROWS
    figures = _write_figures(page, chart, first)
    native = _native_chart(workbook, page, chart, (first, figures))
    pixels = sum(each * 7 + 5 for each in page.widths[first : last + 1])
    native.set_size({"width": pixels, "height": CHART_ROWS * PIXELS_A_ROW - 8})
    page.sheet.insert_chart(place, first, native, {"description": chart.description})
    page.text(chart.source_line, "note", first=first, last=last, italic=True)
    page.row += 1


def _write_figures(page: Page, chart: BarChart, first: int) -> range:
    """The figures under their headings; returns the rows they stand in."""
    heading = page.looks("heading")
    page.sheet.write_string(page.row, first, chart.source.label.label, heading)
    for place, name in enumerate(chart.series, first + 1):
        page.sheet.write_string(page.row, place, as_cell(name) or "", heading)
        page.make_room(page.row, lines_of(name, VALUE_WIDTH - 1))
    page.row += 1
    begin, column = page.row, _column(chart)
    for label, bars in chart.rows:
        text = fitting(as_cell(label) or "")
        words = ReportCell(text, text, ReportColumn("", key="label"))
        page.sheet.write_string(page.row, first, text, page.looks.of("row", words))
        for place, bar in enumerate(bars, first + 1):
            value = rounded(bar.value, column.kind, column.places)
            look = page.looks.of("row", ReportCell(value, bar.text, column))
            # A word in a figure's place says why there is no bar.
            page.sheet.write(page.row, place, bar.text if value is None else value, look)
        page.row += 1
    return range(begin, page.row)


def _native_chart(workbook, page: Page, chart: BarChart, place: tuple[int, range]):
    """The chart over figures in the rows and from the column of ``place``; no lines cross it."""
    first, rows = place
    name = page.sheet.get_name()
    native = workbook.add_chart({"type": "column" if chart.source.is_standing else "bar"})
    for number, series in enumerate(chart.series):
        column = first + 1 + number
        native.add_series(
            {
                "name": series,
                "categories": [name, rows[0], first, rows[-1], first],
                "values": [name, rows[0], column, rows[-1], column],
                "gap": 50,
                "overlap": -6,
                "data_labels": _labels(chart, number),
                **_ink(is_last=number == len(chart.series) - 1),
            }
        )
    native.set_title({"none": True})
    several = len(chart.series) > 1
    native.set_legend({"position": "top", "font": FONT} if several else {"none": True})
    labels = {"num_font": FONT, "major_tick_mark": "none", "major_gridlines": {"visible": False}}
    amounts = {"visible": False, "major_gridlines": {"visible": False}, "min": 0}
    if chart.source.is_standing:
        native.set_x_axis(labels)
        native.set_y_axis(amounts)
    else:
        # The first row stands above the others, as in the table.
        native.set_y_axis({**labels, "reverse": True})
        native.set_x_axis(amounts)
    native.set_chartarea({"border": {"none": True}})
    return native


def _labels(chart: BarChart, number: int) -> dict:
    """The number of every bar at its end; where there is none, why."""
    bars = [bars[number] for _, bars in chart.rows]
    return {
        "value": True,
        "position": "outside_end",
        "font": FONT,
        "num_format": number_format(_column(chart)),
        "custom": [{"value": bar.text} if bar.value is None else {} for bar in bars],
    }


def _ink(*, is_last: bool) -> dict:
    """How a series looks, also in black and white: the last in ink, any before it hatched."""
    border = {"color": INK, "width": 0.75}
    if is_last:
        return {"fill": {"color": INK}, "border": border}
    hatched = {"pattern": "wide_upward_diagonal", "fg_color": PALE, "bg_color": "white"}
    return {"pattern": hatched, "border": border}


def _column(chart: BarChart) -> ReportColumn:
    """The kind of column that the figures of a chart are."""
    places = chart.source.places
    return ReportColumn("", "decimal" if places else "whole", key="value", places=places)
