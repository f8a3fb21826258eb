"""LibreOffice workbooks (.ods) give the same kinds of cells."""

import datetime

from balikpapan.spreadsheets.model import CellError, Formula, Percent
from tests.spreadsheets.building import ods
from tests.spreadsheets.opened import refusal, sheet_of


def test_an_ods_gives_the_same_kinds_of_cells():
    def cell_of(kind, attributes="", text=""):
        return (
            f'<table:table-cell office:value-type="{kind}" {attributes}>{text}</table:table-cell>'
        )

    cells = [
        cell_of("float", 'office:value="12"', "<text:p>12</text:p>"),
        cell_of("percentage", 'office:value="0.125"'),
        cell_of("date", 'office:date-value="2024-05-06"'),
        cell_of("date", 'office:date-value="2024-05-06T07:08:09"'),
        cell_of("time", 'office:time-value="PT07H08M09S"'),
        cell_of("boolean", 'office:boolean-value="true"'),
        cell_of("string", "", '<text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p>'),
        cell_of("string", 'calcext:value-type="error"', "<text:p>#DIV/0!</text:p>"),
        cell_of("float", 'office:value="2" table:formula="of:=1+1"'),
        '<table:table-cell table:formula="of:=SUM([.A1:.B2])"/>',
        '<table:table-cell table:formula="of:=[.A7]"><text:p/></table:table-cell>',
    ]
    rows = "".join(f"<table:table-row>{xml}</table:table-row>" for xml in cells)

    sheet = sheet_of(ods(f'<table:table table:name="Data">{rows}</table:table>'))

    assert sheet.name == "Data"
    assert sheet.columns == [
        [
            12,
            Percent(0.125),
            datetime.date(2024, 5, 6),
            datetime.datetime(2024, 5, 6, 7, 8, 9),
            datetime.time(7, 8, 9),
            True,
            "a  b\nc",
            CellError("#DIV/0!"),
            Formula("=1+1", 2),
            Formula("=SUM(A1:B2)"),
            Formula("=A7", ""),
        ]
    ]


def test_an_ods_gives_repeats_merges_hidden_parts_and_comments():
    text = 'office:value-type="string"'
    content = ods(
        '<table:table table:name="Data" table:style-name="ta2"><table:table-column/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        f'<table:table-row><table:table-cell {text} table:number-columns-spanned="2" '
        'table:number-rows-spanned="1"><office:annotation><text:p>cek</text:p>'
        "</office:annotation><text:p>Judul</text:p></table:table-cell>"
        "<table:covered-table-cell/></table:table-row>"
        '<table:table-row table:number-rows-repeated="2" table:visibility="filter">'
        f'<table:table-cell/><table:table-cell table:number-columns-repeated="2" {text}>'
        "<text:p>x</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>',
        styles='<style:style style:name="ta2"><style:table-properties table:display="false"/>'
        "</style:style>",
    )

    sheet = sheet_of(content)

    assert sheet.columns == [["Judul", None, None], [None, "x", "x"], [None, "x", "x"]]
    assert sheet.merges == [(0, 0, 0, 1)]
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({1, 2}, {1, 2})
    assert (sheet.commented, sheet.visibility) == (1, "hidden")


def test_an_ods_that_repeats_without_end_is_refused():
    def repeated(kind, count):
        cell = (
            '<table:table-cell{0} office:value-type="string"><text:p>x</text:p></table:table-cell>'
        )
        attribute = f' table:number-{kind}-repeated="{count}"'
        row_attribute, cell_attribute = ("", attribute) if kind == "columns" else (attribute, "")
        return ods(
            f'<table:table table:name="A"><table:table-row{row_attribute}>'
            f"{cell.format(cell_attribute)}</table:table-row></table:table>"
        )

    assert sheet_of(repeated("rows", 9)).height == 9
    assert refusal(repeated("rows", 1_000_000)).code == "too_many_rows"
    assert refusal(repeated("columns", 1_000_000)).code == "too_many_columns"
    assert refusal(repeated("rows", 10**12)).code == "damaged"
