"""Opened files give every cell as it is stored, and say what else is in the file."""

import datetime
import io
import random

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font

from balikpapan.spreadsheets.grid import CellError, Formula, Percent
from balikpapan.spreadsheets.workbook import Limits, WorkbookRefused, open_workbook
from tests.spreadsheets.building import (
    MAIN,
    ods,
    record,
    relations,
    xls,
    xls_error,
    xls_number,
    xls_text,
    xlsx,
    xlsx_parts,
    zip_of,
)

STYLES = (
    '<numFmts><numFmt numFmtId="170" formatCode="[$-421]dd\\ mmmm\\ yyyy"/>'
    '<numFmt numFmtId="171" formatCode="&quot;Rp&quot;#,##0"/>'
    '<numFmt numFmtId="172" formatCode="[h]:mm"/></numFmts><cellXfs><xf numFmtId="0"/>'
    '<xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/>'
    '<xf numFmtId="20"/><xf numFmtId="172"/></cellXfs>'
)


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def opened(content, **limits):
    return open_workbook(content, "data.xlsx", Limits(**limits))


def sheet_of(content, **limits):
    return opened(content, **limits).sheets[0]


def cell(content):
    return sheet_of(content).columns[0][0]


def refusal(content, **limits):
    with pytest.raises(WorkbookRefused) as caught:
        opened(content, **limits)
    return caught.value


def row(*cells):
    return f'<row r="1">{"".join(cells)}</row>'


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        pytest.param("<c r='A1'><v>12</v></c>", 12, id="whole number"),
        pytest.param('<c r="A1"><v>12.0</v></c>', 12, id="whole float"),
        pytest.param('<c r="A1"><v>12.5</v></c>', 12.5, id="float"),
        pytest.param('<c r="A1"><v>6.47101234567890E+15</v></c>', 6471012345678900, id="16 digits"),
        pytest.param('<c r="A1"><v>9.1E+15</v></c>', 9.1e15, id="beyond exact numbers"),
        pytest.param('<c r="A1"><v>1E5000</v></c>', float("inf"), id="infinite"),
        pytest.param('<c r="A1" t="b"><v>1</v></c>', True, id="boolean"),
        pytest.param('<c r="A1" t="e"><v>#REF!</v></c>', CellError("#REF!"), id="error"),
        pytest.param('<c r="A1" s="1"><v>0.125</v></c>', Percent(0.125), id="percent"),
        pytest.param('<c r="A1" s="2"><v>45000</v></c>', datetime.date(2023, 3, 15), id="date"),
        pytest.param(
            '<c r="A1" s="3"><v>45000.5</v></c>',
            datetime.datetime(2023, 3, 15, 12),
            id="date with time",
        ),
        pytest.param('<c r="A1" s="3"><v>60</v></c>', 60, id="29 February 1900 never was"),
        pytest.param('<c r="A1" s="3"><v>59</v></c>', datetime.date(1900, 2, 28), id="day 59"),
        pytest.param('<c r="A1" s="3"><v>61</v></c>', datetime.date(1900, 3, 1), id="day 61"),
        pytest.param('<c r="A1" s="3"><v>-1</v></c>', -1, id="before the first day"),
        pytest.param('<c r="A1" s="3"><v>1E300</v></c>', 1e300, id="after the last day"),
        pytest.param('<c r="A1" s="4"><v>1500000</v></c>', 1500000, id="rupiah are no date"),
        pytest.param('<c r="A1" s="5"><v>0.5</v></c>', datetime.time(12), id="time of day"),
        pytest.param('<c r="A1" s="6"><v>1.5</v></c>', 1.5, id="duration"),
        pytest.param('<c r="A1" s="99"><v>7</v></c>', 7, id="unknown style"),
        pytest.param('<c r="A1" t="d"><v>2024-05-06</v></c>', datetime.date(2024, 5, 6), id="iso"),
        pytest.param('<c r="A1" t="s"><v>0</v></c>', " A&B <c> ", id="shared text"),
        pytest.param('<c r="A1" t="s"><v>1</v></c>', "baris\rdua_x000D_", id="escaped text"),
        pytest.param('<c r="A1" t="s"><v>2</v></c>', "kaya teks", id="rich text"),
        pytest.param('<c r="A1" t="inlineStr"><is><t>x</t></is></c>', "x", id="inline text"),
        pytest.param(
            '<c r="A1" t="inlineStr"><is><r><t>x</t></r><r><t>y</t></r></is></c>',
            "xy",
            id="rich inline text",
        ),
        pytest.param('<c r="A1"><f>1+1</f><v>2</v></c>', Formula("=1+1", 2), id="formula"),
        pytest.param('<c r="A1"><f>1+1</f></c>', Formula("=1+1"), id="formula, nothing stored"),
        pytest.param('<c r="A1"><f>1+1</f><v></v></c>', Formula("=1+1"), id="formula, empty"),
        pytest.param(
            '<c r="A1" t="str"><f>A2&amp;""</f><v></v></c>', Formula('=A2&""', ""), id="empty text"
        ),
        pytest.param(
            '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
            Formula("=1/0", CellError("#DIV/0!")),
            id="formula with an error",
        ),
        pytest.param(
            '<c r="A1" s="1"><f>B1</f><v>0.5</v></c>', Formula("=B1", Percent(0.5)), id="formula %"
        ),
    ],
)
def test_every_kind_of_cell_is_read_alike_with_and_without_the_parser(xml, value):
    strings = (
        '<si><t xml:space="preserve"> A&amp;B &lt;c&gt; </t></si>'
        "<si><t>baris_x000D_dua_x005F_x000D_</t></si>"
        "<si><r><t>kaya </t></r><r><t>teks</t></r><rPh><t>zz</t></rPh></si>"
    )
    rows = row('<c r="A1"><v>0</v></c>') + row(xml)
    plain = xlsx(rows, styles=STYLES, strings=strings)
    commented = xlsx("<!-- x -->" + rows, styles=STYLES, strings="<!-- x -->" + strings)

    assert cell(plain) == cell(commented) == value
    assert type(cell(plain)) is type(value)


def test_dates_of_a_1904_workbook_are_the_right_days():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = datetime.date(2024, 2, 29)
    old = xls(xls_number(0, 0, 45000 - 1462, 18), is_1904=True)

    assert cell(saved(book)) == datetime.date(2024, 2, 29)
    assert cell(old) == datetime.date(2023, 3, 15)


def test_shared_formulas_read_as_they_stand_in_their_own_row():
    first = '<c r="C{0}"><f t="shared" ref="C1:C900" si="0">A1*$B$1+SUM(\'A1\'!B:B)</f><v>1</v></c>'
    rows = f'<row r="1">{first.format(1)}</row>' + "".join(
        f'<row r="{number}"><c r="C{number}"><f t="shared" si="0"/><v>1</v></c></row>'
        for number in range(2, 901)
    )

    column = sheet_of(xlsx(rows)).columns[2]

    assert column[0] == Formula("=A1*$B$1+SUM('A1'!B:B)", 1)
    assert column[899] == Formula("=A900*$B$1+SUM('A1'!B:B)", 1)


def test_any_sheet_written_by_openpyxl_comes_back_cell_by_cell():
    rng = random.Random(64)
    values = [1, 2.5, -3, "teks", "a&b <c>", " sp ", "dua\nbaris", True, "é漢😀", 1234567890123456]
    values += [datetime.date(2024, 5, 6), datetime.datetime(2024, 5, 6, 7, 8, 9), "=A1+1"]
    book = openpyxl.Workbook()
    expected = {}
    for place in rng.sample(range(400 * 30), 4000):
        value = rng.choice(values)
        expected[divmod(place, 30)] = Formula(value) if value == "=A1+1" else value
        book.active.cell(place // 30 + 1, place % 30 + 1, value)

    sheet = sheet_of(saved(book))

    found = {
        (number, index): value
        for index, column in enumerate(sheet.columns)
        for number, value in enumerate(column)
        if value is not None
    }
    assert found == expected


def test_a_long_sheet_of_few_and_of_many_values_comes_back_cell_by_cell():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    height = 12_000
    written = [
        [f"Usaha {number}" for number in range(height)],
        [("Manggar", "Teritip", None)[number % 3] for number in range(height)],
        [number * 7919 for number in range(height)],
        [number / 7 for number in range(height)],
        [None if number % 11 else number for number in range(height)],
    ]
    for index, column in enumerate(written):
        sheet.write_column(0, index, column)
    book.close()

    columns = sheet_of(buffer.getvalue()).columns

    assert columns[:3] == written[:3]
    assert columns[3] == pytest.approx(written[3])
    assert columns[4] == written[4]


@pytest.mark.parametrize(
    "dimension", ["A1:B4", "A1:A11", "A1:B1048576", "A1:XFD5000", "kacau"], ids=str
)
def test_the_declared_dimension_is_not_believed(dimension):
    rows = "".join(
        f'<row r="{number}"><c r="A{number}"><v>{number}</v></c><c r="B{number}"><v>1</v></c></row>'
        for number in range(1, 11)
    )

    sheet = sheet_of(xlsx(rows, before=f'<dimension ref="{dimension}"/>'))

    assert (sheet.height, len(sheet.columns)) == (10, 2)


def test_cells_without_places_out_of_order_or_in_another_namespace_are_read():
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    swapped = '<row r="2"><c r="B2"><v>4</v></c><c r="A2"><v>3</v></c></row>' + row(
        '<c r="A1"><v>1</v></c>'
    )
    parts = xlsx_parts()
    parts["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )

    assert sheet_of(xlsx(rows)).columns == [[1, 3], [2, None]]
    assert sheet_of(xlsx(swapped)).columns == [[1, 3], [None, 4]]
    assert sheet_of(zip_of(parts)).columns == [[7]]


def test_empty_rows_and_columns_at_the_end_are_cut_and_those_between_kept():
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" s="0"/>{cells}<c r="D{number}" s="0"/></row>'
        for number, cells in enumerate(["", '<c r="B2"><v>1</v></c>', "", ""], 1)
    )

    assert sheet_of(xlsx(rows)).columns == [[None, None], [None, 1]]
    assert sheet_of(xlsx("")).columns == []


def test_a_cell_far_away_stays_where_it_is_unless_the_area_is_too_large():
    rows = row('<c r="A1"><v>1</v></c>')
    far = sheet_of(xlsx(rows + '<row r="200000"><c r="C200000"><v>2</v></c></row>'))

    assert (far.height, far.columns[2][-1]) == (200_000, 2)
    assert refusal(xlsx(rows + '<row r="200000"><c r="SR200000"><v>2</v></c></row>')).code == (
        "too_many_cells"
    )
    assert refusal(xlsx('<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')).code in (
        "too_many_columns",
        "too_many_rows",
    )


def long_sheet(height):
    return xlsx(
        "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, height + 1))
    )


def test_rows_are_counted_to_the_last_filled_one_over_all_sheets():
    blank = '<row r="9"><c r="A9" s="0"/></row><row r="1048576"><c r="A1048576" s="0"/></row>'
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet()):
        for number in range(1, 4):
            sheet.cell(number, 1, number)

    assert sheet_of(xlsx(row('<c r="A1"><v>1</v></c>') + blank), max_rows=8).height == 1
    assert sheet_of(long_sheet(300), max_rows=300).height == 300
    assert refusal(long_sheet(301), max_rows=300).code == "too_many_rows"
    assert "300 baris" in refusal(long_sheet(301), max_rows=300).message
    assert len(opened(saved(book), max_rows=6).sheets) == 2
    assert refusal(saved(book), max_rows=5).code == "too_many_rows"


def test_exactly_as_many_rows_as_an_old_sheet_holds_is_a_warning():
    [note] = opened(long_sheet(65_536)).notes

    assert (note.code, note.severity) == ("maybe_truncated", "warning")
    assert "mungkin terpotong" in note.message
    assert opened(long_sheet(65_535)).notes == []
    assert "250.000" in refusal(long_sheet(1_048_576)).message


@pytest.mark.slow
def test_a_million_rows_are_read_when_the_limit_allows_them():
    assert sheet_of(long_sheet(1_000_000), max_rows=1_000_000).height == 1_000_000


def wide_sheet(width):
    return xlsx("<row>" + "<c><v>1</v></c>" * width + "</row>" + "<row/>")


def test_columns_are_read_up_to_the_limit():
    assert len(sheet_of(wide_sheet(512)).columns) == 512
    assert refusal(wide_sheet(513)).code == "too_many_columns"
    assert "«Data»" in refusal(wide_sheet(16_384)).message


def test_sheets_are_listed_with_their_kind_and_visibility():
    book = openpyxl.Workbook()
    book.active.title = "Sampul"
    book.create_sheet("Rahasia").sheet_state = "veryHidden"
    book.create_sheet("Bantu").sheet_state = "hidden"
    book.create_chartsheet("Grafik", 0)
    book.active = 0

    sheets = opened(saved(book)).sheets

    assert [(sheet.name, sheet.kind, sheet.visibility) for sheet in sheets] == [
        ("Grafik", "chart", "visible"),
        ("Sampul", "worksheet", "visible"),
        ("Rahasia", "worksheet", "very_hidden"),
        ("Bantu", "worksheet", "hidden"),
    ]


def test_merges_hidden_parts_comments_and_struck_text_are_reported():
    book = openpyxl.Workbook()
    sheet = book.active
    for number in range(1, 6):
        sheet.append([f"Usaha {number}", "x", number])
    sheet.merge_cells("A7:C8")
    sheet["A7"] = "JUMLAH"
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet["A1"].comment = Comment("cek", "petugas")
    sheet["A3"].font = sheet["B3"].font = Font(strike=True)

    found = sheet_of(saved(book))

    assert found.merges == [(6, 0, 7, 2)]
    assert (found.hidden_rows, found.hidden_columns) == ({1}, {1})
    assert (found.commented, found.struck) == (1, 2)


def test_what_lies_outside_the_sheets_is_noted_and_left_alone():
    parts = xlsx_parts(row('<c r="A1"><v>1</v></c>'))
    parts["xl/_rels/workbook.xml.rels"] = relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId9", "externalLink", "externalLinks/externalLink1.xml"),
    )
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations(
        ("rId1", "oleObject", "../embeddings/oleObject1.bin")
    )

    workbook = opened(zip_of(parts))

    assert [note.code for note in workbook.notes] == ["external_links", "embedded_objects"]
    assert workbook.sheets[0].columns == [[1]]


def test_text_that_looks_like_a_formula_or_a_script_is_just_text():
    texts = ["=cmd|' /C calc'!A0", "=HYPERLINK(1)", "+1+1", "@SUM(1)", "<script>", "{{7*7}}"]
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False})
    book.add_worksheet().write_column(0, 0, texts)
    book.close()

    assert sheet_of(buffer.getvalue()).columns == [texts]


def test_an_xls_gives_numbers_percents_dates_errors_merges_and_hidden_parts():
    content = xls(
        record(0x208, b"\1\0" + bytes(10) + b"\x20\0\0\0"),  # row 2 hidden
        record(0x7D, b"\1\0\1\0" + bytes(4) + b"\1\0\0\0"),  # column B hidden
        xls_text(0, 0, "Ñama"),
        xls_number(1, 0, 5.0),
        xls_number(1, 1, 0.125, 17),
        xls_number(1, 2, 45000, 18),
        xls_error(1, 3, 0x2A),
        record(0xE5, b"\1\0\0\0\0\0\0\0\1\0"),
    )

    sheet = sheet_of(content)

    assert sheet.columns == [
        ["Ñama", 5],
        [None, Percent(0.125)],
        [None, datetime.date(2023, 3, 15)],
        [None, CellError("#N/A")],
    ]
    assert sheet.merges == [(0, 0, 0, 1)]
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({1}, {1})
    assert sheet_of(xls(visibility=2)).visibility == "very_hidden"


def test_an_ods_gives_the_same_kinds_of_cells():
    def cell_of(kind, attributes="", text=""):
        return f'<table:table-cell office:value-type="{kind}" {attributes}>{text}</table:table-cell>'

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
        '<table:table-cell table:formula="of:=1+1"/>',
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
            Formula("=1+1"),
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
        cell = '<table:table-cell{0} office:value-type="string"><text:p>x</text:p></table:table-cell>'
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


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"xl/worksheets/sheet1.xml": "<worksheet"}, id="broken xml"),
        pytest.param({"xl/worksheets/sheet1.xml": b"\xff\xfe\xff"}, id="no xml"),
        pytest.param({"xl/workbook.xml": "<a/><b/>"}, id="two roots"),
        pytest.param({"xl/_rels/workbook.xml.rels": relations()}, id="lost sheet"),
    ],
)
def test_broken_parts_are_a_refusal_and_nothing_else(parts):
    content = xlsx_parts(row('<c r="A1"><v>1</v></c>')) | parts

    assert refusal(zip_of(content)).code == "damaged" or not opened(zip_of(content)).sheets


@pytest.mark.parametrize(
    "xml",
    [
        '<c r="A1" t="s"><v>5</v></c>',
        '<c r="A1" t="s"><v>-1</v></c>',
        '<c r="A0"><v>5</v></c>',
        '<c r="AAAA1"><v>5</v></c>',
        '<c r="XFE1"><v>5</v></c>',
        '<c r="A1" t="str"><v>&nbsp;</v></c>',
        '<c r="A1" t="str"><v>&#0;</v></c>',
    ],
)
def test_cells_that_point_nowhere_are_damage(xml):
    assert refusal(xlsx(row(xml))).code == "damaged"
    assert refusal(xlsx(row('<c r="A1"><v>0</v></c>') + row(xml))).code == "damaged"


def test_flipped_bytes_give_a_workbook_or_a_refusal_but_never_another_error():
    rng = random.Random(30)
    seeds = [
        xlsx(row('<c r="A1"><v>1</v></c>')),
        xls(xls_text(0, 0, "Nama"), xls_number(1, 0, 1)),
        ods('<table:table table:name="A"><table:table-row/></table:table>'),
        b'Nama;"Kota"\n1;2\n',
    ]
    for number in range(48):
        content = bytearray(seeds[number % 4])
        for _ in range(rng.randrange(1, 8)):
            content[rng.randrange(len(content))] = rng.randrange(256)
        try:
            open_workbook(bytes(content), "data.xlsx")
        except WorkbookRefused as refused:
            assert refused.message.endswith(".")
